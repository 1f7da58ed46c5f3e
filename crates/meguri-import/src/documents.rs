//! The families of documents that can be read, one module each.
//!
//! A family is one line in [`FAMILIES`]: a key, a title, how well a text looks like it, and its
//! reader. CONTRIBUTING.md has the recipe for a new one.

pub mod evaluation;
pub mod midterm;
pub mod programs;
pub mod reform;
pub mod strategy;

use crate::printed::{Unresolved, to_json};
use crate::source_text::SourceText;
use meguri_core::evaluation::Document;
use serde_json::Value;

/// A family of documents.
pub struct Family {
    /// The stable name, also of `--as`.
    pub key: &'static str,
    /// Its name in Japanese.
    pub title: &'static str,
    /// How much a text looks like this family: each mark found counts, 0 = not at all.
    pub likeness: fn(&SourceText) -> u32,
    /// Its reader. Never fails: what it cannot settle it reports in the reading.
    pub read: fn(&SourceText) -> Reading,
}

/// All families, in the order of the manual.
pub static FAMILIES: &[Family] = &[
    Family {
        key: "evaluation",
        title: "施策評価シート",
        likeness: evaluation::likeness,
        read: |source| Reading::Evaluation(evaluation::read(source)),
    },
    Family {
        key: "midterm",
        title: "実行計画（指標と年次計画）",
        likeness: midterm::likeness,
        read: |source| Reading::Midterm(midterm::read(source)),
    },
    Family {
        key: "strategy",
        title: "総合戦略の進捗状況一覧表",
        likeness: strategy::likeness,
        read: |source| Reading::Strategy(strategy::read(source)),
    },
    Family {
        key: "programs",
        title: "推進プログラムの進捗状況",
        likeness: programs::likeness,
        read: |source| Reading::Programs(programs::read(source)),
    },
    Family {
        key: "reform",
        title: "行財政改革プランの進捗状況",
        likeness: reform::likeness,
        read: |source| Reading::Reform(reform::read(source)),
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
