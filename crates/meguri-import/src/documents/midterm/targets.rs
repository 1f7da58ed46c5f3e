//! The table of targets (到達目標): indicators, values by year, notes.

mod heading;
mod notes;

pub(super) use heading::is_target_row;

use super::cells::{cells, squeeze, years_of};
use super::lines::{Kind, Marked};
use super::marks::{Mark, Value, is_value, name_and_marks, opening_mark, value};
use super::printed::{MidtermIndicator, MidtermTheme};
use crate::documents::year_columns::{Doubt, printed_years};
use crate::printed::{ByYear, Cell, Unresolved};
use crate::text::join::push_wrapped;
use heading::{Fields, Heading, number_alone, starts_row};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::source::Settled;
use notes::{Note, tie};

/// The columns that the head of the table prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    /// Is there a column 単位?
    unit: bool,
    /// The column of 基準値 in the head.
    baseline: Option<usize>,
    /// The column of the first 目標値 in the head.
    target: Option<usize>,
    /// Columns with a year, that of 基準値 too.
    years: Vec<(usize, FiscalYear)>,
    /// Heads that do not fit the others.
    doubts: Vec<Doubt>,
    /// They stand over another table; this one has lost its head.
    borrowed: bool,
}

impl Default for Columns {
    /// The form's own order, for a head that is lost.
    fn default() -> Self {
        Self {
            unit: true,
            baseline: Some(0),
            target: None,
            years: Vec::new(),
            doubts: Vec::new(),
            borrowed: true,
        }
    }
}

impl Columns {
    /// The first line of a head; it may hold the years too.
    pub(super) fn of_head(line: &Marked) -> Self {
        let cells = cells(line.text);
        let column = |words: &[&str]| {
            let named = |cell: &&str| words.iter().any(|word| squeeze(cell).starts_with(word));
            cells.iter().position(named)
        };
        let (years, doubts) = printed_years(&years_of(&cells), line.line);
        Self {
            unit: column(&["単位"]).is_some(),
            baseline: column(&["基準", "現状"]),
            target: column(&["目標"]),
            years,
            doubts,
            borrowed: false,
        }
    }

    /// The line of the head with the years.
    pub(super) fn add_years(&mut self, line: &Marked) {
        let heads = years_of(&cells(line.text));
        (self.years, self.doubts) = printed_years(&heads, line.line);
        self.borrowed = false;
    }

    /// A head without years of its own has lost that line; the years of another table stand in.
    pub(super) fn or_years_of(mut self, other: &Self) -> Self {
        if !self.has_years() {
            self.years.clone_from(&other.years);
            self.doubts.clear();
            self.borrowed = true;
        }
        self
    }

    pub(super) const fn has_years(&self) -> bool {
        !self.years.is_empty()
    }

    /// The same columns for a table that has lost its head.
    pub(super) fn lent(&self) -> Self {
        Self {
            borrowed: true,
            doubts: Vec::new(),
            ..self.clone()
        }
    }

    /// Does 基準値 have a year of its own? `count` values stand in a row.
    fn baseline_has_year(&self, count: usize) -> bool {
        let by_place = match (self.target, self.years.first()) {
            (Some(target), Some((first, _))) if !self.borrowed => *first < target,
            _ => true,
        };
        if count == self.years.len() + 1 {
            return false;
        }
        count == self.years.len() || by_place
    }

    /// Does the unit or the first value stand right behind the number of a row, so that its name is
    /// lost?
    fn lacks_name(found: &[&str]) -> bool {
        let first = found.iter().position(|cell| !cell.is_empty());
        let rest = first
            .and_then(|first| found.get(first..))
            .unwrap_or_default();
        let &[number, behind, value, ..] = rest else {
            return false;
        };
        // The value behind a unit may be lost, too.
        let unit = meguri_core::figure::is_unit(behind) && (is_value(value) || value.is_empty());
        let values = is_value(behind) && is_value(value);
        number_alone(number).is_some() && (unit || values)
    }

    /// How many values a row has, at the least and at the most.
    fn values(&self) -> (usize, usize) {
        let years = self.years.len();
        match (self.baseline, self.target, self.years.first()) {
            (None, ..) => (years, years),
            (Some(_), Some(target), Some((first, _))) if !self.borrowed && *first >= target => {
                (years + 1, years + 1)
            }
            _ => (years, years),
        }
    }
}

