//! A row whose cells may go on over the next lines.

use crate::documents::reform::head::Role;
use crate::documents::reform::paragraphs::{Piece, one_line};
use crate::documents::reform::rows::{Key, Row};
use crate::text::bullets::is_bullet;
use crate::text::join::push_wrapped;

/// A row whose cells may go on over the next lines.
pub(super) struct Open {
    pub(super) line: u32,
    pub(super) cells: OpenCells,
    /// A page or the head of the table stands right before it.
    pub(super) after_break: bool,
}

/// The parts of a row, kept until the row is complete.
pub(super) struct OpenCells {
    pub(super) chapter: Option<String>,
    pub(super) key: OpenKey,
    pub(super) sections: Option<String>,
    pub(super) grade: Option<String>,
    /// A word in the place of the grade that may be one of another column.
    pub(super) odd_grade: Option<String>,
    pub(super) texts: Vec<Vec<Piece>>,
    /// The columns of the texts, where the head of the table puts them otherwise than usual.
    pub(super) roles: Option<Vec<Role>>,
}

pub(super) enum OpenKey {
    Item {
        no: Option<u32>,
        name: Option<String>,
    },
    Sub {
        no: u32,
    },
}

impl OpenCells {
    pub(super) fn new(line: u32, row: &Row<'_>) -> Self {
        let piece = |text: &&str| {
            vec![Piece {
                line,
                text: (*text).to_owned(),
            }]
        };
        Self {
            chapter: row.chapter.map(|chapter| one_line(line, chapter)),
            key: match row.key {
                Key::Item { no, name } => OpenKey::Item {
                    no,
                    name: name.map(|name| one_line(line, name)),
                },
                Key::Sub { no } => OpenKey::Sub { no },
            },
            sections: row.sections.map(|sections| one_line(line, sections)),
            grade: row.grade.map(str::to_owned),
            odd_grade: row.odd_grade.map(str::to_owned),
            texts: row.texts.iter().map(piece).collect(),
            roles: row.roles.clone(),
        }
    }

    /// More of the row's last cell, and further cells behind tabs.
    pub(super) fn go_on(&mut self, line: u32, text: &str) {
        for (index, part) in text.split('\t').map(str::trim).enumerate() {
            if part.is_empty() {
                continue;
            }
            let piece = Piece {
                line,
                text: part.to_owned(),
            };
            match self.texts.last_mut() {
                Some(cell) if index == 0 => match cell.last_mut() {
                    Some(last) if !part.starts_with(is_bullet) => {
                        push_wrapped(&mut last.text, part)
                    }
                    _ => cell.push(piece),
                },
                _ => self.texts.push(vec![piece]),
            }
        }
    }
}
