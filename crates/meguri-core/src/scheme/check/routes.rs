//! Routes of stages: somebody writes and accepts, with a role that may, and the dates are in order.

use crate::access::{Permission, Reach, Role, allows};
use crate::scheme::{SchemeFault, StageDeadlines, StageOrder, StageRoute, Written};

pub(super) fn check(written: &Written, faults: &mut Vec<SchemeFault>) {
    for (at, stage) in written.stages.iter().enumerate() {
        let place = format!("stages[{at}]");
        let label = &stage.label;
        check_parts(&stage.route, label, &place, faults);
        check_roles(&stage.route, label, &place, faults);
        if let Some(deadlines) = &stage.route.deadlines {
            check_deadlines(deadlines, label, &place, faults);
        }
        if at == 0 && stage.route.order == StageOrder::SideBySide {
            faults.push(SchemeFault::new(
                "S052",
                format!("{place}.side_by_side"),
                format!("最初の段階「{label}」には、並行する前の段階がありません。"),
                "side_by_side の行を消すか、段階の順序を確かめてください。",
            ));
        }
    }
}

fn check_parts(route: &StageRoute, label: &str, place: &str, faults: &mut Vec<SchemeFault>) {
    let parts = [("write", &route.writers), ("accept", &route.acceptors)];
    for (key, roles) in parts {
        if roles.is_empty() {
            faults.push(SchemeFault::new(
                "S050",
                format!("{place}.{key}"),
                format!("段階「{label}」に、書く人か受理する人がいません。"),
                "write と accept には役割を一つ以上書いてください。",
            ));
        }
    }
}

fn check_roles(route: &StageRoute, label: &str, place: &str, faults: &mut Vec<SchemeFault>) {
    let parts = [
        ("write", &route.writers, Permission::Submit),
        ("check", &route.checkers, Permission::Check),
        ("approve", &route.approvers, Permission::Approve),
        ("accept", &route.acceptors, Permission::Accept),
    ];
    for (key, roles, permission) in parts {
        let may_not = |role: &&Role| allows(**role, permission) == Reach::None;
        for role in roles.iter().filter(may_not) {
            faults.push(SchemeFault::new(
                "S051",
                format!("{place}.{key}"),
                format!(
                    "段階「{label}」の「{}」は、{}ことができない役割です。",
                    role.label(),
                    permission.label()
                ),
                "権限の一覧（docs/access.md）を確かめ、できる役割を書いてください。",
            ));
        }
    }
}

fn check_deadlines(
    deadlines: &StageDeadlines,
    label: &str,
    place: &str,
    faults: &mut Vec<SchemeFault>,
) {
    let shown = deadlines.shown.place();
    let no_new = deadlines.no_new_from.map(|day| day.place());
    let no_change = deadlines.no_change_from.map(|day| day.place());
    let is_early = |day: Option<(u8, u8, u8)>| day.is_some_and(|day| day <= shown);
    let is_crossed = no_new
        .zip(no_change)
        .is_some_and(|(new, change)| change < new);
    if is_early(no_new) || is_early(no_change) || is_crossed {
        faults.push(SchemeFault::new(
            "S053",
            format!("{place}.deadline"),
            format!("段階「{label}」の期限の順序が合いません。"),
            "deadline（期限）、no_new_from（新たに記入できない日）、no_change_from（変更できない日）の順に後の日にしてください。",
        ));
    }
}
