//! The page of a sheet as it is now, for who looks.

use super::{
    BlockView, CheckView, CommentView, HistoryView, ItemView, PartView, RequestView, StageView,
    StepView, WorkSheetPage, layout,
};
use crate::asked::Asked;
use crate::assets;
use crate::error::PageError;
use crate::page::{self, Format};
use crate::staff::{SignedIn, unkept};
use crate::view::answer::AnswerView;
use crate::view::form::Wrong;
use crate::view::work_line::address;
use axum::extract::Path;
use axum::response::Response;
use meguri_app::actions::cycle::Part;
use meguri_app::cycle::Cycle;
use meguri_app::read::dates;
use meguri_app::read::work::{CommentKind, KeptComment, KeptEvent, SheetForm, sheet_form};
use meguri_core::calendar::Day;
use meguri_core::form::{Block, Body, IndicatorRow, ProjectRow, Question, Slot};
use meguri_core::verify::Finding;
use meguri_core::workflow::{Action, EventKind, State};

/// Rows of projects that a form has at most.
const MOST_ROWS: usize = 400;

/// `GET /cycles/{cycle}/sheets/{sheet}`
pub(crate) async fn show(
    signed_in: SignedIn,
    Path((cycle, sheet)): Path<(i64, i64)>,
    asked: Asked,
) -> Result<Response, PageError> {
    let rows = asked
        .query("rows")
        .and_then(|rows| rows.parse().ok())
        .unwrap_or(0);
    let form = load(&signed_in, cycle, sheet, rows).await?;
    let mut page = of(&form, false);
    page.told = match asked.query("done") {
        Some("saved") => "下書きを保存しました。まだ提出していません。",
        Some("sent") => "提出しました。",
        Some("done") => "処理しました。",
        Some("said") => "コメントを記録しました。",
        _ => "",
    }
    .to_owned();
    unkept(page::answer(&page, Format::Html))
}

/// The form for who is signed in.
pub(super) async fn load(
    signed_in: &SignedIn,
    cycle: i64,
    sheet: i64,
    rows: usize,
) -> Result<SheetForm, PageError> {
    let city = signed_in.staff().city();
    let context = signed_in.context()?;
    let cycle = Cycle::load(&city, cycle)
        .await?
        .ok_or(PageError::NotFound(None))?;
    let form = sheet_form(&city, cycle, sheet, rows.min(MOST_ROWS), &context).await?;
    form.ok_or(PageError::NotFound(None))
}

/// The page of a form; `tells` says what is missing beside each field.
pub(super) fn of(form: &SheetForm, tells: bool) -> WorkSheetPage {
    let kept = &form.cycle.kept;
    let blocks: Vec<BlockView> = form
        .blocks
        .iter()
        .map(|block| block_view(form, block, tells))
        .collect();
    let answers = || blocks.iter().flat_map(BlockView::all);
    let wrongs = answers()
        .filter(|answer| !answer.error.is_empty())
        .map(|answer| Wrong {
            field: answer.name.clone(),
            text: answer.error.clone(),
        });
    let wrongs: Vec<Wrong> = wrongs.collect();
    let sends = form.writes.iter().find(|part| {
        can(form, part, Action::Submit)
            || state_of(form, part) == Some(State::ChangesRequested)
            || state_of(form, part) == Some(State::NotBegun)
    });
    let fields = form.blocks.iter().flat_map(|block| block.body.questions());
    WorkSheetPage {
        layout: layout(kept.id, &kept.label, &form.work.sheet.label),
        address: address(kept.id, form.work.id),
        way: way(form),
        told: String::new(),
        requests: requests(form),
        findings: form
            .findings
            .iter()
            .map(|found| check_view(form, found))
            .collect(),
        writes: !form.writes.is_empty(),
        rows: form.work.sheet.listings.len(),
        answers: sends.is_some_and(|part| state_of(form, part) == Some(State::ChangesRequested)),
        sends: sends.map(PartView::of),
        can: steps(form),
        version: form.work.version,
        comments: comments(form),
        history: history(&form.work.events, &form.cycle),
        fields: fields
            .map(|q| (q.slot.to_string(), q.label.clone()))
            .collect(),
        missing: form.shown.values().filter(|shown| shown.is_missing).count(),
        changed: form
            .seen
            .map(|_| answers().filter(|answer| answer.changed).count()),
        script: if form.writes.is_empty() {
            ""
        } else {
            assets::script_path()
        },
        wrongs: if tells {
            wrongs
        } else {
            only_unreadable(form, &blocks)
        },
        blocks,
    }
    .noted()
}

/// What cannot be read is told at once; what is missing only when it is sent.
fn only_unreadable(form: &SheetForm, blocks: &[BlockView]) -> Vec<Wrong> {
    let unreadable = |name: &str| {
        let slot = Slot::parse(name);
        slot.is_some_and(|slot| form.shown.get(&slot).is_some_and(|s| !s.fault.is_empty()))
    };
    let answers = blocks.iter().flat_map(BlockView::all);
    answers
        .filter(|answer| unreadable(&answer.name))
        .map(|answer| Wrong {
            field: answer.name.clone(),
            text: answer.error.clone(),
        })
        .collect()
}

