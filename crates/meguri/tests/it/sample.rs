//! The bundled sample: the facts of real papers, without their sentences.

mod facts;

use crate::golden::shared;
use meguri::actions::check_documents::check_documents;
use meguri::actions::read_document::read_document;
use meguri::scheme_file::{self, PRESETS};
use meguri_core::evaluation::Document;
use meguri_core::verify::{Finding, Severity, Subject, check};
use std::path::Path;

/// The papers of the sample, in the order in which they are kept.
const PAPERS: [&str; 5] = [
    "midterm_plan.txt",
    "evaluation_r4.txt",
    "strategy_h30.txt",
    "programs_r4.txt",
    "reform_r2.txt",
];

/// The rule about days between two dates: its facts stand in a sentence.
const DAY_SPAN: &str = "V016";

fn facts_of_papers(seeds: &Path) -> Vec<Document> {
    let read = |name: &&str| read_document(&seeds.join(name), None).expect("a paper");
    let checked = check_documents(PAPERS.iter().map(read).collect(), Vec::new());
    let (mut documents, findings) = (checked.documents, checked.findings);
    for document in &mut documents {
        let scheme = scheme_file::preset(&document.plan.key).expect("a preset");
        facts::facts_only(document, |key| {
            scheme.field(key).map_or(key, |field| field.label.as_str()).to_owned()
        });
        let name = document.name.clone();
        let here = findings.iter().filter(|finding| finding.place.document == name);
        for finding in here.filter(|finding| finding.code == DAY_SPAN) {
            let (span, _) = finding.message.split_once("までは").expect("the span of days");
            let days = finding.printed.as_deref().expect("the days");
            let sentence = format!("（見本の文章）期間は{span}（{days}）。");
            facts::put_sentence(document, finding.place.line, &sentence);
        }
    }
    documents
}

#[test]
fn the_facts_of_the_real_papers_still_show_what_is_wrong_with_them() {
    let Some(shared) = shared() else { return };
    let documents = facts_of_papers(&shared.join("seeds"));
    let schemes: Vec<_> =
        PRESETS.iter().filter_map(|preset| scheme_file::preset(preset.key)).collect();
    let found = check(&Subject::new(&documents, &schemes));
    let errors: Vec<_> = found.iter().filter(|f| f.severity == Severity::Error).collect();
    let told = |f: &&Finding| (f.code, f.printed.clone(), f.computed.clone());
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        errors.iter().map(told).collect::<Vec<_>>(),
        [
            ("V002", text("5,467,914千円"), text("5,472,114千円")),
            ("V016", text("62日間"), text("72日間")),
        ]
    );
    assert_eq!(found.iter().filter(|f| f.code == "V007").count(), 6);
}
