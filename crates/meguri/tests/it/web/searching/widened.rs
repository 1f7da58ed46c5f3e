//! What the page says of a search that was widened.

use super::super::html::check;
use super::super::{Pages, sample_library};
use super::{count, encoded, find};
use meguri_app::search::WordList;
use meguri_app::site_info::SiteInfo;
use meguri_web::door::{Door, Picture};
use meguri_web::router::router;
use std::sync::Arc;

/// The samples, with words of the city.
fn pages() -> Pages {
    let words = WordList::parse("たまり場 → 居場所、つどい\nよりあい → 居場所").expect("sound");
    let about = SiteInfo::default().with_words(Arc::new(words));
    let door = Door::new(Picture::in_house(sample_library())).told(about);
    Pages::with(router(door))
}

#[test]
fn other_words_are_told_with_a_way_to_the_typed_ones_only() {
    let pages = pages();
    let found = find(&pages, "たまり場");
    assert_eq!(found["total"], count(&pages, "居場所"), "{found}");
    let told = &found["told"];
    assert_eq!(told["widened"][0]["typed"], "たまり場", "{told}");
    assert_eq!(
        told["widened"][0]["also"],
        serde_json::json!(["居場所"]),
        "what is there"
    );
    let sentence = "「たまり場」を「居場所」でも探しました。";
    assert_eq!(told["widened"][0]["sentence"], sentence);
    let (_, body) = pages.get(&format!("/search?q={}", encoded("たまり場")));
    assert!(
        body.contains(sentence) && body.contains("<mark>居場所</mark>"),
        "{body}"
    );
    assert!(body.contains("入力した言葉だけで探す"), "{body}");
    let faults = check(&body).faults;
    assert!(faults.is_empty(), "{faults:?}");
    let only = told["exactly"]["href"].as_str().expect("an address");
    let exact: serde_json::Value =
        serde_json::from_str(&pages.get(&only.replace("/search?", "/search.json?")).1)
            .expect("JSON");
    assert_eq!(exact["total"], 0, "{exact}");
    assert_eq!(exact["told"]["exactly"], serde_json::Value::Null);
}

#[test]
fn what_is_quoted_unwanted_or_there_is_told_of_nothing() {
    let pages = pages();
    let all = count(&pages, "");
    for (text, total) in [
        ("\"たまり場\"", 0),
        ("「よりあい」", 0),
        ("-たまり場", all),
        ("-よりあい", all),
    ] {
        let found = find(&pages, text);
        assert_eq!(found["total"], total, "{text}");
        assert_eq!(found["told"]["widened"], serde_json::json!([]), "{text}");
        assert_eq!(found["told"]["exactly"], serde_json::Value::Null, "{text}");
    }
}

#[test]
fn some_of_the_words_are_told_where_nothing_has_all() {
    let pages = pages();
    let found = find(&pages, "居場所 宇宙船");
    assert_eq!(found["total"], count(&pages, "居場所"));
    let said = found["told"]["some"].as_str().expect("a sentence");
    assert!(said.contains("すべての言葉を含むものはない"), "{said}");
    assert_eq!(find(&pages, "宇宙船")["total"], 0);
}
