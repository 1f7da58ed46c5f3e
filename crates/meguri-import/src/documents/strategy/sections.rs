//! The cell 所管課（関連課）: sections, and in parentheses the sections that take part.

use super::rows::Row;
use crate::printed::Cell;
use crate::text::join::close_letter_spacing;
use crate::text::sections::is_section_name;

/// The two lists of the cell.
#[derive(Debug, Default)]
pub(super) struct Sections {
    pub(super) leading: Vec<Cell<String>>,
    pub(super) related: Vec<Cell<String>>,
}

impl Sections {
    /// Does every entry look like the name of a section?
    pub(super) fn are_names(&self) -> bool {
        let mut all = self.leading.iter().chain(&self.related).peekable();
        all.peek().is_some() && all.all(|cell| is_unit(cell.value()))
    }

    /// Are all entries at least short and free of sentences?
    pub(super) fn are_short(&self) -> bool {
        let mut all = self.leading.iter().chain(&self.related).peekable();
        let short = |text: &str| text.chars().count() <= 20 && !text.contains(['。', '「', '・']);
        all.peek().is_some() && all.all(|cell| short(cell.value()))
    }
}

/// Is a text the name of a section, 各課 and the like among them?
pub(super) fn is_unit(text: &str) -> bool {
    const MORE: [&str; 6] = ["病院", "ほか", "各課等", "事務所", "機構", "隊"];
    is_section_name(text) || (text.chars().count() <= 24 && MORE.iter().any(|e| text.ends_with(e)))
}

/// Does a text leave a bracket open, or close one that it did not open?
pub(super) fn bracket_depth(text: &str) -> i32 {
    text.chars().fold(0i32, |depth, c| match c {
        '（' | '(' | '〔' | '［' => depth.saturating_add(1),
        '）' | ')' | '〕' | '］' => depth.saturating_sub(1),
        _ => depth,
    })
}

/// Reads the rows of the cell. `last` is the text of the last row without the status behind it.
pub(super) fn sections(rows: &[Row<'_>], last: Option<&str>, marked: bool) -> Sections {
    let mut reader = Reader {
        guessed: !marked && rows.len() > 1,
        ..Reader::default()
    };
    for (index, row) in rows.iter().enumerate() {
        let text = match last {
            Some(text) if index + 1 == rows.len() => close_letter_spacing(text),
            _ => row.closed(),
        };
        if !marked && reader.is_whole_row() && !is_bare_ending(&text) {
            reader.close();
        }
        text.chars().for_each(|c| reader.take(c, row.line));
        if marked && row.ends {
            reader.close();
        }
    }
    reader.close();
    reader.found
}

/// The rest of a name that was broken just before its ending (`地域包括ケア推進` / `担当`).
fn is_bare_ending(text: &str) -> bool {
    let end = text
        .find(['）', ')', '、', '（', '('])
        .unwrap_or(text.len());
    let word = text.get(..end).unwrap_or(text).trim();
    word.chars().count() < 2 || matches!(word, "担当" | "センター" | "担当課" | "事務局" | "本部")
}

#[derive(Default)]
struct Reader {
    found: Sections,
    piece: String,
    line: u32,
    depth: u32,
    /// Is it by their endings only that wrapped names are told from several?
    guessed: bool,
}

impl Reader {
    fn take(&mut self, c: char, line: u32) {
        match c {
            '（' | '(' | '〔' | '［' => {
                self.close();
                self.depth = self.depth.saturating_add(1);
            }
            '）' | ')' | '〕' | '］' => {
                self.close();
                self.depth = self.depth.saturating_sub(1);
            }
            '、' | '，' | ',' | '／' | '/' | '､' => self.close(),
            c if c.is_whitespace() => {
                if self.is_whole() {
                    self.close();
                }
            }
            c => {
                if self.piece.is_empty() {
                    self.line = line;
                }
                self.piece.push(c);
            }
        }
    }

    fn is_whole(&self) -> bool {
        is_section_name(&self.piece)
    }

    /// Does a name end with the row? A list in brackets has marks between its names, so that only
    /// the surest endings close one there.
    fn is_whole_row(&self) -> bool {
        const SURE: [&str; 4] = ["課", "室", "担当", "センター"];
        let sure = SURE.iter().any(|ending| self.piece.ends_with(ending));
        self.is_whole() && (self.depth == 0 || sure)
    }

    fn close(&mut self) {
        if self.piece.is_empty() {
            return;
        }
        let name = std::mem::take(&mut self.piece);
        let cell = if self.guessed {
            Cell::layout(name, self.line)
        } else {
            Cell::printed(name, self.line)
        };
        if self.depth > 0 {
            self.found.related.push(cell);
        } else {
            self.found.leading.push(cell);
        }
    }
}
