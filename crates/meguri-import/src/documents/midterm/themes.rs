//! Themes one after the other: which part a line belongs to.

use super::cells::{Cost, begins_with_amount, cost, cost_cells, lone_unit};
use super::lines::{Kind, Marked, Part, after_dash, is_summary_label, mark};
use super::printed::{MidtermReading, MidtermTheme};
use super::projects::{PlanTable, PlanYears, is_enumerated};
use super::repeats::{repeated, repeats, weight, without_repeats};
use super::targets::{Columns, TargetTable, is_target_row};
use crate::printed::{Cell, Unresolved};
use crate::source_text::SourceText;
use crate::text::bullets::is_bullet;
use crate::text::join::push_wrapped;
use crate::text::money_units::{unit_note, unit_of_head};
use meguri_core::money::MoneyUnit;
use meguri_core::source::Settled;
use meguri_core::text::is_dash;
use std::collections::HashMap;

/// Reads all themes of a document.
pub(super) fn read(source: &SourceText) -> MidtermReading {
    let lines = mark(source);
    let mut reader = Reader::new(&lines);
    for line in &lines {
        reader.line(line);
    }
    reader.close();
    reader.reading
}

/// The unit of amounts that a document prints, where it is one and the same throughout.
fn only_unit(lines: &[Marked]) -> Option<MoneyUnit> {
    let mut found = None;
    for line in lines {
        let units = match line.kind {
            Kind::Unit => vec![unit_note(line.text)],
            Kind::PlanHead => vec![unit_of_head(line.text)],
            Kind::Cost => units_of_costs(line.text),
            _ => continue,
        };
        for unit in units.into_iter().flatten() {
            if found.is_some_and(|found| found != unit) {
                return None;
            }
            found = Some(unit);
        }
    }
    found
}

/// The units that a row of costs prints: in its label, in a cell of its own, behind its amounts.
fn units_of_costs(text: &str) -> Vec<Option<MoneyUnit>> {
    let cells = cost_cells(text);
    let label = cells.first().and_then(|(_, label)| unit_of_head(label));
    let amounts = cells.iter().filter_map(|(_, cell)| match cost(cell) {
        Cost::Amount(amount) => Some(amount.unit),
        _ => None,
    });
    amounts.chain([label, lone_unit(text)]).collect()
}

/// A theme while it is read.
#[derive(Default)]
struct Open {
    theme: MidtermTheme,
    /// The part that the last lines belong to; none yet where only the name is read.
    part: Option<Part>,
    targets: TargetTable,
    plan: PlanTable,
    /// Items open with a dash before their `・`.
    dashed: bool,
    place: String,
    /// Its first line.
    line: u32,
    /// How much had been reported when it began.
    lost_before: usize,
}

struct Reader {
    reading: MidtermReading,
    open: Option<Open>,
    /// The heads of the tables that were read last (at first: the first of the document), for
    /// tables that have lost theirs.
    columns: Columns,
    years: PlanYears,
    /// The unit that a line in front of all themes names.
    unit: Option<MoneyUnit>,
    /// The only unit of amounts that the document prints.
    document_unit: Option<MoneyUnit>,
    /// No row of the document ends in an empty cell.
    trims_rows: bool,
    /// The themes by their names, to know a page that is there twice.
    by_name: HashMap<String, usize>,
    /// About how many bytes each theme holds.
    weights: Vec<usize>,
    /// How many bytes may still be compared, so that a paper of nothing but repetitions costs no
    /// more than a few readings of it.
    effort: usize,
}

impl Reader {
    fn new(lines: &[Marked]) -> Self {
        let head = lines.iter().find(|line| line.kind == Kind::PlanHead);
        let years = head.map(|line| PlanYears::of_head(line).lent());
        let columns = lines.windows(2).find_map(|pair| {
            let [head, next] = pair else { return None };
            let mut columns = Columns::of_head(head);
            if head.kind != Kind::TargetHead {
                return None;
            }
            if next.kind == Kind::Years {
                columns.add_years(next);
            }
            columns.has_years().then(|| columns.lent())
        });
        Self {
            reading: MidtermReading::default(),
            open: None,
            columns: columns.unwrap_or_default(),
            years: years.unwrap_or_default(),
            unit: None,
            document_unit: only_unit(lines),
            trims_rows: !lines.iter().any(|line| line.text.ends_with('\t')),
            by_name: HashMap::new(),
            weights: Vec::new(),
            effort: lines.iter().map(|line| line.text.len()).sum::<usize>() * 4,
        }
    }

