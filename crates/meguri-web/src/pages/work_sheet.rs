//! One sheet of a cycle: written by its section, looked at by those who approve.

mod posted;
mod samples;
mod show;
mod steps;

pub(crate) use posted::{autosave, save};
pub(crate) use show::show;
pub(crate) use steps::{comment, step};

use crate::page::{Layout, Link, Page};
use crate::view::answer::AnswerView;
use crate::view::crumbs::home;
use crate::view::form::{Wrong, wrong_all};
use askama::Template;
use serde::Serialize;

/// The page.
#[derive(Debug, Default, Serialize, Template)]
#[template(path = "work_sheet.html")]
pub struct WorkSheetPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// Its own address.
    pub address: String,
    /// The way of the sheet: the stages with where it is.
    pub way: Vec<StageView>,
    /// What was done.
    pub told: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// What is asked to be changed.
    pub requests: Vec<RequestView>,
    /// What the rules have to say.
    pub findings: Vec<CheckView>,
    /// The parts of the form.
    pub blocks: Vec<BlockView>,
    /// May who looks write something on it?
    pub writes: bool,
    /// How many rows of projects the form has.
    pub rows: usize,
    /// The part that is sent, where who looks may send one.
    pub sends: Option<PartView>,
    /// Did it come back, so that an answer is asked for?
    pub answers: bool,
    /// What else who looks may do.
    pub can: Vec<StepView>,
    /// The version that is shown.
    pub version: i64,
    /// What was said about it.
    pub comments: Vec<CommentView>,
    /// What happened to it, the newest first.
    pub history: Vec<HistoryView>,
    /// The fields to which a return or a comment may point: key and label.
    pub fields: Vec<(String, String)>,
    /// How many things are still missing.
    pub missing: usize,
    /// How many answers changed since who looks looked last; `None` = they never looked.
    pub changed: Option<usize>,
    /// The script's address.
    pub script: &'static str,
}

/// One stage on the way.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StageView {
    /// Its name.
    pub label: String,
    /// The key of its state.
    pub state: &'static str,
    /// Its state in words.
    pub state_label: String,
    /// Who has it now; empty where nobody.
    pub waits_for: String,
    /// Since when.
    pub since: String,
    /// Until when.
    pub deadline: String,
    /// Does it have the sheet now?
    pub now: bool,
}

/// Something that is to be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RequestView {
    /// The key of the field; empty = the whole sheet.
    pub field: String,
    /// Its label.
    pub label: String,
    /// What is to be done.
    pub words: String,
}

/// Something that a rule found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CheckView {
    /// How much it weighs.
    pub severity: &'static str,
    /// Its rule.
    pub code: &'static str,
    /// Where: the row and the field.
    pub place: String,
    /// The part of the form; empty where it is about the whole.
    pub block: String,
    /// What is the matter.
    pub message: String,
    /// What to do.
    pub hint: String,
    /// How it was computed.
    pub steps: Vec<String>,
}

/// One part of the form.
#[derive(Clone, Debug, Default, Serialize)]
pub struct BlockView {
    /// The key of its field.
    pub key: String,
    /// Its label.
    pub label: String,
    /// PLAN, DO, CHECK, ACTION.
    pub phase: &'static str,
    /// A word of help.
    pub help: String,
    /// Is it for the city alone?
    pub internal: bool,
    /// What it asks, outside of rows.
    pub answers: Vec<AnswerView>,
    /// Its rows: indicators or projects.
    pub items: Vec<ItemView>,
    /// What stands there and is not asked.
    pub shown: Vec<String>,
    /// Can rows be added?
    pub grows: bool,
}

/// One indicator or project.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ItemView {
    /// Its name.
    pub label: String,
    /// What is told beside it.
    pub about: Vec<String>,
    /// Its years: year, target, actual, rate, as printed.
    pub years: Vec<[String; 4]>,
    /// What is asked.
    pub answers: Vec<AnswerView>,
}

/// A part of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// Key of the stage.
    pub stage: String,
    /// Key of the section; empty = the sheet as a whole.
    pub section: String,
}

/// A step that can be taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StepView {
    /// The end of its address.
    pub path: &'static str,
    /// What it does.
    pub label: String,
    /// The part.
    pub part: PartView,
    /// The name of the part, where there are several; empty else.
    pub of: String,
    /// Does it need words?
    pub words: bool,
    /// Does it point at a field?
    pub points: bool,
}

/// Something that was said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CommentView {
    /// Its number.
    pub number: i64,
    /// The label of the field; empty = the whole sheet.
    pub label: String,
    /// Who said it.
    pub who: String,
    /// When.
    pub when: String,
    /// Its words.
    pub words: String,
    /// Its answers: who, when, words.
    pub answers: Vec<[String; 3]>,
    /// Is it settled?
    pub done: bool,
}

/// Something that happened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct HistoryView {
    /// When.
    pub when: String,
    /// Who, as what.
    pub who: String,
    /// What.
    pub what: String,
    /// The words of it.
    pub words: String,
}

fn layout(cycle: i64, cycle_label: &str, label: &str) -> Layout {
    let crumbs = vec![
        home(),
        Link::new("/cycles", "照会の一覧"),
        Link::new(format!("/cycles/{cycle}"), cycle_label),
    ];
    let layout = Layout::new(label, crumbs, "");
    layout.described("評価シートの記入・確認・承認の画面です。")
}

impl Page for WorkSheetPage {
    const NAME: &'static str = "work_sheet";

    fn samples() -> Vec<(&'static str, Self)> {
        let mut wrong = Self::sample(true);
        if let Some(answer) = wrong.blocks.iter_mut().flat_map(|b| &mut b.answers).next() {
            answer.error = "「成果」を入力してください。".to_owned();
            let field = answer.name.clone();
            wrong.wrongs = vec![Wrong {
                field,
                text: "「成果」を入力してください。".to_owned(),
            }];
        }
        wrong.layout = wrong.layout.wrong();
        let mut whole = Self::sample(false);
        whole.wrongs = wrong_all("シートの内容が変わりました。");
        vec![
            ("write", Self::sample(true)),
            ("wrong", wrong),
            ("look", Self::sample(false)),
            ("stale", whole),
        ]
    }
}
