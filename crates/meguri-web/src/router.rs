//! All routes, each with its permission. The record beside the router is what the tests walk.

mod of_staff;

use crate::door::{Door, House, Kind};
use crate::error::PageError;
use crate::page::Format;
use crate::pages::{
    about, accessibility, branch, changes, compare, ending, findings, glossary, indicator,
    indicators, late, list, matrix, money, opendata, plan, project, projects, rule, rules, search,
    section, sections, sheet, source, start, value, words,
};
use crate::visitor::{Visitor, guard};
use crate::{Site, assets, feeds, middleware};
use axum::Router;
use axum::extract::FromRef;
use axum::handler::Handler;
use axum::http::Uri;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use meguri_app::read::urls;
use meguri_core::access::Permission;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One route as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// `GET` …
    pub method: &'static str,
    /// Its path with names in braces.
    pub path: String,
    /// What one must be permitted.
    pub permission: Permission,
    /// For any object at all? Then the page asks again when it knows which one is meant.
    pub of_object: bool,
    /// The names of a query that it knows; no other reaches it.
    pub asks: &'static [&'static str],
}

/// What a route asks of a visitor before its handler runs.
#[derive(Clone, Copy, Debug)]
struct Needs {
    permission: Permission,
    of_object: bool,
}

/// A permission for the whole municipality.
impl From<Permission> for Needs {
    fn from(permission: Permission) -> Self {
        Self {
            permission,
            of_object: false,
        }
    }
}

/// A permission for some object, which the handler names to [`Context::may`] or
/// [`meguri_core::access::permits`].
///
/// [`Context::may`]: meguri_app::context::Context::may
fn of_object(permission: Permission) -> Needs {
    Needs {
        permission,
        of_object: true,
    }
}

/// A router that records what is registered on it.
struct Book<K> {
    router: Router<Door<K>>,
    routes: Vec<Route>,
    /// How many routes there were before the last page.
    before: usize,
}

impl<K: Kind> Book<K>
where
    Site: FromRef<Door<K>>,
{
    /// Registers a page; its JSON stands at the same path with `.json`.
    fn page<T: 'static>(
        self,
        path: &'static str,
        needs: impl Into<Needs>,
        handler: impl Handler<T, Door<K>>,
    ) -> Self {
        self.register(path, &[Format::Html, Format::Json], needs.into(), handler)
    }

    /// Registers a page that is a table too; its CSV stands at the same path with `.csv`.
    fn table<T: 'static>(
        self,
        path: &'static str,
        needs: impl Into<Needs>,
        handler: impl Handler<T, Door<K>>,
    ) -> Self {
        self.register(
            path,
            &[Format::Html, Format::Json, Format::Csv],
            needs.into(),
            handler,
        )
    }

    /// Registers something that has one form of its own.
    fn plain<T: 'static>(
        self,
        path: &'static str,
        needs: impl Into<Needs>,
        handler: impl Handler<T, Door<K>>,
    ) -> Self {
        self.register(path, &[Format::Html], needs.into(), handler)
    }

    /// Registers something that is done (`POST`). Only the staff's side has such routes: there each
    /// request is known to come from a page of ours.
    fn action<T: 'static>(
        mut self,
        path: &'static str,
        needs: impl Into<Needs>,
        handler: impl Handler<T, Door<K>>,
    ) -> Self {
        self.before = self.routes.len();
        self.add("POST", path.to_owned(), needs.into(), post(handler));
        self
    }

    fn register<T: 'static>(
        mut self,
        path: &str,
        formats: &[Format],
        needs: Needs,
        handler: impl Handler<T, Door<K>>,
    ) -> Self {
        self.before = self.routes.len();
        for format in formats {
            let path = match (path, format) {
                (_, Format::Html) => path.to_owned(),
                ("/", format) => format!("/index{}", format.ending()),
                // The last part of the path takes the ending.
                (path, _) if path.ends_with('}') => continue,
                (path, format) => format!("{path}{}", format.ending()),
            };
            self.add("GET", path, needs, get(handler.clone()));
        }
        self
    }

    fn add(
        &mut self,
        method: &'static str,
        path: String,
        needs: Needs,
        handler: MethodRouter<Door<K>>,
    ) {
        let Needs {
            permission,
            of_object,
        } = needs;
        let guarded = handler.layer(from_fn(move |request, next| {
            guard(permission, of_object, request, next)
        }));
        self.router = std::mem::take(&mut self.router).route(&path, guarded);
        self.routes.push(Route {
            method,
            path,
            permission,
            of_object,
            asks: &[],
        });
    }

    /// The page that was registered last knows these names of a query.
    fn asks(mut self, names: &'static [&'static str]) -> Self {
        for route in self.routes.iter_mut().skip(self.before) {
            route.asks = names;
        }
        self
    }
}

fn book<K: Kind>() -> Book<K> {
    let book = Book {
        router: Router::new(),
        routes: Vec::new(),
        before: 0,
    };
    let book = things(documents(plans(book)));
    if K::HAS_STAFF {
        of_staff::routes(book)
    } else {
        book
    }
}

fn plans<K: Kind>(book: Book<K>) -> Book<K> {
    book.page("/", K::READS, start::show)
        .table("/plans/{plan}", K::READS, plan::show)
        .asks(&["from", "show"])
        .table("/plans/{plan}/list", K::READS, list::show)
        .asks(&["state", "section", "top", "from"])
        .table("/plans/{plan}/matrix", K::READS, matrix::show)
        .asks(&["from"])
        .table("/plans/{plan}/money", K::READS, money::show)
        .asks(&["sheet", "from", "sort"])
        .table("/plans/{plan}/branches/{branch}", K::READS, branch::show)
        .asks(&["from"])
}

