//! A link with its words.

use meguri_app::read::whole;
use serde::Serialize;

/// A link with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub text: String,
}

impl Link {
    /// A link; its words are a way and no value, so that they may be cut.
    #[must_use]
    pub fn new(href: impl Into<String>, text: impl AsRef<str>) -> Self {
        Self {
            href: href.into(),
            text: whole::name(text.as_ref()),
        }
    }
}
