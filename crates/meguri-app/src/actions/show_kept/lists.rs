//! Lists of all plans, documents and linked things, and the page of a document.

use super::pages::{plan_label, tree};
use super::{Material, Page};
use crate::actions::find_kept::{Entry, Sort, Target};
use crate::actions::links_kept::LinksKept;
use meguri_core::links::Kind;
use meguri_import::documents as families;
use meguri_store::DocumentRow;

/// The list of documents.
pub(super) fn documents(kept: &LinksKept, rows: &[DocumentRow]) -> Page {
    let mut page = Page {
        kind: "documents",
        title: "取り込んだ文書".to_owned(),
        ..Page::default()
    };
    let row = |row: &DocumentRow| {
        let own = kept
            .facts
            .documents
            .iter()
            .position(|document| document.id == row.id);
        let sheets = kept
            .facts
            .sheets
            .iter()
            .filter(|sheet| Some(sheet.document) == own);
        let year = sheets.clone().find_map(|sheet| sheet.year);
        vec![
            row.id.to_string(),
            row.name.clone(),
            plan_label(kept, &row.plan),
            year.map_or_else(String::new, |year| year.to_string()),
            sheets.count().to_string(),
            format!("第{}版", row.version),
            moment(row),
        ]
    };
    let heads = ["番号", "文書", "計画", "年度", "シート", "版", "取り込み"];
    page.table("", &heads, rows.iter().map(row).collect());
    page
}

/// All plans, or all linked things of a kind.
pub(super) fn all(kept: &LinksKept, sort: Sort, entries: &[&Entry]) -> Page {
    let (kind, title, head) = match sort {
        Sort::Plan => ("plans", "取り込んだ計画", "キー"),
        Sort::Document => ("documents", "取り込んだ文書", "番号"),
        Sort::Thing(Kind::Project) => ("projects", "事務事業の一覧", "番号"),
        Sort::Thing(Kind::Indicator) => ("indicators", "指標の一覧", "番号"),
        Sort::Thing(Kind::Sheet) => ("sheets", "シートの一覧", "番号"),
        Sort::Thing(Kind::Section) => ("sections", "課の一覧", "番号"),
    };
    let mut page = Page {
        kind,
        title: title.to_owned(),
        ..Page::default()
    };
    let row = |entry: &&Entry| match &entry.target {
        Target::Plan(key) => vec![key.clone(), entry.title.clone(), documents_of(kept, key)],
        Target::Document(_) | Target::Thing(..) => {
            let id = entry.id.map_or_else(String::new, |id| id.to_string());
            vec![id, entry.title.clone(), entry.place.clone()]
        }
    };
    let heads: &[&'static str] = match sort {
        Sort::Plan => &[head, "名称", "文書"],
        Sort::Thing(Kind::Section) => &[head, "名称"],
        Sort::Document | Sort::Thing(_) => &[head, "名称", "最初の掲載"],
    };
    let mut rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    for row in &mut rows {
        row.truncate(heads.len());
    }
    page.table("", heads, rows);
    page
}

fn documents_of(kept: &LinksKept, plan: &str) -> String {
    let documents = kept.facts.documents.iter();
    let own = documents.filter(|own| own.plan == plan || own.plan_group == plan);
    let names: Vec<&str> = own.map(|own| own.name.as_str()).collect();
    names.join("、")
}

/// A document: what it is, and its sheets.
pub(super) fn document(
    material: &Material,
    at: usize,
    places: &[usize],
    rows: &[DocumentRow],
) -> Page {
    let Some(about) = material.kept.facts.documents.get(at) else {
        return Page::default();
    };
    let mut page = Page {
        kind: "document",
        id: Some(about.id),
        title: about.name.clone(),
        ..Page::default()
    };
    let family = families::family(&about.plan);
    page.fact("種類", family.map_or("", |family| family.title));
    let label = plan_label(&material.kept, &about.plan);
    page.fact("計画", format!("{label}（{}）", about.plan));
    let sheets = material.kept.facts.sheets.iter();
    let year = sheets
        .filter(|sheet| sheet.document == at)
        .find_map(|sheet| sheet.year);
    page.fact(
        "年度",
        year.map_or_else(String::new, |year| year.to_string()),
    );
    if let Some(row) = rows.iter().find(|row| row.id == about.id) {
        page.fact("版", format!("第{}版", row.version));
        page.fact("取り込み", moment(row));
    }
    tree(&mut page, material, places);
    page
}

/// When a document was imported, to the minute.
fn moment(row: &DocumentRow) -> String {
    let minutes: String = row.by.moment().chars().take(16).collect();
    minutes.replace('T', " ")
}
