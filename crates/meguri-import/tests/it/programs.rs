//! The reader of the family `programs`.

mod grades;

use crate::score::score;
use crate::shared;
use meguri_import::documents::programs::likeness;
use meguri_import::source_text::SourceText;
use meguri_papers::{Paper, Shape, programs};
use serde_json::Value;
use std::collections::BTreeMap;

fn paper(seed: u64, units: usize, tearing: u32) -> Paper {
    programs::generate(&Shape {
        seed,
        units,
        tearing,
    })
}

#[test]
fn the_real_document_is_read_as_its_gold_says() {
    shared::assert_gold("programs", "programs_r4");
}

fn list<'v>(value: &'v Value, field: &str) -> &'v [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

fn number(value: &Value, field: &str) -> u64 {
    value[field].as_u64().unwrap_or(u64::MAX)
}

#[test]
fn the_whole_real_document_adds_up() {
    let Some(read) = shared::read_seed("programs", "programs_r4") else {
        return;
    };
    let all = list(&read, "programs");
    let numbers: Vec<u64> = all.iter().map(|program| number(program, "no")).collect();
    assert_eq!(numbers, (1..=28).collect::<Vec<_>>());
    assert_eq!(list(&read, "unresolved").len(), 0);
    for program in all {
        let no = number(program, "no");
        let scheduled = program["kind"] == "実施";
        assert_eq!(scheduled, no <= 20, "{no}");
        assert_eq!(program["grade"].is_string(), scheduled, "{no}");
        assert_eq!(list(program, "items").is_empty(), !scheduled, "{no}");
        for field in ["orientation", "initial_plan", "achievements", "issues"] {
            assert!(!list(program, field).is_empty(), "{no} {field}");
        }
        for cell in list(program, "orientation")
            .iter()
            .chain(list(program, "items"))
        {
            assert!(!cell.as_str().unwrap_or("。").contains('。'), "{no} {cell}");
        }
        for field in ["initial_plan", "achievements", "issues"] {
            for cell in list(program, field) {
                let text = cell.as_str().unwrap_or_default();
                assert!(text.ends_with(['。', '）']), "{no} {field} {text}");
                assert!(
                    !text.starts_with('・') && !text.ends_with('A'),
                    "{no} {text}"
                );
            }
        }
    }
    assert_summary_counts(&read);
}

/// The summary counts what the table shows, direction by direction.
fn assert_summary_counts(read: &Value) {
    for row in list(&read["summary"], "rows") {
        let under: Vec<&Value> = list(read, "programs")
            .iter()
            .filter(|p| p["kind"] == "実施" && p["direction"] == row["direction"])
            .collect();
        assert_eq!(under.len() as u64, number(row, "programs"));
        for grade in ["S", "A", "B"] {
            let count = under.iter().filter(|p| p["grade"] == grade).count();
            assert_eq!(count as u64, number(row, grade), "{row} {grade}");
        }
    }
    let late: Vec<u64> = list(read, "delayed")
        .iter()
        .map(|row| number(row, "no"))
        .collect();
    assert_eq!(late, [8, 12]);
    let total = &read["summary"]["total"];
    assert_eq!((number(total, "A"), number(total, "B")), (18, 2));
}

#[test]
fn the_real_document_loses_no_text() {
    let Some(folder) = shared::folder() else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("seeds/programs_r4.txt"));
    let text = text.expect("the seed can be read");
    let read = shared::read("programs", &text);
    let squeeze = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let mut kept = squeeze(&read.to_string());
    kept.retain(|c| c != '・');
    let table = text.split_once("方向性１ ").map_or("", |(_, table)| table);
    let titles = |line: &&str| line.contains('。') && !line.contains("◇◆");
    for line in table.lines().filter(titles) {
        for sentence in squeeze(line).split(['・', 'A']) {
            assert!(kept.contains(sentence), "{line}");
        }
    }
}

