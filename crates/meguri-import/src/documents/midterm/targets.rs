//! The table of targets (到達目標): indicators, values by year, notes.

use super::cells::{cells, squeeze, years_of};
use super::lines::Marked;
use super::marks::{Mark, Value, is_value, name_and_marks, opening_mark, value};
use super::printed::{MidtermIndicator, MidtermTheme};
use crate::printed::{ByYear, Cell, Unresolved};
use crate::text::join::push_wrapped;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::text::{narrow, whole_number};

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
        let expected = self.expected();
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

    /// The number that the next row should have.
    fn expected(&self) -> u32 {
        let last = self
            .rows
            .iter()
            .rev()
            .find_map(|row| row.indicator.no.as_ref());
        last.map_or(1, |no| no.value().saturating_add(1))
    }

    fn row(&mut self, line: &Marked, found: &[&str], place: &str, lost: &mut Vec<Unresolved>) {
        let heading = Heading::of(found, self.expected(), self.pending.take(), line.line);
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
            name.0.settled = Cell::layout((), 0).0.settled;
        }
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

/// Unit and values of a row, with their columns.
struct Fields<'a> {
    /// More of the name than its cell held.
    name: String,
    unit: Option<(usize, &'a str)>,
    values: Vec<(usize, &'a str)>,
}

impl<'a> Fields<'a> {
    /// Takes apart what follows the name: the unit and as many values as the head has columns.
    fn of(rest: &[&'a str], offset: usize, columns: &Columns) -> Self {
        let (want, _) = columns.values();
        let unit = usize::from(columns.unit);
        let mut cells: Vec<(usize, &'a str)> = rest
            .iter()
            .enumerate()
            .map(|(at, cell)| (offset + at, *cell))
            .collect();
        // Empty cells that the head's shift leaves over, at the end first.
        while cells.len() > want + unit && cells.last().is_some_and(|(_, c)| c.is_empty()) {
            cells.pop();
        }
        let over = cells.len().saturating_sub(want + unit);
        let empty = cells.iter().take(over).take_while(|(_, c)| c.is_empty());
        let empty = empty.count();
        cells.drain(..empty);
        let mut name = String::new();
        let over = cells.len().saturating_sub(want + unit);
        if want > 0 && cells.iter().take(over).all(|(_, cell)| !is_value(cell)) {
            let more: Vec<&str> = cells.drain(..over).map(|(_, cell)| cell).collect();
            name = more.join(" ").trim().to_owned();
        }
        let lost_unit = cells.len() <= want && cells.first().is_some_and(|(_, c)| is_value(c));
        let has_unit = columns.unit && !lost_unit && !cells.is_empty();
        let unit = has_unit.then(|| cells.remove(0));
        Self {
            name,
            unit: unit.filter(|(_, unit)| !unit.is_empty()),
            values: cells,
        }
    }
}

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
    lost.push(Unresolved {
        place: place.to_owned(),
        field,
        candidates: candidates.map(|cell| (*cell).to_owned()).collect(),
        why: "欄が空か、原文で失われています。".to_owned(),
        line: row.line,
    });
}

/// Number and name at the head of a row.
struct Heading {
    no: Option<Cell<u32>>,
    name: Option<Cell<String>>,
    /// The first cell behind them.
    end: usize,
}

impl Heading {
    fn of(found: &[&str], expected: u32, pending: Option<Cell<String>>, line: u32) -> Self {
        let first = found.iter().position(|cell| !cell.is_empty());
        let first = first.unwrap_or_default();
        let cell = found.get(first).copied().unwrap_or_default();
        if let Some(pending) = pending {
            return Self::wrapped(pending, found, first, expected);
        }
        let printed = |text: &str| {
            let text = text.trim();
            (!text.is_empty()).then(|| Cell::printed(text.to_owned(), line))
        };
        if let Some(no) = number_alone(cell) {
            return Self {
                no: Some(Cell::printed(no, line)),
                name: found.get(first + 1).and_then(|name| printed(name)),
                end: first + 2,
            };
        }
        let (no, name) = split_number(cell, expected);
        Self {
            no: no.map(|no| Cell::printed(no, line)),
            name: printed(name),
            end: first + 1,
        }
    }

    /// The row goes on where the line before it broke off.
    fn wrapped(pending: Cell<String>, found: &[&str], first: usize, expected: u32) -> Self {
        let (no, begun) = match number_alone(pending.value()) {
            Some(no) => (Some(no), ""),
            None => split_number(pending.value(), expected),
        };
        let mut name = begun.trim().to_owned();
        let cell = found.get(first).copied().unwrap_or_default();
        // A row that begins with the unit: its whole name stood on the line before.
        let goes_on = found.get(first + 1).is_some_and(|next| !is_value(next));
        let end = if goes_on || begun.is_empty() {
            push_wrapped(&mut name, cell);
            first + 1
        } else {
            first
        };
        Self {
            no: no.map(|no| Cell::layout(no, pending.line())),
            name: (!name.is_empty()).then(|| Cell::layout(name, pending.line())),
            end,
        }
    }
}

/// `3`, `３`, `③`, `(3)`, `3.`.
fn number_alone(cell: &str) -> Option<u32> {
    let bare = |c: char| matches!(c, '(' | ')' | '（' | '）' | '.' | '．' | ' ');
    whole_number(cell.trim_matches(bare)).filter(|_| cell.len() <= 16)
}

/// Splits `3 name`; glued figures are a number only where the numbering expects it.
fn split_number(cell: &str, expected: u32) -> (Option<u32>, &str) {
    let cell = cell.trim();
    let end = cell
        .char_indices()
        .find(|(_, c)| !narrow(&c.to_string()).starts_with(|n: char| n.is_ascii_digit()))
        .map_or(cell.len(), |(at, _)| at);
    let (digits, rest) = cell.split_at_checked(end).unwrap_or(("", cell));
    if digits.is_empty() {
        let first = cell
            .chars()
            .next()
            .filter(|c| !c.is_alphanumeric() || *c > '\u{2000}');
        let circled = first.and_then(meguri_core::text::circled_value);
        let name = first.map_or(cell, |c| cell.get(c.len_utf8()..).unwrap_or(cell));
        return circled.map_or((None, cell), |no| (Some(no), name.trim()));
    }
    let parted = rest.starts_with([' ', '\u{3000}', '.', '．', '、', '）', ')']);
    match whole_number(digits) {
        Some(no) if parted || no == expected => {
            let name = rest.trim_start_matches([' ', '\u{3000}', '.', '．', '、', '）', ')']);
            (Some(no), name)
        }
        _ => (None, cell),
    }
}

/// Does a text begin the row with the expected number?
fn starts_row(text: &str, expected: u32) -> bool {
    let no = number_alone(text.trim()).or_else(|| split_number(text, expected).0);
    no.is_some_and(|no| no == expected)
}

/// The words by which a note says that a target was changed in mid-plan.
const REVISING: [&str; 14] = [
    "再設定",
    "見直",
    "修正",
    "変更",
    "改定",
    "改訂",
    "改め",
    "更新",
    "上方",
    "下方",
    "引き上げ",
    "引き下げ",
    "引上げ",
    "引下げ",
];

/// Ties the marks of a row to the notes under the table.
fn tie(
    row: Row,
    notes: &[(Cell<String>, Option<Mark>)],
    place: &str,
    lost: &mut Vec<Unresolved>,
) -> MidtermIndicator {
    let mut indicator = row.indicator;
    let mut tied: Vec<(usize, bool)> = Vec::new();
    for (mark, year) in &row.marks {
        let found = note_of(*mark, notes);
        if let Some(year) = year
            && found.is_none_or(|(at, _)| revises(notes, at))
            && !indicator.revised.contains(year)
        {
            indicator.revised.push(*year);
        }
        match found {
            Some(found) if !tied.iter().any(|(at, _)| *at == found.0) => tied.push(found),
            Some(_) => {}
            None => lost.push(Unresolved {
                place: place.to_owned(),
                field: "notes".to_owned(),
                candidates: notes.iter().map(|(note, _)| note.value().clone()).collect(),
                why: "印に対応する注記が1つに決まりません。".to_owned(),
                line: row.line,
            }),
        }
    }
    tied.sort_unstable();
    for (at, exact) in tied {
        let note = notes.get(at).map(|(note, _)| note.0.clone());
        indicator.notes.extend(note.map(|note| {
            if exact {
                Cell(note)
            } else {
                Cell::layout(note.value, note.line)
            }
        }));
    }
    indicator
}

fn revises(notes: &[(Cell<String>, Option<Mark>)], at: usize) -> bool {
    let text = notes.get(at).map_or("", |(note, _)| note.value().as_str());
    REVISING.iter().any(|word| text.contains(word))
}

/// The note that a mark points to, and whether the two marks are the same.
fn note_of(mark: Mark, notes: &[(Cell<String>, Option<Mark>)]) -> Option<(usize, bool)> {
    let matching = |fits: &dyn Fn(Mark) -> bool| {
        let mut found = notes
            .iter()
            .enumerate()
            .filter(|(_, (_, own))| own.is_some_and(fits))
            .map(|(at, _)| at);
        let first = found.next()?;
        found.next().is_none().then_some(first)
    };
    matching(&|own| own == mark)
        .map(|at| (at, true))
        .or_else(|| matching(&|own| own.same_note(mark)).map(|at| (at, false)))
        .or_else(|| {
            // One note only, and one of the two marks has lost its number.
            let (_, own) = notes.first().filter(|_| notes.len() == 1)?;
            let lost_number = own.is_none_or(|own| own.number.is_none() != mark.number.is_none());
            lost_number.then_some((0, false))
        })
}