/// An indicator with the marks that still look for their notes.
#[derive(Clone, Debug, Default)]
struct Row {
    indicator: MidtermIndicator,
    marks: Vec<(Mark, Option<FiscalYear>)>,
    line: u32,
    /// Its cells, for a row that goes on in the next line, and for what it has lost.
    cells: Vec<String>,
    /// What stood on the line before it.
    pending: Option<Cell<String>>,
    /// The first cell that stands on another line, and that line.
    goes_on: Option<(usize, u32)>,
    /// How many values it has less than its head has columns.
    short_by: usize,
    /// It was put together of two lines and lacks a cell of either.
    torn: bool,
    /// It ends the document: what it lacks was cut off at its end.
    is_last: bool,
}

impl Row {
    /// The line of one of its cells.
    fn line_of(&self, cell: usize) -> u32 {
        let later = self.goes_on.filter(|(first, _)| *first <= cell);
        later.map_or(self.line, |(_, line)| line)
    }

    /// A cell was dropped somewhere in the row: none of its values has a certain year.
    fn forget_values(&mut self) {
        self.indicator.baseline = None;
        self.marks.iter_mut().for_each(|(_, year)| *year = None);
        let targets = self.indicator.target.0.iter_mut();
        targets.for_each(|(_, target)| *target = None);
    }
}

/// The table while it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct TargetTable {
    pub(super) columns: Columns,
    /// The tool that wrote the text left empty cells at the end of rows out.
    pub(super) trims_rows: bool,
    rows: Vec<Row>,
    footnotes: Vec<Note>,
    /// The number of the last row that has one.
    last_no: u32,
    /// Text that waits for the row that it begins.
    pending: Option<Cell<String>>,
}

impl TargetTable {
    /// A line of the table that is neither head nor note.
    pub(super) fn line(&mut self, line: &Marked, place: &str, lost: &mut Vec<Unresolved>) {
        let found = cells(line.text);
        let values = found.iter().filter(|cell| is_value(cell)).count();
        let last = found.iter().rposition(|cell| !cell.is_empty());
        if self.completes_row(line, &found) {
            self.complete_row(line, &found);
        } else if self.lacks_head(&found) {
            lost.push(Unresolved {
                place: place.to_owned(),
                field: "indicators".to_owned(),
                candidates: vec![line.text.replace('\t', " ").trim().to_owned()],
                why: "行の番号・名称が失われているため、どの指標の値か決められません。".to_owned(),
                line: line.line,
            });
        } else if found.len() >= 3 && values >= 2
            || last >= Some(2) && values >= 1
            || self.fills_columns(&found)
        {
            let row = Row {
                line: line.line,
                is_last: line.next.is_none(),
                ..Row::default()
            };
            self.row(row, &found);
        } else {
            self.text(line, place, lost);
        }
    }

    /// Does a line begin with a value, so that it is the end of a row whose head is lost? A bare figure
    /// may be a number, where a name follows it.
    fn lacks_head(&self, found: &[&str]) -> bool {
        let first = found.iter().position(|cell| !cell.is_empty());
        let rest = first
            .and_then(|first| found.get(first..))
            .unwrap_or_default();
        let &[begins, ..] = rest else {
            return false;
        };
        let expected = self.last_no.saturating_add(1);
        let named = rest.get(1).is_some_and(|cell| !is_value(cell));
        let numbered = number_alone(begins).is_some() && named && !Columns::lacks_name(found);
        let headed = numbered || starts_row(begins, expected);
        self.pending.is_none() && rest.len() > 1 && is_value(begins) && !headed
    }

    /// Has a line the number of the next row, and a short cell under every head? Then the words in
    /// its cells stand for figures.
    fn fills_columns(&self, found: &[&str]) -> bool {
        let (_, most) = self.columns.values();
        let filled: Vec<&&str> = found.iter().filter(|cell| !cell.is_empty()).collect();
        let expected = self.last_no.saturating_add(1);
        let numbered = filled
            .first()
            .is_some_and(|cell| starts_row(cell, expected));
        let short = |cell: &&&str| cell.chars().count() <= 12 && !cell.contains(['。', '、']);
        let least = most + 1 + usize::from(self.columns.unit);
        most > 0 && numbered && filled.len() >= least && filled.iter().rev().take(most).all(short)
    }

    /// Does a number alone go on with the row above?
    pub(super) fn lacks_values(&self) -> bool {
        self.rows.last().is_some_and(|row| row.short_by > 0)
    }