#[test]
fn the_real_document_reads_the_same_in_other_dress() {
    let Some(folder) = shared::folder() else {
        return;
    };
    let text = std::fs::read_to_string(folder.join("seeds/programs_r4.txt"));
    let text = text.expect("the seed can be read");
    let mut plain = shared::read("programs", &text);
    forget_places(&mut plain);
    let stripped: Vec<&str> = text.lines().map(str::trim_end).collect();
    let dresses = [
        ("CRLF", text.replace('\n', "\r\n")),
        ("form feeds", text.replace("\n\n\n\n", "\n\u{c}")),
        ("no spaces at line ends", stripped.join("\n")),
        (
            "no empty lines",
            text.replace("\n\n", "\n").replace("\n\n", "\n"),
        ),
        ("a page twice", twice(&text)),
    ];
    for (name, dress) in dresses {
        let mut read = shared::read("programs", &dress);
        forget_places(&mut read);
        let score = score(&plain, &read);
        assert!(score.differences.is_empty(), "{name}\n{score}");
    }
}

/// What the dress of a document may change.
fn forget_places(read: &mut Value) {
    if let Some(object) = read.as_object_mut() {
        object.remove("provenance");
        object.remove("schedule_words");
        object.remove("unread");
    }
}

fn twice(text: &str) -> String {
    let pages: Vec<&str> = text.split("\n\n\n\n").collect();
    pages
        .iter()
        .flat_map(|page| [*page, *page])
        .collect::<Vec<_>>()
        .join("\n\n\n\n")
}

fn assert_paper(seed: u64, units: usize, tearing: u32) -> (usize, usize) {
    let paper = paper(seed, units, tearing);
    let read = shared::read("programs", &paper.text);
    let score = score(&paper.truth, &read);
    let place = format!("seed {seed}, {units} units, tearing {tearing}\n{score}");
    assert_eq!(score.figures.right, score.figures.all, "figures: {place}");
    assert_eq!(score.names.right, score.names.all, "names: {place}");
    assert_eq!(score.invented(), 0, "invented: {place}");
    assert!(
        score.prose.right * 100 >= score.prose.all * 99,
        "prose: {place}"
    );
    (score.prose.right, score.prose.all)
}

#[test]
fn papers_of_every_tearing_are_read_as_they_were_made() {
    let (mut right, mut all) = (0, 0);
    for tearing in [0, 30, 100] {
        for seed in 0..100 {
            let units = 1 + usize::try_from(seed).unwrap_or(0) * 7 % 41;
            let (r, a) = assert_paper(seed, units, tearing);
            right += r;
            all += a;
        }
    }
    eprintln!("prose {right}/{all}");
}

#[test]
fn a_lost_grade_is_named_and_not_guessed() {
    let mut lost = 0;
    for seed in 0..40 {
        let paper = paper(seed, 30, 100);
        let read = shared::read("programs", &paper.text);
        for program in list(&paper.truth, "programs") {
            if program["kind"] == "実施" && program["grade"].is_null() {
                lost += 1;
                let place = format!("program {}", program["no"]);
                let named = list(&read, "unresolved")
                    .iter()
                    .any(|u| u["where"] == place.as_str() && u["field"] == "grade");
                assert!(named, "seed {seed} {place}");
            }
        }
    }
    assert!(lost > 0, "some grade is lost");
}

#[test]
fn every_value_stands_on_its_line() {
    for seed in 0..20 {
        let paper = paper(seed, 12, 60);
        let source = SourceText::from_text(&paper.text);
        let read = shared::read("programs", &paper.text);
        let provenance = read["provenance"].as_object().expect("a provenance");
        for (pointer, origin) in provenance {
            let line = u32::try_from(number(origin, "line")).unwrap_or(0);
            let text = folded(source.line(line));
            let value = read.pointer(pointer).expect("a value");
            let value = folded(&value.as_str().map_or(value.to_string(), str::to_owned));
            // A value over several lines begins on its first.
            let begins = (1..=value.len())
                .rev()
                .filter_map(|end| value.get(..end))
                .any(|head| text.contains(head));
            assert!(
                begins,
                "seed {seed} {pointer}: {value} not on line {line}: {text}"
            );
        }
    }
}

