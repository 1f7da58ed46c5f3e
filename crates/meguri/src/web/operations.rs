//! Health and counters for the operators, on an address of their own, so that they are never
//! published together with the pages.

use crate::web::Site;
use crate::web::data::FindingCounts;
use crate::web::door::{Door, Kind};
use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;

/// `/health` and `/metrics`.
pub fn router<K: Kind>(door: Door<K>) -> Router {
    Router::new()
        .route("/health", get(|| async { "ok\n" }))
        .route("/metrics", get(metrics))
        .with_state(door)
}

async fn metrics(State(site): State<Site>) -> impl IntoResponse {
    let counts = FindingCounts::of(site.library.findings().map(|(_, found)| found));
    let mut text = site.metrics.text();
    text.push_str(&format!(
        "# HELP meguri_documents Papers that are shown.\n# TYPE meguri_documents gauge\n\
         meguri_documents {}\n\
         # HELP meguri_findings Findings by severity.\n# TYPE meguri_findings gauge\n\
         meguri_findings{{severity=\"error\"}} {}\n\
         meguri_findings{{severity=\"warning\"}} {}\n\
         meguri_findings{{severity=\"note\"}} {}\n",
        site.library.entries().len(),
        counts.errors,
        counts.warnings,
        counts.notes
    ));
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text)
}
