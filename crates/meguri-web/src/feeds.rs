//! What other programs read of a site: news, addresses, what its data is, how to search it.
//!
//! All of it is made of the same picture as the pages; what is not in it cannot be told.

pub mod dataset;
pub mod feed;
pub mod opensearch;
pub mod robots;
pub mod sitemap;
pub mod suggest;

use crate::error::PageError;
use askama::Template;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// Gives a text of some type.
fn text(kind: &'static str, text: String) -> Response {
    ([(CONTENT_TYPE, kind)], text).into_response()
}

/// Gives XML made by a template.
fn xml(kind: &'static str, template: &impl Template) -> Result<Response, PageError> {
    let made = template
        .render()
        .map_err(|error| PageError::Internal(error.to_string()))?;
    Ok(text(kind, plain(&made)))
}

/// A text without the characters that XML does not know; a paper may have them.
fn plain(text: &str) -> String {
    let known = |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !is_no_character(*c));
    meguri_app::plain::visible(text)
        .chars()
        .filter(known)
        .collect()
}

const fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{ffff}')
}