/// Without white space, circled and full-width figures folded.
fn folded(text: &str) -> String {
    meguri_core::text::narrow(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| meguri_core::text::circled_value(c).map_or(c.to_string(), |n| n.to_string()))
        .collect()
}

#[test]
fn no_cut_and_no_disorder_of_pages_stops_the_reader() {
    let paper = paper(3, 9, 80);
    let boundaries: Vec<usize> = paper.text.char_indices().map(|(at, _)| at).collect();
    for cut in boundaries.iter().step_by(23) {
        for part in [paper.text.get(..*cut), paper.text.get(*cut..)] {
            let read = shared::read("programs", part.unwrap_or_default());
            assert!(list(&read, "programs").len() <= 9);
        }
    }
    shared::read("programs", &self::paper(1, 0, 500).text);
    let lines: Vec<&str> = paper.text.lines().collect();
    let mut rng = fastrand_like(7);
    for _ in 0..60 {
        let mut mixed = lines.clone();
        let (a, b) = (rng(lines.len()), rng(lines.len()));
        mixed.rotate_left(a);
        mixed.swap(a, b);
        mixed.truncate(b + 1);
        shared::read("programs", &mixed.join("\n"));
    }
}

/// A small generator of places, so that a failure can be repeated.
fn fastrand_like(seed: usize) -> impl FnMut(usize) -> usize {
    let mut state = seed;
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_041);
        (state >> 33) % below.max(1)
    }
}

#[test]
fn pages_in_any_order_give_the_same_programmes() {
    for seed in 0..30 {
        let paper = paper(seed, 24, 30);
        let feeds = paper.text.contains('\u{c}');
        let (split, join) = if feeds {
            ("\u{c}", "\u{c}")
        } else {
            ("\n\n\n\n", "\n\n\n\n")
        };
        let mut pages: Vec<&str> = paper.text.split(split).collect();
        pages.reverse();
        let read = shared::read("programs", &pages.join(join));
        let truth: BTreeMap<u64, &Value> = by_number(&paper.truth);
        let found = by_number(&read);
        assert_eq!(
            truth.keys().collect::<Vec<_>>(),
            found.keys().collect::<Vec<_>>(),
            "seed {seed}"
        );
        for (no, program) in found {
            let right = &truth[&no];
            for field in ["name", "kind", "grade"] {
                assert_eq!(
                    squeezed(&program[field]),
                    squeezed(&right[field]),
                    "seed {seed} no {no}"
                );
            }
            let direction = &program["direction"];
            assert!(
                direction.is_null() || direction == &right["direction"],
                "seed {seed} no {no}: direction {direction}"
            );
        }
    }
}

fn by_number(value: &Value) -> BTreeMap<u64, &Value> {
    let programs = list(value, "programs").iter();
    programs
        .map(|program| (number(program, "no"), program))
        .collect()
}

