//! The route of one cycle: the stages of a scheme with their days.

use crate::access::Role;
use crate::calendar::Calendar;
use crate::fiscal_year::FiscalYear;
use crate::scheme::{Scheme, SheetField, Stage, StageOrder, StageRoute};
use crate::workflow::{Action, StageDates};

/// Key of the stage in which the sections write, where the scheme names none that they write. No
/// stage of a scheme can have it: keys of schemes begin with a letter.
pub const OWN_STAGE: &str = "_section";

/// The route of the sheets of one plan and year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// In the order of the scheme.
    pub stages: Vec<RouteStage>,
}

/// One stage of a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteStage {
    /// Key of the stage.
    pub key: String,
    /// Its name for a person.
    pub label: String,
    /// Its place: stages of one place go side by side, those of a lower one come before.
    pub place: usize,
    /// Who has which part in it.
    pub route: StageRoute,
    /// Its days; `None` = without end.
    pub dates: Option<StageDates>,
}

/// One level of a stage, for the line that shows where a sheet is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// What is done there.
    pub action: Action,
    /// By whom.
    pub roles: Vec<Role>,
}

impl Route {
    /// The route of a scheme for an evaluated year. Where no stage of it is written by the sections,
    /// a stage of theirs comes first: somebody has to write the sheet.
    #[must_use]
    pub fn of_scheme(scheme: &Scheme, evaluated: FiscalYear, calendar: &Calendar) -> Self {
        let named = &scheme.written().stages;
        let is_own = |stage: &Stage| stage.route.is_written_by_sections();
        let own = (!named.iter().any(is_own)).then(RouteStage::of_sections);
        let mut stages: Vec<RouteStage> = own.into_iter().collect();
        for stage in named {
            let place = match (stages.last(), stage.route.order) {
                (None, _) => 0,
                (Some(last), StageOrder::SideBySide) => last.place,
                (Some(last), StageOrder::After) => last.place + 1,
            };
            let deadlines = stage.route.deadlines.as_ref();
            stages.push(RouteStage {
                key: stage.key.clone(),
                label: stage.label.clone(),
                place,
                dates: deadlines.and_then(|d| StageDates::of_year(d, evaluated, calendar)),
                route: stage.route.clone(),
            });
        }
        Self { stages }
    }

    /// A stage by its key.
    #[must_use]
    pub fn stage(&self, key: &str) -> Option<&RouteStage> {
        self.stages.iter().find(|stage| stage.key == key)
    }

    /// The stage in which the sections write: that of all fields without a stage.
    #[must_use]
    pub fn own_stage(&self) -> Option<&RouteStage> {
        let mut stages = self.stages.iter();
        stages.find(|stage| stage.route.is_written_by_sections())
    }

    /// The stage in which a field is written.
    #[must_use]
    pub fn stage_of(&self, field: &SheetField) -> Option<&RouteStage> {
        match &field.stage {
            Some(key) => self.stage(key),
            None => self.own_stage(),
        }
    }
}

impl RouteStage {
    fn of_sections() -> Self {
        Self {
            key: OWN_STAGE.to_owned(),
            label: "所管課の記入".to_owned(),
            place: 0,
            route: StageRoute::default(),
            dates: None,
        }
    }

    /// Its levels in their order: writing, each approval, checking and acceptance.
    #[must_use]
    pub fn levels(&self) -> Vec<Level> {
        let writing = Level {
            action: Action::Submit,
            roles: self.route.writers.clone(),
        };
        let approvals = self.route.approvers.iter().map(|role| Level {
            action: Action::Approve,
            roles: vec![*role],
        });
        let acceptance = Level {
            action: Action::Accept,
            roles: self.reviewers(self.route.approvers.len()),
        };
        let levels = std::iter::once(writing).chain(approvals);
        levels.chain([acceptance]).collect()
    }

    /// Who looks at what has so many approvals: the next who approves, after the last those who
    /// check and accept.
    #[must_use]
    pub fn reviewers(&self, approvals: usize) -> Vec<Role> {
        if let Some(role) = self.route.approvers.get(approvals) {
            return vec![*role];
        }
        let mut roles = self.route.checkers.clone();
        let more = self.route.acceptors.iter();
        roles.extend(more.filter(|role| !self.route.checkers.contains(role)));
        roles
    }

    /// Who has a part in an action at all; `None` = whoever has the permission.
    #[must_use]
    pub fn parties(&self, action: Action) -> Option<Vec<Role>> {
        let route = &self.route;
        match action {
            action if action.is_of_writer() => Some(route.writers.clone()),
            Action::BeginCheck | Action::Return => {
                let mut roles = route.approvers.clone();
                roles.extend(self.reviewers(route.approvers.len()));
                Some(roles)
            }
            Action::Approve | Action::TakeBackApproval => Some(route.approvers.clone()),
            Action::Accept => Some(route.acceptors.clone()),
            _ => None,
        }
    }

    /// Whose turn an action is where a part has so many approvals; `None` = of all parties.
    #[must_use]
    pub fn turn(&self, action: Action, approvals: usize) -> Option<Vec<Role>> {
        let approver = |at: Option<usize>| {
            let role = at.and_then(|at| self.route.approvers.get(at));
            Some(role.into_iter().copied().collect())
        };
        match action {
            Action::BeginCheck | Action::Return => Some(self.reviewers(approvals)),
            Action::Approve => approver(Some(approvals)),
            Action::TakeBackApproval => approver(approvals.checked_sub(1)),
            _ => None,
        }
    }
}
