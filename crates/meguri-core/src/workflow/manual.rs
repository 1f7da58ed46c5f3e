//! The page of the manual that shows the whole table, state × role × action: `docs/workflow.md`.
//!
//! Each cell is asked of [`transition()`] itself, for an example route with two who approve.

use crate::access::{Grant, OwningSection, Role, Subject};
use crate::calendar::Day;
use crate::scheme::StageRoute;
use crate::workflow::{
    Action, Asker, ChangeRequest, Event, EventKind, Level, OWN_STAGE, Person, Refusal, Request,
    Route, RouteStage, SheetState, StageDates, State, state, transition,
};
use std::fmt::Write;

/// A situation of a part: its key, its name, and how it is reached.
pub(super) type Situation = (&'static str, &'static str, &'static [Action]);

const ASSIGNED: [Action; 1] = [Action::Assign];
const WRITTEN: [Action; 2] = [Action::Assign, Action::BeginDraft];
const SENT: [Action; 3] = [Action::Assign, Action::BeginDraft, Action::Submit];

use Action as A;

/// All situations that allow different things, in the order of progress.
pub(super) const SITUATIONS: [Situation; 17] = [
    ("not_assigned", "割当て前", &[]),
    ("not_begun", "未着手", &ASSIGNED),
    ("being_written", "記入中", &WRITTEN),
    (
        "ready",
        "記入済み",
        &[A::Assign, A::BeginDraft, A::MarkReady],
    ),
    ("submitted", "提出済み", &SENT),
    (
        "first_checks",
        "確認中（課長が確認）",
        &[A::Assign, A::BeginDraft, A::Submit, A::BeginCheck],
    ),
    (
        "first_approved",
        "確認中（課長が承認）",
        &[A::Assign, A::BeginDraft, A::Submit, A::Approve],
    ),
    (
        "second_checks",
        "確認中（課長が承認、部長が確認）",
        &[
            A::Assign,
            A::BeginDraft,
            A::Submit,
            A::Approve,
            A::BeginCheck,
        ],
    ),
    (
        "approved",
        "承認済み",
        &[A::Assign, A::BeginDraft, A::Submit, A::Approve, A::Approve],
    ),
    (
        "planning_checks",
        "承認済み（政策課が確認）",
        &[
            A::Assign,
            A::BeginDraft,
            A::Submit,
            A::Approve,
            A::Approve,
            A::BeginCheck,
        ],
    ),
    (
        "changes_requested",
        "差戻し",
        &[A::Assign, A::BeginDraft, A::Submit, A::Return],
    ),
    (
        "changes_made",
        "修正済み",
        &[
            A::Assign,
            A::BeginDraft,
            A::Submit,
            A::Return,
            A::MarkChangesMade,
        ],
    ),
    (
        "submitted_with_changes",
        "修正して提出済み",
        &[
            A::Assign,
            A::BeginDraft,
            A::Submit,
            A::Return,
            A::MarkChangesMade,
            A::Submit,
        ],
    ),
    (
        "accepted",
        "受理済み",
        &[
            A::Assign,
            A::BeginDraft,
            A::Submit,
            A::Approve,
            A::Approve,
            A::Accept,
        ],
    ),
    (
        "closed_unsent",
        "締切（未着手のまま）",
        &[A::Assign, A::Close],
    ),
    (
        "closed_sent",
        "締切（提出済み）",
        &[A::Assign, A::BeginDraft, A::Submit, A::Close],
    ),
    (
        "closed_accepted",
        "締切（受理済み）",
        &[
            A::Assign,
            A::BeginDraft,
            A::Submit,
            A::Approve,
            A::Approve,
            A::Accept,
            A::Close,
        ],
    ),
];

/// The section of the example, and its department.
const SECTION: &str = "tax";
const DEPARTMENT: &str = "finance";

/// A day within the dates of the example.
pub(super) const TODAY: (u16, u8, u8) = (2024, 5, 20);

fn day((year, month, date): (u16, u8, u8)) -> Day {
    Day::new(year, month, date).unwrap_or(Day::FIRST)
}

fn dates(shown: (u16, u8, u8)) -> StageDates {
    StageDates {
        shown: day(shown),
        no_new_from: None,
        no_change_from: None,
    }
}

/// The route of the example: 所管課 writes, 課長 and 部長 approve, 政策課 checks and accepts.
pub(super) fn example_route() -> Route {
    Route {
        stages: vec![RouteStage {
            key: OWN_STAGE.to_owned(),
            label: "所管課の評価".to_owned(),
            place: 0,
            route: StageRoute {
                approvers: vec![Role::SectionHead, Role::DepartmentHead],
                ..StageRoute::default()
            },
            dates: Some(dates((2024, 5, 31))),
        }],
    }
}

/// The sheet of the example: of one section, assigned to a committee.
pub(super) fn example_subject() -> Subject {
    Subject {
        sections: vec![OwningSection {
            section: SECTION.to_owned(),
            department: Some(DEPARTMENT.to_owned()),
        }],
        assigned: vec!["panel".to_owned()],
    }
}

/// Somebody with a role and every relation to the sheet that a role can have.
pub(super) fn related(role: Role) -> Grant {
    let grant = Grant::new(role).in_section(SECTION);
    grant.in_department(DEPARTMENT).assigned_as("panel")
}

/// An event kind of an action, with words and dates that are fit.
pub(super) fn kind(action: Action) -> EventKind {
    match action {
        Action::Assign => EventKind::Assigned,
        Action::BeginDraft => EventKind::DraftBegun,
        Action::ResumeDraft => EventKind::DraftResumed,
        Action::MarkReady => EventKind::MarkedReady,
        Action::MarkChangesMade => EventKind::ChangesMade { answer: None },
        Action::Submit => EventKind::Submitted,
        Action::TakeBack => EventKind::TakenBack,
        Action::BeginCheck => EventKind::CheckBegun,
        Action::Return => EventKind::Returned {
            requests: vec![ChangeRequest {
                field: None,
                words: "根拠の数値を書いてください。".to_owned(),
                finding: None,
            }],
        },
        Action::Approve => EventKind::Approved,
        Action::TakeBackApproval => EventKind::ApprovalTakenBack,
        Action::Accept => EventKind::Accepted,
        Action::Close => EventKind::Closed,
        Action::Reopen => EventKind::Reopened {
            reason: "集計後に誤りが見付かったため".to_owned(),
        },
        Action::Extend => EventKind::Extended {
            dates: dates((2024, 6, 28)),
        },
        Action::HandOver => EventKind::HandedOver {
            to: "accounts".to_owned(),
        },
    }
}

/// The events that lead to a situation, each by a person of its own.
pub(super) fn events_of(actions: &[Action]) -> Vec<Event> {
    let event = |(place, action): (usize, &Action)| Event {
        stage: OWN_STAGE.to_owned(),
        section: Some(SECTION.to_owned()),
        kind: kind(*action),
        by: Person {
            account: format!("person-{place}"),
            role: Role::Planning,
            deputy_of: None,
        },
        day: day(TODAY),
    };
    actions.iter().enumerate().map(event).collect()
}

/// What a role may do in a situation: the sheet afterwards, or why not.
pub(super) fn cell(
    situation: &Situation,
    role: Role,
    action: Action,
) -> Result<SheetState, Refusal> {
    let route = example_route();
    let mut events = events_of(situation.2);
    let request = Request {
        stage: OWN_STAGE,
        section: Some(SECTION),
        kind: kind(action),
        is_complete: true,
        asker: Asker {
            account: "asker",
            grants: &[related(role)],
            subject: &example_subject(),
            day: day(TODAY),
        },
    };
    events.push(transition(&route, &state(&route, &events), request)?);
    Ok(state(&route, &events))
}

const HEAD: &str = "# シートの状態と操作の一覧

シートが今どの状態にあり、だれが何をできるかの一覧です。この一覧は、画面とコマンドが使う判定（`crates/meguri-core/src/workflow.rs`）そのものから作られます。

- 状態は保存せず、記録（だれが、いつ、何をしたか）から毎回計算します。
- 提出すると、内容は動きません。提出した側は、次の人が確認を始める（又は承認する）まで、提出を取り戻せます。承認した人も、次の人が確認を始めるまで、承認を取り消せます。
- 差戻しには、直すところの説明が要ります。受理・締切の取消しには、理由が要ります。
- 提出した人は承認できず、提出又は承認した人は受理できません（代理を含む。設定の `same_person = true` で認められます）。
- 記入できるのは「記入中」と「差戻し」のときだけです。「記入済み」「修正済み」にした後でも、「記入を続ける」で直せます。
- 記入済みにすることと提出は、必須の項目がそろい、読めない数値がないときだけできます。
- 期限（`deadline`）を過ぎても記入できます。`no_new_from` の日からは記入を始められず、`no_change_from` の日からは記入・提出・取戻しができません。確認・承認は期限の後もできます。期限は課ごとに延長できます。
- 段階（一次・二次・外部・最終など）は、前の段階が受理又は締切になると始まります。並行する段階（`side_by_side = true`）は一緒に始まります。そのシートに割り当てていない段階は飛ばします。
- 前の段階が取り消されると、後の段階の操作は、前の段階がもう一度受理されるまで止まります。後の段階には「前の段階の内容が変わりました」と示します。
- 複数の課が共同で担当するシートは、課ごとに状態を持ちます。シートの状態は、最も遅れている課の状態です。ただし、どこかの課が始めていれば「記入中」です。
- 課が統合されたときは、引き継いだ課に状態も移ります。引き継いだ課も同じシートを担当していれば、遅れている方の状態になります。

次の例は、所管課が書き、課長・部長が順に承認し、政策課が確認して受理する段階です。それぞれの役割の人が、そのシートの課・部の人、割り当てられた委員であるとして、できることに「○」を付けています。表にない操作は、その状態ではだれもできません。ほかの課のシートには、政策課のほかはだれも何もできません。
";

/// The page: the levels of the example, then a table for each situation.
#[must_use]
pub fn manual() -> String {
    let mut page = HEAD.to_owned();
    page.push_str("\n## 例の経路\n\n| 順 | すること | 役割 |\n|---|---|---|\n");
    for (place, level) in levels().iter().enumerate() {
        let roles: Vec<&str> = level.roles.iter().map(|role| role.label()).collect();
        let (label, roles) = (level.action.label(), roles.join("、"));
        let _ = writeln!(page, "| {} | {label} | {roles} |", place + 1);
    }
    for situation in &SITUATIONS {
        let _ = write!(page, "\n## {}\n\n| 操作 | 次の状態 |", situation.1);
        for role in Role::ALL {
            let _ = write!(page, " {} |", role.label());
        }
        page.push_str("\n|---|---|");
        page.push_str(&"---|".repeat(Role::ALL.len()));
        page.push('\n');
        for action in Action::ALL {
            page.push_str(&line(situation, action));
        }
    }
    page
}

fn levels() -> Vec<Level> {
    let route = example_route();
    route.stages.iter().flat_map(RouteStage::levels).collect()
}

/// The line of an action; empty where nobody may do it.
fn line(situation: &Situation, action: Action) -> String {
    let cells = Role::ALL.map(|role| cell(situation, role, action).ok());
    let Some(next) = cells.iter().flatten().next() else {
        return String::new();
    };
    let mut line = format!("| {} | {} |", action.label(), word_of(next));
    for cell in &cells {
        line.push_str(if cell.is_some() { " ○ |" } else { "  |" });
    }
    line.push('\n');
    line
}

fn word_of(sheet: &SheetState) -> &'static str {
    let standing = sheet.standing();
    standing.map_or("", |standing| State::label(standing.state))
}
