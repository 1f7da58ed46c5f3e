//! One account, for administrators: name, roles, whether the person may sign in, a new password.

use crate::asked::Asked;
use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::posted::Posted;
use crate::staff::{self, SignedIn, see_other, unkept};
use crate::view::crumbs::home;
use crate::view::form::{Field, Kind, Wrong, wrong_all};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::accounts::AccountFault;
use meguri_app::actions::accounts::add_account::add_account;
use meguri_app::actions::accounts::change_account::{change_account, change_named, find};
use meguri_app::actions::accounts::own_code::forget_code;
use meguri_app::actions::accounts::reset_password::reset_password;
use meguri_app::password::Password;
use meguri_app::staff::Account;
use meguri_core::access::{Grant, Role, Validity};
use meguri_core::calendar::Day;
use meguri_core::text::narrow;
use serde::Serialize;

/// Rows for roles that are not there yet.
const BLANK_ROWS: usize = 2;

/// Rows that are read of a form.
const MOST_ROWS: usize = 60;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "account.html")]
pub struct AccountPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The name by which the person signs in; empty for somebody new.
    pub name: String,
    /// The edition that is shown; 0 for somebody new.
    pub edition: i64,
    /// May the person sign in?
    pub enabled: bool,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// Names and mail.
    pub fields: Vec<Field>,
    /// The roles, and some empty rows.
    pub rows: Vec<GrantRow>,
    /// Names of the sections, to choose from.
    pub sections: Vec<String>,
    /// Roles that others gave to their deputy.
    pub deputy_of: Vec<String>,
    /// The start password, shown once.
    pub start: String,
}

/// A row of the roles.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GrantRow {
    /// The key of the role; empty for none.
    pub role: String,
    /// The section, the department, what is assigned.
    pub of: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
}

/// `GET /new-account`
pub(crate) async fn show_new(signed_in: SignedIn) -> Result<Response, PageError> {
    let page = AccountPage::filled(&signed_in, &nobody(), 0).await?;
    unkept(page::answer(&page, Format::Html))
}

/// `POST /new-account`
pub(crate) async fn add(signed_in: SignedIn, form: Posted) -> Result<Response, PageError> {
    let mut account = nobody();
    account.name = form.field("name").to_owned();
    let context = signed_in.context()?;
    let (city, cost) = (signed_in.staff().city(), signed_in.staff().rules().cost);
    let added = match typed(&form, &mut account) {
        Ok(()) => add_account(&city, account.clone(), cost, &context).await,
        Err(fault) => Err(fault),
    };
    match added {
        Ok(password) => started(&signed_in, &account.name, &password).await,
        Err(fault) => refused(&signed_in, &account, 0, fault).await,
    }
}

/// `GET /accounts/{name}`
pub(crate) async fn show(signed_in: SignedIn, asked: Asked) -> Result<Response, PageError> {
    let kept = found(&signed_in, asked.part("name")).await?;
    let page = AccountPage::filled(&signed_in, &kept.0, kept.1).await?;
    unkept(page::answer(&page, Format::Html))
}

/// `POST /accounts/{name}`
pub(crate) async fn change(
    signed_in: SignedIn,
    asked: Asked,
    form: Posted,
) -> Result<Response, PageError> {
    let (mut account, edition) = found(&signed_in, asked.part("name")).await?;
    let had = form.field("edition").parse().unwrap_or(edition);
    let (city, context) = (signed_in.staff().city(), signed_in.context()?);
    let changed = match typed(&form, &mut account) {
        Ok(()) => change_account(&city, account.clone(), had, &context).await,
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(_) => Ok(see_other(staff::ACCOUNTS)),
        Err(fault) => refused(&signed_in, &account, had, fault).await,
    }
}

