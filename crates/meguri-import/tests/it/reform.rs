//! The reader of the family `reform`.

mod other_cities;

use crate::score::score;
use crate::shared;
use meguri_import::documents::FAMILIES;
use meguri_import::documents::reform::likeness;
use meguri_import::source_text::SourceText;
use meguri_papers::reform::generate;
use meguri_papers::{Paper, Shape};
use serde_json::Value;
use std::collections::BTreeMap;

fn paper(seed: u64, units: usize, tearing: u32) -> Paper {
    generate(&Shape {
        seed,
        units,
        tearing,
    })
}

fn seed_text(name: &str) -> Option<String> {
    let file = shared::folder()?.join("seeds").join(name);
    Some(std::fs::read_to_string(file).expect("the seed can be read"))
}

/// Figures, names and prose whole, and nothing invented.
fn assert_whole(truth: &Value, text: &str, place: &str) {
    let score = score(truth, &shared::read("reform", text));
    let wrong = score.differences.len();
    assert!(wrong == 0 && score.invented() == 0, "{place}\n{score}");
}

#[test]
fn the_gold_is_read_whole() {
    shared::assert_gold("reform", "reform_r2");
}

#[test]
fn the_real_paper_adds_up() {
    let Some(reading) = shared::read_seed("reform", "reform_r2") else {
        return;
    };
    let items = reading["items"].as_array().expect("items");
    let numbers: Vec<u64> = items.iter().filter_map(|i| i["no"].as_u64()).collect();
    assert_eq!(numbers, (1..=43).collect::<Vec<_>>());
    let subs: Vec<(u64, usize)> = items
        .iter()
        .filter_map(|item| Some((item["no"].as_u64()?, item["sub"].as_array()?.len())))
        .filter(|(_, subs)| *subs > 0)
        .collect();
    assert_eq!(subs, [(2, 7), (4, 2), (30, 3), (38, 4)]);
    for item in items {
        let numbers = item["sub"].as_array().into_iter().flatten();
        for (index, sub) in numbers.enumerate() {
            assert_eq!(sub["no"], index + 1);
            assert_eq!(sub["sections"].as_array().map(Vec::len), Some(1), "{sub}");
        }
        assert!(item["chapter"].is_string() && item["grade"].is_string());
    }
    let grades = |grade: &str| items.iter().filter(|i| i["grade"] == grade).count();
    assert_eq!((grades("S"), grades("A"), grades("B")), (0, 28, 15));
    let chapters: Vec<&Value> = items.iter().map(|i| &i["chapter"]).collect();
    let runs = chapters.chunk_by(|a, b| a == b).map(<[_]>::len);
    assert_eq!(runs.collect::<Vec<_>>(), [6, 4, 11, 14, 8]);
    let reposted: Vec<(u64, u64)> = items
        .iter()
        .filter_map(|i| Some((i["no"].as_u64()?, i["reposted_from"].as_u64()?)))
        .collect();
    assert_eq!(reposted, [(29, 15), (41, 7)]);
    let lost = |field: &str| items.iter().filter(|i| i[field].is_null()).count();
    assert_eq!((lost("content"), lost("plan"), lost("result")), (0, 2, 12));
}

/// Every character of a cell is in the reading: nothing is lost between the columns.
#[test]
fn no_text_of_the_real_paper_is_lost() {
    let (Some(text), Some(reading)) = (
        seed_text("reform_r2.txt"),
        shared::read_seed("reform", "reform_r2"),
    ) else {
        return;
    };
    let keep = |text: &str| -> usize {
        text.chars()
            .filter(|c| c.is_alphanumeric() && !c.is_ascii())
            .count()
    };
    let head = |line: &str| line.starts_with("項目");
    let rows = text.lines().filter(|l| l.contains('\t') && !head(l));
    let printed: usize = rows.map(keep).sum();
    let items = reading["items"].as_array().expect("items");
    let mut read = 0;
    let mut chapter = &Value::Null;
    for item in items {
        if &item["chapter"] != chapter {
            chapter = &item["chapter"];
            read += chapter.as_str().map_or(0, keep);
        }
        let subs = item["sub"].as_array().into_iter().flatten();
        for row in std::iter::once(item).chain(subs) {
            for (field, value) in row.as_object().expect("a row") {
                let prose = !matches!(field.as_str(), "chapter" | "sub" | "grade");
                let texts = value.as_array().into_iter().flatten().chain([value]);
                let texts = texts.filter_map(Value::as_str);
                read += if prose { texts.map(keep).sum() } else { 0 };
            }
        }
    }
    assert_eq!(read, printed);
}

