//! Addresses of the search that make no sense.

use super::super::html::check;
use super::super::{Pages, sample_library};
use super::{encoded, find};
use axum::http::StatusCode;

/// Addresses that make no sense, and what the page says.
fn nonsense() -> Vec<(String, &'static str)> {
    let long = encoded(&"長".repeat(3_400));
    assert!(long.len() > 10_000);
    vec![
        (
            "/search?year=x".to_owned(),
            "年度の「x」は条件にできないため、外しました。",
        ),
        (
            "/search?kind=x&plan=%3Cb%3E".to_owned(),
            "計画の「&#60;b&#62;」は",
        ),
        (
            "/search?min=abc&max=1%2C000".to_owned(),
            "事業費の下限の「abc」",
        ),
        ("/search?q=a&page=0".to_owned(), "ページの「0」"),
        (
            "/search?q=a&page=99999999999999999999".to_owned(),
            "ページの「",
        ),
        (format!("/search?q={long}"), "先頭の300文字"),
        (
            "/search?q=%E3%81%82%E3%81%84%E3%81%86%E3%81%88".to_owned(),
            "見つかりませんでした",
        ),
        (
            "/search?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned(),
            "見つかりませんでした",
        ),
        ("/search?q=%00%0D%0A%E2%80%AE".to_owned(), "<h2>"),
        (
            "/search?q=-%E5%B1%85%E5%A0%B4%E6%89%80".to_owned(),
            "検索結果",
        ),
        (
            "/search?q=AND+OR+NOT+(*".to_owned(),
            "一部の言葉を含むものを表示しています",
        ),
        (
            "/search?section=%E5%BA%83%E5%A0%B1%E8%AA%B2%E3%81%AE".to_owned(),
            "担当課の「広報課の」は条件にできないため、外しました。",
        ),
        (
            "/search?year=1950&year=R6".to_owned(),
            "年度の「1950」は条件にできないため",
        ),
        (
            "/search?min=5&max=1".to_owned(),
            "事業費の下限が上限より大きいため、入れ替えました。",
        ),
        (
            format!("/search?{}", "&state=%00%E2%80%AE".repeat(900)),
            "状態の「",
        ),
        (
            (0..3_000)
                .map(|n| format!("&section=s{n}"))
                .collect::<String>()
                .replacen('&', "/search?", 1),
            "担当課の条件は20個までのため、残りを外しました。",
        ),
        (
            format!("/search?section={}", "x".repeat(10_000)),
            "担当課の「xxxxxxxxxxxxxxxxxxxx…」は",
        ),
        ("/search".to_owned(), "探し方"),
    ]
}

#[test]
fn what_makes_no_sense_is_left_out_with_a_word() {
    let pages = Pages::of(sample_library());
    for (path, word) in nonsense() {
        let (response, body) = pages.get(&path);
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert!(body.contains(word), "{path}: {body}");
        assert!(!body.contains("<script"), "{path}");
        let faults = check(&body).faults;
        assert!(faults.is_empty(), "{path}: {faults:?}");
        assert!(body.len() < 100_000, "{path}: {} bytes", body.len());
    }
    let shortened = find(&pages, "放課後の居場所づくりと何か");
    assert_eq!(shortened["suggested"]["instead"], true, "{shortened}");
    let hits = shortened["hits"].as_array().expect("hits");
    let said = shortened["told"]["some"].as_str().expect("a sentence");
    assert!(!hits.is_empty() && !said.is_empty(), "{shortened}");
}
