//! The reader of execution plans.

mod cells;

use crate::score::score;
use crate::shared;
use meguri_core::text::narrow;
use meguri_import::documents::midterm::likeness;
use meguri_import::source_text::SourceText;
use meguri_papers::{Paper, Shape, midterm};
use serde_json::Value;

#[test]
fn the_real_plan_is_read_whole() {
    shared::assert_gold("midterm", "midterm_plan");
}

fn real_text() -> Option<String> {
    let file = shared::folder()?.join("seeds/midterm_plan.txt");
    Some(std::fs::read_to_string(file).expect("the seed can be read"))
}

fn themes(reading: &Value) -> &[Value] {
    rows(&reading["themes"])
}

fn rows(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn lengths(themes: &[Value], field: &str) -> Vec<usize> {
    themes
        .iter()
        .map(|theme| rows(&theme[field]).len())
        .collect()
}

#[test]
fn the_real_plan_has_all_its_parts() {
    let Some(reading) = shared::read_seed("midterm", "midterm_plan") else {
        return;
    };
    let themes = themes(&reading);
    assert_eq!(lengths(themes, "situation"), [4, 5, 4, 5, 7, 5, 4]);
    assert_eq!(lengths(themes, "approach"), [3, 5, 6, 8, 6, 5, 4]);
    assert_eq!(lengths(themes, "indicators"), [3, 3, 3, 3, 2, 3, 3]);
    assert_eq!(lengths(themes, "footnotes"), [2, 1, 0, 2, 1, 0, 1]);
    assert_eq!(lengths(themes, "projects"), [5, 6, 4, 7, 5, 5, 7]);
    for theme in themes {
        assert!(theme["name"].is_string());
        for (index, indicator) in rows(&theme["indicators"]).iter().enumerate() {
            assert_eq!(indicator["no"], index + 1);
            assert!(indicator["name"].is_string() && indicator["unit"].is_string());
            assert!(indicator["baseline"].is_string());
            let targets = indicator["target"].as_object().expect("targets by year");
            assert!(targets.len() == 4 && targets.values().all(Value::is_string));
        }
        for project in rows(&theme["projects"]) {
            assert!(project["name"].is_string() && !rows(&project["sections"]).is_empty());
            let outlines = project["summary"].as_object().expect("outlines by year");
            assert!(outlines.len() == 4 && outlines.values().all(Value::is_string));
        }
    }
    let settling = reading["unresolved"].as_array().expect("a list");
    assert!(
        settling
            .iter()
            .all(|u| u["field"].to_string().contains("summary"))
    );
}

#[test]
fn no_text_of_the_real_plan_is_lost() {
    let (Some(text), Some(reading)) = (real_text(), shared::read_seed("midterm", "midterm_plan"))
    else {
        return;
    };
    let amounts = text.split('\t').filter_map(|cell| {
        let amount = cell.lines().next()?.strip_suffix(" 千円")?;
        amount.replace(',', "").parse::<i64>().ok()
    });
    let costs = themes(&reading)
        .iter()
        .flat_map(|theme| rows(&theme["projects"]));
    let costs = costs.filter_map(|project| project["cost"].as_object());
    let costs: i64 = costs
        .flat_map(|by_year| by_year.values())
        .filter_map(Value::as_i64)
        .sum();
    assert_eq!(costs, amounts.sum::<i64>());

    let plain = |value: &Value| {
        let mut value = value.clone();
        value["provenance"] = Value::Null;
        squeeze(&value.to_string().replace("\\\"", "\""))
    };
    let read = plain(&reading);
    for cell in text.lines().flat_map(|line| line.split('\t')) {
        let cell = squeeze(cell.trim_start_matches(['-', ' ', '・']));
        if cell.chars().count() > 45 {
            assert!(read.contains(&cell), "{cell}");
        }
    }
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn paper(seed: u64, units: usize, tearing: u32) -> Paper {
    midterm::generate(&Shape {
        seed,
        units,
        tearing,
    })
}

/// What differs in a paper, or nothing.
fn differs(seed: u64, tearing: u32) -> Option<String> {
    let paper = paper(seed, 3, tearing);
    let reading = shared::read("midterm", &paper.text);
    let score = score(&paper.truth, &reading);
    let whole = score.figures.right == score.figures.all
        && score.names.right == score.names.all
        && score.prose.right * 100 >= score.prose.all * 99
        && score.invented() == 0
        && themes(&reading).len() == 3;
    (!whole).then(|| format!("seed {seed} tearing {tearing}\n{score}"))
}

fn assert_all(seeds: std::ops::Range<u64>, tearing: u32) {
    let failed: Vec<String> = seeds.filter_map(|seed| differs(seed, tearing)).collect();
    let shown: Vec<&str> = failed.iter().take(6).map(String::as_str).collect();
    assert!(
        failed.is_empty(),
        "{} differ\n{}",
        failed.len(),
        shown.join("\n")
    );
}

#[test]
fn whole_papers_are_read_whole() {
    assert_all(0..150, 0);
}

#[test]
fn torn_papers_are_read_whole() {
    assert_all(1000..1150, 30);
    assert_all(2000..2200, 100);
}

#[test]
fn what_a_torn_paper_lost_is_reported() {
    for seed in 0..60 {
        let paper = paper(seed, 4, 100);
        let reading = shared::read("midterm", &paper.text);
        let reported = rows(&reading["unresolved"]);
        for (index, theme) in themes(&paper.truth).iter().enumerate() {
            let place = format!("theme {}", index + 1);
            let is_reported = |field: &str| {
                reported.iter().any(|entry| {
                    let whole = entry["where"]
                        .as_str()
                        .is_some_and(|w| w.starts_with(&place));
                    whole
                        && entry["field"]
                            .as_str()
                            .is_some_and(|f| f.starts_with(field))
                })
            };
            assert!(
                !theme["name"].is_null() || is_reported("name"),
                "seed {seed}"
            );
            let units = rows(&theme["indicators"]).iter().map(|row| &row["unit"]);
            let no_unit = units.filter(|unit| unit.is_null()).count();
            assert!(no_unit == 0 || is_reported("unit"), "seed {seed} {place}");
        }
    }
}

/// The same values, whatever their lines.
fn values(reading: &Value) -> Vec<Value> {
    themes(reading).to_vec()
}

#[test]
fn the_look_of_the_file_does_not_matter() {
    for seed in 0..20 {
        let text = paper(seed, 3, 30).text.replace(['\r', '\u{c}'], "");
        let want = values(&shared::read("midterm", &text));
        let looks = [
            text.replace('\n', "\r\n"),
            text.replace("現状と課題", "\u{c}現状と課題"),
            text.lines().map(|line| format!(" {line}\n")).collect(),
            text.replace('\n', " \n"),
        ];
        for look in looks {
            assert_eq!(values(&shared::read("midterm", &look)), want, "seed {seed}");
        }
        let text = paper(seed, 3, 0).text;
        let want = values(&shared::read("midterm", &text));
        let spaced = text.replace('\n', "\n\n");
        assert_eq!(
            values(&shared::read("midterm", &spaced)),
            want,
            "seed {seed}"
        );
    }
}

/// Every so many characters of a text, the offset of one.
fn cuts(text: &str, every: usize) -> impl Iterator<Item = usize> {
    text.char_indices().step_by(every).map(|(at, _)| at)
}

#[test]
fn a_cut_paper_keeps_the_themes_before_the_cut() {
    let mut texts: Vec<String> = (0..4).map(|seed| paper(seed, 3, 30).text).collect();
    texts.extend(real_text());
    for text in texts {
        let whole = values(&shared::read("midterm", &text));
        for at in cuts(&text, 131) {
            let cut = values(&shared::read("midterm", &text[..at]));
            let before = cut.len().saturating_sub(1);
            assert_eq!(cut[..before], whole[..before], "cut at {at}");
            if let (Some(cut), Some(whole)) = (cut.get(before), whole.get(before)) {
                assert_begins(&cut["indicators"], &whole["indicators"], at);
                assert_begins(&cut["projects"], &whole["projects"], at);
                assert_begins(&cut["situation"], &whole["situation"], at);
            }
            shared::read("midterm", &text[at..]);
        }
    }
}

/// All but the last row are the same; notes stand below the table and may be cut off.
fn assert_begins(cut: &Value, whole: &Value, at: usize) {
    let plain = |row: &Value| {
        let mut row = row.clone();
        if row.get("notes").is_some() {
            row["notes"] = Value::Null;
            row["revised"] = Value::Null;
        }
        row
    };
    let before = rows(cut).len().saturating_sub(1);
    let cut: Vec<Value> = rows(cut).iter().take(before).map(plain).collect();
    let whole: Vec<Value> = rows(whole).iter().take(before).map(plain).collect();
    assert_eq!(cut, whole, "cut at {at}");
}

#[test]
fn missing_shuffled_and_repeated_pages_do_no_harm() {
    let mut rng = fastrand_like(7);
    for seed in 0..30 {
        let text = paper(seed, 4, 60).text;
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let mut pages: Vec<String> = lines.chunks(13).map(<[&str]>::concat).collect();
        let at = rng(pages.len());
        pages.remove(at);
        shared::read("midterm", &pages.concat());
        let other = rng(pages.len());
        pages.swap(at.min(other), other);
        pages.insert(other, pages[rng(pages.len())].clone());
        shared::read("midterm", &pages.concat());
    }
}

/// A few numbers below a bound; the tests need no more of chance.
fn fastrand_like(mut state: usize) -> impl FnMut(usize) -> usize {
    move |below| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695);
        (state >> 33) % below.max(1)
    }
}

