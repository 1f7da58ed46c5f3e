//! What stands first.

use crate::{addresses, entry, index_of, plan, query, search};
use meguri_search::{Entry, Filters, Sort};

/// A long text that mentions the word once.
fn mention(word: &str) -> String {
    format!(
        "{}{word}にも触れる。{}",
        "道路を直す。".repeat(20),
        "水路を見る。".repeat(20)
    )
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
        (
            "防災訓練",
            named,
            entry("/text", "道路", &mention("防災訓練")),
        ),
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
        (
            "災",
            entry("/titled", "防災", "道路。"),
            entry("/text", "道路", &mention("災")),
        ),
        (
            "データ",
            entry("/titled", "ﾃﾞｰﾀ活用", "道路。"),
            entry("/text", "道路", &mention("データ")),
        ),
    ];
    for (text, better, worse) in cases {
        let fillers = (0..20).map(|n| entry(&format!("/{n}"), "別", &mention("公園")));
        for pair in [
            [better.clone(), worse.clone()],
            [worse.clone(), better.clone()],
        ] {
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
    Entry {
        years: vec![year],
        ..entry(&format!("/{year}"), "防災訓練", "同じ文。")
    }
}

#[test]
fn among_equals_the_newest_year_stands_first() {
    let index = index_of([2021, 2024, 2019, 2023].map(of_year));
    for sort in [Sort::Rank, Sort::Newest] {
        for text in ["防災", ""] {
            let found = index
                .search(&crate::Query {
                    sort,
                    ..query(text)
                })
                .expect("found");
            assert_eq!(
                addresses(&found),
                ["/2024", "/2023", "/2021", "/2019"],
                "{text} {sort:?}"
            );
        }
    }
}

#[test]
fn leafing_shows_each_hit_once() {
    let index = index_of((1..=45).map(|n| entry(&format!("/{n}"), "防災", &"訓練。".repeat(n))));
    let mut seen = Vec::new();
    for first in [0, 20, 40, 60] {
        let found = index
            .search(&crate::Query {
                first,
                most: 20,
                ..query("防災")
            })
            .expect("found");
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
            years: vec![year],
            sections: vec![section.to_owned(), "共通課".to_owned()],
            states: vec![state.to_owned()],
            yen,
            plans: if n < 3 {
                plan("p4", "第四次計画")
            } else {
                Vec::new()
            },
            kind: if n == 0 { "指標" } else { "評価シート" }.to_owned(),
            ..entry(&format!("/{n}"), "訓練", "文。")
        });
    }
    entries
}

/// What filters ask for, and the addresses that fit.
fn filtered() -> Vec<(Filters, &'static [&'static str])> {
    let words = |list: &[&str]| {
        list.iter()
            .map(|word| (*word).to_owned())
            .collect::<Vec<_>>()
    };
    let none = Filters::default;
    let with = |change: &dyn Fn(&mut Filters)| {
        let mut filters = none();
        change(&mut filters);
        filters
    };
    vec![
        (none(), &["/0", "/1", "/2", "/3"]),
        (with(&|f| f.years = vec![2023]), &["/0", "/1"]),
        (
            with(&|f| f.years = vec![2023, 2024]),
            &["/0", "/1", "/2", "/3"],
        ),
        (with(&|f| f.plans = words(&["p4"])), &["/0", "/1", "/2"]),
        (
            Filters {
                sections: words(&["防災課"]),
                states: words(&["A", "拡大"]),
                ..none()
            },
            &["/0", "/3"],
        ),
        (with(&|f| f.kinds = words(&["指標"])), &["/0"]),
        (with(&|f| f.kinds = words(&["", "'; --"])), &[]),
        (with(&|f| f.yen_from = Some(1_000)), &["/0", "/1"]),
        (with(&|f| f.yen_to = Some(1_000)), &["/0", "/3"]),
        (
            Filters {
                yen_from: Some(i64::MIN),
                yen_to: Some(i64::MAX),
                ..none()
            },
            &["/0", "/1", "/3"],
        ),
        (
            Filters {
                yen_from: Some(9),
                yen_to: Some(1),
                ..none()
            },
            &[],
        ),
    ]
}