#[test]
fn generated_papers_are_read_as_they_are() {
    let (mut figures, mut prose) = (0, 0);
    for tearing in [0, 30, 100] {
        for seed in 0..120_u32 {
            let paper = paper(seed.into(), 5 + seed as usize % 40, tearing);
            let score = score(&paper.truth, &shared::read("reform", &paper.text));
            let place = format!("seed {seed}, tearing {tearing}\n{score}");
            assert!(score.differences.is_empty(), "{place}");
            figures += score.figures.right;
            prose += score.prose.right;
        }
    }
    assert!(figures > 10_000 && prose > 10_000, "{figures} {prose}");
}

/// The real paper in another dress reads the same.
#[test]
fn the_real_paper_reads_the_same_in_any_dress() {
    let (Some(text), Some(reading)) = (
        seed_text("reform_r2.txt"),
        shared::read_seed("reform", "reform_r2"),
    ) else {
        return;
    };
    let narrow = |value: &Value| meguri_core::text::narrow(&value["items"].to_string());
    let wide: String = text
        .chars()
        .map(|c| match c {
            '0'..='9' | '(' | ')' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
            c => c,
        })
        .collect();
    let dresses = [
        wide,
        text.replace('\n', "\r\n"),
        text.replace("\n\n項目", "\n\u{c}項目"),
        text.replace("\n\n項目", "\n 項目"),
        text.replace("\t\n", "\n"),
        text.replace("\n\t", "\n"),
    ];
    for dress in dresses {
        assert_eq!(narrow(&shared::read("reform", &dress)), narrow(&reading));
    }
}

/// The rows of the real paper, `(item, sub-item)` → row.
fn by_key(reading: &Value) -> BTreeMap<(u64, u64), &Value> {
    let mut rows = BTreeMap::new();
    for item in reading["items"].as_array().into_iter().flatten() {
        let no = item["no"].as_u64().unwrap_or_default();
        rows.insert((no, 0), item);
        for sub in item["sub"].as_array().into_iter().flatten() {
            rows.insert((no, sub["no"].as_u64().unwrap_or_default()), sub);
        }
    }
    rows
}

/// Where a column of the real paper is lost, what is left stands in its own column or in none.
#[test]
fn a_lost_column_of_the_real_paper_is_never_made_up() {
    let (Some(text), Some(whole)) = (
        seed_text("reform_r2.txt"),
        shared::read_seed("reform", "reform_r2"),
    ) else {
        return;
    };
    let whole = by_key(&whole);
    let columns = ["content", "plan", "result"];
    let (mut right, mut unknown) = (0, 0);
    for lost in 0..columns.len() {
        let lines = text.lines().map(|line| without_column(line, lost));
        let torn = shared::read("reform", &lines.collect::<Vec<_>>().join("\n"));
        for (key, row) in by_key(&torn) {
            let full = whole[&key];
            let reposted = !full["reposted_from"].is_null();
            if reposted || columns.iter().any(|column| full[column].is_null()) {
                continue;
            }
            for column in columns {
                if row[column] == full[column] {
                    right += 1;
                } else {
                    assert!(row[column].is_null(), "{key:?} {column}: {}", row[column]);
                    unknown += usize::from(column != columns[lost]);
                }
            }
        }
    }
    assert!(right > 150 && unknown <= 2, "{right} {unknown}");
}

/// A row of the table without one of its three texts; rows with dashes stay whole.
fn without_column(line: &str, lost: usize) -> String {
    let mut cells: Vec<&str> = line.trim_end_matches('\t').split('\t').collect();
    let texts = cells.len().saturating_sub(3);
    let whole = cells.len() >= 5
        && matches!(cells[texts - 1], "A" | "B" | "-")
        && cells[texts..].iter().all(|cell| cell.chars().count() > 3);
    if whole {
        cells.remove(texts + lost);
    }
    cells.join("\t")
}

