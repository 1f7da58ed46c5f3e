//! What can be found.

use serde::{Deserialize, Serialize};

/// One thing with an address: a sheet, a project, an indicator, a section …
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where it is, unique among all entries: an entry replaces the one with its address.
    pub address: String,
    /// What it is, as a word for a filter, such as 「評価シート」.
    pub kind: String,
    /// Its title; weighs most.
    pub title: String,
    /// Other names of the same thing, such as former ones; they weigh as much as the title and are
    /// suggested, too.
    pub names: Vec<String>,
    /// Its text, line by line.
    pub lines: Vec<Line>,
    /// The plans (計画) that it belongs to.
    pub plans: Vec<Plan>,
    /// The fiscal years (年度) of which it tells, by the calendar years in which they begin.
    pub years: Vec<u16>,
    /// The sections (課) in charge.
    pub sections: Vec<String>,
    /// The states by which one filters: judgements such as 「A」 or 「拡大」.
    pub states: Vec<String>,
    /// The amount by which one filters, in yen.
    pub yen: Option<i64>,
    /// Further words of the page that are searched but belong to no line.
    pub tags: Vec<String>,
    /// How many percent of its score are taken off: kinds that shall stand behind others where
    /// both fit about as well. Above 100 is as 100.
    pub discount: u8,
}

/// A piece of text with the label that the page prints beside it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The label, such as 「事業の目的」; may be empty. It is shown and not searched.
    pub label: String,
    /// The text.
    pub text: String,
    /// Parts of the text that are labels, too, from byte to byte in their order: not searched.
    #[serde(default)]
    pub labels: Vec<(usize, usize)>,
}

impl Line {
    /// A text with its label.
    #[must_use]
    pub fn new(label: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            text: text.into(),
            labels: Vec::new(),
        }
    }

    /// Adds text that is searched.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds text that is only shown.
    pub fn push_label(&mut self, label: &str) {
        let from = self.text.len();
        self.text.push_str(label);
        self.labels.push((from, self.text.len()));
    }

    /// The parts of the text that are searched.
    pub fn searched(&self) -> impl Iterator<Item = &str> {
        let ends = self.labels.iter().map(|(_, to)| *to);
        let starts = self.labels.iter().map(|(from, _)| *from);
        let from = std::iter::once(0).chain(ends);
        let to = starts.chain(std::iter::once(self.text.len()));
        let parts = from
            .zip(to)
            .filter_map(|(from, to)| self.text.get(from..to));
        parts.filter(|part| !part.is_empty())
    }
}

/// A plan (計画).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// The key by which one filters.
    pub key: String,
    /// The name that is shown and searched.
    pub label: String,
}

impl Entry {
    /// What a search for words sees, text by text; a word never reaches from one into the next.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.heads()
            .chain(self.lines.iter().flat_map(Line::searched))
            .chain(self.plans.iter().map(|plan| plan.label.as_str()))
            .chain(self.sections.iter().map(String::as_str))
            .chain(self.states.iter().map(String::as_str))
            .chain(self.tags.iter().map(String::as_str))
    }

    /// The title and the names.
    pub(crate) fn heads(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str()).chain(self.names.iter().map(String::as_str))
    }
}
