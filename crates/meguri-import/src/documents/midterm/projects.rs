//! The table of main projects (主要事業の年次計画): name, cost by year, outline by year.

mod costs;

use super::cells::{Cost, cells, cost, cost_cells, lone_unit, years_of};
use super::lines::Marked;
use super::names::{Sections, name_row, sections};
use super::printed::{MidtermProject, MidtermTheme};
use crate::documents::year_columns::{Doubt, printed_years};
use crate::printed::{ByYear, Cell, Unresolved};
use crate::text::join::push_wrapped;
use crate::text::money_units::unit_of_head;
use crate::text::sections::is_section_name;
use costs::Units;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::MoneyUnit;
use meguri_core::source::Settled;
use meguri_core::text::circled_value;

/// The years that the head of the table prints, with their columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PlanYears {
    years: Vec<(usize, FiscalYear)>,
    /// Heads that do not fit the others.
    doubts: Vec<Doubt>,
    /// The unit of amounts that the head names.
    unit: Option<MoneyUnit>,
    /// They stand over another table; this one has lost its head.
    borrowed: bool,
}

impl PlanYears {
    pub(super) fn of_head(line: &Marked) -> Self {
        let (years, doubts) = printed_years(&years_of(&cells(line.text)), line.line);
        Self {
            years,
            doubts,
            unit: unit_of_head(line.text),
            borrowed: false,
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.years.is_empty()
    }

    /// The same years for a table that has lost its head.
    pub(super) fn lent(&self) -> Self {
        Self {
            years: self.years.clone(),
            borrowed: true,
            ..Self::default()
        }
    }

    fn settle<T>(&self, value: T, head: usize, cell: usize, line: u32) -> Cell<T> {
        if self.borrowed || head != cell {
            Cell::layout(value, line)
        } else {
            Cell::printed(value, line)
        }
    }

    fn nothing<T>(&self) -> ByYear<T> {
        ByYear(self.years.iter().map(|(_, year)| (*year, None)).collect())
    }
}

/// A project while it is read.
#[derive(Clone, Debug, Default)]
struct Row {
    project: MidtermProject,
    /// Its first line.
    line: u32,
    has_cost: bool,
    has_summary: bool,
    /// How many columns to the right of their heads its costs stand.
    shift: isize,
    /// Costs that its row lacks: they may stand on the next line.
    lacks_costs: usize,
    /// By what its amounts count.
    units: Units,
    /// An amount whose unit is printed nowhere.
    unit_assumed: bool,
    /// A cell was dropped somewhere in the row of costs: no year of theirs is certain.
    is_cost_torn: bool,
    /// What its rows have lost.
    lost: Vec<Unresolved>,
    /// Remarks behind its name.
    notes: Vec<Cell<String>>,
    /// The number of cells in the row of outlines, label included, where the last may go on in the
    /// next line.
    outline_cells: usize,
}

/// The table while it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct PlanTable {
    pub(super) years: PlanYears,
    /// The unit that a line of its own names, for this table or for the whole document.
    pub(super) unit: Option<MoneyUnit>,
    /// The only unit that the document prints.
    pub(super) document_unit: Option<MoneyUnit>,
    /// The tool that wrote the text left empty cells at the end of rows out.
    pub(super) trims_rows: bool,
    rows: Vec<Row>,
    /// The beginning of a name that goes on in the next line.
    pending: Option<Cell<String>>,
}

