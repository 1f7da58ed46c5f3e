//! The reader of the family `evaluation`.

use crate::score::{Score, score};
use crate::shared;
use meguri_import::source_text::SourceText;
use meguri_papers::evaluation::{Tear, generate, generate_with};
use meguri_papers::{Paper, Shape};
use serde_json::Value;

#[test]
fn the_real_document_reads_as_its_gold_says() {
    shared::assert_gold("evaluation", "evaluation_r4");
}

fn scored(paper: &Paper) -> Score {
    let mut truth = paper.truth.clone();
    let read = shared::read("evaluation", &paper.text);
    settle_relisted(&mut truth, &read);
    score(&truth, &read)
}

/// A project that is listed again says what its first listing says: where the truth counts a cost or
/// a next step of such a row as lost and the reader took it from there, it is not lost.
fn settle_relisted(truth: &mut Value, read: &Value) {
    let rows = |sheets: &Value| -> Vec<Value> {
        let sheets = sheets["sheets"].as_array().cloned().unwrap_or_default();
        let rows = |sheet: &Value| sheet["projects"].as_array().cloned().unwrap_or_default();
        sheets.iter().flat_map(rows).collect()
    };
    let first = rows(truth);
    let read = rows(read);
    let sheets = truth["sheets"].as_array_mut().into_iter().flatten();
    let projects = sheets.flat_map(|sheet| sheet["projects"].as_array_mut().into_iter().flatten());
    for row in projects.filter(|row| row["reposted"] == true) {
        for field in ["cost", "trend"] {
            let known = first
                .iter()
                .find(|other| other["code"] == row["code"] && other["reposted"] == false);
            let mine = read.iter().find(|other| {
                other["code"] == row["code"] && other["reposted"] == true && !other[field].is_null()
            });
            if let (true, Some(known), Some(mine)) = (row[field].is_null(), known, mine)
                && known[field] == mine[field]
            {
                row[field] = known[field].clone();
            }
        }
    }
}

/// The first differences on a line each.
fn told(score: &Score) -> String {
    let lines = score.differences.iter().take(8);
    let lines = lines.map(|d| d.replace('\u{0}', "/").replace('\n', " "));
    lines.collect::<Vec<_>>().join("\n")
}

fn is_whole(score: &Score) -> bool {
    score.figures.right == score.figures.all
        && score.names.right == score.names.all
        && score.prose.right * 100 >= score.prose.all * 99
        && score.invented() == 0
}

