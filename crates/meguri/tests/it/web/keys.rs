//! No key of a scheme is ever shown: where a scheme names a field or a level not, a word stands.

use super::Pages;
use crate::golden::root;
use axum::http::StatusCode;
use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::read_document::{ReadDocument, read_source};
use meguri_app::read::Library;
use meguri_app::scheme_file;
use meguri_core::scheme::Scheme;
use meguri_import::source_text::SourceText;
use std::collections::{BTreeSet, VecDeque};

const FAMILIES: [&str; 5] = ["evaluation", "midterm", "strategy", "programs", "reform"];

/// The presets without any field, level or axis that the readers know.
fn strangers() -> Vec<Scheme> {
    let strange = |scheme: Scheme| {
        let mut written = scheme.written().clone();
        written.levels.truncate(1);
        for level in &mut written.levels {
            level.key = "zz_level".to_owned();
            level.label = "よその区分".to_owned();
        }
        written.fields.clear();
        written.scales.clear();
        written.next_step_axes.clear();
        written.stages.clear();
        written.rates.clear();
        written.classes.clear();
        written.points.clear();
        written.rollups.clear();
        Scheme::new(written).expect("a sound scheme")
    };
    scheme_file::presets().into_iter().map(strange).collect()
}

/// All keys that a scheme or a reader has; words that a page may show by chance are not among them.
fn keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::from(["zz_level".to_owned()]);
    for scheme in scheme_file::presets() {
        let written = scheme.written();
        keys.extend(written.levels.iter().map(|level| level.key.clone()));
        keys.extend(written.fields.iter().map(|field| field.key.clone()));
        keys.extend(written.stages.iter().map(|stage| stage.key.clone()));
        keys.extend(written.next_step_axes.iter().map(|axis| axis.key.clone()));
        keys.extend(written.rollups.iter().map(|rollup| rollup.key.clone()));
        keys.insert(written.key.clone());
    }
    keys
}

/// What a person reads of a page: its text, and the words of attributes that are read aloud.
fn words(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        let Some((tag, after)) = behind.split_once('>') else {
            break;
        };
        for name in [
            "title=\"",
            "alt=\"",
            "aria-label=\"",
            "content=\"",
            "placeholder=\"",
        ] {
            let said = tag
                .split_once(name)
                .and_then(|(_, value)| value.split_once('"'));
            let address = |said: &str| said.contains("http") || said.starts_with('/');
            if let Some((said, _)) = said.filter(|(said, _)| !address(said)) {
                text.push_str(said);
                text.push(' ');
            }
        }
        rest = after;
    }
    let part = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
    text.split(part).map(str::to_owned).collect()
}

/// The papers of the invented city; a file's name is a person's own word, and no key here.
fn samples() -> Vec<ReadDocument> {
    let read = FAMILIES.into_iter().zip('甲'..).map(|(name, called)| {
        let path = root("samples/mizuhono").join(format!("{name}.txt"));
        let text = std::fs::read_to_string(path).expect("a sample");
        read_source(called.to_string(), SourceText::from_text(&text), None).expect("a paper")
    });
    read.collect()
}

fn shown_keys(library: Library) -> Vec<String> {
    let keys = keys();
    let pages = Pages::of(library);
    let mut open = VecDeque::from(["/".to_owned()]);
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    let mut found = Vec::new();
    while let Some(path) = open.pop_front() {
        let (response, body) = pages.get(&path);
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let kind = response.headers()["content-type"].to_str().expect("words");
        // A paper's own lines, and the manual of the rules, are not made of a scheme.
        let of_scheme = !path.starts_with("/rules") && !path.contains("/lines");
        if !kind.starts_with("text/html") || !of_scheme {
            continue;
        }
        let shown = words(&body).into_iter().filter(|word| keys.contains(word));
        found.extend(shown.map(|key| format!("{path}: {key}")));
        let links = super::html::check(&body).links;
        for link in links {
            let page = link.split('#').next().unwrap_or_default().to_owned();
            if !page.is_empty() && seen.len() < 700 && seen.insert(page.clone()) {
                open.push_back(page);
            }
        }
    }
    assert!(seen.len() > 100, "only {} pages", seen.len());
    found.sort();
    found.dedup();
    found
}

#[test]
fn no_page_shows_a_key_under_the_usual_schemes() {
    let checked = check_documents(samples(), Vec::new());
    assert_eq!(shown_keys(Library::new(checked, Vec::new())), [""; 0]);
}

#[test]
fn no_page_and_no_finding_shows_a_key_under_schemes_that_name_nothing() {
    let mut checked = check_documents(samples(), strangers());
    assert_eq!(checked.unused_schemes, [""; 0]);
    let keys = keys();
    for finding in &checked.findings {
        let place = &finding.place;
        let said = [&place.sheet, &place.row, &place.field];
        let said = said
            .into_iter()
            .flatten()
            .chain([&finding.message, &finding.hint]);
        for text in said {
            let part = |c: char| !(c.is_ascii_alphanumeric() || c == '_');
            let shown: Vec<&str> = text.split(part).filter(|w| keys.contains(*w)).collect();
            assert!(shown.is_empty(), "{text}: {shown:?}");
        }
    }
    checked.findings.clear();
    assert_eq!(shown_keys(Library::new(checked, strangers())), [""; 0]);
}
