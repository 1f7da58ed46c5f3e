//! Who asks, and the guard in front of every route.
//!
//! A route is registered with its permission, and the guard is put around its handler there, so that
//! no route is without one. A request without a visitor is one of nobody: it gets what everybody may
//! see.

use crate::error::PageError;
use axum::extract::Request;
use axum::http::Extensions;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use meguri_app::context::today;
use meguri_core::access::{Grant, Permission, Refusal, Subject, permits, permits_somewhere};
use meguri_core::calendar::Day;
use std::sync::Arc;

/// Who asks: what they were granted. The default is nobody in particular.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    grants: Arc<[Grant]>,
}

impl Visitor {
    /// Somebody with grants.
    #[must_use]
    pub fn with_grants(grants: Vec<Grant>) -> Self {
        let grants = grants.into();
        Self { grants }
    }

    /// May they see what a route shows of the whole municipality?
    ///
    /// # Errors
    /// Why not.
    pub fn may(&self, permission: Permission, day: Day) -> Result<(), Refusal> {
        permits(&self.grants, permission, &Subject::default(), day).map(|_| ())
    }

    /// May they see or do it for any object at all?
    ///
    /// # Errors
    /// Why not.
    pub fn may_somewhere(&self, permission: Permission, day: Day) -> Result<(), Refusal> {
        permits_somewhere(&self.grants, permission, day).map(|_| ())
    }

    /// Who sent a request.
    #[must_use]
    pub(crate) fn of(extensions: &Extensions) -> Self {
        extensions.get::<Self>().cloned().unwrap_or_default()
    }
}

/// The day of a request, by the clock of those who sign in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Today(pub(crate) Day);

/// Lets a request through to whom the route is open.
pub(crate) async fn guard(
    permission: Permission,
    of_object: bool,
    request: Request,
    next: Next,
) -> Response {
    let visitor = Visitor::of(request.extensions());
    let day = request.extensions().get::<Today>();
    let day = day.map_or_else(today, |Today(day)| *day);
    let may = if of_object {
        visitor.may_somewhere(permission, day)
    } else {
        visitor.may(permission, day)
    };
    match may {
        Ok(()) => next.run(request).await,
        Err(refusal) => PageError::Forbidden(refusal).into_response(),
    }
}
