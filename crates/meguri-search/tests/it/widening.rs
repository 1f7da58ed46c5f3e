//! What else is looked for beside the typed words, and what is said of it.

use crate::{addresses, entry, index_of, query, search};
use meguri_search::{Entry, Found, Index, Line, Query, WordList};
use std::sync::Arc;

fn town() -> Index {
    index_of([
        entry("/waste", "塵芥処理事業", "収集と運搬を委託する。"),
        entry("/nursery", "保育園の整備", "入所を待つ児童を減らす。"),
        entry(
            "/park",
            "公園の維持管理",
            "遊具を点検する。48,250千円、12件。",
        ),
        entry("/lecture", "市民講演会", "歴史を学ぶ。"),
        entry("/bus", "コミュニティバスの運行", "三丁目を通る。"),
        entry(
            "/allowance",
            "心身障がい者福祉手当",
            "申し込みを受け付ける。",
        ),
        Entry {
            years: vec![2023],
            ..entry("/year", "道路の舗装", "5億円を見込む。")
        },
    ])
}

/// The addresses in any order.
fn found(index: &Index, text: &str) -> Vec<String> {
    let found = search(index, text);
    let mut found: Vec<String> = addresses(&found).into_iter().map(str::to_owned).collect();
    found.sort();
    found
}

fn widened(found: &Found) -> Vec<(&str, Vec<&str>)> {
    let words = found.widened.iter();
    words
        .map(|word| {
            let also = word.also.iter().map(String::as_str).collect();
            (word.typed.as_str(), also)
        })
        .collect()
}

#[test]
fn words_of_daily_life_find_those_of_the_office_and_say_so() {
    let index = town();
    for (typed, address, also) in [
        ("ゴミ袋", "/waste", "塵芥処理"),
        ("ほいくえん", "/nursery", "保育園"),
        ("コミバス", "/bus", "コミュニティバス"),
    ] {
        let answer = search(&index, typed);
        assert_eq!(addresses(&answer).first(), Some(&address), "{typed}");
        let said = widened(&answer);
        assert!(
            said.iter()
                .any(|(word, words)| *word == typed && words.contains(&also)),
            "{typed}: {said:?}"
        );
    }
    assert_eq!(
        found(&index, "こうえん"),
        ["/lecture", "/park"],
        "read in two ways"
    );
}

#[test]
fn other_spellings_are_found_without_a_word() {
    let index = town();
    for (typed, address) in [
        ("コミュニティーバス", "/bus"),
        ("3丁目", "/bus"),
        ("障害者福祉手当", "/allowance"),
        ("申込み", "/allowance"),
        ("申込", "/allowance"),
        ("5億", "/year"),
        ("500,000千円", "/year"),
        ("500百万円", "/year"),
        ("48250千円", "/park"),
        ("4,825万円", "/park"),
        ("48250", "/park"),
        ("R5", "/year"),
        ("令和5年度 道路", "/year"),
        ("㋿5年度", "/year"),
        ("2023", "/year"),
    ] {
        let answer = search(&index, typed);
        assert_eq!(addresses(&answer), [address], "{typed}");
        assert!(
            answer.widened.is_empty() && answer.parted.is_empty(),
            "{typed}"
        );
    }
}

#[test]
fn phrases_and_unwanted_words_are_never_widened() {
    let index = town();
    for typed in [
        "\"ゴミ袋\"",
        "「ゴミ袋」",
        "『ほいくえん』",
        "\"48250\"",
        "“申込”",
        "\"障害者手当\"",
    ] {
        let answer = search(&index, typed);
        assert_eq!(answer.total, 0, "{typed}");
        assert!(answer.widened.is_empty() && answer.parted.is_empty() && !answer.some);
    }
    for typed in ["-ゴミ袋", "-ほいくえん", "-48250", "-障害者"] {
        let answer = search(&index, typed);
        assert_eq!(answer.total, 7, "{typed}");
        assert!(answer.widened.is_empty(), "{typed}");
    }
    assert_eq!(found(&index, "コミバス -塵芥"), ["/bus"]);
}

