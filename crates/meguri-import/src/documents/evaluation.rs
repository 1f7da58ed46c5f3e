//! 施策評価: one sheet a theme, PLAN / DO / CHECK / ACTION, and the list of related 事務事業.
//!
//! The text of such a paper comes out of its PDF in any order. Reading goes from sure to unsure:
//! [`tidy`] undoes what was done to the whole text, [`pages`] finds the pages and sheets, [`vocabulary`] learns the paper's own words from the rows
//! that came through whole, then each sheet's head ([`theme`]), running texts ([`prose`]),
//! [`indicators`], [`rows`] and [`counts`] are read, and [`sheet`] puts them together.

mod accounts;
mod counts;
mod extra;
mod form;
mod indicators;
pub(crate) mod labels;
pub mod map;
mod pages;
mod parentheses;
pub mod printed;
mod prose;
mod relisted;
mod rows;
mod sheet;
mod theme;
mod tidy;
mod vocabulary;

pub use printed::{EvaluationIndicator, EvaluationProject, EvaluationReading, EvaluationSheet};

use super::bare_years;
use crate::printed::{Cell, Unresolved};
use crate::source_text::SourceText;
use form::squash;
use meguri_core::fiscal_year::FiscalYear;
use sheet::{Draft, Shared};
use vocabulary::Vocabulary;

/// How much a text looks like evaluation sheets: each mark of the form counts, at most once a
/// line; two different marks are the least that counts at all.
#[must_use]
pub fn likeness(source: &SourceText) -> u32 {
    let mut marks = [0_u32; MARKS.len()];
    for line in &source.lines {
        if line.text.len() > 400 {
            continue;
        }
        let text = squash(&line.text);
        let found = MARKS
            .iter()
            .position(|mark| mark.iter().all(|part| text.contains(part)));
        if let Some(count) = found.and_then(|at| marks.get_mut(at)) {
            *count = count.saturating_add(1);
        }
    }
    let different = marks.iter().filter(|count| **count > 0).count();
    if different < 2 {
        return 0;
    }
    marks
        .iter()
        .fold(0, |sum, count| sum.saturating_add(*count))
}

/// What only this family's form prints, each in one line.
const MARKS: [&[&str]; 9] = [
    &["施策の概要(PLAN)"],
    &["到達目標の進捗状況(DO)"],
    &["成果についての総括(CHECK)"],
    &["方向性(ACTION)"],
    &["関連事務事業一覧("],
    &["事務事業の動向"],
    &["基本目標", "方針", "テーマ"],
    &["款項目コード"],
    &["に関連する主要事業"],
];

/// Reads the sheets of a document.
#[must_use]
pub fn read(source: &SourceText) -> EvaluationReading {
    let with_eras = bare_years::with_eras(source);
    let source = &tidy::tidy(with_eras.as_ref().unwrap_or(source));
    let mut vocabulary = Vocabulary::learn(source);
    let (sheets, repeated) = pages::sheets(source);
    let fiscal_year = fiscal_year(source);
    let mut drafts: Vec<Draft<'_>> = sheets
        .into_iter()
        .map(|pages| Draft::new(pages, &vocabulary))
        .collect();
    drafts.retain(|draft| !draft.is_empty());
    for draft in &drafts {
        draft.teach(&mut vocabulary);
    }
    relisted::teach(&drafts, &mut vocabulary);
    for draft in &mut drafts {
        draft.assemble(&vocabulary);
    }
    relisted::settle(&mut drafts);
    let mut shared = Shared {
        vocabulary,
        evaluated: fiscal_year
            .as_ref()
            .and_then(|year| FiscalYear::parse(year.value())),
        columns: None,
        unit: drafts.iter().find_map(|draft| counts::unit(&draft.pages)),
    };
    shared.columns = drafts
        .iter()
        .find_map(|draft| indicators::columns(&draft.pages, shared.evaluated));
    let mut reading = EvaluationReading {
        fiscal_year,
        ..EvaluationReading::default()
    };
    for draft in drafts {
        let sheet = draft.finish(&shared, &mut reading.unresolved);
        reading.sheets.push(sheet);
    }
    reading
        .unresolved
        .extend(repeated.into_iter().map(repeated_page));
    reading
}

/// The evaluated year: that of the list of projects, `【参考】関連事務事業一覧（令和4年度）`.
fn fiscal_year(source: &SourceText) -> Option<Cell<String>> {
    source.lines.iter().find_map(|line| {
        let (_, rest) = line.text.split_once("事務事業一覧")?;
        let inner = rest.trim().trim_start_matches(['（', '(', ' ']);
        let year = year_at_head(inner)?;
        Some(Cell::printed(year.to_owned(), line.number))
    })
}

/// The longest print of a year at the head of a text, up to a bracket: `令和5(2023)年度`.
fn year_at_head(text: &str) -> Option<&str> {
    const LONGEST: usize = 60;
    let bracket = |c: char| matches!(c, '(' | ')' | '（' | '）');
    let ends = text.match_indices(bracket).map(|(at, _)| at);
    let ends = ends.chain([text.len()]).take_while(|end| *end <= LONGEST);
    let heads = ends.filter_map(|end| Some(text.get(..end)?.trim()));
    heads
        .filter(|head| FiscalYear::parse(head).is_some())
        .last()
}

fn repeated_page(line: u32) -> Unresolved {
    Unresolved {
        place: format!("line {line}"),
        field: "page".to_owned(),
        candidates: Vec::new(),
        why: "前に出てきたページと同じ内容のページです。1回だけ読み取りました。".to_owned(),
        line,
    }
}
