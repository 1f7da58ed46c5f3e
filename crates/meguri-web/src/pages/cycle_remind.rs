//! Reminders of a cycle: for whom sheets wait, whom to write to, and the mail where it is set up.

use crate::error::PageError;
use crate::page::{self, Format, Layout, Link, Page};
use crate::posted::Posted;
use crate::staff::{SignedIn, unkept};
use crate::view::crumbs::home;
use crate::view::fault::in_words;
use crate::view::form::{Wrong, wrong_all};
use crate::view::work_line::WorkLine;
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use meguri_app::actions::cycle::remind::{Reminder, remind};
use meguri_app::cycle::Cycle;
use meguri_app::read::dates;
use meguri_app::read::work::{Waiting, waiting};
use serde::Serialize;

/// Who is chosen from the beginning: whose sheets are late or end within so many business days.
const SOON: u32 = 5;

/// The page.
#[derive(Debug, Default, Serialize, Template)]
#[template(path = "cycle_remind.html")]
pub struct CycleRemindPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its own address.
    pub address: String,
    /// Those for whom sheets wait.
    pub people: Vec<PersonView>,
    /// The sheets that wait for nobody who could sign in.
    pub nobody: Vec<WorkLine>,
    /// The addresses of all of them, for copying.
    pub addresses: String,
    /// A text to all of them, for copying.
    pub text: String,
    /// Can mail be sent from here?
    pub sends: bool,
    /// What planning adds, as typed.
    pub words: String,
    /// What became of the mail: a name, and what happened.
    pub answers: Vec<[String; 2]>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// Somebody for whom sheets wait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// The account.
    pub account: String,
    /// The person's own name.
    pub label: String,
    /// Where mail reaches them; empty where nobody registered it.
    pub mail: String,
    /// How many sheets.
    pub sheets: usize,
    /// How many of them are late.
    pub overdue: usize,
    /// The nearest deadline; empty where there is none.
    pub deadline: String,
    /// Is the person chosen?
    pub chosen: bool,
}

