//! Sheets, comparisons, money, indicators and topics: what they say first, and what they do not say.

use super::answers::{json, of_documents, sample_document};
use super::{Pages, sample_library};
use axum::http::StatusCode;
use meguri_core::evaluation::{Document, Sheet};
use meguri_core::fiscal_year::FiscalYear;
use serde_json::Value;

fn year(calendar: u16) -> FiscalYear {
    FiscalYear::new(calendar).expect("a year")
}

fn rows<'a>(page: &'a Value, key: &str) -> &'a [Value] {
    page[key].as_array().map_or(&[][..], Vec::as_slice)
}

/// The evaluation of the invented city as it could have been a year before.
fn year_before(change: impl Fn(&mut Sheet)) -> Document {
    let mut document = sample_document("evaluation");
    document.name = "before.txt".to_owned();
    for sheet in &mut document.sheets {
        sheet.year = sheet.year.and_then(|year| year.plus(-1));
        for listing in &mut sheet.listings {
            for cost in &mut listing.costs {
                cost.year = cost.year.plus(-1).expect("a year");
            }
        }
        change(sheet);
    }
    document
}

#[test]
fn a_sheet_says_first_what_it_comes_to() {
    let pages = Pages::of(sample_library());
    let (_, body) = pages.get("/sheets/1");
    let place = |words: &str| body.find(words).unwrap_or(usize::MAX);
    let summary = place("class=\"summary\"");
    assert!(
        summary < place("class=\"phase\""),
        "the summary comes first"
    );
    let sheet = json(&pages, "/sheets/1.json");
    let summary = &sheet["summary"];
    assert_eq!(summary["states"][0][0], "目標達成度合い");
    let reached = summary["reached"].as_str().expect("indicators");
    assert!(
        reached.contains('／') && reached.ends_with('件'),
        "{reached}"
    );
    let about = summary["money"]["about"].as_str().expect("money");
    assert!(about.ends_with('円'), "{about}");
    assert!(summary["projects"].as_u64().is_some_and(|count| count > 0));
    // The direction of next year carries its year.
    let axis = summary["directions"][0][0].as_str().expect("directions");
    let evaluated = sheet["year"]["year"].as_i64().expect("a year");
    let next = u16::try_from(evaluated + 1).map(year).expect("a year");
    assert!(axis.contains(&next.to_string()), "{axis}");
}

#[test]
fn a_sheet_without_last_year_money_or_indicators_says_nothing_of_them() {
    let mut document = sample_document("evaluation");
    for sheet in &mut document.sheets {
        sheet.indicators.clear();
        sheet.listings.clear();
        sheet.totals.clear();
        sheet.unplaced_costs.clear();
        sheet.next_step_counts.clear();
    }
    let pages = of_documents(vec![document]);
    let sheet = json(&pages, "/sheets/1.json");
    let summary = &sheet["summary"];
    assert_eq!(summary["reached"], "");
    assert!(summary["money"].is_null() && summary["compare"].is_null());
    assert_eq!(summary["projects"], 0);
    let (_, body) = pages.get("/sheets/1");
    let head = body.split("class=\"phase\"").next().unwrap_or_default();
    for absent in ["前年度から", "達成した指標", "事業費", "0件"] {
        assert!(!head.contains(absent), "{absent}");
    }
    let start = json(&pages, "/index.json");
    let labels: Vec<&str> = rows(&start, "figures")
        .iter()
        .filter_map(|figure| figure["label"].as_str())
        .collect();
    assert_eq!(labels, ["目標達成度合い"]);
}

