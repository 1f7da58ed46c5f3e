//! Pages that answer what people ask over all plans: the start with its figures, what is late, what
//! ends. What they say comes from the scheme, and a city that has less gets less, never something
//! empty or misleading.

use super::html::check;
use super::{Pages, library, sample_library};
use crate::golden::{root, shared};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use meguri_app::actions::check_documents::{CheckedDocuments, check_documents};
use meguri_app::actions::read_document::read_source;
use meguri_app::read::Library;
use meguri_app::scheme_file;
use meguri_core::evaluation::{Document, SheetText};
use meguri_core::source::{Settled, Sourced};
use meguri_import::source_text::SourceText;
use serde_json::Value;

pub(super) fn json(pages: &Pages, path: &str) -> Value {
    let (response, body) = pages.get(path);
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    serde_json::from_str(&body).expect("JSON")
}

/// The paper of the invented city of a kind.
pub(super) fn sample_text(name: &str) -> String {
    let path = root("samples/mizuhono").join(format!("{name}.txt"));
    std::fs::read_to_string(path).expect("a sample")
}

pub(super) fn sample_document(name: &str) -> Document {
    let text = SourceText::from_text(&sample_text(name));
    let read = read_source(format!("{name}.txt"), text, None).expect("a paper");
    check_documents(vec![read], Vec::new()).documents.remove(0)
}

pub(super) fn of_documents(documents: Vec<Document>) -> Pages {
    let checked = CheckedDocuments {
        documents,
        findings: Vec::new(),
        unused_schemes: Vec::new(),
        other_years: Vec::new(),
    };
    Pages::of(Library::new(checked, Vec::new()))
}

/// The ways in the head of a page.
pub(super) fn ways(body: &str) -> Vec<String> {
    let nav = body
        .split("aria-label=\"主なページ\"")
        .nth(1)
        .expect("the ways");
    let nav = nav.split("</nav>").next().unwrap_or_default();
    let links = nav.split("href=\"").skip(1);
    links
        .filter_map(|link| Some(link.split('"').next()?.to_owned()))
        .collect()
}

fn figure<'a>(start: &'a Value, label: &str) -> Option<&'a Value> {
    let figures = start["figures"].as_array().expect("figures");
    let is = |figure: &&Value| figure["label"].as_str().is_some_and(|l| l.contains(label));
    figures.iter().find(is)
}

fn value(figure: Option<&Value>) -> &str {
    figure.and_then(|f| f["value"].as_str()).unwrap_or_default()
}

#[test]
fn the_figures_of_the_start_are_those_of_the_pages_that_they_lead_to() {
    let pages = Pages::of(sample_library());
    let start = json(&pages, "/index.json");
    let late = json(&pages, "/late.json");
    let count = late["leaf"]["count"].as_u64().expect("a count");
    assert!(count > 0);
    assert_eq!(value(figure(&start, "遅れている")), count.to_string());
    let judged = figure(&start, "目標達成度合い").expect("judgements");
    let parts = judged["parts"].as_array().expect("parts").iter();
    let sum: u64 = parts.filter_map(|part| part["count"].as_u64()).sum();
    assert_eq!(judged["value"].as_str(), Some(sum.to_string().as_str()));
    for figure in start["figures"].as_array().expect("figures") {
        let href = figure["href"].as_str().expect("an address");
        assert_eq!(pages.get(href).0.status(), StatusCode::OK, "{href}");
        let note = figure["note"].as_str().expect("of which plan");
        assert!(!note.is_empty(), "{figure}");
    }
}

#[test]
fn the_figures_of_the_real_papers_are_those_that_a_person_counts_in_them() {
    let Some(shared) = shared() else { return };
    let names = [
        "midterm_plan",
        "evaluation_r4",
        "strategy_h30",
        "programs_r4",
        "reform_r2",
    ];
    let texts = names.map(|name| {
        let path = shared.join("seeds").join(format!("{name}.txt"));
        (name, std::fs::read_to_string(path).expect("a document"))
    });
    let pages = Pages::of(library(&texts));
    let start = json(&pages, "/index.json");
    let judged = figure(&start, "目標達成度合い").expect("judgements");
    let parts = judged["parts"].as_array().expect("parts").iter();
    let parts: Vec<u64> = parts.filter_map(|part| part["count"].as_u64()).collect();
    assert_eq!((value(Some(judged)), parts), ("13", vec![1, 9, 3]));
    let reached = figure(&start, "目標を達成した指標");
    assert_eq!(value(reached), "24");
    assert_eq!(reached.and_then(|f| f["unit"].as_str()), Some("／34件"));
    assert_eq!(value(figure(&start, "遅れている")), "17");
    assert_eq!(value(figure(&start, "事業費")), "約522億");
    let ending = json(&pages, "/ending.json");
    let counts = ending["counts"].as_array().expect("counts").iter();
    let counts: Vec<_> = counts
        .map(|count| (count[0]["value"].as_str(), count[1].as_u64()))
        .collect();
    assert_eq!(counts, [(Some("廃止"), Some(11)), (Some("縮小"), Some(12))]);
}

/// The papers of the reform, under a scheme in which another value means that something is late.
fn with_scheme(change: impl Fn(&str) -> String) -> Pages {
    let preset = scheme_file::PRESETS
        .iter()
        .find(|preset| preset.key == "reform")
        .expect("a preset");
    let scheme = scheme_file::parse(&change(preset.text)).expect("a sound scheme");
    let text = SourceText::from_text(&sample_text("reform"));
    let read = read_source("reform.txt".to_owned(), text, None).expect("a paper");
    let checked = check_documents(vec![read], vec![scheme.clone()]);
    Pages::of(Library::new(checked, vec![scheme]))
}

