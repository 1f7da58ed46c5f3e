//! What holds of every list of events, allowed or not.

use super::*;
use crate::workflow::manual::kind;
use proptest::prelude::*;

const SECTIONS: [&str; 2] = ["tax", "roads"];
const STAGES: [&str; 3] = ["own", "second", "panel"];

/// Three stages: the sections, then two side by side; two approve the first.
fn route() -> Route {
    let mut own = stage("own", 0);
    own.route.approvers = vec![Role::SectionHead, Role::DepartmentHead];
    own.dates = Some(StageDates {
        shown: day("2024-05-31"),
        no_new_from: Some(day("2024-06-10")),
        no_change_from: Some(day("2024-06-20")),
    });
    let mut second = stage("second", 1);
    second.route.writers = vec![Role::Planning];
    second.route.approvers = Vec::new();
    second.route.same_person = true;
    let mut panel = stage("panel", 1);
    panel.route.writers = vec![Role::Committee];
    panel.route.approvers = vec![Role::Committee];
    Route {
        stages: vec![own, second, panel],
    }
}

/// A step that somebody tries: who, as what, where, what, when.
type Step = (usize, Role, usize, usize, Action, i32, bool);

/// The roles that have a part.
const USUAL: [Role; 5] = [
    Role::Entry,
    Role::SectionHead,
    Role::DepartmentHead,
    Role::Planning,
    Role::Committee,
];

/// The usual steps come more often, so that a sheet gets far.
fn any_step() -> impl Strategy<Value = Step> {
    use Action as A;
    let role = prop_oneof![
        9 => prop::sample::select(USUAL.to_vec()),
        1 => prop::sample::select(Role::ALL.to_vec()),
    ];
    let forward = [A::Assign, A::BeginDraft, A::Submit, A::Approve, A::Accept];
    let around = [
        A::MarkReady,
        A::MarkChangesMade,
        A::ResumeDraft,
        A::BeginCheck,
        A::Return,
        A::TakeBack,
        A::TakeBackApproval,
    ];
    let action = prop_oneof![
        12 => prop::sample::select(forward.to_vec()),
        6 => prop::sample::select(around.to_vec()),
        1 => prop::sample::select(Action::ALL.to_vec()),
    ];
    let stage = prop_oneof![2 => Just(0usize), 1 => 1..3usize];
    let days = prop_oneof![4 => 0..11i32, 1 => 0..40i32];
    (
        0..6usize,
        role,
        stage,
        0..2usize,
        action,
        days,
        prop::bool::weighted(0.9),
    )
}

const ACCOUNTS: [&str; 6] = ["aoki", "baba", "chiba", "doi", "endo", "fuji"];

fn request<'a>(step: &Step, grants: &'a [Grant], subject: &'a Subject) -> Request<'a> {
    let (who, _, stage, section, action, days, is_complete) = *step;
    Request {
        stage: STAGES[stage],
        section: Some(SECTIONS[section]),
        kind: kind_of(action, section),
        is_complete,
        asker: Asker {
            account: ACCOUNTS[who],
            grants,
            subject,
            day: day("2024-05-20").plus_days(days).expect("a day"),
        },
    }
}

/// Parts go from one section of the sheet to the other.
fn kind_of(action: Action, section: usize) -> EventKind {
    match action {
        Action::HandOver => EventKind::HandedOver {
            to: SECTIONS[1 - section].to_owned(),
        },
        action => kind(action),
    }
}

/// Every other person has all usual roles, as in a small town.
fn grants_of(step: &Step) -> Vec<Grant> {
    let department = ["finance", "works"][step.3];
    let grant = |role: &Role| {
        let grant = Grant::new(*role).in_section(SECTIONS[step.3]);
        grant.in_department(department).assigned_as("panel")
    };
    let more = USUAL.iter().filter(|_| step.0.is_multiple_of(2));
    std::iter::once(&step.1).chain(more).map(grant).collect()
}

/// What holds of a part wherever it is.
fn check_part(stage: &RouteStage, part: &PartState) -> Result<(), TestCaseError> {
    let approvers = stage.route.approvers.len();
    let approvals = part.approved_by.len();
    prop_assert!(approvals <= approvers);
    let is_sent = part.state.is_locked() && part.state != State::Closed;
    prop_assert_eq!(
        is_sent && part.submitted_by.is_none(),
        false,
        "sent by nobody"
    );
    prop_assert_eq!(is_sent && part.submissions == 0, false, "sent never");
    prop_assert_eq!(
        part.state.is_writable() && approvals > 0,
        false,
        "approved text moves"
    );
    if matches!(part.state, State::Approved | State::Accepted) {
        prop_assert_eq!(approvals, approvers, "not all approved");
    }
    if part.state == State::ChangesRequested {
        prop_assert!(!part.requests.is_empty(), "came back without words");
    }
    prop_assert_eq!(part.state == State::Closed, part.closed_from.is_some());
    Ok(())
}