    fn line(&mut self, line: &Marked) {
        if self.is_theme_name(line) {
            self.name_theme(line);
            return;
        }
        match line.kind {
            Kind::Head(part) => {
                self.enter(part, line);
            }
            Kind::TargetHead => {
                let known = self.columns.clone();
                let open = self.enter(Part::Targets, line);
                open.targets.columns = Columns::of_head(line).or_years_of(&known);
            }
            Kind::PlanHead => {
                let open = self.enter(Part::Plan, line);
                open.plan.years = PlanYears::of_head(line);
            }
            Kind::Years => self.years(line),
            Kind::Unit => self.unit(line),
            Kind::Cost | Kind::Summary => self.labelled(line),
            Kind::Bullet => self.bullet(line),
            _ => self.other(line),
        }
    }

    fn part(&self) -> Option<Part> {
        self.open.as_ref().and_then(|open| open.part)
    }

    /// A plain line with the heading of a part right below it, where a theme can begin.
    fn is_theme_name(&self, line: &Marked) -> bool {
        let Some(leads) = line.leads else {
            return self.is_last_name(line);
        };
        match self.part() {
            None => leads != Part::Plan || self.open.is_none(),
            Some(Part::Plan) => leads != Part::Plan && !self.ends_outline(line),
            Some(Part::Targets) => leads == Part::Situation,
            Some(Part::Situation | Part::Approach) => leads == Part::Situation && line.after_blank,
        }
    }

    /// A line that goes on with an outline, and does not look like a name: `② … 【…課】`.
    fn ends_outline(&self, line: &Marked) -> bool {
        let is_piece = line.text.contains('】') || is_enumerated(line.text);
        is_piece && self.open.as_ref().is_some_and(|open| open.goes_on(line))
    }

    /// The document ends right behind the name of a theme.
    fn is_last_name(&self, line: &Marked) -> bool {
        let complete = self.open.as_ref().is_some_and(|open| {
            open.part == Some(Part::Plan) && !open.plan.is_empty() && open.plan.is_complete()
        });
        complete && line.next.is_none() && line.after_blank && line.kind == Kind::Text
    }

    fn name_theme(&mut self, line: &Marked) {
        let text = line.text.trim().trim_start_matches('#').trim();
        if let Some(open) = &mut self.open {
            let same = |name: &Cell<String>| name.value() == text;
            match &mut open.theme.name {
                Some(name) if open.part.is_none() && !line.after_blank => {
                    push_wrapped(&mut name.0.value, text);
                    return;
                }
                // A running head repeats the name on the next page.
                name if name.as_ref().is_some_and(same) && line.leads > open.part => return,
                _ => {}
            }
        }
        let name = match line.leads {
            Some(_) => Cell::printed(text.to_owned(), line.line),
            None => Cell::layout(text.to_owned(), line.line),
        };
        self.begin(Some(name), line);
    }

    /// Closes the theme that is open and opens the next.
    fn begin(&mut self, name: Option<Cell<String>>, line: &Marked) -> &mut Open {
        self.close();
        let place = format!("theme {}", self.reading.themes.len() + 1);
        let lost_before = self.reading.unresolved.len();
        if name.is_none() {
            self.reading.unresolved.push(Unresolved {
                place: place.clone(),
                field: "name".to_owned(),
                candidates: Vec::new(),
                why: "施策の名称が原文にありません。ページが欠けている可能性があります。"
                    .to_owned(),
                line: line.line,
            });
        }
        let mut open = Open {
            place,
            line: line.line,
            lost_before,
            ..Open::default()
        };
        open.theme.name = name;
        open.targets.columns = self.columns.clone();
        open.plan.years = self.years.clone();
        open.plan.unit = self.unit;
        open.plan.document_unit = self.document_unit;
        open.plan.trims_rows = self.trims_rows;
        open.targets.trims_rows = self.trims_rows;
        self.open.insert(open)
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        if open.targets.columns.has_years() {
            self.columns = open.targets.columns.lent();
        }
        if !open.plan.years.is_empty() {
            self.years = open.plan.years.lent();
        }
        let lost = &mut self.reading.unresolved;
        std::mem::take(&mut open.targets).finish(&mut open.theme, &open.place, lost);
        std::mem::take(&mut open.plan).finish(&mut open.theme, &open.place, lost);
        without_repeats(&mut open.theme, &open.place, lost);
        open.report_missing(lost);
        self.keep(open);
    }

    /// Keeps a theme, unless it is an earlier one on a page that is there twice.
    fn keep(&mut self, open: Open) {
        let name = open.theme.name.as_ref().map(|name| name.value().clone());
        let earlier = match &name {
            Some(name) => self.by_name.get(name).copied(),
            None => self.reading.themes.len().checked_sub(1),
        };
        if let Some(at) = earlier
            && let (Some(earlier), Some(weight)) =
                (self.reading.themes.get(at), self.weights.get(at))
            && let Some(left) = self.effort.checked_sub(*weight)
        {
            self.effort = left;
            if repeats(&open.theme, earlier) {
                let lost = &mut self.reading.unresolved;
                lost.truncate(open.lost_before);
                lost.push(repeated(&open.place, "theme", open.line, name));
                return;
            }
        }
        if let Some(name) = name {
            self.by_name
                .entry(name)
                .or_insert(self.reading.themes.len());
        }
        self.weights.push(weight(&open.theme));
        self.reading.themes.push(open.theme);
    }