#[test]
fn what_is_late_is_said_by_the_scheme_and_not_by_a_word() {
    let states = |pages: &Pages| -> Vec<String> {
        let late = json(pages, "/late.json");
        let rows = late["rows"].as_array().expect("rows").iter();
        let states = rows.filter_map(|row| row["state"]["value"].as_str());
        states.map(str::to_owned).collect()
    };
    let usual = states(&with_scheme(str::to_owned));
    assert!(!usual.is_empty() && usual.iter().all(|state| state == "B"));
    let other = with_scheme(|text| {
        text.replace(", means = \"late\"", "")
            .replace("sign = \"○\"", "sign = \"○\", means = \"late\"")
    });
    let other = states(&other);
    assert!(!other.is_empty() && other.iter().all(|state| state == "A"));
    // A scheme that says nothing: no way leads there, and the page says why it is empty.
    let silent = with_scheme(|text| text.replace(", means = \"late\"", ""));
    let (_, body) = silent.get("/");
    assert!(!ways(&body).contains(&"/late".to_owned()), "{body}");
    let start = json(&silent, "/index.json");
    assert!(figure(&start, "遅れている").is_none(), "{start}");
    let (_, body) = silent.get("/late");
    assert!(body.contains("区分がある計画はありません"), "{body}");
}

#[test]
fn what_is_late_tells_why_and_who_answers_as_far_as_the_paper_says() {
    let mut document = sample_document("programs");
    let late = document.sheets.iter_mut();
    let mut late: Vec<_> = late
        .filter(|sheet| {
            sheet
                .judgement("grade")
                .is_some_and(|grade| grade.value.value == "B")
        })
        .collect();
    let explained = late.first_mut().expect("a late programme");
    for (field, words) in [
        ("delay_causes", "調整に時間を要した。"),
        ("delay_responses", "次年度に行う。"),
    ] {
        explained.texts.push(SheetText {
            field: field.to_owned(),
            year: None,
            paragraphs: Some(vec![Sourced {
                value: words.to_owned(),
                line: 1,
                settled: Settled::Printed,
            }]),
        });
    }
    let pages = of_documents(vec![document]);
    let page = json(&pages, "/late.json?plan=programs");
    let texts = page["rows"][0]["texts"].as_array().expect("texts");
    let texts: Vec<_> = texts
        .iter()
        .map(|text| {
            (
                text[0].as_str().unwrap_or_default(),
                text[1].as_str().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        texts,
        [
            ("取組内容・要因", "調整に時間を要した。"),
            ("今後の対応", "次年度に行う。")
        ]
    );
    // A paper that leaves that out still says how the programme stands, under its own labels.
    let pages = Pages::of(sample_library());
    let page = json(&pages, "/late.json?plan=programs");
    let label = page["rows"][0]["texts"][0][0].as_str();
    assert_eq!(label, Some("取組実績"), "{page}");
    let all = json(&pages, "/late.json")["leaf"]["count"].as_u64();
    let (_, csv) = pages.get("/late.csv");
    // Texts may have several lines; the name of the plan begins each row.
    let rows = csv.matches("令和").count();
    assert!(all.is_some_and(|all| rows as u64 >= all), "{csv}");
}

/// What a city with one plan has, and the ways that must be gone.
#[test]
fn a_city_with_one_plan_is_offered_only_what_it_has() {
    for (name, lacks) in [
        (
            "strategy",
            &["/late", "/ending", "/money", "/indicators", "/compare"][..],
        ),
        (
            "reform",
            &["/ending", "/money", "/indicators", "/projects"][..],
        ),
        ("programs", &["/ending", "/money", "/indicators"][..]),
        ("midterm", &["/late", "/ending"][..]),
        ("evaluation", &["/late"][..]),
    ] {
        let pages = of_documents(vec![sample_document(name)]);
        let (_, body) = pages.get("/");
        let ways = ways(&body);
        for lack in lacks {
            let offered = ways.iter().any(|way| way.ends_with(lack));
            assert!(!offered, "{name} offers {lack}: {ways:?}");
        }
        for way in &ways {
            let (response, body) = pages.get(way);
            assert_eq!(response.status(), StatusCode::OK, "{name} {way}");
            assert!(check(&body).faults.is_empty(), "{name} {way}");
            // That nothing is late, or nothing ends, is an answer.
            let answers = ["/late", "/ending"].contains(&way.as_str());
            let nothing = body.contains("はありません。") || body.contains("記載がありません");
            assert!(answers || !nothing, "{name} {way} has nothing to show");
        }
        let start = json(&pages, "/index.json");
        let money = figure(&start, "事業費").is_some();
        let with_money = matches!(name, "midterm" | "evaluation");
        assert_eq!(money, with_money, "{name}");
    }
}

#[test]
fn amounts_that_are_planned_are_called_so() {
    let pages = of_documents(vec![sample_document("midterm")]);
    let start = json(&pages, "/index.json");
    let money = figure(&start, "事業費").expect("money");
    let label = money["label"].as_str().expect("a label");
    assert!(label.ends_with("事業費（計画額）"), "{label}");
}

#[test]
fn the_start_is_small_when_it_is_sent() {
    let pages = Pages::of(sample_library());
    let request = Request::get("/").header("accept-encoding", "gzip");
    let request = request.header("host", "127.0.0.1:8081");
    let (response, body) = pages.ask(request.body(Body::empty()).expect("a request"));
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert!(body.len() <= 10_000, "{} bytes", body.len());
}
