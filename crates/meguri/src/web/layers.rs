//! What happens around every request: its number, the log, the counters, the headers and the page
//! of an error. What happens to every answer stands in `finish.rs`.

use crate::web::Site;
use crate::web::data::View;
use crate::web::door::{Door, Kind};
use crate::web::error::PageError;
use crate::web::finish::finished;
use crate::web::page::{ABOUT, Format, VIEW};
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::HeaderMap;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Nothing but our own stylesheet, icon and forms; no script at all.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 6] = [
    (CONTENT_SECURITY_POLICY, POLICY),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=()",
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
];

/// Puts all layers around the routes; the last is the outermost.
pub(super) fn around<K: Kind>(router: Router<Door<K>>, door: &Door<K>) -> Router<Door<K>> {
    router
        .layer(CatchPanicLayer::custom(|_| {
            PageError::Internal("a handler panicked".to_owned()).into_response()
        }))
        .layer(from_fn_with_state(door.clone(), watched))
}

/// The number of a request: the caller's where it is plain, else our own.
fn request_id(headers: &HeaderMap) -> String {
    static START: LazyLock<u32> = LazyLock::new(std::process::id);
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let plain = |id: &&str| {
        let fine = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        !id.is_empty() && id.len() <= 64 && id.bytes().all(fine)
    };
    let given = headers
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok())
        .filter(plain);
    given.map_or_else(
        || format!("{:x}-{}", *START, COUNT.fetch_add(1, Ordering::Relaxed)),
        str::to_owned,
    )
}

/// Number, log, counters, security headers, and the page of an error.
///
/// The log has the path without the query: what people search for is nobody's business.
async fn watched<K: Kind>(State(door): State<Door<K>>, request: Request, next: Next) -> Response {
    let site = door.site();
    let view = site.library.view();
    let about = Arc::clone(&site.about);
    VIEW.scope(view, ABOUT.scope(about, answered(site, request, next)))
        .await
}

/// A request of our own that fills the kept answers: nobody waits for it, so that it is neither
/// counted nor logged. No request from outside has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unasked;

async fn answered(site: Site, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let unasked = request.extensions().get::<Unasked>().is_some();
    let _live = (!unasked).then(|| site.metrics.live());
    let id = request_id(request.headers());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    // Until people log in, the house's door is for browsers on this machine: a page elsewhere must
    // not reach it by a name of its own.
    let foreign = site.library.view() == View::InForce && !is_own_host(&request);
    let mut response = if foreign {
        PageError::Host.into_response()
    } else {
        finished(&site, request, next).await
    };
    if let Some(error) = response.extensions_mut().remove::<PageError>() {
        if let PageError::Internal(cause) = &error {
            tracing::error!(request = %id, %cause, "request failed");
        }
        response = error.shown(Format::of_path(&path), &id);
    }
    if unasked {
        return response;
    }
    let status = response.status().as_u16();
    let took = start.elapsed();
    site.metrics
        .count(route.as_deref().unwrap_or("none"), status, took);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(request = %id, %method, %path, status, ms, "answered");
    secure(response.headers_mut(), &id);
    response
}

/// Was this machine asked for by its own name?
fn is_own_host(request: &Request) -> bool {
    let header = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    let asked = header.or(request
        .uri()
        .authority()
        .map(|authority| authority.as_str()));
    let Some(asked) = asked else {
        return false;
    };
    let name = match asked.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => asked.split(':').next().unwrap_or_default(),
    };
    let own = name
        .parse::<IpAddr>()
        .is_ok_and(|address| address.is_loopback());
    own || name.eq_ignore_ascii_case("localhost")
}

fn secure(headers: &mut HeaderMap, id: &str) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}
