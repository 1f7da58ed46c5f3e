//! What the pages show as figures stands in the open data, to the yen and the last place.

use super::{Row, demo, rows};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use meguri_app::read::pictures::Pictures;
use meguri_store::{By, Location, Store};
use meguri_web::refresh::Refresher;
use meguri_web::router::router;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// The public pages of the demo.
struct Site {
    runtime: Runtime,
    router: Router,
}

impl Site {
    fn new() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let router = runtime.block_on(async {
            let location = Location::File(demo().join("a.sqlite"));
            let by = By::new("試験", "2026-06-01T09:00:00+09:00").expect("a moment");
            let store = Store::open(&location, &by).await.expect("it opens").store;
            let cities = store.municipalities().await.expect("cities");
            let city = store.municipality(&cities[0].0).await.expect("it answers");
            let city = city.expect("it is registered");
            let doors = Refresher::open(Pictures::new(city), false).await;
            router(doors.expect("the doors open").public)
        });
        Self { runtime, router }
    }

    fn json(&self, path: &str) -> Value {
        let request = Request::get(path).header("host", "127.0.0.1");
        let request = request.body(Body::empty()).expect("a request");
        let bytes = self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await;
            let response = response.expect("an answer");
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let body = to_bytes(response.into_body(), usize::MAX).await;
            body.expect("a body")
        });
        serde_json::from_slice(&bytes).expect("JSON")
    }
}

/// All values of a page that have an address of their own.
fn values<'v>(json: &'v Value, found: &mut Vec<&'v Value>) {
    match json {
        Value::Array(all) => all.iter().for_each(|one| values(one, found)),
        Value::Object(all) => {
            let href = all.get("href").and_then(Value::as_str);
            if href.is_some_and(|href| href.contains("/values/")) && all.contains_key("text") {
                found.push(json);
            }
            all.values().for_each(|one| values(one, found));
        }
        _ => {}
    }
}

/// What open data says of a value: its text, its number and its line.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    text: String,
    number: Option<String>,
    line: String,
}

/// What the tables say, by sheet and id of the value.
fn said() -> BTreeMap<(String, String), Said> {
    let mut said = BTreeMap::new();
    for (table, id, text, number) in [
        ("texts", "value_id", "text", ""),
        ("judgements", "value_id", "value", ""),
        ("sheet_sections", "value_id", "name", ""),
        ("values", "value_id", "printed", "value"),
        ("revisions", "original_value_id", "original_printed", ""),
        ("money", "value_id", "printed", "amount_yen"),
        ("directions", "value_id", "value", ""),
        ("outlines", "value_id", "text", ""),
        ("counts", "value_id", "count", "count"),
    ] {
        for row in rows(table).into_iter().filter(|row| !row[id].is_empty()) {
            let own = Said {
                text: row[text].clone(),
                number: (!number.is_empty()).then(|| row[number].clone()),
                line: row["source_line"].clone(),
            };
            said.insert((row["sheet"].clone(), row[id].clone()), own);
        }
    }
    said
}

/// Kinds of values that stand in columns of a row about something else.
const ELSEWHERE: [&str; 9] = [
    "node-", "name", "unit", "number", "code", "tag", "note", "reason", "from",
];

#[test]
fn every_figure_of_the_sheets_is_in_the_open_data() {
    let site = Site::new();
    let said = said();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for sheet in rows("sheets") {
        let sheet = &sheet["sheet"];
        let page = site.json(&format!("/sheets/{sheet}.json"));
        let mut found = Vec::new();
        values(&page, &mut found);
        for value in found {
            let href = value["href"].as_str().expect("an address");
            let id = href.rsplit('/').next().expect("an id");
            let Some(own) = said.get(&(sheet.clone(), id.to_owned())) else {
                let known = ELSEWHERE.iter().any(|part| id.contains(part));
                let known = known || id.starts_with("programme") || id.starts_with("schedule");
                let known = known || id.starts_with("project") && id.contains("section");
                assert!(known, "{href} {value} is in no table");
                continue;
            };
            let text = value["text"].as_str().expect("a text");
            let bare = own.text.strip_prefix('\'').unwrap_or(&own.text);
            assert!(text == own.text || text == bare, "{href}: {text} {own:?}");
            assert_eq!(value["line"].to_string(), own.line, "{href}");
            let number = &value["number"];
            if let (Some(own), false) = (&own.number, number.is_null()) {
                let exact = |text: &str| {
                    let number: rust_decimal::Decimal = text.parse().expect("a number");
                    number.normalize()
                };
                assert_eq!(exact(&number.to_string()), exact(own), "{href}");
            }
            *seen
                .entry(if number.is_null() { "texts" } else { "numbers" })
                .or_default() += 1;
        }
    }
    assert!(seen["numbers"] > 800 && seen["texts"] > 500, "{seen:?}");
}

