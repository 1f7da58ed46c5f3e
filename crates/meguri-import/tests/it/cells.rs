//! One meaning of a cell: whatever an office types into one cell, the values around it stay where
//! they are. One small paper of an invented city, changed in one place at a time.

use crate::shared;
use serde_json::{Value, json};

const PAPER: &str = "施策の概要（PLAN）

基本目標 Ⅱ － 方針 3 － テーマ 5 掲載ページ： 21

水辺のにぎわいづくり

４年後の到達目標の進捗状況（DO）

成　果　指　標 単位
基準年度
令和4年度

令和5年度 令和6年度 令和7年度 令和8年度

1 水辺の催しの数

目標 回 - 4 5 6 7

実績 回 3 4 6

達成率 ％ - 100.0% 120.0%

2 渡し船の利用者数

目標 人 - 2,400 2,500 2,600 2,700

実績 人 2,310 2,352 2,610

達成率 ％ - 98.0% 104.4%

施策の方向性（ACTION）

【参考】関連事務事業一覧（令和6年度）

款 項 目 コード （千円） の動向

1 水辺の催し事業 にぎわい課 7 1 2 070201 8,420 拡大

2 渡し船運行事業 にぎわい課 7 1 2 070202 15,300 維持

3 護岸点検事業 河川課 8 3 1 080310 2,075 維持

合計 25,795 千円

事務事業の動向 拡大 1 事業 改善 0 事業 維持 2 事業 縮小 0 事業 廃止 0 事業
";

fn read(text: &str) -> Value {
    shared::read("evaluation", text)
}

fn changed(from: &str, to: &str) -> Value {
    assert!(PAPER.contains(from), "{from}");
    read(&PAPER.replace(from, to))
}

/// Baseline, targets and results of an indicator, in printed order.
fn series(reading: &Value, at: usize) -> Value {
    let one = &reading["sheets"][0]["indicators"][at];
    json!([one["baseline"], one["target"], one["actual"], one["rate"]])
}

fn project(reading: &Value, at: usize) -> Value {
    let one = &reading["sheets"][0]["projects"][at];
    json!([
        one["name"],
        one["section"],
        one["code"],
        one["cost"],
        one["trend"]
    ])
}

/// The same values, whatever their places are.
fn assert_same_values(text: &str, why: &str) {
    let (plain, other) = (read(PAPER), read(text));
    for at in [0, 1] {
        assert_eq!(series(&other, at), series(&plain, at), "{why}");
    }
    let sheet = |reading: &Value| {
        let mut sheet = reading["sheets"][0].clone();
        sheet["indicators"] = Value::Null;
        sheet
    };
    assert_eq!(sheet(&other), sheet(&plain), "{why}");
}

#[test]
fn a_cell_of_any_kind_leaves_the_values_beside_it() {
    let cells = [
        "対象外",
        "集計待ち",
        "未集計",
        "調査なし",
        "秘匿",
        "コロナで中止",
        "ー",
        "ｰ",
        "－",
        "―",
        "～",
        "…",
        "x",
        "***",
        "n.a.",
        "2,610人",
        "2,610※",
        "2,610※2",
        "2,610(速報値)",
        "※2,610",
        "△2,610",
        "△ 2,610",
        "2,610 人",
        "2,610 （見込み）",
        "2,600人以上",
        "2,610～2,700",
        "2,610人（2,500人）",
        "約2,600人",
    ];
    for cell in cells {
        let reading = changed("2,352 2,610", &format!("2,352 {cell}"));
        let one = &reading["sheets"][0]["indicators"][1];
        assert_eq!(one["baseline"], "2,310", "{cell}");
        assert_eq!(one["actual"]["R5"], "2,352", "{cell}");
        let squeezed = one["actual"]["R6"]
            .as_str()
            .map(|read| read.replace(' ', ""));
        assert_eq!(squeezed, Some(cell.replace(' ', "")), "{cell}");
        assert_eq!(one["target"]["R8"], "2,700", "{cell}");
        assert_eq!(one["rate"]["R6"], "104.4%", "{cell}");
    }
}

#[test]
fn labels_and_lines_are_read_in_every_dress() {
    let dresses = [
        (
            "blanks in labels",
            PAPER
                .replace("\n目標 ", "\n目 標 ")
                .replace("\n実績 ", "\n実　績 "),
        ),
        ("other rates", PAPER.replace("\n達成率 ", "\n進 捗 率 ")),
        (
            "marks at labels",
            PAPER
                .replace("\n目標 ", "\n【目標】 ")
                .replace("\n実績 ", "\n■実績： "),
        ),
        (
            "blanks on empty lines",
            PAPER.replace("\n\n", "\n\u{3000}\n"),
        ),
        (
            "other blanks on empty lines",
            PAPER.replace("\n\n", "\n \u{a0}\u{2003}\n"),
        ),
        (
            "unseen characters",
            PAPER
                .replace("\n目標 ", "\n目\u{200b}標\u{feff} ")
                .replace("合計", "\u{ad}合計\u{200d}"),
        ),
        (
            "radicals",
            PAPER
                .replace('目', "⽬")
                .replace('水', "⽔")
                .replace('人', "⼈")
                .replace('大', "⼤"),
        ),
        (
            "parted marks",
            PAPER.replace('ぎ', "き゛").replace('づ', "つ\u{3099}"),
        ),
    ];
    for (name, text) in dresses {
        assert_same_values(&text, name);
    }
}