fn squeezed(value: &Value) -> String {
    value
        .to_string()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

#[test]
fn the_family_is_known_whole_and_cut_and_no_other_is() {
    for seed in 0..20 {
        let paper = paper(seed, 12, 50);
        assert!(likeness(&SourceText::from_text(&paper.text)) > 0);
        let half = paper
            .text
            .char_indices()
            .nth(paper.text.chars().count() / 2);
        let (from, _) = half.expect("a long paper");
        for part in [&paper.text[from..], &paper.text[..from]] {
            assert!(likeness(&SourceText::from_text(part)) > 0, "seed {seed}");
        }
    }
    for text in ["", "議事録\n1 開会\n2 閉会\n", "①窓口の整備\nA\n"] {
        assert_eq!(likeness(&SourceText::from_text(text)), 0);
    }
    let Some(folder) = shared::folder() else {
        return;
    };
    for name in ["evaluation_r4", "midterm_plan", "strategy_h30", "reform_r2"] {
        let text = std::fs::read_to_string(folder.join(format!("seeds/{name}.txt")));
        let source = SourceText::from_text(&text.expect("the seed can be read"));
        assert_eq!(likeness(&source), 0, "{name}");
    }
}

/// A small paper: two directions, three programmes of 実施 and one of 検討.
fn small_paper(grades: [&str; 3]) -> String {
    let row = |no: char, name: &str, grade: &str| {
        format!(
            "{no} \n{name} \n・{name}の推進 \n・窓口の整備 \n    \n \n \n・{name}の案を年度内にまとめ、\n試行を始め\
             る。 \n・{name}の案をまとめ、試行を始\nめた。 \n・参加者が少ないため、周知の方法を\n検討する。 \n\
             {grade} \n"
        )
    };
    let head = "№ 実施プログラム 主な取組の方向性 取組項目 \n年度スケジュール 当初予定 取組実績 \n\
                今後に向けた課題・改善点 評価 \n";
    format!(
        "北浜市経営方針推進プログラム進捗状況 \n\n「Ｓ」：予定以上 \n「Ａ」：予定どおり \n「Ｂ」：遅れ \n\n\n\n\
         ◆◇実施プログラム◇◆ \n\n{head}方向性１ 港の活用 \n{}{}方向性２ 財政の運営 \n{}",
        row('①', "港の案内", grades[0]),
        row('②', "浜の清掃", grades[1]),
        row('③', "予算の公開", grades[2]),
    )
}

fn grades(text: &str) -> Vec<Value> {
    let read = shared::read("programs", text);
    list(&read, "programs")
        .iter()
        .map(|program| program["grade"].clone())
        .collect()
}

#[test]
fn a_printed_dash_is_a_grade_and_no_loss() {
    for dash in ["－", "-", "―"] {
        for text in [small_paper(["A", dash, "B"]), small_paper(["A", "B", dash])] {
            let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
            for text in [&text, &trimmed.join("\n")] {
                let read = shared::read("programs", text);
                let dashes = grades(text).iter().filter(|grade| *grade == "-").count();
                assert_eq!(dashes, 1, "{read:#}");
                assert_eq!(list(&read, "unresolved"), [] as [Value; 0], "{text}");
            }
        }
    }
}

#[test]
fn a_grade_alone_on_the_next_page_is_of_the_row_before() {
    let text = small_paper(["A", "S", "B"]).replace("S \n", "\u{c} S \n");
    assert_eq!(grades(&text), ["A", "S", "B"]);
}

#[test]
fn a_page_number_above_the_head_is_no_row() {
    let whole = small_paper(["A", "S", "B"]);
    let plain = shared::read("programs", &whole);
    let numbered = shared::read("programs", &whole.replace("№ ", "1 \n\n№ "));
    assert_eq!(plain["programs"], numbered["programs"]);
    assert_eq!(list(&numbered, "programs").len(), 3);
}

#[test]
fn what_a_tool_adds_to_every_line_changes_nothing() {
    for seed in 0..20 {
        let text = paper(seed, 12, 0).text;
        let mut plain = shared::read("programs", &text);
        forget_places(&mut plain);
        let dresses = [
            ("an empty line behind it", text.replace('\n', "\n\n")),
            ("spaces at its end", text.replace('\n', "  \n")),
            ("no-break spaces", text.replace(' ', "\u{a0}")),
        ];
        for (name, dress) in dresses {
            let mut read = shared::read("programs", &dress);
            forget_places(&mut read);
            let score = score(&plain, &read);
            assert!(score.differences.is_empty(), "seed {seed}, {name}\n{score}");
        }
    }
}
