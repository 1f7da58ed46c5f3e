//! A word that stands on a page is found: every value of every sheet, the trees of plans, what names
//! projects, indicators and sections, findings; of the samples and of generated papers.

use super::published::{by, context};
use super::{library, sample_library};
use crate::golden::root;
use meguri_app::actions::import_folder::import_folder;
use meguri_app::read::pictures::Pictures;
use meguri_app::read::values::{budget_place, of_sheet};
use meguri_app::read::{Entry as Document, Library, Thing, urls};
use meguri_app::search::entries::{INDICATOR, PROJECT, SECTION, SHEET, entries};
use meguri_core::links::Kind;
use meguri_papers::{FAMILIES, Shape};
use meguri_search::normal::normal;
use meguri_search::{Entry, Filters, Index, Query};
use meguri_store::{Location, Store};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The entries of a picture by their addresses, with their texts in normal form.
struct Indexed(BTreeMap<String, (Entry, Vec<String>)>);

impl Indexed {
    fn of(library: &Library) -> Self {
        let with_texts = |entry: Entry| {
            let texts = entry.texts().map(normal).collect();
            (entry.address.clone(), (entry, texts))
        };
        Self(entries(library).map(with_texts).collect())
    }

    fn entry(&self, address: &str) -> &Entry {
        let found = self.0.get(address);
        &found
            .unwrap_or_else(|| panic!("{address} cannot be found"))
            .0
    }

    /// A word stands in what is found under an address.
    fn assert_holds(&self, address: &str, word: &str) {
        let word = normal(word.trim());
        let holds = self
            .0
            .get(address)
            .map(|(_, texts)| texts.iter().any(|t| t.contains(&word)));
        assert_eq!(holds, Some(true), "{address} is not found by {word:?}");
    }
}

/// How many words were looked for.
fn all_is_held(library: &Library) -> usize {
    let indexed = Indexed::of(library);
    let mut words = 0;
    let mut held = |address: &str, word: &str| {
        words += 1;
        indexed.assert_holds(address, word);
    };
    for entry in library.entries() {
        document(entry, &mut held);
        for number in 1..=entry.document.sheets.len() {
            if entry.sheet_id(number).is_some_and(|sheet| sheet.current) {
                sheet(entry, number, &mut held);
            }
        }
    }
    for kind in [Kind::Project, Kind::Indicator, Kind::Section] {
        for one in library.linked().all(kind) {
            thing(library, kind, one, &mut held);
        }
    }
    words
}

fn document(entry: &Document, held: &mut dyn FnMut(&str, &str)) {
    let address = urls::plan(entry);
    held(&address, entry.plan_name());
    for node in &entry.document.plan.nodes {
        for text in node.name.iter().chain(&node.number) {
            held(&address, &text.value);
        }
    }
    for found in entry.findings_beside() {
        held(&address, &found.message);
    }
    let first = entry
        .document
        .sheets()
        .map(|sheet| sheet.line)
        .min()
        .unwrap_or(1) as usize;
    for text in entry.document.lines.iter().take(first.saturating_sub(1)) {
        held(&address, text);
    }
}

fn sheet(entry: &Document, number: usize, held: &mut dyn FnMut(&str, &str)) {
    let (address, sheet) = (
        urls::sheet(entry, number),
        entry.sheet(number).expect("a sheet"),
    );
    held(&address, &sheet.label);
    held(&address, entry.plan_name());
    for (_, value) in of_sheet(entry, sheet).iter() {
        held(&address, &value.text);
    }
    for found in entry.findings_on(number) {
        held(&address, &found.message);
        held(&address, found.code);
        held(
            &address,
            found.said.as_ref().map_or("", |said| said.words()),
        );
    }
    let mut node = sheet.node.and_then(|id| entry.document.plan.node(id));
    while let Some(one) = node {
        held(
            &address,
            one.name.as_ref().map_or("", |name| name.value.as_str()),
        );
        node = one.parent.and_then(|id| entry.document.plan.node(id));
    }
    let costs = sheet
        .listings
        .iter()
        .flat_map(|listing| &listing.costs)
        .map(|cost| cost.year);
    let figures = sheet
        .indicators
        .iter()
        .flat_map(|one| one.targets.iter().chain(&one.actuals));
    for year in costs.chain(figures.map(|figure| figure.year)) {
        held(&address, &year.to_string());
    }
    for listing in &sheet.listings {
        held(&address, &budget_place(&listing.budget_item));
        held(
            &address,
            listing.budget_item.account.as_deref().unwrap_or_default(),
        );
    }
    let within = entry.lines_of(sheet);
    for place in entry
        .document
        .unsettled
        .iter()
        .filter(|place| within.contains(&place.line))
    {
        let candidates = place.candidates.iter().chain([&place.field, &place.why]);
        candidates.for_each(|text| held(&address, text));
    }
}

fn thing(library: &Library, kind: Kind, thing: &Thing, held: &mut dyn FnMut(&str, &str)) {
    let address = match kind {
        Kind::Project => urls::project(thing.id),
        Kind::Indicator => urls::indicator(thing.id),
        _ => urls::section(thing.id),
    };
    for name in &thing.names {
        held(&address, name);
    }
    for stand in library.stands(thing) {
        held(&address, stand.entry.plan_name());
        if let Some(listing) = stand.listing().filter(|_| kind == Kind::Project) {
            held(
                &address,
                listing.code.as_ref().map_or("", |code| code.value.as_str()),
            );
            held(
                &address,
                listing.budget_item.account.as_deref().unwrap_or_default(),
            );
            held(&address, &budget_place(&listing.budget_item));
            for section in &listing.sections {
                held(&address, &section.value);
            }
        }
    }
}