impl WorkSheetPage {
    fn noted(mut self) -> Self {
        if !self.wrongs.is_empty() {
            self.layout = self.layout.wrong();
        }
        self
    }
}

impl BlockView {
    /// All its answers, those of its rows too.
    pub(super) fn all(&self) -> impl Iterator<Item = &AnswerView> {
        self.answers
            .iter()
            .chain(self.items.iter().flat_map(|item| &item.answers))
    }
}

impl PartView {
    fn of(part: &Part) -> Self {
        Self {
            stage: part.stage.clone(),
            section: part.section.clone().unwrap_or_default(),
        }
    }
}

fn state_of(form: &SheetForm, part: &Part) -> Option<State> {
    let part = form.state.part(&part.stage, part.section.as_deref());
    part.map(|part| part.state)
}

fn can(form: &SheetForm, part: &Part, action: Action) -> bool {
    form.can
        .iter()
        .any(|(known, can)| known == part && *can == action)
}

fn japanese(day: Day) -> String {
    dates::japanese(&day.iso())
}

fn way(form: &SheetForm) -> Vec<StageView> {
    let now: Vec<&str> = form
        .state
        .current_stages()
        .map(|stage| stage.key.as_str())
        .collect();
    let stages = form
        .state
        .stages
        .iter()
        .filter(|stage| !stage.parts.is_empty());
    let view = |stage: &meguri_core::workflow::StageState| {
        let known = form.cycle.route.stage(&stage.key)?;
        let state = stage.state()?;
        let open = stage.parts.iter().find(|part| !part.state.is_done());
        let waiting = open.map(|part| part.waiting(known));
        let roles = waiting
            .iter()
            .flat_map(|w| &w.roles)
            .map(|role| role.label());
        let roles: Vec<&str> = roles.collect();
        let dates = open.map_or(known.dates, |part| part.dates(known));
        Some(StageView {
            label: known.label.clone(),
            state: state.key(),
            state_label: state.label().to_owned(),
            waits_for: roles.join("・"),
            since: waiting.map(|w| japanese(w.since)).unwrap_or_default(),
            deadline: dates.map(|dates| japanese(dates.shown)).unwrap_or_default(),
            now: now.contains(&stage.key.as_str()),
        })
    };
    stages.filter_map(view).collect()
}

fn label_of(form: &SheetForm, key: &str) -> String {
    let mut questions = form.blocks.iter().flat_map(|block| block.body.questions());
    let found = questions.find(|question| question.slot.to_string() == key);
    found.map_or_else(|| key.to_owned(), |question| question.label.clone())
}

fn requests(form: &SheetForm) -> Vec<RequestView> {
    let view = |request: &meguri_core::workflow::ChangeRequest| {
        let field = request.field.clone().unwrap_or_default();
        RequestView {
            label: if field.is_empty() {
                "シート全体".to_owned()
            } else {
                label_of(form, &field)
            },
            field,
            words: request.words.clone(),
        }
    };
    form.requests.iter().map(view).collect()
}

fn check_view(form: &SheetForm, found: &Finding) -> CheckView {
    let place = [&found.place.row, &found.place.field];
    let place: Vec<&str> = place.into_iter().flatten().map(String::as_str).collect();
    let field = found.place.field.as_deref();
    let mut blocks = form.blocks.iter();
    let block = blocks.find(|block| Some(block.label.as_str()) == field);
    CheckView {
        severity: found.severity.label(),
        code: found.code,
        place: place.join("、"),
        block: block.map(|block| block.field.clone()).unwrap_or_default(),
        message: found.message.clone(),
        hint: found.hint.clone(),
        steps: found.steps.clone(),
    }
}

fn block_view(form: &SheetForm, block: &Block, tells: bool) -> BlockView {
    let stage = match &block.stage {
        Some(key) => Some(key.clone()),
        None => form.cycle.route.own_stage().map(|stage| stage.key.clone()),
    };
    let writable = form
        .writes
        .iter()
        .any(|part| Some(&part.stage) == stage.as_ref());
    let answer = |question: &Question| {
        AnswerView::of(question, form.shown.get(&question.slot), writable, tells)
    };
    let mut view = BlockView {
        key: block.field.clone(),
        label: block.label.clone(),
        phase: block.phase.label(),
        help: block.help.clone().unwrap_or_default(),
        internal: !block.public,
        ..BlockView::default()
    };
    match &block.body {
        Body::Questions(questions) => view.answers = questions.iter().map(answer).collect(),
        Body::Indicators(rows) => {
            view.items = rows.iter().map(|row| indicator(row, &answer)).collect();
        }
        Body::Projects(rows) => {
            view.items = rows.iter().map(|row| project(row, &answer)).collect();
            view.grows = writable;
        }
        Body::Shown(lines) => view.shown.clone_from(lines),
    }
    view
}

