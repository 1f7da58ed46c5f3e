//! The pages through the router: every route, every link, headers, errors, samples.

mod answers;
mod complete;
mod data_files;
pub(crate) mod html;
mod keys;
mod large;
pub(crate) mod published;
mod quiet;
mod samples;
mod searching;
mod summaries;
mod things;
mod views;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response, StatusCode};
use html::{Checked, check};
use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::read_document::read_source;
use meguri_app::read::Library;
use meguri_core::access::{Grant, Permission, Reach, Role, allows};
use meguri_import::source_text::SourceText;
use meguri_web::door::{Door, Picture};
use meguri_web::router::{Route, router, router_for, routes};
use meguri_web::visitor::Visitor;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use tower::ServiceExt;

use crate::golden::{root, shared};

const PAGE_BYTES: usize = 100_000;
/// Papers of a kind that a walk over all links asks for.
const PAPERS: usize = 8;

/// The samples of the invented city.
fn sample_library() -> Library {
    let names = ["evaluation", "midterm", "strategy", "programs", "reform"];
    let texts = names.map(|name| {
        let path = root("samples/mizuhono").join(format!("{name}.txt"));
        (name, std::fs::read_to_string(path).expect("a sample"))
    });
    library(&texts)
}

fn library(texts: &[(&str, String)]) -> Library {
    let read = texts.iter().map(|(name, text)| {
        read_source(format!("{name}.txt"), SourceText::from_text(text), None).expect("a paper")
    });
    Library::new(check_documents(read.collect(), Vec::new()), Vec::new())
}

/// A router with its own runtime.
struct Pages {
    router: Router,
    runtime: tokio::runtime::Runtime,
}

impl Pages {
    fn of(library: Library) -> Self {
        Self::with(router(Door::new(Picture::in_house(library))))
    }

    fn with(router: Router) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .expect("a runtime");
        Self { router, runtime }
    }

    fn ask(&self, request: Request<Body>) -> (Response<()>, Vec<u8>) {
        self.runtime.block_on(async {
            let response = self
                .router
                .clone()
                .oneshot(request)
                .await
                .expect("an answer");
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.expect("a body");
            (Response::from_parts(parts, ()), bytes.to_vec())
        })
    }

    fn get(&self, path: &str) -> (Response<()>, String) {
        // A number of a request may hold any digits; tests look for some.
        let request = Request::get(path).header("host", "127.0.0.1:8081");
        let request = request.header("x-request-id", "test").body(Body::empty());
        let (response, bytes) = self.ask(request.expect("a request"));
        let is_paper = response.headers().get("content-type");
        if is_paper.is_some_and(|kind| kind == "application/pdf") {
            assert!(bytes.starts_with(b"%PDF-1.7"), "{path}");
            return (response, format!("a paper of {} bytes", bytes.len()));
        }
        let kind = response.headers().get("content-type");
        if kind
            .is_some_and(|kind| kind == "application/zip" || kind.as_bytes().ends_with(b"parquet"))
        {
            assert!(
                bytes.starts_with(b"PK") || bytes.starts_with(b"PAR1"),
                "{path}"
            );
            return (response, String::from_utf8_lossy(&bytes).into_owned());
        }
        let is_book = |kind: &axum::http::HeaderValue| {
            kind.as_bytes()
                .starts_with(b"application/vnd.openxmlformats")
        };
        if response.headers().get("content-type").is_some_and(is_book) {
            return (response, crate::books::words(&bytes));
        }
        (response, String::from_utf8(bytes).expect("UTF-8"))
    }
}

/// A path without the ending of its format.
fn bare(path: &str) -> &str {
    [".json", ".csv", ".pdf", ".data.xlsx", ".xlsx"]
        .into_iter()
        .find_map(|end| path.strip_suffix(end))
        .unwrap_or(path)
}

/// The first five of a kind as pages, tables and papers.
fn in_all_forms(pattern: &str) -> Vec<String> {
    let forms = ["", ".csv", ".pdf", ".xlsx", ".data.xlsx"].into_iter();
    let of_form = |form: &'static str| {
        (1..=5).map(move |id: u8| format!("{}{form}", pattern.replace("{id}", &id.to_string())))
    };
    forms.flat_map(of_form).collect()
}

