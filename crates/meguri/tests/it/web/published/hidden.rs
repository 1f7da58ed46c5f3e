//! What a scheme hides is in no answer of any route, in any format: a marked word stands in a value,
//! in its line, in a place that could not be settled and in findings, and is looked for everywhere.

mod cases;
mod halves;

use super::super::Pages;
use super::super::html::check;
use super::{by, context};
use crate::golden::root;
use axum::http::StatusCode;
use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::links_kept::identify;
use meguri_app::actions::publish::{ChosenFindings, Wish, publish};
use meguri_app::actions::read_document::read_source;
use meguri_app::read::pictures::Pictures;
use meguri_app::scheme_file::{parse, preset_sources};
use meguri_core::evaluation::{Document, Sheet, Unsettled};
use meguri_core::verify::{Finding, Place, Severity};
use meguri_import::source_text::SourceText;
use meguri_store::{
    Location, Municipality, MunicipalityCode, Published, Saving, SchemeText, SourceFile, Store,
};
use meguri_web::refresh::Refresher;
use meguri_web::router::{router, routes};
use std::collections::{BTreeSet, VecDeque};
use std::path::{Path, PathBuf};
use tokio::runtime::Runtime;

/// What is planted: a word, and a number for where only numbers fit. The first edition and the
/// second have their own.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) word: &'static str,
    pub(super) number: u32,
}

const MARKS: [Mark; 2] = [
    Mark {
        word: "隠言葉壱ＱＺＸ",
        number: 98_765_431,
    },
    Mark {
        word: "隠言葉弐ＱＺＸ",
        number: 87_654_319,
    },
];

/// Everything that may stand in no answer.
const TELLTALES: [&str; 8] = [
    "隠言葉壱",
    "隠言葉弐",
    "ＱＺＸ",
    "QZX",
    "98765431",
    "98,765,431",
    "87654319",
    "87,654,319",
];

/// Writes a mark into the first sheet.
pub(super) type Plant = fn(&mut Sheet, Mark);

/// The same with something of its own.
type Planting<'a> = &'a dyn Fn(&mut Sheet, Mark);

/// A city with one document, whose first sheet has a mark, and with a second document that a finding
/// compares with it.
struct Marked {
    runtime: Runtime,
    city: Municipality,
    refresher: Refresher,
    public: Pages,
    house: Pages,
    document: i64,
    sheet: i64,
    folder: PathBuf,
}

/// A document of the invented city, cut to its first sheets.
fn read(family: &str) -> Document {
    let path = root("samples/mizuhono").join(format!("{family}.txt"));
    let text = std::fs::read_to_string(path).expect("a sample");
    let source = SourceText::from_text(&text);
    let paper = read_source(format!("{family}.txt"), source, None).expect("a paper");
    let mut document = check_documents(vec![paper], Vec::new()).documents.remove(0);
    document.sheets.truncate(2);
    document
}

/// The paper with a mark in a value, in every line of its sheet, and in what could not be settled.
fn planted(family: &str, plant: Planting<'_>) -> Document {
    let mut document = read(family);
    let first = document.sheets.first_mut().expect("a sheet");
    plant(first, MARKS[0]);
    let line = first.line;
    let word = MARKS[0].word;
    for text in document.lines.iter_mut().take(line as usize + 20) {
        text.push_str(word);
    }
    document.unsettled.push(Unsettled {
        place: "1枚目".to_owned(),
        field: "項目".to_owned(),
        candidates: vec![word.to_owned()],
        why: "列が失われています。".to_owned(),
        line,
    });
    document
}

/// Findings that quote the mark: about the value, about the text, and without any place.
fn findings(document: &Document) -> Vec<Finding> {
    let sheet = document.sheets.first().expect("a sheet");
    let word = MARKS[0].word;
    let about = Finding::new(
        "V001",
        Severity::Error,
        Place::sheet(document, sheet)
            .field("項目")
            .at(sheet.line, word),
        format!("「{word}」が計算と合いません。"),
        format!("「{word}」を確かめてください。"),
    );
    let text = Place::text(document, sheet.line + 1, Some(word));
    let text = Finding::new(
        "V017",
        Severity::Note,
        text,
        format!("文字「{word}」"),
        "対応",
    );
    let counted = Finding::new(
        "V004",
        Severity::Warning,
        Place::default(),
        "件数が合いません。",
        "対応",
    );
    vec![
        about
            .figures(word, MARKS[0].number)
            .steps(vec![format!("{word}÷1")]),
        text,
        counted.figures(MARKS[0].number, word),
    ]
}