#[test]
fn a_paper_that_is_there_twice_is_read_once() {
    for seed in 0..20 {
        let text = paper(seed, 3, 0).text;
        let once = values(&shared::read("midterm", &text));
        let twice = shared::read("midterm", &format!("{text}\n{text}"));
        assert_eq!(values(&twice), once, "seed {seed}");
        assert!(rows(&twice["unresolved"]).len() >= 3, "seed {seed}");
    }
}

#[test]
fn every_cell_knows_its_line() {
    for seed in 0..60 {
        let text = paper(seed, 3, 60).text;
        let source = SourceText::from_text(&text);
        let reading = shared::read("midterm", &text);
        let provenance = reading["provenance"].as_object().expect("an object");
        assert!(!provenance.is_empty());
        for (pointer, origin) in provenance {
            let number = origin["line"].as_u64().and_then(|n| u32::try_from(n).ok());
            let line = narrow(source.line(number.expect("a line")));
            let line = squeeze(&line).replace(',', "");
            let value = match reading.pointer(pointer).expect("a value") {
                Value::String(text) => squeeze(&narrow(text)).replace(',', ""),
                other => other.to_string(),
            };
            let part: String = value.chars().take(5).collect();
            assert!(
                line.contains(&part),
                "seed {seed} {pointer}: {part} in {line}"
            );
        }
    }
}

