//! How a browser searches the site from its own field.

use crate::Site;
use crate::error::PageError;
use crate::feeds;
use askama::Template;
use axum::extract::State;
use axum::response::Response;

/// The description.
#[derive(Debug, Template)]
#[template(path = "opensearch.xml")]
struct Description {
    /// Whose site it is; may be empty.
    municipality: String,
    /// The address of the pages; may be empty.
    base: String,
}

/// `GET /opensearch.xml`
pub(crate) async fn show(State(site): State<Site>) -> Result<Response, PageError> {
    let municipality = site.about.name.clone();
    let description = Description {
        municipality,
        base: site.about.full(""),
    };
    feeds::xml("application/opensearchdescription+xml", &description)
}