    /// Does a line hold the values that the row above it lacks, and nothing else?
    fn completes_row(&self, line: &Marked, found: &[&str]) -> bool {
        let filled = || found.iter().filter(|cell| !cell.is_empty());
        let count = filled().count();
        let fits = |row: &Row| count > 0 && count <= row.short_by && row.goes_on.is_none();
        // The number of the next row, torn off it.
        let is_number = line.next == Some(Kind::Row)
            && number_alone(line.text.trim()) == Some(self.last_no.saturating_add(1));
        !line.after_blank
            && !is_number
            && self.pending.is_none()
            && self.footnotes.is_empty()
            && self.rows.last().is_some_and(fits)
            && filled().all(|cell| is_value(cell))
    }

    fn complete_row(&mut self, line: &Marked, found: &[&str]) {
        let Some(begun) = self.rows.pop() else {
            return;
        };
        let first = begun.cells.len();
        let begun_cells = begun.cells.iter().map(String::as_str);
        let filled = found.iter().copied().filter(|cell| !cell.is_empty());
        let more: Vec<&str> = match found.split_first() {
            // One cell within the line is empty: the others stay where they are.
            Some((&"", rest)) if rest.len() == begun.short_by => rest.to_vec(),
            _ => filled.collect(),
        };
        let certain = more.len() == begun.short_by;
        let all: Vec<&str> = begun_cells.chain(more).collect();
        let no = begun.indicator.no.as_ref();
        self.last_no = no.map_or(self.last_no, |no| no.value().saturating_sub(1));
        self.pending = begun.pending;
        let row = Row {
            line: begun.line,
            goes_on: Some((first, line.line)),
            is_last: line.next.is_none(),
            torn: !certain,
            ..Row::default()
        };
        self.row(row, &all);
    }

    /// A piece of text without values: the beginning of a name that goes on in the next row, the
    /// rest of a note, or nothing that has a place.
    fn text(&mut self, line: &Marked, place: &str, lost: &mut Vec<Unresolved>) {
        let text = line.text.replace('\t', " ");
        if self.pending.is_none()
            && !line.after_blank
            && let Some((note, _)) = self.footnotes.last_mut()
        {
            push_wrapped(&mut note.0.value, &text);
            return;
        }
        let expected = self.last_no.saturating_add(1);
        match &mut self.pending {
            Some(pending) => push_wrapped(&mut pending.0.value, &text),
            None if starts_row(&text, expected) => {
                self.pending = Some(Cell::layout(text.trim().to_owned(), line.line));
            }
            None => lost.push(Unresolved {
                place: place.to_owned(),
                field: "indicators".to_owned(),
                candidates: vec![text.trim().to_owned()],
                why: "到達目標の表のどの欄の文か、原文の並びからは決められません。".to_owned(),
                line: line.line,
            }),
        }
    }

    fn row(&mut self, mut row: Row, found: &[&str]) {
        let expected = self.last_no.saturating_add(1);
        row.pending = self.pending.take();
        let mut heading = Heading::of(found, expected, row.pending.clone(), row.line);
        if row.pending.is_none() && Columns::lacks_name(found) {
            heading.lose_name();
        }
        let rest = found.get(heading.end..).unwrap_or_default();
        let fields = Fields::of(rest, heading.end, &self.columns);
        let mut name = heading.name;
        if let (Some(name), more) = (&mut name, &fields.name)
            && !more.is_empty()
        {
            name.0.value = format!("{} {more}", name.value());
            name.0.settled = Settled::Layout;
        }
        self.last_no = heading.no.as_ref().map_or(self.last_no, |no| *no.value());
        row.indicator.no = heading.no;
        row.indicator.name = name.and_then(|name| {
            let (text, marks) = name_and_marks(name.value());
            row.marks.extend(marks.into_iter().map(|mark| (mark, None)));
            (!text.is_empty()).then(|| Cell(name.0.map(|_| text)))
        });
        row.indicator.unit = fields.unit.map(|(cell, unit)| {
            let (unit, marks) = name_and_marks(unit);
            row.marks.extend(marks.into_iter().map(|mark| (mark, None)));
            self.columns.settle(unit, cell, None, &row)
        });
        self.columns.values_into(&mut row, &fields.values);
        let (want, _) = self.columns.values();
        row.short_by = want.saturating_sub(fields.values.len());
        let kept = found.iter().take(MOST_CELLS);
        row.cells = kept.map(|cell| (*cell).to_owned()).collect();
        self.rows.push(row);
    }

    /// A line that opens with the mark of a note.
    pub(super) fn footnote(&mut self, line: &Marked) {
        let text = line.text.trim();
        let note = Cell::printed(text.replace('\t', " "), line.line);
        self.footnotes.push((note, opening_mark(text)));
    }