#[test]
fn papers_torn_in_one_way_are_read_whole() {
    let mut failed = Vec::new();
    for tear in Tear::ALL {
        for seed in 0..6 {
            let shape = Shape {
                seed,
                units: 5,
                tearing: 100,
            };
            let score = scored(&generate_with(&shape, &[tear]));
            if !is_whole(&score) {
                failed.push(format!("{tear:?}, seed {seed}\n{}", told(&score)));
            }
        }
    }
    assert!(
        failed.is_empty(),
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

#[test]
fn papers_torn_in_all_ways_are_read_whole() {
    let mut failed = Vec::new();
    for tearing in [0, 30, 100] {
        for seed in 0..70 {
            let shape = Shape {
                seed,
                units: 1 + usize::try_from(seed).unwrap_or(0) % 8,
                tearing,
            };
            let score = scored(&generate(&shape));
            if !is_whole(&score) {
                failed.push(format!("{shape:?}\n{}", told(&score)));
            }
        }
    }
    // Torn in all ways at once, two lines of targets may lose all their values, and the lines of
    // results their units: then nothing in the text tells which values belong to which.
    assert!(
        failed.len() <= 4,
        "{} failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

#[test]
fn the_sheets_of_the_real_document_add_up() {
    let Some(read) = shared::read_seed("evaluation", "evaluation_r4") else {
        return;
    };
    let sheets = read["sheets"].as_array().expect("sheets");
    assert_eq!(sheets.len(), 15);
    let numbers: Vec<Value> = sheets
        .iter()
        .map(|sheet| sheet["theme_no"].clone())
        .collect();
    let mut wanted = vec![Value::Null];
    wanted.extend((11..=23).map(Value::from));
    wanted.push(Value::Null);
    assert_eq!(numbers, wanted);
    for sheet in sheets {
        let place = &sheet["theme_no"];
        let rows = sheet["projects"].as_array().expect("projects");
        for (at, row) in rows.iter().enumerate() {
            assert_eq!(row["no"], at + 1, "sheet {place}: numbers without gaps");
            for field in ["name", "section", "kan", "kou", "moku", "code"] {
                assert!(row[field].is_string(), "sheet {place}, row {at}: {field}");
            }
        }
        let counts = sheet["trend_counts"].as_object().expect("counts");
        let counted: u64 = counts.values().filter_map(Value::as_u64).sum();
        assert_eq!(
            (counts.len(), counted),
            (5, rows.len() as u64),
            "sheet {place}"
        );
        let whole = rows.iter().all(|row| !row["cost"].is_null());
        let sum: i64 = rows.iter().filter_map(|row| row["cost"].as_i64()).sum();
        let total = sheet["total"].as_i64().expect("a total");
        // Rows are rounded to 千円 each.
        assert!(
            !whole || total.abs_diff(sum) <= 2,
            "sheet {place}: {total} and {sum}"
        );
        for (step, count) in counts {
            let rows = rows.iter().filter(|row| row["trend"] == *step).count() as u64;
            assert!(Some(rows) <= count.as_u64(), "sheet {place}: {step}");
        }
    }
}

#[test]
fn what_the_real_document_lost_stays_open() {
    let Some(read) = shared::read_seed("evaluation", "evaluation_r4") else {
        return;
    };
    let sheets = read["sheets"].as_array().expect("sheets");
    let open = |sheet: &Value| -> Vec<u64> {
        let rows = sheet["projects"].as_array().into_iter().flatten();
        rows.filter(|row| row["cost"].is_null())
            .filter_map(|row| row["no"].as_u64())
            .collect()
    };
    let lost: Vec<Vec<u64>> = sheets
        .iter()
        .map(open)
        .filter(|rows| !rows.is_empty())
        .collect();
    assert_eq!(lost, [vec![12, 15, 16], vec![31, 33, 35, 36, 37, 39, 42]]);
    assert!(
        read["unresolved"]
            .as_array()
            .is_some_and(|list| !list.is_empty())
    );
}

/// The same document with other line ends, page breaks and figures.
#[test]
fn line_ends_page_breaks_and_wide_figures_change_nothing() {
    let shape = Shape {
        seed: 8,
        units: 6,
        tearing: 60,
    };
    let paper = generate(&shape);
    let read = |text: &str| {
        let mut read = shared::read("evaluation", text);
        if let Some(object) = read.as_object_mut() {
            object.remove("provenance");
        }
        read
    };
    let plain = read(&paper.text);
    assert_eq!(plain, read(&paper.text.replace('\n', "\r\n")));
    let breaks = paper.text.replace("\n ", "\n\u{c}");
    assert_eq!(plain, read(&breaks));
    assert_eq!(plain, read(&breaks.replace("\n\u{c}", "\n ")));
    let wide = |text: &str| -> String {
        let wide = |c: char| match c {
            '0'..='9' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
            c => c,
        };
        text.chars().map(wide).collect()
    };
    let narrow = |value: &Value| meguri_core::text::narrow(&value.to_string());
    // Where a sheet stands decides nothing in the reading: the numbers are whole numbers again.
    assert_eq!(
        narrow(&plain["sheets"]),
        narrow(&read(&wide(&paper.text))["sheets"])
    );
}

/// What tools do to a whole text changes nothing: other spaces, an indentation, blank lines doubled,
/// page feet and a title.
#[test]
fn what_tools_do_to_a_whole_text_changes_nothing() {
    let paper = generate(&Shape {
        seed: 8,
        units: 6,
        tearing: 60,
    });
    let sheets = |text: &str| {
        let read = shared::read("evaluation", text);
        meguri_core::text::narrow(&read["sheets"].to_string())
    };
    let plain = sheets(&paper.text);
    let lines: Vec<&str> = paper.text.lines().collect();
    let indented: Vec<String> = lines
        .iter()
        .map(|l| {
            if l.is_empty() {
                String::new()
            } else {
                format!("  {l}")
            }
        })
        .collect();
    let number = std::cell::Cell::new(0);
    let footed = paper.text.split("\n ").fold(String::new(), |text, page| {
        number.set(number.get() + 1);
        if text.is_empty() {
            return page.to_owned();
        }
        format!(
            "{text}\nみなと市施策評価報告書（令和6年度）\n\n{}\n {page}",
            number.get()
        )
    });
    let variants = [
        ("no-break spaces", paper.text.replace(' ', "\u{a0}")),
        ("indented", indented.join("\n")),
        ("blank lines doubled", paper.text.replace('\n', "\n\n")),
        ("page feet", footed),
        (
            "a title",
            format!("みなと市 施策評価 令和6年度\n\n{}", paper.text),
        ),
    ];
    for (name, text) in variants {
        assert!(plain == sheets(&text), "{name}");
    }
}

/// The sheets of a paper that is not torn are told apart without any marks of its pages.
#[test]
fn a_clean_paper_needs_no_marks_of_pages() {
    for seed in 0..8 {
        let paper = generate(&Shape {
            seed,
            units: 4,
            tearing: 0,
        });
        let read = |text: &str| {
            let read = shared::read("evaluation", text);
            let sheets = read["sheets"].as_array().cloned().unwrap_or_default();
            sheets
                .iter()
                .map(|sheet| {
                    let names = |rows: &Value| -> Vec<Value> {
                        let rows = rows.as_array().into_iter().flatten();
                        rows.map(|row| row["name"].clone()).collect()
                    };
                    (
                        sheet["theme_no"].clone(),
                        sheet["name"].clone(),
                        names(&sheet["indicators"]),
                    )
                })
                .collect::<Vec<_>>()
        };
        let text = paper.text.replace('\u{c}', "").replace("\n ", "\n");
        assert_eq!(read(&paper.text), read(&text), "seed {seed}");
    }
}

/// A rate without a unit prints a dash in the column of units: it is no value.
#[test]
fn a_dash_for_a_unit_shifts_no_figures() {
    let text = "施策の概要（PLAN）\n\n基本目標 Ⅰ － 方針 1 － テーマ 2\n\n成果指標 単位\n基準年度\n\
                令和4年度\n\n令和5年度 令和6年度 令和7年度 令和8年度\n\n1 公園の評価点\n\n\
                目標 - - 1.25 1.28 1.31 1.35\n\n実績 - 1.21 1.22 1.30\n\n\
                達成率 ％ - 97.6% 101.6%\n\n【参考】関連事務事業一覧（令和6年度）\n";
    let read = shared::read("evaluation", text);
    let one = &read["sheets"][0]["indicators"][0];
    assert_eq!(one["baseline"], "1.21");
    assert_eq!(
        (&one["target"]["R5"], &one["target"]["R8"]),
        (&"1.25".into(), &"1.35".into())
    );
    assert_eq!(
        (&one["actual"]["R5"], &one["actual"]["R6"]),
        (&"1.22".into(), &"1.30".into())
    );
}

#[test]
fn cut_and_shuffled_documents_are_read_without_a_fall() {
    let shape = Shape {
        seed: 3,
        units: 4,
        tearing: 100,
    };
    let text = generate(&shape).text;
    let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).step_by(211).collect();
    for cut in cuts {
        shared::read("evaluation", &text[..cut]);
        shared::read("evaluation", &text[cut..]);
    }
    let pages: Vec<&str> = text
        .split("\n ")
        .flat_map(|part| part.split('\u{c}'))
        .collect();
    for step in 1..pages.len() {
        let mut other: Vec<&str> = pages
            .iter()
            .copied()
            .cycle()
            .step_by(step)
            .take(9)
            .collect();
        shared::read("evaluation", &other.join("\n\u{c}"));
        other.reverse();
        shared::read("evaluation", &other.join("\n "));
        let lines: Vec<&str> = text.lines().rev().step_by(step).collect();
        shared::read("evaluation", &lines.join("\n"));
    }
}

#[test]
fn a_page_that_comes_twice_is_read_once() {
    let shape = Shape {
        seed: 1,
        units: 3,
        tearing: 0,
    };
    let text = generate(&shape).text.replace("\n ", "\n\u{c}");
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let doubled: Vec<&str> = pages.iter().flat_map(|page| [*page, *page]).collect();
    let (once, twice) = (
        shared::read("evaluation", &text),
        shared::read("evaluation", &doubled.join("\u{c}")),
    );
    assert_eq!(once["sheets"], twice["sheets"]);
    let why = |entry: &Value| entry["field"] == "page";
    assert!(
        twice["unresolved"]
            .as_array()
            .is_some_and(|list| list.iter().any(why))
    );
}

#[test]
fn only_this_family_looks_like_it() {
    let likeness =
        |text: &str| meguri_import::documents::evaluation::likeness(&SourceText::from_text(text));
    let text = generate(&Shape {
        seed: 5,
        units: 3,
        tearing: 100,
    })
    .text;
    assert!(likeness(&text) > 5);
    let half: String = text.chars().skip(text.chars().count() / 2).collect();
    assert!(likeness(&half) > 1);
    assert_eq!(
        likeness("総合戦略の進捗\n事業費 令和5年度\n目標 件 - 3 4"),
        0
    );
    let Some(folder) = shared::folder() else {
        return;
    };
    for other in ["midterm_plan", "programs_r4", "reform_r2", "strategy_h30"] {
        let path = folder.join("seeds").join(other).with_extension("txt");
        let text = std::fs::read_to_string(path).expect("the seed can be read");
        assert_eq!(likeness(&text), 0, "{other}");
    }
}

/// Every value stands, at least in part, on the line that its cell names.
#[test]
fn cells_name_the_lines_of_their_values() {
    for seed in 0..4 {
        let shape = Shape {
            seed,
            units: 4,
            tearing: 60,
        };
        let text = generate(&shape).text;
        let source = SourceText::from_text(&text);
        let read = shared::read("evaluation", &text);
        let cells = read["provenance"].as_object().expect("provenance");
        for (pointer, origin) in cells {
            let value = read.pointer(pointer).expect("the value of a cell");
            let number = origin["line"].as_u64().and_then(|n| u32::try_from(n).ok());
            let line = squeezed(source.line(number.expect("a line")));
            let value = squeezed(
                &value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned),
            );
            let head: String = value.chars().take(2).collect();
            // An account is named by its mark, 一般 by nothing; a bound may stand before its figure.
            let named = pointer.ends_with("/account") || value.contains("以上");
            assert!(
                named || line.contains(&head),
                "{pointer}: {value} not in {line}"
            );
        }
    }
}

fn squeezed(text: &str) -> String {
    let plain = text.chars().filter(|c| !c.is_whitespace() && *c != ',');
    plain.map(meguri_core::text::narrow_char).collect()
}