    /// Goes on with a part. The parts stand in one order: an earlier one opens the next theme, whose
    /// name is lost.
    fn enter(&mut self, part: Part, line: &Marked) -> &mut Open {
        let goes_on = self.open.is_some() && self.part() <= Some(part);
        if !goes_on {
            self.begin(None, line);
        }
        let open = self.open.get_or_insert_default();
        open.part = Some(part);
        open
    }

    fn years(&mut self, line: &Marked) {
        if self.part() == Some(Part::Plan) {
            let open = self.enter(Part::Plan, line);
            open.plan.years = PlanYears::of_head(line);
        } else if line.upcoming.is_some() || self.part() == Some(Part::Targets) {
            let open = self.enter(Part::Targets, line);
            open.targets.columns.add_years(line);
        }
    }

    /// A unit in front of all themes is that of the document, another that of its theme.
    fn unit(&mut self, line: &Marked) {
        let unit = unit_note(line.text);
        match &mut self.open {
            Some(open) => open.plan.unit = unit,
            None => self.unit = unit,
        }
    }

    fn labelled(&mut self, line: &Marked) {
        let open = self.enter(Part::Plan, line);
        match line.kind {
            Kind::Cost => open.plan.cost(line),
            _ => open.plan.summary(line),
        }
    }

    /// An item of a list. Where no list is open, its heading is lost, and the next heading tells
    /// which list it is.
    fn bullet(&mut self, line: &Marked) {
        if let Some(part @ (Part::Situation | Part::Approach)) = self.part() {
            if let Some(open) = &mut self.open {
                open.item(part, line, false);
            }
            return;
        }
        let part = match line.upcoming {
            Some(Part::Approach) => Part::Situation,
            Some(Part::Targets) => Part::Approach,
            _ => return self.other(line),
        };
        self.enter(part, line).item(part, line, true);
    }

    fn other(&mut self, line: &Marked) {
        let mut lost = Vec::new();
        match self.part_by_look(line) {
            Some(part @ (Part::Situation | Part::Approach)) => {
                self.enter(part, line).more(part, line);
            }
            Some(Part::Targets) => self.enter(Part::Targets, line).target_line(line, &mut lost),
            Some(Part::Plan) => self.enter(Part::Plan, line).plan_line(line, &mut lost),
            None if line.kind == Kind::Number || line.upcoming == Some(Part::Situation) => {}
            None if line.upcoming.is_none() => {}
            None => lost.push(Unresolved {
                place: format!("theme {}", self.reading.themes.len() + 1),
                field: "theme".to_owned(),
                candidates: vec![line.text.trim().to_owned()],
                why: "見出しより前にある文です。前のページが欠けている可能性があります。"
                    .to_owned(),
                line: line.line,
            }),
        }
        self.reading.unresolved.append(&mut lost);
    }

    /// The part that a line belongs to: the one that is open, unless the line is a row of a table
    /// whose head is lost.
    fn part_by_look(&self, line: &Marked) -> Option<Part> {
        let open = self.part();
        let named = line.kind == Kind::Row || line.text.contains('【');
        let goes_on = self.open.as_ref().is_some_and(|open| open.goes_on(line));
        match (line.kind, line.upcoming) {
            _ if open == Some(Part::Plan) && goes_on => open,
            (Kind::Row, _) if is_target_row(line.text) => Some(Part::Targets),
            _ if named && line.next == Some(Kind::Cost) => Some(Part::Plan),
            (Kind::Footnote, Some(Part::Plan)) if open.is_none() => Some(Part::Targets),
            (Kind::Text, _) if open.is_none() && line.next == Some(Kind::Cost) => Some(Part::Plan),
            _ => open,
        }
    }
}

impl Open {
    fn items(&mut self, part: Part) -> &mut Vec<Cell<String>> {
        match part {
            Part::Situation => &mut self.theme.situation,
            _ => &mut self.theme.approach,
        }
    }

