//! The page that tells of an error, with ways out.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::staff;
use askama::Template;
use axum::http::HeaderValue;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use meguri_app::read::Withdrawal;
use meguri_core::access::{Permission, Refusal, Why};
use serde::Serialize;
use serde_json::json;

/// The page or JSON that tells of an error.
pub(crate) fn answer(error: &PageError, format: Format, request: &str) -> Response {
    let mut response = made(error, format, request);
    if matches!(error, PageError::NoSearch | PageError::Unavailable(_)) {
        response
            .headers_mut()
            .insert(RETRY_AFTER, HeaderValue::from_static("10"));
    }
    response
}

fn made(error: &PageError, format: Format, request: &str) -> Response {
    let (title, message) = error.words();
    let status = error.status();
    if matches!(format, Format::Json | Format::Csv) {
        let error = json!({"error": {
            "status": status.as_u16(), "title": title, "message": message, "request": request,
        }});
        return match page::json(&error) {
            Ok(response) => (status, response).into_response(),
            Err(_) => status.into_response(),
        };
    }
    let mut ways_out = Vec::new();
    if *error == PageError::SignIn {
        ways_out.push(Link::new(staff::SIGN_IN, "サインインする"));
    }
    if let PageError::NotFound(Some(nearest)) | PageError::Gone(_, nearest) = error {
        ways_out.push(nearest.clone());
    }
    let page = ErrorPage {
        layout: Layout::new(title, vec![Link::new("/", "ホーム")], ""),
        status: status.as_u16(),
        message,
        ways_out,
        request: request.to_owned(),
    };
    match page::answer(&page, Format::Html) {
        Ok(response) => (status, response).into_response(),
        Err(_) => status.into_response(),
    }
}

/// The page of an error.
#[derive(Debug, Serialize, Template)]
#[template(path = "error.html")]
pub struct ErrorPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The status.
    pub status: u16,
    /// What a person is told.
    pub message: String,
    /// Where to go from here, besides the start.
    pub ways_out: Vec<Link>,
    /// The number of the request, to find it in the log.
    pub request: String,
}

impl Page for ErrorPage {
    const NAME: &'static str = "error";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |error: &PageError, ways_out| {
            let (title, message) = error.words();
            let layout = Layout::new(title, vec![Link::new("/", "ホーム")], "");
            let status = error.status().as_u16();
            Self {
                layout,
                status,
                message,
                ways_out,
                request: "3f2a-12".to_owned(),
            }
        };
        let nearest = vec![Link::new("/plans/evaluation", "計画「施策評価」")];
        let gone = Withdrawal {
            moment: "2026-04-01".to_owned(),
            reason: "別の年度の資料を公表していたため".to_owned(),
        };
        let gone = PageError::Gone(gone, Link::default());
        let forbidden = Refusal {
            permission: Permission::ReadInternal,
            why: Why::NoRole,
        };
        vec![
            ("not-found", of(&PageError::NotFound(None), nearest)),
            ("gone", of(&gone, vec![])),
            (
                "invalid",
                of(
                    &PageError::Invalid("行は数字で指定してください。".into()),
                    vec![],
                ),
            ),
            ("host", of(&PageError::Host, vec![])),
            ("forbidden", of(&PageError::Forbidden(forbidden), vec![])),
            ("sign-in", of(&PageError::SignIn, vec![])),
            ("origin", of(&PageError::Origin, vec![])),
            ("too-large", of(&PageError::TooLarge(64), vec![])),
            (
                "unavailable",
                of(&PageError::Unavailable(String::new()), vec![]),
            ),
            ("method", of(&PageError::Method, vec![])),
            ("no-search", of(&PageError::NoSearch, vec![])),
            ("internal", of(&PageError::Internal(String::new()), vec![])),
        ]
    }
}
