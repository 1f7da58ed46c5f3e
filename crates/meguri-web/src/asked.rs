//! What a request asks for: the parts of its path, its query, and HTML, JSON or CSV.
//!
//! The only extractor of the pages, so that a wrong address always ends on a page of ours.

use crate::error::PageError;
use crate::page::Format;
use axum::extract::{FromRequestParts, Query, RawPathParams};
use axum::http::request::Parts;

/// What a request asks for.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    parts: Vec<(String, String)>,
    query: Vec<(String, String)>,
    /// HTML, or what the ending of the address says.
    pub(super) format: Format,
}

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let format = Format::of_path(parts.uri.path());
        let wrong = || PageError::Invalid("アドレスを読み取れません。".to_owned());
        let params = RawPathParams::from_request_parts(parts, state).await;
        let mut path: Vec<(String, String)> = params
            .map_err(|_| wrong())?
            .iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        if let Some((_, last)) = path.last_mut()
            && let Some(plain) = last.strip_suffix(format.ending())
        {
            *last = plain.to_owned();
        }
        let query = Query::try_from_uri(&parts.uri).map_err(|_| wrong())?;
        Ok(Self {
            parts: path,
            query: query.0,
            format,
        })
    }
}

impl Asked {
    /// A part of the path; empty where the route has none of the name.
    #[must_use]
    pub(super) fn part(&self, name: &str) -> &str {
        let part = self.parts.iter().find(|(key, _)| key == name);
        part.map_or("", |(_, value)| value.as_str())
    }

    /// A part of the path that must be an id.
    #[must_use]
    pub(super) fn id(&self, name: &str) -> Option<i64> {
        number(self.part(name))
    }

    /// The part of the path that names a version (`v3`): `None` where the route has none, and the
    /// inner one where it is no version.
    #[must_use]
    pub(super) fn version(&self) -> Option<Option<i64>> {
        match self.part("version") {
            "" => None,
            part => Some(part.strip_prefix('v').and_then(number)),
        }
    }

    /// A value of the query; `None` where it is absent or empty.
    #[must_use]
    pub(super) fn query(&self, name: &str) -> Option<&str> {
        let found = self.query.iter().find(|(key, _)| key == name)?;
        (!found.1.is_empty()).then_some(found.1.as_str())
    }

    /// All values of a name in the query, without those that are empty.
    pub(super) fn queries(&self, name: &str) -> impl Iterator<Item = &str> {
        let of_name = self.query.iter().filter(move |(key, _)| key == name);
        of_name
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// A number of the query; `None` where it is absent.
    ///
    /// # Errors
    /// [`PageError::Invalid`] where it is no number.
    pub(super) fn query_number(&self, name: &str) -> Result<Option<i64>, PageError> {
        let Some(text) = self.query(name) else {
            return Ok(None);
        };
        let parsed = meguri_core::text::narrow(text).trim().parse().ok();
        parsed.map(Some).ok_or_else(|| not_a_number(name))
    }

    /// A number of the query, or another where there is none.
    ///
    /// # Errors
    /// [`PageError::Invalid`] where it is no number.
    pub(super) fn count(&self, name: &str, otherwise: u32) -> Result<u32, PageError> {
        let Some(text) = self.query(name) else {
            return Ok(otherwise);
        };
        let text = meguri_core::text::narrow(text);
        let parsed = text.trim().parse();
        parsed.map_err(|_| not_a_number(name))
    }
}

/// A number as addresses of ours have it, so that one page has one address.
pub(super) fn number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number > 0 && number.to_string() == text).then_some(number)
}

fn not_a_number(name: &str) -> PageError {
    PageError::Invalid(format!("「{name}」は数字で指定してください。"))
}