impl PlanTable {
    pub(super) const fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.pending.is_none()
    }

    /// Has the last project its outline, so that the next line may be something else?
    pub(super) fn is_complete(&self) -> bool {
        self.rows.last().is_none_or(|row| row.has_summary)
    }

    pub(super) const fn waits_for_name(&self) -> bool {
        self.rows.is_empty()
    }

    /// The beginning of a name over two lines.
    pub(super) fn begin_name(&mut self, line: &Marked) {
        match &mut self.pending {
            Some(pending) => push_wrapped(&mut pending.0.value, line.text),
            None => self.pending = Some(Cell::layout(line.text.trim().to_owned(), line.line)),
        }
    }

    /// The row with a project's name.
    pub(super) fn name(&mut self, line: &Marked, place: &str, lost: &mut Vec<Unresolved>) {
        let found = cells(line.text);
        let mut filled = found.iter().copied().filter(|cell| !cell.is_empty());
        let first = filled.next().unwrap_or_default();
        let (text, start, torn) = match self.pending.take() {
            Some(mut pending) => {
                push_wrapped(&mut pending.0.value, first);
                (pending.0.value, pending.0.line, true)
            }
            None => (first.to_owned(), line.line, false),
        };
        let found = name_row(&text);
        let cell = |text: String| match torn {
            true => Cell::layout(text, start),
            false => Cell::printed(text, start),
        };
        let notes = found.remarks.into_iter().map(cell).collect();
        let mut row = Row {
            line: start,
            notes,
            ..Row::default()
        };
        let project = &mut row.project;
        project.name = (!found.name.is_empty()).then(|| cell(found.name));
        project.tags = found.tags.into_iter().map(cell).collect();
        project.accounts_note = found.account.map(cell);
        add_sections(project, found.sections, line.line);
        let place = format!("{place} project {}", self.rows.len() + 1);
        for other in filled {
            add_cell(&mut row, other, line.line, &place, lost);
        }
        self.rows.push(row);
    }

    /// A line with sections only belongs to the project that has none yet.
    pub(super) fn sections(&mut self, line: &Marked) -> bool {
        let inner = line.text.trim().trim_matches(['【', '】']);
        let Some(row) = self
            .rows
            .last_mut()
            .filter(|r| r.project.sections.is_empty())
        else {
            return false;
        };
        let found = sections(inner);
        let layout = |name| Cell::layout(name, line.line);
        row.project.sections = found.names.into_iter().map(layout).collect();
        row.project.and_others |= found.and_others;
        true
    }

    /// The project that a labelled row belongs to: the last, unless it has such a row already.
    fn row_without(&mut self, has: fn(&Row) -> bool, line: u32) -> Option<&mut Row> {
        if self.rows.last().is_none_or(has) {
            self.rows.push(Row {
                line,
                ..Row::default()
            });
        }
        self.rows.last_mut()
    }

    /// The row 費用.
    pub(super) fn cost(&mut self, line: &Marked) {
        let (is_last, trims_rows) = (line.next.is_none(), self.trims_rows);
        let years = self.years.clone();
        let table = Units {
            own: years.unit.or(self.unit),
            document: self.document_unit,
        };
        let Some(row) = self.row_without(|row| row.has_cost, line.line) else {
            return;
        };
        let found = cost_cells(line.text);
        let label = found.first().map_or("", |(_, label)| *label);
        let values = found.get(1..).unwrap_or_default();
        row.has_cost = true;
        let columns = cells(line.text).len();
        let want = years.years.last().map_or(0, |(head, _)| head + 1);
        if columns < want || values.is_empty() {
            row.lacks_costs = years.years.len().saturating_sub(values.len());
            row.is_cost_torn = !is_last && !trims_rows && row.lacks_costs > 0;
        }
        let own = lone_unit(line.text).or_else(|| unit_of_head(label));
        row.units = Units {
            own: own.or(table.own),
            ..table
        };
        costs::fill(row, &years, values, line.line);
    }

    /// Amounts stand behind the row of costs that do not fit what it lacks: no year of its costs is
    /// certain.
    pub(super) fn doubt_costs(&mut self) {
        if let Some(row) = self.rows.last_mut().filter(|row| row.lacks_costs > 0) {
            row.is_cost_torn = true;
        }
    }

    /// Costs on the line below their label or below the first of them.
    pub(super) fn late_cost(&mut self, line: &Marked) -> bool {
        let values = cost_cells(line.text);
        let all_costs = values.iter().all(|(_, cell)| cost(cell) != Cost::Other);
        let Some(row) = self.rows.last_mut() else {
            return false;
        };
        if !all_costs || row.lacks_costs == 0 || values.len() != row.lacks_costs {
            return false;
        }
        row.is_cost_torn = false;
        let begun = row.project.cost.0.len() - row.lacks_costs;
        row.lacks_costs = 0;
        let years = self.years.years.iter().skip(begun);
        let late = PlanYears {
            years: years.copied().collect(),
            borrowed: true,
            ..PlanYears::default()
        };
        let earlier: Vec<_> = row.project.cost.0.drain(..begun).collect();
        row.lost.clear();
        let shift = row.shift;
        row.units.own = lone_unit(line.text).or(row.units.own);
        costs::fill(row, &late, &values, line.line);
        row.shift = shift;
        row.project.cost.0.splice(0..0, earlier);
        true
    }

    /// The row 概略.
    pub(super) fn summary(&mut self, line: &Marked) {
        let years = self.years.clone();
        let is_trimmed = self.trims_rows;
        let is_cut = line.next.is_none() && !is_trimmed;
        let Some(row) = self.row_without(|row| row.has_summary, line.line) else {
            return;
        };
        row.has_summary = true;
        let found = cells(line.text);
        let mut summary = Vec::new();
        for (head, year) in &years.years {
            let at = head.saturating_add_signed(row.shift);
            // At the very end of a document the row may be cut; elsewhere the cell is empty.
            let text = found.get(at).copied().or((!is_cut).then_some(""));
            let read = text.map(|text| years.settle(text.to_owned(), *head, at, line.line));
            summary.push((*year, read));
        }
        row.project.summary = ByYear(summary);
        let last = years.years.last();
        let beyond = last.map_or(1, |(head, _)| head.saturating_add_signed(row.shift) + 1);
        let over = found.iter().enumerate().skip(beyond);
        let over = over.filter(|(_, cell)| !cell.is_empty());
        let over: Vec<(usize, &str)> = over.map(|(at, cell)| (at, *cell)).collect();
        if years.is_empty() || !over.is_empty() {
            row.lost.push(no_year("summary", &over, line.line));
        }
        // A line ends within its last cell, unless that one is empty.
        let may_go_on = found.last().is_some_and(|cell| !cell.is_empty());
        if found.len() <= beyond && may_go_on && !is_trimmed {
            row.outline_cells = found.len();
        }
    }

    /// Can a line go on with the last outline, whose row has broken off within a cell? No row has
    /// more cells than its head.
    pub(super) fn may_go_on(&self, line: &Marked) -> bool {
        let want = self.years.years.last().map_or(0, |(head, _)| head + 1);
        let more = line.text.matches('\t').count();
        let fits = |row: &Row| {
            let want = want.saturating_add_signed(row.shift);
            let cells = row.outline_cells + more;
            // At the end of the document a full row is followed by the next name, cut off.
            let may_be_full = line.next.is_some() || is_enumerated(line.text);
            row.outline_cells > 0 && (cells < want || cells == want && may_be_full)
        };
        self.rows.last().is_some_and(fits)
    }

    /// A line that goes on with the outline above it: where its row has broken off within a cell,
    /// or where only one cell can be meant.
    pub(super) fn goes_on(&mut self, line: &Marked) -> bool {
        let Some(row) = self.rows.last_mut().filter(|row| row.has_summary) else {
            return false;
        };
        let cells = row.project.summary.0.iter_mut();
        let cells = cells.filter_map(|(_, cell)| cell.as_mut());
        if row.outline_cells > 0 {
            let first = self.years.years.first().map_or(1, |(head, _)| *head);
            let broken = row.outline_cells.saturating_sub(1 + first);
            let broken = broken.saturating_add_signed(-row.shift);
            let mut pieces = line.text.split('\t');
            let mut cells = cells.skip(broken);
            if let (Some(cell), Some(piece)) = (cells.next(), pieces.next()) {
                if cell.value().is_empty() {
                    *cell = Cell::layout(piece.trim().to_owned(), line.line);
                } else {
                    push_wrapped(&mut cell.0.value, piece);
                    settle_by_layout(cell);
                }
            }
            for (cell, piece) in cells.zip(pieces) {
                *cell = Cell::layout(piece.trim().to_owned(), line.line);
                row.outline_cells += 1;
            }
            return true;
        }
        let mut filled = cells.filter(|cell| !cell.value().is_empty());
        match (filled.next(), filled.next()) {
            (Some(only), None) => {
                push_wrapped(&mut only.0.value, line.text);
                settle_by_layout(only);
                true
            }
            _ => false,
        }
    }

    /// Hands everything over and says what the projects have lost.
    pub(super) fn finish(self, theme: &mut MidtermTheme, place: &str, lost: &mut Vec<Unresolved>) {
        if let Some(pending) = self.pending {
            lost.push(missing(
                place,
                "projects",
                pending.line(),
                vec![pending.0.value],
            ));
        }
        let doubts = self.years.doubts.iter().filter(|_| !self.years.borrowed);
        lost.extend(doubts.map(|doubt| doubt.unresolved(place)));
        if let Some(row) = self.rows.iter().find(|row| row.unit_assumed) {
            let costs = row.project.cost.0.iter();
            let amounts = costs.filter_map(|(_, cell)| Some(cell.as_ref()?.value().0.in_unit()));
            let amounts = amounts.map(meguri_core::money::with_commas).collect();
            lost.push(costs::no_unit(place, amounts, row.line));
        }
        for (index, mut row) in self.rows.into_iter().enumerate() {
            let place = format!("{place} project {}", index + 1);
            let project = &mut row.project;
            if project.name.is_none() {
                lost.push(missing(&place, "name", row.line, Vec::new()));
            }
            if project.sections.is_empty() {
                lost.push(missing(&place, "sections", row.line, Vec::new()));
            }
            if !row.has_cost {
                project.cost = self.years.nothing();
                lost.push(missing(&place, "cost", row.line, Vec::new()));
            }
            if !row.has_summary {
                project.summary = self.years.nothing();
                lost.push(missing(&place, "summary", row.line, Vec::new()));
            }
            for entry in row.lost.drain(..) {
                lost.push(Unresolved {
                    place: place.clone(),
                    ..entry
                });
            }
            if row.is_cost_torn {
                row.project.cost = self.years.nothing();
            }
            doubt_outline(&mut row, &place, lost);
            if !row.has_cost {
                let cells = row.project.summary.0.iter_mut();
                cells
                    .filter_map(|(_, cell)| cell.as_mut())
                    .for_each(settle_by_layout);
            }
            theme.footnotes.append(&mut row.notes);
            theme.projects.push(row.project);
        }
    }
}

