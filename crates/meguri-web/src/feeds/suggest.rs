//! Names for what is being typed, in the format that browsers know (OpenSearch suggestions).

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::page;
use axum::extract::State;
use axum::response::Response;
use meguri_app::search::query::MOST_CHARS;
use serde_json::json;

/// The most names.
const MOST: usize = 10;

/// `GET /suggest?q=…`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let typed: String = asked
        .query("q")
        .unwrap_or_default()
        .chars()
        .take(MOST_CHARS)
        .collect();
    let text = typed.clone();
    let names = site
        .finder
        .ask(move |snapshot| snapshot.suggest(&text, MOST))
        .await?;
    page::json_as("application/x-suggestions+json", &json!([typed, names]))
}
