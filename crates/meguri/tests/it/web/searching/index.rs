//! The index beside the pages: old, damaged, or in a folder that cannot be used.

use super::super::html::check;
use super::super::published::City;
use super::super::{Pages, sample_library};
use super::{count, encoded, mark, sheets};
use axum::http::StatusCode;
use meguri_app::read::pictures::Pictures;
use meguri_app::search::Keeper;
use meguri_app::site_info::SiteInfo;
use meguri_web::door::{Door, Picture};
use meguri_web::refresh::{Opening, Refresher};
use meguri_web::router::router;
use std::path::{Path, PathBuf};
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("searching-{name}"));
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

/// Another server over the same database, with its index in a folder.
fn server(city: &City, folder: &Path) -> (Refresher, Pages) {
    let how = Opening {
        house: false,
        index: Keeper::in_folder(folder.to_owned()),
        about: SiteInfo::default(),
    };
    let opened = Refresher::open_as(Pictures::new(city.city.clone()), how);
    let refresher = city.runtime.block_on(opened).expect("the doors open");
    let pages = Pages::with(router(refresher.public.clone()));
    (refresher, pages)
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
    assert!(
        count(&pages, "居場所") > 0,
        "what was opened stays as it was"
    );
    let sheet = city.saved[0].sheets[0];
    mark(&city, sheet, "新規丙");
    city.publish("訂正");
    city.runtime.block_on(first.look()).expect("it looks");
    assert_eq!(
        (sheets(&pages, "新規丙の指標"), count(&pages, "居場所") > 0),
        (1, true)
    );
    // A server that starts later finds the index in step and does not write it again.
    let written = |folder: &Path| std::fs::read_to_string(folder.join("meta.json")).expect("there");
    let before = written(&folder);
    drop(first);
    let (_second, pages) = server(&city, &folder);
    assert_eq!(sheets(&pages, "新規丙の指標"), 1);
    assert_eq!(written(&folder), before);
}

#[test]
fn a_damaged_index_is_told_and_built_anew() {
    let mut city = City::new("search-damaged");
    city.publish("");
    let folder = folder("damaged");
    let (refresher, _) = server(&city, &folder);
    drop(refresher);
    for file in std::fs::read_dir(&folder).expect("the folder") {
        let path = file.expect("a file").path();
        if path.extension().is_some_and(|e| e == "store" || e == "idx") {
            let length = std::fs::metadata(&path).expect("its length").len() as usize;
            // Not cut before: what is cut while it is mapped ends the process.
            let mut open = std::fs::OpenOptions::new()
                .write(true)
                .open(&path)
                .expect("opened");
            std::io::Write::write_all(&mut open, &vec![0xff; length]).expect("damaged");
        }
    }
    let (mut refresher, pages) = server(&city, &folder);
    let (response, body) = pages.get(&format!("/search?q={}", encoded("居場所")));
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        assert!(body.contains("検索を準備しています"), "{body}");
        assert_eq!(response.headers()["retry-after"], "10");
        assert!(check(&body).faults.is_empty());
    }
    for _ in 0..3 {
        city.runtime.block_on(refresher.look()).expect("it looks");
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
    assert_eq!(
        pages.get("/search.json").0.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(
        pages.get("/suggest?q=a").0.status(),
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(pages.get("/plans/evaluation").0.status(), StatusCode::OK);
}

#[test]
fn marks_have_full_addresses_where_the_site_knows_its_own() {
    let mut city = City::new("search-marks");
    city.publish("");
    let about = SiteInfo {
        public_url: Some("https://hyoka.example.jp".to_owned()),
        name: "みずほ野市".to_owned(),
        ..SiteInfo::default()
    };
    let how = Opening {
        house: true,
        index: Keeper::in_memory(),
        about,
    };
    let opened = Refresher::open_as(Pictures::new(city.city.clone()), how);
    let refresher = city.runtime.block_on(opened).expect("the doors open");
    let public = Pages::with(router(refresher.public.clone()));
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let (_, page) = public.get(&sheet);
    let canonical = format!("<link rel=\"canonical\" href=\"https://hyoka.example.jp{sheet}\">");
    assert!(page.contains(&canonical), "{page}");
    assert!(page.contains(&format!("type=\"application/json\" href=\"{sheet}.json\"")));
    assert!(
        page.contains("<meta name=\"description\" content=\"「"),
        "{page}"
    );
    let document = city.saved[0].document;
    for (path, part) in [
        (
            "/sitemap.xml",
            format!("<loc>https://hyoka.example.jp{sheet}</loc><lastmod>2026-06-01"),
        ),
        (
            "/feed.atom",
            format!("href=\"https://hyoka.example.jp/documents/{document}/v1\""),
        ),
        (
            "/feed.atom",
            "<author><name>みずほ野市</name></author>".to_owned(),
        ),
        (
            "/robots.txt",
            "Sitemap: https://hyoka.example.jp/sitemap.xml".to_owned(),
        ),
        (
            "/opensearch.xml",
            "https://hyoka.example.jp/search?q={searchTerms}".to_owned(),
        ),
        (
            "/dataset.jsonld",
            format!("https://hyoka.example.jp/documents/{document}.csv"),
        ),
    ] {
        let (response, body) = public.get(path);
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        assert!(body.contains(&part), "{path}: {body}");
    }
    assert!(public.get("/robots.txt").1.contains("Disallow: /search\n"));
    let house = Pages::with(router(refresher.house.clone().expect("a door")));
    assert!(house.get("/robots.txt").1.ends_with("Disallow: /\n"));
    assert!(!house.get(&sheet).1.contains("canonical"));
    let papers = Pages::with(router(Door::new(Picture::in_house(sample_library()))));
    assert!(!papers.get("/").1.contains("canonical"));
}
