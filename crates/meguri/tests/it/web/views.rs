//! Views of whole documents: filters, comparisons and addresses that ask for what is not there.

use super::html::{Checked, check};
use super::{Pages, sample_library};
use axum::http::StatusCode;
use serde_json::Value;

fn json(pages: &Pages, path: &str) -> Value {
    let (response, body) = pages.get(path);
    assert_eq!(response.status(), StatusCode::OK, "{path}");
    serde_json::from_str(&body).expect("JSON")
}

fn rows(list: &Value) -> usize {
    let groups = list["groups"].as_array().expect("groups");
    groups
        .iter()
        .filter_map(|group| group["rows"].as_array())
        .map(Vec::len)
        .sum()
}

#[test]
fn a_list_is_filtered_by_links_and_each_count_leads_to_as_many_rows() {
    let pages = Pages::of(sample_library());
    for plan in ["strategy", "programs", "reform", "evaluation"] {
        let all = json(&pages, &format!("/plans/{plan}/list.json"));
        let counts = all["counts"][0]["rows"].as_array().expect("counts").clone();
        assert!(!counts.is_empty(), "{plan}");
        for row in counts {
            let href = row["href"].as_str().expect("an address");
            if href.is_empty() {
                assert_eq!(row["count"], 0, "{plan}");
                continue;
            }
            let filtered = json(&pages, &href.replacen("/list?", "/list.json?", 1));
            assert!(
                filtered["count"].as_u64() >= row["count"].as_u64(),
                "{plan} {row}"
            );
            assert_eq!(
                filtered["count"].as_u64().map(|n| n as usize),
                Some(rows(&filtered))
            );
        }
    }
}

#[test]
fn the_branches_of_a_plan_add_up_to_its_sheets() {
    let pages = Pages::of(sample_library());
    for plan in ["evaluation", "midterm", "strategy", "programs", "reform"] {
        let page = json(&pages, &format!("/plans/{plan}.json"));
        let rows = page["branches"]["rows"].as_array().expect("rows");
        let sheets: Vec<u64> = rows
            .iter()
            .filter_map(|row| row["sheets"].as_u64())
            .collect();
        let (whole, each) = sheets.split_last().expect("a row for the whole");
        assert_eq!(each.iter().sum::<u64>(), *whole, "{plan}");
    }
}

#[test]
fn two_years_of_one_paper_are_compared_in_money() {
    let pages = Pages::of(sample_library());
    let money = json(&pages, "/plans/midterm/money.json");
    assert!(
        money["years"]
            .as_array()
            .is_some_and(|years| years.len() >= 2),
        "{money}"
    );
    let plan = json(&pages, "/plans/midterm.json");
    let views = plan["views"].as_array().expect("views");
    let href = views.iter().filter_map(|view| view["href"].as_str());
    let href = href
        .into_iter()
        .find(|href| href.starts_with("/compare?"))
        .expect("a comparison");
    let page = json(&pages, &href.replacen("/compare?", "/compare.json?", 1));
    assert!(page["whole"]["difference"].is_string(), "{page}");
    let nodes = page["nodes"].as_array().expect("nodes");
    assert!(nodes.is_empty(), "a paper has no new nodes against itself");
}

#[test]
fn views_asked_for_what_is_not_there_say_so_with_ways_out() {
    let pages = Pages::of(sample_library());
    for (path, status, words) in [
        (
            "/plans/none/list",
            StatusCode::NOT_FOUND,
            "計画の一覧を見る",
        ),
        (
            "/plans/strategy/list?state=%3Cscript%3E",
            StatusCode::OK,
            "該当するものはありません",
        ),
        (
            "/plans/strategy/list?from=99999",
            StatusCode::OK,
            "該当するものはありません",
        ),
        (
            "/plans/strategy/list?from=x",
            StatusCode::BAD_REQUEST,
            "数字で指定",
        ),
        (
            "/plans/midterm/money?sheet=999",
            StatusCode::NOT_FOUND,
            "すべての事業費を見る",
        ),
        (
            "/words?q=%E6%B8%AF%E6%B9%BE%E3%81%AE%E8%A8%80%E8%91%89",
            StatusCode::NOT_FOUND,
            "テーマの一覧",
        ),
        (
            "/compare?plan=none&from=2024&to=2025",
            StatusCode::NOT_FOUND,
            "比べる計画を選ぶ",
        ),
        (
            "/compare?plan=midterm&from=x&to=2025",
            StatusCode::BAD_REQUEST,
            "西暦で指定",
        ),
        (
            "/compare?plan=midterm&from=1990&to=1991",
            StatusCode::OK,
            "平成2年度の記載がありません",
        ),
        (
            "/compare?plan=midterm&from=2024&to=2024&sheet=1",
            StatusCode::OK,
            "年度",
        ),
    ] {
        let (response, body) = pages.get(path);
        assert_eq!(response.status(), status, "{path}");
        assert!(body.contains(words), "{path}: {words}");
        assert!(!body.contains("<script"), "{path}");
        let Checked { faults, .. } = check(&body);
        assert!(faults.is_empty(), "{path}: {faults:#?}");
    }
}
