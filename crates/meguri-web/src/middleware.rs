//! What happens around every request: its number, the log, the counters, the headers and the page
//! of an error. What happens to every answer stands in `finish.rs`.

use crate::Site;
use crate::door::{Door, Kind};
use crate::error::PageError;
use crate::error_page;
use crate::finish::{AskedBy, finished};
use crate::page::{ABOUT, Format, OFFERS, PRESENCE, VIEW};
use crate::response_cache::Warmup;
use crate::server::request::Client;
use crate::staff::{self, Presence};
use crate::visitor::Visitor;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CONTENT_SECURITY_POLICY, HOST, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
use meguri_app::read::View;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Nothing but our own stylesheet, icon and forms; no script at all on the public's side.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Where the staff works, the form of a sheet has a script of ours, which talks to us alone.
const STAFF_POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
                            style-src 'self'; img-src 'self'; form-action 'self'; \
                            base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
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
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
];

/// Puts all layers around the routes; the last is the outermost.
pub(super) fn around<K: Kind>(
    router: Router<Door<K>>,
    door: &Door<K>,
    visitor: Visitor,
    asked_by: AskedBy,
) -> Router<Door<K>> {
    router
        .layer(CatchPanicLayer::custom(|_| {
            PageError::Internal("a handler panicked".to_owned()).into_response()
        }))
        .layer(from_fn_with_state((door.clone(), asked_by), watched))
        .layer(Extension(visitor))
        // A fault of the layers themselves: there is no page then, but an answer.
        .layer(CatchPanicLayer::custom(|_| {
            let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
            secure(response.headers_mut(), &own_id(), false);
            response
        }))
}

/// The number of a request: the caller's where it is plain, else our own.
fn request_id(headers: &HeaderMap) -> String {
    let plain = |id: &&str| {
        let fine = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
        !id.is_empty() && id.len() <= 64 && id.bytes().all(fine)
    };
    let given = headers
        .get(REQUEST_ID)
        .and_then(|id| id.to_str().ok())
        .filter(plain);
    given.map_or_else(own_id, str::to_owned)
}

/// A number by chance, which tells nothing of the process or of other requests.
fn own_id() -> String {
    // The hasher has keys of its own, which nobody outside knows.
    format!("{:016x}", RandomState::new().build_hasher().finish())
}

/// Number, log, counters, security headers, and the page of an error.
///
/// The log has the path without the query: what people search for is nobody's business.
async fn watched<K: Kind>(
    State((door, asked_by)): State<(Door<K>, AskedBy)>,
    request: Request,
    next: Next,
) -> Response {
    let site = door.site();
    let view = site.library.view();
    let about = Arc::clone(&site.about);
    let offers = Arc::clone(&site.library.notable().offers);
    let answered = OFFERS.scope(offers, answered(site, asked_by, request, next));
    VIEW.scope(view, ABOUT.scope(about, answered)).await
}

async fn answered(site: Site, asked_by: AskedBy, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let unasked = request.extensions().get::<Warmup>().is_some();
    let _live = (!unasked).then(|| site.metrics.live());
    let id = request_id(request.headers());
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let client = request.extensions().get::<Client>().copied();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let mut response = admitted(&site, asked_by, request, next, &id).await;
    if unasked {
        return response;
    }
    let status = response.status().as_u16();
    let took = start.elapsed();
    site.metrics
        .count(route.as_deref().unwrap_or("none"), status, took);
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let client = client.map(|Client(address)| tracing::field::display(address));
    let logged = shortened(&path);
    tracing::info!(request = %id, %method, path = logged, status, ms, client, "answered");
    secure(response.headers_mut(), &id, site.staff.is_some());
    response
}

