//! V020: the same text as last year's.

use crate::evaluation::{Document, Sheet, SheetText};
use crate::fiscal_year::FiscalYear;
use crate::source::Sourced;
use crate::text::name_key;
use crate::verify::catalogue::{Rule, Subject};
use crate::verify::finding::{Finding, Place, Severity};

pub(crate) const RULE: Rule = Rule {
    code: "V020",
    title: "前の年度と同じ文章になっている",
    looks_at: "年度ごとに書く欄（取組の実績など）が、前の年度の文章と一字一句同じかどうかを見ます。空白や全角・半角の違いは問いません。",
    why: "毎年同じ取組もありますが、前年度の文を写したまま更新を忘れた場合もあります。まず書いた課が気付けるように示します。",
    example: "平成30年度の実績が、平成29年度の実績と同じ文になっている。",
    remedy: "その年度の実績（回数や人数など）に改める必要がないかを確認してください。同じでよければ、そのままで構いません。",
    basis: "見出しを除く15文字以上の段落だけを比べます。",
    check,
};

/// Shorter paragraphs (「継続実施」) say nothing.
const LONG: usize = 15;

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, sheet) in subject.sheets() {
        let label = |text: &SheetText| {
            let label = subject.field_label(document, &text.field);
            text.year.map_or(label.clone(), |year| format!("{label}（{year}）"))
        };
        for text in &sheet.texts {
            let before = text.year.and_then(|year| year.plus(-1));
            let earlier = before.and_then(|y| {
                sheet.texts.iter().find(|t| t.field == text.field && t.year == Some(y))
            });
            if let (Some(year), Some(earlier)) = (before, earlier) {
                findings.extend(repeated((document, sheet), &label(text), text, year, earlier));
            }
        }
        let Some(year) = sheet.year.and_then(|year| year.plus(-1)) else {
            continue;
        };
        let Some(last) = last_years_sheet(subject, document, sheet, year) else {
            continue;
        };
        for text in sheet.texts.iter().filter(|text| text.year.is_none()) {
            if let Some(earlier) = last.texts.iter().find(|t| t.field == text.field) {
                findings.extend(repeated((document, sheet), &label(text), text, year, earlier));
            }
        }
    }
}

/// The sheet of the same node of the same plan, one year earlier, in another document.
fn last_years_sheet<'a>(
    subject: &Subject<'a>,
    document: &Document,
    sheet: &Sheet,
    year: FiscalYear,
) -> Option<&'a Sheet> {
    let others = subject
        .documents
        .iter()
        .filter(|other| other.plan.key == document.plan.key && !std::ptr::eq(*other, document));
    let same = |other: &&Sheet| other.year == Some(year) && other.label == sheet.label;
    others.flat_map(|other| &other.sheets).find(same)
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
    let same: Vec<&Sourced<String>> =
        now.iter().filter(|p| is_prose(&p.value) && then.contains(&key(p))).collect();
    let first = same.first()?;
    let message = match (same.len(), now.len()) {
        (count, all) if count == all => format!("{year}と全く同じ文章です。"),
        (count, all) => format!("{all}段落のうち{count}段落が、{year}と同じ文章です。"),
    };
    let mark: String = first.value.chars().take(LONG).collect();
    let place = Place::sheet(document, sheet).field(label).at(first.line, mark);
    let hint = "その年度の実績に改める必要がないかを確認してください。同じでよければ、そのままで構いません。";
    Some(Finding::new(RULE.code, Severity::Note, place, message, hint))
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
