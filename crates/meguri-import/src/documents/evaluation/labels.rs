//! What the form of evaluation sheets prints, for telling what is unread.

use super::accounts::{self, ACCOUNT_WORDS};
use super::form::HEADS;
use super::indicators::LABELS;
use super::{EvaluationReading, EvaluationSheet};
use crate::conservation::{Form, Paper, Unit, heads_without_rows};
use crate::printed::{Cell, Unread};
use crate::source_text::SourceText;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// The heads by which a person knows such a sheet.
const MARKS: [&str; 6] = [
    "施策の概要（PLAN）",
    "到達目標の進捗状況（DO）",
    "成果についての総括（CHECK）",
    "施策の方向性（ACTION）",
    "関連事務事業一覧",
    "事務事業の動向",
];

/// Labels, captions and units beside the heads of the tables.
const WORDS: [&str; 57] = [
    "(事業の名称や範囲が異なる場合あり)",
    "取組の方針・",
    "内容",
    "款",
    "項",
    "目",
    "+(※#)",
    "+※#",
    "+[※#]",
    "+(*#)",
    "般",
    "#年後の到達目標の進捗状況(DO)",
    "施策の成果についての総括(CHECK)",
    "今後の方向性(ACTION)",
    "今後の方向性",
    "施策の方向性",
    "方向性(ACTION)",
    "【参考】関連事務事業一覧(@)",
    "【参考】関連事務事業一覧",
    "【参考】",
    "関連事務事業一覧(@)",
    "★:*(@)掲載主要事業",
    "★:*掲載主要事業",
    "*(@)掲載ページ:",
    "*掲載ページ:",
    "*(@)掲載事業名",
    "*掲載事業名",
    "*(@)",
    "掲載ページ:",
    "掲載ページ",
    "に関連する主要事業",
    "基本目標",
    "方針",
    "テーマ",
    "取組の方針・内容",
    "取組の方針",
    "取組方針",
    "取組の成果",
    "主な成果",
    "成果",
    "今後の課題",
    "主な課題",
    "課題",
    "趣旨",
    "目標達成度合い",
    "目標達成の度合い",
    "度合い",
    "理由",
    "評価理由",
    "+【再掲】",
    "+(再掲)",
    "再掲",
    "+事業",
    "+千円",
    "+円",
    "+百万円",
    "+億円",
];

/// The words by which the reader knows what a scheme names, by its keys there.
pub(crate) const BY_KEY: [(&str, &str); 13] = [
    ("goal", "基本目標"),
    ("policy", "方針"),
    ("theme", "テーマ"),
    ("approach", "取組の方針・内容"),
    ("purpose", "趣旨"),
    ("outcomes", "成果"),
    ("issues", "課題"),
    ("attainment", "目標達成度合い"),
    ("reason", "理由"),
    ("directions", "施策の方向性"),
    ("achievement", "達成率"),
    ("work", "来年度の動向"),
    ("project", "事務事業名"),
];

/// The form of the family.
pub(crate) static FORM: LazyLock<Form> = LazyLock::new(|| {
    // One letter alone is no label, save the columns of the budget.
    let heads = HEADS.into_iter().filter(|head| head.chars().count() > 1);
    let own = heads
        .chain(LABELS.map(|(label, _)| label))
        .chain(ACCOUNT_WORDS);
    Form::new(&MARKS, own.chain(WORDS))
});

/// The sheets, and the units of indicators, which stand before each of their rows.
pub(crate) fn paper(reading: &EvaluationReading) -> Paper {
    let indicators = reading.sheets.iter().flat_map(|sheet| &sheet.indicators);
    let units = indicators.filter_map(|indicator| Some(indicator.unit.as_ref()?.value().clone()));
    let rows = reading
        .sheets
        .iter()
        .flat_map(|sheet| &sheet.projects)
        .filter_map(|row| row.account.as_ref());
    let named = rows.map(Cell::value).collect::<BTreeSet<_>>();
    let marks = named
        .into_iter()
        .flat_map(|account| accounts::marks(account));
    Paper {
        units: reading.sheets.iter().filter_map(unit).collect(),
        again: units
            .chain(marks)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect(),
    }
}

fn unit(sheet: &EvaluationSheet) -> Option<Unit> {
    let number = sheet.theme_no.as_ref().map(|no| no.value().to_string());
    let place = match number {
        Some(number) => format!("theme {number}"),
        None if sheet.purpose.is_some() => "management".to_owned(),
        None => "theme ?".to_owned(),
    };
    let texts = [
        &sheet.approach,
        &sheet.outcomes,
        &sheet.issues,
        &sheet.directions,
    ];
    let texts = texts.into_iter().flatten().map(|text| text.line());
    let heads = [&sheet.name, &sheet.purpose]
        .into_iter()
        .flatten()
        .map(|cell| cell.line());
    let rows = sheet
        .projects
        .iter()
        .filter_map(|row| Some(row.name.as_ref()?.line()));
    let line = heads
        .chain(sheet.theme_no.iter().map(|no| no.line()))
        .chain(texts)
        .chain(rows)
        .min()?;
    Some(Unit { line, place })
}

/// What sheets announce and do not hold: a total or counts without rows, indicators without figures.
pub(crate) fn missing(reading: &EvaluationReading, source: &SourceText) -> Vec<Unread> {
    let themes = reading.sheets.iter().filter_map(|sheet| {
        let read = !sheet.indicators.is_empty();
        Some((unit(sheet)?, read))
    });
    let why = "成果指標の表の見出しがありますが、指標を一つも読み取れません。";
    let mut missing = heads_without_rows(source, themes.collect(), &["成果指標"], why);
    for sheet in &reading.sheets {
        let Some(unit) = unit(sheet) else { continue };
        let mut say = |line: u32, why: &str| {
            missing.push(Unread {
                line,
                text: String::new(),
                place: unit.place.clone(),
                why: why.to_owned(),
            });
        };
        let rows = !sheet.projects.is_empty() || !sheet.extra_projects.is_empty();
        if let Some(total) = sheet.total.as_ref().filter(|_| !rows) {
            say(
                total.line(),
                "合計がありますが、事業の行を一つも読み取れません。",
            );
        }
        let counted = sheet
            .trend_counts
            .0
            .iter()
            .find(|(_, count)| *count.value() > 0);
        if let Some((_, count)) = counted.filter(|_| !rows) {
            say(
                count.line(),
                "事業の数がありますが、事業の行を一つも読み取れません。",
            );
        }
        for indicator in &sheet.indicators {
            let years = [&indicator.target, &indicator.actual, &indicator.rate];
            let figures = years
                .iter()
                .any(|years| years.0.iter().any(|(_, cell)| cell.is_some()));
            if let Some(name) = indicator
                .name
                .as_ref()
                .filter(|_| !figures && indicator.baseline.is_none())
            {
                say(
                    name.line(),
                    "指標の名称がありますが、年度ごとの数値を一つも読み取れません。",
                );
            }
        }
    }
    missing
}