/// `POST /accounts/{name}/state`
pub(crate) async fn set_state(
    signed_in: SignedIn,
    asked: Asked,
    form: Posted,
) -> Result<Response, PageError> {
    let (account, edition) = found(&signed_in, asked.part("name")).await?;
    let enabled = form.field("enabled") == "1";
    let (city, context) = (signed_in.staff().city(), signed_in.context()?);
    let set = |account: &mut Account| account.enabled = enabled;
    match change_named(&city, &account.name, set, &context).await {
        Ok(_) => Ok(see_other(staff::ACCOUNTS)),
        Err(fault) => refused(&signed_in, &account, edition, fault).await,
    }
}

/// `POST /accounts/{name}/reset`
pub(crate) async fn reset(
    signed_in: SignedIn,
    asked: Asked,
    form: Posted,
) -> Result<Response, PageError> {
    let (account, _) = found(&signed_in, asked.part("name")).await?;
    let (city, cost) = (signed_in.staff().city(), signed_in.staff().rules().cost);
    let context = signed_in.context()?;
    if form.field("code") == "1" {
        forget_code(&city, &account.name, &context).await?;
    }
    let password = reset_password(&city, &account.name, cost, &context).await?;
    started(&signed_in, &account.name, &password).await
}

/// The account of a name with its edition.
async fn found(signed_in: &SignedIn, name: &str) -> Result<(Account, i64), PageError> {
    match find(&signed_in.staff().city(), name).await {
        Ok(kept) => Ok((kept.account, kept.edition)),
        Err(AccountFault::Unknown(_)) => Err(PageError::not_found(staff::ACCOUNTS, "利用者の管理")),
        Err(fault) => Err(fault.into()),
    }
}

fn nobody() -> Account {
    Account {
        name: String::new(),
        label: String::new(),
        mail: None,
        enabled: true,
        grants: Vec::new(),
    }
}

/// Puts what was typed into an account; what deputies have stays.
fn typed(form: &Posted, account: &mut Account) -> Result<(), AccountFault> {
    account.label = form.field("label").to_owned();
    account.mail = Some(form.field("mail").to_owned());
    let deputies: Vec<Grant> = account
        .grants
        .iter()
        .filter(|g| g.is_deputy())
        .cloned()
        .collect();
    account.grants.clear();
    for number in 0..MOST_ROWS {
        let field = |name: &str| form.field(&format!("{name}-{number}")).trim().to_owned();
        let Some(role) = Role::from_key(&field("role")) else {
            continue;
        };
        let valid = Validity {
            from: day(&field("from"))?,
            until: day(&field("until"))?,
        };
        account.grants.push(grant(role, &field("of")).valid(valid));
    }
    account.grants.extend(deputies);
    Ok(())
}

fn grant(role: Role, of: &str) -> Grant {
    let grant = Grant::new(role);
    match role {
        _ if of.is_empty() => grant,
        Role::DepartmentHead => grant.in_department(of),
        Role::Committee => grant.assigned_as(of),
        _ => grant.in_section(of),
    }
}

/// A day as typed; none where nothing was.
fn day(text: &str) -> Result<Option<Day>, AccountFault> {
    let text = narrow(text).trim().replace('/', "-");
    match text.as_str() {
        "" => Ok(None),
        text => Day::parse(text).map(Some).ok_or(AccountFault::Day),
    }
}

