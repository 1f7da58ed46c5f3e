//! The desk of a cycle: who has not begun, sent, returned, approved; more time, closing, handing over.

mod export;

pub(crate) use export::state;

use crate::asked::Asked;
use crate::error::PageError;
use crate::page::Link;
use crate::page::{self, Format, Layout, Page};
use crate::posted::Posted;
use crate::staff::{SignedIn, see_other, unkept};
use crate::view::crumbs::home;
use crate::view::fault::in_words;
use crate::view::form::{Wrong, wrong_all};
use crate::view::work_line::WorkLine;
use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use meguri_app::actions::cycle::assign::assign;
use meguri_app::actions::cycle::step::{Seen, Step, step};
use meguri_app::actions::cycle::{CycleFault, Part};
use meguri_app::context::Context;
use meguri_app::cycle::{Cycle, StepRefused};
use meguri_app::read::work::{SheetLine, lines, possible};
use meguri_core::access::{Permission, permits, permits_somewhere};
use meguri_core::calendar::Day;
use meguri_core::workflow::{Action, StageDates, State};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use std::collections::BTreeMap;

/// Sheets of one page of the desk.
const ROWS: usize = 100;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "desk.html")]
pub struct DeskPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The address of the desk.
    pub address: String,
    /// Numbers of sheets by section.
    pub sections: Vec<SectionView>,
    /// Numbers of sheets by state, in the order of progress.
    pub states: Vec<StateLink>,
    /// The state that is chosen.
    pub state: String,
    /// The section that is chosen.
    pub section: String,
    /// The sheets that are shown.
    pub lines: Vec<WorkLine>,
    /// How many sheets there are by the choice.
    pub found: usize,
    /// The first one that is shown, from 1.
    pub from: usize,
    /// The address of the sheets before; empty where there are none.
    pub before: String,
    /// The address of the sheets behind; empty where there are none.
    pub behind: String,
    /// May who looks give more time, close, and give sheets to sections?
    pub leads: bool,
    /// The names of the sections that a sheet can be given to.
    pub known: Vec<String>,
    /// May who looks write on some sheet?
    pub writes: bool,
    /// What was done.
    pub told: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// The sheets of one state.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StateLink {
    /// Where they are listed.
    pub href: String,
    /// The state.
    pub label: &'static str,
    /// How many.
    pub count: usize,
    /// Is it the one that is chosen?
    pub chosen: bool,
}

/// A section on the desk.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SectionView {
    /// Its sheets on the desk.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Sheets that were not begun.
    pub not_begun: usize,
    /// Sheets that are being written.
    pub written: usize,
    /// Sheets that came back.
    pub returned: usize,
    /// Sheets that were sent.
    pub sent: usize,
    /// Sheets that are approved, accepted or closed.
    pub done: usize,
    /// Sheets that are late.
    pub overdue: usize,
}

/// What the desk is asked for.
#[derive(Clone, Debug, Default)]
struct Wanted {
    state: String,
    section: String,
    from: usize,
}

