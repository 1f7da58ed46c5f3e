//! The rules around the table: four eyes, deputies, dates, stages, sections together.

use super::*;
use crate::access::{Appointment, Validity, Why, appoint_deputy};
use crate::scheme::StageOrder;

const OWN: (&str, &str) = ("own", "tax");

/// A sheet whose part `tax` was sent by the clerk `aoki`.
fn sent() -> (Case, Actor, Actor, Actor) {
    let mut case = Case::new(vec![stage("own", 0)]);
    let (clerk, chief, desk) = (entry("aoki", "tax"), head("baba", "tax"), planning("chiba"));
    case.must(&desk, OWN, Action::Assign);
    case.must(&clerk, OWN, Action::BeginDraft);
    case.must(&clerk, OWN, Action::Submit);
    (case, clerk, chief, desk)
}

#[test]
fn who_sent_it_does_not_approve_or_accept_it() {
    let (mut case, _, chief, _) = sent();
    let both = Actor {
        account: "aoki",
        grants: vec![
            Grant::new(Role::SectionHead).in_section("tax"),
            Grant::new(Role::Planning),
        ],
    };
    assert_eq!(
        case.refusal(&both, OWN, Action::Approve),
        Refusal::SamePerson
    );
    case.must(&chief, OWN, Action::Approve);
    assert_eq!(
        case.refusal(&both, OWN, Action::Accept),
        Refusal::SamePerson
    );
    // Who approved does not accept either.
    let chief_at_the_desk = Actor {
        account: "baba",
        grants: vec![Grant::new(Role::Planning)],
    };
    assert_eq!(
        case.refusal(&chief_at_the_desk, OWN, Action::Accept),
        Refusal::SamePerson
    );
    // A small town says otherwise.
    case.route.stages[0].route.same_person = true;
    case.must(&both, OWN, Action::Accept);
}

#[test]
fn a_deputy_counts_as_both_persons() {
    let own = Grant::new(Role::SectionHead).in_section("tax");
    let who = Appointment {
        of: "baba",
        deputy: "aoki",
        by: "baba",
    };
    let deputy = appoint_deputy(&own, who, Validity::default()).expect("a deputy");
    let (mut case, ..) = sent();
    let clerk_as_deputy = Actor {
        account: "aoki",
        grants: vec![deputy],
    };
    assert_eq!(
        case.refusal(&clerk_as_deputy, OWN, Action::Approve),
        Refusal::SamePerson
    );
    let who = Appointment {
        of: "baba",
        deputy: "doi",
        by: "aoki",
    };
    let other = appoint_deputy(&own, who, Validity::default()).expect("a deputy");
    let colleague = Actor {
        account: "doi",
        grants: vec![other],
    };
    case.must(&colleague, OWN, Action::Approve);
    let by = &case.events.last().expect("an event").by;
    assert_eq!(
        (by.account.as_str(), by.deputy_of.as_deref()),
        ("doi", Some("baba"))
    );
    // Whom somebody stood in for is behind it too.
    let principal = Actor {
        account: "baba",
        grants: vec![Grant::new(Role::Planning)],
    };
    assert_eq!(
        case.refusal(&principal, OWN, Action::Accept),
        Refusal::SamePerson
    );
}

#[test]
fn a_deputy_of_the_last_day_needs_no_administrator() {
    let (mut case, ..) = sent();
    let own = Grant::new(Role::SectionHead).in_section("tax");
    let who = Appointment {
        of: "baba",
        deputy: "doi",
        by: "aoki",
    };
    let last = Validity {
        from: Some(day("2024-05-31")),
        until: Some(day("2024-05-31")),
    };
    let deputy = Actor {
        account: "doi",
        grants: vec![appoint_deputy(&own, who, last).expect("a deputy")],
    };
    let early = case.refusal(&deputy, OWN, Action::Approve);
    assert!(matches!(early, Refusal::Access(refusal) if refusal.why == Why::NotValid));
    case.today = day("2024-05-31");
    case.must(&deputy, OWN, Action::Approve);
}