/// The addresses of a route over the samples; a route that is not here fails its test.
pub(crate) fn cases(path: &str) -> Vec<String> {
    const KEYS: [&str; 5] = ["evaluation", "midterm", "strategy", "programs", "reform"];
    let each = |pattern: &'static str| {
        (1..=KEYS.len()).map(move |id| pattern.replace("{id}", &id.to_string()))
    };
    match path {
        "/"
        | "/index.json"
        | "/findings"
        | "/findings.json"
        | "/rules"
        | "/rules.json"
        | "/words"
        | "/words.json"
        | "/compare"
        | "/compare.json"
        | "/about"
        | "/about.json"
        | "/opendata"
        | "/opendata.json"
        | "/accessibility"
        | "/accessibility.json"
        | "/projects"
        | "/projects.json"
        | "/projects.csv"
        | "/indicators"
        | "/indicators.json"
        | "/indicators.csv"
        | "/sections"
        | "/sections.json"
        | "/sections.csv" => {
            vec![path.to_owned()]
        }
        "/compare.csv" => vec![path.to_owned()],
        path if ["/late", "/ending", "/glossary"].contains(&bare(path)) => vec![path.to_owned()],
        path if ["list", "matrix", "money"]
            .iter()
            .any(|end| bare(path).strip_suffix(end).is_some() && !path.contains("{version}")) =>
        {
            let keys = KEYS.iter().zip(1..);
            keys.map(|(key, id)| {
                path.replace("{plan}", key)
                    .replace("{document}", &id.to_string())
            })
            .collect()
        }
        "/findings.csv" | "/search" | "/search.json" | "/search.csv" | "/suggest"
        | "/feed.atom" | "/dataset.jsonld" | "/sitemap.xml" | "/robots.txt" | "/opensearch.xml" => {
            vec![path.to_owned()]
        }
        // The pages of papers in memory have no files.
        "/opendata/{file}" => Vec::new(),
        "/plans/{plan}/branches/{branch}" => vec!["/plans/evaluation/branches/i".to_owned()],
        "/documents/{document}/branches/{branch}" => ["1", "1.csv", "1.json"]
            .map(|b| format!("/documents/4/branches/{b}"))
            .into(),
        "/plans/{plan}" => KEYS.iter().map(|key| format!("/plans/{key}")).collect(),
        "/documents/{document}" => in_all_forms("/documents/{id}"),
        "/projects/{id}" | "/indicators/{id}" | "/sections/{id}" => ["1", "1.json", "1.csv"]
            .map(|id| path.replace("{id}", id))
            .into(),
        "/documents/{document}/changes" => each("/documents/{id}/changes").collect(),
        "/documents/{document}/changes.json" => each("/documents/{id}/changes.json").collect(),
        "/documents/{document}/lines" => each("/documents/{id}/lines").collect(),
        "/documents/{document}/lines.json" => each("/documents/{id}/lines.json").collect(),
        "/sheets/{sheet}" => in_all_forms("/sheets/{id}"),
        "/sheets/{sheet}/values/{value}" => each("/sheets/{id}/values/node-name").collect(),
        "/rules/{rule}" => vec!["/rules/V001".to_owned(), "/rules/V001.json".to_owned()],
        "/assets/{file}" => vec![meguri_web::assets::style_path().to_owned()],
        _ => Vec::new(),
    }
}

/// Is it a route for people who sign in? `staff/roles.rs` has a case for each of them: without a
/// database nobody signs in.
pub(crate) fn is_of_staff(route: &Route) -> bool {
    route.method != "GET" || crate::staff::roles::own_pages(&route.path).is_some()
}

#[test]
fn every_route_is_open_to_whom_the_table_allows_it_and_to_nobody_else() {
    let library = || Door::new(Picture::in_house(sample_library()));
    let (mut open, mut closed) = (0, 0);
    for role in Role::ALL {
        let grants = match role {
            Role::Anyone => Vec::new(),
            role => vec![Grant::new(role)],
        };
        let pages = Pages::with(router_for(library(), Visitor::with_grants(grants)));
        for route in routes().into_iter().filter(|route| !is_of_staff(route)) {
            let allowed = allows(role, route.permission) == Reach::All;
            for path in cases(&route.path) {
                let (response, body) = pages.get(&path);
                if allowed {
                    assert_eq!(response.status(), StatusCode::OK, "{role:?} {path}");
                    open += 1;
                } else {
                    assert_eq!(response.status(), StatusCode::FORBIDDEN, "{role:?} {path}");
                    assert!(body.contains("権限"), "{body}");
                    closed += 1;
                }
            }
        }
    }
    assert!(open > 0 && closed > 0, "{open} {closed}");
}