/// `GET /cycles/{cycle}`
pub(crate) async fn show(
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, PageError> {
    let wanted = Wanted {
        state: asked.query("state").unwrap_or_default().to_owned(),
        section: asked.query("section").unwrap_or_default().to_owned(),
        from: asked
            .query("from")
            .and_then(|from| from.parse().ok())
            .unwrap_or(1),
    };
    let mut page = DeskPage::load(&signed_in, id, &wanted).await?;
    if let Some(done) = asked
        .query("done")
        .and_then(|done| done.parse::<usize>().ok())
    {
        page.told = format!("{done}件のシートを処理しました。");
    }
    unkept(page::answer(&page, Format::Html))
}

/// `POST /cycles/{cycle}/extend` and `/close`: one step with the sheets that are chosen.
pub(crate) async fn bulk(
    signed_in: SignedIn,
    Path(id): Path<i64>,
    uri: Uri,
    form: Posted<256>,
) -> Result<Response, PageError> {
    let context = signed_in.context()?;
    let city = signed_in.staff().city();
    let cycle = Cycle::load(&city, id)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let chosen = chosen(&form);
    let wanted = match wanted_step(&uri, &form) {
        Ok(step) if !chosen.is_empty() => step,
        Ok(_) => return refused(&signed_in, id, NONE_CHOSEN).await,
        Err(words) => return refused(&signed_in, id, words).await,
    };
    let day = context.day();
    let all = lines(&city, &cycle, day).await?;
    let seen: Vec<Seen> = all
        .iter()
        .filter(|line| chosen.contains(&line.id))
        .flat_map(|line| parts_for(&cycle, line, &wanted, &context))
        .collect();
    if seen.is_empty() {
        let words =
            "選んだシートには、いまこの操作をできるものがありません。状態を確かめてください。";
        return refused(&signed_in, id, words).await;
    }
    let answers = step(&city, &cycle, &seen, &wanted, &context).await;
    answered(&signed_in, id, answers).await
}

/// `POST /cycles/{cycle}/assign`: gives the chosen sheets to a section.
pub(crate) async fn give(
    signed_in: SignedIn,
    Path(id): Path<i64>,
    form: Posted<256>,
) -> Result<Response, PageError> {
    let context = signed_in.context()?;
    let city = signed_in.staff().city();
    let cycle = Cycle::load(&city, id)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let chosen = chosen(&form);
    if chosen.is_empty() {
        return refused(&signed_in, id, NONE_CHOSEN).await;
    }
    let answers = assign(&city, &cycle, &chosen, form.field("to"), &context).await;
    answered(&signed_in, id, answers).await
}

const NONE_CHOSEN: &str = "シートを選んでください。";

fn chosen(form: &Posted<256>) -> Vec<i64> {
    form.all("sheet").filter_map(|id| id.parse().ok()).collect()
}

/// What was done with the chosen sheets, and the first reason where something was not.
async fn answered(
    signed_in: &SignedIn,
    id: i64,
    answers: Result<Vec<Result<(), StepRefused>>, CycleFault>,
) -> Result<Response, PageError> {
    let answers = match answers {
        Ok(answers) => answers,
        Err(fault) => return refused(signed_in, id, &in_words(fault)?).await,
    };
    let done = answers.iter().filter(|answer| answer.is_ok()).count();
    match answers.iter().find_map(|answer| answer.as_ref().err()) {
        Some(why) => {
            let words = format!("{done}件を処理しました。ほかはできませんでした：{why}");
            refused(signed_in, id, &words).await
        }
        None => Ok(see_other(&format!("/cycles/{id}?done={done}"))),
    }
}

fn wanted_step(uri: &Uri, form: &Posted<256>) -> Result<Step, &'static str> {
    if uri.path().ends_with("/close") {
        return Ok(Step::Close);
    }
    let day = |name: &str| Day::parse(form.field(name));
    let Some(shown) = day("until") else {
        return Err("延長後の期限を、2024-06-14 の形で入力してください。");
    };
    Ok(Step::Extend(StageDates {
        shown,
        no_new_from: None,
        no_change_from: None,
    }))
}

/// The parts of a sheet with which a step can be taken.
fn parts_for(cycle: &Cycle, line: &SheetLine, wanted: &Step, context: &Context) -> Vec<Seen> {
    let action = wanted.kind().action();
    let can = possible(cycle, &line.state, context).into_iter();
    let fits = can.filter(|(part, can)| {
        let open = line.state.part(&part.stage, part.section.as_deref());
        *can == action && open.is_some_and(|part| !part.state.is_done())
    });
    fits.map(|(part, _): (Part, Action)| Seen {
        sheet: line.id,
        part,
        version: None,
    })
    .collect()
}

async fn refused(signed_in: &SignedIn, id: i64, words: &str) -> Result<Response, PageError> {
    let mut page = DeskPage::load(signed_in, id, &Wanted::default()).await?;
    page.wrongs = wrong_all(words);
    page.layout = page.layout.wrong();
    let answer = unkept(page::answer(&page, Format::Html))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

impl DeskPage {
    async fn load(signed_in: &SignedIn, id: i64, wanted: &Wanted) -> Result<Self, PageError> {
        let cycle = Cycle::load(&signed_in.staff().city(), id)
            .await?
            .ok_or(PageError::NotFound(None))?;
        let (own, leads) = own_lines(signed_in, &cycle).await?;
        let own: Vec<&SheetLine> = own.iter().collect();
        let context = signed_in.context()?;
        let write = Permission::WriteDraft;
        Ok(Self {
            writes: permits_somewhere(context.grants(), write, context.day()).is_ok(),
            ..Self::of(&cycle, &own, wanted, leads)
        })
    }

    fn of(cycle: &Cycle, own: &[&SheetLine], wanted: &Wanted, leads: bool) -> Self {
        let address = format!("/cycles/{}", cycle.kept.id);
        let is_state = |line: &SheetLine| {
            wanted.state.is_empty()
                || wanted.state == line.standing.key()
                || wanted.state == "overdue" && line.is_overdue()
        };
        let is_section = |line: &SheetLine| {
            wanted.section.is_empty()
                || line.sections.contains(&wanted.section)
                || wanted.section == NOBODY && line.sections.is_empty()
        };
        let found: Vec<&&SheetLine> = own
            .iter()
            .filter(|line| is_state(line) && is_section(line))
            .collect();
        let from = wanted.from.clamp(1, found.len().max(1));
        let part = found.iter().skip(from - 1).take(ROWS);
        let query = |from: usize| query(&cycle.kept.id, &wanted.state, &wanted.section, from);
        Self {
            layout: layout(&cycle.kept.label),
            sections: by_section(cycle, own),
            states: by_state(cycle, own, wanted),
            state: wanted.state.clone(),
            section: wanted.section.clone(),
            lines: part.map(|line| WorkLine::on_desk(cycle, line)).collect(),
            before: if from > 1 {
                query(from.saturating_sub(ROWS).max(1))
            } else {
                String::new()
            },
            behind: if from - 1 + ROWS < found.len() {
                query(from + ROWS)
            } else {
                String::new()
            },
            found: found.len(),
            address,
            from,
            known: if leads {
                cycle.sections_of_work()
            } else {
                Vec::new()
            },
            leads,
            writes: false,
            told: String::new(),
            wrongs: Vec::new(),
        }
    }
}

/// The sheets of a cycle that somebody may follow, and whether they lead it.
async fn own_lines(
    signed_in: &SignedIn,
    cycle: &Cycle,
) -> Result<(Vec<SheetLine>, bool), PageError> {
    let context = signed_in.context()?;
    let day = context.day();
    let mut own = lines(&signed_in.staff().city(), cycle, day).await?;
    own.retain(|line| {
        let subject = cycle.subject(&line.state, day);
        permits(context.grants(), Permission::ReadProgress, &subject, day).is_ok()
    });
    let whole = meguri_core::access::Subject::default();
    let leads = permits(context.grants(), Permission::Extend, &whole, day).is_ok();
    Ok((own, leads))
}

/// In place of the key of a section: the sheets that no section was given yet.
const NOBODY: &str = "-";

/// The address of some sheets of a desk.
fn query(cycle: &i64, state: &str, section: &str, from: usize) -> String {
    let section = utf8_percent_encode(section, NON_ALPHANUMERIC);
    format!("/cycles/{cycle}?state={state}&section={section}&from={from}")
}

fn by_state(cycle: &Cycle, own: &[&SheetLine], wanted: &Wanted) -> Vec<StateLink> {
    let link = |key: &str, label: &'static str, count: usize| StateLink {
        href: query(&cycle.kept.id, key, &wanted.section, 1),
        label,
        count,
        chosen: wanted.state == key,
    };
    let count = |state: State| own.iter().filter(|line| line.standing == state).count();
    let states = State::ALL.into_iter();
    let states = states.map(|state| link(state.key(), state.label(), count(state)));
    let overdue = own.iter().filter(|line| line.is_overdue()).count();
    let all = states.chain([link("overdue", "期限超過", overdue)]);
    all.filter(|link| link.count > 0).collect()
}

