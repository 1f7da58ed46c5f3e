//! Every cell of the table, the rules around it, and what holds of every list of events.

mod cells;
mod properties;
mod routes;
mod rules;

use super::*;
use crate::access::{Grant, OwningSection, Role, Subject};
use crate::calendar::Day;

fn day(text: &str) -> Day {
    Day::parse(text).expect("a day")
}

/// A sheet of two sections in two departments, assigned to a committee.
fn joint() -> Subject {
    let owner = |section: &str, department: &str| OwningSection {
        section: section.to_owned(),
        department: Some(department.to_owned()),
    };
    Subject {
        sections: vec![owner("tax", "finance"), owner("roads", "works")],
        assigned: vec!["panel".to_owned()],
    }
}

/// A stage with the usual parts.
fn stage(key: &str, place: usize) -> RouteStage {
    RouteStage {
        key: key.to_owned(),
        label: key.to_owned(),
        place,
        route: crate::scheme::StageRoute::default(),
        dates: None,
    }
}

/// One who acts, with grants.
struct Actor {
    account: &'static str,
    grants: Vec<Grant>,
}

fn entry(account: &'static str, section: &str) -> Actor {
    let grants = vec![Grant::new(Role::Entry).in_section(section)];
    Actor { account, grants }
}

fn head(account: &'static str, section: &str) -> Actor {
    let grants = vec![Grant::new(Role::SectionHead).in_section(section)];
    Actor { account, grants }
}

fn planning(account: &'static str) -> Actor {
    let grants = vec![Grant::new(Role::Planning)];
    Actor { account, grants }
}

/// A sheet under way: a route, whose it is, and what has happened.
struct Case {
    route: Route,
    subject: Subject,
    events: Vec<Event>,
    today: Day,
    is_complete: bool,
}

impl Case {
    fn new(stages: Vec<RouteStage>) -> Self {
        Self {
            route: Route { stages },
            subject: joint(),
            events: Vec::new(),
            today: day("2024-05-20"),
            is_complete: true,
        }
    }

    fn state(&self) -> SheetState {
        state(&self.route, &self.events)
    }

    fn part(&self, stage: &str, section: &str) -> State {
        self.state()
            .part(stage, Some(section))
            .expect("a part")
            .state
    }

    fn asker<'a>(&'a self, actor: &'a Actor) -> Asker<'a> {
        Asker {
            account: actor.account,
            grants: &actor.grants,
            subject: &self.subject,
            day: self.today,
        }
    }

    /// Somebody does something; the event is kept where it is allowed.
    fn act(
        &mut self,
        actor: &Actor,
        (stage, section): (&str, &str),
        kind: EventKind,
    ) -> Result<(), Refusal> {
        let request = Request {
            stage,
            section: Some(section),
            kind,
            is_complete: self.is_complete,
            asker: self.asker(actor),
        };
        let event = transition(&self.route, &self.state(), request)?;
        self.events.push(event);
        assert!(self.state().ignored.is_empty(), "what was allowed fits");
        Ok(())
    }

    /// The same, which must be allowed.
    fn must(&mut self, actor: &Actor, place: (&str, &str), action: Action) {
        let kind = manual::kind(action);
        let done = self.act(actor, place, kind);
        assert_eq!(done, Ok(()), "{} {action:?} {place:?}", actor.account);
    }

    /// Why it is refused.
    fn refusal(&mut self, actor: &Actor, place: (&str, &str), action: Action) -> Refusal {
        let kind = manual::kind(action);
        let done = self.act(actor, place, kind);
        done.expect_err(&format!("{} {action:?} {place:?}", actor.account))
    }
}

/// A scheme with nothing but a level and these stages.
fn scheme_with(stages: Vec<crate::scheme::Stage>) -> crate::scheme::Scheme {
    use crate::scheme::{Level as PlanLevel, MoneyRule, Numbering, Scheme, Written};
    let level = PlanLevel {
        key: "measure".to_owned(),
        label: "施策".to_owned(),
        numbering: Numbering::None,
        optional: false,
        outside_tree: false,
        sheets: true,
        indicators: true,
        money: false,
    };
    let written = Written {
        key: "plan".to_owned(),
        label: "総合計画".to_owned(),
        evaluates: None,
        version: "1".to_owned(),
        valid_from: crate::fiscal_year::FiscalYear::new(2021).expect("a year"),
        valid_until: None,
        period: None,
        rolling_years: None,
        every_years: 1,
        levels: vec![level],
        scales: Vec::new(),
        next_step_axes: Vec::new(),
        stages,
        fields: Vec::new(),
        rates: Vec::new(),
        classes: Vec::new(),
        points: Vec::new(),
        rollups: Vec::new(),
        money: MoneyRule::default(),
        tags: Vec::new(),
    };
    Scheme::new(written).expect("a scheme")
}