#[test]
fn year_heads_are_read_in_every_print_and_in_their_printed_order() {
    let head = "令和5年度 令和6年度 令和7年度 令和8年度";
    let heads = [
        "令和5(2023)年度 令和6(2024)年度 令和7(2025)年度 令和8(2026)年度",
        "㋿5年度 ㋿6年度 ㋿7年度 ㋿8年度",
        "Ｒ５年度 Ｒ６年度 Ｒ７年度 Ｒ８年度",
        "R5 R6 R7 R8",
        "2023 2024 2025 2026",
        "2023年度 2024年度 2025年度 2026年度",
        "令和5年度 6年度 7年度 8年度",
        "令 和 5 年 度　令 和 6 年 度　令 和 7 年 度　令 和 8 年 度",
    ];
    for other in heads {
        assert_same_values(&PAPER.replace(head, other), other);
    }
    // A typing error keeps its column, and is told.
    for (wrong, key) in [
        ("令和36年度", "R36"),
        ("令和2年度", "R2"),
        ("平成6年度", "H6"),
    ] {
        let reading =
            read(&PAPER.replacen("令和6年度 令和7年度", &format!("{wrong} 令和7年度"), 1));
        let one = &reading["sheets"][0]["indicators"][1];
        assert_eq!(one["target"]["R5"], "2,400", "{wrong}");
        assert_eq!(one["target"][key], "2,500", "{wrong}");
        assert_eq!(one["target"]["R7"], "2,600", "{wrong}");
        assert_eq!(one["actual"][key], "2,610", "{wrong}");
        let told = reading["unresolved"].as_array().into_iter().flatten();
        let told = told.filter(|u| u["field"] == "year" && u["candidates"][0] == wrong);
        assert_eq!(told.count(), 1, "{wrong}");
    }
}

