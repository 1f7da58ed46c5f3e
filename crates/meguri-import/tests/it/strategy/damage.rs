//! What the reader makes of documents with pages or lines missing, repeated, moved or cut.

use super::{assert_whole, letters, pages, paper, read_text, real_text};
use meguri_import::documents::strategy::{StrategyReading, likeness, read};
use meguri_import::printed::to_json;
use meguri_import::source_text::SourceText;

/// Pieces of the form, whole and broken.
const PIECES: &[&str] = &[
    "施策 ",
    "番号 ",
    "名称 内容 ",
    "所管課 ",
    "（関連課） ",
    "進捗状況 平成 30年度までの実施等状況 ",
    "基本目標１「」",
    "基本目標２ 「あ",
    "基本目標",
    "基本目標十一 い",
    "① ",
    "①",
    "② う ",
    "(3) え",
    "(",
    "（",
    "1 ",
    "１",
    "2 お ",
    "999 か",
    "4294967296 き",
    "【平成 29年度】 ",
    "【令和元年度】く",
    "【】",
    "【",
    "】",
    "【平成 99999999999年度】",
    "・",
    "・け。 ",
    "こ",
    "さしす、 ",
    "実施中 ",
    "農政課 実施中 ",
    "農政課 ",
    "農政課、",
    "）",
    "税務課） ",
    "（各課 ",
    "≪せ≫ ",
    "≪",
    "≫",
    "－",
    "- 3 -",
    "",
    " ",
    "\u{c}",
    "\u{c}施策 ",
    "そ た ち ",
    "🚲",
    "e\u{301}",
    "\u{3000}",
    "\u{feff}",
    "1-2 つ",
    "総合戦略 一覧",
    "て（と）",
];

#[test]
fn repeated_pages_change_nothing() {
    for seed in 0..20 {
        let paper = paper(seed, 24, 0);
        let pages = pages(&paper.text);
        let twice: String = pages.iter().flat_map(|page| [*page, *page]).collect();
        assert_whole(
            &paper.truth,
            &twice,
            &format!("seed {seed}, each page twice"),
        );
        let again = format!("{}{}", paper.text, pages[1..].concat());
        assert_whole(
            &paper.truth,
            &again,
            &format!("seed {seed}, all pages again"),
        );
    }
}

/// Every value that is read stands in the text, and no measure takes another's.
fn assert_honest(text: &str, case: &str) {
    let printed = letters(text);
    for goal in &read_text(text).goals {
        for measure in goal.groups.iter().flat_map(|group| &group.measures) {
            let cells = measure
                .name
                .iter()
                .chain(&measure.sections)
                .chain(&measure.status);
            for cell in cells {
                assert!(printed.contains(&letters(cell.value())), "{case}: {cell:?}");
            }
        }
    }
}

#[test]
fn missing_and_shuffled_pages_are_survived() {
    for seed in 0..12 {
        let paper = paper(seed, 24, 60);
        let mut pages = pages(&paper.text);
        for lost in 0..pages.len() {
            let rest: String = pages
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != lost)
                .map(|(_, page)| *page)
                .collect();
            let case = format!("seed {seed} without page {lost}");
            assert_honest(&rest, &case);
            assert!(
                rest.trim().is_empty() || likeness(&SourceText::from_text(&rest)) > 0,
                "{case}"
            );
        }
        pages.reverse();
        read_text(&pages.concat());
        let odd: Vec<&str> = pages.iter().step_by(2).copied().collect();
        pages.extend(odd);
        read_text(&pages.concat());
    }
}

#[test]
fn a_missing_page_costs_its_own_measures_only() {
    for seed in 0..10 {
        let paper = paper(seed, 40, 0);
        let pages = pages(&paper.text);
        let whole = measures(&read_text(&paper.text));
        for lost in 0..pages.len() {
            let rest: String = pages
                .iter()
                .enumerate()
                .filter(|(i, _)| *i != lost)
                .map(|(_, page)| *page)
                .collect();
            let found = measures(&read_text(&rest));
            let on_page = measures(&read_text(pages[lost]));
            assert_eq!(
                found.len() + on_page.len(),
                whole.len(),
                "seed {seed} page {lost}"
            );
            for measure in &found {
                assert!(
                    whole.contains(measure),
                    "seed {seed} page {lost}\n{measure}"
                );
            }
        }
    }
}

/// A line that is lost costs one measure at most; all others stay as they are.
fn assert_local_damage(text: &str, step: usize, case: &str) {
    let whole = measures(&read_text(text));
    let lines: Vec<&str> = text.lines().collect();
    for lost in (0..lines.len()).step_by(step) {
        let rest: Vec<&str> = [&lines[..lost], &lines[lost + 1..]].concat();
        let found = measures(&read_text(&rest.join("\n")));
        let kept = whole
            .iter()
            .filter(|measure| found.contains(measure))
            .count();
        let line = lines[lost];
        assert!(
            kept + 1 >= whole.len(),
            "{case}: {} {line:?}: {kept}",
            lost + 1
        );
        assert!(
            found.len() <= whole.len() + 1,
            "{case}: {} {line:?}",
            lost + 1
        );
    }
}

#[test]
fn a_lost_line_costs_one_measure_at_most() {
    for seed in 0..6 {
        assert_local_damage(&paper(seed, 8, 30).text, 5, &format!("seed {seed}"));
    }
    if let Some(text) = real_text() {
        assert_local_damage(&text, 29, "the real document");
    }
}

/// The measures of a reading as texts without places, wherever they stand.
fn measures(reading: &StrategyReading) -> Vec<String> {
    let json = to_json(reading);
    let goals = json["goals"].as_array().into_iter().flatten();
    let groups = goals.flat_map(|goal| goal["groups"].as_array().into_iter().flatten());
    let measures = groups.flat_map(|group| group["measures"].as_array().into_iter().flatten());
    measures.map(ToString::to_string).collect()
}

#[test]
fn a_document_cut_anywhere_is_read_as_far_as_it_goes() {
    for (seed, tearing) in [(1, 0), (2, 100), (3, 60)] {
        let text = paper(seed, 8, tearing).text;
        for (at, _) in text.char_indices().step_by(17) {
            assert_honest(&text[..at], &format!("seed {seed} cut at {at}"));
            read_text(&text[at..]);
        }
    }
    let Some(text) = real_text() else { return };
    let whole = measures(&read_text(&text));
    for (at, _) in text.char_indices().step_by(397) {
        let found = measures(&read_text(&text[..at]));
        let kept = found.len().saturating_sub(1);
        assert_eq!(found[..kept], whole[..kept], "cut at {at}");
        let rest = measures(&read_text(&text[at..]));
        let lost = whole.len() - rest.len().min(whole.len());
        assert_eq!(rest.get(1..), whole.get(lost + 1..), "from {at}");
    }
}

#[test]
fn pieces_of_the_form_in_any_order_do_not_stop_the_reader() {
    let mut state = 1u64;
    for _ in 0..3000 {
        let mut text = String::new();
        for _ in 0..40 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let index = usize::try_from(state >> 33).unwrap_or(0) % PIECES.len();
            text.push_str(PIECES[index]);
            if state >> 60 != 0 {
                text.push('\n');
            }
        }
        let source = SourceText::from_text(&text);
        assert!(likeness(&source) < 1000);
        assert!(to_json(&read(&source)).is_object());
    }
}