/// Where the row above is lost, lines may be missing in between.
const fn settle_by_layout<T>(cell: &mut Cell<T>) {
    cell.0.settled = Settled::Layout;
}

/// An outline in a year without costs, and none in the first year with costs: the cells of the
/// outline have slipped to the left, or several years are one cell. What is printed stays, but
/// its year is not certain.
fn doubt_outline(row: &mut Row, place: &str, lost: &mut Vec<Unresolved>) {
    if !row.has_cost {
        return;
    }
    let project = &mut row.project;
    let first_paid = project.cost.0.iter().position(|(_, cost)| cost.is_some());
    let Some(paid) = first_paid.filter(|paid| *paid > 0) else {
        return;
    };
    let text = |cell: &Option<Cell<String>>| {
        cell.as_ref()
            .map_or(String::new(), |cell| cell.value().clone())
    };
    let in_paid = project.summary.0.get(paid);
    if in_paid.is_none_or(|(_, cell)| !text(cell).is_empty()) {
        return;
    }
    for (year, cell) in project.summary.0.iter_mut().take(paid) {
        let Some(cell) = cell.as_mut().filter(|cell| !cell.value().is_empty()) else {
            continue;
        };
        settle_by_layout(cell);
        lost.push(Unresolved {
            place: place.to_owned(),
            field: format!("summary {}", year.short()),
            candidates: vec![cell.value().clone()],
            why: "費用のない年度に概略があり、費用のある年度の概略が空です。欄がずれているか、\
                  複数の年度の欄が結合されている可能性があります。"
                .to_owned(),
            line: cell.line(),
        });
    }
}

