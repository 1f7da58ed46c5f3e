//! Another password of one's own: wanted at the first sign-in, possible at any time.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Page};
use crate::posted::Posted;
use crate::staff::{self, Desk, unkept};
use crate::view::crumbs::home;
use crate::view::form::{Field, Wrong, wrong_all, wrongs};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::accounts::AccountFault;
use meguri_app::actions::accounts::own_password::change_own_password;
use meguri_app::actions::accounts::sign_in::SignInFault;
use meguri_app::password::{LEAST_CHARS, Password};
use meguri_app::staff::{Person, Stage};
use serde::Serialize;
use std::sync::Arc;

const OLD: &str = "old-password";
const NEW: &str = "new-password";
const AGAIN: &str = "new-password-again";

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "own_password.html")]
pub struct OwnPasswordPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Must it be changed before anything else?
    pub first: bool,
    /// The account, for the browser's own list of passwords.
    pub name: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// The passwords.
    pub fields: Vec<Field>,
}

/// `GET /account/password`
pub(crate) async fn show(desk: Desk) -> Result<Response, PageError> {
    let person = changing(&desk)?;
    unkept(page::answer(&OwnPasswordPage::new(&person), Format::Html))
}

/// `POST /account/password`
pub(crate) async fn change(desk: Desk, form: Posted) -> Result<Response, PageError> {
    let person = changing(&desk)?;
    let mut page = OwnPasswordPage::new(&person);
    let (old, new, again) = (form.field(OLD), form.field(NEW), form.field(AGAIN));
    if old.is_empty() && !page.first {
        page.wrong(OLD, "今のパスワードを入力してください。");
    }
    if new.is_empty() {
        page.wrong(NEW, "新しいパスワードを入力してください。");
    } else if new != again {
        page.wrong(
            AGAIN,
            "新しいパスワードと一致しません。もう一度入力してください。",
        );
    }
    if page.fields.iter().any(|field| !field.error.is_empty()) {
        return page.refused(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (old, new) = (Password::typed(old), Password::typed(new));
    let context = desk.staff.context(person.actor())?;
    let changed = change_own_password(&desk.staff, &person, &old, &new, &context).await;
    match changed {
        Ok(signed_in) if page.first => Ok(desk.led_on(&signed_in, "/")),
        Ok(signed_in) => Ok(desk.led_on(&signed_in, staff::ACCOUNT)),
        Err(fault) => page.faulty(fault),
    }
}

/// Who may change a password now: who is in, and who is asked to.
fn changing(desk: &Desk) -> Result<Arc<Person>, PageError> {
    let person = desk.person.clone();
    let person = person.filter(|person| person.session.stage != Stage::Code);
    person.ok_or(PageError::SignIn)
}

impl OwnPasswordPage {
    fn new(person: &Person) -> Self {
        Self::of(&person.account.name, !person.is_in())
    }

    /// The empty page.
    #[must_use]
    pub fn of(name: &str, first: bool) -> Self {
        let new = format!(
            "{LEAST_CHARS}文字以上にしてください。文字の種類は問いません。関係のない言葉を三つ以上つなげると、覚えやすく安全です。"
        );
        let mut fields = vec![
            Field::required(NEW, "新しいパスワード")
                .secret(NEW)
                .supported(new),
            Field::required(AGAIN, "新しいパスワード（確認）").secret(NEW),
        ];
        if !first {
            let old = Field::required(OLD, "今のパスワード").secret("current-password");
            fields.insert(0, old);
        }
        let layout = Layout::new("パスワードの変更", vec![home()], "");
        Self {
            layout: layout.described("自分のパスワードを変更する画面です。"),
            first,
            name: name.to_owned(),
            wrongs: Vec::new(),
            fields,
        }
    }

    fn wrong(&mut self, name: &str, why: &str) {
        for field in self.fields.iter_mut().filter(|field| field.name == name) {
            why.clone_into(&mut field.error);
        }
    }

    fn faulty(mut self, fault: SignInFault) -> Result<Response, PageError> {
        match fault {
            SignInFault::Wrong => {
                self.wrong(OLD, "今のパスワードが違います。入力し直してください。");
                self.refused(StatusCode::UNPROCESSABLE_ENTITY)
            }
            SignInFault::Wait(_) => {
                self.wrongs = wrong_all(fault.to_string());
                self.refused(StatusCode::TOO_MANY_REQUESTS)
            }
            SignInFault::Other(AccountFault::Password(why)) => {
                self.wrong(NEW, &why.to_string());
                self.refused(StatusCode::UNPROCESSABLE_ENTITY)
            }
            SignInFault::Other(fault) => Err(fault.into()),
        }
    }

    fn refused(mut self, status: StatusCode) -> Result<Response, PageError> {
        self.wrongs.extend(wrongs(&self.fields));
        self.layout = self.layout.wrong();
        let answer = unkept(page::answer(&self, Format::Html))?;
        Ok((status, answer).into_response())
    }
}

impl Page for OwnPasswordPage {
    const NAME: &'static str = "own_password";

    fn samples() -> Vec<(&'static str, Self)> {
        let mut wrong = Self::of("yamada-t", false);
        wrong.wrong(OLD, "今のパスワードが違います。入力し直してください。");
        wrong.wrongs = wrongs(&wrong.fields);
        wrong.layout = wrong.layout.wrong();
        vec![
            ("first", Self::of("yamada-t", true)),
            ("usual", Self::of("yamada-t", false)),
            ("wrong", wrong),
        ]
    }
}
