//! What stands first.

use crate::{addresses, entry, index_of, plan, query, search};
use meguri_search::{Entry, Filters, Sort};

/// A long text that mentions the word once.
fn mention(word: &str) -> String {
    format!("{}{word}にも触れる。{}", "道路を直す。".repeat(20), "水路を見る。".repeat(20))
}

#[test]
fn the_better_hit_stands_first() {
    let named = Entry {
        names: vec!["防災訓練の参加者数".to_owned()],
        ..entry("/named", "地域の事業", "道路を直す。")
    };
    let cases: Vec<(&str, Entry, Entry)> = vec![
        (
            "防災訓練",
            entry("/titled", "防災訓練事業", "道路を直す。"),
            entry("/text", "道路", &mention("防災訓練")),
        ),
        ("防災訓練", named, entry("/text", "道路", &mention("防災訓練"))),
        (
            "防災",
            entry("/often", "道路", "防災の防災による防災。"),
            entry("/once", "道路", &mention("防災")),
        ),
        (
            "防災 訓練",
            entry("/together", "道路", &mention("防災訓練")),
            entry("/apart", "道路", &format!("訓練{}", mention("防災"))),
        ),
        ("災", entry("/titled", "防災", "道路。"), entry("/text", "道路", &mention("災"))),
        (
            "データ",
            entry("/titled", "ﾃﾞｰﾀ活用", "道路。"),
            entry("/text", "道路", &mention("データ")),
        ),
    ];
    for (text, better, worse) in cases {
        let fillers = (0..20).map(|n| entry(&format!("/{n}"), "別", &mention("公園")));
        for pair in [[better.clone(), worse.clone()], [worse.clone(), better.clone()]] {
            let index = index_of(pair.into_iter().chain(fillers.clone()));
            let found = search(&index, text);
            assert_eq!(
                addresses(&found),
                [better.address.as_str(), worse.address.as_str()],
                "{text}"
            );
        }
    }
}

fn of_year(year: u16) -> Entry {
    Entry { year: Some(year), ..entry(&format!("/{year}"), "防災訓練", "同じ文。") }
}

#[test]
fn among_equals_the_newest_year_stands_first() {
    let index = index_of([2021, 2024, 2019, 2023].map(of_year));
    for sort in [Sort::Rank, Sort::Newest] {
        for text in ["防災", ""] {
            let found = index.search(&crate::Query { sort, ..query(text) }).expect("found");
            assert_eq!(addresses(&found), ["/2024", "/2023", "/2021", "/2019"], "{text} {sort:?}");
        }
    }
}

#[test]
fn leafing_shows_each_hit_once() {
    let index = index_of((1..=45).map(|n| entry(&format!("/{n}"), "防災", &"訓練。".repeat(n))));
    let mut seen = Vec::new();
    for first in [0, 20, 40, 60] {
        let found =
            index.search(&crate::Query { first, most: 20, ..query("防災") }).expect("found");
        assert_eq!(found.total, 45);
        seen.extend(found.hits.into_iter().map(|hit| hit.address));
    }
    assert_eq!(seen.len(), 45);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 45);
}

fn city() -> Vec<Entry> {
    let mut entries = Vec::new();
    for (n, (year, section, state, yen)) in [
        (2023, "防災課", "A", Some(1_000)),
        (2023, "防災課", "B", Some(5_000)),
        (2024, "道路課", "A", None),
        (2024, "防災課", "拡大", Some(-200)),
    ]
    .into_iter()
    .enumerate()
    {
        entries.push(Entry {
            year: Some(year),
            sections: vec![section.to_owned(), "共通課".to_owned()],
            states: vec![state.to_owned()],
            yen,
            plan: if n < 3 { plan("p4", "第四次計画") } else { None },
            kind: if n == 0 { "指標" } else { "評価シート" }.to_owned(),
            ..entry(&format!("/{n}"), "訓練", "文。")
        });
    }
    entries
}

#[test]
fn filters_leave_what_fits_all_of_them() {
    let index = index_of(city());
    let words = |list: &[&str]| list.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let none = Filters::default;
    let cases: Vec<(Filters, &[&str])> = vec![
        (none(), &["/0", "/1", "/2", "/3"]),
        (Filters { years: vec![2023], ..none() }, &["/0", "/1"]),
        (Filters { years: vec![2023, 2024], ..none() }, &["/0", "/1", "/2", "/3"]),
        (Filters { plans: words(&["p4"]), ..none() }, &["/0", "/1", "/2"]),
        (
            Filters { sections: words(&["防災課"]), states: words(&["A", "拡大"]), ..none() },
            &["/0", "/3"],
        ),
        (Filters { kinds: words(&["指標"]), ..none() }, &["/0"]),
        (Filters { kinds: words(&["", "'; --"]), ..none() }, &[]),
        (Filters { yen_from: Some(1_000), ..none() }, &["/0", "/1"]),
        (Filters { yen_to: Some(1_000), ..none() }, &["/0", "/3"]),
        (
            Filters { yen_from: Some(i64::MIN), yen_to: Some(i64::MAX), ..none() },
            &["/0", "/1", "/3"],
        ),
        (Filters { yen_from: Some(9), yen_to: Some(1), ..none() }, &[]),
    ];
    for (filters, want) in cases {
        for text in ["訓練", ""] {
            let query = crate::Query { filters: filters.clone(), ..query(text) };
            let found = index.search(&query).expect("found");
            let mut seen = addresses(&found);
            seen.sort_unstable();
            assert_eq!(seen, want, "{filters:?} {text}");
        }
    }
}

#[test]
fn facets_count_what_fits() {
    let index = index_of(city());
    let facets = search(&index, "訓練").facets;
    let drawn = |facets: &[meguri_search::Facet]| {
        facets.iter().map(|f| format!("{}={}:{}", f.key, f.label, f.count)).collect::<Vec<_>>()
    };
    assert_eq!(drawn(&facets.years), ["2024=2024:2", "2023=2023:2"]);
    assert_eq!(drawn(&facets.plans), ["p4=第四次計画:3"]);
    assert_eq!(drawn(&facets.sections), ["共通課=共通課:4", "防災課=防災課:3", "道路課=道路課:1"]);
    assert_eq!(drawn(&facets.states), ["A=A:2", "B=B:1", "拡大=拡大:1"]);
    assert_eq!(drawn(&facets.kinds), ["評価シート=評価シート:3", "指標=指標:1"]);
    let filters = Filters { years: vec![2023], ..Filters::default() };
    let found = index.search(&crate::Query { filters, ..query("") }).expect("found");
    assert_eq!(drawn(&found.facets.years), ["2023=2023:2"]);
}
