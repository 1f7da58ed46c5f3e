//! What the form of a strategy's progress list prints, for telling what is unread.

use super::StrategyReading;
use super::marks;
use super::printed::StrategyMeasure;
use super::words::{HEAD_WORDS, YEAR_HEAD_ENDINGS};
use crate::conservation::{Form, Paper, Unit};
use crate::printed::Unread;
use meguri_core::source::Settled;
use std::sync::LazyLock;

/// The heads by which a person knows such a list.
const MARKS: [&str; 6] = ["基本目標", "施策", "内容", "所管課", "関連課", "進捗状況"];

const WORDS: [&str; 15] = [
    "*進捗状況一覧表",
    "*進捗状況一覧",
    "*",
    "進捗状況一覧表",
    "進捗状況一覧",
    "@までの実施等状況",
    "@までの",
    "@の",
    "【@】",
    // The numbers before or behind the one that a measure has of its own: 1-1-2, 1-(2).
    "#-",
    "#-#-",
    "#-#-#-",
    "-#",
    "-#-#",
    "-(#)",
];

/// The words by which the reader knows what a scheme names, by its keys there.
pub(crate) const BY_KEY: [(&str, &str); 5] = [
    ("goal", "基本目標"),
    ("measure", "施策"),
    ("content", "内容"),
    ("sections", "所管課"),
    ("status", "進捗状況"),
];

/// The form of the family.
pub(crate) static FORM: LazyLock<Form> = LazyLock::new(|| {
    Form::new(
        &MARKS,
        HEAD_WORDS.into_iter().chain(YEAR_HEAD_ENDINGS).chain(WORDS),
    )
});

/// The measures.
pub(crate) fn paper(reading: &StrategyReading) -> Paper {
    Paper {
        units: measures(reading).filter_map(unit).collect(),
        again: measures(reading).flat_map(letters).collect(),
    }
}

/// The letters of a measure that has its number by them.
fn letters(measure: &StrategyMeasure) -> Vec<String> {
    let number = measure.no.as_ref();
    let lettered = number.filter(|no| no.0.settled == Settled::Layout);
    lettered.map_or_else(Vec::new, |no| marks::letters(*no.value()))
}

fn measures(reading: &StrategyReading) -> impl Iterator<Item = &StrategyMeasure> {
    let groups = reading.goals.iter().flat_map(|goal| &goal.groups);
    groups.flat_map(|group| &group.measures)
}

fn unit(measure: &StrategyMeasure) -> Option<Unit> {
    let number = measure.no.as_ref();
    let texts = [&measure.name, &measure.content, &measure.status];
    let lines = texts.into_iter().flatten().map(|cell| cell.line());
    let line = lines.chain(number.map(|no| no.line())).min()?;
    Some(Unit {
        line,
        place: number.map_or("measure ?".to_owned(), |no| {
            format!("measure {}", no.value())
        }),
    })
}

/// Measures whose years are headed and say nothing.
pub(crate) fn missing(reading: &StrategyReading) -> Vec<Unread> {
    let empty = |measure: &&StrategyMeasure| {
        !measure.progress.0.is_empty()
            && measure
                .progress
                .0
                .iter()
                .all(|(_, texts)| texts.as_ref().is_none_or(Vec::is_empty))
    };
    let said = measures(reading).filter(empty).filter_map(unit);
    said.map(|unit| Unread {
        line: unit.line,
        text: String::new(),
        place: unit.place,
        why: "年度の見出しがありますが、その内容を一つも読み取れません。".to_owned(),
    })
    .collect()
}