fn documents<K: Kind>(book: Book<K>) -> Book<K> {
    book.table(
        "/documents/{document}/branches/{branch}",
        K::READS,
        branch::show,
    )
    .asks(&["from"])
    .table(
        "/documents/{document}/{version}/branches/{branch}",
        K::READS,
        branch::show,
    )
    .asks(&["from"])
    .table("/documents/{document}/list", K::READS, list::show)
    .asks(&["state", "section", "top", "from"])
    .table("/documents/{document}/matrix", K::READS, matrix::show)
    .asks(&["from"])
    .table("/documents/{document}/money", K::READS, money::show)
    .asks(&["sheet", "from", "sort"])
    .table("/documents/{document}/{version}/list", K::READS, list::show)
    .asks(&["state", "section", "top", "from"])
    .table(
        "/documents/{document}/{version}/matrix",
        K::READS,
        matrix::show,
    )
    .asks(&["from"])
    .table(
        "/documents/{document}/{version}/money",
        K::READS,
        money::show,
    )
    .asks(&["sheet", "from", "sort"])
    .table("/documents/{document}", K::READS, plan::show)
    .asks(&["from", "show"])
    .page("/documents/{document}/changes", K::READS, changes::show)
    .asks(&["from", "to"])
    .page("/documents/{document}/lines", K::READS, source::show)
    .asks(&["from"])
    .table("/documents/{document}/{version}", K::READS, plan::show)
    .asks(&["from", "show"])
    .page(
        "/documents/{document}/{version}/lines",
        K::READS,
        source::show,
    )
    .asks(&["from"])
    .table("/sheets/{sheet}", K::READS, sheet::show)
    .asks(&["part", "show"])
    .table("/sheets/{sheet}/{version}", K::READS, sheet::show)
    .asks(&["part", "show"])
    .page("/sheets/{sheet}/values/{value}", K::READS, value::show)
    .page(
        "/sheets/{sheet}/{version}/values/{value}",
        K::READS,
        value::show,
    )
}

fn things<K: Kind>(book: Book<K>) -> Book<K> {
    use Permission::ReadPublished as Anyone;
    book.table("/projects", K::READS, projects::show)
        .asks(&["plan", "year", "section", "direction", "sort", "from"])
        .table("/projects/{id}", K::READS, project::show)
        .asks(&["from", "show"])
        .table("/indicators", K::READS, indicators::show)
        .asks(&["plan", "reached", "from"])
        .table("/indicators/{id}", K::READS, indicator::show)
        .asks(&["from", "show"])
        .table("/sections", K::READS, sections::show)
        .asks(&["from"])
        .table("/sections/{id}", K::READS, section::show)
        .asks(&["year", "sheets", "projects", "indicators"])
        .table("/compare", K::READS, compare::show)
        .asks(&["plan", "from", "to", "sheet"])
        .table(urls::LATE, K::READS, late::show)
        .asks(&["plan", "from"])
        .table(urls::ENDING, K::READS, ending::show)
        .asks(&["plan", "from"])
        .page("/words", K::READS, words::show)
        .asks(&["q"])
        .page(urls::GLOSSARY, K::READS, glossary::show)
        .page("/about", K::READS, about::show)
        .page("/opendata", K::READS, opendata::show)
        .plain("/opendata/{file}", K::READS, opendata::fetch)
        .page("/accessibility", Anyone, accessibility::show)
        .table("/findings", K::READS, findings::show)
        .asks(&["severity", "rule", "plan", "from", "show"])
        .table("/search", K::READS, search::show)
        .asks(&[
            "q", "kind", "plan", "year", "section", "state", "min", "max", "page", "sort",
        ])
        .plain("/suggest", K::READS, feeds::suggest::show)
        .asks(&["q"])
        .plain("/feed.atom", K::READS, feeds::feed::show)
        .plain("/dataset.jsonld", K::READS, feeds::dataset::show)
        .plain("/sitemap.xml", K::READS, feeds::sitemap::show)
        .plain("/sitemaps/{part}", K::READS, feeds::sitemap::show_part)
        .plain("/robots.txt", Anyone, feeds::robots::show)
        .plain("/opensearch.xml", Anyone, feeds::opensearch::show)
        .page("/rules", Anyone, rules::show)
        .page("/rules/{rule}", Anyone, rule::show)
        .page("/assets/{file}", Anyone, asset)
}

/// The router of a door with all layers.
pub fn router<K: Kind>(door: Door<K>) -> Router {
    router_for(door, Visitor::with_grants(K::usual_grants()))
}

/// The same for visitors who have some grants.
pub fn router_for<K: Kind>(door: Door<K>, visitor: Visitor) -> Router {
    let router = book::<K>().router.fallback(nothing);
    let router = router.method_not_allowed_fallback(not_this_method);
    middleware::around(router, &door, visitor, asked_by).with_state(door)
}

/// What is registered on the house's door, in order; the public's has all of it but the staff's side.
#[must_use]
pub fn routes() -> Vec<Route> {
    book::<House>().routes
}

/// The names of a query that a route knows, by its path.
#[must_use]
fn asked_by(path: &str) -> &'static [&'static str] {
    static ASKED: LazyLock<BTreeMap<String, &'static [&'static str]>> = LazyLock::new(|| {
        // What is done asks by its form.
        let all = routes().into_iter().filter(|route| route.method == "GET");
        all.map(|route| (route.path, route.asks)).collect()
    });
    ASKED.get(path).copied().unwrap_or_default()
}

async fn asset(uri: Uri) -> Response {
    assets::asset(uri.path()).unwrap_or_else(|| PageError::NotFound(None).into_response())
}

async fn nothing() -> PageError {
    PageError::NotFound(None)
}

async fn not_this_method() -> PageError {
    PageError::Method
}
