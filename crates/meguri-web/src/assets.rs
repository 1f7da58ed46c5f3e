//! What pages load besides themselves: one stylesheet, one icon and, on the form of a sheet, one
//! script, served from memory.
//!
//! The address holds a hash of the content, so that a browser may keep it for ever.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::hash::{DefaultHasher, Hasher};
use std::sync::LazyLock;

const TOKENS: &str = include_str!("../assets/tokens.css");
const RULES: &str = include_str!("../assets/meguri.css");
const ICON: &str = include_str!("../assets/icon.svg");
const SCRIPT: &str = include_str!("../assets/work.js");

static STYLE: LazyLock<String> = LazyLock::new(|| format!("{TOKENS}\n{RULES}"));
static STYLE_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/{}-meguri.css", hash(STYLE.as_bytes())));
static ICON_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/{}-icon.svg", hash(ICON.as_bytes())));

static SCRIPT_PATH: LazyLock<String> =
    LazyLock::new(|| format!("/assets/{}-work.js", hash(SCRIPT.as_bytes())));

/// The address of the script of the sheet's form.
#[must_use]
pub fn script_path() -> &'static str {
    &SCRIPT_PATH
}

/// The address of the stylesheet.
#[must_use]
pub fn style_path() -> &'static str {
    &STYLE_PATH
}

/// The address of the icon.
#[must_use]
pub fn icon_path() -> &'static str {
    &ICON_PATH
}

/// The asset of an address; `None` for another address.
#[must_use]
pub fn asset(path: &str) -> Option<Response> {
    let (kind, text) = if path == style_path() {
        ("text/css; charset=utf-8", STYLE.as_str())
    } else if path == icon_path() {
        ("image/svg+xml", ICON)
    } else if path == script_path() {
        ("text/javascript; charset=utf-8", SCRIPT)
    } else {
        return None;
    };
    let headers = [
        (CONTENT_TYPE, kind),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Some((headers, text).into_response())
}

/// A short hash of a content, to tell it from another.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    format!("{:016x}", hasher.finish())
}
