//! The cookie by which a browser holds its session.
//!
//! It is gone when the browser is closed, no script reads it, and no other site makes a browser send
//! it with a form. Where the pages come over TLS, it has the prefix `__Host-`, which no other host
//! of the domain can set. Ports share cookies, so that the name has the port in it.

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, HOST, HeaderValue, SET_COOKIE};
use axum::response::Response;
use meguri_app::staff::Staff;

/// Hexadecimal digits of what a browser holds.
const DIGITS: usize = 64;

/// Do the pages come over TLS?
fn is_secure(staff: &Staff) -> bool {
    let origin = staff.rules().origin.as_deref();
    origin.is_some_and(|origin| origin.starts_with("https://"))
}

fn name(staff: &Staff, headers: &HeaderMap) -> String {
    if is_secure(staff) {
        return "__Host-meguri".to_owned();
    }
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    let port = host
        .and_then(|host| host.rsplit_once(':'))
        .map(|(_, port)| port);
    let is_port = |port: &&str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    match port.filter(is_port) {
        Some(port) => format!("meguri-{port}"),
        None => "meguri".to_owned(),
    }
}

/// What a browser holds; `None` where it holds nothing that could be ours.
pub(super) fn token(staff: &Staff, headers: &HeaderMap) -> Option<String> {
    let name = name(staff, headers);
    let pairs = headers.get_all(COOKIE).iter();
    let pairs = pairs.filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|value| value.split(';'));
    let token = pairs.find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name && is_token(value)).then_some(value)
    });
    token.map(str::to_owned)
}

fn is_token(value: &str) -> bool {
    let digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    value.len() == DIGITS && value.bytes().all(digit)
}

/// Hands a browser what it holds from now on.
pub(super) fn hand_over(
    staff: &Staff,
    headers: &HeaderMap,
    token: &str,
    response: Response,
) -> Response {
    let secure = if is_secure(staff) { "; Secure" } else { "" };
    let name = name(staff, headers);
    let cookie = format!("{name}={token}; HttpOnly; SameSite=Lax; Path=/{secure}");
    with(response, &cookie)
}

/// Takes from a browser what it held.
pub(super) fn clear(staff: &Staff, headers: &HeaderMap, response: Response) -> Response {
    let secure = if is_secure(staff) { "; Secure" } else { "" };
    let name = name(staff, headers);
    let cookie = format!("{name}=; Max-Age=0; HttpOnly; SameSite=Lax; Path=/{secure}");
    with(response, &cookie)
}

fn with(mut response: Response, cookie: &str) -> Response {
    // Names and hexadecimal digits make a header.
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}