async fn refused(
    signed_in: &SignedIn,
    account: &Account,
    edition: i64,
    fault: AccountFault,
) -> Result<Response, PageError> {
    if matches!(fault, AccountFault::Refused(_) | AccountFault::Hash(_)) {
        return Err(fault.into());
    }
    let mut page = AccountPage::filled(signed_in, account, edition).await?;
    page.wrongs = wrong_all(fault.to_string());
    page.layout = page.layout.wrong();
    let answer = unkept(page::answer(&page, Format::Html))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

async fn started(
    signed_in: &SignedIn,
    name: &str,
    password: &Password,
) -> Result<Response, PageError> {
    let (account, edition) = found(signed_in, name).await?;
    let mut page = AccountPage::filled(signed_in, &account, edition).await?;
    password.reveal().clone_into(&mut page.start);
    unkept(page::answer(&page, Format::Html))
}

impl AccountPage {
    async fn filled(
        signed_in: &SignedIn,
        account: &Account,
        edition: i64,
    ) -> Result<Self, PageError> {
        let register = signed_in.staff().city().sections().await?;
        let name_of = |key: &str| {
            let known = register.sections.iter().rev().find(|one| one.key == key);
            known.map_or_else(|| key.to_owned(), |one| one.name.clone())
        };
        let mut page = Self::of(account, edition);
        for row in &mut page.rows {
            row.of = name_of(&row.of);
        }
        let mut sections: Vec<String> = register.sections.iter().map(|s| s.name.clone()).collect();
        sections.sort_unstable();
        sections.dedup();
        page.sections = sections;
        Ok(page)
    }

    /// The page of an account as it is.
    fn of(account: &Account, edition: i64) -> Self {
        let is_new = edition == 0;
        let title = if is_new {
            "利用者の登録".to_owned()
        } else {
            format!("利用者「{}」", account.label)
        };
        let way = vec![home(), Link::new(staff::ACCOUNTS, "利用者の管理")];
        let name = Field::required("name", "利用者名").typed(account.name.as_str());
        let name = if is_new {
            name.supported("サインインに使う名前です。半角の英小文字・数字と . _ - @ で、2～64文字です。後から変えられません。")
        } else {
            name.locked("登録した後は変えられません。")
        };
        let mail = account.mail.clone().unwrap_or_default();
        let own = account.grants.iter().filter(|grant| !grant.is_deputy());
        let blank = std::iter::repeat_n(GrantRow::default(), BLANK_ROWS);
        Self {
            layout: Layout::new(title, way, "").described("利用者の氏名と役割を登録する画面です。"),
            name: if is_new {
                String::new()
            } else {
                account.name.clone()
            },
            edition,
            enabled: account.enabled,
            wrongs: Vec::new(),
            fields: vec![
                name,
                Field::required("label", "氏名").typed(account.label.as_str()),
                Field::optional("mail", "電子メール")
                    .of(Kind::Email)
                    .typed(mail),
            ],
            rows: own.map(GrantRow::of).chain(blank).collect(),
            sections: Vec::new(),
            deputy_of: account
                .grants
                .iter()
                .filter_map(|g| g.deputy_of.clone())
                .collect(),
            start: String::new(),
        }
    }

    /// The roles that can be given: key and word.
    fn roles(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let granted = Role::ALL.into_iter().filter(|role| role.is_granted());
        granted.map(|role| (role.key(), role.label()))
    }
}

impl GrantRow {
    fn of(grant: &Grant) -> Self {
        let of = [&grant.section, &grant.department, &grant.assignee];
        let day = |day: Option<Day>| day.map_or_else(String::new, Day::iso);
        Self {
            role: grant.role.key().to_owned(),
            of: of.into_iter().flatten().next().cloned().unwrap_or_default(),
            from: day(grant.valid.from),
            until: day(grant.valid.until),
        }
    }
}

impl Page for AccountPage {
    const NAME: &'static str = "account";

    fn samples() -> Vec<(&'static str, Self)> {
        let account = Account {
            name: "yamada-t".to_owned(),
            label: "山田 太郎".to_owned(),
            mail: Some("yamada-t@example.lg.jp".to_owned()),
            enabled: true,
            grants: vec![
                Grant::new(Role::Entry).in_section("環境課"),
                Grant::new(Role::Reader),
            ],
        };
        let mut wrong = Self::of(&nobody(), 0);
        wrong.wrongs = wrong_all(AccountFault::NoLabel.to_string());
        wrong.layout = wrong.layout.wrong();
        let mut start = Self::of(&account, 1);
        "abcd-efgh-ijkm-npqr".clone_into(&mut start.start);
        start.sections = vec!["環境課".to_owned()];
        let mut disabled = Self::of(&account, 2);
        disabled.enabled = false;
        disabled.deputy_of = vec!["sato".to_owned()];
        vec![
            ("new", Self::of(&nobody(), 0)),
            ("wrong", wrong),
            ("start", start),
            ("disabled", disabled),
        ]
    }
}
