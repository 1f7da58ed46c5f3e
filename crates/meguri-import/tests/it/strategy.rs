//! The reader of the family `strategy`.

mod damage;
mod numbering;

use crate::score::score;
use crate::shared;
use meguri_import::documents::strategy::{StrategyReading, likeness, read};
use meguri_import::source_text::SourceText;
use meguri_papers::{Paper, Shape, strategy};
use serde_json::Value;

fn paper(seed: u64, units: usize, tearing: u32) -> Paper {
    strategy::generate(&Shape {
        seed,
        units,
        tearing,
    })
}

fn read_text(text: &str) -> StrategyReading {
    read(&SourceText::from_text(text))
}

fn real_text() -> Option<String> {
    let path = shared::folder()?.join("seeds/strategy_h30.txt");
    Some(std::fs::read_to_string(path).expect("the seed can be read"))
}

/// Figures and names whole, prose at least 99 %, nothing invented.
fn assert_whole(truth: &Value, text: &str, case: &str) {
    let score = score(truth, &shared::read("strategy", text));
    assert_eq!(score.names.right, score.names.all, "{case}\n{score}");
    assert_eq!(score.figures.right, score.figures.all, "{case}\n{score}");
    assert!(
        score.prose.right * 100 >= score.prose.all * 99,
        "{case}\n{score}"
    );
    assert_eq!(score.invented(), 0, "{case}\n{score}");
    assert!(score.prose.all > 0, "{case}: the truth is not empty");
}

#[test]
fn the_real_document_reads_as_its_gold() {
    shared::assert_gold("strategy", "strategy_h30");
}

#[test]
fn the_real_document_is_read_whole() {
    let Some(text) = real_text() else { return };
    let reading = read_text(&text);
    assert!(reading.unresolved.is_empty(), "{:?}", reading.unresolved);
    let sizes: Vec<Vec<usize>> = reading
        .goals
        .iter()
        .map(|goal| {
            goal.groups
                .iter()
                .map(|group| group.measures.len())
                .collect()
        })
        .collect();
    assert_eq!(sizes, [vec![4, 4, 7], vec![1, 5, 5, 3], vec![6, 1, 7]]);
    let mut statuses = Vec::new();
    for (goal, goal_no) in reading.goals.iter().zip(1..) {
        assert_eq!(goal.no.as_ref().map(|no| *no.value()), Some(goal_no));
        for (group, mark) in goal.groups.iter().zip("①②③④".chars()) {
            assert_eq!(
                group.no.as_ref().map(|no| no.value().clone()),
                Some(mark.to_string())
            );
            for (measure, no) in group.measures.iter().zip(1..) {
                assert_eq!(measure.no.as_ref().map(|no| *no.value()), Some(no));
                assert!(measure.name.is_some() && measure.content.is_some());
                assert!((1..=3).contains(&measure.sections.len()));
                statuses.extend(measure.status.as_ref().map(|status| status.value().clone()));
                let years: Vec<String> = measure
                    .progress
                    .0
                    .iter()
                    .map(|(year, _)| year.short())
                    .collect();
                assert_eq!(years, ["H29", "H30"]);
                let filled = |items: &Option<Vec<_>>| items.as_ref().is_some_and(|i| !i.is_empty());
                assert!(measure.progress.0.iter().all(|(_, items)| filled(items)));
            }
        }
    }
    let running = statuses.iter().filter(|status| *status == "実施中").count();
    assert_eq!((running, statuses.len()), (42, 43));
}

