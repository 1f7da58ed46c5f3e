//! Codes of an authenticator: set up and taken away by oneself, and asked for at the sign-in.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::posted::Posted;
use crate::staff::{self, Desk, SignedIn, see_other, unkept};
use crate::view::crumbs::home;
use crate::view::form::{Field, Wrong, wrong_all, wrongs};
use askama::Template;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::accounts::AccountFault;
use meguri_app::actions::accounts::own_code::{
    asks_for_code, enter_code, key_address, new_key, remove_code, set_code,
};
use meguri_app::actions::accounts::sign_in::SignInFault;
use meguri_app::password::Password;
use meguri_app::staff::Stage;
use serde::Serialize;

/// What is wrong with a code.
const WRONG_CODE: &str = "認証コードが違います。認証アプリに表示されている6桁の数字を、切り替わった後に入力し直してください。";

/// The page for setting codes up and taking them away.
#[derive(Debug, Serialize, Template)]
#[template(path = "own_code.html")]
pub struct OwnCodePage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Are codes asked for?
    pub is_set: bool,
    /// The key for the authenticator, in groups of four.
    pub shown_key: String,
    /// The key as it is sent back.
    pub key: String,
    /// The address by which an authenticator takes the key.
    pub address: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// The code, or the password.
    pub fields: Vec<Field>,
}

/// `GET /account/code`
pub(crate) async fn show(signed_in: SignedIn) -> Result<Response, PageError> {
    let (staff, person) = (signed_in.staff(), signed_in.person());
    let page = if asks_for_code(staff, person).await? {
        OwnCodePage::set()
    } else {
        let key = new_key().map_err(AccountFault::from)?;
        OwnCodePage::unset(&person.account.name, &key)
    };
    unkept(page::answer(&page, Format::Html))
}