    /// Ties marks to notes and hands everything over.
    pub(super) fn finish(self, theme: &mut MidtermTheme, place: &str, lost: &mut Vec<Unresolved>) {
        if let Some(pending) = self.pending {
            lost.push(Unresolved {
                place: place.to_owned(),
                field: "indicators".to_owned(),
                why: "指標の行が途中で切れています。".to_owned(),
                line: pending.line(),
                candidates: vec![pending.0.value],
            });
        }
        lost.extend(
            self.columns
                .doubts
                .iter()
                .map(|doubt| doubt.unresolved(place)),
        );
        for (index, mut row) in self.rows.into_iter().enumerate() {
            let place = format!("{place} indicator {}", index + 1);
            if row.short_by > 0 && (!self.trims_rows || row.torn) && !row.is_last {
                row.forget_values();
            }
            report_lost(&row, &place, lost);
            let row = tie(row, &self.footnotes, &place, lost);
            theme.indicators.push(row);
        }
        let notes = self.footnotes.into_iter().map(|(note, _)| note);
        theme.footnotes.extend(notes);
    }
}

impl Columns {
    /// A value is printed under its head where both stand in the same column; else its place
    /// follows from the order.
    fn settle<T>(&self, value: T, cell: usize, head: Option<usize>, row: &Row) -> Cell<T> {
        let line = row.line_of(cell);
        let shifted = head.is_some_and(|head| head != cell);
        if self.borrowed || shifted || line != row.line {
            Cell::layout(value, line)
        } else {
            Cell::printed(value, line)
        }
    }

    fn values_into(&self, row: &mut Row, values: &[(usize, &str)]) {
        let mut values = values.iter();
        let count = values.len();
        let own_year = self.baseline_has_year(count);
        if self.baseline.is_some() {
            let head = if own_year {
                self.years.first().map(|(column, _)| *column)
            } else {
                self.baseline
            };
            let year = self.years.first().map(|(_, year)| *year);
            row.indicator.baseline_year = year.filter(|_| own_year);
            if let Some((cell, text)) = values.next() {
                let value = value(text);
                keep_notes(row, &value, None, *cell);
                row.indicator.baseline =
                    (!value.text.is_empty()).then(|| self.settle(value.text, *cell, head, row));
            }
        }
        let skipped = usize::from(self.baseline.is_some() && own_year);
        let mut targets = Vec::new();
        for (head, year) in self.years.iter().skip(skipped) {
            let target = values.next().and_then(|(cell, text)| {
                let value = value(text);
                keep_notes(row, &value, Some(*year), *cell);
                (!value.text.is_empty()).then(|| self.settle(value.text, *cell, Some(*head), row))
            });
            targets.push((*year, target));
        }
        row.indicator.target = ByYear(targets);
    }
}

fn keep_notes(row: &mut Row, value: &Value, year: Option<FiscalYear>, cell: usize) {
    row.marks
        .extend(value.marks.iter().map(|mark| (*mark, year)));
    let line = row.line_of(cell);
    let note = value.note.clone().map(|note| Cell::printed(note, line));
    row.indicator.notes.extend(note);
}

/// The most candidates that a person wants to see.
const MOST_CANDIDATES: usize = 20;
/// The most cells of a row that are kept until the table is finished.
const MOST_CELLS: usize = 60;

/// Says what a row has lost, and which of its cells have no place.
fn report_lost(row: &Row, place: &str, lost: &mut Vec<Unresolved>) {
    let indicator = &row.indicator;
    let years = &indicator.target.0;
    let missing = years.iter().filter(|(_, value)| value.is_none());
    let missing: Vec<String> = missing.map(|(year, _)| year.short()).collect();
    let targets = years.is_empty() || !missing.is_empty();
    let fields = [
        (indicator.name.is_none(), "name".to_owned()),
        (indicator.unit.is_none(), "unit".to_owned()),
        (indicator.baseline.is_none(), "baseline".to_owned()),
        (targets, format!("target {}", missing.join(" "))),
    ];
    for (is_lost, field) in fields {
        if !is_lost {
            continue;
        }
        let candidates = row.cells.iter().filter(|cell| !cell.is_empty());
        lost.push(Unresolved {
            place: place.to_owned(),
            field: field.trim().to_owned(),
            candidates: candidates.take(MOST_CANDIDATES).cloned().collect(),
            why: "欄が空か、原文で失われています。".to_owned(),
            line: row.line,
        });
    }
}