#[test]
fn long_words_are_taken_apart_only_where_hardly_anything_holds_them() {
    let index = town();
    let answer = search(&index, "公園の遊具");
    assert_eq!(addresses(&answer), ["/park"]);
    let answer = search(&index, "障害者手当");
    assert_eq!(addresses(&answer), ["/allowance"]);
    // A whole that is held often enough stays whole.
    let whole = (0..6).map(|n| entry(&format!("/{n}"), "資料の貸与", ""));
    let many = index_of(whole.chain([entry("/apart", "貸与", "資料を配る。")]));
    let answer = search(&many, "資料の貸与");
    assert_eq!((answer.total, answer.parted.len()), (6, 0));
}

#[test]
fn where_nothing_has_all_words_what_has_some_is_given() {
    let index = town();
    let answer = search(&index, "公園 塵芥");
    assert!(answer.some);
    assert_eq!(found(&index, "公園 塵芥"), ["/park", "/waste"]);
    let answer = search(&index, "公園 遊具");
    assert!(!answer.some, "all words are there");
    assert_eq!(addresses(&answer), ["/park"]);
    let answer = search(&index, "宇宙 ロケット");
    assert_eq!((answer.total, answer.some), (0, false));
}

#[test]
fn what_was_typed_stands_before_what_was_added() {
    let fillers = (0..20).map(|n| entry(&format!("/{n}"), "別の事業", "別の文。"));
    let index = index_of(fillers.chain([
        entry("/official", "塵芥処理事業", "収集を委託する。"),
        entry("/typed", "ごみ袋の配布", "配る。"),
        entry(
            "/mention",
            "別",
            &format!("{}ごみ袋にも触れる。", "道路を直す。".repeat(20)),
        ),
    ]));
    let answer = search(&index, "ごみ袋");
    let order = addresses(&answer);
    assert_eq!(order.first(), Some(&"/typed"), "{order:?}");
    assert_eq!(
        order.get(1),
        Some(&"/official"),
        "the thing before a mention: {order:?}"
    );
}

#[test]
fn a_word_that_titles_use_is_left_alone() {
    let titled = (0..10).map(|n| entry(&format!("/{n}"), &format!("防災{n}"), ""));
    let index = index_of(titled.chain([entry("/other", "危機管理", "災害に備える。")]));
    let answer = search(&index, "防災");
    assert_eq!((answer.total, answer.widened.len()), (10, 0));
}

#[test]
fn a_city_adds_its_own_words() {
    let index = index_of([entry("/bus", "コミュニティバスの運行", "")]);
    let words = WordList::parse("# 愛称\nにじバス → コミュニティバス\nコミバス ＝ コミ・ばす")
        .expect("sound");
    let ask = |text: &str, words: &WordList| {
        let words = Arc::new(words.clone());
        index
            .search(&Query {
                words,
                ..query(text)
            })
            .expect("no query is an error")
    };
    let answer = ask("にじバス", &words);
    assert_eq!(widened(&answer), [("にじバス", vec!["コミュニティバス"])]);
    assert_eq!(addresses(&answer), ["/bus"]);
    let answer = ask("にじバス", &WordList::default());
    assert!(
        answer.widened.iter().all(|word| word.typed != "にじバス"),
        "{answer:?}"
    );
}

#[test]
fn labels_are_shown_and_not_searched() {
    let mut line = Line::new("会計・予算", "");
    line.push_label("コード ");
    line.push("081107");
    line.push("、");
    line.push_label("実績 ");
    line.push("12人");
    let labelled = Entry {
        lines: vec![line],
        ..entry("/it", "公園", "")
    };
    let index = index_of([labelled]);
    for label in [
        "会計",
        "\"予算\"",
        "コード",
        "実績",
        "\"07、実\"",
        "\"績 12\"",
    ] {
        assert_eq!(search(&index, label).total, 0, "{label}");
    }
    for value in ["081107", "12人"] {
        let answer = search(&index, value);
        assert_eq!(answer.total, 1, "{value}");
        let shown: String = answer.hits[0].snippets[0]
            .pieces
            .iter()
            .map(|p| p.text.as_str())
            .collect();
        assert_eq!(shown, "コード 081107、実績 12人");
    }
}

#[test]
fn names_like_a_slip_are_offered_and_others_are_not() {
    let index = town();
    let near = |text: &str| index.snapshot().near(text, 5).expect("read");
    assert_eq!(near("コミニティバスの運行"), ["コミュニティバスの運行"]);
    assert_eq!(near("公園の維時管理"), ["公園の維持管理"]);
    for other in ["としょかん", "宇宙ロケット", "", "園"] {
        assert!(near(other).is_empty(), "{other}");
    }
}