/// The yen of the rows that count, by document and year.
fn sums(rows: &[Row]) -> BTreeMap<(&str, &str), i64> {
    let mut sums = BTreeMap::new();
    for row in rows.iter().filter(|row| row["is_counted"] == "true") {
        let yen: i64 = row["amount_yen"].parse().expect("yen");
        let key = (row["document"].as_str(), row["budget_year"].as_str());
        *sums.entry(key).or_default() += yen;
    }
    sums
}

#[test]
fn the_sums_are_those_of_the_pages_to_the_yen() {
    let site = Site::new();
    let money = rows("money");
    let sums = sums(&money);
    let documents: BTreeSet<&str> = sums.keys().map(|(document, _)| *document).collect();
    assert!(!documents.is_empty(), "the sample has money");
    let mut compared = 0;
    for document in documents {
        let page = site.json(&format!("/documents/{document}/money.json"));
        let years = page["years"].as_array().expect("years");
        let whole = page["whole"].as_array().expect("sums");
        for (year, sum) in years.iter().zip(whole) {
            let year = year["year"].to_string();
            let own = sums.get(&(document, year.as_str())).copied();
            assert_eq!(sum["yen"].as_i64(), own, "{document} {year}");
            compared += 1;
        }
    }
    assert!(compared >= 4, "only {compared} sums");
}

/// All indicators of a page with their numbers: a table of years of each.
fn indicators<'v>(json: &'v Value, found: &mut Vec<(String, &'v Value)>) {
    match json {
        Value::Array(all) => all.iter().for_each(|one| indicators(one, found)),
        Value::Object(all) => {
            let id = all.get("id").and_then(Value::as_str);
            let number = id.and_then(|id| id.strip_prefix("indicator-"));
            if let (Some(number), true) = (number, all.contains_key("rows")) {
                found.push((number.to_owned(), json));
            }
            all.values().for_each(|one| indicators(one, found));
        }
        _ => {}
    }
}

#[test]
fn computed_rates_are_those_of_the_pages_with_their_steps() {
    let site = Site::new();
    let mut own: BTreeMap<(String, String, String), (String, String)> = BTreeMap::new();
    for row in rows("values") {
        if row["kind"] == "computed_rate" && !row["value"].is_empty() {
            let key = (
                row["sheet"].clone(),
                row["indicator"].clone(),
                row["value_year"].clone(),
            );
            own.insert(key, (row["printed"].clone(), row["steps"].clone()));
        }
    }
    let mut compared = 0;
    for sheet in rows("sheets") {
        let page = site.json(&format!("/sheets/{}.json", sheet["sheet"]));
        let mut found = Vec::new();
        indicators(&page, &mut found);
        for (number, indicator) in found {
            for row in indicator["rows"].as_array().expect("years") {
                let year = row["year"]["year"].to_string();
                let key = (sheet["sheet"].clone(), number.clone(), year);
                let computed = row["computed"].as_str().expect("a rate");
                let said = own.remove(&key);
                let printed = said.as_ref().map_or("", |(printed, _)| printed.as_str());
                assert_eq!(printed.trim_start_matches('\''), computed, "{key:?}");
                assert!(said.is_none_or(|(_, steps)| !steps.is_empty()), "{key:?}");
                compared += usize::from(!computed.is_empty());
            }
        }
    }
    assert!(compared > 50, "only {compared} rates");
    assert!(own.is_empty(), "rates of no page: {own:?}");
}
