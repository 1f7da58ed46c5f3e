//! The staff's side of the house's door: who is signed in, and whether a request comes from our own
//! pages.
//!
//! Every request passes [`admit`] before its page. A page that only staff may see asks for a
//! [`SignedIn`] among its arguments: it is not to be had by anybody else. Reasons:
//! `docs/design/staff.md`.

mod cookie;
mod origin;

use crate::Site;
use crate::error::PageError;
use crate::page::Format;
use crate::server::request::Source;
use crate::visitor::{Today, Visitor};
use axum::extract::{FromRef, FromRequestParts, Request};
use axum::http::header::{CACHE_CONTROL, HeaderMap, HeaderValue, LOCATION, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{Extensions, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use meguri_app::actions::accounts::sign_in::{Browser, SignedIn as Entered};
use meguri_app::context::Context;
use meguri_app::staff::{Person, Staff, Stage};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::sync::Arc;

/// Where people sign in.
pub const SIGN_IN: &str = "/sign-in";
/// Where a code is asked for.
pub const CODE: &str = "/sign-in/code";
/// Where people sign out.
pub const SIGN_OUT: &str = "/sign-out";
/// A person's own account.
pub const ACCOUNT: &str = "/account";
/// Where people change their password.
pub const PASSWORD: &str = "/account/password";

/// Where people set up codes.
pub const OWN_CODE: &str = "/account/code";
/// Where people name their deputies.
pub const DEPUTIES: &str = "/account/deputies";
/// Where administrators find everybody.
pub const ACCOUNTS: &str = "/accounts";

/// Bytes of an address that somebody is led back to.
const MOST_ADDRESS_BYTES: usize = 2_000;

/// What is not written plainly within a query.
const IN_QUERY: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'>')
    .add(b'=');

/// Who looks, as the head of every page shows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// Nobody signs in here: the public's door, papers in memory.
    #[default]
    None,
    /// Nobody can sign in yet: no account is registered.
    Open,
    /// Nobody is signed in.
    Nobody,
    /// Somebody who has not done all for being in.
    AtTheDoor(Stage),
    /// Somebody is in: the person's own name.
    In(String),
}

/// Somebody who is signed in, with what an action needs.
#[derive(Clone, Debug)]
pub struct SignedIn {
    staff: Staff,
    person: Arc<Person>,
}

impl SignedIn {
    /// The staff's side of the municipality.
    #[must_use]
    pub const fn staff(&self) -> &Staff {
        &self.staff
    }

    /// Who it is, with their account and grants.
    #[must_use]
    pub fn person(&self) -> &Person {
        &self.person
    }

    /// Who acts, now: what every action asks for.
    ///
    /// # Errors
    /// [`PageError::Unavailable`] where the clock tells no moment.
    pub fn context(&self) -> Result<Context, PageError> {
        Ok(self.staff.context(self.person.actor())?)
    }
}

/// Only for whom is in; anybody else is led to the page that they need first.
impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageError> {
        let found = parts.extensions.get::<Self>();
        let found = found.filter(|signed_in| signed_in.person.is_in());
        found.cloned().ok_or(PageError::SignIn)
    }
}

/// What the pages of signing in need: the staff's side, the browser, and the person as far as known.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) staff: Staff,
    /// Whoever's session the browser holds, in or not.
    pub(crate) person: Option<Arc<Person>>,
    /// What names the cookie.
    headers: HeaderMap,
    source: Option<String>,
    token: Option<String>,
}

impl Desk {
    /// Hands the browser its session and leads it on, to what is left to do before it is in.
    pub(crate) fn led_on(&self, signed_in: &Entered, to: &str) -> Response {
        let to = match signed_in.stage {
            Stage::Code => CODE,
            Stage::Password => PASSWORD,
            Stage::In => to,
        };
        cookie::hand_over(&self.staff, &self.headers, &signed_in.token, see_other(to))
    }

    /// Takes from the browser what it held.
    pub(crate) fn cleared(&self, response: Response) -> Response {
        cookie::clear(&self.staff, &self.headers, response)
    }

    /// The browser that asks.
    pub(crate) fn browser(&self) -> Browser<'_> {
        let agent = self.headers.get(USER_AGENT);
        Browser {
            source: self.source.as_deref(),
            agent: agent.and_then(|agent| agent.to_str().ok()),
            token: self.token.as_deref(),
        }
    }
}

impl<S> FromRequestParts<S> for Desk
where
    S: Send + Sync,
    Site: FromRef<S>,
{
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, PageError> {
        let staff = Site::from_ref(state).staff;
        let staff = staff.ok_or(PageError::NotFound(None))?;
        let token = cookie::token(&staff, &parts.headers);
        let signed_in = parts.extensions.get::<SignedIn>();
        let source = parts.extensions.get::<Source>();
        Ok(Self {
            person: signed_in.map(|signed_in| Arc::clone(&signed_in.person)),
            source: source.map(|Source(address)| address.to_string()),
            headers: parts.headers.clone(),
            staff,
            token,
        })
    }
}

