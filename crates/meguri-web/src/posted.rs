//! What a form sends: names and values, of a size that is bounded before it is read.

use crate::error::PageError;
use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use percent_encoding::percent_decode;
use std::time::Duration;

/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// The fields of a form of at most so many KiB.
#[derive(Clone)]
pub(crate) struct Posted<const KIB: usize = 64> {
    fields: Vec<(String, String)>,
}

impl<const KIB: usize> Posted<KIB> {
    /// All fields in the order in which they were sent.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let fields = self.fields.iter();
        fields.map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// All values of a name that may stand several times.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        let of_name = self.fields().filter(move |(key, _)| *key == name);
        of_name.map(|(_, value)| value)
    }

    /// A field; empty where the form has none of the name.
    #[must_use]
    pub(crate) fn field(&self, name: &str) -> &str {
        let found = self.fields.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }
}

impl<S: Send + Sync, const KIB: usize> FromRequest<S> for Posted<KIB> {
    type Rejection = PageError;

    async fn from_request(request: Request, _: &S) -> Result<Self, PageError> {
        if !is_form(request.headers()) {
            return Err(unreadable());
        }
        let most = KIB * 1024;
        let said = request.headers().get(CONTENT_LENGTH);
        let said = said.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if said.is_some_and(|said| said > most) {
            return Err(PageError::TooLarge(KIB));
        }
        let body = tokio::time::timeout(PATIENCE, to_bytes(request.into_body(), most)).await;
        let body = body.map_err(|_| unreadable())?;
        // What cannot be read to its end is too long, or was cut off; in both cases nobody waits for
        // another answer.
        let body = body.map_err(|_| PageError::TooLarge(KIB))?;
        let fields = body
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty());
        let fields = fields.map(|pair| {
            let mut parts = pair.splitn(2, |byte| *byte == b'=');
            let name = decoded(parts.next().unwrap_or_default())?;
            Some((name, decoded(parts.next().unwrap_or_default())?))
        });
        let fields = fields.collect::<Option<Vec<_>>>().ok_or_else(unreadable)?;
        Ok(Self { fields })
    }
}

fn unreadable() -> PageError {
    PageError::Invalid(
        "送信された内容を読み取れません。前の画面に戻って、もう一度お試しください。".to_owned(),
    )
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or("");
    kind.trim()
        .eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

/// A name or value as it was typed; `None` where it is no text.
fn decoded(bytes: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = bytes
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    let text = percent_decode(&spaced).decode_utf8().ok()?;
    Some(text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    async fn read(kind: &str, body: impl Into<Body>) -> Result<Posted<1>, PageError> {
        let request = Request::post("/").header(CONTENT_TYPE, kind);
        let request = request.body(body.into()).expect("a request");
        Posted::from_request(request, &()).await
    }

    const FORM: &str = "application/x-www-form-urlencoded";

    #[tokio::test]
    async fn a_form_is_read_as_it_was_typed_and_no_further() {
        let form = read(FORM, "a=1+2&b=%E6%A9%8B%2B&c=&d&a=3").await;
        let form = form.map_err(|error| format!("{error:?}")).expect("a form");
        let fields = ["a", "b", "c", "d", "e"].map(|name| form.field(name).to_owned());
        assert_eq!(fields, ["1 2", "橋+", "", "", ""]);
        let with_charset = read("Application/X-WWW-Form-Urlencoded; charset=UTF-8", "a=1").await;
        assert!(with_charset.is_ok());
        for (kind, body) in [
            ("text/plain", "a=1".to_owned()),
            ("", "a=1".to_owned()),
            (FORM, "a=%ff".to_owned()),
            (FORM, "a".repeat(1_025)),
        ] {
            assert!(read(kind, body.clone()).await.is_err(), "{kind} {body}");
        }
    }
}
