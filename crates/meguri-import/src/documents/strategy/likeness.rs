//! How much a text looks like a progress list, by the marks of its form.

use super::front::split_status;
use super::rows::Row;
use super::words::{goal_heading, is_head_row, is_known_status, is_title, squeeze, year_heading};
use crate::source_text::SourceText;
use crate::text::bullets::is_bullet;

/// The marks found so far.
#[derive(Default)]
struct Marks {
    /// The title, a column head with the heads that only this form has, a front with its year.
    strong: u32,
    /// Headings of years and goals, which other papers may have, too.
    weak: u32,
    /// Words of the column head that is being read, and whether it names sections or progress.
    head_words: usize,
    head_named: bool,
    /// Did the row before close the front of a measure?
    front: bool,
    /// Is a year open that items follow?
    year: bool,
    itemed: bool,
}

/// Counts the marks of the form; 0 where none of them is this form's own.
pub(super) fn likeness(source: &SourceText) -> u32 {
    let mut marks = Marks::default();
    for line in &source.lines {
        let text = line.text.trim();
        if !text.is_empty() {
            marks.take(line.number, text);
        }
    }
    marks.end_head();
    if marks.strong == 0 {
        0
    } else {
        marks.strong.saturating_add(marks.weak)
    }
}

impl Marks {
    fn take(&mut self, line: u32, text: &str) {
        let words = is_head_row(text);
        if words > 0 {
            self.head_words += words;
            let squeezed = squeeze(text);
            let own = ["関連課", "関係課", "進捗状況"];
            self.head_named |= own.iter().any(|word| squeezed.contains(word));
            return;
        }
        self.end_head();
        if is_title(text) {
            self.strong = self.strong.saturating_add(3);
        } else if goal_heading(text).is_some() && text.starts_with("基本目標") {
            self.weak = self.weak.saturating_add(1);
        }
        self.take_year(text);
        self.front = closes_front(line, text);
    }

    /// A year right behind a front, or a year behind another one's items, is this form's own.
    fn take_year(&mut self, text: &str) {
        if text.starts_with(is_bullet) {
            self.itemed = self.year;
        } else if year_heading(text).is_some() {
            self.weak = self.weak.saturating_add(1);
            let own = self.front || self.itemed;
            self.strong = self.strong.saturating_add(2 * u32::from(own));
            self.year = true;
            self.itemed = false;
        }
    }

    fn end_head(&mut self) {
        if self.head_words >= 4 && self.head_named {
            self.strong = self.strong.saturating_add(3);
        }
        self.head_words = 0;
        self.head_named = false;
    }
}

/// Does a row end in a state, as the front of a measure does?
fn closes_front(line: u32, text: &str) -> bool {
    if text.len() > 150 || text.ends_with('。') {
        return false;
    }
    let row = Row {
        line,
        text,
        ends: true,
        gap: true,
        page: 0,
    };
    let (_, status) = split_status(&row);
    status.is_some_and(|status| is_known_status(status.value()))
}
