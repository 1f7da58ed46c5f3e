//! Health and counters for the operators, on an address of their own, so that they are never
//! published together with the pages.

use crate::Site;
use crate::log;
use crate::metrics::{Filling, Metrics};
use crate::server::listener::Counts;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use meguri_app::read::FindingCounts;
use std::fmt::Write;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A door as the operators see it: its name, and what it shows now.
pub type Watched = (&'static str, Arc<dyn Fn() -> Site + Send + Sync>);

/// What the operators can look at.
#[derive(Clone, Default)]
pub struct Operations {
    /// The doors.
    pub doors: Vec<Watched>,
    /// Does the database answer? `None` where there is none.
    pub database: Option<Arc<AtomicBool>>,
    /// When the database was last looked at with success; `None` where there is none.
    pub looked: Option<Arc<Mutex<Instant>>>,
    /// Where the public pages are.
    pub pages: Option<SocketAddr>,
    /// The connections of each listener.
    pub listeners: Vec<(&'static str, Arc<Counts>)>,
}

/// `/health`, `/ready` and `/metrics`.
pub fn router(operations: Operations) -> Router {
    Router::new()
        .route("/health", get(|| async { "ok\n" }))
        .route("/ready", get(ready))
        .route("/metrics", get(metrics))
        .with_state(operations)
}

/// The database is looked at every second; a large picture takes a while to be made.
const RECENT: Duration = Duration::from_secs(60);

/// How long the first page may take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Is the server fit to be asked? Its first page is asked for as anybody would, and the database must
/// have been looked at of late. [`StatusCode::SERVICE_UNAVAILABLE`] with what is the matter.
async fn ready(State(operations): State<Operations>) -> (StatusCode, String) {
    let mut faults = Vec::new();
    if let Some(database) = &operations.database
        && !database.load(Ordering::Relaxed)
    {
        faults.push("the database does not answer, or its file is another one");
    }
    if let Some(looked) = &operations.looked {
        let last = *looked.lock().unwrap_or_else(PoisonError::into_inner);
        if last.elapsed() > RECENT {
            faults.push("the database was not looked at of late");
        }
    }
    let page = operations.pages.map(first_page);
    if let Some(page) = page
        && !timeout(PATIENCE, page)
            .await
            .is_ok_and(|answers| answers.unwrap_or(false))
    {
        faults.push("the first page is not answered");
    }
    if faults.is_empty() {
        return (StatusCode::OK, "ready\n".to_owned());
    }
    (StatusCode::SERVICE_UNAVAILABLE, faults.join("\n") + "\n")
}

/// Does the first page answer on its own address?
async fn first_page(mut address: SocketAddr) -> io::Result<bool> {
    // Who listens everywhere listens here too.
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    const LINE: &[u8] = b"HTTP/1.1 200";
    let mut stream = TcpStream::connect(address).await?;
    let head = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).await?;
    let mut begin = [0; LINE.len()];
    stream.read_exact(&mut begin).await?;
    Ok(begin == *LINE)
}

async fn metrics(State(operations): State<Operations>) -> impl IntoResponse {
    // Writing to a string cannot fail.
    let text = text(&operations).unwrap_or_default();
    (
        [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
}

fn text(operations: &Operations) -> Result<String, std::fmt::Error> {
    let sites: Vec<(&str, Site)> = operations
        .doors
        .iter()
        .map(|(name, site)| (*name, site()))
        .collect();
    let mut text = String::from(Metrics::HEAD);
    for (door, site) in &sites {
        text.push_str(&site.metrics.text(door));
    }
    text.push_str(
        "# HELP meguri_documents Documents that are shown.\n# TYPE meguri_documents gauge\n",
    );
    for (door, site) in &sites {
        let count = site.library.entries().len();
        writeln!(text, "meguri_documents{{door=\"{door}\"}} {count}")?;
    }
    text.push_str("# HELP meguri_findings Findings by severity.\n# TYPE meguri_findings gauge\n");
    for (door, site) in &sites {
        let counts = FindingCounts::of(site.library.findings().map(|(_, found)| found));
        let of_severity = [
            ("error", counts.errors),
            ("warning", counts.warnings),
            ("note", counts.notes),
        ];
        for (severity, count) in of_severity {
            let labels = format!("door=\"{door}\",severity=\"{severity}\"");
            writeln!(text, "meguri_findings{{{labels}}} {count}")?;
        }
    }
    kept(&mut text, &sites)?;
    if let Some(database) = &operations.database {
        let up = u8::from(database.load(Ordering::Relaxed));
        text.push_str("# HELP meguri_database_up Does the database answer?\n");
        writeln!(
            text,
            "# TYPE meguri_database_up gauge\nmeguri_database_up {up}"
        )?;
    }
    connections(&mut text, &operations.listeners)?;
    text.push_str("# HELP meguri_log_lines_lost_total Lines of the log that were not written.\n");
    let lost = log::lost();
    writeln!(
        text,
        "# TYPE meguri_log_lines_lost_total counter\nmeguri_log_lines_lost_total {lost}"
    )?;
    Ok(text)
}

type OfConnections = (&'static str, &'static str, &'static str, fn(&Counts) -> u64);

/// What is told of the connections: name, kind, words, value.
const CONNECTIONS: [OfConnections; 3] = [
    (
        "meguri_connections",
        "gauge",
        "Connections that are open.",
        |counts| counts.open() as u64,
    ),
    (
        "meguri_connections_ended_for_others_total",
        "counter",
        "Idle connections that were ended to make room.",
        |counts| counts.ended_for_others.load(Ordering::Relaxed),
    ),
    (
        "meguri_connections_not_accepted_total",
        "counter",
        "Connections that could not be accepted.",
        |counts| counts.not_accepted.load(Ordering::Relaxed),
    ),
];

fn connections(
    text: &mut String,
    listeners: &[(&'static str, Arc<Counts>)],
) -> Result<(), std::fmt::Error> {
    for (name, kind, help, value) in CONNECTIONS {
        writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}")?;
        for (listener, counts) in listeners {
            writeln!(text, "{name}{{listener=\"{listener}\"}} {}", value(counts))?;
        }
    }
    Ok(())
}

type OfFilling = (
    &'static str,
    &'static str,
    &'static str,
    fn(&Filling) -> u64,
);

/// What is told of the filling of the kept answers: name, kind, words, value.
const FILLING: [OfFilling; 4] = [
    (
        "meguri_cache_fill_working",
        "gauge",
        "Are answers made before anybody asks?",
        |filling| u64::from(filling.works.load(Ordering::Relaxed)),
    ),
    (
        "meguri_cache_fill_addresses",
        "gauge",
        "Addresses that are to be filled.",
        |filling| filling.all.load(Ordering::Relaxed),
    ),
    (
        "meguri_cache_fill_done",
        "gauge",
        "Addresses that were seen to.",
        |filling| filling.done.load(Ordering::Relaxed),
    ),
    (
        "meguri_cache_filled_total",
        "counter",
        "ResponseCache made before anybody asked.",
        |filling| filling.made.load(Ordering::Relaxed),
    ),
];

/// The kept answers, of the doors that keep any.
fn kept(text: &mut String, sites: &[(&str, Site)]) -> Result<(), std::fmt::Error> {
    let keeping: Vec<_> = sites
        .iter()
        .filter(|(_, site)| site.answers.are_kept())
        .collect();
    if keeping.is_empty() {
        return Ok(());
    }
    text.push_str("# HELP meguri_cache_lookups_total Requests by whether their answer was kept.\n");
    text.push_str("# TYPE meguri_cache_lookups_total counter\n");
    for (door, site) in &keeping {
        let (hits, misses) = site.metrics.looks();
        for (outcome, count) in [("hit", hits), ("miss", misses)] {
            let labels = format!("door=\"{door}\",outcome=\"{outcome}\"");
            writeln!(text, "meguri_cache_lookups_total{{{labels}}} {count}")?;
        }
    }
    for (name, kind, help, value) in FILLING {
        writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}")?;
        for (door, site) in &keeping {
            writeln!(
                text,
                "{name}{{door=\"{door}\"}} {}",
                value(&site.metrics.filling)
            )?;
        }
    }
    text.push_str("# HELP meguri_cache_bytes Memory of kept answers.\n");
    text.push_str("# TYPE meguri_cache_bytes gauge\n");
    for (door, site) in &keeping {
        writeln!(
            text,
            "meguri_cache_bytes{{door=\"{door}\"}} {}",
            site.answers.bytes()
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use tower::ServiceExt;

    async fn asked(operations: Operations, path: &str) -> (StatusCode, String) {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        let answer = router(operations)
            .oneshot(request)
            .await
            .expect("an answer");
        let status = answer.status();
        let body = to_bytes(answer.into_body(), 10_000).await.expect("read");
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    #[tokio::test]
    async fn it_is_ready_only_where_database_and_pages_answer() {
        let answers = |up| Some(Arc::new(AtomicBool::new(up)));
        let fine = Operations {
            database: answers(true),
            looked: Some(Arc::new(Mutex::new(Instant::now()))),
            ..Operations::default()
        };
        assert_eq!(asked(fine.clone(), "/ready").await.0, StatusCode::OK);
        let down = Operations {
            database: answers(false),
            ..fine.clone()
        };
        let (status, told) = asked(down.clone(), "/ready").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
        assert!(told.contains("does not answer"), "{told}");
        assert_eq!(asked(down, "/health").await.0, StatusCode::OK, "it lives");
        if let Some(long_ago) = Instant::now().checked_sub(RECENT * 2) {
            let asleep = Operations {
                looked: Some(Arc::new(Mutex::new(long_ago))),
                ..fine.clone()
            };
            assert!(asked(asleep, "/ready").await.1.contains("of late"));
        }
        // Nobody answers, and somebody answers with a fault.
        let socket = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let pages = socket.local_addr().ok();
        let serving = Operations { pages, ..fine };
        let fault = std::thread::spawn(move || {
            use std::io::Write;
            let (mut stream, _) = socket.accept().expect("asked");
            let answer = "HTTP/1.1 500 Internal Server Error\r\n\r\n";
            stream.write_all(answer.as_bytes()).expect("sent");
        });
        let (status, told) = asked(serving.clone(), "/ready").await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{told}");
        assert!(fault.join().is_ok());
        assert_eq!(
            asked(serving, "/ready").await.0,
            StatusCode::SERVICE_UNAVAILABLE
        );
    }
}
