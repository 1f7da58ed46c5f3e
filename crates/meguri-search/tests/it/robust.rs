//! No query is an error, none is slow, none makes it panic.

use crate::{entry, index_of, query, search};
use meguri_search::{Index, Query};
use proptest::prelude::*;
use std::sync::LazyLock;

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    index_of((0..50).map(|n| entry(&format!("/{n}"), "防災 <訓練> & \"市民\"", "データ－ABC。")))
});

#[test]
fn absurd_queries_find_or_find_nothing() {
    let long = "防災訓練".repeat(3_000);
    let cases: &[(&str, bool)] = &[
        ("<", true),
        ("&", true),
        ("<訓練>", true),
        ("&amp;", false),
        ("'; DROP TABLE sheets; --", false),
        ("\"", true),
        ("\"\"\"", true),
        ("AND", false),
        ("NOT 防災", true),
        ("*", false),
        ("-", true),
        ("---", true),
        ("(", false),
        ("防災:訓練", true),
        ("👨‍👩‍👧‍👦", false),
        ("\u{202e}防\u{200f}災\u{202c}", true),
        ("\u{0}\u{1}\u{feff}", true),
        ("防\u{1}災", true),
        ("\u{3099}", true),
        (&long, false),
        ("", true),
    ];
    for (text, finds) in cases {
        assert_eq!(search(&INDEX, text).total > 0, *finds, "{text:.60}");
        INDEX.suggest(text, 10).expect("no text is an error");
    }
    assert!(search(&INDEX, &long).cut);
}

#[test]
fn absurd_pages_are_bounded() {
    for (first, most, hits) in [
        (0, 0, 0),
        (0, usize::MAX, 50),
        (usize::MAX, usize::MAX, 0),
        (49, 10, 1),
    ] {
        let found = INDEX
            .search(&Query {
                first,
                most,
                ..query("防災")
            })
            .expect("found");
        assert_eq!(
            (found.total, found.hits.len()),
            (50, hits),
            "{first} {most}"
        );
    }
    assert!(INDEX.suggest("防", usize::MAX).expect("suggestions").len() <= 20);
}

proptest! {
    #[test]
    fn any_text_is_a_query(text in any::<String>(), minus in any::<bool>()) {
        let text = if minus { format!("-{text}") } else { text };
        let found = INDEX.search(&query(&text)).expect("no query is an error");
        prop_assert!(found.hits.len() <= found.total);
        INDEX.suggest(&text, 5).expect("no text is an error");
    }
}
