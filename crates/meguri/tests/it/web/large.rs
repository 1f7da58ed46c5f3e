//! Plans, sheets and cities that are larger than any that we know: every page stays small.

use super::{Pages, walk_some};
use crate::golden::root;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use meguri_app::actions::check_documents::{CheckedDocuments, check_documents};
use meguri_app::actions::read_document::read_source;
use meguri_app::read::Library;
use meguri_core::evaluation::{Document, Sheet};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{NodeId, PlanNode};
use meguri_core::source::{Settled, Sourced};
use meguri_core::verify::Finding;
use meguri_import::source_text::SourceText;

/// Addresses of one kind that a walk asks for.
const OF_A_KIND: usize = 3;

/// The sample of evaluation sheets with its findings.
fn sample() -> (Document, Vec<Finding>) {
    let path = root("samples/mizuhono/evaluation.txt");
    let text = std::fs::read_to_string(path).expect("a sample");
    let read = read_source(
        "evaluation.txt".to_owned(),
        SourceText::from_text(&text),
        None,
    );
    let mut checked = check_documents(vec![read.expect("a paper")], Vec::new());
    (checked.documents.remove(0), checked.findings)
}

fn pages(documents: Vec<Document>, findings: Vec<Finding>) -> Pages {
    let checked = CheckedDocuments {
        documents,
        findings,
        unused_schemes: Vec::new(),
        other_years: Vec::new(),
    };
    Pages::of(Library::new(checked, Vec::new()))
}

fn said(text: String) -> Option<Sourced<String>> {
    Some(Sourced {
        value: text,
        line: 1,
        settled: Settled::Printed,
    })
}

fn year(calendar: u16) -> FiscalYear {
    FiscalYear::new(calendar).expect("a year")
}

/// A node of the given level, numbered among those beside it.
fn node(level: &str, number: usize, name: String, parent: Option<NodeId>) -> PlanNode {
    PlanNode {
        level: level.to_owned(),
        number: said(number.to_string()),
        name: said(name),
        parent,
        programme: None,
    }
}

/// A plan of nodes over each other, `each` of a level below one of the level above, with a sheet on
/// each of the lowest; all sheets are the same but for their names.
fn plan_of(each: &[usize], name: &dyn Fn(usize) -> String, seed: &Sheet) -> Document {
    let (mut document, _) = sample();
    document.plan.nodes.clear();
    document.sheets.clear();
    let levels = ["goal", "policy", "measure", "theme"];
    let mut above = vec![None];
    for (count, level) in each
        .iter()
        .zip(levels.iter().skip(levels.len() - each.len()))
    {
        let mut below = Vec::new();
        for parent in above {
            for number in 1..=*count {
                let node = node(level, number, name(document.plan.nodes.len()), parent);
                below.push(Some(document.plan.add(node)));
            }
        }
        above = below;
    }
    for (number, node) in above.into_iter().enumerate() {
        let label = format!("テーマ{number}「{}」", name(number));
        document.sheets.push(Sheet {
            node,
            label,
            ..seed.clone()
        });
    }
    document
}

fn names(number: usize) -> String {
    format!(
        "{number} {}",
        "安心して暮らし続けられる地域のつながりを育む取組".repeat(3)
    )
}

#[test]
fn every_page_of_a_plan_of_1500_sheets_is_small() {
    let (document, _) = sample();
    // The same project, indicator and section stand on all of them.
    let plan = plan_of(&[6, 10, 25], &names, &document.sheets[0]);
    assert_eq!(plan.sheets.len(), 1_500);
    walk_some(&pages(vec![plan], Vec::new()), OF_A_KIND);
}

#[test]
fn a_plan_of_one_level_is_leafed_through_to_its_last_sheet() {
    let (document, _) = sample();
    let plan = plan_of(
        &[260],
        &names,
        &Sheet {
            listings: Vec::new(),
            ..document.sheets[0].clone()
        },
    );
    let pages = pages(vec![plan], Vec::new());
    walk_some(&pages, OF_A_KIND);
    let (mut path, mut seen) = ("/plans/evaluation".to_owned(), 0);
    loop {
        let (_, body) = pages.get(&path);
        let tree = body.split("計画の体系</h2>").nth(1).expect("a tree");
        seen += tree.matches("href=\"/sheets/").count();
        let next = tree.split("rel=\"next\" href=\"").nth(1);
        let Some(next) = next.and_then(|next| next.split('"').next()) else {
            break;
        };
        path = next.to_owned();
    }
    assert_eq!(seen, 260);
}