fn by_section(cycle: &Cycle, own: &[&SheetLine]) -> Vec<SectionView> {
    let mut sections: BTreeMap<&str, SectionView> = BTreeMap::new();
    for line in own {
        let nobody = line.sections.is_empty().then_some(NOBODY);
        for key in line.sections.iter().map(String::as_str).chain(nobody) {
            let view = sections.entry(key).or_insert_with(|| SectionView {
                href: query(&cycle.kept.id, "", key, 1),
                name: if key == NOBODY {
                    "担当課なし".to_owned()
                } else {
                    cycle.section_name(key)
                },
                ..SectionView::default()
            });
            match line.standing {
                State::NotBegun => view.not_begun += 1,
                State::BeingWritten | State::Ready => view.written += 1,
                State::ChangesRequested | State::ChangesMade => view.returned += 1,
                State::Submitted | State::SubmittedWithChanges | State::BeingChecked => {
                    view.sent += 1;
                }
                State::Approved | State::Accepted | State::Closed => view.done += 1,
            }
            view.overdue += usize::from(line.is_overdue());
        }
    }
    sections.into_values().collect()
}

fn layout(label: &str) -> Layout {
    let crumbs = vec![home(), Link::new("/cycles", "照会の一覧")];
    let layout = Layout::new(label, crumbs, "");
    layout.described(
        "照会の進み具合：未着手、記入中、提出済み、差戻し、承認済みの件数とシートの一覧です。",
    )
}

impl Page for DeskPage {
    const NAME: &'static str = "desk";

    fn samples() -> Vec<(&'static str, Self)> {
        let section = SectionView {
            href: "/cycles/1?section=s1".to_owned(),
            name: "障がい者支援課".to_owned(),
            not_begun: 3,
            written: 2,
            returned: 1,
            sent: 4,
            done: 5,
            overdue: 2,
        };
        let lines = WorkLine::samples();
        let states = State::ALL.map(|state| StateLink {
            href: query(&1, state.key(), "", 1),
            label: state.label(),
            count: 3,
            chosen: state == State::NotBegun,
        });
        let page = |leads| Self {
            layout: layout("令和5年度 施策評価"),
            address: "/cycles/1".to_owned(),
            sections: vec![section.clone()],
            states: states.to_vec(),
            state: String::new(),
            section: String::new(),
            found: lines.len(),
            lines: lines.clone(),
            from: 1,
            before: String::new(),
            behind: "/cycles/1?from=101".to_owned(),
            leads,
            known: vec!["障がい者支援課".to_owned()],
            writes: !leads,
            told: "3件のシートを処理しました。".to_owned(),
            wrongs: Vec::new(),
        };
        let mut wrong = page(true);
        wrong.wrongs = wrong_all(NONE_CHOSEN);
        vec![
            ("section", page(false)),
            ("planning", page(true)),
            ("wrong", wrong),
        ]
    }
}
