//! One meaning of a cell in execution plans too: heads of years in all their prints, words in cells,
//! amounts in the unit that is printed. One small plan of an invented city, changed in one place.

use crate::shared;
use serde_json::{Value, json};

const PLAN: &str = "水辺のにぎわいづくり

現状と課題

・水辺を歩く人が減っています。

取組の方針・内容

・水辺で催しを開きます。

到達目標

成果指標\t単位\t基準値\t目標値\t\t
\t\t令和4年度\t令和5年度\t令和6年度\t令和7年度
1\t水辺の催しの数\t回\t3\t4\t5\t6
2\t渡し船の利用者数\t人\t2,310\t2,400\t2,500\t2,600

主要事業の年次計画

事業名\t令和5年度\t令和6年度\t令和7年度
水辺の催し事業【にぎわい課】\t\t\t
費用\t8,420 千円\t9,000 千円\t—
概略\t催しの開催\t催しの開催\t見直し
";

fn read(text: &str) -> Value {
    shared::read("midterm", text)
}

fn changed(pairs: &[(&str, &str)]) -> Value {
    let mut text = PLAN.to_owned();
    for (from, to) in pairs {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    read(&text)
}

fn theme(reading: &Value) -> &Value {
    &reading["themes"][0]
}

/// Why something is open, one sentence a line.
fn reasons(reading: &Value) -> String {
    let open = reading["unresolved"].as_array().into_iter().flatten();
    open.map(|entry| entry["why"].as_str().unwrap_or_default().to_owned() + "\n")
        .collect()
}

#[test]
fn the_plan_itself_is_read_whole() {
    let reading = read(PLAN);
    assert_eq!(
        theme(&reading)["indicators"][0]["target"],
        json!({"R5": "4", "R6": "5", "R7": "6"})
    );
    assert_eq!(
        theme(&reading)["projects"][0]["cost"],
        json!({"R5": 8420, "R6": 9000, "R7": null})
    );
    assert_eq!(reading["unresolved"], json!([]));
    assert_eq!(reading["unread"], json!([]));
}

#[test]
fn heads_of_years_are_read_in_all_their_prints() {
    let want = read(PLAN);
    for heads in [
        "令和4(2022)年度\t令和5(2023)年度\t令和6(2024)年度\t令和7(2025)年度",
        "㋿4年度\t㋿5年度\t㋿6年度\t㋿7年度",
        "R4\tR5\tR6\tR7",
        "R.4\tR.5\tR.6\tR.7",
        "令和４年度\t５年度\t６年度\t７年度",
        "2022年度\t2023年度\t2024年度\t2025年度",
        "2022\t2023\t2024\t2025",
        "令 和 4 年 度\t令 和 5 年 度\t令 和 6 年 度\t令 和 7 年 度",
        "令和4年度（実績）\t令和5年度（目標）\t令和6年度（目標）\t令和7年度（目標）",
    ] {
        let own = "令和4年度\t令和5年度\t令和6年度\t令和7年度";
        let (_, years) = heads.split_once('\t').expect("two heads");
        let (_, own_years) = own.split_once('\t').expect("two heads");
        let plan = format!("事業名\t{own_years}");
        let text = PLAN
            .replace(&plan, &format!("事業名\t{years}"))
            .replace(own, heads);
        let reading = read(&text);
        assert_eq!(
            theme(&reading)["indicators"],
            theme(&want)["indicators"],
            "{heads}"
        );
        // A bare number of the era stands beside the head that names it.
        if !years.starts_with('５') {
            assert_eq!(
                theme(&reading)["projects"],
                theme(&want)["projects"],
                "{heads}"
            );
        }
    }
}

#[test]
fn columns_keep_their_printed_order_and_a_misprinted_year_is_told() {
    let reading = changed(&[(
        "令和5年度\t令和6年度\t令和7年度\n水辺",
        "令和5年度\t令和36年度\t令和7年度\n水辺",
    )]);
    let cost = &theme(&reading)["projects"][0]["cost"];
    assert_eq!(*cost, json!({"R5": 8420, "R36": 9000, "R7": null}));
    assert!(
        reasons(&reading).contains("「令和36年度」"),
        "{}",
        reasons(&reading)
    );
    assert!(
        reasons(&reading).contains("令和6年度と思われます"),
        "{}",
        reasons(&reading)
    );
}

#[test]
fn words_stand_in_a_cell_as_figures_do() {
    for word in [
        "対象外",
        "集計待ち",
        "未定",
        "検討中",
        "…",
        "ー",
        "5(見込み)",
        "5回",
        "5※1",
        "拡大",
    ] {
        let reading = changed(&[("\t4\t5\t6\n", &format!("\t4\t{word}\t6\n"))]);
        let target = &theme(&reading)["indicators"][0]["target"];
        let printed = word.trim_end_matches("※1");
        assert_eq!(
            *target,
            json!({"R5": "4", "R6": printed, "R7": "6"}),
            "{word}"
        );
        assert_eq!(theme(&reading)["indicators"][0]["unit"], "回", "{word}");
        assert_eq!(
            theme(&reading)["indicators"][1]["name"],
            "渡し船の利用者数",
            "{word}"
        );
    }
    let reading = changed(&[("\t3\t4\t5\t6\n", "\t対象外\t集計待ち\t集計待ち\t集計待ち\n")]);
    let first = &theme(&reading)["indicators"][0];
    assert_eq!(first["baseline"], "対象外");
    assert_eq!(
        first["target"],
        json!({"R5": "集計待ち", "R6": "集計待ち", "R7": "集計待ち"})
    );
}

#[test]
fn amounts_count_in_the_unit_that_is_printed() {
    let bare = |amounts: &str| [("8,420 千円\t9,000 千円", amounts.to_owned())];
    for (label, head, amounts, want) in [
        (
            "費用",
            "事業名",
            "8,420,500円\t9,000,000円",
            json!([8420.5, 9000]),
        ),
        (
            "費用（円）",
            "事業名",
            "8,420,500\t9,000,001",
            json!([8420.5, 9000.001]),
        ),
        ("費用（百万円）", "事業名", "8\t9.5", json!([8000, 9500])),
        (
            "費用",
            "事業名（単位：千円）",
            "8,420\t9,000",
            json!([8420, 9000]),
        ),
        ("費用", "事業名", "842万円\t0.9億円", json!([8420, 90000])),
        (
            "費用（千円）",
            "事業名",
            "△ 8,420\t▲9,000",
            json!([-8420, -9000]),
        ),
    ] {
        let [(from, to)] = bare(amounts);
        let reading = changed(&[
            (from, &to),
            ("費用\t", &format!("{label}\t")),
            ("事業名\t", &format!("{head}\t")),
        ]);
        let cost = &theme(&reading)["projects"][0]["cost"];
        assert_eq!(
            json!([cost["R5"], cost["R6"]]),
            want,
            "{label} {head} {amounts}"
        );
        assert_eq!(reading["unresolved"], json!([]), "{label} {head} {amounts}");
        assert_eq!(reading["unread"], json!([]), "{label} {head} {amounts}");
    }
}

#[test]
fn a_unit_may_stand_on_a_line_of_its_own() {
    let note = "主要事業の年次計画\n\n（単位：円）\n";
    let reading = changed(&[
        ("8,420 千円\t9,000 千円", "8,420,000\t9,000,000"),
        ("主要事業の年次計画\n", note),
    ]);
    let cost = &theme(&reading)["projects"][0]["cost"];
    assert_eq!(*cost, json!({"R5": 8420, "R6": 9000, "R7": null}));
    assert_eq!(theme(&reading)["projects"][0]["name"], "水辺の催し事業");
    assert_eq!(reading["unread"], json!([]));
}

#[test]
fn an_amount_without_any_unit_is_doubtful_and_told() {
    let reading = changed(&[("8,420 千円\t9,000 千円", "8,420\t9,000")]);
    assert!(reasons(&reading).contains("単位"), "{}", reasons(&reading));
    let settled = &reading["provenance"]["/themes/0/projects/0/cost/R5"]["settled"];
    assert_eq!(settled, "layout");
}

#[test]
fn a_cost_in_words_or_parentheses_is_open_and_its_reason_quotes_it() {
    for (cell, quoted) in [
        ("未定", "「未定」"),
        ("(9,000)", "「(9,000)」"),
        ("9, 000", "「9, 000」"),
    ] {
        let reading = changed(&[("9,000 千円", cell)]);
        let cost = &theme(&reading)["projects"][0]["cost"];
        assert_eq!(*cost, json!({"R5": 8420, "R6": null, "R7": null}), "{cell}");
        assert!(
            reasons(&reading).contains(quoted),
            "{cell}: {}",
            reasons(&reading)
        );
    }
}

#[test]
fn heads_without_an_era_take_that_of_the_papers_title() {
    let plain = changed(&[]);
    let bare = |unit: &str, title: &str| {
        let text = PLAN.replace("令和", "").replace("年度", unit);
        read(&format!("{title}\n\n{text}"))
    };
    for title in [
        "みずほ野市実行計画（令和5年度～令和7年度）",
        "みずほ野市実行計画（令和5～7年度）",
        "みずほ野市実行計画（令和五～七年度）",
        "平成30年に定め、令和4年3月に改めた実行計画",
    ] {
        for unit in ["年度", "年", " 年度"] {
            let reading = bare(unit, title);
            assert_eq!(theme(&reading), theme(&plain), "{title} {unit}");
        }
    }
}

#[test]
fn heads_whose_era_is_nowhere_head_no_rows() {
    for unit in ["年度", "年", ""] {
        let text = PLAN.replace("令和", "").replace("年度", unit);
        let reading = read(&text);
        let indicators = theme(&reading)["indicators"].as_array();
        let indicators = indicators.into_iter().flatten();
        let names: Vec<&Value> = indicators.map(|one| &one["name"]).collect();
        if !unit.is_empty() {
            assert_eq!(names, ["水辺の催しの数", "渡し船の利用者数"]);
        }
        let projects = theme(&reading)["projects"].as_array();
        let projects = projects.into_iter().flatten();
        let names: Vec<&Value> = projects.map(|one| &one["name"]).collect();
        assert_eq!(names, ["水辺の催し事業"], "{unit}");
        assert_ne!(reasons(&reading), "");
    }
}
