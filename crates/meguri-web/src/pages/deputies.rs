//! Deputies: who acts for me, named and withdrawn by oneself or by colleagues of the section.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::posted::Posted;
use crate::staff::{self, SignedIn, see_other, unkept};
use crate::view::crumbs::home;
use crate::view::form::{Choice, Field, Kind, Wrong, wrong_all};
use crate::view::grant::{self, GrantView};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::accounts::AccountFault;
use meguri_app::actions::accounts::deputies::{Deputy, deputies_of, name_deputy, withdraw_deputy};
use meguri_core::access::{Grant, Validity};
use meguri_core::calendar::Day;
use meguri_core::plan::SectionRegister;
use meguri_core::text::narrow;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "deputies.html")]
pub struct DeputiesPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// Who acts for the person.
    pub deputies: Vec<DeputyView>,
    /// For whom the person acts.
    pub acts_for: Vec<GrantView>,
    /// In which of their roles somebody can act for them, and who could.
    pub choices: Vec<Choice>,
    /// From when until when.
    pub days: Vec<Field>,
}

/// Somebody who acts for the person.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DeputyView {
    /// Their own name.
    pub label: String,
    /// As what, and on which days.
    pub grant: GrantView,
    /// What the form for withdrawing sends: the account, and the place among its deputy's grants.
    pub account: String,
    /// Which of several.
    pub number: usize,
}

/// `GET /account/deputies`
pub(crate) async fn show(signed_in: SignedIn) -> Result<Response, PageError> {
    let page = filled(&signed_in, &Sent::default()).await?;
    unkept(page::answer(&page, Format::Html))
}

/// `POST /account/deputies`
pub(crate) async fn name(signed_in: SignedIn, form: Posted) -> Result<Response, PageError> {
    let sent = Sent {
        role: form.field("role").to_owned(),
        deputy: form.field("deputy").to_owned(),
        from: form.field("from").to_owned(),
        until: form.field("until").to_owned(),
    };
    let account = &signed_in.person().account;
    let (city, context) = (signed_in.staff().city(), signed_in.context()?);
    let role = sent.role.parse().ok();
    let own = role.and_then(|place: usize| own_grants(&account.grants).nth(place));
    let days = (day(&sent.from), day(&sent.until));
    let (Some(own), (Ok(from), Ok(until))) = (own, days) else {
        let wrong =
            "役割と日付を確かめて、もう一度選んでください。日付は「2026-04-01」の形で入力します。";
        return refused(&signed_in, &sent, wrong.to_owned()).await;
    };
    if sent.deputy.is_empty() {
        return refused(
            &signed_in,
            &sent,
            "代理になる人を選んでください。".to_owned(),
        )
        .await;
    }
    let valid = Validity { from, until };
    let person = (account.name.as_str(), own);
    match name_deputy(&city, person, &sent.deputy, valid, &context).await {
        Ok(_) => Ok(see_other(staff::DEPUTIES)),
        Err(fault @ (AccountFault::Store(_) | AccountFault::Refused(_))) => Err(fault.into()),
        Err(fault) => refused(&signed_in, &sent, fault.to_string()).await,
    }
}

/// `POST /account/deputies/withdraw`
pub(crate) async fn withdraw(signed_in: SignedIn, form: Posted) -> Result<Response, PageError> {
    let own = signed_in.person().account.name.clone();
    let (city, context) = (signed_in.staff().city(), signed_in.context()?);
    let number = form.field("number").parse().ok();
    let all = deputies_of(&city, &own).await?;
    let meant = number.and_then(|number: usize| all.get(number));
    let meant = meant.filter(|deputy| deputy.name == form.field("account"));
    // Somebody else, or the same form before, has withdrawn it already.
    if let Some(deputy) = meant {
        withdraw_deputy(&city, deputy, &context).await?;
    }
    Ok(see_other(staff::DEPUTIES))
}

/// What was sent.
#[derive(Default)]
struct Sent {
    role: String,
    deputy: String,
    from: String,
    until: String,
}

/// The roles in which others can act for somebody.
fn own_grants(grants: &[Grant]) -> impl Iterator<Item = &Grant> {
    let has = |grant: &&Grant| !grant.is_deputy() && grant.role.has_deputies();
    grants.iter().filter(has)
}

/// A day as typed; none where nothing was.
fn day(text: &str) -> Result<Option<Day>, ()> {
    let text = narrow(text).trim().replace('/', "-");
    match text.as_str() {
        "" => Ok(None),
        text => Day::parse(text).map(Some).ok_or(()),
    }
}

