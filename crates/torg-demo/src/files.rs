//! Files that citizens attach: small photos and forms, made when somebody asks for their bytes.

mod pdf;
mod png;

/// An attached file.
#[derive(Debug, Clone, PartialEq)]
pub struct DemoFile {
    /// The file name.
    pub name: String,
    /// The media type.
    pub content_type: &'static str,
    made_of: MadeOf,
}

#[derive(Debug, Clone, PartialEq)]
enum MadeOf {
    Photo { scene: String, seed: u64 },
    Form { lines: Vec<String> },
}

impl DemoFile {
    /// A PNG picture of `scene` ("road", "snow", "bin" …); each seed shows it a little differently.
    pub(crate) fn photo(name: String, scene: &str, seed: u64) -> DemoFile {
        let made_of = MadeOf::Photo { scene: scene.to_owned(), seed };
        DemoFile { name, content_type: "image/png", made_of }
    }

    /// A PDF page with `lines`, the first as its title.
    pub(crate) fn form(name: String, lines: Vec<String>) -> DemoFile {
        DemoFile { name, content_type: "application/pdf", made_of: MadeOf::Form { lines } }
    }

    /// The file itself. The same file gives the same bytes each time.
    pub fn bytes(&self) -> Vec<u8> {
        match &self.made_of {
            MadeOf::Photo { scene, seed } => png::photo(scene, *seed),
            MadeOf::Form { lines } => pdf::page(lines),
        }
    }
}
