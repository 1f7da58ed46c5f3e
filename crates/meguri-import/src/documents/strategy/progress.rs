//! What was done in a year: one text per item, with the sub-head (`≪…≫`) that opens it.

use super::rows::Row;
use crate::printed::Cell;
use crate::text::bullets::after_bullet;
use crate::text::join::push_wrapped;
use meguri_core::source::Settled;
use meguri_core::text::is_dash_cell;

/// Puts rows together to items.
#[derive(Debug, Default)]
pub(super) struct Items {
    items: Vec<Cell<String>>,
    /// A sub-head that waits for its item.
    subhead: Option<Cell<String>>,
    /// Did the row before close a paragraph?
    closed: bool,
    /// Has any item a bullet? Without any, paragraphs are items.
    bulleted: bool,
    page: Option<u32>,
}

impl Items {
    /// Takes one more row.
    pub(super) fn push(&mut self, row: &Row<'_>) {
        let turned = self
            .page
            .replace(row.page)
            .is_some_and(|page| page != row.page);
        if is_subhead(row.text) {
            self.flush_subhead();
            self.subhead = Some(Cell::printed(row.text.to_owned(), row.line));
        } else if let Some(text) = after_bullet(row.text) {
            self.bulleted = true;
            self.open(text, row.line);
        } else if self.subhead.is_some() || self.items.is_empty() {
            let text = if is_dash_cell(row.text) {
                "-"
            } else {
                row.text
            };
            self.open(text, row.line);
        } else if self.closed && !self.bulleted {
            self.open(row.text, row.line);
        } else {
            self.go_on(row, turned);
        }
        self.closed = row.ends;
    }

    /// The items read so far.
    pub(super) fn finish(mut self) -> Vec<Cell<String>> {
        self.flush_subhead();
        self.items
    }

    fn open(&mut self, text: &str, line: u32) {
        let text = one_spaced(text);
        self.items.push(match self.subhead.take() {
            Some(Cell(mut subhead)) => {
                subhead.value.push_str(&text);
                Cell(subhead)
            }
            None => Cell::printed(text, line),
        });
    }

    /// The item goes on. On the next page it does so by its place only.
    fn go_on(&mut self, row: &Row<'_>, turned: bool) {
        let Some(Cell(item)) = self.items.last_mut() else {
            return;
        };
        if self.closed {
            item.value.push('\n');
        }
        push_wrapped(&mut item.value, &one_spaced(row.text));
        if turned {
            item.settled = Settled::Layout;
        }
    }

    fn flush_subhead(&mut self) {
        self.items.extend(self.subhead.take());
    }
}

/// A row that is one bracketed heading.
fn is_subhead(text: &str) -> bool {
    let pairs = [
        ('≪', '≫'),
        ('《', '》'),
        ('〈', '〉'),
        ('＜', '＞'),
        ('<', '>'),
        ('【', '】'),
        ('［', '］'),
    ];
    pairs.iter().any(|(open, close)| {
        text.strip_prefix(*open)
            .and_then(|rest| rest.strip_suffix(*close))
            .is_some_and(|inner| !inner.contains([*open, *close]))
    })
}

/// Columns that were set with runs of spaces are told apart by one.
fn one_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut spaced = false;
    for c in text.chars() {
        let space = matches!(c, ' ' | '\u{3000}' | '\t');
        if !(space && spaced) {
            out.push(if space { ' ' } else { c });
        }
        spaced = space;
    }
    out
}
