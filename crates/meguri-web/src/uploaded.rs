//! A form with a file (`multipart/form-data`), of a size that is bounded before it is read.

use crate::error::PageError;
use axum::body::{Body, to_bytes};
use axum::http::HeaderMap;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use std::time::Duration;

/// How long a file may take to arrive.
const PATIENCE: Duration = Duration::from_secs(120);
/// The most parts of a form.
const MOST_PARTS: usize = 20;
/// The longest head of a part.
const MOST_HEAD: usize = 2_000;

/// What a form sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Uploaded {
    parts: Vec<(String, Vec<u8>)>,
}

impl Uploaded {
    /// The parts of a form of at most so many KiB.
    ///
    /// # Errors
    /// [`PageError::TooLarge`], and [`PageError::Invalid`] for what is no such form.
    pub(crate) async fn read(
        headers: &HeaderMap,
        body: Body,
        kib: usize,
    ) -> Result<Self, PageError> {
        let boundary = boundary(headers).ok_or_else(unreadable)?;
        let most = kib * 1024;
        let said = headers.get(CONTENT_LENGTH);
        let said = said.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if said.is_some_and(|said| said > most) {
            return Err(PageError::TooLarge(kib));
        }
        let body = tokio::time::timeout(PATIENCE, to_bytes(body, most)).await;
        let body = body.map_err(|_| unreadable())?;
        let body = body.map_err(|_| PageError::TooLarge(kib))?;
        parts(&body, &boundary).ok_or_else(unreadable)
    }

    /// The bytes of a part; none where the form has none of the name.
    pub(crate) fn part(&self, name: &str) -> &[u8] {
        let found = self.parts.iter().find(|(key, _)| key == name);
        found.map_or(&[], |(_, bytes)| bytes.as_slice())
    }

    /// A part that is a text.
    pub(crate) fn field(&self, name: &str) -> &str {
        std::str::from_utf8(self.part(name)).unwrap_or_default()
    }
}

fn unreadable() -> PageError {
    PageError::Invalid(
        "送信されたファイルを読み取れません。前の画面に戻って、もう一度お試しください。".to_owned(),
    )
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let (kind, rest) = kind.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut values = rest.split(';').map(str::trim);
    let found = values.find_map(|value| value.strip_prefix("boundary="))?;
    let found = found.trim_matches('"');
    let is_sound = !found.is_empty() && found.len() <= 70;
    is_sound.then(|| format!("--{found}"))
}

/// The parts between the boundaries; `None` where the last boundary is missing.
fn parts(body: &[u8], boundary: &str) -> Option<Uploaded> {
    let boundary = boundary.as_bytes();
    let mut rest = body.strip_prefix(boundary)?;
    let mut uploaded = Uploaded::default();
    let mut between = b"\r\n".to_vec();
    between.extend(boundary);
    while uploaded.parts.len() < MOST_PARTS {
        if rest.starts_with(b"--") {
            return Some(uploaded);
        }
        let part = rest.strip_prefix(b"\r\n")?;
        let head = find(part.get(..part.len().min(MOST_HEAD))?, b"\r\n\r\n")?;
        let (head, content) = (part.get(..head)?, part.get(head + 4..)?);
        let end = find(content, &between)?;
        if let Some(name) = name(head) {
            uploaded.parts.push((name, content.get(..end)?.to_vec()));
        }
        rest = content.get(end + between.len()..)?;
    }
    None
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let first = *wanted.first()?;
    let mut from = 0;
    loop {
        let rest = bytes.get(from..)?;
        let at = from + rest.iter().position(|byte| *byte == first)?;
        if bytes.get(at..)?.starts_with(wanted) {
            return Some(at);
        }
        from = at + 1;
    }
}

/// The name of a field, as the head of its part has it.
fn name(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let line = lines.find(|line| {
        line.to_ascii_lowercase()
            .starts_with("content-disposition:")
    })?;
    let mut values = line.split(';').map(str::trim);
    let name = values.find_map(|value| value.strip_prefix("name="))?;
    Some(name.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    const FORM: &str = "--x\r\nContent-Disposition: form-data; name=\"rest\"\r\n\r\nyes\r\n\
         --x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a;b.xlsx\"\r\n\
         Content-Type: application/octet-stream\r\n\r\nPK\r\n--y\r\n\0\r\n--x--\r\n";

    async fn read(kind: &'static str, body: &str) -> Result<Uploaded, PageError> {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        Uploaded::read(&headers, Body::from(body.to_owned()), 1).await
    }

    #[tokio::test]
    async fn a_file_arrives_byte_by_byte_and_what_is_no_form_is_told() {
        let form = read("multipart/form-data; boundary=x", FORM)
            .await
            .expect("a form");
        assert_eq!(form.field("rest"), "yes");
        assert_eq!(form.part("file"), b"PK\r\n--y\r\n\0");
        assert_eq!(form.part("none"), b"");
        let quoted = read("Multipart/Form-Data; charset=utf-8; boundary=\"x\"", FORM).await;
        assert_eq!(quoted, Ok(form));
        let cut = FORM.trim_end_matches("--x--\r\n");
        let (large, many) = (
            "a".repeat(1_100),
            FORM.replace("--x--", &"--x\r\n\r\n\r\n\r\n".repeat(30)),
        );
        for (kind, body) in [
            ("text/plain", FORM),
            ("multipart/form-data", FORM),
            ("multipart/form-data; boundary=z", FORM),
            ("multipart/form-data; boundary=x", cut),
            ("multipart/form-data; boundary=x", "--x"),
            ("multipart/form-data; boundary=x", ""),
            ("multipart/form-data; boundary=x", &large),
            ("multipart/form-data; boundary=x", &many),
        ] {
            assert!(read(kind, body).await.is_err(), "{kind} {body}");
        }
    }
}