/// `POST /account/code`
pub(crate) async fn begin(signed_in: SignedIn, form: Posted) -> Result<Response, PageError> {
    let (staff, person) = (signed_in.staff(), signed_in.person());
    let (key, code) = (form.field("key"), form.field("code"));
    let set = set_code(staff, person, (key, code), &signed_in.context()?).await;
    match set {
        Ok(()) => Ok(see_other(staff::OWN_CODE)),
        Err(AccountFault::Code) => {
            let page = OwnCodePage::unset(&person.account.name, key);
            page.wrong("code", WRONG_CODE).refused()
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /account/code/remove`
pub(crate) async fn remove(signed_in: SignedIn, form: Posted) -> Result<Response, PageError> {
    let (staff, person) = (signed_in.staff(), signed_in.person());
    let password = Password::typed(form.field("password"));
    let removed = remove_code(staff, person, &password, &signed_in.context()?).await;
    let page = OwnCodePage::set();
    match removed {
        Ok(()) => Ok(see_other(staff::OWN_CODE)),
        Err(SignInFault::Wrong) => page
            .wrong("password", "パスワードが違います。入力し直してください。")
            .refused(),
        Err(fault @ SignInFault::Wait(_)) => page.wrong("password", &fault.to_string()).refused(),
        Err(SignInFault::Other(fault)) => Err(fault.into()),
    }
}

impl OwnCodePage {
    fn new() -> Self {
        let way = vec![home(), Link::new(staff::ACCOUNT, "利用者情報")];
        let layout = Layout::new("認証アプリ", way, "");
        Self {
            layout: layout
                .described("サインインのときに、認証アプリのコードも使うようにする画面です。"),
            is_set: false,
            shown_key: String::new(),
            key: String::new(),
            address: String::new(),
            wrongs: Vec::new(),
            fields: Vec::new(),
        }
    }

    fn set() -> Self {
        Self {
            is_set: true,
            fields: vec![Field::required("password", "今のパスワード").secret("current-password")],
            ..Self::new()
        }
    }

    fn unset(name: &str, key: &str) -> Self {
        let plain: String = key
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .take(64)
            .collect();
        let signs: Vec<char> = plain.chars().collect();
        let groups: Vec<String> = signs
            .chunks(4)
            .map(|group| group.iter().collect())
            .collect();
        Self {
            shown_key: groups.join(" "),
            address: key_address(name, &plain),
            key: plain,
            fields: vec![code_field()],
            ..Self::new()
        }
    }

    fn wrong(mut self, name: &str, why: &str) -> Self {
        for field in self.fields.iter_mut().filter(|field| field.name == name) {
            why.clone_into(&mut field.error);
        }
        self.wrongs = wrongs(&self.fields);
        self.layout = self.layout.wrong();
        self
    }

    fn refused(self) -> Result<Response, PageError> {
        let answer = unkept(page::answer(&self, Format::Html))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
    }
}

fn code_field() -> Field {
    Field::required("code", "認証コード")
        .filled_by("one-time-code")
        .supported("認証アプリに表示されている6桁の数字")
}

impl Page for OwnCodePage {
    const NAME: &'static str = "own_code";

    fn samples() -> Vec<(&'static str, Self)> {
        let unset = || Self::unset("yamada-t", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        vec![
            ("unset", unset()),
            ("wrong", unset().wrong("code", WRONG_CODE)),
            ("set", Self::set()),
        ]
    }
}

/// The page that asks for a code at the sign-in.
#[derive(Debug, Serialize, Template)]
#[template(path = "sign_in_code.html")]
pub struct SignInCodePage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// The code.
    pub fields: Vec<Field>,
}

/// `GET /sign-in/code`
pub(crate) async fn ask(desk: Desk) -> Result<Response, PageError> {
    at_code(&desk)?;
    unkept(page::answer(&SignInCodePage::new(), Format::Html))
}

/// `POST /sign-in/code`
pub(crate) async fn enter(desk: Desk, form: Posted) -> Result<Response, PageError> {
    at_code(&desk)?;
    let person = desk.person.clone().ok_or(PageError::SignIn)?;
    let context = desk.staff.context(person.actor())?;
    let fault = match enter_code(&desk.staff, &person, form.field("code"), &context).await {
        Ok(signed_in) => return Ok(desk.led_on(&signed_in, "/")),
        Err(SignInFault::Other(fault)) => return Err(fault.into()),
        Err(fault) => fault,
    };
    let mut page = SignInCodePage::new();
    page.layout = page.layout.wrong();
    if let SignInFault::Wait(seconds) = fault {
        page.wrongs = wrong_all(fault.to_string());
        let answer = unkept(page::answer(&page, Format::Html))?;
        let retry = [(RETRY_AFTER, seconds.to_string())];
        return Ok((StatusCode::TOO_MANY_REQUESTS, retry, answer).into_response());
    }
    page.fields = vec![code_field().wrong(WRONG_CODE)];
    page.wrongs = wrongs(&page.fields);
    let answer = unkept(page::answer(&page, Format::Html))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

/// Only for whom a code is asked.
fn at_code(desk: &Desk) -> Result<(), PageError> {
    let person = desk.person.as_ref();
    let is = person.is_some_and(|person| person.session.stage == Stage::Code);
    if is { Ok(()) } else { Err(PageError::SignIn) }
}

impl SignInCodePage {
    /// The empty page.
    #[must_use]
    pub fn new() -> Self {
        let layout = Layout::new("認証コードの入力", Vec::new(), "");
        Self {
            layout: layout.described("サインインのために、認証アプリのコードを入力する画面です。"),
            wrongs: Vec::new(),
            fields: vec![code_field()],
        }
    }
}

impl Default for SignInCodePage {
    fn default() -> Self {
        Self::new()
    }
}

impl Page for SignInCodePage {
    const NAME: &'static str = "sign_in_code";

    fn samples() -> Vec<(&'static str, Self)> {
        let mut wrong = Self::new();
        wrong.fields = vec![code_field().wrong(WRONG_CODE)];
        wrong.wrongs = wrongs(&wrong.fields);
        wrong.layout = wrong.layout.wrong();
        vec![("empty", Self::new()), ("wrong", wrong)]
    }
}