fn likeness_of(text: &str) -> u32 {
    likeness(&SourceText::from_text(text))
}

#[test]
fn the_family_is_known_even_when_it_is_cut() {
    let mut texts: Vec<String> = (0..20).map(|seed| paper(seed, 3, 100).text).collect();
    texts.extend(real_text());
    for text in texts {
        for part in 0..4 {
            let lines: Vec<&str> = text.split_inclusive('\n').collect();
            let tail = lines[lines.len() * part / 8..].concat();
            let head = lines[..lines.len() - lines.len() * part / 8].concat();
            assert!(likeness_of(&tail) > 0 && likeness_of(&head) > 0);
        }
    }
}

#[test]
fn other_papers_are_not_of_the_family() {
    for text in [
        "",
        "現状と課題\n\n・水辺の保全が必要です。\n\n取組の方向性\n\n・連携を強めます。\n",
        "費用\n\n概要\n",
        "氏名\t課\n山田\t農政課\n",
        "成果指標 単位 目標 実績 達成率\n",
    ] {
        assert_eq!(likeness_of(text), 0, "{text}");
    }
    let Some(folder) = shared::folder() else {
        return;
    };
    for name in ["evaluation_r4", "strategy_h30", "programs_r4", "reform_r2"] {
        let file = folder.join("seeds").join(name).with_extension("txt");
        let text = std::fs::read_to_string(file).expect("the seed can be read");
        assert_eq!(likeness_of(&text), 0, "{name}");
    }
}

#[test]
fn a_remark_behind_a_name_goes_to_the_notes_of_the_theme() {
    let text = "緑の手入れ\n\n現状と課題\n\n- ・公園の樹木が古くなっています。\n\n\
                取組の方針・内容\n\n- ・計画的に植え替えます。\n\n主要事業の年次計画\n\n\
                事業名\t令和5年度\t令和6年度\n\
                緑化事業 ※令和6年度から環境基金を充当\t\t【農政課ほか】\n\
                費用\t100 千円\t200 千円\n概略\t調査\t植え替え\n";
    let reading = shared::read("midterm", text);
    let theme = &themes(&reading)[0];
    assert_eq!(theme["projects"][0]["name"], "緑化事業", "{theme:#}");
    assert_eq!(theme["footnotes"][0], "※令和6年度から環境基金を充当");
    assert_eq!(reading["provenance"]["/themes/0/footnotes/0"]["line"], 14);
}