/// `GET /cycles/{cycle}/remind`
pub(crate) async fn show(signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, PageError> {
    let cycle = load(&signed_in, id).await?;
    let page = CycleRemindPage::load(&signed_in, &cycle).await?;
    unkept(page::answer(&page, Format::Html))
}

/// `POST /cycles/{cycle}/remind`
pub(crate) async fn send(
    signed_in: SignedIn,
    Path(id): Path<i64>,
    form: Posted<2048>,
) -> Result<Response, PageError> {
    let cycle = load(&signed_in, id).await?;
    let mut page = CycleRemindPage::load(&signed_in, &cycle).await?;
    page.words = form.field("words").to_owned();
    let reminder = Reminder {
        accounts: form.all("account").map(str::to_owned).collect(),
        words: page.words.clone(),
        address: signed_in.staff().rules().origin.clone().unwrap_or_default(),
        city: page.layout.city().to_owned(),
    };
    for person in &mut page.people {
        person.chosen = reminder.accounts.contains(&person.account);
    }
    let Some(mail) = signed_in.staff().rules().mail.clone() else {
        return page
            .refused("メールの設定がないため、送信できません。一覧を写して送ってください。");
    };
    if !page.people.iter().any(|person| person.chosen) {
        return page.refused("催促する人を選んでください。");
    }
    let city = signed_in.staff().city();
    let context = signed_in.context()?;
    match remind(&city, &cycle, &reminder, &mail, &context).await {
        Ok(answers) => {
            let answer = |done: meguri_app::actions::cycle::remind::Reminded| {
                let told = match done.answer {
                    Ok(()) => format!("送信しました（シート{}件）。", done.sheets),
                    Err(why) => why.to_string(),
                };
                [done.label, told]
            };
            page.answers = answers.into_iter().map(answer).collect();
            unkept(page::answer(&page, Format::Html))
        }
        Err(fault) => page.refused(&in_words(fault)?),
    }
}

async fn load(signed_in: &SignedIn, id: i64) -> Result<Cycle, PageError> {
    let cycle = Cycle::load(&signed_in.staff().city(), id).await?;
    cycle.ok_or(PageError::NotFound(None))
}

impl CycleRemindPage {
    async fn load(signed_in: &SignedIn, cycle: &Cycle) -> Result<Self, PageError> {
        let city = signed_in.staff().city();
        let (people, nobody) = waiting(&city, cycle, &signed_in.context()?).await?;
        let rules = signed_in.staff().rules();
        let mails = people.iter().filter_map(|person| person.mail.clone());
        let mails: Vec<String> = mails.collect();
        Ok(Self {
            layout: layout(cycle.kept.id, &cycle.kept.label),
            address: format!("/cycles/{}/remind", cycle.kept.id),
            addresses: mails.join(", "),
            text: text(
                &cycle.kept.label,
                rules.origin.as_deref().unwrap_or_default(),
            ),
            sends: rules.mail.is_some(),
            people: people.iter().map(PersonView::of).collect(),
            nobody: nobody
                .iter()
                .map(|line| WorkLine::on_desk(cycle, line))
                .collect(),
            ..Self::default()
        })
    }

    fn refused(mut self, words: &str) -> Result<Response, PageError> {
        self.wrongs = wrong_all(words);
        self.layout = self.layout.wrong();
        let answer = unkept(page::answer(&self, Format::Html))?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
    }
}

impl PersonView {
    fn of(person: &Waiting) -> Self {
        let deadline = person.deadline();
        Self {
            account: person.account.clone(),
            label: person.label.clone(),
            mail: person.mail.clone().unwrap_or_default(),
            sheets: person.sheets.len(),
            overdue: person.overdue(),
            deadline: deadline
                .map(|day| dates::japanese(&day.iso()))
                .unwrap_or_default(),
            chosen: person.is_due_within(SOON),
        }
    }
}

/// A text to everybody, for copying.
fn text(label: &str, origin: &str) -> String {
    let place = if origin.is_empty() {
        "めぐりの「自分の仕事」".to_owned()
    } else {
        format!("「自分の仕事」（{origin}/work）")
    };
    format!(
        "「{label}」で、お手元に未了のシートがあります。{place}を開いて、期限までに進めてください。"
    )
}

fn layout(id: i64, label: &str) -> Layout {
    let crumbs = vec![
        home(),
        Link::new("/cycles", "照会の一覧"),
        Link::new(format!("/cycles/{id}"), label),
    ];
    let layout = Layout::new("催促", crumbs, "");
    layout.described("照会で、だれの手元に未了のシートがあるかの一覧です。")
}

impl Page for CycleRemindPage {
    const NAME: &'static str = "cycle_remind";

    fn samples() -> Vec<(&'static str, Self)> {
        let person = PersonView {
            account: "sato".to_owned(),
            label: "佐藤 花子".to_owned(),
            mail: "sato@example.lg.jp".to_owned(),
            sheets: 3,
            overdue: 1,
            deadline: "令和6年5月31日".to_owned(),
            chosen: true,
        };
        let without = PersonView {
            mail: String::new(),
            overdue: 0,
            chosen: false,
            ..person.clone()
        };
        let page = |sends| Self {
            layout: layout(1, "令和5年度 施策評価"),
            address: "/cycles/1/remind".to_owned(),
            addresses: person.mail.clone(),
            text: text("令和5年度 施策評価", ""),
            people: vec![person.clone(), without.clone()],
            nobody: WorkLine::samples().into_iter().take(1).collect(),
            sends,
            ..Self::default()
        };
        let mut sent = page(true);
        sent.answers = vec![[
            "佐藤 花子".to_owned(),
            "送信しました（シート3件）。".to_owned(),
        ]];
        let mut wrong = page(true);
        wrong.wrongs = wrong_all("催促する人を選んでください。");
        wrong.layout = wrong.layout.wrong();
        let mut none = page(false);
        (none.people, none.nobody) = (Vec::new(), Vec::new());
        vec![
            ("to-copy", page(false)),
            ("sent", sent),
            ("wrong", wrong),
            ("none", none),
        ]
    }
}
