//! What makes an answer ready to be sent: its tag, its compression, and "not modified". Behind the
//! public door it is then kept ([`crate::web::answers::Answers`]), so that none of it is done twice.

use crate::web::Site;
use crate::web::answers::Ready;
use crate::web::assets::hash;
use crate::web::error::PageError;
use crate::web::layers::Unasked;
use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG,
    HeaderMap, HeaderValue, IF_NONE_MATCH, SET_COOKIE, VARY,
};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::Arc;

/// The most bytes of an answer that are held to make it ready: pages are far smaller.
const MAX_ANSWER_BYTES: usize = 16 * 1024 * 1024;

/// Below, an answer fits a packet anyway.
const MIN_PACKED_BYTES: usize = 512;

/// The answer to a request: a kept one, else that of the page, made ready.
pub(super) async fn finished(site: &Site, request: Request, next: Next) -> Response {
    let uri: Uri = request.uri().clone();
    let address = uri.path_and_query().map_or("", |address| address.as_str());
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let packed = takes_gzip(request.headers());
    let is_get = request.method() == Method::GET;
    let reads = is_get || request.method() == Method::HEAD;
    // Nobody asks for what fills them, and it is known to be missing.
    let asked = request.extensions().get::<Unasked>().is_none();
    if reads && asked && site.answers.are_kept() {
        let kept = site.answers.get(address, packed);
        site.metrics.looked_up(kept.is_some());
        if let Some(ready) = kept {
            return ready.answer(known.as_ref());
        }
    }
    // The page may be of a newer picture than the answers beside which it is kept, never of an
    // older one: those who find it there came before the picture was exchanged.
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let for_all = is_for_all(response.headers());
    match ready(response, packed).await {
        Ok(ready) => {
            let ready = Arc::new(ready);
            if is_get && for_all {
                site.answers.keep(address, packed, &ready);
            }
            ready.answer(known.as_ref())
        }
        Err(fault) => fault.into_response(),
    }
}

/// Does an answer depend on nothing but its address? One that does not must say so, by one of these
/// headers.
fn is_for_all(headers: &HeaderMap) -> bool {
    let store = headers
        .get(CACHE_CONTROL)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let own = store.contains("no-store") || store.contains("private");
    !own && !headers.contains_key(SET_COOKIE) && !headers.contains_key(VARY)
}

/// Makes an answer ready.
///
/// # Errors
/// [`PageError::Internal`] where it is too long.
async fn ready(response: Response, packed: bool) -> Result<Ready, PageError> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, MAX_ANSWER_BYTES).await;
    let body = body.map_err(|_| PageError::Internal("an answer is too long".to_owned()))?;
    let mut headers = parts.headers;
    // Weak, because the same page may travel compressed or not.
    let tag = HeaderValue::from_str(&format!("W/\"{}\"", hash(&body)));
    let tag = tag.map_err(|error| PageError::Internal(error.to_string()))?;
    headers.insert(ETAG, tag.clone());
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    let packs = packed && body.len() >= MIN_PACKED_BYTES && is_text(&headers);
    let body = match packs.then(|| gzip(&body)).flatten() {
        Some(packed) => {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            headers.remove(CONTENT_LENGTH);
            packed
        }
        None => body,
    };
    Ok(Ready { headers, tag, body })
}

/// The body compressed; `None` where it does not get smaller.
fn gzip(body: &Bytes) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::default());
    encoder.write_all(body).ok()?;
    let packed = encoder.finish().ok()?;
    (packed.len() < body.len()).then(|| packed.into())
}

/// Is it text, which gets smaller? Other kinds are packed already.
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    let ends = ["json", "xml", "javascript"];
    kind.starts_with("text/") || ends.iter().any(|end| kind.ends_with(end))
}

/// Does the reader take gzip? (RFC 9110, 12.5.3)
fn takes_gzip(headers: &HeaderMap) -> bool {
    let mut any = false;
    for value in headers
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
    {
        for coding in value.split(',') {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            let weight = weight.trim().strip_prefix("q=").unwrap_or("1").trim();
            let wanted = weight.parse().is_ok_and(|weight: f32| weight > 0.0);
            match name.trim() {
                // Named, it counts more than any "*".
                name if name.eq_ignore_ascii_case("gzip") || name == "x-gzip" => return wanted,
                "*" => any = wanted,
                _ => {}
            }
        }
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_to_those_who_take_it() {
        for (accepted, takes) in [
            ("gzip", true),
            ("gzip, deflate, br, zstd", true),
            ("br;q=1.0, GZIP;q=0.8", true),
            ("*", true),
            ("gzip;q=0", false),
            ("gzip; q=0.000, *", false),
            ("*;q=0", false),
            ("identity", false),
            ("br", false),
            ("gzip;q=lots", false),
            ("", false),
        ] {
            let headers =
                HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accepted))]);
            assert_eq!(takes_gzip(&headers), takes, "{accepted}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }

    #[test]
    fn only_text_is_packed() {
        for (kind, text) in [
            ("text/html; charset=utf-8", true),
            ("application/json; charset=utf-8", true),
            ("image/svg+xml", true),
            ("application/atom+xml", true),
            ("image/png", false),
            ("application/pdf", false),
        ] {
            let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(kind))]);
            assert_eq!(is_text(&headers), text, "{kind}");
        }
    }

    #[test]
    fn an_answer_that_is_for_one_person_says_so() {
        for (name, value, for_all) in [
            (CACHE_CONTROL, "no-cache", true),
            (CACHE_CONTROL, "public, max-age=31536000, immutable", true),
            (CACHE_CONTROL, "no-store", false),
            (CACHE_CONTROL, "private, max-age=5", false),
            (SET_COOKIE, "a=b", false),
            (VARY, "cookie", false),
        ] {
            let headers = HeaderMap::from_iter([(name, HeaderValue::from_static(value))]);
            assert_eq!(is_for_all(&headers), for_all, "{value}");
        }
    }
}
