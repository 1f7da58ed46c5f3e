//! What makes an answer ready to be sent: its tag, its compression, and "not modified". Behind the
//! public door it is then kept ([`crate::response_cache::ResponseCache`]), so that none of it is done twice.

use crate::Site;
use crate::assets::hash;
use crate::error::PageError;
use crate::making::{Asked, Cost};
use crate::page::{ABOUT, Format, OFFERS, PRESENCE, SHOW_SOURCES, SOURCES, VIEW};
use crate::response_cache::{MAX_LOOSE_BYTES, Ready, Warmup};
use crate::staff::presence;
use crate::streamed::Streamed;
use axum::body::{Bytes, to_bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue,
    IF_NONE_MATCH, SET_COOKIE, VARY,
};
use axum::http::{Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use meguri_app::plain;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// In a picture with so many rows, data of a whole document is taken to be costly.
const MANY_ROWS: usize = 5_000;

/// Below, an answer fits a packet anyway.
const MIN_PACKED_BYTES: usize = 512;

/// Gives the names of a query that a route knows, by its path.
pub(super) type AskedBy = fn(&str) -> &'static [&'static str];

/// The answer to a request: a kept one, else that of the page, made ready.
pub(super) async fn finished(
    site: &Site,
    asked_by: AskedBy,
    mut request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("", MatchedPath::as_str);
    let asks = asked_by(route);
    let uri = with_names(request.uri(), asks);
    *request.uri_mut() = uri.clone();
    let page = Asked {
        path: uri.path(),
        route,
    };
    let address = uri.path_and_query().map_or("", |address| address.as_str());
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let packed = takes_gzip(request.headers());
    let is_get = request.method() == Method::GET;
    let reads = is_get || request.method() == Method::HEAD;
    // Nobody asks for what fills them, and it is known to be missing.
    let asked = request.extensions().get::<Warmup>().is_none();
    if reads && asked && site.answers.are_kept() {
        let kept = site.answers.get(address, packed);
        site.metrics.looked_up(kept.is_some());
        if let Some(ready) = kept {
            return ready.answer(known.as_ref());
        }
    }
    // The page may be of a newer picture than the answers beside which it is kept, never of an
    // older one: those who find it there came before the picture was exchanged.
    let made = if asked && reads {
        let again = || {
            let kept = site.answers.get(address, packed)?;
            Some(Made::Again(kept))
        };
        let cost = site.making.cost(page, guess(site, uri.path()));
        let (view, about) = (site.library.view(), Arc::clone(&site.about));
        let presence = presence(request.extensions());
        let work = SOURCES.scope(asks_for_sources(&uri), make(request, next, packed));
        let work = PRESENCE.scope(presence, work);
        let offers = Arc::clone(&site.library.notable().offers);
        let work = OFFERS.scope(offers, ABOUT.scope(about, work));
        site.making.run(cost, again, VIEW.scope(view, work)).await
    } else {
        Some(make(request, next, packed).await)
    };
    let (ready, for_all) = match made {
        Some(Made::New(ready, for_all)) => (Arc::new(ready), for_all),
        Some(Made::Again(ready)) => return ready.answer(known.as_ref()),
        Some(Made::Other(response)) => return response,
        None => {
            let why = "a page was not made".to_owned();
            return PageError::Internal(why).into_response();
        }
    };
    if reads {
        site.making.has_cost(page, ready.bytes, ready.took);
    }
    if is_get && for_all {
        site.answers.keep(address, packed, &ready);
        if let Some(other) = ready.other_form() {
            site.answers.keep(address, !packed, &Arc::new(other));
        }
    }
    ready.answer(known.as_ref())
}

/// What became of a page.
enum Made {
    /// It is ready; whether it is the same for all.
    New(Ready, bool),
    /// Somebody else had it made meanwhile.
    Again(Arc<Ready>),
    /// It is none: an error, another address.
    Other(Response),
}

async fn make(request: Request, next: Next, packed: bool) -> Made {
    let begin = Instant::now();
    let response = next.run(request).await;
    let is_streamed = response.extensions().get::<Streamed>().is_some();
    if response.status() != StatusCode::OK || is_streamed {
        return Made::Other(response);
    }
    let for_all = is_for_all(response.headers());
    match ready(response, packed).await {
        Ok(ready) => {
            let took = begin.elapsed();
            Made::New(Ready { took, ..ready }, for_all)
        }
        Err(fault) => Made::Other(fault.into_response()),
    }
}

/// Does an address ask for the places of values?
fn asks_for_sources(uri: &Uri) -> bool {
    let (name, value) = SHOW_SOURCES;
    let query = uri.query().unwrap_or_default();
    query
        .split('&')
        .any(|part| part.split_once('=') == Some((name, value)))
}

/// What a page may cost of which nothing is known.
fn guess(site: &Site, path: &str) -> Cost {
    let format = Format::of_path(path);
    if format.is_file() {
        return Cost::Costly;
    }
    let is_data = format != Format::Html;
    let rows = || {
        let sheets = site
            .library
            .entries()
            .iter()
            .flat_map(|entry| &entry.document.sheets);
        sheets.map(|sheet| sheet.listings.len() + sheet.indicators.len())
    };
    if is_data && rows().sum::<usize>() >= MANY_ROWS {
        Cost::Costly
    } else {
        Cost::Unknown
    }
}

