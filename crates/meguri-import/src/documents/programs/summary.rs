//! The summary: how many programmes of each direction got which grade.

use super::lines::Piece;
use super::marks;
use super::printed::{GradeCounts, ProgramsSummary, SummaryRow};
use super::scale;
use super::wording::close_name;
use crate::printed::Cell;
use crate::text::join::push_wrapped;
use meguri_core::text::{is_dash, narrow, whole_number};

/// Reads the first summary table among the front pages; a page that comes twice is read once.
pub(super) fn read(front: &[Piece<'_>], scale: &[String]) -> ProgramsSummary {
    let mut table = Table::new(scale);
    for piece in front {
        if table.done {
            break;
        }
        table.see(piece);
    }
    table.end_row();
    table.summary
}

/// The table while it is being read.
struct Table {
    grades: Vec<String>,
    /// The grades of the paper's own explanation, for a table whose head is lost.
    scale: Vec<String>,
    label: Option<(String, u32)>,
    programs: Option<Cell<u32>>,
    counts: Vec<Option<Cell<u32>>>,
    in_total: bool,
    done: bool,
    summary: ProgramsSummary,
}

impl Table {
    fn new(scale: &[String]) -> Self {
        Self {
            grades: Vec::new(),
            scale: scale.to_vec(),
            label: None,
            programs: None,
            counts: Vec::new(),
            in_total: false,
            done: false,
            summary: ProgramsSummary::default(),
        }
    }

    fn see(&mut self, piece: &Piece<'_>) {
        if piece.text.contains('。') || scale::is_legend(piece.text) {
            self.drop_label();
            return;
        }
        let grades = column_grades(piece.text, &self.scale);
        if !grades.is_empty() && self.summary.rows.is_empty() {
            self.grades.extend(grades);
            self.drop_label();
            return;
        }
        if let Some(numbers) = total(piece.text) {
            self.end_row();
            self.in_total = true;
            self.take(&numbers, piece.line);
            return;
        }
        if let Some(numbers) = numbers(piece.text) {
            self.take(&numbers, piece.line);
            return;
        }
        match programs(piece.text) {
            Some((before, count, after)) => {
                if self.programs.is_some() {
                    self.end_row();
                }
                // The name may be lost: the number alone says which row it is.
                if self.label.is_none() && marks::leading_number(before).is_some() {
                    self.label = Some((close_name(before), piece.line));
                } else {
                    self.extend_label(before, piece.line);
                }
                self.programs = Some(Cell::printed(count, piece.line));
                if let Some(numbers) = numbers(after) {
                    self.take(&numbers, piece.line);
                }
            }
            None => self.extend_label(piece.text, piece.line),
        }
    }

    fn drop_label(&mut self) {
        if self.programs.is_some() || self.in_total {
            self.end_row();
        }
        self.label = None;
        self.counts.clear();
    }

    /// A name goes on over lines until its numbers come.
    fn extend_label(&mut self, text: &str, line: u32) {
        if text.is_empty() {
            return;
        }
        if self.programs.is_some() || self.in_total {
            self.end_row();
        }
        // A new number at the head of a line is a new row; what stood before was no row.
        let numbered = marks::leading_number(text).is_some_and(|(_, rest)| !rest.is_empty());
        match &mut self.label {
            Some((label, _)) if !numbered => push_wrapped(label, &close_name(text)),
            label => *label = numbered.then(|| (close_name(text), line)),
        }
    }

    fn take(&mut self, numbers: &[Option<u32>], line: u32) {
        if self.programs.is_none() && !self.in_total {
            return;
        }
        for number in numbers {
            self.counts.push(number.map(|n| Cell::layout(n, line)));
        }
        if self.counts.len() >= self.columns().len() {
            self.end_row();
        }
    }

    /// The grades of the columns: those of the head, else those that the paper explains.
    fn columns(&self) -> &[String] {
        if self.grades.is_empty() {
            &self.scale
        } else {
            &self.grades
        }
    }

    fn end_row(&mut self) {
        let counts = std::mem::take(&mut self.counts);
        let label = self.label.take();
        let programs = self.programs.take();
        if std::mem::take(&mut self.in_total) {
            self.summary.total = self.by_grade(counts);
            self.done = !self.summary.rows.is_empty();
        } else if let (Some((label, line)), Some(programs)) = (label, programs) {
            let (direction, name) = marks::leading_number(&label)
                .map_or((None, label.as_str()), |(no, name)| (Some(no), name));
            let row = SummaryRow {
                direction: direction.map(|no| Cell::printed(no, line)),
                name: Some(name.trim())
                    .filter(|name| !name.is_empty())
                    .map(|name| Cell::printed(name.to_owned(), line)),
                programs: Some(programs),
                grades: self.by_grade(counts),
            };
            self.summary.rows.push(row);
        }
    }

    /// Counts by grade; where some are lost, which ones is not known, and all stay empty.
    fn by_grade(&self, counts: Vec<Option<Cell<u32>>>) -> GradeCounts {
        let grades = self.columns().iter().cloned();
        if counts.len() == grades.len() {
            GradeCounts(grades.zip(counts).collect())
        } else {
            GradeCounts(grades.map(|grade| (grade, None)).collect())
        }
    }
}

/// The grades in a column's head: `（Ｓ）`, `予定どおり（Ａ）`, or the words of the scale in turn.
fn column_grades(text: &str, scale: &[String]) -> Vec<String> {
    let folded = narrow(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let graded = |word: &&str| {
        let word = word.trim_matches(['(', ')', '「', '」']);
        word.chars().count() > 1 && scale.iter().any(|grade| grade == word)
    };
    if !words.is_empty() && words.iter().all(graded) {
        let bare = words
            .iter()
            .map(|word| word.trim_matches(['(', ')', '「', '」']));
        return bare.map(str::to_owned).collect();
    }
    let parts = folded.split('(').skip(1);
    parts
        .filter_map(|part| part.split_once(')'))
        .filter_map(|(inner, _)| {
            let mut chars = inner.trim().chars();
            match (chars.next(), chars.next()) {
                (Some(c), None)
                    if !c.is_numeric() && !c.is_alphabetic() || c.is_ascii_uppercase() =>
                {
                    Some(c.to_string())
                }
                _ => None,
            }
        })
        .collect()
}

/// A line of nothing but numbers; a dash stands for none.
fn numbers(text: &str) -> Option<Vec<Option<u32>>> {
    let folded = narrow(text);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let plain = |word: &&str| {
        let bare = word.trim_start_matches('(').trim_end_matches(')');
        let dash = bare.chars().all(is_dash) && !bare.is_empty();
        if dash {
            Some(None)
        } else {
            whole_number(bare).map(Some)
        }
    };
    (!words.is_empty())
        .then(|| words.iter().map(plain).collect::<Option<Vec<_>>>())
        .flatten()
}

/// The total row: `計 ０ １８ ２`.
fn total(text: &str) -> Option<Vec<Option<u32>>> {
    let rest = ["合計", "総計", "計", "合 計"]
        .iter()
        .find_map(|word| text.strip_prefix(word))?;
    if rest.trim().is_empty() {
        return Some(Vec::new());
    }
    numbers(rest)
}

/// `（６プログラム）` with what stands before and behind it.
fn programs(text: &str) -> Option<(&str, u32, &str)> {
    let (before, rest) = text.rsplit_once(['（', '('])?;
    let (inner, after) = rest.split_once(['）', ')'])?;
    let (count, unit) = marks::leading_number(inner.trim())?;
    let unit = unit.trim();
    let known = ["プログラム", "項目", "事業", "件", "取組"].contains(&unit);
    (known && unit.chars().all(char::is_alphanumeric)).then_some((
        before.trim(),
        count,
        after.trim(),
    ))
}
