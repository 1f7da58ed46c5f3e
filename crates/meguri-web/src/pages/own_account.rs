//! A person's own account: what they may do, where they are signed in.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Page};
use crate::posted::Posted;
use crate::staff::{self, Desk, SignedIn, see_other, unkept};
use crate::view::crumbs::home;
use crate::view::grant::{self, GrantView};
use askama::Template;
use axum::response::Response;
use meguri_app::actions::accounts::own_code::asks_for_code;
use meguri_app::actions::accounts::sign_out::{end_own_sessions, own_sessions, sign_out};
use meguri_app::staff::{Session, moment_at};
use meguri_core::access::Permission::{EditSections, ManageAccounts, ReadAudit};
use meguri_core::access::{Subject, permits};
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "own_account.html")]
pub struct OwnAccountPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The name by which the person signs in.
    pub name: String,
    /// The person's own name.
    pub label: String,
    /// Where mail reaches the person; empty where nobody said.
    pub mail: String,
    /// Does the person keep the accounts of others?
    pub manages: bool,
    /// May the person read the audit?
    pub audits: bool,
    /// May the person change the list of sections?
    pub names_sections: bool,
    /// Is a code asked for at the sign-in?
    pub has_code: bool,
    /// What the person may do.
    pub grants: Vec<GrantView>,
    /// Where the person is signed in.
    pub sessions: Vec<SessionView>,
}

/// A browser that is signed in.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SessionView {
    /// Is it the one that asks?
    pub own: bool,
    /// Since when.
    pub since: String,
    /// When it was used last.
    pub seen: String,
    /// From which address.
    pub source: String,
    /// What it calls itself.
    pub agent: String,
}

/// `GET /account`
pub(crate) async fn show(signed_in: SignedIn) -> Result<Response, PageError> {
    let (staff, person) = (signed_in.staff(), signed_in.person());
    let sessions = own_sessions(staff, person).await?;
    let account = &person.account;
    let today = signed_in.context()?.day();
    let sections = staff.city().sections().await?;
    let may = |what| permits(&account.grants, what, &Subject::default(), today).is_ok();
    let page = OwnAccountPage {
        layout: layout(),
        name: account.name.clone(),
        label: account.label.clone(),
        mail: account.mail.clone().unwrap_or_default(),
        manages: may(ManageAccounts),
        audits: may(ReadAudit),
        names_sections: may(EditSections),
        has_code: asks_for_code(staff, person).await?,
        grants: grant::views(&account.grants, &sections, today),
        sessions: sessions
            .iter()
            .map(|session| SessionView::of(session, &person.session.id))
            .collect(),
    };
    unkept(page::answer(&page, Format::Html))
}

/// `POST /account/end-sessions`
pub(crate) async fn end_others(signed_in: SignedIn, _form: Posted) -> Result<Response, PageError> {
    let context = signed_in.context()?;
    end_own_sessions(signed_in.staff(), signed_in.person(), &context).await?;
    Ok(see_other(staff::ACCOUNT))
}

/// `POST /sign-out`
pub(crate) async fn leave(desk: Desk, _form: Posted) -> Result<Response, PageError> {
    if let Some(person) = &desk.person {
        let context = desk.staff.context(person.actor())?;
        sign_out(&desk.staff, person, &context).await?;
    }
    let out = see_other(&format!("{}?out=1", staff::SIGN_IN));
    Ok(desk.cleared(out))
}

fn layout() -> Layout {
    Layout::new("利用者情報", vec![home()], "")
        .described("自分の役割と、サインインの状況を確かめる画面です。")
}

impl SessionView {
    fn of(session: &Session, own: &str) -> Self {
        let unknown = || "不明".to_owned();
        Self {
            own: session.id == own,
            since: moment_at(session.created),
            seen: moment_at(session.seen),
            source: session.source.clone().unwrap_or_else(unknown),
            agent: session.agent.clone().unwrap_or_else(unknown),
        }
    }
}

impl Page for OwnAccountPage {
    const NAME: &'static str = "own_account";

    fn samples() -> Vec<(&'static str, Self)> {
        let session = |own| SessionView {
            own,
            since: "令和8年4月1日 9時30分".to_owned(),
            seen: "令和8年4月1日 10時05分".to_owned(),
            source: "192.0.2.7".to_owned(),
            agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36".to_owned(),
        };
        let page = |grants, sessions| Self {
            layout: layout(),
            name: "yamada-t".to_owned(),
            label: "山田 太郎".to_owned(),
            mail: "yamada-t@example.lg.jp".to_owned(),
            manages: false,
            audits: false,
            names_sections: false,
            has_code: false,
            grants,
            sessions,
        };
        let administrator = Self {
            manages: true,
            audits: true,
            names_sections: true,
            ..page(grant::samples(), vec![session(true)])
        };
        vec![
            ("administrator", administrator),
            ("empty", page(Vec::new(), vec![session(true)])),
            (
                "full",
                page(grant::samples(), vec![session(true), session(false)]),
            ),
        ]
    }
}