#[test]
fn line_ends_and_page_breaks_change_nothing() {
    for seed in 0..20 {
        let paper = paper(seed, 20, 50);
        let crlf = paper.text.replace('\n', "\r\n");
        assert_whole(&paper.truth, &crlf, "CRLF");
        let fed = paper.text.replace("\n\n 項目", "\n\u{c}項目");
        assert_whole(&paper.truth, &fed, "form feed");
        let spaced = paper.text.replace('\u{c}', "\n ");
        assert_whole(&paper.truth, &spaced, "space");
    }
}

/// A page begins at its head line.
fn pages(text: &str) -> Vec<String> {
    let mut pages = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("項目\t") {
            pages.push(String::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push_str(line);
        }
    }
    pages
}

#[test]
fn a_page_that_comes_twice_counts_once() {
    for seed in 0..12 {
        let paper = paper(seed, 25, 40);
        let pages = pages(&paper.text);
        for again in 1..pages.len() {
            let mut twice = pages.clone();
            twice.insert(again, pages[again].clone());
            assert_whole(&paper.truth, &twice.concat(), &format!("{seed} {again}"));
            let late = format!("{}\n{}", paper.text, pages[again]);
            assert_whole(&paper.truth, &late, &format!("{seed} {again} late"));
        }
    }
}

/// Of what is left after a page is missing, every figure is right, and no chapter is invented.
#[test]
fn a_missing_page_takes_only_its_own_items() {
    for seed in 1..25 {
        let paper = paper(seed, 25, 30);
        let pages = pages(&paper.text);
        for missing in 1..pages.len() {
            let mut rest = pages.clone();
            rest.remove(missing);
            let reading = shared::read("reform", &rest.concat());
            let truths = paper.truth["items"].as_array().expect("items");
            for item in reading["items"].as_array().expect("items") {
                let Some(truth) = truths.iter().find(|t| t["no"] == item["no"]) else {
                    assert!(item["no"].is_null());
                    continue;
                };
                for field in ["name", "plan_figures", "result_figures", "sections"] {
                    assert_eq!(item[field], truth[field], "{seed} {missing}");
                }
            }
        }
    }
}

#[test]
fn nothing_panics_on_broken_papers() {
    let mut rng = Rng(7);
    for seed in 0..4 {
        let text = paper(seed, 12, 100).text;
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        for at in cuts.iter().step_by(97) {
            let (head, tail) = text.split_at(*at);
            shared::read("reform", head);
            shared::read("reform", tail);
        }
        let mut lines: Vec<&str> = text.lines().collect();
        for _ in 0..8 {
            for index in (1..lines.len()).rev() {
                lines.swap(index, rng.below(index + 1));
            }
            shared::read("reform", &lines.join("\n"));
            let mut chars: Vec<char> = text.chars().collect();
            for _ in 0..200 {
                let (a, b) = (rng.below(chars.len()), rng.below(chars.len()));
                chars.swap(a, b);
            }
            shared::read("reform", &chars.iter().collect::<String>());
        }
    }
    for odd in [
        "",
        "\t",
        "1\t",
        "-\t1",
        "- 1\t\t\t\t\t\t\t",
        "(\t)\t(1",
        "<ul",
        "1 あ\t-\tA\t(",
    ] {
        shared::read("reform", odd);
    }
}

/// A generator of small numbers for the tests' own disorder.
struct Rng(u64);

