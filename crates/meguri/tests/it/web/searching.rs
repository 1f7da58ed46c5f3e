//! The search, the feed and the other marks of a site, through the router: what they find, and that
//! nothing is in them that is not public.

use super::html::{Checked, check};
use super::published::{City, by};
use super::{Pages, sample_library, walk};
use axum::http::StatusCode;
use meguri::actions::withdraw::withdraw;
use meguri::web::data::pictures::Pictures;
use meguri::web::door::{Door, Picture};
use meguri::web::follow::{Follower, Opening};
use meguri::web::router::router;
use meguri::web::search::Keeper;
use meguri::web::told::About;
use meguri_core::source::{Settled, Sourced};
use std::path::{Path, PathBuf};

/// Bytes as they stand in an address.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

fn find(pages: &Pages, words: &str) -> serde_json::Value {
    let (response, body) = pages.get(&format!("/search.json?q={}", encoded(words)));
    assert_eq!(response.status(), StatusCode::OK, "{words}: {body}");
    serde_json::from_str(&body).expect("JSON")
}

fn count(pages: &Pages, words: &str) -> u64 {
    find(pages, words)["total"].as_u64().expect("a number")
}

/// Every way in which something of a word could be told.
fn told(pages: &Pages, word: &str) -> Vec<(String, String)> {
    let q = encoded(word);
    let asked = [
        format!("/search?q={q}"),
        format!("/search.json?q={q}"),
        format!("/search.csv?q={q}"),
        "/search".to_owned(),
        "/search.json".to_owned(),
        "/search.csv?sort=newest".to_owned(),
        format!("/search?section={q}"),
        format!("/search?state={q}&year=x&kind={q}&plan=midterm"),
        format!("/suggest?q={q}"),
        "/suggest?q=%E6%96%BD".to_owned(),
        "/feed.atom".to_owned(),
        "/sitemap.xml".to_owned(),
        "/sitemaps/1.xml".to_owned(),
        "/dataset.jsonld".to_owned(),
        "/opensearch.xml".to_owned(),
        "/robots.txt".to_owned(),
    ];
    asked.into_iter().map(|path| (path.clone(), pages.get(&path).1)).collect()
}

/// A word that nobody has typed is in none of the answers.
fn assert_untold(pages: &Pages, word: &str, parts: &[&str]) {
    for (path, body) in told(pages, word) {
        for part in parts {
            // The word itself stands in what echoes it; what belongs to it must not.
            assert!(!body.contains(part), "{path} shows {part}: {body}");
        }
    }
    let found = find(pages, word);
    assert_eq!(found["total"], 0, "{word}");
    assert_eq!(found["hits"], serde_json::json!([]), "{word}");
    let suggested = pages.get(&format!("/suggest?q={}", encoded(word))).1;
    assert!(suggested.ends_with(",[]]"), "{suggested}");
}

/// Writes marked words into the first sheet of a document: a text, a section and an indicator.
fn mark(city: &City, sheet: i64, word: &str) {
    let sourced = |text: String| Sourced { value: text, line: 1, settled: Settled::Confirmed };
    city.runtime.block_on(async {
        let kept = city.city.sheet(sheet).await.expect("read").expect("it is there");
        let mut changed = kept.sheet.clone();
        changed.sections = vec![sourced(format!("{word}課"))];
        changed.indicators[0].name = Some(sourced(format!("{word}の指標")));
        city.city.edit_sheet(sheet, kept.version, &changed, &by()).await.expect("changed");
    });
}

#[test]
fn words_are_found_with_their_place_marked() {
    let pages = Pages::of(sample_library());
    let found = find(&pages, "放課後 居場所");
    let hits = found["hits"].as_array().expect("hits");
    assert!(hits.iter().any(|hit| hit["href"] == "/sheets/1"), "{found}");
    let (_, body) = pages.get(&format!("/search?q={}", encoded("放課後　居場所")));
    assert!(body.contains("<mark>居場所</mark>"), "{body}");
    let Checked { links, faults, .. } = check(&body);
    assert!(faults.is_empty(), "{faults:?}");
    assert!(links.iter().any(|link| link == "/sheets/1"));
    let (_, csv) = pages.get(&format!("/search.csv?q={}", encoded("居場所")));
    assert!(csv.contains("評価シート") && csv.contains("/sheets/1"), "{csv}");
    let (response, body) = pages.get(&format!("/suggest?q={}", encoded("放課")));
    assert_eq!(response.headers()["content-type"], "application/x-suggestions+json");
    let suggested: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(suggested[0], "放課");
    assert!(suggested[1][0].as_str().is_some_and(|name| name.contains("放課")), "{body}");
}

