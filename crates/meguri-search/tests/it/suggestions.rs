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
            names: vec!["ﾃﾞｰﾀ公開件数".to_owned()], ..entry("/4", "情報公開", "")
        },
        entry("/5", "地域子育て広場", ""),
    ])
}

#[test]
fn names_that_begin_with_the_text_come_before_those_that_hold_it() {
    let cases: &[(&str, &[&str])] = &[
        ("子育", &["子育て相談事業", "子育て支援課", "地域子育て広場"]),
        ("こそ", &[]),
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
        assert_eq!(index.suggest(text, 10).expect("suggestions"), *want, "{text}");
    }
    assert_eq!(index.suggest("子", 1).expect("suggestions"), ["子育て相談事業"]);
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