impl Rng {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

#[test]
fn absurd_cells_are_read_in_linear_time() {
    for odd in [
        "(",
        ")",
        "・ ",
        "<ul ",
        "(件数 1) ",
        "。 ",
        "①",
        "1 ",
        "\t",
        "「",
        "<li>",
    ] {
        let cell = odd.repeat(60_000);
        let text = format!("1 名前\t政策課\tA\t・あ\t・い。\t{cell}\n{cell}\n- 1\t{cell}\n");
        shared::read("reform", &text);
    }
}

#[test]
fn every_cell_knows_its_line() {
    for (seed, tearing) in [(1, 0), (2, 40), (3, 100), (4, 100)] {
        let text = paper(seed, 30, tearing).text;
        let source = SourceText::from_text(&text);
        let reading = shared::read("reform", &text);
        let provenance = reading["provenance"].as_object().expect("provenance");
        assert!(provenance.len() > 200);
        for (pointer, origin) in provenance {
            let line = origin["line"].as_u64().and_then(|n| u32::try_from(n).ok());
            let line = source.line(line.expect("a line"));
            let value = match &reading.pointer(pointer).expect("a value") {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let squeeze = |text: &str| -> String {
                let narrow = meguri_core::text::narrow(text);
                narrow.chars().filter(|c| !c.is_whitespace()).collect()
            };
            assert!(
                squeeze(line).contains(&squeeze(&value)),
                "{pointer} {value}"
            );
        }
    }
}

#[test]
fn the_family_is_known_by_its_form() {
    let like = |text: &str| likeness(&SourceText::from_text(text));
    for seed in 0..30 {
        let text = paper(seed, 20, 60).text;
        assert!(like(&text) > 10);
        let half = text.char_indices().nth(text.chars().count() / 2);
        let (head, tail) = text.split_at(half.map_or(0, |(at, _)| at));
        assert!(like(head) > 0 && like(tail) > 0, "seed {seed}");
    }
    assert_eq!(
        like("行財政改革推進計画の進捗状況について説明しました。"),
        0
    );
    assert_eq!(like("品目\t数量\n1 りんご\t3\n2 みかん\t5\n"), 0);
    for family in FAMILIES {
        let paper = match family.key {
            "evaluation" => seed_text("evaluation_r4.txt"),
            "midterm" => seed_text("midterm_plan.txt"),
            "strategy" => seed_text("strategy_h30.txt"),
            "programs" => seed_text("programs_r4.txt"),
            _ => None,
        };
        assert_eq!(paper.map_or(0, |text| like(&text)), 0, "{}", family.key);
    }
    for seed in 0..10 {
        let shape = Shape {
            seed,
            units: 10,
            tearing: 60,
        };
        for other in [
            meguri_papers::evaluation::generate,
            meguri_papers::midterm::generate,
            meguri_papers::strategy::generate,
            meguri_papers::programs::generate,
        ] {
            assert_eq!(like(&other(&shape).text), 0, "seed {seed}");
        }
    }
    if let Some(text) = seed_text("reform_r2.txt") {
        assert!(like(&text) > 50);
    }
}

#[test]
fn sections_joined_by_a_dot_and_a_legend_in_other_words() {
    let text = "北浜市行財政改革プランの進捗状況\n\n項目\t主な推進担当課\t評価\t実施内容\t当初予定\t取組実績\n\
                港の活用\t1 港の案内\t観光課・財政室\tＡ\t・案内の整備\t・案内を作る。\t・案内を作った。\n\
                Ａ：目標を超えた　Ｂ：目標に届いた　Ｃ：届かなかった\n\
                \t2 浜の清掃\t共生・男女参画課\tＢ\t・清掃の実施\t・清掃を行う。\t・清掃を行った。\n\
                「Ｃ」：目標に届かなかった\n";
    let read = shared::read("reform", text);
    let items = read["items"].as_array().expect("items");
    assert_eq!(
        items[0]["sections"],
        serde_json::json!(["観光課", "財政室"])
    );
    assert_eq!(
        items[1]["sections"],
        serde_json::json!(["共生・男女参画課"])
    );
    assert!(
        !items.iter().any(|item| item.to_string().contains("目標")),
        "{read:#}"
    );
    assert_eq!(read["unresolved"], serde_json::json!([]));
}

#[test]
fn a_head_without_rows_is_told() {
    let text = paper(1, 3, 0).text;
    let read = shared::read("reform", &text);
    assert!(!read["unread"].to_string().contains("一つも読み取れません"));
    let head = text
        .lines()
        .find(|line| line.contains("実施内容\t"))
        .expect("a head");
    let odd = format!("{text}\n{head}\n");
    let read = shared::read("reform", &odd);
    assert!(
        read["unread"].to_string().contains("一つも読み取れません"),
        "{}",
        read["unread"]
    );
}