/// Does a line begin like a later line of a cell: `② …`, `※ …`, `(計 2事業)`?
pub(super) fn is_enumerated(text: &str) -> bool {
    let first = text.chars().next();
    text.starts_with(['※', '（', '(']) || first.and_then(circled_value).is_some()
}

fn add_sections(project: &mut MidtermProject, found: Sections, line: u32) {
    let printed = |name| Cell::printed(name, line);
    project
        .sections
        .extend(found.names.into_iter().map(printed));
    project.and_others |= found.and_others;
}

/// Stands for the name in a cell that holds none.
const NO_NAME: &str = "-";

/// A further cell in the row of the name: sections, tags or an account of their own.
fn add_cell(row: &mut Row, cell: &str, line: u32, place: &str, lost: &mut Vec<Unresolved>) {
    let project = &mut row.project;
    let bare = sections(cell);
    if !cell.contains('【') && bare.names.iter().all(|name| is_section_name(name)) {
        add_sections(project, bare, line);
        return;
    }
    // A name in front lets the reader of names take the rest off.
    let found = name_row(&format!("{NO_NAME}{cell}"));
    let printed = |text| Cell::printed(text, line);
    project.tags.extend(found.tags.into_iter().map(printed));
    project.accounts_note = project.accounts_note.take().or(found.account.map(printed));
    add_sections(project, found.sections, line);
    row.notes.extend(found.remarks.into_iter().map(printed));
    if found.name != NO_NAME {
        lost.push(Unresolved {
            place: place.to_owned(),
            field: "name".to_owned(),
            candidates: vec![cell.to_owned()],
            why: "事業名の行に、欄を決められない文があります。".to_owned(),
            line,
        });
    }
}

/// The most candidates that a person wants to see.
const MOST_CANDIDATES: usize = 20;

fn texts(values: &[(usize, &str)]) -> Vec<String> {
    let texts = values.iter().map(|(_, text)| (*text).to_owned());
    texts.take(MOST_CANDIDATES).collect()
}

fn no_year(field: &str, values: &[(usize, &str)], line: u32) -> Unresolved {
    Unresolved {
        place: String::new(),
        field: field.to_owned(),
        candidates: texts(values),
        why: "どの年度の欄か、表の見出しからは決められません。".to_owned(),
        line,
    }
}

fn missing(place: &str, field: &str, line: u32, candidates: Vec<String>) -> Unresolved {
    Unresolved {
        place: place.to_owned(),
        field: field.to_owned(),
        candidates,
        why: "原文にありません。ページが欠けているか、行が失われています。".to_owned(),
        line,
    }
}
