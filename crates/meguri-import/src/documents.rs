//! The families of documents that can be read, one module each.
//!
//! A family is one line in [`FAMILIES`]: a key, a title, how well a text looks like it, and its
//! reader. CONTRIBUTING.md has the recipe for a new one.

mod bare_years;
pub mod evaluation;
pub mod midterm;
mod paper_year;
pub mod programs;
pub mod reform;
pub mod strategy;
pub(crate) mod year_columns;

use crate::conservation::{Audit, Balance, Form, Tile};
use crate::printed::{Unread, Unresolved, to_json};
use crate::source_text::SourceText;
use meguri_core::evaluation::Document;
use serde_json::Value;

/// A family of documents.
pub struct Family {
    /// The stable name, also of `--as`.
    pub key: &'static str,
    /// Its name in Japanese.
    pub title: &'static str,
    /// Is each of its papers about one evaluated year? A plan is not.
    pub yearly: bool,
    /// How much a text looks like this family: each mark found counts, 0 = not at all.
    pub likeness: fn(&SourceText) -> u32,
    /// Its reader. Never fails: what it cannot settle it reports in the reading.
    pub read: fn(&SourceText) -> Reading,
    /// The words that its form prints.
    pub form: fn() -> &'static Form,
    /// By the keys of fields, levels and rates in a scheme: the word of its form by which the reader
    /// knows them, where a city may call them otherwise.
    pub labels: &'static [(&'static str, &'static str)],
}

/// All families, in the order of the manual.
pub static FAMILIES: &[Family] = &[
    Family {
        key: "evaluation",
        title: "施策評価シート",
        yearly: true,
        likeness: evaluation::likeness,
        read: |source| Reading::Evaluation(evaluation::read(source)).audited(source),
        form: || &evaluation::labels::FORM,
        labels: &evaluation::labels::BY_KEY,
    },
    Family {
        key: "midterm",
        title: "実行計画（指標と年次計画）",
        yearly: false,
        likeness: midterm::likeness,
        read: |source| Reading::Midterm(midterm::read(source)).audited(source),
        form: || &midterm::labels::FORM,
        labels: &midterm::labels::BY_KEY,
    },
    Family {
        key: "strategy",
        title: "総合戦略の進捗状況一覧表",
        yearly: true,
        likeness: strategy::likeness,
        read: |source| Reading::Strategy(strategy::read(source)).audited(source),
        form: || &strategy::labels::FORM,
        labels: &strategy::labels::BY_KEY,
    },
    Family {
        key: "programs",
        title: "推進プログラムの進捗状況",
        yearly: true,
        likeness: programs::likeness,
        read: |source| Reading::Programs(programs::read(source)).audited(source),
        form: || &programs::labels::FORM,
        labels: &programs::labels::BY_KEY,
    },
    Family {
        key: "reform",
        title: "行財政改革プランの進捗状況",
        yearly: true,
        likeness: reform::likeness,
        read: |source| Reading::Reform(reform::read(source)).audited(source),
        form: || &reform::labels::FORM,
        labels: &reform::labels::BY_KEY,
    },
];

/// The family of a key.
#[must_use]
pub fn family(key: &str) -> Option<&'static Family> {
    FAMILIES.iter().find(|family| family.key == key)
}

/// So many lines tell the family of nearly every document.
const HEAD_LINES: usize = 300;

/// The family that a text looks most like; `None` where it looks like none.
///
/// The first lines are asked first; the whole text only where they look like nothing.
#[must_use]
pub fn detect(source: &SourceText) -> Option<&'static Family> {
    if source.lines.len() <= HEAD_LINES {
        return most_like(source);
    }
    let lines = source.lines.iter().take(HEAD_LINES).cloned().collect();
    let head = SourceText {
        lines,
        encoding: source.encoding,
        words: source.words.clone(),
    };
    most_like(&head).or_else(|| most_like(source))
}

fn most_like(source: &SourceText) -> Option<&'static Family> {
    let scored = FAMILIES
        .iter()
        .map(|family| ((family.likeness)(source), family));
    let (likeness, family) = scored.max_by_key(|(likeness, _)| *likeness)?;
    (likeness > 0).then_some(family)
}

/// What a document says, by family.
#[derive(Clone, Debug)]
pub enum Reading {
    /// 施策評価.
    Evaluation(evaluation::EvaluationReading),
    /// 中期実行プラン.
    Midterm(midterm::MidtermReading),
    /// 総合戦略.
    Strategy(strategy::StrategyReading),
    /// 推進プログラム.
    Programs(programs::ProgramsReading),
    /// 行財政再構築プラン.
    Reform(reform::ReformReading),
}