#[test]
fn filters_leave_what_fits_all_of_them() {
    let index = index_of(city());
    for (filters, want) in filtered() {
        for text in ["訓練", ""] {
            let query = crate::Query {
                filters: filters.clone(),
                ..query(text)
            };
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
        facets
            .iter()
            .map(|f| format!("{}={}:{}", f.key, f.label, f.count))
            .collect::<Vec<_>>()
    };
    assert_eq!(drawn(&facets.years), ["2024=2024:2", "2023=2023:2"]);
    assert_eq!(drawn(&facets.plans), ["p4=第四次計画:3"]);
    assert_eq!(
        drawn(&facets.sections),
        ["共通課=共通課:4", "防災課=防災課:3", "道路課=道路課:1"]
    );
    assert_eq!(drawn(&facets.states), ["A=A:2", "B=B:1", "拡大=拡大:1"]);
    assert_eq!(
        drawn(&facets.kinds),
        ["評価シート=評価シート:3", "指標=指標:1"]
    );
    let filters = Filters {
        years: vec![2023],
        ..Filters::default()
    };
    let found = index
        .search(&crate::Query {
            filters,
            ..query("")
        })
        .expect("found");
    assert_eq!(
        drawn(&found.facets.years),
        ["2024=2024:2", "2023=2023:2"],
        "others can be added"
    );
    assert_eq!(
        drawn(&found.facets.states),
        ["A=A:1", "B=B:1"],
        "and the rest is of the year"
    );
    let sections = vec!["道路課".to_owned()];
    let filters = Filters {
        years: vec![2024],
        sections,
        ..Filters::default()
    };
    let found = index
        .search(&crate::Query {
            filters,
            ..query("")
        })
        .expect("found");
    assert_eq!(found.total, 1);
    assert_eq!(drawn(&found.facets.years), ["2024=2024:1"]);
    let of_year = ["共通課=共通課:2", "道路課=道路課:1", "防災課=防災課:1"];
    assert_eq!(drawn(&found.facets.sections), of_year);
}

#[test]
fn one_entry_is_of_several_plans_and_years() {
    let plans = [plan("a", "甲計画"), plan("b", "乙計画")].concat();
    let both = Entry {
        plans,
        years: vec![2022, 2024, 2023],
        ..entry("/both", "訓練", "")
    };
    let one = Entry {
        plans: plan("a", "甲計画"),
        years: vec![2023],
        ..entry("/one", "訓練", "")
    };
    let index = index_of([one, both]);
    let of = |filters: Filters| {
        index
            .search(&crate::Query {
                filters,
                ..query("")
            })
            .expect("found")
    };
    let plans = vec!["b".to_owned()];
    assert_eq!(
        addresses(&of(Filters {
            plans,
            ..Filters::default()
        })),
        ["/both"]
    );
    assert_eq!(
        addresses(&of(Filters {
            years: vec![2022],
            ..Filters::default()
        })),
        ["/both"]
    );
    let all = of(Filters::default());
    assert_eq!(addresses(&all), ["/both", "/one"], "by the newest year");
    let counts = |facets: &[meguri_search::Facet]| {
        facets
            .iter()
            .map(|f| format!("{}:{}", f.key, f.count))
            .collect::<Vec<_>>()
    };
    assert_eq!(counts(&all.facets.plans), ["a:2", "b:1"]);
    assert_eq!(counts(&all.facets.years), ["2024:1", "2023:2", "2022:1"]);
}

#[test]
fn a_discount_decides_where_entries_fit_about_as_well() {
    let later = |address: &str, title: &str| Entry {
        discount: 20,
        ..entry(address, title, "")
    };
    let index = index_of([
        later("/projects/1", "防災訓練事業"),
        entry("/sheets/1", "防災訓練計画", ""),
        entry("/sheets/2", "道路", &mention("防災訓練")),
        entry("/sheets/3", "道路", &mention("防災訓練事業")),
    ]);
    let found = search(&index, "防災訓練");
    assert_eq!(
        addresses(&found).get(..2),
        Some(&["/sheets/1", "/projects/1"][..])
    );
    assert_eq!(
        addresses(&search(&index, "防災訓練事業")),
        ["/projects/1", "/sheets/3"]
    );
}

/// Equal entries under addresses that are not in the order in which they come.
fn equals(numbers: impl IntoIterator<Item = usize>) -> Vec<Entry> {
    let address = |n: usize| {
        if n.is_multiple_of(3) {
            format!("/projects/{n}")
        } else {
            format!("/sheets/{n}")
        }
    };
    numbers
        .into_iter()
        .map(|n| entry(&address(n), "防災訓練", "同じ文。"))
        .collect()
}

#[test]
fn equals_keep_their_order_whatever_was_written_when() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = crate::Index::in_folder(folder.path()).expect("an index");
    index.replace_all(equals(1..=60)).expect("written");
    let orders = |index: &crate::Index| {
        ["防災", "訓練 防災", "-道路", ""].map(|text| {
            let found = search(index, text);
            assert_eq!(found.total, 60, "{text}");
            addresses(&found)
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
    };
    let first = orders(&index);
    for order in &first {
        let sheets = order
            .iter()
            .filter_map(|a| a.strip_prefix("/sheets/")?.parse::<usize>().ok());
        assert!(sheets.is_sorted(), "that of the papers: {order:?}");
    }
    assert_eq!(orders(&index), first, "the same query twice");
    // Some are written again, some go and come back, in another order and in another part.
    index.put(equals([40, 7, 12])).expect("written");
    index.remove(["/sheets/2", "/projects/9"]).expect("removed");
    index.put(equals([9, 2])).expect("written");
    assert_eq!(orders(&index), first, "after changes");
    drop(index);
    let index = crate::Index::in_folder(folder.path()).expect("opened again");
    assert_eq!(orders(&index), first, "after a restart");
    assert_eq!(
        orders(&index_of(equals((1..=60).rev()))),
        first,
        "written the other way round"
    );
}

#[test]
fn filters_know_what_there_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = crate::Index::in_folder(folder.path()).expect("an index");
    index.replace_all(city()).expect("written");
    let filters = Filters {
        years: vec![1999, 2023, 2024],
        plans: vec!["p4".to_owned(), "p5".to_owned()],
        sections: vec!["道路課".to_owned(), "共通課".to_owned()],
        states: vec!["Z".to_owned()],
        yen_from: Some(1),
        ..Filters::default()
    };
    let (known, unknown) = index.snapshot().known(&filters).expect("read");
    assert_eq!(
        (known.years.as_slice(), unknown.years.as_slice()),
        (&[2023, 2024][..], &[1999][..])
    );
    assert_eq!(
        (known.plans, unknown.plans),
        (vec!["p4".to_owned()], vec!["p5".to_owned()])
    );
    assert_eq!(
        (known.states.len(), unknown.states.len(), known.yen_from),
        (0, 1, Some(1))
    );
    assert_eq!((known.sections.len(), unknown.sections.len()), (2, 0));
    // What was removed is not known any more, even while its words wait for the next merging.
    index.remove(["/2"]).expect("removed");
    let (_, unknown) = index.snapshot().known(&filters).expect("read");
    assert_eq!(unknown.sections, ["道路課"]);
}
