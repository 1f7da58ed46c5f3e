//! V020: the same text as last year's.

use crate::evaluation::{Document, Sheet, SheetText};
use crate::fiscal_year::FiscalYear;
use crate::scheme::Phase;
use crate::source::Sourced;
use crate::text::name_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V020",
    title: "前の年度と同じ文章になっている",
    looks_at: "年度ごとに書く欄（取組の実績など）が、前の年度の文章と一字一句同じかどうかを見ます。空白や全角・半角の違いは問いません。",
    why: "毎年同じ取組もありますが、前年度の文を写したまま更新を忘れた場合もあります。まず書いた課が気付けるように示します。",
    example: "平成30年度の実績が、平成29年度の実績と同じ文になっている。",
    remedy: "その年度の実績（回数や人数など）に改める必要がないかを確認してください。同じでよければ、そのままで構いません。",
    basis: "見出しを除く15文字以上の段落だけを比べます。計画の欄（PLAN）は、計画期間を通じて同じであるため比べません。",
    check,
};

/// Shorter paragraphs (「継続実施」) say nothing.
const LONG: usize = 15;

/// The sheets of all documents by plan, label and evaluated year.
type ByYear<'a> = BTreeMap<(&'a str, &'a str, FiscalYear), &'a Sheet>;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let sheets: ByYear<'_> = subject
        .sheets()
        .filter_map(|(d, sheet)| {
            Some((
                (d.plan.key.as_str(), sheet.label.as_str(), sheet.year?),
                sheet,
            ))
        })
        .collect();
    for (document, sheet) in subject.sheets() {
        let label = |text: &SheetText| {
            let label = subject.field_label(document, &text.field);
            text.year
                .map_or(label.clone(), |year| format!("{label}（{year}）"))
        };
        let planned = |text: &SheetText| {
            let field = subject.field(document, &text.field);
            field.is_some_and(|field| field.phase == Phase::Plan)
        };
        for (text, year, earlier) in earlier_texts(&sheets, document, sheet) {
            // What a plan says stays the same over its years.
            if planned(text) {
                continue;
            }
            findings.extend(repeated(
                (document, sheet),
                &label(text),
                text,
                year,
                earlier,
            ));
        }
    }
}

/// Each text of a sheet with its year and the text of the year before: on the same sheet, where it
/// has one text a year, else on last year's sheet of the same node in another document.
fn earlier_texts<'a>(
    sheets: &ByYear<'a>,
    document: &'a Document,
    sheet: &'a Sheet,
) -> Vec<(&'a SheetText, FiscalYear, &'a SheetText)> {
    let before = sheet.year.and_then(|year| year.plus(-1));
    let key = before.map(|year| (document.plan.key.as_str(), sheet.label.as_str(), year));
    let last_years = key.and_then(|key| sheets.get(&key));
    let twin = |text: &'a SheetText| {
        if let Some(year) = text.year.and_then(|year| year.plus(-1)) {
            let mut texts = sheet.texts.iter();
            let earlier = texts.find(|t| t.field == text.field && t.year == Some(year))?;
            return Some((text, year, earlier));
        }
        let earlier = last_years?.texts.iter().find(|t| t.field == text.field)?;
        Some((text, before?, earlier))
    };
    sheet.texts.iter().filter_map(twin).collect()
}

fn repeated(
    (document, sheet): (&Document, &Sheet),
    label: &str,
    text: &SheetText,
    year: FiscalYear,
    earlier: &SheetText,
) -> Option<Finding> {
    let now = text.paragraphs.as_deref().unwrap_or_default();
    let then: Vec<String> = earlier.paragraphs.iter().flatten().map(key).collect();
    let same: Vec<&Sourced<String>> = now
        .iter()
        .filter(|p| is_prose(&p.value) && then.contains(&key(p)))
        .collect();
    let first = same.first()?;
    let message = match (same.len(), now.len()) {
        (count, all) if count == all => format!("{year}と全く同じ文章です。"),
        (count, all) => format!("{all}段落のうち{count}段落が、{year}と同じ文章です。"),
    };
    let mark: String = first.value.chars().take(LONG).collect();
    let place = Place::sheet(document, sheet)
        .field(label)
        .at(first.line, mark);
    let hint = "その年度の実績に改める必要がないかを確認してください。同じでよければ、そのままで構いません。";
    Some(Finding::new(
        RULE.code,
        Severity::Note,
        place,
        message,
        hint,
    ))
}

/// Headings in brackets (≪…≫, 【…】) and short entries are the same for good reasons.
fn is_prose(text: &str) -> bool {
    let heading =
        text.starts_with(['≪', '【', '《', '<']) && text.ends_with(['≫', '】', '》', '>']);
    !heading && text.chars().count() >= LONG
}

fn key(paragraph: &Sourced<String>) -> String {
    name_key(&paragraph.value)
}
