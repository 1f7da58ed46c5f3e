//! The search, the feed and the other marks of a site, through the router: what they find, and that
//! nothing is in them that is not public.

mod daily;
mod index;
mod nonsense;
mod widened;

use super::html::{Checked, check};
use super::published::{City, by, context};
use super::{Pages, sample_library, walk};
use axum::http::StatusCode;
use meguri_app::actions::withdraw::withdraw;
use meguri_core::source::{Settled, Sourced};

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

/// How many sheets there are with some words.
fn sheets(pages: &Pages, words: &str) -> u64 {
    let kind = encoded("評価シート");
    let (_, body) = pages.get(&format!("/search.json?q={}&kind={kind}", encoded(words)));
    let found: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    found["total"].as_u64().expect("a number")
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
        format!(
            "/search.json?q={q}&kind={}&kind={}",
            encoded("事業"),
            encoded("指標")
        ),
        format!(
            "/search.json?kind={}&section={q}&section={q}",
            encoded("担当課")
        ),
        format!("/search.json?kind={}", encoded("分野")),
        format!("/suggest?q={q}"),
        "/suggest?q=%E6%96%BD".to_owned(),
        "/feed.atom".to_owned(),
        "/sitemap.xml".to_owned(),
        "/sitemaps/1.xml".to_owned(),
        "/dataset.jsonld".to_owned(),
        "/opensearch.xml".to_owned(),
        "/robots.txt".to_owned(),
    ];
    asked
        .into_iter()
        .map(|path| (path.clone(), pages.get(&path).1))
        .collect()
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
    let sourced = |text: String| Sourced {
        value: text,
        line: 1,
        settled: Settled::Confirmed,
    };
    city.runtime.block_on(async {
        let kept = city
            .city
            .sheet(sheet)
            .await
            .expect("read")
            .expect("it is there");
        let mut changed = kept.sheet.clone();
        changed.sections = vec![sourced(format!("{word}課"))];
        changed.indicators[0].name = Some(sourced(format!("{word}の指標")));
        city.city
            .edit_sheet(sheet, kept.version, &changed, &by())
            .await
            .expect("changed");
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
    assert!(
        csv.contains("評価シート") && csv.contains("/sheets/1"),
        "{csv}"
    );
    let (response, body) = pages.get(&format!("/suggest?q={}", encoded("放課")));
    assert_eq!(
        response.headers()["content-type"],
        "application/x-suggestions+json"
    );
    let suggested: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(suggested[0], "放課");
    assert!(
        suggested[1][0]
            .as_str()
            .is_some_and(|name| name.contains("放課")),
        "{body}"
    );
}

#[test]
fn filters_narrow_and_say_how_many_there_are() {
    let pages = Pages::of(sample_library());
    let all = find(&pages, "");
    let kinds = &all["fields"][0]["choices"];
    let kinds: Vec<&str> = kinds
        .as_array()
        .expect("kinds")
        .iter()
        .filter_map(|kind| kind["value"].as_str())
        .collect();
    for kind in ["評価シート", "計画・文書", "分野", "事業", "指標", "担当課"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    let get = |path: &str| -> serde_json::Value {
        serde_json::from_str(&pages.get(path).1).expect("JSON")
    };
    let of_year = get("/search.json?year=%E4%BB%A4%E5%92%8C6%E5%B9%B4%E5%BA%A6");
    assert!(of_year["total"].as_u64() < all["total"].as_u64() && of_year["total"] != 0);
    assert_eq!(
        of_year,
        get("/search.json?year=2024"),
        "a year as people write it"
    );
    let of_plan = get("/search.json?plan=midterm");
    let hits = of_plan["hits"].as_array().expect("hits");
    let plan = &of_plan["fields"][1]["choices"][0]["text"];
    assert!(
        plan.as_str().is_some_and(|text| text.contains('件')),
        "{plan}"
    );
    assert!(!hits.is_empty());
    let dear = get("/search.json?min=1%E5%84%84");
    let yen = |hit: &serde_json::Value| hit["yen"].as_i64().unwrap_or(0);
    assert!(
        dear["hits"]
            .as_array()
            .expect("hits")
            .iter()
            .all(|hit| yen(hit) >= 100_000_000)
    );
    let (_, page) = pages.get("/search?plan=midterm&year=2024");
    assert!(
        page.contains("外す") && page.contains("href=\"/search?plan=midterm\""),
        "{page}"
    );
}

#[test]
fn filters_take_several_values_under_one_address() {
    let pages = Pages::of(sample_library());
    let get = |path: &str| -> serde_json::Value {
        let (response, body) = pages.get(path);
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        serde_json::from_str(&body).expect("JSON")
    };
    let all = get("/search.json");
    let fields = all["fields"].as_array().expect("fields");
    for field in fields {
        let name = field["name"].as_str().expect("a name");
        let values = field["choices"].as_array().expect("choices").iter();
        let values: Vec<String> = values
            .filter_map(|c| Some(encoded(c["value"].as_str()?)))
            .take(2)
            .collect();
        let [first, second] = values.as_slice() else {
            panic!("{name}: {field}")
        };
        let total = |query: &str| get(&format!("/search.json?{query}"))["total"].as_u64();
        let (one, other) = (
            total(&format!("{name}={first}")),
            total(&format!("{name}={second}")),
        );
        let both = total(&format!("{name}={first}&{name}={second}"));
        assert!(
            both >= one.max(other) && both <= Some(one.unwrap() + other.unwrap()),
            "{name}"
        );
        // Whatever the order and however often: one search, one address, ways back one by one.
        let twice =
            format!("/search.json?{name}={second}&{name}={first}&{name}={second}&q=-%E7%84%A1");
        let once = format!("/search.json?q=-%E7%84%A1&{name}={first}&{name}={second}");
        assert_eq!(get(&twice), get(&once), "{name}");
        let chosen = get(&once)["chosen"].as_array().expect("links").clone();
        assert_eq!(chosen.len(), 2, "{name}: {chosen:?}");
        let ticked = |page: &serde_json::Value| {
            let field = page["fields"]
                .as_array()
                .and_then(|f| f.iter().find(|f| f["name"] == name).cloned());
            let choices = field.expect("the field")["choices"]
                .as_array()
                .expect("choices")
                .clone();
            choices
                .iter()
                .filter(|choice| choice["chosen"] == true)
                .count()
        };
        assert_eq!(ticked(&get(&once)), 2, "{name}");
        for link in &chosen {
            let href = link["href"].as_str().expect("an address");
            let less = get(&href.replace("/search?", "/search.json?"));
            assert_eq!(
                (ticked(&less), less["chosen"].as_array().map(Vec::len)),
                (1, Some(1))
            );
        }
    }
}

#[test]
fn a_year_in_three_spellings_is_one_filter() {
    let pages = Pages::of(sample_library());
    let (_, years) =
        pages.get("/search.json?year=R6&year=2024&year=%E4%BB%A4%E5%92%8C6%E5%B9%B4%E5%BA%A6");
    let years: serde_json::Value = serde_json::from_str(&years).expect("JSON");
    assert_eq!(
        years["chosen"].as_array().map(Vec::len),
        Some(1),
        "one year in three spellings"
    );
    let (_, page) = pages.get("/search?year=2024&kind=%E4%BA%8B%E6%A5%AD&min=1%E4%B8%87");
    assert!(
        !pages.get("/search").1.contains("次の結果へ"),
        "nothing is leafed through unasked"
    );
    assert!(
        page.contains("<fieldset>") && page.contains("<legend>年度</legend>"),
        "{page}"
    );
    assert!(
        page.contains("name=\"year\" value=\"2024\" checked"),
        "{page}"
    );
    assert!(
        page.contains("name=\"min\" type=\"text\" value=\"10000\""),
        "{page}"
    );
}

#[test]
fn the_same_search_gives_the_same_page() {
    let (first, second) = (Pages::of(sample_library()), Pages::of(sample_library()));
    for path in [
        "/search.json?q=%E4%BA%8B%E6%A5%AD",
        "/search.json?year=2024",
        "/suggest?q=%E5%AD%90",
    ] {
        let body = first.get(path).1;
        assert_eq!(first.get(path).1, body, "{path}");
        assert_eq!(second.get(path).1, body, "{path}");
    }
}

#[test]
fn suggestions_lead_to_projects_in_any_spelling() {
    let mut city = City::new("search-suggest");
    city.publish("");
    let project = city
        .public
        .get("/projects.csv")
        .1
        .lines()
        .nth(1)
        .map(|row| row.split(',').nth(1).unwrap_or_default().to_owned());
    let project = project.expect("a project");
    let start: String = project.chars().take(4).collect();
    let wide: String = start
        .chars()
        .map(|c| match c {
            'ぁ'..='ゖ' => char::from_u32(c as u32 + 0x60).unwrap_or(c),
            '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect();
    let names = |typed: &str| city.public.get(&format!("/suggest?q={}", encoded(typed))).1;
    assert!(
        names(&start).contains(&project),
        "{start}: {}",
        names(&start)
    );
    let list = |body: &str| body.split_once(',').map(|(_, names)| names.to_owned());
    assert_eq!(list(&names(&wide)), list(&names(&start)), "{wide}");
    // A project, an indicator and a section of the other paper are not suggested before it is public.
    let mut all_hidden = 0;
    for kind in ["projects", "indicators", "sections"] {
        let rows = |pages: &Pages| -> Vec<String> {
            let csv = pages.get(&format!("/{kind}.csv")).1;
            let name = |row: &str| {
                row.split(',')
                    .nth(1)
                    .unwrap_or_default()
                    .trim_matches('"')
                    .to_owned()
            };
            csv.lines().skip(1).map(name).collect()
        };
        let (public, house) = (rows(&city.public), rows(&city.house));
        let hidden: Vec<&String> = house.iter().filter(|name| !public.contains(name)).collect();
        all_hidden += hidden.len();
        for name in hidden {
            let suggested: serde_json::Value = serde_json::from_str(&names(name)).expect("JSON");
            let shown = suggested[1].as_array().expect("names").iter();
            assert!(
                !shown.into_iter().any(|shown| shown == name),
                "{kind}: {suggested}"
            );
        }
    }
    assert!(all_hidden > 0, "the other paper names something of its own");
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
    // What only the other paper names has no page and no entry; what both name has one.
    let addresses = |pages: &Pages| -> Vec<String> {
        let sitemap = pages.get("/sitemap.xml").1;
        let parts = sitemap
            .split("<loc>")
            .skip(1)
            .filter_map(|part| part.split("</loc>").next());
        parts.map(str::to_owned).collect()
    };
    let (public, house) = (addresses(&city.public), addresses(&city.house));
    let of = |all: &[String], kind: &str| all.iter().filter(|a| a.starts_with(kind)).count();
    for kind in ["/projects/", "/indicators/", "/sections/"] {
        assert!(
            0 < of(&public, kind) && of(&public, kind) <= of(&house, kind),
            "{kind}"
        );
    }
    assert!(
        of(&public, "/projects/") < of(&house, "/projects/"),
        "{public:?}"
    );
    for address in &public {
        assert_eq!(
            city.public.get(address).0.status(),
            StatusCode::OK,
            "{address}"
        );
    }
    let unpublished = format!("/documents/{}", city.saved[1].document);
    for path in [format!("/sheets/{hidden}"), unpublished.clone()] {
        let sitemap = city.public.get("/sitemap.xml").1;
        assert!(!sitemap.contains(&format!("{path}<")), "{path}: {sitemap}");
    }
    assert!(
        city.public
            .get("/sitemap.xml")
            .1
            .contains(&format!("/sheets/{shown}<"))
    );
    assert!(!city.public.get("/dataset.jsonld").1.contains(&unpublished));
}

#[test]
fn a_correction_takes_the_old_words_and_a_withdrawal_all_of_them() {
    let mut city = City::new("search-gone");
    let sheet = city.saved[0].sheets[0];
    mark(&city, sheet, "旧来甲");
    city.publish("");
    assert_eq!(sheets(&city.public, "旧来甲の指標"), 1);
    mark(&city, sheet, "新規乙");
    city.publish("課の名称の訂正");
    assert_eq!(sheets(&city.public, "新規乙の指標"), 1);
    assert_untold(&city.public, "旧来甲", &["旧来甲課", "旧来甲の指標"]);
    let feed = city.public.get("/feed.atom").1;
    assert!(feed.contains("の訂正を公表しました（第2版）"), "{feed}");
    assert!(feed.contains("<summary>課の名称の訂正</summary>"), "{feed}");
    assert_eq!(feed.matches("<entry>").count(), 2);
    let context = context();
    let done = withdraw(
        &city.city,
        "evaluation.txt",
        None,
        "準備が整っていないため",
        &context,
    );
    city.runtime.block_on(done).expect("withdrawn");
    city.look();
    assert_untold(
        &city.public,
        "新規乙",
        &["新規乙課", "新規乙の指標", "居場所"],
    );
    assert_eq!(count(&city.public, ""), 0);
    let feed = city.public.get("/feed.atom").1;
    assert!(feed.contains("公表を取り下げました") && feed.contains("準備が整っていないため"));
    assert!(
        !feed.contains("評価") && !feed.contains("課の名称の訂正"),
        "{feed}"
    );
    let sitemap = city.public.get("/sitemap.xml").1;
    for part in [
        "/sheets/",
        "/projects",
        "/indicators",
        "/sections",
        "/words",
        "/plans/",
    ] {
        assert!(!sitemap.contains(part), "{part}: {sitemap}");
    }
    walk(&city.public);
}