    /// A bulleted line: an item, or a wrapped line that happens to begin with `・`.
    fn item(&mut self, part: Part, line: &Marked, headless: bool) {
        let text = line.text.trim();
        let dashed = after_dash(text);
        let wrapped = self.dashed
            && dashed.is_none()
            && self
                .items(part)
                .last()
                .is_some_and(|item| !item.value().ends_with(['。', '」', '）', ')', '．', '.']));
        if wrapped {
            self.more(part, line);
            return;
        }
        self.dashed = dashed.is_some();
        let text = dashed.unwrap_or(text).trim_start_matches(is_bullet).trim();
        if text.is_empty() {
            return;
        }
        let item = match headless {
            true => Cell::layout(text.to_owned(), line.line),
            false => Cell::printed(text.to_owned(), line.line),
        };
        self.items(part).push(item);
    }

    /// A line that goes on with the last item.
    fn more(&mut self, part: Part, line: &Marked) {
        let says = |c: char| !c.is_whitespace() && !is_dash(c) && !is_bullet(c);
        if line.kind == Kind::Number || !line.text.contains(says) {
            return;
        }
        let text = line.text.trim().replace('\t', " ");
        match self.items(part).last_mut() {
            Some(item) => push_wrapped(&mut item.0.value, &text),
            None => self.items(part).push(Cell::printed(text, line.line)),
        }
    }

    fn target_line(&mut self, line: &Marked, lost: &mut Vec<Unresolved>) {
        match line.kind {
            Kind::Footnote => self.targets.footnote(line),
            Kind::Number if line.next != Some(Kind::Row) && !self.targets.lacks_values() => {}
            _ => self.targets.line(line, &self.place, lost),
        }
    }

    /// A line of the table of projects that bears no label.
    fn plan_line(&mut self, line: &Marked, lost: &mut Vec<Unresolved>) {
        let labelled = matches!(line.next, Some(Kind::Cost | Kind::Sections));
        match line.kind {
            Kind::Number => {}
            Kind::Bullet if !line.after_blank && self.plan.goes_on(line) => {}
            Kind::Bullet => lost.push(self.stray(line)),
            Kind::Footnote if !labelled && !self.goes_on(line) => {
                let note = Cell::printed(line.text.trim().replace('\t', " "), line.line);
                self.theme.footnotes.push(note);
            }
            Kind::Sections if self.plan.sections(line) => {}
            _ if self.plan.late_cost(line) => {}
            Kind::Text if is_summary_label(line.text) => {
                self.plan.summary(line);
            }
            _ if begins_with_amount(line.text) => {
                self.plan.doubt_costs();
                lost.push(self.stray(line));
            }
            _ if labelled => self.plan.name(line, &self.place, lost),
            _ if self.goes_on(line) => {
                self.plan.goes_on(line);
            }
            Kind::Row => self.plan.name(line, &self.place, lost),
            _ if line.text.contains('【') => self.plan.name(line, &self.place, lost),
            _ if line.next.is_none() && !line.after_blank && self.plan.is_complete() => {
                self.plan.name(line, &self.place, lost);
            }
            _ if self.plan.waits_for_name() => self.plan.begin_name(line),
            _ if !line.after_blank && self.plan.goes_on(line) => {}
            _ => lost.push(self.stray(line)),
        }
    }

    /// Does a line go on with the outline above it, whose row has broken off?
    fn goes_on(&self, line: &Marked) -> bool {
        let is_piece = matches!(line.kind, Kind::Row | Kind::Text | Kind::Footnote);
        let names_project = line.next == Some(Kind::Summary);
        is_piece && !names_project && !line.after_blank && self.plan.may_go_on(line)
    }

    /// Says which parts of the form a theme has lost.
    fn report_missing(&mut self, lost: &mut Vec<Unresolved>) {
        let theme = &mut self.theme;
        let parts = [
            (Part::Situation, theme.situation.is_empty(), "situation"),
            (Part::Approach, theme.approach.is_empty(), "approach"),
            (Part::Targets, theme.indicators.is_empty(), "indicators"),
            (Part::Plan, theme.projects.is_empty(), "projects"),
        ];
        for (part, is_empty, field) in parts {
            if is_empty {
                lost.push(Unresolved {
                    place: self.place.clone(),
                    field: field.to_owned(),
                    candidates: Vec::new(),
                    why: "この部分が原文にありません。見出しかページが欠けている可能性があります。"
                        .to_owned(),
                    line: self.line,
                });
            }
            // The list before a heading that is lost may hold the items of both.
            if is_empty && part == Part::Approach {
                theme
                    .situation
                    .iter_mut()
                    .for_each(|item| item.0.settled = Settled::Layout);
            }
        }
    }

    fn stray(&self, line: &Marked) -> Unresolved {
        Unresolved {
            place: self.place.clone(),
            field: "projects".to_owned(),
            candidates: vec![line.text.trim().to_owned()],
            why: "年次計画の表のどの欄の文か、原文の並びからは決められません。".to_owned(),
            line: line.line,
        }
    }
}
