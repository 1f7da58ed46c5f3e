//! The table of targets (到達目標): indicators, values by year, notes.

mod heading;
mod notes;

pub(super) use heading::is_target_row;

use super::cells::{cells, squeeze, years_of};
use super::lines::Marked;
use super::marks::{Mark, Value, is_value, name_and_marks, opening_mark, value};
use super::printed::{MidtermIndicator, MidtermTheme};
use crate::printed::{ByYear, Cell, Unresolved};
use crate::text::join::push_wrapped;
use heading::{Fields, Heading, starts_row};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::source::Settled;
use notes::tie;

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
            borrowed: true,
        }
    }
}

impl Columns {
    /// The first line of a head; it may hold the years too.
    pub(super) fn of_head(text: &str) -> Self {
        let cells = cells(text);
        let column = |words: &[&str]| {
            let named = |cell: &&str| words.iter().any(|word| squeeze(cell).starts_with(word));
            cells.iter().position(named)
        };
        Self {
            unit: column(&["単位"]).is_some(),
            baseline: column(&["基準", "現状値"]),
            target: column(&["目標"]),
            years: years_of(&cells),
            borrowed: false,
        }
    }

    /// The line of the head with the years.
    pub(super) fn add_years(&mut self, text: &str) {
        let cells = cells(text);
        let years = years_of(&cells);
        self.years = years;
        self.borrowed = false;
    }

    /// A head without years of its own has lost that line; the years of another table stand in.
    pub(super) fn or_years_of(mut self, other: &Self) -> Self {
        if !self.has_years() {
            self.years.clone_from(&other.years);
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
}

/// The table while it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct TargetTable {
    pub(super) columns: Columns,
    rows: Vec<Row>,
    footnotes: Vec<(Cell<String>, Option<Mark>)>,
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
        if found.len() >= 3 && values >= 2 || last >= Some(2) && values >= 1 {
            self.row(line, &found, place, lost);
        } else {
            self.text(line, place, lost);
        }
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

    fn row(&mut self, line: &Marked, found: &[&str], place: &str, lost: &mut Vec<Unresolved>) {
        let heading = Heading::of(
            found,
            self.last_no.saturating_add(1),
            self.pending.take(),
            line.line,
        );
        let rest = found.get(heading.end..).unwrap_or_default();
        let mut row = Row {
            line: line.line,
            ..Row::default()
        };
        let place = format!("{place} indicator {}", self.rows.len() + 1);
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
            self.columns.settle(unit, cell, None, line.line)
        });
        self.columns.values_into(&mut row, &fields.values);
        report_lost(&row, rest, &place, lost);
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
        for (index, row) in self.rows.into_iter().enumerate() {
            let place = format!("{place} indicator {}", index + 1);
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
    fn settle<T>(&self, value: T, cell: usize, head: Option<usize>, line: u32) -> Cell<T> {
        let shifted = head.is_some_and(|head| head != cell);
        if self.borrowed || shifted {
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
            if let Some((cell, text)) = values.next() {
                let value = value(text);
                keep_notes(row, &value, None);
                row.indicator.baseline = (!value.text.is_empty())
                    .then(|| self.settle(value.text, *cell, head, row.line));
            }
        }
        let skipped = usize::from(self.baseline.is_some() && own_year);
        let mut targets = Vec::new();
        for (head, year) in self.years.iter().skip(skipped) {
            let target = values.next().and_then(|(cell, text)| {
                let value = value(text);
                keep_notes(row, &value, Some(*year));
                (!value.text.is_empty())
                    .then(|| self.settle(value.text, *cell, Some(*head), row.line))
            });
            targets.push((*year, target));
        }
        row.indicator.target = ByYear(targets);
    }
}

fn keep_notes(row: &mut Row, value: &Value, year: Option<FiscalYear>) {
    row.marks
        .extend(value.marks.iter().map(|mark| (*mark, year)));
    let note = value.note.clone().map(|note| Cell::printed(note, row.line));
    row.indicator.notes.extend(note);
}

/// The most candidates that a person wants to see.
const MOST_CANDIDATES: usize = 20;

/// Says what a row has lost, and which of its cells have no place.
fn report_lost(row: &Row, rest: &[&str], place: &str, lost: &mut Vec<Unresolved>) {
    let indicator = &row.indicator;
    let years = &indicator.target.0;
    let missing_year = years.iter().find(|(_, value)| value.is_none());
    let field = if indicator.name.is_none() {
        "name".to_owned()
    } else if years.is_empty() {
        "target".to_owned()
    } else if indicator.baseline.is_none() {
        "baseline".to_owned()
    } else if let Some((year, _)) = missing_year {
        format!("target {}", year.short())
    } else if indicator.unit.is_none() {
        "unit".to_owned()
    } else {
        return;
    };
    let candidates = rest.iter().filter(|cell| !cell.is_empty());
    let candidates = candidates.take(MOST_CANDIDATES);
    lost.push(Unresolved {
        place: place.to_owned(),
        field,
        candidates: candidates.map(|cell| (*cell).to_owned()).collect(),
        why: "欄が空か、原文で失われています。".to_owned(),
        line: row.line,
    });
}