fn check_persons(stage: &RouteStage, part: &PartState) -> Result<(), TestCaseError> {
    let sender = part.submitted_by.iter();
    let mut own = sender.flat_map(|s| part.approved_by.iter().map(move |a| (s, a)));
    let is_own = own.any(|(sender, approver)| sender.account == approver.account);
    prop_assert!(
        stage.route.same_person || !is_own,
        "approved by who sent it"
    );
    Ok(())
}

/// Does an action lead forward?
fn leads_forward(action: Action) -> bool {
    matches!(
        action,
        Action::BeginDraft
            | Action::MarkReady
            | Action::MarkChangesMade
            | Action::Submit
            | Action::BeginCheck
            | Action::Approve
            | Action::Accept
            | Action::Close
            | Action::Extend
    )
}

/// Walks along the steps that are allowed; each with the sheet before and after it.
fn walk(steps: &[Step]) -> Vec<(Event, SheetState, SheetState)> {
    let (route, subject) = (route(), joint());
    let mut events: Vec<Event> = Vec::new();
    let mut walked = Vec::new();
    for step in steps {
        let before = state(&route, &events);
        let grants = grants_of(step);
        if let Ok(event) = transition(&route, &before, request(step, &grants, &subject)) {
            events.push(event.clone());
            walked.push((event, before, state(&route, &events)));
        }
    }
    walked
}

/// The walks of the properties go everywhere, so that they say something.
#[test]
fn random_walks_reach_every_state_by_every_action() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let steps = prop::collection::vec(any_step(), 400);
    let (mut states, mut actions, mut moved) = (Vec::new(), Vec::new(), false);
    for _ in 0..150 {
        let steps = steps.new_tree(&mut runner).expect("steps").current();
        for (event, _, after) in walk(&steps) {
            actions.push(event.kind.action());
            states.extend(
                after
                    .stages
                    .iter()
                    .flat_map(|s| &s.parts)
                    .map(|part| part.state),
            );
            moved |= after.stages.iter().any(|stage| stage.basis_moved);
        }
    }
    for state in State::ALL {
        assert!(states.contains(&state), "{state:?}");
    }
    for action in Action::ALL {
        assert!(actions.contains(&action), "{action:?}");
    }
    assert!(moved, "a stage is opened again under a later one");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    /// What is refused leaves no trace; what is allowed always fits; no way leads to a state that
    /// breaks a rule.
    #[test]
    fn no_way_of_allowed_steps_breaks_a_rule(steps in prop::collection::vec(any_step(), 0..120)) {
        let route = route();
        for (event, before, after) in walk(&steps) {
            prop_assert!(after.ignored.is_empty(), "{:?}", event);
            if leads_forward(event.kind.action()) {
                prop_assert!(after.standing() >= before.standing(), "{:?}", event);
            }
            for (stage, of_route) in after.stages.iter().zip(&route.stages) {
                for part in &stage.parts {
                    check_part(of_route, part)?;
                    check_persons(of_route, part)?;
                }
            }
        }
    }

    /// Events that nobody allowed: the fold is total, leaves out what does not fit, and reaches no
    /// state that breaks a rule of the table.
    #[test]
    fn any_list_of_events_has_a_state_that_could_have_been_reached(
        steps in prop::collection::vec(any_step(), 0..80),
    ) {
        let route = route();
        let event = |step: &Step| Event {
            stage: STAGES[step.2].to_owned(),
            section: Some(SECTIONS[step.3].to_owned()),
            kind: kind_of(step.4, step.3),
            by: Person { account: ACCOUNTS[step.0].to_owned(), role: step.1, deputy_of: None },
            day: day("2024-05-20"),
        };
        let events: Vec<Event> = steps.iter().map(event).collect();
        let whole = state(&route, &events);
        let kept = events.iter().enumerate().filter(|(at, _)| !whole.ignored.contains(at));
        let kept: Vec<Event> = kept.map(|(_, event)| event.clone()).collect();
        let again = state(&route, &kept);
        prop_assert!(again.ignored.is_empty());
        prop_assert_eq!(&again.stages, &whole.stages);
        for (stage, of_route) in whole.stages.iter().zip(&route.stages) {
            for part in &stage.parts {
                check_part(of_route, part)?;
            }
        }
    }

    /// A part that moves on never moves the sheet back.
    #[test]
    fn the_state_of_parts_follows_each_part(
        parts in prop::collection::vec(prop::sample::select(State::ALL.to_vec()), 1..5),
        at in 0..5usize,
        on in prop::sample::select(State::ALL.to_vec()),
    ) {
        let before = State::of_parts(parts.iter().copied()).expect("a state");
        prop_assert!(parts.iter().all(|part| *part >= before || *part == State::NotBegun));
        let mut moved = parts.clone();
        if let Some(part) = moved.get_mut(at) {
            *part = (*part).max(on);
        }
        prop_assert!(State::of_parts(moved) >= Some(before));
        let all_same = parts.iter().all(|part| *part == parts[0]);
        prop_assert!(!all_same || before == parts[0]);
    }
}