#[test]
fn each_level_takes_back_until_the_next_has_taken_it_up() {
    let (mut case, clerk, chief, desk) = sent();
    case.must(&clerk, OWN, Action::TakeBack);
    assert_eq!(case.part("own", "tax"), State::BeingWritten);
    case.must(&clerk, OWN, Action::Submit);
    case.must(&chief, OWN, Action::BeginCheck);
    assert_eq!(
        case.refusal(&clerk, OWN, Action::TakeBack),
        Refusal::TakenUp
    );
    case.must(&chief, OWN, Action::Approve);
    case.must(&chief, OWN, Action::TakeBackApproval);
    assert_eq!(
        case.refusal(&clerk, OWN, Action::TakeBack),
        Refusal::TakenUp
    );
    case.must(&chief, OWN, Action::Approve);
    case.must(&desk, OWN, Action::BeginCheck);
    assert_eq!(
        case.refusal(&chief, OWN, Action::TakeBackApproval),
        Refusal::TakenUp
    );
    case.must(&desk, OWN, Action::Accept);
    assert_eq!(case.part("own", "tax"), State::Accepted);
    let state = case.state();
    let part = state.part("own", Some("tax")).expect("a part");
    assert_eq!((part.submissions, part.approved_by.len()), (2, 1));
}

#[test]
fn the_second_level_waits_for_the_first() {
    let mut stage = stage("own", 0);
    stage.route.approvers = vec![Role::SectionHead, Role::DepartmentHead];
    let mut case = Case::new(vec![stage]);
    let clerk = entry("aoki", "tax");
    let director = Actor {
        account: "endo",
        grants: vec![Grant::new(Role::DepartmentHead).in_department("finance")],
    };
    case.must(&planning("chiba"), OWN, Action::Assign);
    case.must(&clerk, OWN, Action::BeginDraft);
    case.must(&clerk, OWN, Action::Submit);
    let roles = vec![Role::SectionHead];
    assert_eq!(
        case.refusal(&director, OWN, Action::Approve),
        Refusal::NotYourTurn { roles }
    );
    case.must(&head("baba", "tax"), OWN, Action::Approve);
    let state = case.state();
    let part = state.part("own", Some("tax")).expect("a part");
    assert_eq!(
        part.waiting(&case.route.stages[0]).roles,
        [Role::DepartmentHead]
    );
    case.must(&director, OWN, Action::Approve);
    assert_eq!(case.part("own", "tax"), State::Approved);
}

#[test]
fn a_return_needs_words_and_keeps_them_until_the_next() {
    let (mut case, clerk, chief, _) = sent();
    let request = |words: &str| ChangeRequest {
        field: Some("reason".to_owned()),
        words: words.to_owned(),
        finding: Some("V001".to_owned()),
    };
    for requests in [
        vec![],
        vec![request("　")],
        vec![request("直してください"), request("")],
    ] {
        let done = case.act(&chief, OWN, EventKind::Returned { requests });
        assert_eq!(done, Err(Refusal::NoWords));
    }
    let requests = vec![request("達成率の理由を書いてください")];
    let returned = EventKind::Returned {
        requests: requests.clone(),
    };
    assert_eq!(case.act(&chief, OWN, returned), Ok(()));
    case.must(&clerk, OWN, Action::MarkChangesMade);
    case.must(&clerk, OWN, Action::Submit);
    let state = case.state();
    let part = state.part("own", Some("tax")).expect("a part");
    assert_eq!(part.state, State::SubmittedWithChanges);
    assert_eq!(part.requests, requests, "the reviewer sees what was asked");
    let done = case.act(
        &planning("chiba"),
        OWN,
        EventKind::Reopened {
            reason: " ".to_owned(),
        },
    );
    assert!(
        matches!(done, Err(Refusal::WrongState { .. })),
        "state before words"
    );
}

#[test]
fn what_is_incomplete_is_not_sent() {
    let (mut case, clerk, ..) = sent();
    case.must(&clerk, OWN, Action::TakeBack);
    case.is_complete = false;
    for action in [Action::MarkReady, Action::Submit] {
        assert_eq!(case.refusal(&clerk, OWN, action), Refusal::Incomplete);
    }
}

