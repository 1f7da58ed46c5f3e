//! What the public site is measured against: a bare handler of axum that gives the very same bytes
//! for the same addresses, out of a table, with nothing around it. See `docs/benchmarks.md`.
//!
//! ```sh
//! cargo run --release -p meguri --example bare -- meguri.sqlite 127.0.0.1:8090 gzip
//! ```

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, State};
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::{Request, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use meguri_app::read::pictures::Pictures;
use meguri_store::{By, Location, Store};
use meguri_web::refresh::Refresher;
use meguri_web::router::router;
use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use tokio::net::TcpListener;
use tower::ServiceExt;

/// The answers: the coding, and the body of each sheet.
struct Table {
    coding: &'static str,
    bodies: HashMap<i64, Bytes>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, address, coding] = arguments.as_slice() else {
        return Err("name a database, an address, and gzip or identity".into());
    };
    let coding = if coding == "gzip" { "gzip" } else { "identity" };
    tokio::runtime::Runtime::new()?.block_on(async {
        let bodies = bodies(&Location::parse(database), coding).await?;
        let listener = TcpListener::bind(address).await?;
        println!("{} sheets at {}", bodies.len(), listener.local_addr()?);
        let table = Arc::new(Table { coding, bodies });
        let router = Router::new()
            .route("/sheets/{sheet}", get(show))
            .with_state(table);
        axum::serve(listener, router).await?;
        Ok(())
    })
}

async fn show(State(table): State<Arc<Table>>, Path(sheet): Path<i64>) -> Response {
    let Some(body) = table.bodies.get(&sheet) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kind = (CONTENT_TYPE, "text/html; charset=utf-8");
    if table.coding == "gzip" {
        return ([kind, (CONTENT_ENCODING, "gzip")], body.clone()).into_response();
    }
    ([kind], body.clone()).into_response()
}

/// Asks the real pages for every sheet.
async fn bodies(
    database: &Location,
    coding: &'static str,
) -> Result<HashMap<i64, Bytes>, Box<dyn Error>> {
    let by = By::new("計測", "2026-04-01")?;
    let store = Store::open(database, &by).await?.store;
    let registered = store.municipalities().await?;
    let (code, _) = registered
        .first()
        .ok_or("the database has no municipality")?;
    let city = store
        .municipality(code)
        .await?
        .ok_or("no such municipality")?;
    let refresher = Refresher::open(Pictures::new(city), false).await?;
    let library = refresher.public.site().library;
    let pages = router(refresher.public.clone());
    let mut bodies = HashMap::new();
    for sheet in library.entries().iter().flat_map(|entry| &entry.sheet_ids) {
        let request = Request::get(format!("/sheets/{}", sheet.id))
            .header(ACCEPT_ENCODING, coding)
            .body(Body::empty())?;
        let response = pages.clone().oneshot(request).await?;
        bodies.insert(sheet.id, to_bytes(response.into_body(), usize::MAX).await?);
    }
    store.close().await;
    Ok(bodies)
}