#[test]
fn the_comparison_opens_with_the_newest_pair_and_offers_only_pairs_that_exist() {
    let now = sample_document("evaluation");
    let pages = of_documents(vec![year_before(|_| {}), now]);
    let page = json(&pages, "/compare.json");
    let (from, to) = (page["from"].as_str(), page["to"].as_str());
    let years = |text: Option<&str>| {
        text.and_then(FiscalYear::parse)
            .map(FiscalYear::calendar_year)
    };
    assert_eq!(years(from).map(|year| year + 1), years(to));
    let pairs = rows(&page, "pairs");
    assert!(!pairs.is_empty() && pairs[0][1] == true, "{pairs:?}");
    for pair in pairs {
        let href = pair[0]["href"].as_str().expect("an address");
        let page = json(&pages, &href.replacen("/compare?", "/compare.json?", 1));
        assert_eq!(page["message"], "", "{href}");
    }
}

#[test]
fn where_no_plan_tells_of_two_years_the_comparison_says_so_once() {
    let pages = of_documents(vec![sample_document("reform")]);
    let (response, body) = pages.get("/compare");
    assert_eq!(response.status(), StatusCode::OK);
    assert!(body.contains("二つの年度の記載がある計画は、まだありません"));
    assert!(!body.contains("aria-label=\"比べる年度\""));
}

#[test]
fn a_year_without_a_list_of_projects_makes_no_new_projects() {
    let before = year_before(|sheet| sheet.listings.clear());
    let pages = of_documents(vec![before, sample_document("evaluation")]);
    let page = json(&pages, "/compare.json");
    assert!(rows(&page, "new_projects").is_empty(), "{page}");
    let notes = rows(&page, "notes");
    let says = |note: &Value| {
        note.as_str()
            .is_some_and(|n| n.contains("事業の一覧がない"))
    };
    assert!(notes.iter().any(says), "{notes:?}");
    // Nor does a row that has lost its amount, in a paper that prints one year of money.
    let mut document = sample_document("evaluation");
    document.sheets[0].listings[0].costs.clear();
    let pages = of_documents(vec![document]);
    let page = json(&pages, "/compare.json");
    assert!(page["from"] != "", "{page}");
    assert!(rows(&page, "new_projects").is_empty(), "{page}");
    // With a list in both years a project of one of them is new.
    let fewer = year_before(|sheet| {
        sheet.listings.truncate(1);
    });
    let pages = of_documents(vec![fewer, sample_document("evaluation")]);
    let page = json(&pages, "/compare.json");
    assert!(!rows(&page, "new_projects").is_empty());
    assert!(rows(&page, "notes").is_empty());
}

#[test]
fn how_an_actual_moved_and_whether_its_target_was_reached_are_two_things() {
    let before = year_before(|sheet| {
        for indicator in &mut sheet.indicators {
            for row in [&mut indicator.targets, &mut indicator.actuals] {
                for figure in row.iter_mut() {
                    figure.year = figure.year.plus(-1).expect("a year");
                }
            }
        }
    });
    let pages = of_documents(vec![before, sample_document("evaluation")]);
    let page = json(&pages, "/compare.json");
    let indicators = rows(&page, "indicators");
    assert!(!indicators.is_empty());
    for row in indicators {
        let way = row["way"].as_str().expect("a word");
        assert!(
            ["増加", "横ばい", "減少", "比較なし"].contains(&way),
            "{row}"
        );
        let relation = row["relation"].as_str().expect("words");
        let known = ["達成", "未達成", "計算なし"];
        let said = relation.split(" → ").all(|word| known.contains(&word));
        assert!(relation.is_empty() || said, "{row}");
    }
    let (_, body) = pages.get("/compare");
    let table = body.split("指標の変化</h2>").nth(1).expect("a table");
    let table = table.split("</table>").next().unwrap_or_default();
    assert!(!table.contains("向上") && !table.contains("低下"));
}

