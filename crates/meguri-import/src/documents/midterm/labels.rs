//! What the form of execution plans prints, for telling what is unread.

use super::MidtermReading;
use super::lines::{COST_LABELS, SUMMARY_LABELS};
use super::printed::MidtermTheme;
use crate::conservation::{Form, Paper, Unit, heads_without_rows};
use crate::printed::Unread;
use crate::source_text::SourceText;
use std::sync::LazyLock;

/// The heads by which a person knows such a plan.
const MARKS: [&str; 6] = [
    "現状と課題",
    "取組の方針・内容",
    "到達目標",
    "成果指標",
    "主要事業の年次計画",
    "事業名",
];

const WORDS: [&str; 48] = [
    "+(※#)",
    "+^{※#}",
    "+[※#]",
    "+※#",
    "#年後の到達目標",
    "達成目標",
    "数値目標",
    "現状及び課題",
    "現状・課題",
    "取組の方針",
    "取組の内容",
    "取組の方向性",
    "取組の方向",
    "取組方針",
    "取組内容",
    "主要事業",
    "年次計画",
    "指標",
    "指標名",
    "単位",
    "基準値",
    "基準年度",
    "基準",
    "現状値",
    "目標値",
    "目標",
    "事業名称",
    "主要事業名",
    "事業",
    "年度",
    "#年",
    "区分",
    "項目",
    "No.",
    "No",
    "(千円)",
    "(単位:千円)",
    "(単位:円)",
    "(円)",
    "(百万円)",
    "+千円",
    "+円",
    "+万円",
    "+百万円",
    "+億円",
    "+ほか",
    "(続き)",
    "(つづき)",
];

/// The words by which the reader knows what a scheme names, by its keys there.
pub(crate) const BY_KEY: [(&str, &str); 5] = [
    ("situation", "現状と課題"),
    ("approach", "取組の方針・内容"),
    ("indicators", "到達目標"),
    ("projects", "主要事業の年次計画"),
    ("project", "事業名"),
];

/// The form of the family.
pub(crate) static FORM: LazyLock<Form> = LazyLock::new(|| {
    Form::new(
        &MARKS,
        COST_LABELS.into_iter().chain(SUMMARY_LABELS).chain(WORDS),
    )
});

/// The themes.
pub(crate) fn paper(reading: &MidtermReading) -> Paper {
    Paper {
        units: themes(reading).map(|(unit, _)| unit).collect(),
        again: Vec::new(),
    }
}

/// The themes with the lines where they begin.
fn themes(reading: &MidtermReading) -> impl Iterator<Item = (Unit, &MidtermTheme)> {
    reading.themes.iter().enumerate().filter_map(|(at, theme)| {
        let texts = theme.situation.iter().chain(&theme.approach);
        let texts = texts.map(|text| text.line());
        let names = theme.name.iter().map(|name| name.line());
        let rows = theme.projects.iter();
        let rows = rows.filter_map(|row| Some(row.name.as_ref()?.line()));
        let line = names.chain(texts).chain(rows).min()?;
        let place = format!("theme {}", at + 1);
        Some((Unit { line, place }, theme))
    })
}

/// Tables without rows, and indicators without a figure.
pub(crate) fn missing(reading: &MidtermReading, source: &SourceText) -> Vec<Unread> {
    let read = |of: fn(&MidtermTheme) -> bool| {
        themes(reading)
            .map(|(unit, theme)| (unit, of(theme)))
            .collect()
    };
    let targets = read(|theme| !theme.indicators.is_empty());
    let why = "成果指標の表の見出しがありますが、指標を一つも読み取れません。";
    let mut missing = heads_without_rows(source, targets, &["成果指標"], why);
    let plans = read(|theme| !theme.projects.is_empty());
    let why = "年次計画の表の見出しがありますが、事業を一つも読み取れません。";
    missing.extend(heads_without_rows(source, plans, &["事業名"], why));
    for (unit, theme) in themes(reading) {
        for indicator in &theme.indicators {
            let figures = indicator.target.0.iter().any(|(_, cell)| cell.is_some());
            let name = indicator.name.as_ref();
            if let Some(name) = name.filter(|_| !figures && indicator.baseline.is_none()) {
                missing.push(Unread {
                    line: name.line(),
                    text: String::new(),
                    place: unit.place.clone(),
                    why: "指標の名称がありますが、年度ごとの数値を一つも読み取れません。"
                        .to_owned(),
                });
            }
        }
    }
    missing
}
