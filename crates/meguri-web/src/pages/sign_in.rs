//! The page for signing in. A wrong name and a wrong password get the same answer.

use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Format, Layout, Page};
use crate::posted::Posted;
use crate::staff::{Desk, own_address, see_other, unkept};
use crate::view::form::{Field, Wrong, wrong_all, wrongs};
use askama::Template;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::accounts::demo;
use meguri_app::actions::accounts::sign_in::{self, SignIn, SignInFault};
use meguri_app::password::Password;
use serde::Serialize;

/// Characters of a name that are shown again.
const SHOWN_CHARS: usize = 100;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Is anybody registered who could sign in?
    pub open: bool,
    /// What happened before: that somebody signed out.
    pub told: &'static str,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// Name and password.
    pub fields: Vec<Field>,
    /// Where it leads on to.
    pub to: String,
    /// Of a demo, everybody who it lets in without a password: name and role.
    pub demo: Vec<(&'static str, &'static str)>,
}

/// `GET /sign-in`
pub(crate) async fn show(desk: Desk, asked: Asked) -> Result<Response, PageError> {
    let to = own_address(asked.query("to").unwrap_or("/"));
    if desk.person.as_ref().is_some_and(|person| person.is_in()) {
        return Ok(see_other(to));
    }
    let mut page = SignInPage::new(to);
    if desk.staff.rules().is_demo {
        page.demo = demo::people()
            .map(|one| (one.name, one.role.label()))
            .collect();
    }
    page.open = !desk.staff.asks_for_sign_in().await?;
    if asked.query("out").is_some() {
        page.told = "サインアウトしました。";
    }
    unkept(page::answer(&page, Format::Html))
}

/// `POST /sign-in`
pub(crate) async fn enter(desk: Desk, form: Posted) -> Result<Response, PageError> {
    let (name, to) = (form.field("name"), own_address(form.field("to")));
    let password = form.field("password");
    let page = SignInPage::new(to).typed(name, password);
    if !page.wrongs.is_empty() {
        return page.refused(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let wanted = SignIn {
        name,
        password: Password::typed(password),
        browser: desk.browser(),
    };
    let context = sign_in::nobody(&desk.staff)?;
    match sign_in::sign_in(&desk.staff, &wanted, &context).await {
        Ok(signed_in) => Ok(desk.led_on(&signed_in, to)),
        Err(fault) => page.faulty(fault),
    }
}

/// `POST /sign-in/as`: of a demo alone.
pub(crate) async fn enter_demo(desk: Desk, form: Posted) -> Result<Response, PageError> {
    let context = sign_in::nobody(&desk.staff)?;
    let (name, browser) = (form.field("name"), desk.browser());
    match demo::sign_in_as(&desk.staff, name, &browser, &context).await {
        Ok(signed_in) => Ok(desk.led_on(&signed_in, "/")),
        Err(SignInFault::Other(fault)) => Err(fault.into()),
        Err(_) => Err(PageError::NotFound(None)),
    }
}

impl SignInPage {
    /// The empty page.
    #[must_use]
    pub fn new(to: &str) -> Self {
        let layout = Layout::new("サインイン", Vec::new(), "");
        Self {
            layout: layout.described("職員などの利用者がサインインする画面です。"),
            open: false,
            told: "",
            wrongs: Vec::new(),
            fields: vec![
                Field::required("name", "利用者名").filled_by("username"),
                Field::required("password", "パスワード").secret("current-password"),
            ],
            to: to.to_owned(),
            demo: Vec::new(),
        }
    }

    /// The same with what was typed, and what is missing.
    fn typed(mut self, name: &str, password: &str) -> Self {
        let shown: String = name.chars().take(SHOWN_CHARS).collect();
        let missing = [
            (name.trim().is_empty(), "利用者名を入力してください。"),
            (password.is_empty(), "パスワードを入力してください。"),
        ];
        self.fields = self
            .fields
            .into_iter()
            .map(|field| match field.name {
                "name" => field.typed(shown.clone()),
                _ => field,
            })
            .zip(missing)
            .map(|(field, (is_missing, why))| if is_missing { field.wrong(why) } else { field })
            .collect();
        self.wrongs = wrongs(&self.fields);
        self
    }

    fn faulty(mut self, fault: SignInFault) -> Result<Response, PageError> {
        self.wrongs = wrong_all(fault.to_string());
        match fault {
            SignInFault::Wrong => self.refused(StatusCode::UNPROCESSABLE_ENTITY),
            SignInFault::Wait(seconds) => {
                let mut response = self.refused(StatusCode::TOO_MANY_REQUESTS)?;
                response.headers_mut().insert(RETRY_AFTER, seconds.into());
                Ok(response)
            }
            SignInFault::Other(fault) => Err(fault.into()),
        }
    }

    fn refused(mut self, status: StatusCode) -> Result<Response, PageError> {
        self.layout = self.layout.wrong();
        let answer = unkept(page::answer(&self, Format::Html))?;
        Ok((status, answer).into_response())
    }
}

impl Page for SignInPage {
    const NAME: &'static str = "sign_in";

    fn samples() -> Vec<(&'static str, Self)> {
        let out = Self {
            told: "サインアウトしました。",
            ..Self::new("/")
        };
        let open = Self {
            open: true,
            ..Self::new("/")
        };
        let missing = Self::new("/").typed("", "");
        let missing = Self {
            layout: missing.layout.clone().wrong(),
            ..missing
        };
        let wrong = Self::new("/plans/evaluation").typed("yamada", "x");
        let wrong = Self {
            layout: wrong.layout.clone().wrong(),
            wrongs: wrong_all(SignInFault::Wrong.to_string()),
            ..wrong
        };
        let demo = Self {
            demo: demo::people()
                .map(|one| (one.name, one.role.label()))
                .collect(),
            ..Self::new("/")
        };
        vec![
            ("demo", demo),
            ("empty", Self::new("/")),
            ("out", out),
            ("open", open),
            ("missing", missing),
            ("wrong", wrong),
        ]
    }
}