#[test]
fn every_part_of_a_sheet_with_very_much_is_small() {
    let (mut document, findings) = sample();
    let sheet = &mut document.sheets[0];
    let (project, indicator) = (sheet.listings[0].clone(), sheet.indicators[0].clone());
    sheet.listings = (0..300).map(|_| project.clone()).collect();
    let figures = |figures: &[meguri_core::plan::YearFigure]| {
        let first = figures[0].clone();
        (2010..2025)
            .map(|y| meguri_core::plan::YearFigure {
                year: year(y),
                ..first.clone()
            })
            .collect()
    };
    let mut long = indicator.clone();
    long.targets = figures(&indicator.targets);
    long.actuals = figures(&indicator.actuals);
    long.printed_rates = figures(&indicator.printed_rates);
    sheet.indicators = (0..60).map(|_| long.clone()).collect();
    let paragraphs = sheet
        .texts
        .iter_mut()
        .find_map(|text| text.paragraphs.as_mut());
    let text = "取組を進め、おおむね計画のとおりの成果がありました。".repeat(770);
    paragraphs.expect("a text")[0].value = text.clone();
    let found = findings
        .iter()
        .find(|finding| finding.place.sheet.as_ref() == Some(&sheet.label));
    let found = vec![found.expect("a finding").clone(); 100];
    let label = sheet.label.clone();
    let pages = pages(vec![document], found);
    walk_some(&pages, OF_A_KIND);
    // Everything is there, once.
    let (mut path, mut all) = ("/sheets/1".to_owned(), String::new());
    loop {
        let (_, body) = pages.get(&path);
        let next = body
            .split("このシートの前後の部分")
            .nth(1)
            .unwrap_or_default();
        let next = next.split("</nav>").next().unwrap_or_default();
        let next = next.split("rel=\"next\" href=\"").nth(1).map(str::to_owned);
        all.push_str(&body);
        let Some(next) = next.as_deref().and_then(|next| next.split('"').next()) else {
            break;
        };
        path = next.to_owned();
    }
    assert_eq!(all.matches("<li class=\"finding ").count(), 100, "{label}");
    assert_eq!(all.matches("<table class=\"figures\">").count(), 60);
    assert_eq!(
        all.matches("取組を進め、おおむね計画のとおりの成果がありました。")
            .count(),
        770
    );
    let row = "<th role=\"rowheader\" scope=\"row\"><a href=\"/projects/";
    assert_eq!(all.matches(row).count(), 300);
}

#[test]
fn data_of_more_than_16_mb_is_answered_in_both_forms() {
    let (mut document, _) = sample();
    let sheet = &mut document.sheets[0];
    let paragraphs = sheet
        .texts
        .iter_mut()
        .find_map(|text| text.paragraphs.as_mut());
    let text = "取組を進め、おおむね計画のとおりの成果がありました。".repeat(230_000);
    paragraphs.expect("a text")[0].value = text;
    let pages = pages(vec![document], Vec::new());
    let asked = |coding: &str| {
        let request = Request::get("/sheets/1.json").header("accept-encoding", coding);
        let (response, body) = pages.ask(request.body(Body::empty()).expect("a request"));
        assert_eq!(response.status(), StatusCode::OK);
        (response.headers()["etag"].clone(), body)
    };
    let (tag, plain) = asked("identity");
    assert!(plain.len() > 16 * 1024 * 1024, "{} bytes", plain.len());
    let (same, packed) = asked("gzip");
    assert_eq!(tag, same);
    assert!(packed.len() < plain.len() / 20, "{} bytes", packed.len());
    let sheet: serde_json::Value = serde_json::from_slice(&plain).expect("JSON");
    assert!(sheet.is_object());
}

#[test]
fn every_page_over_thirty_years_is_small() {
    let (document, _) = sample();
    let papers = (1995..2025).map(|y| {
        let sheets = document.sheets.iter().map(|sheet| {
            let mut sheet = Sheet {
                year: Some(year(y)),
                ..sheet.clone()
            };
            for listing in &mut sheet.listings {
                listing
                    .costs
                    .iter_mut()
                    .for_each(|cost| cost.year = year(y));
            }
            sheet
        });
        let name = format!("evaluation-{y}.txt");
        Document {
            name,
            sheets: sheets.collect(),
            ..document.clone()
        }
    });
    walk_some(&pages(papers.collect(), Vec::new()), OF_A_KIND);
}

#[test]
fn odd_and_long_names_break_no_page() {
    let (document, findings) = sample();
    let odd = "<b>橋</b>&amp;\"'\u{202e}逆\u{202c}\u{200f}שלום🎏👨‍👩‍👧";
    for name in [odd.to_owned(), odd.repeat(4)] {
        let rename = |value: &mut Option<Sourced<String>>| {
            if let Some(value) = value {
                value.value = name.clone();
            }
        };
        let mut document = document.clone();
        rename(&mut document.plan.name);
        document
            .plan
            .nodes
            .iter_mut()
            .for_each(|node| rename(&mut node.name));
        for sheet in &mut document.sheets {
            sheet.label = name.clone();
            sheet
                .sections
                .iter_mut()
                .for_each(|section| section.value = name.clone());
            sheet
                .listings
                .iter_mut()
                .for_each(|row| rename(&mut row.name));
            sheet
                .indicators
                .iter_mut()
                .for_each(|one| rename(&mut one.name));
            sheet
                .judgements
                .iter_mut()
                .for_each(|one| one.value.value = name.clone());
        }
        let mut findings = findings.clone();
        findings
            .iter_mut()
            .for_each(|finding| finding.place.sheet = Some(name.clone()));
        walk_some(&pages(vec![document], findings), OF_A_KIND);
    }
}
