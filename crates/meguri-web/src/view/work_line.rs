//! A sheet of a cycle in one line.

use meguri_app::cycle::Cycle;
use meguri_app::read::dates;
use meguri_app::read::work::{Mine, SheetLine};
use serde::Serialize;

/// The line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WorkLine {
    /// Its page.
    pub href: String,
    /// Its id.
    pub sheet: i64,
    /// The sheet.
    pub label: String,
    /// The cycle.
    pub cycle: String,
    /// The sections whose it is.
    pub sections: String,
    /// Key of its state.
    pub state: &'static str,
    /// Its state in words, with the stage.
    pub state_label: String,
    /// Who has it now; empty where it is done.
    pub waits_for: String,
    /// Since when.
    pub since: String,
    /// The deadline that is shown; empty where there is none.
    pub deadline: String,
    /// How long it has, in words.
    pub left: String,
    /// Is it late?
    pub overdue: bool,
    /// With how many things it came back.
    pub requests: usize,
}

/// The address of a sheet in its cycle.
#[must_use]
pub fn address(cycle: i64, sheet: i64) -> String {
    format!("/cycles/{cycle}/sheets/{sheet}")
}

impl WorkLine {
    /// A line of somebody's own list.
    #[must_use]
    pub fn of(mine: &Mine) -> Self {
        let mut line = Self::plain(mine.cycle, &mine.line);
        line.cycle.clone_from(&mine.cycle_label);
        line
    }

    /// A line of the desk of a cycle.
    #[must_use]
    pub fn on_desk(cycle: &Cycle, line: &SheetLine) -> Self {
        let names: Vec<String> = line
            .sections
            .iter()
            .map(|key| cycle.section_name(key))
            .collect();
        Self {
            sections: names.join("、"),
            ..Self::plain(cycle.kept.id, line)
        }
    }

    fn plain(cycle: i64, line: &SheetLine) -> Self {
        let day = |day: meguri_core::calendar::Day| dates::japanese(&day.iso());
        Self {
            href: address(cycle, line.id),
            sheet: line.id,
            label: line.label.clone(),
            sections: line.sections.join("、"),
            state: line.standing.key(),
            state_label: format!("{}（{}）", line.standing.label(), line.stage),
            waits_for: line.waits_for.clone(),
            since: line.since.map(day).unwrap_or_default(),
            deadline: line.deadline.map(day).unwrap_or_default(),
            left: line.left.clone(),
            overdue: line.is_overdue(),
            requests: line.requests,
            ..Self::default()
        }
    }

    /// Lines to look at.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let line = |state: meguri_core::workflow::State, overdue| Self {
            href: address(1, 2),
            sheet: 2,
            label: "施策「地域で支え合う福祉の推進」".to_owned(),
            cycle: "令和5年度 施策評価".to_owned(),
            sections: "障がい者支援課".to_owned(),
            state: state.key(),
            state_label: format!("{}（所管課の記入）", state.label()),
            waits_for: "所管課・課長".to_owned(),
            since: "令和6年4月15日".to_owned(),
            deadline: "令和6年5月31日".to_owned(),
            left: "あと5開庁日".to_owned(),
            overdue,
            requests: 2,
        };
        let states = meguri_core::workflow::State::ALL.into_iter();
        let late = [false, true].into_iter().cycle();
        let mut lines: Vec<Self> = states.zip(late).map(|(s, late)| line(s, late)).collect();
        for (line, id) in lines.iter_mut().zip(2..) {
            line.sheet = id;
            line.href = address(1, id);
        }
        lines
    }
}