/// The answer to a request whose sender is known, or the page of an error.
async fn admitted(
    site: &Site,
    asked_by: AskedBy,
    request: Request,
    next: Next,
    id: &str,
) -> Response {
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let is_own = is_own_host(&request);
    let request = match &site.staff {
        Some(staff) => staff::admit(staff, request).await,
        None => Ok(request),
    };
    let presence = request.as_ref().map_or(Presence::Nobody, |request| {
        staff::presence(request.extensions())
    });
    // Where nobody signs in, the house's door is for browsers on this machine: a page elsewhere must
    // not reach it by a name of its own.
    let signs_in = !matches!(presence, Presence::None | Presence::Open);
    let is_foreign = site.library.view() == View::InForce && !signs_in && !is_own;
    let answer = async {
        let mut response = match request {
            _ if is_foreign => PageError::Host.into_response(),
            Ok(request) => finished(site, asked_by, request, next).await,
            Err(error) => error.into_response(),
        };
        let Some(error) = response.extensions_mut().remove::<PageError>() else {
            return response;
        };
        if let PageError::Internal(cause) | PageError::Unavailable(cause) = &error {
            tracing::error!(request = %id, %cause, "request failed");
        }
        let way_in = staff::way_in(&presence, &error, &method, &uri);
        way_in.unwrap_or_else(|| error_page::answer(&error, Format::of_path(uri.path()), id))
    };
    PRESENCE.scope(presence.clone(), answer).await
}

/// The beginning of a path: ours are far shorter.
fn shortened(path: &str) -> &str {
    const BYTES: usize = 1024;
    path.get(..path.floor_char_boundary(BYTES)).unwrap_or(path)
}

/// Was this machine asked for by its own name, and by no other?
fn is_own_host(request: &Request) -> bool {
    let header = request
        .headers()
        .get(HOST)
        .map(|host| host.to_str().unwrap_or(""));
    let target = request
        .uri()
        .authority()
        .map(|authority| authority.as_str());
    let mut asked = header.into_iter().chain(target).peekable();
    asked.peek().is_some() && asked.all(names_this_machine)
}

/// Is it `localhost` or a loopback address, with a port or without, and nothing else?
fn names_this_machine(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[').map(|rest| rest.split_once(']')) {
        Some(Some((name, port))) => (name.parse().ok().map(IpAddr::V6), port),
        Some(None) => return false,
        None => {
            let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
            let name = if name.eq_ignore_ascii_case("localhost") {
                Some(IpAddr::V4(Ipv4Addr::LOCALHOST))
            } else {
                name.parse().ok().map(IpAddr::V4)
            };
            (name, port)
        }
    };
    let is_port = match port.strip_prefix(':') {
        Some(digits) => digits.bytes().all(|b| b.is_ascii_digit()) && digits.len() <= 5,
        None => port.is_empty(),
    };
    is_port && name.is_some_and(|address| address.is_loopback())
}

fn secure(headers: &mut HeaderMap, id: &str, has_staff: bool) {
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if has_staff {
        let policy = HeaderValue::from_static(STAFF_POLICY);
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(REQUEST_ID, id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_named_by_its_own_names_only() {
        for (host, own) in [
            ("127.0.0.1", true),
            ("127.0.0.1:8081", true),
            ("127.9.9.9:80", true),
            ("localhost", true),
            ("LOCALHOST:80", true),
            ("[::1]", true),
            ("[::1]:8081", true),
            ("127.0.0.1:80@evil", false),
            ("127.0.0.1@evil", false),
            ("[::1]evil", false),
            ("[::1]:80evil", false),
            ("[::1", false),
            ("[127.0.0.1]", false),
            ("::1", false),
            ("127.0.0.1:80:90", false),
            ("127.0.0.1.evil.example", false),
            ("localhost.evil.example", false),
            ("evil.example:127", false),
            ("", false),
        ] {
            assert_eq!(names_this_machine(host), own, "{host}");
        }
    }

    #[test]
    fn numbers_of_requests_tell_nothing() {
        let ids: std::collections::BTreeSet<String> = (0..1_000).map(|_| own_id()).collect();
        assert_eq!(ids.len(), 1_000);
        let process = format!("{:x}", std::process::id());
        assert!(
            ids.iter()
                .all(|id| id.len() == 16 && !id.starts_with(&format!("{process}-")))
        );
    }

    #[test]
    fn a_long_path_is_logged_by_its_beginning() {
        let path = "あ".repeat(2_000);
        assert!(shortened(&path).len() <= 1_024 && path.starts_with(shortened(&path)));
        assert_eq!(shortened("/about"), "/about");
    }
}