#[test]
fn filters_narrow_and_say_how_many_there_are() {
    let pages = Pages::of(sample_library());
    let all = find(&pages, "");
    let kinds = &all["fields"][0]["choices"];
    assert!(kinds.as_array().is_some_and(|kinds| kinds.len() == 2), "{kinds}");
    let get = |path: &str| -> serde_json::Value {
        serde_json::from_str(&pages.get(path).1).expect("JSON")
    };
    let of_year = get("/search.json?year=%E4%BB%A4%E5%92%8C6%E5%B9%B4%E5%BA%A6");
    assert!(of_year["total"].as_u64() < all["total"].as_u64() && of_year["total"] != 0);
    assert_eq!(of_year, get("/search.json?year=2024"), "a year as people write it");
    let of_plan = get("/search.json?plan=midterm");
    let hits = of_plan["hits"].as_array().expect("hits");
    let plan = &of_plan["fields"][1]["choices"][0]["text"];
    assert!(plan.as_str().is_some_and(|text| text.contains('件')), "{plan}");
    assert!(!hits.is_empty());
    let dear = get("/search.json?min=1%E5%84%84");
    let yen = |hit: &serde_json::Value| hit["yen"].as_i64().unwrap_or(0);
    assert!(dear["hits"].as_array().expect("hits").iter().all(|hit| yen(hit) >= 100_000_000));
    let (_, page) = pages.get("/search?plan=midterm&year=2024");
    assert!(page.contains("外す") && page.contains("href=\"/search?plan=midterm\""), "{page}");
}

#[test]
fn what_makes_no_sense_is_left_out_with_a_word() {
    let pages = Pages::of(sample_library());
    let long = encoded(&"長".repeat(3_400));
    assert!(long.len() > 10_000);
    let cases = [
        ("/search?year=x".to_owned(), "年度の「x」は条件にできないため、外しました。"),
        ("/search?kind=x&plan=%3Cb%3E".to_owned(), "計画の「&#60;b&#62;」は"),
        ("/search?min=abc&max=1%2C000".to_owned(), "事業費の下限の「abc」"),
        ("/search?q=a&page=0".to_owned(), "ページの「0」"),
        ("/search?q=a&page=99999999999999999999".to_owned(), "ページの「"),
        (format!("/search?q={long}"), "先頭の300文字"),
        ("/search?q=%E3%81%82%E3%81%84%E3%81%86%E3%81%88".to_owned(), "見つかりませんでした"),
        ("/search?q=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E".to_owned(), "見つかりませんでした"),
        ("/search?q=%00%0D%0A%E2%80%AE".to_owned(), "<h2>"),
        ("/search?q=-%E5%B1%85%E5%A0%B4%E6%89%80".to_owned(), "検索結果"),
        ("/search?q=AND+OR+NOT+(*".to_owned(), "見つかりませんでした"),
        ("/search?section=%E5%BA%83%E5%A0%B1%E8%AA%B2%E3%81%AE".to_owned(), "条件から探す"),
        ("/search".to_owned(), "探し方"),
    ];
    for (path, word) in cases {
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
    assert!(shortened["suggested"]["names"][0]["text"].is_string(), "{shortened}");
}

#[test]
fn all_results_can_be_leafed_through() {
    let pages = Pages::of(sample_library());
    let total = count(&pages, "-xyz");
    let mut seen = std::collections::BTreeSet::new();
    let mut path = Some("/search.json?q=-xyz".to_owned());
    while let Some(open) = path {
        let page: serde_json::Value = serde_json::from_str(&pages.get(&open).1).expect("JSON");
        for hit in page["hits"].as_array().expect("hits") {
            assert!(seen.insert(hit["href"].to_string()), "{hit} twice");
        }
        let next = page["next"]["href"].as_str();
        path = next.map(|next| next.replace("/search?", "/search.json?"));
    }
    assert_eq!(seen.len() as u64, total);
    let rows = pages.get("/search.csv?q=-xyz").1.lines().count();
    assert_eq!(rows as u64, total + 1);
}

#[test]
fn what_is_not_published_is_nowhere() {
    let mut city = City::new("search-hidden");
    assert_eq!(count(&city.public, ""), 0);
    city.publish("");
    let (shown, hidden) = (city.saved[0].sheets[0], city.saved[1].sheets[0]);
    assert!(count(&city.public, "居場所") > 0);
    let before: Vec<_> = told(&city.public, "居場所");
    let tag = |path: &str| city.public.get(path).0.headers()["etag"].clone();
    let tags: Vec<_> = before
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|p| !p.contains("sitemaps"))
        .map(tag)
        .collect();
    mark(&city, shown, "隠密甲");
    mark(&city, hidden, "隠密乙");
    assert!(city.look(), "something was written");
    for word in ["隠密甲", "隠密乙"] {
        let parts = [format!("{word}課"), format!("{word}の指標")];
        assert_untold(&city.public, word, &parts.each_ref().map(String::as_str));
        assert!(count(&city.house, word) > 0, "the house finds {word}");
    }
    assert_eq!(told(&city.public, "居場所"), before, "nothing public moved");
    let tag = |path: &str| city.public.get(path).0.headers()["etag"].clone();
    let now: Vec<_> = before
        .iter()
        .map(|(path, _)| path.as_str())
        .filter(|p| !p.contains("sitemaps"))
        .map(tag)
        .collect();
    assert_eq!(now, tags, "nor did a tag");
    let unpublished = format!("/documents/{}", city.saved[1].document);
    for path in [format!("/sheets/{hidden}"), unpublished.clone()] {
        let sitemap = city.public.get("/sitemap.xml").1;
        assert!(!sitemap.contains(&format!("{path}<")), "{path}: {sitemap}");
    }
    assert!(city.public.get("/sitemap.xml").1.contains(&format!("/sheets/{shown}<")));
    assert!(!city.public.get("/dataset.jsonld").1.contains(&unpublished));
}