/// Day, what a section that has not begun can do, what one that is writing can do.
#[test]
fn three_dates_bind_the_writers_and_nobody_else() {
    let mut own = stage("own", 0);
    let from = |text: &str| Some(day(text));
    own.dates = Some(StageDates {
        shown: day("2024-05-31"),
        no_new_from: from("2024-06-10"),
        no_change_from: from("2024-06-20"),
    });
    let no_new = Err(Refusal::NoNewEntry {
        from: day("2024-06-10"),
    });
    let no_change = Err(Refusal::NoChange {
        from: day("2024-06-20"),
    });
    let cases = [
        ("2024-05-31", Timing::InTime, Ok(()), Ok(())),
        ("2024-06-03", Timing::Overdue, Ok(()), Ok(())),
        ("2024-06-10", Timing::NoNewEntry, no_new, Ok(())),
        ("2024-06-20", Timing::NoChange, no_change.clone(), no_change),
    ];
    for (text, timing, begins, sends) in cases {
        let (desk, clerk) = (planning("chiba"), entry("aoki", "tax"));
        let mut case = Case::new(vec![own.clone()]);
        case.must(&desk, OWN, Action::Assign);
        case.today = day(text);
        let dates = own.dates.expect("dates");
        assert_eq!(dates.timing(case.today), timing, "{text}");
        assert_eq!(
            case.act(&clerk, OWN, EventKind::DraftBegun),
            begins,
            "{text}"
        );
        case.today = day("2024-05-20");
        case.events.truncate(1);
        case.must(&clerk, OWN, Action::BeginDraft);
        case.today = day(text);
        let sheet = case.state();
        let saved = may_write(
            &case.route,
            &sheet,
            ("own", Some("tax")),
            case.asker(&clerk),
        );
        assert_eq!(saved.map(|_| ()), sends, "{text}: a save of the draft");
        assert_eq!(case.act(&clerk, OWN, EventKind::Submitted), sends, "{text}");
        // More time for this one section.
        let later = StageDates {
            shown: day("2024-06-28"),
            no_new_from: None,
            no_change_from: None,
        };
        assert_eq!(
            case.act(&desk, OWN, EventKind::Extended { dates: later }),
            Ok(())
        );
        assert_eq!(
            case.act(&desk, OWN, EventKind::Extended { dates }),
            Err(Refusal::NotLater),
            "never less"
        );
        if case.part("own", "tax") == State::BeingWritten {
            case.must(&clerk, OWN, Action::Submit);
        }
        case.today = day("2024-09-01");
        case.must(&head("baba", "tax"), OWN, Action::Approve);
    }
}

#[test]
fn a_stage_waits_for_those_before_it_and_not_for_those_beside_it() {
    let mut second = stage("second", 1);
    second.route.writers = vec![Role::Planning];
    second.route.approvers = Vec::new();
    let mut panel = stage("panel", 1);
    panel.route.order = StageOrder::SideBySide;
    panel.route.writers = vec![Role::Committee];
    panel.route.approvers = Vec::new();
    let mut case = Case::new(vec![stage("own", 0), second, panel]);
    let (clerk, chief, desk) = (entry("aoki", "tax"), head("baba", "tax"), planning("chiba"));
    let other_desk = planning("fuji");
    let member = Actor {
        account: "goto",
        grants: vec![Grant::new(Role::Committee).assigned_as("panel")],
    };
    for key in ["own", "second", "panel"] {
        case.must(&desk, (key, "tax"), Action::Assign);
    }
    let waits = Refusal::WaitsFor {
        stage: "own".to_owned(),
    };
    assert_eq!(
        case.refusal(&desk, ("second", "tax"), Action::BeginDraft),
        waits
    );
    case.must(&clerk, OWN, Action::BeginDraft);
    case.must(&clerk, OWN, Action::Submit);
    case.must(&chief, OWN, Action::Approve);
    case.must(&desk, OWN, Action::Accept);
    for (actor, key) in [(&member, "panel"), (&desk, "second")] {
        case.must(actor, (key, "tax"), Action::BeginDraft);
        case.must(actor, (key, "tax"), Action::Submit);
    }
    let state = case.state();
    let current: Vec<&str> = state
        .current_stages()
        .map(|stage| stage.key.as_str())
        .collect();
    assert_eq!(current, ["second", "panel"]);
    assert_eq!(
        state.standing().map(|s| (s.place, s.state)),
        Some((1, State::Submitted))
    );
    case.must(&other_desk, ("second", "tax"), Action::Accept);

    // The first stage is opened again: the others stop, and are told that their ground moved.
    case.must(&desk, OWN, Action::Reopen);
    assert_eq!(case.refusal(&desk, ("panel", "tax"), Action::Accept), waits);
    let state = case.state();
    assert!(state.stages.iter().skip(1).all(|stage| stage.basis_moved));
    assert_eq!(
        state.standing().map(|s| (s.place, s.state)),
        Some((0, State::ChangesRequested))
    );
    case.must(&clerk, OWN, Action::MarkChangesMade);
    case.must(&clerk, OWN, Action::Submit);
    case.must(&chief, OWN, Action::Approve);
    case.must(&desk, OWN, Action::Accept);
    case.must(&desk, ("panel", "tax"), Action::Accept);
    let moved: Vec<bool> = case
        .state()
        .stages
        .iter()
        .map(|stage| stage.basis_moved)
        .collect();
    assert_eq!(
        moved,
        [false, true, false],
        "the second opinion was not looked at again"
    );
}