/// The bundled sample, as the public sees it.
fn bundled() -> Arc<Library> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("complete-bundled");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let location = Location::File(folder.join("meguri.sqlite"));
        let imported = import_folder(&root("samples/kodaira"), &location, None, &context()).await;
        let store = Store::open(&location, &by())
            .await
            .expect("a database")
            .store;
        let code = imported.expect("imported").code;
        let city = store
            .municipality(&code)
            .await
            .expect("read")
            .expect("it is there");
        let picture = Pictures::new(city)
            .published()
            .await
            .expect("what is published");
        store.close().await;
        Arc::clone(picture.library())
    })
}

fn generated() -> Vec<Library> {
    FAMILIES
        .iter()
        .flat_map(|(key, generate)| {
            [(3, 0), (11, 30), (12, 100)].map(|(seed, tearing)| {
                library(&[(
                    *key,
                    generate(&Shape {
                        seed,
                        units: 5,
                        tearing,
                    })
                    .text,
                )])
            })
        })
        .collect()
}

#[test]
fn every_word_of_the_samples_is_in_its_entry() {
    let words = all_is_held(&bundled());
    assert!(words > 5_000, "only {words} words");
    let words = all_is_held(&sample_library());
    assert!(words > 500, "only {words} words");
}

#[test]
fn every_word_of_generated_papers_is_in_its_entry() {
    for library in generated() {
        let words = all_is_held(&library);
        assert!(words > 100, "only {words} words");
    }
}

fn index(library: &Library) -> Index {
    let index = Index::in_memory().expect("an index");
    index.replace_all(entries(library)).expect("written");
    index
}

/// All addresses that a search leads to, in their order.
fn found(index: &Index, text: &str, kinds: &[&str]) -> Vec<String> {
    let kinds = kinds.iter().map(|kind| (*kind).to_owned()).collect();
    let filters = Filters {
        kinds,
        ..Filters::default()
    };
    let query = Query {
        text: text.to_owned(),
        filters,
        most: 100,
        ..Query::default()
    };
    let mut all = Vec::new();
    loop {
        let found = index
            .search(&Query {
                first: all.len(),
                ..query.clone()
            })
            .expect("no fault");
        let (total, before) = (found.total, all.len());
        all.extend(found.hits.into_iter().map(|hit| hit.address));
        if all.len() >= total || all.len() == before {
            return all;
        }
    }
}

#[test]
fn figures_and_words_lead_to_their_sheets() {
    let library = sample_library();
    let index = index(&library);
    let mut asked = 0;
    for entry in library.entries() {
        for number in 1..=entry.document.sheets.len() {
            let address = urls::sheet(entry, number);
            let values = of_sheet(entry, entry.sheet(number).expect("a sheet"));
            for (id, value) in values.iter() {
                // Quotes have a meaning in a query; between them stands a word.
                let part = value
                    .text
                    .split(['"', '「', '」', '『', '』', '“', '”'])
                    .max_by_key(|p| p.len());
                let part: String = part.unwrap_or_default().chars().take(60).collect();
                if part.trim().is_empty() {
                    continue;
                }
                asked += 1;
                let found = found(&index, &format!("\"{part}\""), &[SHEET]);
                assert!(
                    found.contains(&address),
                    "{address} {id} is not found by {part:?}"
                );
            }
        }
    }
    assert!(asked > 200, "only {asked} words");
}

#[test]
fn a_whole_name_leads_to_its_own_page_first() {
    for library in [bundled(), Arc::new(sample_library())] {
        let indexed = Indexed::of(&library);
        let index = index(&library);
        for (kind, words) in [
            (Kind::Project, PROJECT),
            (Kind::Indicator, INDICATOR),
            (Kind::Section, SECTION),
        ] {
            let all: Vec<&Thing> = library.linked().all(kind).collect();
            assert!(all.len() > 5, "only {} of {words}", all.len());
            for thing in all.iter().step_by(3) {
                let name: String = thing
                    .name()
                    .chars()
                    .filter(|c| !"「」『』\"“”".contains(*c))
                    .collect();
                if name != thing.name() {
                    continue;
                }
                let first = &found(&index, &format!("\"{name}\""), &[])[0];
                let first = indexed.entry(first);
                assert_eq!(
                    normal(&first.title),
                    normal(&name),
                    "{words}: {}",
                    first.address
                );
            }
        }
    }
}

#[test]
fn a_sentence_is_found_once() {
    let library = sample_library();
    let index = index(&library);
    let entry = &library.entries()[0];
    let text = &entry
        .sheet(1)
        .expect("a sheet")
        .texts
        .iter()
        .find_map(|t| t.paragraphs.as_ref());
    let text = &text.expect("a text")[0].value;
    let sentence: String = text.chars().take(25).collect();
    let found = found(&index, &format!("\"{sentence}\""), &[]);
    assert_eq!(found, [urls::sheet(entry, 1)], "{sentence}");
}
