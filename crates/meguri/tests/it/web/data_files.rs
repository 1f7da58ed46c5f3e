//! CSV and JSON as programs take them: a number, its unit and what is printed stand apart.

use super::{Pages, cases, sample_library};
use axum::http::StatusCode;
use meguri_web::router::routes;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeSet;

/// Is it a number of a program: digits, a sign, a point?
fn is_number(cell: &str) -> bool {
    cell.parse::<Decimal>().is_ok() && !cell.starts_with('+') && !cell.contains('_')
}

/// An amount or a year with its unit in the same text.
fn has_unit(cell: &str) -> bool {
    let amount = cell.trim_end_matches("千円").trim_end_matches('円');
    let digits = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || ",△▲-".contains(c))
    };
    amount != cell && digits(amount)
}

fn read(text: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let text = text.strip_prefix('\u{feff}').expect("a mark of UTF-8");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head = reader.headers().expect("a head").clone();
    let rows = reader.records().map(|row| {
        let row = row.expect("as wide as the head");
        row.iter().map(str::to_owned).collect()
    });
    let rows = rows.collect();
    (head.iter().map(str::to_owned).collect(), rows)
}

#[test]
fn every_number_of_a_csv_stands_alone_in_its_column() {
    let pages = Pages::of(sample_library());
    let mut seen = BTreeSet::new();
    let paths = routes().into_iter().flat_map(|route| cases(&route.path));
    for path in paths.filter(|path| path.ends_with(".csv")) {
        let (response, body) = pages.get(&path);
        if response.status() == StatusCode::NOT_FOUND {
            continue;
        }
        let (head, rows) = read(&body);
        for row in &rows {
            for (name, cell) in head.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
                let of_numbers = ["（円）", "（数値）", "（西暦）"];
                if of_numbers.iter().any(|end| name.ends_with(end)) {
                    assert!(is_number(cell), "{path} {name}: {cell}");
                    seen.insert(name.clone());
                } else if !name.ends_with("（表記）") && !matches!(name.as_str(), "印字" | "計算")
                {
                    assert!(!has_unit(cell), "{path} {name}: {cell}");
                }
            }
        }
    }
    for name in [
        "事業費（円）",
        "値（数値）",
        "年度（西暦）",
        "最新の実績（数値）",
    ] {
        assert!(seen.contains(name), "{name}: {seen:?}");
    }
}

#[test]
fn the_print_and_the_number_of_an_amount_are_the_same() {
    let pages = Pages::of(sample_library());
    let (head, rows) = read(&pages.get("/projects.csv").1);
    let column = |name: &str| head.iter().position(|head| head == name).expect(name);
    let (yen, print) = (column("事業費（円）"), column("事業費（表記）"));
    let mut compared = 0;
    for row in rows.iter().filter(|row| !row[yen].is_empty()) {
        let digits = row[print].trim_end_matches("千円").replace([',', '\''], "");
        assert_eq!(format!("{digits}000"), row[yen], "{row:?}");
        compared += 1;
    }
    assert!(compared > 5, "{compared}");
}

/// Every object below a value.
fn objects<'a>(value: &'a Value, found: &mut Vec<&'a serde_json::Map<String, Value>>) {
    match value {
        Value::Object(object) => {
            found.push(object);
            object.values().for_each(|value| objects(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| objects(value, found)),
        _ => {}
    }
}

#[test]
fn json_gives_years_amounts_and_figures_as_numbers() {
    let pages = Pages::of(sample_library());
    let mut counted = [0_usize; 3];
    for path in [
        "/projects.json",
        "/sheets/1.json",
        "/plans/midterm/money.json",
    ] {
        let page: Value = serde_json::from_str(&pages.get(path).1).expect("JSON");
        let mut found = Vec::new();
        objects(&page, &mut found);
        for object in found.iter().filter(|object| object.contains_key("text")) {
            for (count, key) in counted.iter_mut().zip(["year", "yen", "number"]) {
                match object.get(key) {
                    Some(Value::Number(_)) => *count += 1,
                    None | Some(Value::Null) => {}
                    Some(other) => panic!("{path} {key}: {other}"),
                }
            }
        }
    }
    assert!(counted.iter().all(|count| *count > 5), "{counted:?}");
}

#[test]
fn the_latest_actual_has_its_year_on_the_page() {
    let pages = Pages::of(sample_library());
    let page = pages.get("/indicators").1;
    let wanted = "612.0<br><span class=\"under\">令和6年度</span>";
    assert!(page.contains(wanted), "{page}");
}