/// The address with those parts of its query that its page knows, so that no other makes an answer
/// of its own.
fn with_names(uri: &Uri, names: &[&str]) -> Uri {
    let Some(query) = uri.query() else {
        return uri.clone();
    };
    let mut known: Vec<&str> = query
        .split('&')
        .filter(|part| {
            let name = part.split('=').next().unwrap_or_default();
            let name = percent_decode_str(name).decode_utf8_lossy();
            names.contains(&name.as_ref())
        })
        .collect();
    // Of what stands there twice in the same words, one is enough.
    let mut seen = BTreeSet::new();
    known.retain(|part| seen.insert(*part));
    let address = match known.as_slice() {
        [] => uri.path().to_owned(),
        known => format!("{}?{}", uri.path(), known.join("&")),
    };
    // Parts of an address make an address.
    address.parse().unwrap_or_else(|_| uri.clone())
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

/// Makes an answer ready. No text leaves with characters that control instead of being displayed,
/// whatever page made it.
///
/// # Errors
/// [`PageError::Internal`] where it cannot be read.
async fn ready(response: Response, packed: bool) -> Result<Ready, PageError> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await;
    let body = body.map_err(|error| PageError::Internal(error.to_string()))?;
    let mut headers = parts.headers;
    let is_text = is_text(&headers);
    let body = if is_text { visible(body) } else { body };
    // Weak, because the same page may travel compressed or not.
    let tag = HeaderValue::from_str(&format!("W/\"{}\"", hash(&body)));
    let tag = tag.map_err(|error| PageError::Internal(error.to_string()))?;
    headers.insert(ETAG, tag.clone());
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    headers.remove(CONTENT_LENGTH);
    let bytes = body.len();
    let loose = Ready {
        headers,
        tag,
        body,
        unpacks: false,
        bytes,
        took: Duration::ZERO,
    };
    let is_long = bytes > MAX_LOOSE_BYTES;
    if !is_text || bytes < MIN_PACKED_BYTES || !(packed || is_long) {
        return Ok(loose);
    }
    let level = if is_long {
        Compression::fast()
    } else {
        Compression::default()
    };
    let Some(small) = gzip(&loose.body, level) else {
        return Ok(loose);
    };
    let small = Ready {
        body: small,
        unpacks: true,
        ..loose
    };
    Ok(if packed { small.packed() } else { small })
}

/// The text with visible controls.
fn visible(body: Bytes) -> Bytes {
    let text = str::from_utf8(&body).map(plain::visible);
    match text {
        Ok(Cow::Owned(clean)) => clean.into(),
        Ok(Cow::Borrowed(_)) | Err(_) => body,
    }
}

/// The body compressed; `None` where it does not get smaller.
fn gzip(body: &Bytes, level: Compression) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 8), level);
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
    fn only_what_a_page_knows_of_a_query_is_left() {
        for (address, names, wanted) in [
            ("/about?x=1", &[][..], "/about"),
            ("/about?", &[], "/about"),
            (
                "/list?from=2&x=1&state=a",
                &["state", "from"],
                "/list?from=2&state=a",
            ),
            ("/list?%66rom=2", &["from"], "/list?%66rom=2"),
            ("/search?q=a&q=a&q=b", &["q"], "/search?q=a&q=b"),
            ("/search?q", &["q"], "/search?q"),
            ("/search?q=%E6%A9%8B+a", &["q"], "/search?q=%E6%A9%8B+a"),
        ] {
            let uri = with_names(&Uri::from_static(address), names);
            assert_eq!(uri.to_string(), wanted);
        }
    }

    #[tokio::test]
    async fn no_text_leaves_with_controls_whatever_page_made_it() {
        for kind in [
            "text/html",
            "application/json",
            "text/csv",
            "application/atom+xml",
        ] {
            let made = (
                [(CONTENT_TYPE, kind)],
                "a\u{1b}[31m\u{202e}\u{9b}\u{2028}b\r\n\t",
            )
                .into_response();
            let ready = ready(made, false).await.expect("ready");
            let text = String::from_utf8_lossy(&ready.body).into_owned();
            assert_eq!(
                text, "a␛[31m［U+202E］［U+009B］［U+2028］b\r\n\t",
                "{kind}"
            );
        }
        let image = ([(CONTENT_TYPE, "image/png")], "\u{1b}").into_response();
        assert_eq!(ready(image, false).await.expect("ready").body, "\u{1b}");
    }

    #[tokio::test]
    async fn a_long_answer_is_held_small_and_reads_the_same_in_both_forms() {
        let long = "市道1234号線,1,000\r\n".repeat(1_200_000);
        assert!(long.len() > 16 * 1024 * 1024);
        for packed in [false, true] {
            let made = ([(CONTENT_TYPE, "text/csv")], long.clone()).into_response();
            let ready = ready(made, packed).await.expect("ready");
            assert!(ready.body.len() < long.len() / 10, "{}", ready.body.len());
            let other = ready.other_form().expect("another form");
            for one in [&ready, &other] {
                let answer = one.answer(None);
                let is_packed = answer
                    .headers()
                    .contains_key(axum::http::header::CONTENT_ENCODING);
                let body = to_bytes(answer.into_body(), usize::MAX)
                    .await
                    .expect("read");
                let mut text = String::new();
                let read = if is_packed {
                    std::io::Read::read_to_string(
                        &mut flate2::read::GzDecoder::new(&body[..]),
                        &mut text,
                    )
                } else {
                    std::io::Read::read_to_string(&mut &body[..], &mut text)
                };
                assert!(read.is_ok() && text == long, "packed: {is_packed}");
            }
            assert!(other.answer(Some(&ready.tag)).status() == StatusCode::NOT_MODIFIED);
        }
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
