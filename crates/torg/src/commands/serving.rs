//! `torg serve`.

use std::process::ExitCode;

use torg_web::Troubles;

use super::Serve;
use crate::data::DataFolder;
use crate::open::{How, municipality};
use crate::settings::Settings;
use crate::{demo, serve};

/// Serves until told to stop.
pub(super) async fn serve(
    mut settings: Settings,
    data: DataFolder,
    flags: &Serve,
    troubles: Troubles,
) -> anyhow::Result<ExitCode> {
    settings.server.http = flags.http.unwrap_or(settings.server.http);
    settings.server.smtp = flags.smtp.unwrap_or(settings.server.smtp);
    settings.server.lmtp = flags.lmtp.or(settings.server.lmtp);
    let _lock = data.lock()?;
    let (desk, http) = if flags.demo {
        let http = serve::door(&settings)?;
        (demo::open(&mut settings, &data, &http).await?, http)
    } else {
        let desk = municipality(&settings, &data, How::default()).await?;
        (desk, serve::door(&settings)?)
    };
    serve::serve(&settings, &data, desk, flags.demo, http, troubles).await?;
    Ok(ExitCode::SUCCESS)
}
