//! Rules over papers: each rule's fixture, and papers that are right.

use crate::golden::{assert_file, root};
use meguri_app::actions::check_documents::{CheckedDocuments, check_documents};
use meguri_app::actions::read_document::{read_document, read_source};
use meguri_app::scheme_file;
use meguri_core::scheme::Scheme;
use meguri_core::verify::{RULES, Severity, compares_documents};
use meguri_import::source_text::SourceText;
use meguri_papers::{FAMILIES, Shape};
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A fixture is a folder with the findings that the rule shall have, in papers of its own or, where
/// it has none, in the sample documents: their faults are planted beside what is right.
#[test]
fn every_rule_finds_what_was_planted_and_nothing_else() {
    for rule in RULES {
        let folder = root(&format!("testdata/rules/{}", rule.code));
        let mut papers = papers_in(&folder);
        if papers.is_empty() {
            papers = papers_in(&root("samples/mizuhono"));
        }
        let read = papers.iter().map(|paper| {
            read_document(paper, None)
                .unwrap_or_else(|fault| panic!("{}: {fault}", paper.display()))
        });
        let checked = check_documents(read.collect(), schemes_in(&folder));
        let found = listed(&checked, rule.code);
        assert!(
            !found.is_empty(),
            "{}: the fixture shows nothing",
            rule.code
        );
        assert_file(&folder.join("findings.txt"), &found);
    }
}

/// The papers of a folder, in the order of their names.
fn papers_in(folder: &Path) -> Vec<PathBuf> {
    files_in(folder, "txt")
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name != "findings.txt"))
        .collect()
}

/// The schemes of a folder, in the order of their names.
fn schemes_in(folder: &Path) -> Vec<Scheme> {
    let read = |path: PathBuf| {
        scheme_file::read(&path).unwrap_or_else(|faults| panic!("{}: {faults:?}", path.display()))
    };
    files_in(folder, "toml").into_iter().map(read).collect()
}

/// The files of a folder with one extension, in the order of their names.
fn files_in(folder: &Path, wanted: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == wanted)
        })
        .collect();
    files.sort();
    files
}

/// The findings of a rule as lines that a person can compare with the paper.
fn listed(checked: &CheckedDocuments, code: &str) -> String {
    let mut lines = String::new();
    for finding in checked
        .findings
        .iter()
        .filter(|finding| finding.code == code)
    {
        let place = &finding.place;
        let part = |part: &Option<String>| part.clone().unwrap_or_default();
        let _ = writeln!(
            lines,
            "{}:{} {}",
            place.document,
            place.line,
            finding.severity.key()
        );
        let (sheet, row, field) = (part(&place.sheet), part(&place.row), part(&place.field));
        let _ = writeln!(lines, "  {sheet} / {row} / {field} [{}]", part(&place.mark));
        let _ = writeln!(lines, "  {}", finding.message);
        let _ = writeln!(
            lines,
            "  {} → {}",
            part(&finding.printed),
            part(&finding.computed)
        );
        for step in &finding.steps {
            let _ = writeln!(lines, "  = {step}");
        }
    }
    lines
}

/// What a rule says of a paper is the same with any other papers beside it, unless the rule is known
/// to compare papers: what is published relies on it.
#[test]
fn a_rule_that_compares_no_papers_says_the_same_of_each_alone() {
    let mut papers = papers_in(&root("samples/mizuhono"));
    for rule in RULES {
        papers.extend(papers_in(&root(&format!("testdata/rules/{}", rule.code))));
    }
    let read = |path: &PathBuf| {
        let read = read_document(path, None);
        let mut read = read.unwrap_or_else(|fault| panic!("{}: {fault}", path.display()));
        // Rules know a paper by its name.
        read.name = path.display().to_string();
        read
    };
    let of_known = |checked: CheckedDocuments| {
        let found = checked.findings.into_iter();
        let found = found.filter(|finding| !compares_documents(finding.code));
        found.collect::<Vec<_>>()
    };
    let together = check_documents(papers.iter().map(read).collect(), Vec::new());
    let together = of_known(together);
    let alone = papers.iter().flat_map(|paper| {
        let checked = check_documents(vec![read(paper)], Vec::new());
        of_known(checked)
    });
    let mut alone: Vec<_> = alone.collect();
    assert!(alone.len() > 40, "{}", alone.len());
    for finding in &together {
        let place = alone.iter().position(|other| other == finding);
        let place = place.unwrap_or_else(|| panic!("only beside others: {finding:#?}"));
        alone.swap_remove(place);
    }
    assert!(alone.is_empty(), "only alone: {alone:#?}");
}

/// A paper in which nothing is wrong gets no error, however torn it is.
#[test]
fn papers_that_are_right_get_no_error() {
    for (family, generate) in FAMILIES {
        for seed in 0..24 {
            let tearing = [0, 30, 100][seed as usize % 3];
            let paper = generate(&Shape {
                seed,
                units: 4,
                tearing,
            });
            let name = format!("{family} seed {seed} tearing {tearing}");
            let source = SourceText::from_text(&paper.text);
            let read = read_source(name.clone(), source, None)
                .unwrap_or_else(|fault| panic!("{name}: {fault}"));
            assert_eq!(read.family.key, family, "{name}");
            let checked = check_documents(vec![read], Vec::new());
            let errors = checked
                .findings
                .iter()
                .filter(|f| f.severity == Severity::Error);
            let errors: Vec<_> = errors.collect();
            assert!(errors.is_empty(), "{name}: {errors:#?}");
        }
    }
}
