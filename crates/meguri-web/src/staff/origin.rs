//! Does a request that changes something come from a page of ours?
//!
//! Browsers say with every form from which site its page is (`Origin`), also over plain HTTP, where
//! they send no `Sec-Fetch-Site`. It must be ours; `null` or none is refused. A program that asks
//! without a browser holds no session, and has no need of this door.

use axum::http::HeaderMap;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use meguri_app::staff::Staff;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Does it?
pub(super) fn is_own(staff: &Staff, headers: &HeaderMap) -> bool {
    let origin = match one(headers, &ORIGIN) {
        One::Is(origin) => origin,
        One::None | One::Odd => return false,
    };
    let site = match one(headers, &SEC_FETCH_SITE) {
        One::Is(site) => site == "same-origin",
        One::None => true,
        One::Odd => false,
    };
    let own = match (&staff.rules().origin, one(headers, &HOST)) {
        (Some(own), _) => own.clone(),
        (None, One::Is(host)) => format!("http://{host}"),
        (None, _) => return false,
    };
    site && plain(origin) == plain(&own)
}

/// A header that may stand once.
enum One<'a> {
    None,
    Is(&'a str),
    Odd,
}

fn one<'a>(headers: &'a HeaderMap, name: &HeaderName) -> One<'a> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => One::None,
        (Some(value), None) => value.to_str().map_or(One::Odd, One::Is),
        (Some(_), Some(_)) => One::Odd,
    }
}

/// An origin in lower case without the port that its scheme has anyway.
fn plain(origin: &str) -> String {
    let origin = origin.to_ascii_lowercase();
    let usual = if origin.starts_with("https://") {
        ":443"
    } else {
        ":80"
    };
    origin
        .strip_suffix(usual)
        .map_or(origin.clone(), str::to_owned)
}