#[test]
fn money_is_told_in_words_with_its_share_and_in_the_order_asked_for() {
    let pages = Pages::of(sample_library());
    let page = json(&pages, "/plans/midterm/money.json?sort=amount");
    let amounts = |page: &Value| -> Vec<i64> {
        let shown = page["shown"]["year"].as_i64();
        let place = rows(page, "years")
            .iter()
            .position(|y| y["year"].as_i64() == shown);
        let place = place.expect("the year that is shown");
        let rows = rows(page, "rows").iter();
        rows.map(|row| row["sums"][place]["yen"].as_i64().unwrap_or(i64::MIN))
            .collect()
    };
    let sorted = amounts(&page);
    assert!(
        sorted.len() > 1 && sorted.is_sorted_by(|a, b| a >= b),
        "{sorted:?}"
    );
    let mut plain = amounts(&json(&pages, "/plans/midterm/money.json"));
    plain.sort_by(|a, b| b.cmp(a));
    assert_eq!(plain, sorted, "an order leaves nothing out");
    for row in rows(&page, "rows") {
        let share = row["share"].as_str().expect("a share");
        assert!(share.is_empty() || share.ends_with('％'), "{row}");
    }
    assert_eq!(page["amount"], "事業費（計画額）");
    let (_, body) = pages.get("/plans/midterm/money");
    assert!(body.contains("事業費（計画額）") && body.contains("約"));
}

#[test]
fn reached_indicators_are_as_many_as_the_start_says() {
    let pages = Pages::of(sample_library());
    let start = json(&pages, "/index.json");
    let figure = rows(&start, "figures")
        .iter()
        .find(|figure| figure["label"] == "目標を達成した指標")
        .expect("the figure");
    let href = figure["href"].as_str().expect("an address");
    let list = json(
        &pages,
        &href.replacen("/indicators?", "/indicators.json?", 1),
    );
    let count = list["leaf"]["count"].as_u64().expect("a count").to_string();
    assert_eq!(figure["value"].as_str(), Some(count.as_str()));
    for row in rows(&list, "indicators") {
        assert_eq!(row["verdict"], "reached", "{row}");
    }
    let all: u64 = ["reached", "missed", "none"]
        .map(|verdict| json(&pages, &format!("/indicators.json?reached={verdict}")))
        .iter()
        .filter_map(|list| list["leaf"]["count"].as_u64())
        .sum();
    let list = json(&pages, "/indicators.json");
    assert_eq!(list["leaf"]["count"].as_u64(), Some(all));
}

#[test]
fn a_topic_gathers_all_kinds_and_passes_over_what_means_something_else() {
    let mut document = sample_document("evaluation");
    let names = ["保育環境の充実", "地球環境の保全"];
    let nodes = document.sheets.iter().filter_map(|sheet| sheet.node);
    let nodes: Vec<_> = nodes.take(names.len()).collect();
    for (node, name) in nodes.iter().zip(names) {
        let node = document.plan.nodes.get_mut(node.0).expect("a node");
        node.name.as_mut().expect("a name").value = name.to_owned();
    }
    for (sheet, name) in document.sheets.iter_mut().zip(names) {
        name.clone_into(&mut sheet.label);
    }
    let pages = of_documents(vec![document]);
    let address = "/words.json?q=%E3%81%94%E3%81%BF%E3%83%BB%E7%92%B0%E5%A2%83";
    let topic = json(&pages, address);
    let titles: Vec<&str> = rows(&topic, "plans")
        .iter()
        .flat_map(|plan| rows(plan, "rows"))
        .filter_map(|row| row["title"].as_str())
        .collect();
    assert!(titles.contains(&"地球環境の保全"), "{titles:?}");
    assert!(!titles.contains(&"保育環境の充実"), "{titles:?}");
    assert!(!rows(&topic, "projects").is_empty(), "{topic}");
    assert!(!rows(&topic, "indicators").is_empty(), "{topic}");
}

#[test]
fn the_glossary_has_the_values_of_the_plans() {
    let pages = Pages::of(sample_library());
    let (_, body) = pages.get("/glossary");
    for word in ["再掲", "款・項・目", "年度当初の予定よりも遅れている"] {
        assert!(body.contains(word), "{word}");
    }
    let page = json(&pages, "/glossary.json");
    let late = rows(&page, "scales")
        .iter()
        .flat_map(|scale| rows(scale, "values"));
    let late = late.filter(|value| value[0]["means"] == "late").count();
    assert!(late > 0);
}