impl Reading {
    /// The JSON of `meguri read --json`: the shape of the gold files with `provenance`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        match self {
            Self::Evaluation(reading) => to_json(reading),
            Self::Midterm(reading) => to_json(reading),
            Self::Strategy(reading) => to_json(reading),
            Self::Programs(reading) => to_json(reading),
            Self::Reform(reading) => to_json(reading),
        }
    }

    /// The reading as core values, with the name and the lines of its source, which it takes over
    /// so that a large text is held once.
    #[must_use]
    pub fn to_document(&self, name: &str, source: SourceText) -> Document {
        let document = match self {
            Self::Evaluation(reading) => evaluation::map::to_document(reading),
            Self::Midterm(reading) => midterm::map::to_document(reading),
            Self::Strategy(reading) => strategy::map::to_document(reading),
            Self::Programs(reading) => programs::map::to_document(reading),
            Self::Reform(reading) => reform::map::to_document(reading),
        };
        let lines = source.into_printed();
        Document {
            name: name.to_owned(),
            lines,
            unread: crate::map::unread(self.unread()),
            ..document
        }
    }

    /// Does it hold nothing at all? Then the text was not of this family.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Evaluation(reading) => reading.sheets.is_empty(),
            Self::Midterm(reading) => reading.themes.is_empty(),
            Self::Strategy(reading) => reading.goals.is_empty(),
            Self::Programs(reading) => reading.programs.is_empty(),
            Self::Reform(reading) => reading.items.is_empty(),
        }
    }

    /// The reading with all that it does not hold in its list of what is unread.
    fn audited(mut self, source: &SourceText) -> Self {
        let audit = self.audit(source);
        let tiles = audit.tiles(source);
        let mut unread = audit.unread(source, &tiles);
        unread.extend(match &self {
            Self::Evaluation(reading) => evaluation::labels::missing(reading, source),
            Self::Midterm(reading) => midterm::labels::missing(reading, source),
            Self::Strategy(reading) => strategy::labels::missing(reading),
            Self::Programs(reading) => programs::labels::missing(reading),
            Self::Reform(_) => reform::labels::missing(source, &tiles),
        });
        unread.sort_by_key(|piece| piece.line);
        match &mut self {
            Self::Evaluation(reading) => reading.unread = unread,
            Self::Midterm(reading) => reading.unread = unread,
            Self::Strategy(reading) => reading.unread = unread,
            Self::Programs(reading) => reading.unread = unread,
            Self::Reform(reading) => reading.unread = unread,
        }
        if source.words.has_labels() {
            self.print_candidates(source);
        }
        self
    }

    /// Gives the labels of candidates as the paper prints them, not in the words of the form.
    fn print_candidates(&mut self, source: &SourceText) {
        for open in self.unresolved_mut() {
            let line = source.printed(open.line);
            for candidate in &mut open.candidates {
                if let Some(printed) = source.words.as_printed(candidate, line) {
                    *candidate = printed;
                }
            }
        }
    }

    const fn unresolved_mut(&mut self) -> &mut Vec<Unresolved> {
        match self {
            Self::Evaluation(reading) => &mut reading.unresolved,
            Self::Midterm(reading) => &mut reading.unresolved,
            Self::Strategy(reading) => &mut reading.unresolved,
            Self::Programs(reading) => &mut reading.unresolved,
            Self::Reform(reading) => &mut reading.unresolved,
        }
    }

    fn audit(&self, source: &SourceText) -> Audit {
        use {evaluation as e, midterm as m, programs as p, reform as r, strategy as s};
        match self {
            Self::Evaluation(reading) => {
                let paper = e::labels::paper(reading);
                Audit::of(
                    source,
                    reading,
                    &reading.unresolved,
                    &e::labels::FORM,
                    paper,
                )
            }
            Self::Midterm(reading) => {
                let paper = m::labels::paper(reading);
                Audit::of(
                    source,
                    reading,
                    &reading.unresolved,
                    &m::labels::FORM,
                    paper,
                )
            }
            Self::Strategy(reading) => {
                let paper = s::labels::paper(reading);
                Audit::of(
                    source,
                    reading,
                    &reading.unresolved,
                    &s::labels::FORM,
                    paper,
                )
            }
            Self::Programs(reading) => {
                let paper = p::labels::paper(reading);
                Audit::of(
                    source,
                    reading,
                    &reading.unresolved,
                    &p::labels::FORM,
                    paper,
                )
            }
            Self::Reform(reading) => {
                let paper = r::labels::paper(reading);
                Audit::of(
                    source,
                    reading,
                    &reading.unresolved,
                    &r::labels::FORM,
                    paper,
                )
            }
        }
    }

    /// Whose each piece of the source is, in the order of the text. The source is the one that was
    /// read.
    #[must_use]
    pub fn tiles(&self, source: &SourceText) -> Vec<Tile> {
        self.audit(source).tiles(source)
    }

    /// How much is unread, where that is too much for a paper of this family.
    #[must_use]
    pub fn too_much_unread(&self, source: &SourceText) -> Option<Balance> {
        let balance = self.balance(source);
        balance.is_too_much().then_some(balance)
    }

    /// How much of its source is unread.
    #[must_use]
    pub fn balance(&self, source: &SourceText) -> Balance {
        Balance::of(source, self.unread())
    }

    /// What no part of the reading holds.
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        match self {
            Self::Evaluation(reading) => &reading.unread,
            Self::Midterm(reading) => &reading.unread,
            Self::Strategy(reading) => &reading.unread,
            Self::Programs(reading) => &reading.unread,
            Self::Reform(reading) => &reading.unread,
        }
    }

    /// What could not be settled.
    #[must_use]
    pub fn unresolved(&self) -> &[Unresolved] {
        match self {
            Self::Evaluation(reading) => &reading.unresolved,
            Self::Midterm(reading) => &reading.unresolved,
            Self::Strategy(reading) => &reading.unresolved,
            Self::Programs(reading) => &reading.unresolved,
            Self::Reform(reading) => &reading.unresolved,
        }
    }
}