/// Who looks at the pages of a request.
pub(crate) fn presence(extensions: &Extensions) -> Presence {
    extensions.get().cloned().unwrap_or_default()
}

/// Finds out who asks, and refuses what another site makes a browser send. What it finds goes with
/// the request: a [`Visitor`], a [`Presence`], and a [`SignedIn`] where there is one.
pub(crate) async fn admit(staff: &Staff, mut request: Request) -> Result<Request, PageError> {
    let is_safe = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if !is_safe && !origin::is_own(staff, request.headers()) {
        return Err(PageError::Origin);
    }
    if !staff.asks_for_sign_in().await? {
        request.extensions_mut().insert(Presence::Open);
        return Ok(request);
    }
    request.extensions_mut().insert(Today(staff.today()));
    let person = match cookie::token(staff, request.headers()) {
        Some(token) => staff.person(&token).await?,
        None => None,
    };
    let extensions = request.extensions_mut();
    let Some(person) = person else {
        extensions.insert(Visitor::default());
        extensions.insert(Presence::Nobody);
        return Ok(request);
    };
    extensions.insert(Visitor::with_grants(person.grants().to_vec()));
    extensions.insert(match person.session.stage {
        Stage::In => Presence::In(person.account.label.clone()),
        stage => Presence::AtTheDoor(stage),
    });
    extensions.insert(SignedIn {
        staff: staff.clone(),
        person: Arc::new(person),
    });
    Ok(request)
}

/// Where somebody must go first who was refused because they are not in; `None` where that is not
/// why, or where the request is not one for a page.
pub(crate) fn way_in(
    presence: &Presence,
    error: &PageError,
    method: &Method,
    uri: &Uri,
) -> Option<Response> {
    let refused = matches!(error, PageError::Forbidden(_) | PageError::SignIn);
    let is_page = *method == Method::GET && Format::of_path(uri.path()) == Format::Html;
    if !refused || !is_page {
        return None;
    }
    let to = match presence {
        Presence::Nobody => sign_in_to(uri.path_and_query().map_or("/", |to| to.as_str())),
        Presence::AtTheDoor(Stage::Code) => CODE.to_owned(),
        Presence::AtTheDoor(_) => PASSWORD.to_owned(),
        // Not everybody who works here reads the papers.
        Presence::In(_) if uri.path() == "/" => ACCOUNT.to_owned(),
        Presence::None | Presence::Open | Presence::In(_) => return None,
    };
    Some(see_other(&to))
}

/// The page for signing in that leads on to another one.
fn sign_in_to(to: &str) -> String {
    match own_address(to) {
        "/" => SIGN_IN.to_owned(),
        to => format!("{SIGN_IN}?to={}", utf8_percent_encode(to, IN_QUERY)),
    }
}

/// An address of ours that somebody is led to; the start for any other.
pub(crate) fn own_address(to: &str) -> &str {
    let is_path = to.starts_with('/') && !to.starts_with("//");
    let fine = |b: u8| b.is_ascii_graphic() && b != b'\\';
    let leads_on = !to.starts_with(SIGN_IN) && !to.starts_with(SIGN_OUT);
    if is_path && leads_on && to.len() <= MOST_ADDRESS_BYTES && to.bytes().all(fine) {
        to
    } else {
        "/"
    }
}

/// Leads a browser to another page of ours.
pub(crate) fn see_other(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
}

/// An answer that no browser keeps: it would show it to the next person.
///
/// # Errors
/// That of the answer.
pub(crate) fn unkept(answer: Result<Response, PageError>) -> Result<Response, PageError> {
    answer.map(|mut response| {
        let no_store = HeaderValue::from_static("no-store");
        response.headers_mut().insert(CACHE_CONTROL, no_store);
        response
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_led_to_another_site() {
        for (to, led) in [
            ("/plans/evaluation?from=2", "/plans/evaluation?from=2"),
            ("/", "/"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("\\\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("javascript:alert(1)", "/"),
            ("/a\r\nSet-Cookie: x=y", "/"),
            ("/ a", "/"),
            ("/sign-in?to=/x", "/"),
            ("/sign-out", "/"),
        ] {
            assert_eq!(own_address(to), led, "{to}");
        }
        assert_eq!(own_address(&format!("/{}", "a".repeat(3_000))), "/");
        let to = sign_in_to("/search?q=%E6%A9%8B&sort=new");
        assert_eq!(to, "/sign-in?to=/search?q%3D%25E6%25A9%258B%26sort%3Dnew");
    }
}