#[test]
fn every_route_answers_for_every_sample_and_tells_who_may_ask() {
    let pages = Pages::of(sample_library());
    let mut without_case = Vec::new();
    for route in routes().into_iter().filter(|route| !is_of_staff(route)) {
        let cases = cases(&route.path);
        // Papers in memory have no publications; `published.rs` asks for those.
        let is_rare = route.path.contains("{version}")
            || ["/sitemaps/{part}", "/opendata/{file}"].contains(&route.path.as_str());
        if cases.is_empty() && !is_rare {
            without_case.push(route.path.clone());
        }
        let of_anyone = [
            "/rules",
            "/assets",
            "/accessibility",
            "/robots.txt",
            "/opensearch.xml",
        ];
        let of_papers = !of_anyone.iter().any(|path| route.path.starts_with(path));
        assert_eq!(
            route.permission == Permission::ReadInternal,
            of_papers,
            "{}",
            route.path
        );
        for path in cases {
            let (response, body) = pages.get(&path);
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert!(!body.is_empty(), "{path}");
            for method in [Method::POST, Method::PUT, Method::DELETE, Method::PATCH] {
                let request = Request::builder().method(&method).uri(&path);
                let (response, _) = pages.ask(request.body(Body::empty()).expect("a request"));
                assert_eq!(
                    response.status(),
                    StatusCode::METHOD_NOT_ALLOWED,
                    "{method} {path}"
                );
            }
        }
    }
    assert!(
        without_case.is_empty(),
        "routes without a case: {without_case:?}"
    );
}

/// Follows every link from the start and checks every page that it meets.
fn walk(pages: &Pages) -> usize {
    walk_some(pages, usize::MAX)
}

/// What kind of page an address asks for: the address without what differs between pages of a kind.
fn kind_of(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let parts = path.split('/').map(|part| match part {
        part if part.ends_with(".pdf") || part.ends_with(".xlsx") => "*.pdf",
        part if part.contains(|c: char| c.is_ascii_digit()) => "*",
        part => part,
    });
    let keys = query.split('&').filter_map(|pair| pair.split('=').next());
    format!(
        "{}?{}",
        parts.collect::<Vec<_>>().join("/"),
        keys.collect::<Vec<_>>().join("&")
    )
}

/// The same with so many pages of each kind at most.
fn walk_some(pages: &Pages, of_a_kind: usize) -> usize {
    let mut open = VecDeque::from(["/".to_owned()]);
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let (mut largest, mut too_large) = (0, Vec::new());
    while let Some(path) = open.pop_front() {
        let (response, body) = pages.get(&path);
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let kind = response.headers()["content-type"].to_str().expect("words");
        if !kind.starts_with("text/html") {
            let is_json = |text: &str| {
                serde_json::from_str::<serde_json::Value>(text).expect("JSON");
            };
            if kind.starts_with("application/jsonl") {
                body.lines().for_each(is_json);
            } else if kind.starts_with("application/json") {
                is_json(&body);
            }
            continue;
        }
        if body.len() >= PAGE_BYTES {
            too_large.push(format!("{path}: {} bytes", body.len()));
        }
        largest = largest.max(body.len());
        let Checked {
            description,
            links,
            faults,
        } = check(&body);
        assert!(faults.is_empty(), "{path}: {faults:#?}");
        assert!(
            !description.contains("システム「めぐり」のページです"),
            "{path}: {description}"
        );
        for link in links {
            let page = link.split('#').next().unwrap_or_default().to_owned();
            if page.is_empty() || seen.contains(&page) {
                continue;
            }
            let count = kinds.entry(kind_of(&page)).or_default();
            *count += 1;
            // Papers take their time; `paper.rs` looks at what stands on them.
            let is_paper = page.ends_with(".pdf") || page.ends_with(".xlsx");
            if *count
                <= if is_paper {
                    of_a_kind.min(PAPERS)
                } else {
                    of_a_kind
                }
            {
                seen.insert(page.clone());
                open.push_back(page);
            }
        }
    }
    eprintln!("{} pages, the largest of {largest} bytes", seen.len());
    assert!(too_large.is_empty(), "{too_large:#?}");
    seen.len()
}

#[test]
fn no_link_of_the_samples_leads_nowhere() {
    let count = walk(&Pages::of(sample_library()));
    assert!(count > 200, "only {count} pages were met");
}

#[test]
fn no_link_of_the_real_documents_leads_nowhere() {
    let Some(shared) = shared() else { return };
    let names = [
        "evaluation_r4",
        "midterm_plan",
        "strategy_h30",
        "programs_r4",
        "reform_r2",
    ];
    let texts = names.map(|name| {
        let path = shared.join("seeds").join(format!("{name}.txt"));
        (name, std::fs::read_to_string(path).expect("a document"))
    });
    let count = walk(&Pages::of(library(&texts)));
    assert!(count > 2000, "only {count} pages were met");
}

