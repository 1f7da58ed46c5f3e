//! Situation × role × action against the table that was written by hand.

use super::*;
use crate::workflow::manual::{
    SITUATIONS, TODAY, cell, events_of, example_route, example_subject, kind, related,
};

/// One line of the table.
struct Cell {
    situation: &'static str,
    action: Action,
    next: State,
    roles: Vec<Role>,
}

fn agreed() -> Vec<Cell> {
    let file = include_str!("../../../../../testdata/workflow/cells.txt");
    let lines = file
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.map(parse).collect()
}

fn parse(line: &'static str) -> Cell {
    let (situation, rest) = line.split_once(": ").expect("a situation");
    let (action, rest) = rest.split_once(" -> ").expect("an action");
    let (next, roles) = rest.split_once(" by ").expect("a state and roles");
    let role = |key: &str| Role::from_key(key.trim()).unwrap_or_else(|| panic!("{key}"));
    Cell {
        situation,
        action: Action::from_key(action).unwrap_or_else(|| panic!("{action}")),
        next: State::from_key(next).unwrap_or_else(|| panic!("{next}")),
        roles: roles.split(',').map(role).collect(),
    }
}

/// What is refused for whom one is, and what for where the sheet is: who has a part in an action
/// anywhere in the table is refused elsewhere because of the state.
fn has_a_part(agreed: &[Cell], action: Action, role: Role) -> bool {
    agreed
        .iter()
        .any(|cell| cell.action == action && cell.roles.contains(&role))
}

#[test]
fn every_cell_is_as_agreed() {
    let agreed = agreed();
    let mut cells = 0;
    for situation in &SITUATIONS {
        for action in Action::ALL {
            let want = agreed
                .iter()
                .find(|c| c.situation == situation.0 && c.action == action);
            for role in Role::ALL {
                let name = format!("{} × {} × {}", situation.0, role.key(), action.key());
                let want = want.filter(|cell| cell.roles.contains(&role));
                match (cell(situation, role, action), want) {
                    (Ok(sheet), Some(want)) => {
                        let standing = sheet.standing().expect("a state");
                        assert_eq!(standing.state, want.next, "{name}");
                        assert!(sheet.ignored.is_empty(), "{name}: the event fits");
                    }
                    (Err(refusal), None) => {
                        let is_outside = !has_a_part(&agreed, action, role);
                        assert_eq!(
                            refusal.is_about_the_person(),
                            is_outside,
                            "{name} {refusal:?}"
                        );
                    }
                    (found, want) => {
                        panic!("{name}: {found:?}, agreed: {}", want.is_some())
                    }
                }
                cells += 1;
            }
        }
    }
    assert_eq!(
        cells,
        SITUATIONS.len() * Action::ALL.len() * Role::ALL.len()
    );
}

#[test]
fn the_agreed_table_names_each_cell_once_and_nothing_unknown() {
    let agreed = agreed();
    for (place, cell) in agreed.iter().enumerate() {
        assert!(
            SITUATIONS.iter().any(|s| s.0 == cell.situation),
            "{}",
            cell.situation
        );
        let same = |other: &Cell| other.situation == cell.situation && other.action == cell.action;
        assert!(
            !agreed[..place].iter().any(same),
            "{} {:?}",
            cell.situation,
            cell.action
        );
    }
}

/// The situations reach every state of a part, as their names say.
#[test]
fn the_situations_show_every_state() {
    let route = example_route();
    let shown: Vec<State> = SITUATIONS
        .iter()
        .filter_map(|situation| state(&route, &events_of(situation.2)).standing())
        .map(|standing| standing.state)
        .collect();
    for state in State::ALL {
        assert!(shown.contains(&state), "{state:?}");
    }
    for situation in &SITUATIONS {
        let sheet = state(&route, &events_of(situation.2));
        assert!(sheet.ignored.is_empty(), "{}", situation.0);
        if let Some(named) = State::from_key(situation.0) {
            assert_eq!(
                sheet.standing().map(|s| s.state),
                Some(named),
                "{}",
                situation.0
            );
        }
    }
}

/// In no situation can somebody of another section, department or committee do anything.
#[test]
fn strangers_can_do_nothing_in_any_situation() {
    let route = example_route();
    let own = example_subject();
    for situation in &SITUATIONS {
        let sheet = state(&route, &events_of(situation.2));
        for (role, action) in Role::ALL
            .into_iter()
            .flat_map(|r| Action::ALL.map(|a| (r, a)))
        {
            if role == Role::Planning {
                continue;
            }
            let stranger = Grant {
                section: Some("elsewhere".to_owned()),
                department: Some("elsewhere".to_owned()),
                assignee: Some("elsewhere".to_owned()),
                ..related(role)
            };
            let request = Request {
                stage: OWN_STAGE,
                section: Some("tax"),
                kind: kind(action),
                is_complete: true,
                asker: Asker {
                    account: "stranger",
                    grants: &[stranger],
                    subject: &own,
                    day: today(),
                },
            };
            let refused = transition(&route, &sheet, request).expect_err("a stranger");
            assert!(
                refused.is_about_the_person(),
                "{} {role:?} {action:?}",
                situation.0
            );
        }
    }
}

fn today() -> Day {
    Day::new(TODAY.0, TODAY.1, TODAY.2).expect("a day")
}

/// Text is changed by its writers, while it is being written or was sent back, and nowhere else.
#[test]
fn text_is_written_in_two_states_only() {
    let (route, subject) = (example_route(), example_subject());
    for situation in &SITUATIONS {
        let sheet = state(&route, &events_of(situation.2));
        for role in Role::ALL {
            let asker = Asker {
                account: "asker",
                grants: &[related(role)],
                subject: &subject,
                day: today(),
            };
            let found = may_write(&route, &sheet, (OWN_STAGE, Some("tax")), asker);
            let writes = matches!(role, Role::Entry | Role::SectionHead);
            let is_open = matches!(situation.0, "being_written" | "changes_requested");
            let name = format!("{} {role:?} {found:?}", situation.0);
            assert_eq!(found.is_ok(), writes && is_open, "{name}");
            assert_eq!(
                found.is_err_and(|r| r.is_about_the_person()),
                !writes,
                "{name}"
            );
        }
    }
}

/// Situation, and what its text needs of a reader.
#[test]
fn moving_text_is_read_by_those_who_may_read_drafts() {
    use crate::access::Permission;
    let route = example_route();
    let cases = [
        ("not_begun", Permission::ReadDraft),
        ("ready", Permission::ReadDraft),
        ("changes_requested", Permission::ReadDraft),
        ("closed_unsent", Permission::ReadDraft),
        ("submitted", Permission::ReadSubmitted),
        ("approved", Permission::ReadSubmitted),
        ("closed_sent", Permission::ReadSubmitted),
        ("accepted", Permission::ReadInternal),
        ("closed_accepted", Permission::ReadInternal),
    ];
    for (key, permission) in cases {
        let situation = SITUATIONS.iter().find(|s| s.0 == key).expect("a situation");
        let sheet = state(&route, &events_of(situation.2));
        let part = sheet.part(OWN_STAGE, Some("tax")).expect("a part");
        assert_eq!(part.reading_permission(), permission, "{key}");
    }
}