#[test]
fn a_correction_takes_the_old_words_and_a_withdrawal_all_of_them() {
    let mut city = City::new("search-gone");
    let sheet = city.saved[0].sheets[0];
    mark(&city, sheet, "旧来甲");
    city.publish("");
    assert_eq!(count(&city.public, "旧来甲課"), 1);
    assert!(city.public.get(&format!("/suggest?q={}", encoded("旧来"))).1.contains("旧来甲課"));
    mark(&city, sheet, "新規乙");
    city.publish("課の名称の訂正");
    assert_eq!(count(&city.public, "新規乙課"), 1);
    assert_untold(&city.public, "旧来甲", &["旧来甲課", "旧来甲の指標"]);
    let feed = city.public.get("/feed.atom").1;
    assert!(feed.contains("の訂正を公表しました（第2版）"), "{feed}");
    assert!(feed.contains("<summary>課の名称の訂正</summary>"), "{feed}");
    assert_eq!(feed.matches("<entry>").count(), 2);
    let by = by();
    let done = withdraw(&city.city, "evaluation.txt", None, "準備が整っていないため", &by);
    city.runtime.block_on(done).expect("withdrawn");
    city.look();
    assert_untold(&city.public, "新規乙", &["新規乙課", "新規乙の指標", "居場所"]);
    assert_eq!(count(&city.public, ""), 0);
    let feed = city.public.get("/feed.atom").1;
    assert!(feed.contains("公表を取り下げました") && feed.contains("準備が整っていないため"));
    assert!(!feed.contains("評価") && !feed.contains("課の名称の訂正"), "{feed}");
    assert!(!city.public.get("/sitemap.xml").1.contains("/sheets/"));
    walk(&city.public);
}

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("searching-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// Another server over the same database, with its index in a folder.
fn server(city: &City, folder: &Path) -> (Follower, Pages) {
    let how = Opening {
        house: false,
        index: Keeper::in_folder(folder.to_owned()),
        about: About::default(),
    };
    let opened = Follower::open_as(Pictures::new(city.city.clone()), how);
    let follower = city.runtime.block_on(opened).expect("the doors open");
    let pages = Pages::with(router(follower.public.clone()));
    (follower, pages)
}

#[test]
fn an_index_that_others_wrote_or_that_is_old_is_brought_into_step() {
    let mut city = City::new("search-folder");
    city.publish("");
    let folder = folder("step");
    let (mut first, pages) = server(&city, &folder);
    assert!(count(&pages, "居場所") > 0);
    // Meanwhile another process writes something else into the same folder.
    let mut other = Keeper::in_folder(folder.clone());
    assert_eq!(other.rebuild(&Picture::empty()).expect("written"), 0);
    assert!(count(&pages, "居場所") > 0, "what was opened stays as it was");
    let sheet = city.saved[0].sheets[0];
    mark(&city, sheet, "新規丙");
    city.publish("訂正");
    city.runtime.block_on(first.look()).expect("it looks");
    assert_eq!((count(&pages, "新規丙課"), count(&pages, "居場所") > 0), (1, true));
    // A server that starts later finds the index in step and does not write it again.
    let written = |folder: &Path| std::fs::read_to_string(folder.join("meta.json")).expect("there");
    let before = written(&folder);
    drop(first);
    let (_second, pages) = server(&city, &folder);
    assert_eq!(count(&pages, "新規丙課"), 1);
    assert_eq!(written(&folder), before);
}

#[test]
fn a_damaged_index_is_told_and_built_anew() {
    let mut city = City::new("search-damaged");
    city.publish("");
    let folder = folder("damaged");
    let (follower, _) = server(&city, &folder);
    drop(follower);
    for file in std::fs::read_dir(&folder).expect("the folder") {
        let path = file.expect("a file").path();
        if path.extension().is_some_and(|e| e == "store" || e == "idx") {
            let length = std::fs::metadata(&path).expect("its length").len() as usize;
            std::fs::write(&path, vec![0xff; length]).expect("damaged");
        }
    }
    let (mut follower, pages) = server(&city, &folder);
    let (response, body) = pages.get(&format!("/search?q={}", encoded("居場所")));
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        assert!(body.contains("検索を準備しています"), "{body}");
        assert_eq!(response.headers()["retry-after"], "10");
        assert!(check(&body).faults.is_empty());
    }
    for _ in 0..3 {
        city.runtime.block_on(follower.look()).expect("it looks");
    }
    assert!(count(&pages, "居場所") > 0, "it was built anew");
}

