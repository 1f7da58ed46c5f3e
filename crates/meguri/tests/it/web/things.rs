//! Projects, indicators and sections over years and papers.

use super::{Pages, library, sample_library};
use crate::golden::shared;
use axum::http::StatusCode;
use meguri_app::read::Library;
use meguri_papers::{Shape, generator};
use serde_json::Value;

fn json(pages: &Pages, path: &str) -> Value {
    let (response, body) = pages.get(path);
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    serde_json::from_str(&body).expect("JSON")
}

fn items<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[][..], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The real papers that are named, by the families' keys.
fn real(names: &[&'static str]) -> Option<Library> {
    let folder = shared()?.join("seeds");
    let texts: Vec<_> = names
        .iter()
        .map(|name| {
            let text = std::fs::read_to_string(folder.join(format!("{name}.txt")));
            (*name, text.expect("a document"))
        })
        .collect();
    Some(library(&texts))
}

/// Every page of a kind, as JSON.
fn all(pages: &Pages, list: &str) -> Vec<Value> {
    let (_, csv) = pages.get(&format!("/{list}.csv"));
    let ids = csv
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next()?.parse::<i64>().ok());
    ids.map(|id| json(pages, &format!("/{list}/{id}.json")))
        .collect()
}

#[test]
fn papers_of_several_years_and_plans_stand_beside_each_other() {
    // The same seed gives the same city; each paper is another year or plan.
    let paper = |key: &str, seed| {
        generator(key).expect("a family")(&Shape {
            seed,
            units: 6,
            tearing: 0,
        })
    };
    let texts: Vec<(&str, String)> = vec![
        ("midterm", paper("midterm", 5).text),
        ("evaluation", paper("evaluation", 5).text),
        ("evaluation-again", paper("evaluation", 5).text),
    ];
    let pages = Pages::of(library(&texts));
    let projects = all(&pages, "projects");
    assert!(projects.len() > 20, "only {} projects", projects.len());
    let papers = |project: &Value| {
        let listings = items(project, "listings");
        let mut sheets: Vec<String> = listings
            .iter()
            .map(|row| text(&row["sheet"]["link"], "href").to_owned())
            .collect();
        sheets.sort();
        sheets.dedup();
        sheets.len()
    };
    let several = projects
        .iter()
        .filter(|project| papers(project) > 1)
        .count();
    assert!(
        several * 2 > projects.len(),
        "{several} of {}",
        projects.len()
    );
    for project in &projects {
        // Papers that say the same do not differ, and what is listed twice is told twice.
        let costs = items(project, "costs");
        let years: Vec<&str> = costs.iter().map(|cost| text(cost, "year")).collect();
        for cost in costs {
            let beside = years
                .iter()
                .filter(|year| **year == text(cost, "year"))
                .count();
            assert!(beside > 1 || cost["differs"] == false, "{project}");
        }
    }
    let indicators = all(&pages, "indicators");
    assert!(
        indicators
            .iter()
            .any(|one| one["leaf"]["count"].as_u64() > Some(1))
    );
}

#[test]
fn the_list_of_projects_is_filtered_and_sorted() {
    let pages = Pages::of(sample_library());
    let count = |query: &str| {
        let page = json(&pages, &format!("/projects.json?{query}"));
        page["leaf"]["count"].as_u64().expect("a number")
    };
    let whole = count("");
    let page = json(&pages, "/projects.json");
    for (name, key) in [
        ("plan", "plans"),
        ("section", "sections"),
        ("direction", "directions"),
    ] {
        let some = items(&page, key).iter().find_map(|choice| {
            let value = text(choice, "value");
            // Only ASCII needs no encoding; the words of directions are Japanese.
            let value: String = value.bytes().map(|b| format!("%{b:02X}")).collect();
            let found = count(&format!("{name}={value}"));
            (found > 0 && found < whole).then_some(found)
        });
        assert!(some.is_some(), "no {name} lets some of {whole} through");
    }
    let yen = |row: &Value| -> Option<i64> {
        let digits: String = text(row, "money")
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        digits.parse().ok()
    };
    let by_money = json(
        &pages,
        "/projects.json?sort=money&plan=evaluation&year=2024",
    );
    let amounts: Vec<Option<i64>> = items(&by_money, "projects").iter().map(yen).collect();
    assert!(
        amounts.len() > 3 && amounts.is_sorted_by(|a, b| a >= b),
        "{amounts:?}"
    );
    assert_eq!(count("plan=none"), 0);
}

