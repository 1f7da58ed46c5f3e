//! The page of a sheet, in the order of the paper; of several papers of one theme each by itself.

use super::pages::{joined, judgements, scheme_of};
use super::{Material, Page};
use meguri_core::evaluation::Sheet;
use meguri_core::links::{Group, Kind};
use meguri_core::plan::{Indicator, Listing, YearFigure};
use meguri_core::scheme::words::field_word;
use meguri_store::KeptSheet;

/// All sheets about one thing.
pub(super) fn sheet(material: &Material, group: &Group) -> Page {
    let mut page = material.page(Kind::Sheet, group);
    let again = material
        .kept
        .links
        .relistings
        .iter()
        .filter(|r| group.places.contains(&r.from));
    let again = again.map(|r| {
        let (from, original) = (
            material.label(r.from.sheet),
            material.label(r.original.sheet),
        );
        format!("{from}は{original}の再掲")
    });
    page.fact("再掲", again.collect::<Vec<_>>().join("、"));
    for place in &group.places {
        if let Some(kept) = material.sheets.get(&place.sheet) {
            one(&mut page, material, place.sheet, kept);
        }
    }
    page
}

fn one(page: &mut Page, material: &Material, place: usize, kept: &KeptSheet) {
    let sheet = &kept.sheet;
    let year = sheet
        .year
        .map_or_else(String::new, |year| format!("（{year}）"));
    let head = format!("{}{year}", sheet.label);
    let mut facts = vec![
        vec!["番号".to_owned(), kept.id.to_string()],
        vec![
            "文書".to_owned(),
            format!("{} {}行目", material.document(place), sheet.line),
        ],
        vec!["計画".to_owned(), material.plan_label(place)],
    ];
    let mut fact = |word: &str, value: String| {
        if !value.is_empty() {
            facts.push(vec![word.to_owned(), value]);
        }
    };
    fact("所管課", joined(&sheet.sections));
    fact("関連課", joined(&sheet.related_sections));
    fact("評価", judgements(sheet));
    let totals = sheet
        .totals
        .iter()
        .map(|total| total.money.value.to_string());
    fact("事業費の計", totals.collect::<Vec<_>>().join("、"));
    fact(
        "版",
        format!("第{}版（{}版中）", kept.version, kept.editions.len()),
    );
    page.table(&head, &[], facts);
    page.table("本文", &["欄", "行", "内容"], texts(material, place, sheet));
    let indicators = sheet.indicators.iter().map(indicator).collect();
    let heads = ["指標", "単位", "基準値", "目標", "実績", "達成率"];
    page.table("指標", &heads, indicators);
    let listings = sheet.listings.iter().map(listing).collect();
    page.table(
        "事業",
        &["", "コード", "事業", "担当課", "事業費", "動向", "行"],
        listings,
    );
    let findings = kept.findings.iter().map(|finding| {
        vec![
            finding.code.clone(),
            finding.severity.label().to_owned(),
            finding.message.clone(),
        ]
    });
    page.table("指摘", &["規則", "重さ", "内容"], findings.collect());
}

fn texts(material: &Material, place: usize, sheet: &Sheet) -> Vec<Vec<String>> {
    let scheme = scheme_of(material, place);
    let label = |key: &str| {
        scheme
            .and_then(|scheme| scheme.field(key))
            .map_or_else(|| field_word(key), |field| &field.label)
            .to_owned()
    };
    let mut rows = Vec::new();
    for text in &sheet.texts {
        let Some(paragraphs) = &text.paragraphs else {
            let lost = "（原文から読み取れません）".to_owned();
            rows.push(vec![label(&text.field), String::new(), lost]);
            continue;
        };
        for paragraph in paragraphs {
            let line = paragraph.line.to_string();
            rows.push(vec![label(&text.field), line, paragraph.value.clone()]);
        }
    }
    rows
}

fn figures(all: &[YearFigure]) -> String {
    let each = all
        .iter()
        .map(|one| format!("{} {}", one.year.short(), one.figure.value));
    each.collect::<Vec<_>>().join("、")
}

fn indicator(one: &Indicator) -> Vec<String> {
    vec![
        one.label(),
        one.unit
            .as_ref()
            .map_or_else(String::new, |unit| unit.value.clone()),
        one.baseline
            .as_ref()
            .map_or_else(String::new, |baseline| baseline.value.to_string()),
        figures(&one.targets),
        figures(&one.actuals),
        figures(&one.printed_rates),
    ]
}

fn listing(row: &Listing) -> Vec<String> {
    let costs = row
        .costs
        .iter()
        .map(|c| format!("{} {}", c.year.short(), c.money.value));
    let steps = row.next_steps.iter().map(|(_, step)| step.value.clone());
    vec![
        row.number
            .as_ref()
            .map_or_else(String::new, |number| number.value.to_string()),
        row.code
            .as_ref()
            .map_or_else(String::new, |code| code.value.clone()),
        if row.relisted {
            format!("{}【再掲】", row.label())
        } else {
            row.label()
        },
        joined(&row.sections),
        costs.collect::<Vec<_>>().join("、"),
        steps.collect::<Vec<_>>().join("・"),
        row.line.to_string(),
    ]
}
