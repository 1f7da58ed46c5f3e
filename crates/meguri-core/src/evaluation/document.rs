//! What one document says, in core values: the input of the rules.

use crate::evaluation::sheet::Sheet;
use crate::fiscal_year::FiscalYear;
use crate::plan::Plan;
use crate::source::Sourced;

/// One document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// How the person calls it: the name of its file.
    pub name: String,
    /// Key of its family: `evaluation`, `midterm` …
    pub family: String,
    /// The plan that it is about.
    pub plan: Plan,
    /// Its sheets in order.
    pub sheets: Vec<Sheet>,
    /// Summary tables that count judgements.
    pub tallies: Vec<Tally>,
    /// Places that the reader could not settle.
    pub unsettled: Vec<Unsettled>,
    /// Pieces of the text that no value holds.
    pub unread: Vec<UnreadText>,
    /// The lines of the source text, for rules about the text itself and for showing a place.
    pub lines: Vec<String>,
}

impl Document {
    /// The evaluated fiscal year: that of the first sheet that has one.
    #[must_use]
    pub fn year(&self) -> Option<FiscalYear> {
        self.sheets.iter().find_map(|sheet| sheet.year)
    }
}

/// A place that the reader could not settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// Where: sheet and row.
    pub place: String,
    /// The field that has no value.
    pub field: String,
    /// The pieces of text that may belong there.
    pub candidates: Vec<String>,
    /// Why, in Japanese.
    pub why: String,
    /// The line, from 1.
    pub line: u32,
}

/// A piece of the text that no value, label or furniture of the paper accounts for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnreadText {
    /// The line, from 1.
    pub line: u32,
    /// The piece as printed; empty where the paper lacks what it announces.
    pub text: String,
    /// Where: the nearest sheet, empty where there is none.
    pub place: String,
    /// Why, in Japanese.
    pub why: String,
}

impl UnreadText {
    /// How many characters it has, blanks aside.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.text.chars().filter(|c| !c.is_whitespace()).count()
    }
}

/// A printed table that counts judgements by group.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Key of the judgement's field.
    pub field: String,
    /// One row a group.
    pub rows: Vec<TallyRow>,
    /// The printed total: number by value of the scale.
    pub total: Vec<(String, Sourced<u32>)>,
}

/// One row of a tally.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TallyRow {
    /// Number of the node whose children are counted, as printed.
    pub group: Option<Sourced<u32>>,
    /// Its name.
    pub name: Option<Sourced<String>>,
    /// How many children the row says that there are.
    pub members: Option<Sourced<u32>>,
    /// Number by value of the scale.
    pub counts: Vec<(String, Sourced<u32>)>,
}