#[test]
fn names_on_a_sheet_lead_to_what_they_name_and_their_sources_stay_near() {
    let pages = Pages::of(sample_library());
    let (_, sheet) = pages.get("/sheets/1");
    for part in ["/projects/", "/indicators/", "/sections/"] {
        assert!(sheet.contains(&format!("href=\"{part}")), "{part}");
    }
    for place in ["project-1-name", "indicator-1-name", "project-1-section-1"] {
        let (former, _) = pages.get(&format!("/sheets/1/values/{place}"));
        let address = former.headers()["location"].to_str().expect("an address");
        assert!(sheet.contains(&format!("{address}\"")), "{place}");
    }
    let projects = all(&pages, "projects");
    let again = projects
        .iter()
        .filter(|project| project["again"].as_u64() > Some(0));
    assert!(again.count() > 0, "the samples show a project again");
}

#[test]
fn a_section_answers_for_what_its_papers_say() {
    let pages = Pages::of(sample_library());
    let sections = all(&pages, "sections");
    assert!(sections.len() > 5);
    for key in ["sheets", "projects", "indicators"] {
        assert!(
            sections
                .iter()
                .any(|section| !items(section, key).is_empty()),
            "no {key}"
        );
    }
    let dated = |page: &Value| {
        items(page, "sheets")
            .iter()
            .filter(|row| row["sheet"]["year"]["year"].is_u64())
            .count()
    };
    let full = sections
        .iter()
        .find(|page| dated(page) > 0)
        .expect("a section with a year");
    assert!(!items(full, "years").is_empty() && full["year"]["year"].is_u64());
    // Another year has other sheets: those of papers with a year are gone.
    let other = json(&pages, &format!("/sections/{}.json?year=1999", full["id"]));
    assert_eq!(dated(&other), 0);
}

#[test]
fn a_real_project_of_plan_and_evaluation_shows_both() {
    let Some(library) = real(&["midterm_plan", "evaluation_r4"]) else {
        return;
    };
    let pages = Pages::of(library);
    let projects = all(&pages, "projects");
    let plans = |project: &Value| {
        let rows = items(project, "listings").iter();
        let mut plans: Vec<String> = rows
            .map(|row| text(&row["sheet"], "plan").to_owned())
            .collect();
        plans.sort();
        plans.dedup();
        plans
    };
    let both: Vec<&Value> = projects
        .iter()
        .filter(|project| plans(project).len() == 2)
        .collect();
    assert!(
        both.len() >= 5,
        "only {} projects stand in both",
        both.len()
    );
    for project in both {
        let of = |plan: &str| {
            items(project, "costs").iter().any(|cost| {
                items(cost, "parts")
                    .iter()
                    .any(|part| text(&part[1], "plan") == plan)
            })
        };
        assert!(plans(project).iter().all(|plan| of(plan)), "{project}");
    }
}

#[test]
fn the_real_revised_targets_show_original_and_revised() {
    let Some(library) = real(&["midterm_plan", "evaluation_r4"]) else {
        return;
    };
    let pages = Pages::of(library);
    let mut found = Vec::new();
    for indicator in all(&pages, "indicators") {
        for revision in items(&indicator, "revisions") {
            let value = |key: &str| text(&revision[key], "text").to_owned();
            found.push((value("original"), value("revised")));
            // Both lead to where they stand.
            for key in ["original", "revised"] {
                let href = text(&revision[key], "href");
                if !href.is_empty() {
                    assert_eq!(pages.get(href).0.status(), StatusCode::OK, "{href}");
                }
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
    for (before, now) in expected {
        assert!(
            found.contains(&(before.to_owned(), now.to_owned())),
            "{before}: {found:?}"
        );
    }
    assert_eq!(
        found.len(),
        8,
        "two more were confirmed without a change: {found:?}"
    );
}
