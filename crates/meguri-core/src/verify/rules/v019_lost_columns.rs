//! V019: a row whose columns are shifted or lost.

use crate::evaluation::{Document, Sheet, Unsettled};
use crate::plan::Listing;
use crate::text::is_dash_cell;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use std::collections::BTreeSet;

pub(crate) const RULE: Rule = Rule {
    code: "V019",
    title: "列がずれている・失われている",
    looks_at: "読み取りで位置を確定できなかった値と、表の他の行にはある列が欠けている行を示します。",
    why: "PDFや転記の文字の並びからは、値がどの列のものか分からなくなることがあります。めぐりは推測で埋めず、空のまま示します。",
    example: "事業費と動向が、どの行のものか決められない。",
    remedy: "元の文書（PDFや紙）でその行を確認し、値を入力してください。",
    basis: "文字の並び、合計・事業数・達成率の検算のいずれでも確定できない値は、候補とともに残します。",
    check,
};

const HINT: &str = "元の文書でその行を確認し、値を入力してください。";

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        findings.extend(unsettled(document));
        // Lines that the reader has told of already.
        let told: BTreeSet<u32> = document.unsettled.iter().map(|place| place.line).collect();
        for sheet in &document.sheets {
            findings
                .extend(rows(document, sheet).filter(|found| !told.contains(&found.place.line)));
            findings.extend(columns(document, sheet).filter(|f| !told.contains(&f.place.line)));
        }
    }
}

/// One finding for each place, whichever of its fields are open.
fn unsettled(document: &Document) -> impl Iterator<Item = Finding> {
    let same = |a: &Unsettled, b: &Unsettled| a.place == b.place && a.line == b.line;
    document.unsettled.chunk_by(same).filter_map(|fields| {
        let first = fields.first()?;
        let names: Vec<&str> = fields.iter().map(|place| place.field.as_str()).collect();
        let at = Place {
            document: document.name.clone(),
            sheet: Some(first.place.clone()),
            field: Some(names.join("・")),
            line: first.line,
            ..Place::default()
        };
        let mut reasons: Vec<&str> = fields.iter().map(|place| place.why.as_str()).collect();
        reasons.dedup();
        let mut candidates: Vec<&str> = Vec::new();
        for candidate in fields.iter().flat_map(|field| &field.candidates) {
            if !candidates.contains(&candidate.as_str()) {
                candidates.push(candidate);
            }
        }
        let message = format!("値を確定できません：{}", reasons.join(""));
        let listed = format!("候補：{}", candidates.join("、"));
        let steps = if candidates.is_empty() {
            Vec::new()
        } else {
            vec![listed]
        };
        Some(Finding::new(RULE.code, Severity::Warning, at, message, HINT).steps(steps))
    })
}

/// The columns of a list, with whether a row has them.
type Column = (&'static str, fn(&Listing) -> bool);
const COLUMNS: [Column; 4] = [
    ("事業名", |l| l.name.is_some()),
    ("担当課", |l| !l.sections.is_empty()),
    ("事業費", |l| !l.costs.is_empty()),
    ("動向", |l| !l.next_steps.is_empty()),
];

/// Rows without a column that most rows of their table have.
fn rows<'a>(document: &'a Document, sheet: &'a Sheet) -> impl Iterator<Item = Finding> + 'a {
    let last = sheet.listings.iter().map(|l| l.table).max().unwrap_or(0);
    (0..=last).flat_map(move |table| {
        let rows: Vec<&Listing> = sheet.listings.iter().filter(|l| l.table == table).collect();
        let usual = |(_, has): &&Column| rows.iter().filter(|l| has(l)).count() * 2 > rows.len();
        let columns: Vec<&Column> = COLUMNS.iter().filter(usual).collect();
        rows.into_iter()
            .filter_map(move |row| lacking(document, sheet, row, &columns))
    })
}

fn lacking(
    document: &Document,
    sheet: &Sheet,
    row: &Listing,
    columns: &[&Column],
) -> Option<Finding> {
    // A printed dash is no loss: the paper says that there is no amount.
    let index = usize::try_from(row.line).unwrap_or(0).wrapping_sub(1);
    let line = document.lines.get(index).map_or("", String::as_str);
    let dashed = line.split_whitespace().any(is_dash_cell);
    let missing = columns
        .iter()
        .filter(|(name, has)| !(has(row) || dashed && *name == "事業費"));
    let names: Vec<&str> = missing.map(|(name, _)| *name).collect();
    if names.is_empty() {
        return None;
    }
    let message = format!("この行の{}が読み取れません。", names.join("・"));
    let mark = row
        .name
        .as_ref()
        .map_or(String::new(), |name| name.value.clone());
    let place = Place::sheet(document, sheet)
        .row(row.label())
        .at(row.line, mark);
    Some(Finding::new(
        RULE.code,
        Severity::Warning,
        place,
        message,
        HINT,
    ))
}

/// A sheet with a field whose column the text lost.
fn columns(document: &Document, sheet: &Sheet) -> impl Iterator<Item = Finding> {
    let lost = sheet
        .texts
        .iter()
        .filter(|text| text.paragraphs.is_none())
        .count();
    let message = format!("この項目の{lost}列が、文字の並びから失われています。");
    let place = Place::sheet(document, sheet);
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, HINT);
    (lost > 0).then_some(finding).into_iter()
}