#[test]
fn a_site_without_papers_has_a_start() {
    let pages = Pages::of(Library::default());
    let (response, body) = pages.get("/");
    assert_eq!(response.status(), StatusCode::OK);
    assert!(body.contains("表示できる計画がありません"));
}

#[test]
fn what_is_not_there_is_a_page_with_a_way_out() {
    let pages = Pages::of(sample_library());
    for (path, way_out) in [
        ("/nothing", "/findings"),
        ("/plans/none", "/"),
        ("/sheets/0", "/"),
        ("/sheets/99999999999999999999", "/"),
        ("/sheets/1/values/none", "/sheets/1"),
        ("/sheets/01", "/"),
        ("/sheets/1/v1", "/sheets/1"),
        ("/sheets/1/other", "/sheets/1"),
        ("/projects/99999", "/projects"),
        ("/projects/x", "/projects"),
        ("/indicators/0", "/indicators"),
        ("/sections/01", "/sections"),
        ("/documents/1/v1", "/documents/1"),
        ("/documents/77", "/"),
        ("/documents/1/lines?from=99999", "/documents/1/lines"),
        ("/rules/V999", "/rules"),
        ("/plans/%F0%9F", "/"),
    ] {
        let (response, body) = pages.get(path);
        assert!(
            response.status().is_client_error(),
            "{path}: {}",
            response.status()
        );
        let Checked { links, faults, .. } = check(&body);
        assert!(faults.is_empty(), "{path}: {faults:#?}");
        assert!(
            links.iter().any(|link| link == way_out),
            "{path}: {links:?}"
        );
    }
    let (response, body) = pages.get("/plans/none.json");
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let error: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(error["error"]["status"], 404);
}

#[test]
fn odd_queries_are_told_and_never_break_a_page() {
    let pages = Pages::of(sample_library());
    for (path, status) in [
        ("/documents/1/lines?from=x", StatusCode::BAD_REQUEST),
        ("/documents/1/lines?from=-1", StatusCode::BAD_REQUEST),
        ("/documents/1/lines?from=4294967295", StatusCode::NOT_FOUND),
        ("/documents/1/lines?from=%EF%BC%93", StatusCode::OK),
        ("/findings?from=4294967295", StatusCode::OK),
        (
            "/projects?from=4294967295&year=99999&section=-5&direction=%22%3E%3Cscript%3E",
            StatusCode::OK,
        ),
        ("/projects?section=x", StatusCode::BAD_REQUEST),
        ("/projects/1?from=4294967295", StatusCode::OK),
        ("/indicators?plan=%22%3E%3Cscript%3E&from=0", StatusCode::OK),
        ("/sections?from=x", StatusCode::BAD_REQUEST),
        (
            "/sections/1?year=1&sheets=4294967295&projects=0",
            StatusCode::OK,
        ),
        (
            "/findings?severity=%22%3E%3Cscript%3E&rule=%0D%0A&plan=%00",
            StatusCode::OK,
        ),
        ("/findings?severity", StatusCode::OK),
        ("/findings?%ff=%ff", StatusCode::OK),
    ] {
        let (response, body) = pages.get(path);
        assert_eq!(response.status(), status, "{path}");
        assert!(!body.contains("<script"), "{path}");
    }
}

#[test]
fn every_answer_has_the_headers_of_safety_and_a_number() {
    let pages = Pages::of(sample_library());
    let style = meguri_web::assets::style_path();
    for path in ["/", "/index.json", "/nothing", style] {
        let (response, _) = pages.get(path);
        let header = |name: &str| {
            let value = response
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            !policy.contains("unsafe") && !policy.contains("script-src"),
            "{path}: {policy}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(header("x-frame-options"), "DENY", "{path}");
        let resources = header("cross-origin-resource-policy");
        assert_eq!(resources, "same-origin", "{path}");
        assert!(!header("x-request-id").is_empty(), "{path}");
    }
}

#[test]
fn a_page_that_is_known_is_not_sent_again_and_travels_compressed() {
    let pages = Pages::of(sample_library());
    let (first, _) = pages.get("/");
    let tag = first.headers()["etag"].clone();
    let request = Request::get("/")
        .header("if-none-match", tag)
        .body(Body::empty());
    let (again, body) = pages.ask(request.expect("a request"));
    assert_eq!((again.status(), body.len()), (StatusCode::NOT_MODIFIED, 0));
    let request = Request::get("/rules")
        .header("accept-encoding", "gzip")
        .body(Body::empty());
    let (packed, body) = pages.ask(request.expect("a request"));
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    assert_eq!(body.get(..2), Some(&[0x1f, 0x8b][..]));
}
