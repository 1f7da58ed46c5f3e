//! The bundled sample: the facts of real papers, without their sentences.

mod facts;

use crate::golden::{root, shared};
use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::export_folder::export_folder;
use meguri_app::actions::import_document::{Choice, Done, check_kept, import_document, schemes};
use meguri_app::actions::import_folder::import_folder;
use meguri_app::actions::links_kept::identify;
use meguri_app::actions::read_document::read_document;
use meguri_app::context::{Actor, Context};
use meguri_app::scheme_file::{self, PRESETS};
use meguri_core::evaluation::Document;
use meguri_core::verify::{Finding, Severity, Subject, check};
use meguri_store::{By, Location, Municipality, MunicipalityCode, Publishing, SourceFile, Store};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Where the sample is.
const SAMPLE: &str = "samples/kodaira";

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
            scheme
                .field(key)
                .map_or(key, |field| field.label.as_str())
                .to_owned()
        });
        let name = document.name.clone();
        let here = findings
            .iter()
            .filter(|finding| finding.place.document == name);
        for finding in here.filter(|finding| finding.code == DAY_SPAN) {
            let (span, _) = finding
                .message
                .split_once("までは")
                .expect("the span of days");
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
    let schemes: Vec<_> = PRESETS
        .iter()
        .filter_map(|preset| scheme_file::preset(preset.key))
        .collect();
    let found = check(&Subject::new(&documents, &schemes));
    let errors: Vec<_> = found
        .iter()
        .filter(|f| f.severity == Severity::Error)
        .collect();
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

/// What the sample was kept at: it is the same whenever it is made.
fn by() -> By {
    By::new("見本作成", "2026-11-21T09:00:00+09:00").expect("a moment")
}

/// The same as the context of whoever runs the program.
fn context() -> Context {
    Context::new(Actor::operator(by().who()), by().moment()).expect("a moment")
}

/// Findings of the sample that are public: not those about what the text of a paper has lost.
const NOT_PUBLIC: [&str; 2] = ["V019", "V021"];

const EXPLANATION: &str = "（見本）公表する団体の説明を、ここに表示します。";

async fn keep(city: &Municipality, documents: &[Document]) {
    let schemes = schemes(city, Vec::new()).await.expect("schemes");
    for document in documents {
        let bytes = document.lines.join("\n").into_bytes();
        let source = SourceFile {
            name: document.name.clone(),
            bytes,
        };
        let choice = Choice::default();
        let done = import_document(city, document, &source, &schemes, choice, &context()).await;
        assert!(
            matches!(done.expect("it is kept"), Done::New(_)),
            "{}",
            document.name
        );
    }
    check_kept(city, &schemes, &context())
        .await
        .expect("findings");
    identify(city, &context()).await.expect("ids");
    for row in city.documents().await.expect("a list") {
        let found = city.findings(row.id).await.expect("findings");
        let public = found
            .iter()
            .filter(|kept| !NOT_PUBLIC.contains(&kept.code.as_str()));
        let findings = public.map(|kept| (kept.key.fingerprint.clone(), EXPLANATION.to_owned()));
        let publishing = Publishing {
            document: row.id,
            note: String::new(),
            findings: findings.collect(),
        };
        city.publish(&publishing, &by())
            .await
            .expect("it is public");
    }
}

fn files_of(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            let below = files_of(&path).into_iter();
            files.extend(
                below.map(|(name, bytes)| (Path::new(&entry.file_name()).join(name), bytes)),
            );
        } else if entry.file_name() != "README.md" {
            files.insert(
                entry.file_name().into(),
                std::fs::read(&path).expect("a file"),
            );
        }
    }
    files
}

/// A folder of this test that is empty.
fn fresh(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("sample")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

async fn exported(city: &Municipality, home: &Path) -> PathBuf {
    let folder = home.join("export");
    export_folder(city, &folder, false, &context())
        .await
        .expect("it is exported");
    folder
}

#[tokio::test]
async fn the_bundled_sample_is_made_of_the_real_papers() {
    let Some(shared) = shared() else { return };
    let home = fresh("made");
    let location = Location::File(home.join("sample.sqlite"));
    let store = Store::open(&location, &by())
        .await
        .expect("a database")
        .store;
    let code = MunicipalityCode::parse("132110").expect("a code");
    let city = store
        .register(&code, "小平市", &by())
        .await
        .expect("it is registered");
    keep(&city, &facts_of_papers(&shared.join("seeds"))).await;
    let made = files_of(&exported(&city, &home).await);
    store.close().await;
    if std::env::var_os("MEGURI_UPDATE").is_some() {
        let kept = root(SAMPLE);
        for (name, bytes) in &made {
            let path = kept.join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("it is written");
        }
    }
    let kept = files_of(&root(SAMPLE));
    let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(&made));
    for (name, bytes) in &made {
        assert!(
            kept.get(name) == Some(bytes),
            "{} is stale: MEGURI_UPDATE=1",
            name.display()
        );
    }
}

#[tokio::test]
async fn the_bundled_sample_goes_in_and_comes_out_the_same() {
    let home = fresh("around");
    let location = Location::File(home.join("sample.sqlite"));
    let bundled = fresh("bundled");
    for (name, bytes) in files_of(&root(SAMPLE)) {
        std::fs::create_dir_all(bundled.join(&name).parent().expect("a folder")).expect("a folder");
        std::fs::write(bundled.join(name), bytes).expect("a file");
    }
    let imported = import_folder(&bundled, &location, None, &context())
        .await
        .expect("imported");
    let store = Store::open(&location, &by())
        .await
        .expect("a database")
        .store;
    let city = store
        .municipality(&imported.code)
        .await
        .expect("read")
        .expect("it is there");
    let again = files_of(&exported(&city, &home).await);
    assert_eq!(city.documents().await.expect("a list").len(), PAPERS.len());
    store.close().await;
    assert!(again == files_of(&root(SAMPLE)), "the same bytes");
}