fn indicator(row: &IndicatorRow, answer: &impl Fn(&Question) -> AnswerView) -> ItemView {
    let unit = row.unit.as_ref().map(|unit| format!("単位 {unit}"));
    let baseline = row.baseline.as_ref().map(|value| format!("基準値 {value}"));
    let said = |value: &Option<String>| value.clone().unwrap_or_default();
    let years = row.years.iter().map(|year| {
        [
            year.year.to_string(),
            said(&year.target),
            said(&year.actual),
            said(&year.rate),
        ]
    });
    ItemView {
        label: row.label.clone(),
        about: unit.into_iter().chain(baseline).collect(),
        years: years.collect(),
        answers: row.questions.iter().map(answer).collect(),
    }
}

fn project(row: &ProjectRow, answer: &impl Fn(&Question) -> AnswerView) -> ItemView {
    ItemView {
        label: if row.label.is_empty() {
            format!("追加する事業（{}行目）", row.item + 1)
        } else {
            row.label.clone()
        },
        about: row.about.clone(),
        years: Vec::new(),
        answers: row.questions.iter().map(answer).collect(),
    }
}

/// The steps that have a button: what the person may do besides writing and sending.
fn steps(form: &SheetForm) -> Vec<StepView> {
    let several = form.state.stages.iter().any(|stage| stage.parts.len() > 1);
    let view = |(part, action): &(Part, Action)| {
        let path = match action {
            Action::TakeBack => "take-back",
            Action::BeginCheck => "check",
            Action::Return => "return",
            Action::Approve => "approve",
            Action::TakeBackApproval => "take-back-approval",
            Action::Accept => "accept",
            Action::Reopen => "reopen",
            _ => return None,
        };
        let name = part
            .section
            .as_deref()
            .map(|key| form.cycle.section_name(key));
        Some(StepView {
            path,
            label: action.label().to_owned(),
            part: PartView::of(part),
            of: name.filter(|_| several).unwrap_or_default(),
            words: matches!(action, Action::Return | Action::Reopen),
            points: *action == Action::Return,
        })
    };
    form.can.iter().filter_map(view).collect()
}

fn comments(form: &SheetForm) -> Vec<CommentView> {
    let said = form
        .comments
        .iter()
        .filter(|kept| kept.comment.kind == CommentKind::Said);
    let view = |kept: &KeptComment| {
        let about = |other: &&KeptComment| other.comment.answers == Some(kept.number);
        let others = || form.comments.iter().filter(about);
        let field = kept.comment.field.as_deref();
        let answers = others().filter(|other| other.comment.kind == CommentKind::Answer);
        CommentView {
            number: kept.number,
            label: field.map(|field| label_of(form, field)).unwrap_or_default(),
            who: kept.by.who().to_owned(),
            when: dates::japanese(kept.by.moment()),
            words: kept.comment.words.clone(),
            answers: answers
                .map(|other| {
                    let (who, when) = (other.by.who(), dates::japanese(other.by.moment()));
                    [who.to_owned(), when, other.comment.words.clone()]
                })
                .collect(),
            done: others().any(|other| other.comment.kind == CommentKind::Done),
        }
    };
    said.map(view).collect()
}

/// What an event is called when it lies behind.
const fn happened(action: Action) -> &'static str {
    match action {
        Action::Assign => "割当て",
        Action::BeginDraft => "記入の開始",
        Action::ResumeDraft => "記入の再開",
        Action::MarkReady => "記入済み",
        Action::MarkChangesMade => "修正済み",
        Action::Submit => "提出",
        Action::TakeBack => "提出の取戻し",
        Action::BeginCheck => "確認の開始",
        Action::Return => "差戻し",
        Action::Approve => "承認",
        Action::TakeBackApproval => "承認の取消し",
        Action::Accept => "受理",
        Action::Close => "締切",
        Action::Reopen => "受理・締切の取消し",
        Action::Extend => "期限の延長",
        Action::HandOver => "引継ぎ",
    }
}

fn history(events: &[KeptEvent], cycle: &Cycle) -> Vec<HistoryView> {
    let view = |kept: &KeptEvent| {
        let event = &kept.event;
        let words = match &event.kind {
            EventKind::ChangesMade { answer } => answer.clone().unwrap_or_default(),
            EventKind::Returned { requests } => {
                let words: Vec<&str> = requests.iter().map(|r| r.words.as_str()).collect();
                words.join("／")
            }
            EventKind::Reopened { reason } => reason.clone(),
            EventKind::Extended { dates } => format!("{}まで", japanese(dates.shown)),
            EventKind::HandedOver { to } => cycle.section_name(to),
            _ => String::new(),
        };
        let section = event.section.as_deref().map(|key| cycle.section_name(key));
        let section = section
            .map(|name| format!("（{name}）"))
            .unwrap_or_default();
        HistoryView {
            when: dates::japanese(&kept.moment),
            who: format!("{}（{}）", event.by.account, event.by.role.label()),
            what: format!("{}{section}", happened(event.kind.action())),
            words,
        }
    };
    events.iter().rev().map(view).collect()
}
