//! All routes, each with its permission. The record beside the router is what the tests walk.

use crate::web::error::PageError;
use crate::web::pages::{
    about, accessibility, compare, findings, list, matrix, money, plan, rule, rules, sheet, source,
    start, value, words,
};
use crate::web::{Site, assets, layers};
use axum::Router;
use axum::handler::Handler;
use axum::http::Uri;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// Who may ask for a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Anyone: nothing of the papers is in it.
    Anyone,
    /// Who may read the papers. Until people log in, that is whoever reaches the address.
    Reader,
}

/// One route as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// `GET` …
    pub method: &'static str,
    /// Its path with names in braces.
    pub path: String,
    /// Who may ask for it.
    pub permission: Permission,
}

/// A router that records what is registered on it.
struct Book {
    router: Router<Site>,
    routes: Vec<Route>,
}

impl Book {
    /// Registers a page; its JSON stands at the same path with `.json`.
    fn page<T: 'static>(
        mut self,
        path: &'static str,
        permission: Permission,
        handler: impl Handler<T, Site>,
    ) -> Self {
        let json = match path {
            "/" => Some("/index.json".to_owned()),
            // The last part of the path takes the ending.
            path if path.ends_with('}') => None,
            path => Some(format!("{path}.json")),
        };
        for path in std::iter::once(path.to_owned()).chain(json) {
            self.router = self.router.route(&path, get(handler.clone()));
            self.routes.push(Route { method: "GET", path, permission });
        }
        self
    }
}

fn book() -> Book {
    let book = Book { router: Router::new(), routes: Vec::new() };
    book.page("/", Permission::Reader, start::show)
        .page("/plans/{plan}", Permission::Reader, plan::show)
        .page("/plans/{plan}/list", Permission::Reader, list::show)
        .page("/plans/{plan}/matrix", Permission::Reader, matrix::show)
        .page("/plans/{plan}/money", Permission::Reader, money::show)
        .page("/plans/{plan}/sheets/{sheet}", Permission::Reader, sheet::show)
        .page("/plans/{plan}/sheets/{sheet}/values/{value}", Permission::Reader, value::show)
        .page("/sources/{plan}/lines", Permission::Reader, source::show)
        .page("/compare", Permission::Reader, compare::show)
        .page("/words", Permission::Reader, words::show)
        .page("/about", Permission::Reader, about::show)
        .page("/accessibility", Permission::Anyone, accessibility::show)
        .page("/findings", Permission::Reader, findings::show)
        .page("/rules", Permission::Anyone, rules::show)
        .page("/rules/{rule}", Permission::Anyone, rule::show)
        .page("/assets/{file}", Permission::Anyone, asset)
}

/// The router with all layers.
pub fn router(site: Site) -> Router {
    let router = book().router.fallback(nothing).method_not_allowed_fallback(not_this_method);
    layers::around(router, &site).with_state(site)
}

/// What is registered, in order.
#[must_use]
pub fn routes() -> Vec<Route> {
    book().routes
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
