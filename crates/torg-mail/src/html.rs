//! HTML of strangers: made harmless, turned into text, and made from text.

mod clean;
mod from_markup;
mod from_text;
mod style;
mod to_text;
mod tokens;

pub use clean::{CleanHtml, Remote, clean};
pub use from_markup::{markup_to_html, markup_to_text, pictures_of};
pub use from_text::text_to_html;
pub use to_text::to_text;
