//! `torg serve`.

use std::process::ExitCode;

use super::{Serve, say};
use crate::data::DataFolder;
use crate::open::{How, municipality};
use crate::settings::Settings;
use crate::{demo, serve};

/// Serves until told to stop.
pub(super) async fn serve(
    mut settings: Settings,
    data: DataFolder,
    flags: &Serve,
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
    if !flags.demo && desk.all_departments().await?.is_empty() {
        say(FIRST_STEPS);
    }
    serve::serve(&settings, &data, desk, flags.demo, http).await?;
    Ok(ExitCode::SUCCESS)
}

const FIRST_STEPS: &str = "Nothing is set up yet. In another terminal, in this folder:
  torg department add \"Town hall\"
  torg address add post@your.town --department \"Town hall\"
  torg user add you@your.town --name \"Your Name\" --role administrator --department \"Town hall\"
The municipality's name and the mail relay are set in torg.toml; torg.example.toml shows how.
Or start with --demo to look around.";