impl Marked {
    fn new(name: &str, family: &str, scheme: &str, plant: Planting<'_>) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("hidden-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let runtime = Runtime::new().expect("a runtime");
        let other = if family == "midterm" {
            "reform"
        } else {
            "midterm"
        };
        let (city, saved, refresher) = runtime.block_on(async {
            let location = Location::File(folder.join("meguri.sqlite"));
            let store = Store::open(&location, &by()).await.expect("it opens").store;
            let code = MunicipalityCode::parse("131016").expect("a code");
            let city = store.register(&code, "みずほ野市", &by()).await;
            let city = city.expect("registered");
            let document = planted(family, plant);
            let found = findings(&document);
            let saved = save(&city, &document, Some(scheme), &found).await;
            // All of the other paper is public, but what is said of it quotes the first one.
            let beside = read(other);
            let found = findings(&beside);
            save(&city, &beside, None, &found).await;
            identify(&city, &context())
                .await
                .expect("everything gets its id");
            let refresher = Refresher::open(Pictures::new(city.clone()), true).await;
            (
                city,
                saved,
                refresher.expect("the doors open").keeping(1 << 24),
            )
        });
        let public = Pages::with(router(refresher.public.clone()));
        let house = Pages::with(router(refresher.house.clone().expect("the house's door")));
        let mut marked = Self {
            runtime,
            city,
            refresher,
            public,
            house,
            document: saved.document,
            sheet: saved.sheets[0],
            folder,
        };
        marked.publish("");
        marked.edit(plant);
        marked.publish("訂正");
        marked
    }

    /// Publishes both papers with all their findings.
    fn publish(&mut self, note: &str) {
        let wish = Wish {
            note: note.to_owned(),
            findings: ChosenFindings::All,
            ..Wish::default()
        };
        let outcomes = self
            .runtime
            .block_on(publish(&self.city, &wish, &context()));
        for outcome in outcomes.expect("it is wished") {
            let published = outcome.published.expect("it is published");
            let is_own = outcome.document.id == self.document;
            assert!(!is_own || matches!(published, Published::New(_)));
        }
        let looked = self.runtime.block_on(self.refresher.look());
        assert!(looked.expect("the database answers"));
    }

    /// Another edition of the sheet with the second mark.
    fn edit(&self, plant: Planting<'_>) {
        self.runtime.block_on(async {
            let kept = self.city.sheet(self.sheet).await.expect("read");
            let kept = kept.expect("it is there");
            let mut sheet = kept.sheet.clone();
            plant(&mut sheet, MARKS[1]);
            let (city, by) = (&self.city, by());
            let edited = city.edit_sheet(self.sheet, kept.version, &sheet, &by);
            assert!(edited.await.expect("it is changed") > kept.version);
        });
    }

    /// Addresses that lead to every route, whatever is linked.
    fn starts(&self) -> Vec<String> {
        let (document, sheet) = (self.document.to_string(), self.sheet.to_string());
        let mut found = Vec::new();
        for route in routes() {
            for (version, id, value) in [
                ("v1", "1", "text-1-1"),
                ("v2", "2", "judgement-1"),
                ("v1", "3", "indicator-1-name"),
                ("v2", "4", "project-1-name"),
                ("v1", "5", "section-1"),
            ] {
                let path = route
                    .path
                    .replace("{plan}", "evaluation")
                    .replace("{document}", &document)
                    .replace("{sheet}", &sheet)
                    .replace("{version}", version)
                    .replace("{id}", id)
                    .replace("{value}", value)
                    .replace("{branch}", "1")
                    .replace("{part}", "1.xml")
                    .replace("{file}", "texts.csv")
                    .replace("{rule}", "V001");
                found.extend(["", ".json", ".csv", "?from=2"].map(|end| format!("{path}{end}")));
            }
        }
        for word in ["%E9%9A%A0%E8%A8%80", "98765", "%EF%BC%B1", "87"] {
            for way in [
                "/search?q=",
                "/search.json?q=",
                "/search.csv?q=",
                "/suggest?q=",
            ] {
                found.push(format!("{way}{word}"));
            }
        }
        found.push("/search.json?sort=newest".to_owned());
        found.push(format!("/documents/{document}/lines?from=99999"));
        found
    }

    /// Every answer that can be found from the starts and by links, with its address.
    fn answers(&self, pages: &Pages) -> Vec<(String, String)> {
        let mut open: VecDeque<String> = self.starts().into();
        open.push_front("/".to_owned());
        let mut seen: BTreeSet<String> = open.iter().cloned().collect();
        let mut answers = Vec::new();
        while let Some(path) = open.pop_front() {
            let (response, body) = pages.get(&path);
            assert!(!response.status().is_server_error(), "{path}");
            let kind = response.headers().get("content-type");
            let is_page = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
            if is_page && response.status() == StatusCode::OK {
                let bare = path.split(['?', '#']).next().unwrap_or_default();
                let forms = [".json", ".csv"].map(|end| format!("{bare}{end}"));
                for link in check(&body).links.into_iter().chain(forms) {
                    let link = link.split('#').next().unwrap_or_default().to_owned();
                    if link.starts_with('/') && seen.insert(link.clone()) {
                        open.push_back(link);
                    }
                }
            }
            answers.push((path, body));
        }
        answers
    }
}