#[test]
fn a_folder_that_cannot_be_used_leaves_the_pages_alone() {
    let mut city = City::new("search-no-folder");
    city.publish("");
    let file = folder("file");
    std::fs::write(&file, "not a folder").expect("written");
    let (_follower, pages) = server(&city, &file);
    let (response, body) = pages.get("/search?q=a");
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(body.contains("計画の一覧を見る"), "{body}");
    assert_eq!(pages.get("/search.json").0.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(pages.get("/suggest?q=a").0.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(pages.get("/plans/evaluation").0.status(), StatusCode::OK);
}

#[test]
fn marks_have_full_addresses_where_the_site_knows_its_own() {
    let mut city = City::new("search-marks");
    city.publish("");
    let about = About {
        public_url: Some("https://hyoka.example.jp".to_owned()),
        name: "みずほ野市".to_owned(),
        ..About::default()
    };
    let how = Opening { house: true, index: Keeper::in_memory(), about };
    let opened = Follower::open_as(Pictures::new(city.city.clone()), how);
    let follower = city.runtime.block_on(opened).expect("the doors open");
    let public = Pages::with(router(follower.public.clone()));
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let (_, page) = public.get(&sheet);
    let canonical = format!("<link rel=\"canonical\" href=\"https://hyoka.example.jp{sheet}\">");
    assert!(page.contains(&canonical), "{page}");
    assert!(page.contains(&format!("type=\"application/json\" href=\"{sheet}.json\"")));
    assert!(page.contains("<meta name=\"description\" content=\"「"), "{page}");
    let document = city.saved[0].document;
    for (path, part) in [
        ("/sitemap.xml", format!("<loc>https://hyoka.example.jp{sheet}</loc><lastmod>2026-06-01")),
        ("/feed.atom", format!("href=\"https://hyoka.example.jp/documents/{document}/v1\"")),
        ("/feed.atom", "<author><name>みずほ野市</name></author>".to_owned()),
        ("/robots.txt", "Sitemap: https://hyoka.example.jp/sitemap.xml".to_owned()),
        ("/opensearch.xml", "https://hyoka.example.jp/search?q={searchTerms}".to_owned()),
        ("/dataset.jsonld", format!("https://hyoka.example.jp/documents/{document}.csv")),
    ] {
        let (response, body) = public.get(path);
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert!(body.contains(&part), "{path}: {body}");
    }
    assert!(public.get("/robots.txt").1.contains("Disallow: /search\n"));
    let house = Pages::with(router(follower.house.clone().expect("a door")));
    assert!(house.get("/robots.txt").1.ends_with("Disallow: /\n"));
    assert!(!house.get(&sheet).1.contains("canonical"));
    let papers = Pages::with(router(Door::new(Picture::in_house(sample_library()))));
    assert!(!papers.get("/").1.contains("canonical"));
}
