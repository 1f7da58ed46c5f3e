//! What an export says of a table and its columns, as data.
//!
//! A test compares [`super::TABLES`] with the real tables of both engines, so that a table or a
//! column of a migration cannot be forgotten.

/// One table of a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name in the database.
    pub name: &'static str,
    /// The number of the migration that made it: an older export does not have it.
    pub since: usize,
    /// What is in it, in Japanese.
    pub about: &'static str,
    /// The primary key without the municipality; rows are exported in its order. Empty for the one
    /// row of the municipality itself.
    pub key: &'static [&'static str],
    /// The columns in order, without the municipality.
    pub columns: &'static [Column],
}

/// One column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the database.
    pub name: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether a cell may hold nothing.
    pub nullable: bool,
    /// What it means, in Japanese.
    pub about: &'static str,
    /// The unit of a number, in Japanese.
    pub unit: Option<&'static str>,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number of 64 bits.
    Integer,
    /// A text.
    Text,
    /// Bytes, which are exported as files of their own.
    Blob(BlobFile),
}

/// How the files of a column of bytes are called: `sources/<hash>.pdf`, `readings/12-1.txt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlobFile {
    /// The folder within the export.
    pub folder: &'static str,
    /// The columns of the key, which are joined with `-`.
    pub stem: &'static [&'static str],
    /// The column that holds a file name with the ending; `None` for a text (`txt`).
    pub ending_of: Option<&'static str>,
}

impl Table {
    /// The place of a column.
    #[must_use]
    pub fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|known| known.name == column)
    }

    /// The places of the columns of the key.
    pub(crate) fn key_places(&self) -> impl Iterator<Item = usize> + '_ {
        self.key.iter().filter_map(|name| self.place(name))
    }

    /// The columns that are no bytes.
    pub(crate) fn plain(&self) -> impl Iterator<Item = &Column> {
        self.columns
            .iter()
            .filter(|column| !matches!(column.kind, Kind::Blob(_)))
    }
}

impl Column {
    const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self {
            name,
            kind,
            nullable: false,
            about,
            unit: None,
        }
    }

    /// With the unit of its numbers.
    pub(super) const fn unit(self, unit: &'static str) -> Self {
        Self {
            unit: Some(unit),
            ..self
        }
    }
}

/// A whole number that is always there.
pub(super) const fn int(name: &'static str, about: &'static str) -> Column {
    Column::new(name, Kind::Integer, about)
}

/// A whole number that may be absent.
pub(super) const fn maybe_int(name: &'static str, about: &'static str) -> Column {
    Column {
        nullable: true,
        ..int(name, about)
    }
}

/// A text that is always there.
pub(super) const fn text(name: &'static str, about: &'static str) -> Column {
    Column::new(name, Kind::Text, about)
}

/// A text that may be absent.
pub(super) const fn maybe_text(name: &'static str, about: &'static str) -> Column {
    Column {
        nullable: true,
        ..text(name, about)
    }
}

/// Bytes.
pub(super) const fn blob(name: &'static str, about: &'static str, file: BlobFile) -> Column {
    Column::new(name, Kind::Blob(file), about)
}