#[test]
fn a_stage_that_a_sheet_takes_no_part_in_is_passed_over() {
    let mut case = Case::new(vec![stage("own", 0), stage("outside", 1), stage("last", 2)]);
    let (desk, clerk) = (planning("chiba"), entry("aoki", "tax"));
    case.must(&desk, OWN, Action::Assign);
    case.must(&desk, ("last", "tax"), Action::Assign);
    case.must(&desk, OWN, Action::Close);
    case.must(&clerk, ("last", "tax"), Action::BeginDraft);
    let missing = case.refusal(&clerk, ("outside", "tax"), Action::BeginDraft);
    assert_eq!(missing, Refusal::NotAssigned);
    assert_eq!(case.state().standing().map(|s| s.place), Some(2));
}

#[test]
fn sections_that_own_a_sheet_together_have_a_state_each() {
    let (mut case, ..) = sent();
    let roads = ("own", "roads");
    case.must(&planning("chiba"), roads, Action::Assign);
    let state = |case: &Case| case.state().standing().map(|s| s.state);
    assert_eq!(state(&case), Some(State::BeingWritten), "one has begun");
    let strange = case.refusal(&entry("aoki", "tax"), roads, Action::BeginDraft);
    assert!(
        strange.is_about_the_person(),
        "one section does not write the other's part"
    );
    let other = entry("hara", "roads");
    case.must(&other, roads, Action::BeginDraft);
    case.must(&other, roads, Action::Submit);
    assert_eq!(state(&case), Some(State::Submitted));
    case.must(&head("baba", "tax"), OWN, Action::Approve);
    assert_eq!(
        state(&case),
        Some(State::Submitted),
        "the slower one counts"
    );
    let wrong_head = case.refusal(&head("baba", "tax"), roads, Action::Approve);
    assert!(wrong_head.is_about_the_person());
}

#[test]
fn a_merged_section_takes_the_state_over() {
    let (mut case, ..) = sent();
    let desk = planning("chiba");
    let to = |key: &str| EventKind::HandedOver { to: key.to_owned() };
    assert_eq!(case.act(&desk, OWN, to("tax")), Err(Refusal::SameSection));
    assert_eq!(case.act(&desk, OWN, to("revenue")), Ok(()));
    assert_eq!(case.part("own", "revenue"), State::Submitted);
    assert!(case.state().part("own", Some("tax")).is_none());
    // Into a section that has a part already: the less advanced one is left.
    case.must(&desk, ("own", "roads"), Action::Assign);
    assert_eq!(case.act(&desk, ("own", "revenue"), to("roads")), Ok(()));
    assert_eq!(case.part("own", "roads"), State::NotBegun);
    assert_eq!(case.state().stages[0].parts.len(), 1);
}

#[test]
fn without_approvers_the_sheet_is_accepted_at_once() {
    let mut own = stage("own", 0);
    own.route.approvers = Vec::new();
    let mut case = Case::new(vec![own]);
    let (desk, clerk) = (planning("chiba"), entry("aoki", "tax"));
    case.must(&desk, OWN, Action::Assign);
    case.must(&clerk, OWN, Action::BeginDraft);
    case.must(&clerk, OWN, Action::Submit);
    case.must(&desk, OWN, Action::BeginCheck);
    case.must(&desk, OWN, Action::Accept);
}

/// A row that nobody was allowed to write: it changes nothing, and a check finds it.
#[test]
fn a_forged_event_changes_nothing_and_is_named() {
    let mut case = Case::new(vec![stage("own", 0), stage("second", 1)]);
    let (desk, clerk) = (planning("chiba"), entry("aoki", "tax"));
    case.must(&desk, OWN, Action::Assign);
    case.must(&desk, ("second", "tax"), Action::Assign);
    case.must(&clerk, OWN, Action::BeginDraft);
    let before = case.state();
    // Stage, section, what: too early, skipped, twice, for nobody, at no stage.
    let forged = [
        ("second", "tax", Action::BeginDraft),
        ("own", "tax", Action::Accept),
        ("own", "tax", Action::BeginDraft),
        ("own", "roads", Action::BeginDraft),
        ("third", "tax", Action::Assign),
        ("own", "tax", Action::Assign),
    ];
    for (stage, section, action) in forged {
        let mut events = case.events.clone();
        events.push(Event {
            stage: stage.to_owned(),
            section: Some(section.to_owned()),
            kind: manual::kind(action),
            ..events[0].clone()
        });
        let after = state(&case.route, &events);
        assert_eq!(
            after.ignored,
            [case.events.len()],
            "{stage} {section} {action:?}"
        );
        assert_eq!(after.stages, before.stages, "{stage} {section} {action:?}");
    }
}
