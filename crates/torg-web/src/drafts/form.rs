//! The composer's form as browsers send it: plain, or with files.

use axum::body::to_bytes;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use torg_desk::{Pour, Upload};

use crate::guard::FORM_LIMIT;
use crate::refusal::Refusal;
use crate::web::Web;

/// Every field in order; a name may stand there several times.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The last field of a name: the button that was pressed comes after what is hidden.
    pub(crate) fn one(&self, name: &str) -> &str {
        let found = self.0.iter().rev().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The text of a field; empty without it.
    pub(crate) fn text(&self, name: &str) -> String {
        self.get(name).unwrap_or_default().to_owned()
    }

    /// Everything that stands under `name` and can be read.
    pub(crate) fn all<T: std::str::FromStr>(&self, name: &str) -> Vec<T> {
        let found = self.0.iter().filter(|(known, _)| known == name);
        found.filter_map(|(_, value)| value.parse().ok()).collect()
    }

    /// Reads `application/x-www-form-urlencoded` (WHATWG URL, 5.1).
    pub(crate) fn read(form: &[u8]) -> Self {
        let pairs = form.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty());
        let pair = |pair: &[u8]| {
            let at = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let (name, value) = pair.split_at(at);
            (decode(name), decode(value.strip_prefix(b"=").unwrap_or_default()))
        };
        Self(pairs.map(pair).collect())
    }
}

impl FromRequest<Web> for Fields {
    type Rejection = Refusal;
    async fn from_request(request: Request, _: &Web) -> Result<Self, Refusal> {
        let bytes = to_bytes(request.into_body(), FORM_LIMIT).await;
        Ok(Self::read(&bytes.map_err(|_| Refusal::TooBig)?))
    }
}

fn decode(value: &[u8]) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.iter().copied();
    while let Some(byte) = rest.next() {
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits: Vec<u8> = rest.by_ref().take(2).collect();
                bytes
                    .extend(data_encoding::HEXUPPER_PERMISSIVE.decode(&digits).unwrap_or_default());
            }
            other => bytes.push(other),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A form with files.
#[derive(Debug, Default)]
pub(crate) struct Parcel {
    pub(crate) fields: Fields,
    pub(crate) files: Vec<Upload>,
    /// A file that had more bytes than may go along.
    pub(crate) too_large: bool,
}

impl FromRequest<Web> for Parcel {
    type Rejection = Refusal;

    /// Files are hashed and compressed as they come, so that none lies in memory whole.
    async fn from_request(mut request: Request, web: &Web) -> Result<Self, Refusal> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let fields = Fields::from_request(request, web).await?;
            return Ok(Self { fields, ..Self::default() });
        }
        let most = web.desk.file_limits().bytes;
        DefaultBodyLimit::max(most + 2 * FORM_LIMIT).apply(&mut request);
        let form = Multipart::from_request(request, web).await;
        let mut form = form.map_err(|_| Refusal::BadForm)?;
        let mut parcel = Self::default();
        let mut room = most;
        while let Some(field) = form.next_field().await.map_err(|_| Refusal::TooBig)? {
            parcel.take(field, &mut room).await?;
            if parcel.too_large {
                break;
            }
        }
        Ok(parcel)
    }
}

impl Parcel {
    async fn take(&mut self, mut field: Field<'_>, room: &mut usize) -> Result<(), Refusal> {
        let name = field.name().unwrap_or_default().to_owned();
        let Some(file) = field.file_name().map(str::to_owned) else {
            let mut text = Vec::new();
            while let Some(piece) = field.chunk().await.map_err(|_| Refusal::BadForm)? {
                text.extend_from_slice(&piece);
                if text.len() > FORM_LIMIT {
                    return Err(Refusal::TooBig);
                }
            }
            self.fields.0.push((name, String::from_utf8_lossy(&text).into_owned()));
            return Ok(());
        };
        let content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
        let mut pour = Pour::default();
        while let Some(piece) = field.chunk().await.map_err(|_| Refusal::BadForm)? {
            if piece.len() > *room {
                self.too_large = true;
                return Ok(());
            }
            *room -= piece.len();
            pour.push(&piece);
        }
        // A form without a file chosen sends an empty one without a name.
        if file.is_empty() {
            return Ok(());
        }
        let name: String = file.chars().filter(|letter| !letter.is_control()).take(200).collect();
        self.files.push(Upload { name, content_type, blob: pour.finish(), inline: false });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_stand_in_a_form_several_times() {
        let fields = Fields::read(b"file=7&text=Hei+p%C3%A5+deg%0D%0A100%25&file=9&file=x&empty");
        assert_eq!(fields.all::<i64>("file"), [7, 9]);
        assert_eq!(fields.text("text"), "Hei på deg\r\n100%");
        assert_eq!((fields.get("empty"), fields.get("gone")), (Some(""), None));
    }
}
