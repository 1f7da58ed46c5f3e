use super::*;

fn line(text: &str) -> Line {
    Line::new("概要", text)
}

fn words(words: &[&str]) -> Vec<Vec<String>> {
    words
        .iter()
        .map(|word| vec![crate::normal::normal(word)])
        .collect()
}

/// The snippet as a text with the marks in brackets.
fn drawn(snippet: &Snippet) -> String {
    let before = if snippet.more_before { "…" } else { "" };
    let after = if snippet.more_after { "…" } else { "" };
    format!("{before}{}{after}", joined(&snippet.pieces))
}

fn joined(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|p| {
            if p.marked {
                format!("[{}]", p.text)
            } else {
                p.text.clone()
            }
        })
        .collect()
}

#[test]
fn marks_keep_the_spelling_of_the_text() {
    let cases: &[(&str, &[&str], &str)] = &[
        (
            "髙齢者のﾃﾞｰﾀを集める",
            &["高齢者", "データ"],
            "[髙齢者]の[ﾃﾞｰﾀ]を集める",
        ),
        (
            "子育て\n支援を行う",
            &["子育て支援"],
            "[子育て\n支援]を行う",
        ),
        ("支援支援", &["支援"], "[支援支援]"),
        ("市民活動", &["市民", "民活"], "[市民活]動"),
        ("Ｏｐｅｎ　Ｄａｔａ", &["open data"], "[Ｏｐｅｎ　Ｄａｔａ]"),
        ("葛\u{e0100}飾", &["葛"], "[葛\u{e0100}]飾"),
        ("ない", &["支援"], "ない"),
        ("<b>&amp;", &["&"], "<b>[&]amp;"),
        ("", &["支援"], ""),
    ];
    for (text, query, want) in cases {
        assert_eq!(joined(&marked(text, &words(query))), *want, "{text}");
    }
}

#[test]
fn a_snippet_shows_the_words_and_is_short() {
    let filler = "あいうえおかきくけこ".repeat(40);
    let text = format!("{filler}。防災の訓練を行う。{filler}、避難所を開く。{filler}");
    let shown = snippets(&[line("別の行"), line(&text)], &words(&["防災", "避難所"]));
    assert_eq!(shown.len(), 2);
    assert!(
        drawn(&shown[0]).starts_with("…[防災]の訓練を行う。"),
        "{}",
        drawn(&shown[0])
    );
    assert!(
        drawn(&shown[1]).contains("[避難所]を開く。"),
        "{}",
        drawn(&shown[1])
    );
    for snippet in &shown {
        let length: usize = snippet
            .pieces
            .iter()
            .map(|piece| piece.text.chars().count())
            .sum();
        assert!(length <= LONGEST, "{length}");
        assert_eq!(snippet.label, "概要");
        assert!(snippet.more_before && snippet.more_after);
    }
}

#[test]
fn a_word_beyond_the_first_window_gets_its_own() {
    let text = format!("支援{}支援", "、あいう".repeat(60));
    let shown = snippets(&[line(&text)], &words(&["支援"]));
    let drawn: Vec<String> = shown.iter().map(drawn).collect();
    assert_eq!(drawn.len(), 2);
    assert!(
        drawn[0].starts_with("[支援]、あいう") && drawn[0].ends_with("、…"),
        "{drawn:?}"
    );
    assert!(drawn[1].ends_with("、あいう[支援]"), "{drawn:?}");
}

#[test]
fn an_entry_found_by_its_title_shows_how_its_text_begins() {
    let shown = snippets(&[line(" "), line("市民の活動")], &words(&["支援"]));
    assert_eq!(shown.iter().map(drawn).collect::<Vec<_>>(), ["市民の活動"]);
    assert!(snippets(&[], &words(&["支援"])).is_empty());
}

#[test]
fn no_cell_is_cut() {
    let text = "か\u{3099}👨\u{200d}👩葛\u{e0100}".repeat(100);
    for shown in snippets(&[line(&text)], &words(&["が"])) {
        let shown: String = shown
            .pieces
            .iter()
            .map(|piece| piece.text.as_str())
            .collect();
        let first = shown.chars().next().expect("some text");
        assert!(
            !matches!(first, '\u{3099}' | '\u{200d}' | '\u{e0100}'),
            "{first:?}"
        );
        assert!(text.contains(&shown));
        assert!(!shown.ends_with('か') && !shown.ends_with('\u{200d}') && !shown.ends_with('葛'));
    }
}
