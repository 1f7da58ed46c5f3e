//! What is suggested while one types.

use crate::{entry, index_of};
use meguri_search::{Entry, Index};

fn index() -> Index {
    index_of([
        Entry {
            sections: vec!["子育て支援課".to_owned()],
            ..entry("/1", "子育て相談事業", "本文だけの言葉")
        },
        entry("/2", "子育て相談事業", ""),
        entry("/3", "子ども医療費助成", ""),
        Entry {
            names: vec!["ﾃﾞｰﾀ公開件数".to_owned()],
            ..entry("/4", "情報公開", "")
        },
        entry("/5", "地域子育て広場", ""),
    ])
}

#[test]
fn names_that_begin_with_the_text_come_before_those_that_hold_it() {
    let cases: &[(&str, &[&str])] = &[
        (
            "子育",
            &["子育て相談事業", "子育て支援課", "地域子育て広場"],
        ),
        (
            "こそ",
            &["子育て相談事業", "子育て支援課", "地域子育て広場"],
        ),
        ("コ", &[]),
        ("でーた", &["ﾃﾞｰﾀ公開件数"]),
        ("データ公", &["ﾃﾞｰﾀ公開件数"]),
        ("公開", &["情報公開", "ﾃﾞｰﾀ公開件数"]),
        ("医療費", &["子ども医療費助成"]),
        ("本文", &[]),
        ("課", &["子育て支援課"]),
        ("", &[]),
        (" ", &[]),
    ];
    let index = index();
    for (text, want) in cases {
        assert_eq!(
            index.suggest(text, 10).expect("suggestions"),
            *want,
            "{text}"
        );
    }
    assert_eq!(
        index.suggest("子", 1).expect("suggestions"),
        ["子育て相談事業"]
    );
}

#[test]
fn the_order_and_the_spelling_are_those_of_what_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let index = Index::in_folder(folder.path()).expect("an index");
    let named = |n: usize, name: &str| entry(&format!("/{n}"), name, "");
    let all = || {
        [
            named(1, "データ公開"),
            named(2, "ﾃﾞｰﾀ公開"),
            named(3, "ﾃﾞｰﾀ公開"),
            named(4, "データ相談"),
        ]
    };
    index.replace_all(all()).expect("written");
    let first = index.suggest("でーた", 10).expect("suggestions");
    assert_eq!(first, ["ﾃﾞｰﾀ公開", "データ相談"]);
    for _ in 0..3 {
        index
            .put([named(4, "データ相談"), named(1, "データ公開")])
            .expect("written again");
        assert_eq!(index.suggest("でーた", 10).expect("suggestions"), first);
    }
    index.remove(["/2", "/3"]).expect("removed");
    assert_eq!(
        index.suggest("ﾃﾞｰﾀ", 10).expect("suggestions"),
        ["データ公開", "データ相談"]
    );
}

#[test]
fn what_was_removed_is_no_longer_suggested() {
    let index = index();
    index.remove(["/1"]).expect("removed");
    assert_eq!(
        index.suggest("子育", 10).expect("suggestions"),
        ["子育て相談事業", "地域子育て広場"]
    );
    index.remove(["/2", "/5"]).expect("removed");
    assert!(index.suggest("子育", 10).expect("suggestions").is_empty());
}