/// Letters and figures of all values in the order of the paper, years by their number.
fn letters_read(reading: &StrategyReading) -> String {
    let mut text = String::new();
    for goal in &reading.goals {
        goal.no
            .iter()
            .for_each(|no| text.push_str(&no.value().to_string()));
        goal.name
            .iter()
            .for_each(|name| text.push_str(name.value()));
        for group in &goal.groups {
            group.no.iter().for_each(|no| text.push_str(no.value()));
            group
                .name
                .iter()
                .for_each(|name| text.push_str(name.value()));
            for measure in &group.measures {
                measure
                    .no
                    .iter()
                    .for_each(|no| text.push_str(&no.value().to_string()));
                let cells = measure.name.iter().chain(&measure.content);
                let cells = cells
                    .chain(&measure.sections)
                    .chain(&measure.related_sections);
                cells
                    .chain(&measure.status)
                    .for_each(|cell| text.push_str(cell.value()));
                let items = measure
                    .progress
                    .0
                    .iter()
                    .flat_map(|(_, items)| items.iter().flatten());
                items.for_each(|item| text.push_str(item.value()));
            }
        }
    }
    letters(&text)
}

fn letters(text: &str) -> String {
    let narrow = meguri_core::text::narrow(text);
    narrow.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Letters and figures of a paper without its title, column heads and headings of years.
fn letters_printed(text: &str) -> String {
    let heads = ["施策", "番号", "名称 内容", "所管課", "（関連課）"];
    let furniture = |line: &str| {
        heads.contains(&line)
            || (line.starts_with("進捗状況 ") && line.ends_with("実施等状況"))
            || line.ends_with("進捗状況一覧表")
            || (line.starts_with('【') && line.ends_with("年度】"))
    };
    let lines = text.lines().map(str::trim).filter(|line| !furniture(line));
    lines
        .map(|line| letters(&line.replace("基本目標", "")))
        .collect()
}

#[test]
fn no_letter_is_lost_or_moved() {
    if let Some(text) = real_text() {
        assert_eq!(
            letters_read(&read_text(&text)),
            letters_printed(&text).replace("基本目標", "")
        );
    }
    for seed in 0..20 {
        let text = paper(seed, 20, 0).text;
        assert_eq!(
            letters_read(&read_text(&text)),
            letters_printed(&text),
            "seed {seed}"
        );
    }
}

#[test]
fn generated_papers_read_as_their_truth() {
    for tearing in [0, 30, 100] {
        for seed in 0..80 {
            let paper = paper(seed, 24, tearing);
            assert_whole(
                &paper.truth,
                &paper.text,
                &format!("seed {seed} tearing {tearing}"),
            );
        }
    }
}

/// Every page with its number below it.
fn numbered(text: &str) -> String {
    let pages = pages(text).into_iter().zip(1..);
    pages.map(|(page, no)| format!("{page}\n{no}\n")).collect()
}

/// Every page with a running foot and its number below it.
fn footed(text: &str) -> String {
    let pages = pages(text).into_iter().zip(1..);
    pages
        .map(|(page, no)| format!("{page}\n北浜市報告書（令和4年度）\n\n{no}\n"))
        .collect()
}

/// The same paper with other words in its column heads.
fn reheaded(text: &str) -> String {
    let text = text
        .replace("所管課 \n", "主務セクション \n")
        .replace("（関連課）", "（協力先）");
    text.replace("所管課\n", "主務セクション\n")
}

/// What other tools and editors make of the same text.
fn disguises(text: &str) -> Vec<(&'static str, String)> {
    let trimmed: Vec<&str> = text.lines().map(str::trim_end).collect();
    let padded = trimmed.iter().map(|line| format!("{line} \n")).collect();
    let unblanked = text.lines().filter(|line| !line.is_empty());
    vec![
        ("carriage returns", text.replace('\n', "\r\n")),
        ("form feeds", text.replace("\n 施策 ", "\n\u{c}施策 ")),
        ("trimmed", trimmed.join("\n")),
        ("padded", padded),
        (
            "without blank lines",
            unblanked.map(|line| format!("{line}\n")).collect(),
        ),
        (
            "page numbers",
            text.replace("\n 施策 ", "\n\n- 4 -\n\u{c}施策 "),
        ),
        ("page numbers", numbered(text)),
        ("running feet", footed(text)),
        ("other column heads", reheaded(text)),
        ("letter-spaced heads", text.replace("\n 施策 ", "\n 施 策 ")),
    ]
}

#[test]
fn other_tools_write_the_same_paper() {
    for seed in 0..12 {
        let paper = paper(seed, 15, 0);
        for (name, text) in disguises(&paper.text) {
            assert_whole(&paper.truth, &text, &format!("seed {seed}, {name}"));
        }
    }
    let Some(text) = real_text() else { return };
    let whole = shared::read("strategy", &text);
    let truth = serde_json::json!({ "goals": whole["goals"] });
    for (name, text) in disguises(&text) {
        assert_whole(&truth, &text, name);
    }
}

#[test]
fn figures_of_either_width_read_alike() {
    let wide = |text: &str| -> String {
        let wide = |c: char| match c {
            '0'..='9' => char::from_u32(c as u32 - '0' as u32 + '０' as u32).unwrap_or(c),
            c => c,
        };
        text.chars().map(wide).collect()
    };
    for seed in 0..20 {
        let paper = paper(seed, 15, 30);
        let reading = read_text(&wide(&paper.text));
        let plain = read_text(&paper.text);
        assert_eq!(letters_read(&reading), letters_read(&plain), "seed {seed}");
    }
}

/// The pages of a text, each with its column head.
fn pages(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text
        .match_indices("\n 施策 ")
        .map(|(at, _)| at + 1)
        .collect();
    starts.insert(0, 0);
    starts.push(text.len());
    starts
        .windows(2)
        .map(|pair| &text[pair[0]..pair[1]])
        .collect()
}

#[test]
fn every_value_names_a_line_that_holds_it() {
    for seed in 0..30 {
        let paper = paper(seed, 15, 100);
        let source = SourceText::from_text(&paper.text);
        let json = shared::read("strategy", &paper.text);
        let provenance = json["provenance"].as_object().expect("provenance");
        assert!(provenance.len() > 100);
        for (pointer, origin) in provenance {
            let value = match json.pointer(pointer) {
                Some(Value::String(text)) => letters(text),
                Some(other) => other.to_string(),
                None => panic!("{pointer} leads nowhere"),
            };
            let line = u32::try_from(origin["line"].as_u64().expect("a line")).expect("a line");
            let printed = letters(source.line(line));
            // A value may begin with the last letter of a line.
            let start: String = value.chars().take(2).collect();
            let first: String = value.chars().take(1).collect();
            let holds = printed.contains(&start) || printed.ends_with(&first);
            assert!(holds, "{pointer} {value}: line {line} {printed}");
        }
    }
}

#[test]
fn values_are_as_printed_unless_a_page_ends_within_them() {
    let json = shared::read("strategy", &paper(5, 30, 0).text);
    let provenance = json["provenance"].as_object().expect("provenance");
    assert!(
        provenance
            .values()
            .all(|origin| origin["settled"] == "printed")
    );
}

#[test]
fn the_family_is_told_from_all_others() {
    for seed in 0..10 {
        let text = paper(seed, 6, 50).text;
        assert!(likeness(&SourceText::from_text(&text)) > 5);
        // The second half has neither title nor first head.
        let half = text
            .char_indices()
            .nth(text.chars().count() / 2)
            .map_or(0, |(at, _)| at);
        assert!(
            likeness(&SourceText::from_text(&text[half..])) > 0,
            "seed {seed}"
        );
    }
    let other = "【令和5年度】\n基本目標1 「夢」\n事業の内容を説明します。\n実施中\n";
    assert_eq!(likeness(&SourceText::from_text(other)), 0);
    let Some(folder) = shared::folder() else {
        return;
    };
    for entry in std::fs::read_dir(folder.join("seeds")).expect("the seeds") {
        let path = entry.expect("a seed").path();
        let text = std::fs::read_to_string(&path).expect("the seed can be read");
        let own = path.file_stem().is_some_and(|stem| stem == "strategy_h30");
        let found = likeness(&SourceText::from_text(&text));
        assert_eq!(found > 0, own, "{} {found}", path.display());
    }
}