/// What is left of a failed test is there to be looked at.
impl Drop for Marked {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

async fn save(
    city: &Municipality,
    document: &Document,
    scheme: Option<&str>,
    findings: &[Finding],
) -> meguri_store::Saved {
    let text = scheme.map(|written| {
        let scheme = parse(written).expect("a sound scheme");
        let own = scheme.written();
        SchemeText {
            plan: own.key.clone(),
            version: own.version.clone(),
            valid_from: own.valid_from,
            valid_until: own.valid_until,
            written: written.to_owned(),
        }
    });
    let file = SourceFile {
        name: document.name.clone(),
        bytes: document.lines.join("\n").into_bytes(),
    };
    let saving = Saving {
        document,
        source: &file,
        scheme: text.as_ref(),
        findings,
    };
    city.save_document(&saving, &by())
        .await
        .expect("it is saved")
}

/// The scheme of a family that is used where the city writes none, for every year.
pub(super) fn usual(family: &str) -> String {
    let mut sources = preset_sources().into_iter();
    let own = sources.find(|source| source.scheme.written().key == family);
    let text = own.expect("a preset").text;
    let lines = text.lines().map(|line| match line.split(" = ").next() {
        Some("valid_from") => "valid_from = \"平成20年度\"",
        Some("valid_until") => "",
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A scheme in which the block of a key says `public = false`, or nothing of it.
pub(super) fn hiding(scheme: &str, table: &str, key: &str, absent: bool) -> String {
    let (head, key) = (format!("[[{table}]]"), format!("key = \"{key}\""));
    let (mut in_table, mut own, mut hidden) = (false, false, 0);
    let lines = scheme.lines().map(|line| {
        if line.starts_with("[[") {
            (in_table, own) = (line == head, false);
        }
        own |= in_table && line == key;
        let is_public = own && line == "public = true";
        hidden += usize::from(is_public);
        match (is_public, absent) {
            (false, _) => line,
            (true, true) => "",
            (true, false) => "public = false",
        }
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    assert!(hidden > 0, "{key} is not in the scheme");
    text
}

/// In how many answers a mark is.
fn told(answers: &[(String, String)]) -> Vec<&str> {
    let holds = |body: &str| TELLTALES.iter().any(|mark| body.contains(mark));
    let with = answers.iter().filter(|(_, body)| holds(body));
    with.map(|(path, _)| path.as_str()).collect()
}

/// With a scheme that publishes everything the mark is seen, so that this crawl can see it; with the
/// one that hides it, nowhere. The house sees it with both.
fn check_case(name: &str, family: &str, open: &str, closed: &str, plant: Plant) {
    if !open.is_empty() {
        let shown = Marked::new(&format!("{name}-open"), family, open, &plant);
        let answers = shown.answers(&shown.public);
        let found = told(&answers);
        for part in ["/sheets/", "/lines", "/findings", ".json", "/search"] {
            let sees = found.iter().any(|path| path.contains(part));
            assert!(sees, "{name}: {part} shows nothing: {found:?}");
        }
        let (_, page) = shown.public.get(&format!("/sheets/{}", shown.sheet));
        let own = [MARKS[1].word, TELLTALES[6], TELLTALES[7]];
        let sees = own.iter().any(|mark| page.contains(mark));
        assert!(sees, "{name}: the value itself is public");
    }
    let hidden = Marked::new(name, family, closed, &plant);
    let answers = hidden.answers(&hidden.public);
    assert!(
        answers.len() > 150,
        "{name}: only {} answers",
        answers.len()
    );
    assert_eq!(told(&answers), Vec::<&str>::new(), "{name} is told");
    let (response, page) = hidden.public.get(&format!("/sheets/{}", hidden.sheet));
    assert_eq!(
        response.status(),
        StatusCode::OK,
        "the sheet is there all the same"
    );
    assert!(
        !page.contains("非公開"),
        "the public is told of no hidden field"
    );
    let own = format!("/sheets/{}", hidden.sheet);
    let (_, page) = hidden.house.get(&own);
    assert!(
        page.contains(MARKS[1].word),
        "{name}: the house sees everything"
    );
    assert!(page.contains("非公開"), "{name}: and what of it is hidden");
}