async fn refused(signed_in: &SignedIn, sent: &Sent, why: String) -> Result<Response, PageError> {
    let mut page = filled(signed_in, sent).await?;
    page.wrongs = wrong_all(why);
    page.layout = page.layout.wrong();
    let answer = unkept(page::answer(&page, Format::Html))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

async fn filled(signed_in: &SignedIn, sent: &Sent) -> Result<DeputiesPage, PageError> {
    let account = &signed_in.person().account;
    let city = signed_in.staff().city();
    let today = signed_in.context()?.day();
    let sections = city.sections().await?;
    let deputies = deputies_of(&city, &account.name).await?;
    let deputies = (0..).zip(&deputies);
    let deputies = deputies.map(|(number, deputy)| view(number, deputy, &sections, today));
    let others = city.accounts().await?;
    let others = others
        .iter()
        .map(|kept| &kept.account)
        .filter(|other| other.enabled && other.name != account.name)
        .map(|other| {
            (
                other.name.clone(),
                format!("{}（{}）", other.label, other.name),
            )
        });
    let own: Vec<Grant> = own_grants(&account.grants).cloned().collect();
    let own = (0..).zip(grant::views(&own, &sections, today));
    let own = own.map(|(place, view): (usize, _)| {
        (place.to_string(), format!("{}（{}）", view.role, view.of))
    });
    let for_others: Vec<Grant> = account
        .grants
        .iter()
        .filter(|g| g.is_deputy())
        .cloned()
        .collect();
    Ok(DeputiesPage {
        layout: layout(),
        wrongs: Vec::new(),
        deputies: deputies.collect(),
        acts_for: grant::views(&for_others, &sections, today),
        choices: choices(own.collect(), others.collect(), sent),
        days: days(sent),
    })
}

fn view(number: usize, deputy: &Deputy, sections: &SectionRegister, today: Day) -> DeputyView {
    let views = grant::views(std::slice::from_ref(&deputy.grant), sections, today);
    DeputyView {
        label: deputy.label.clone(),
        grant: views.into_iter().next().unwrap_or_default(),
        account: deputy.name.clone(),
        number,
    }
}

fn choices(own: Vec<(String, String)>, others: Vec<(String, String)>, sent: &Sent) -> Vec<Choice> {
    if own.is_empty() {
        return Vec::new();
    }
    vec![
        Choice::required("role", "代理を置く役割", own).chosen(&sent.role),
        Choice::required("deputy", "代理になる人", others)
            .or_none("選んでください")
            .chosen(&sent.deputy),
    ]
}

fn days(sent: &Sent) -> Vec<Field> {
    let field = |name, label| Field::optional(name, label).of(Kind::Date);
    vec![
        field("from", "最初の日")
            .supported("空欄のときは、すぐに始まります。")
            .typed(sent.from.as_str()),
        field("until", "最後の日")
            .supported("この日を含みます。空欄のときは、取り消すまで続きます。")
            .typed(sent.until.as_str()),
    ]
}

fn layout() -> Layout {
    let way = vec![home(), Link::new(staff::ACCOUNT, "利用者情報")];
    Layout::new("代理", way, "").described("自分の代理を決め、取り消す画面です。")
}

impl Page for DeputiesPage {
    const NAME: &'static str = "deputies";

    fn samples() -> Vec<(&'static str, Self)> {
        let page = || Self {
            layout: layout(),
            wrongs: Vec::new(),
            deputies: Vec::new(),
            acts_for: Vec::new(),
            choices: Vec::new(),
            days: days(&Sent::default()),
        };
        let of = |text: &str| (text.to_owned(), text.to_owned());
        let full = Self {
            deputies: vec![DeputyView {
                label: "武田 次郎".to_owned(),
                grant: grant::samples().into_iter().next().unwrap_or_default(),
                account: "takeda".to_owned(),
                number: 0,
            }],
            acts_for: grant::samples(),
            choices: choices(
                vec![of("課長（環境課）")],
                vec![of("武田 次郎")],
                &Sent::default(),
            ),
            ..page()
        };
        let wrong = Self {
            layout: layout().wrong(),
            wrongs: wrong_all("代理になる人を選んでください。"),
            choices: choices(
                vec![of("課長（環境課）")],
                vec![of("武田 次郎")],
                &Sent::default(),
            ),
            ..page()
        };
        vec![("empty", page()), ("full", full), ("wrong", wrong)]
    }
}