#[test]
fn amounts_keep_their_sign_and_codes_stay_codes() {
    let signs = ["△", "▲", "−", "–", "‐", "－", "-", "△ ", "▲ ", "－ ", "− "];
    for sign in signs {
        let reading = changed("2,075 維持", &format!("{sign}2,075 維持"));
        let want = json!(["護岸点検事業", "河川課", "080310", -2075, "維持"]);
        assert_eq!(project(&reading, 2), want, "{sign}");
    }
    for dash in ["-", "－", "―", "ー", "—"] {
        let reading = changed("2,075 維持", &format!("{dash} 維持"));
        let want = json!(["護岸点検事業", "河川課", "080310", null, "維持"]);
        assert_eq!(project(&reading, 2), want, "{dash}");
        assert_eq!(reading["unresolved"], json!([]), "{dash}");
    }
    for (codes, lost) in [
        (vec![("080310", "80310")], 1),
        (vec![("070201", "70201"), ("070202", "70202")], 2),
        (vec![("070201", "70201"), ("080310", "80310")], 2),
    ] {
        let mut text = PAPER.to_owned();
        for (code, short) in &codes {
            text = text.replace(code, short);
        }
        let reading = read(&text);
        let rows = reading["sheets"][0]["projects"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let costs: Vec<i64> = rows.iter().filter_map(|row| row["cost"].as_i64()).collect();
        assert_eq!(costs, [8420, 15300, 2075], "{codes:?}");
        for (_, short) in &codes {
            assert!(rows.iter().any(|row| row["code"] == *short), "{codes:?}");
        }
        let notes = reading["unresolved"].as_array().into_iter().flatten();
        let told: usize = notes
            .filter(|u| u["field"] == "code")
            .filter_map(|u| Some(u["candidates"].as_array()?.len()))
            .sum();
        assert_eq!(told, lost, "{codes:?}");
    }
}

#[test]
fn amounts_are_in_the_unit_of_their_column() {
    let yen = PAPER
        .replace("（千円）", "（円）")
        .replace("8,420", "8,420,000")
        .replace("15,300", "15,300,500")
        .replace("2,075", "2,075,000")
        .replace("25,795 千円", "25,795,500 円");
    let reading = read(&yen);
    let costs: Vec<&Value> = (0..3)
        .map(|at| &reading["sheets"][0]["projects"][at]["cost"])
        .collect();
    assert_eq!(costs, [&json!(8420), &json!(15300.5), &json!(2075)]);
    assert_eq!(reading["sheets"][0]["total"], json!(25795.5));
    let millions = read(
        &PAPER
            .replace("（千円）", "（百万円）")
            .replace("25,795 千円", "25,795 百万円"),
    );
    assert_eq!(
        millions["sheets"][0]["projects"][0]["cost"],
        json!(8_420_000)
    );
}

#[test]
fn next_steps_of_any_length_are_learnt_from_the_count_line() {
    for step in [
        "見直しのうえ継続",
        "手法を改めて継続",
        "規模を縮小しつつ当面は継続",
    ] {
        let text = PAPER
            .replace("2,075 維持", &format!("2,075 {step}"))
            .replace("維持 2 事業", &format!("維持 1 事業 {step} 1 事業"));
        let reading = read(&text);
        assert_eq!(project(&reading, 2)[4], step);
        assert_eq!(reading["sheets"][0]["trend_counts"][step], 1, "{step}");
        assert_eq!(reading["sheets"][0]["trend_counts"]["維持"], 1, "{step}");
    }
}

#[test]
fn torn_figures_are_joined_where_the_rate_proves_them() {
    let torn = changed("2,310 2,352 2,610", "2, 310 2, 352 2, 610");
    assert_eq!(series(&torn, 1), series(&read(PAPER), 1));
    // Without a rate that fits, nothing is joined.
    let text = PAPER
        .replace("2,310 2,352 2,610", "2, 310 2, 352 2, 610")
        .replace("98.0% 104.4%", "55.0% 66.0%");
    let reading = read(&text);
    let one = &reading["sheets"][0]["indicators"][1];
    assert_eq!(one["actual"], json!({"R5": null, "R6": null}));
    assert_eq!(one["target"]["R5"], "2,400");
    let told = reading["unresolved"].as_array().into_iter().flatten();
    assert_eq!(told.filter(|u| u["field"] == "actual").count(), 1);
}

#[test]
fn next_steps_may_begin_with_the_word_that_counts_them() {
    let text = PAPER
        .replace("維持", "事業継続")
        .replace("拡大", "事業拡充");
    let reading = read(&text);
    let sheet = &reading["sheets"][0];
    let steps: Vec<&Value> = (0..3).map(|at| &sheet["projects"][at]["trend"]).collect();
    assert_eq!(steps, ["事業拡充", "事業継続", "事業継続"]);
    let counts = json!({"事業拡充": 1, "改善": 0, "事業継続": 2, "縮小": 0, "廃止": 0});
    assert_eq!(sheet["trend_counts"], counts);
    assert_eq!(reading["unresolved"], json!([]));
    assert_eq!(reading["unread"], json!([]));
}

#[test]
fn the_total_tells_what_an_amount_in_parentheses_means() {
    for (total, cost, settled) in [
        ("21,645", json!(-2_075), Some("proven")),
        ("25,795", json!(2_075), Some("proven")),
        ("23,720", json!(null), None),
        ("99,999", json!(null), None),
    ] {
        let text = PAPER
            .replace("2,075 維持", "(2,075) 維持")
            .replace("25,795", total);
        let reading = read(&text);
        let row = &reading["sheets"][0]["projects"][2];
        assert_eq!(row["cost"], cost, "{total}");
        assert_eq!(
            (&row["code"], &row["trend"]),
            (&json!("080310"), &json!("維持")),
            "{total}"
        );
        let origin = &reading["provenance"]["/sheets/0/projects/2/cost"]["settled"];
        assert_eq!(origin.as_str(), settled, "{total}");
        let told = reading["unresolved"].to_string().contains("「(2,075)」");
        assert_eq!(told, settled.is_none(), "{total}");
    }
}

#[test]
fn a_budget_item_that_lost_one_of_its_figures_names_none_of_them() {
    let reading = changed("にぎわい課 7 1 2 070201", "にぎわい課 7 2 070201");
    let row = &reading["sheets"][0]["projects"][0];
    assert_eq!(row["code"], "070201");
    assert_eq!([&row["kan"], &row["kou"], &row["moku"]], [&Value::Null; 3]);
    let open = &reading["unresolved"][0];
    assert_eq!(
        (&open["field"], &open["candidates"]),
        (&json!("moku"), &json!(["7", "2"]))
    );
}

#[test]
fn amounts_without_any_unit_are_doubtful_and_told() {
    let text = PAPER.replace("（千円）", "").replace(" 千円", "");
    let reading = read(&text);
    assert_eq!(reading["sheets"][0]["projects"][0]["cost"], 8_420);
    let origin = &reading["provenance"]["/sheets/0/projects/0/cost"]["settled"];
    assert_eq!(origin, "layout");
    assert!(reading["unresolved"].to_string().contains("単位"));
}
