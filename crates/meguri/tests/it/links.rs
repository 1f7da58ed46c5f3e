//! Links between the real papers, where they lie beside the project.

use crate::golden::shared;
use meguri_app::actions::link_documents::plan_group;
use meguri_app::actions::read_document::read_document;
use meguri_app::scheme_file::presets;
use meguri_core::evaluation::Document;
use meguri_core::links::{self, Facts, Group, Kind, Links, Place, history};
use meguri_core::plan::{Indicator, SectionRegister};

fn real_documents() -> Option<Vec<Document>> {
    let folder = shared()?.join("seeds");
    let mut documents = Vec::new();
    for name in [
        "midterm_plan",
        "evaluation_r4",
        "programs_r4",
        "reform_r2",
        "strategy_h30",
    ] {
        let read = read_document(&folder.join(format!("{name}.txt")), None).expect("it is read");
        documents.push(read.reading.to_document(&read.name, read.source));
    }
    Some(documents)
}

fn linked(documents: &[Document]) -> (Facts, Links) {
    let schemes = presets();
    let facts = Facts::of_documents(documents, |plan| plan_group(&schemes, plan));
    let links = links::of(&facts, &SectionRegister::default(), &[]);
    (facts, links)
}

/// How many groups of a kind stand in more than one plan.
fn across(facts: &Facts, groups: &[Group]) -> usize {
    groups
        .iter()
        .filter(|group| group.plans(facts).len() > 1)
        .count()
}

#[test]
fn the_real_papers_are_linked() {
    let Some(documents) = real_documents() else {
        return;
    };
    let (facts, links) = linked(&documents);
    let counts = Kind::ALL.map(|kind| {
        let groups = links.groups(kind);
        (groups.len(), across(&facts, groups))
    });
    assert_eq!(counts, [(311, 15), (41, 17), (144, 6), (46, 29)]);
    let again = |place: Place| {
        let sheet = &facts.sheets[place.sheet];
        (
            sheet
                .path
                .last()
                .and_then(|node| node.number.clone())
                .unwrap_or_default(),
            place.item,
        )
    };
    let relisted: Vec<_> = links
        .relistings
        .iter()
        .map(|r| (again(r.from), again(r.original)))
        .collect();
    let number = |number: &str, item| (number.to_owned(), item);
    assert_eq!(
        relisted,
        [
            (number("18", Some(7)), number("15", Some(8))),
            (number("21", Some(8)), number("18", Some(9))),
            (number("23", Some(10)), number("22", Some(0))),
            (number("", Some(40)), number("14", Some(10))),
            (number("29", None), number("15", None)),
            (number("41", None), number("7", None)),
        ]
    );
    // Each was read beside both papers: eight projects of one section, of which one may be a part
    // only, and one item of the reform that is a programme too.
    assert_eq!(
        links
            .doubts
            .iter()
            .filter(|doubt| doubt.kind == Kind::Project)
            .count(),
        8
    );
    assert_eq!(links.doubts.len(), 9, "{:#?}", links.doubts);
}

#[test]
fn targets_revised_in_the_plan_have_their_originals_from_the_evaluation() {
    let Some(documents) = real_documents() else {
        return;
    };
    let (facts, links) = linked(&documents);
    let sheets: Vec<_> = documents
        .iter()
        .flat_map(|document| &document.sheets)
        .collect();
    let indicator = |place: &Place| -> &Indicator {
        &sheets[place.sheet].indicators[place.item.expect("an indicator") as usize]
    };
    let mut revised = Vec::new();
    for group in links
        .indicators
        .iter()
        .filter(|group| group.plans(&facts).len() > 1)
    {
        let papers: Vec<&Indicator> = group.places.iter().map(indicator).collect();
        for year in history::of(&papers) {
            if let Some(revision) = year.revision {
                let original = revision
                    .original
                    .map(|said| said.figure.value.printed.clone());
                let now = revision.revised.figure.value.printed.clone();
                revised.push((year.year.to_string(), original.unwrap_or_default(), now));
            }
        }
    }
    let expected = [
        ("78", "58"),
        ("358", "386"),
        ("285", "292"),
        ("30", "53"),
        ("600", "50"),
        ("15", "17"),
    ];
    let expected = expected.map(|(before, now)| ("令和6年度", before, now));
    let found: Vec<_> = revised
        .iter()
        .map(|(y, a, b)| (y.as_str(), a.as_str(), b.as_str()))
        .collect();
    assert_eq!(found[..6], expected, "{found:?}");
    assert_eq!(
        found.len(),
        8,
        "two more were confirmed without a change: {found:?}"
    );
}
