//! Lists of other cities: other words, other columns, rows that have lost their number.

use crate::shared;
use serde_json::{Value, json};

const HEAD: &str = "項目\t主な推進担当課\t評価\t実施内容\t当初予定\t取組実績\n";
const TITLE: &str = "みずほ野市行財政改革プランの進捗状況（令和6年度末）\n\n";

fn items(text: &str) -> (Vec<Value>, Value) {
    let read = shared::read("reform", text);
    let items = read["items"].as_array().expect("items").clone();
    (items, read["unresolved"].clone())
}

/// The three items of a list, with the grades of the paper.
fn list(grades: [&str; 3]) -> String {
    let [a, b, c] = grades;
    format!(
        "{TITLE}{HEAD}\
         窓口の改善\t1 受付の案内\t市民課\t{a}\t・案内の整備\t・案内を作る。\t・案内を作った。\n\
         \t2 申請の試行\t情報課\t{b}\t・申請の試行\t・試行を始める。\t・試行を始めた。\n\
         \t3 書類の整理\t総務課\t{c}\t・書類の整理\t・書類を整理する。\t・書類を整理した。\n"
    )
}

#[test]
fn a_grade_in_any_words_is_a_grade_and_moves_no_other_cell() {
    let scales = [
        ["計画以上", "計画どおり", "計画どおり"],
        ["５", "４", "４"],
        ["順調に進捗", "一部に遅れ", "順調に進捗"],
        ["◎", "○", "△"],
        ["完了", "継続", "未着手"],
        ["達成", "未達成", "達成"],
        ["S", "A※", "B（注1）"],
        ["甲", "乙", "乙"],
    ];
    for grades in scales {
        let (items, _) = items(&list(grades));
        assert_eq!(items.len(), 3, "{grades:?}");
        for (item, grade) in items.iter().zip(grades) {
            let learnt = grades.iter().filter(|other| **other == grade).count() > 1;
            // A word that only one row has is named, and is no text of another column.
            if learnt || item["grade"] != Value::Null {
                assert_eq!(item["grade"], grade, "{grades:?}");
            }
            for column in ["content", "plan", "result"] {
                let cells = item[column].as_array().expect("a list");
                assert_eq!(cells.len(), 1, "{grades:?} {column}: {item:#}");
            }
        }
    }
    let (items, unresolved) = items(&list(["上々", "甲", "甲"]));
    assert_eq!(items[0]["grade"], Value::Null);
    assert_eq!(unresolved[0]["candidates"], json!(["上々"]));
    // The legend explains the word: one row is enough.
    let legend = "「上々」：計画を超えたもの\n\n";
    let explained = list(["上々", "甲", "甲"]).replace(HEAD, &format!("{legend}{HEAD}"));
    let read = shared::read("reform", &explained);
    assert_eq!(read["items"][0]["grade"], "上々");
}

#[test]
fn columns_in_another_order_are_read_by_their_heads() {
    let text = "みずほ野市行財政改革プランの進捗状況\n\n\
        項目\t実施内容\t当初予定\t取組実績\t評価\t所管課\t備考\n\
        窓口の改善\t1 受付の案内\t・案内の整備\t・案内を作る。\t・案内を作った。\tA\t市民課\n\
        \t2 申請の試行\t・申請の試行\t\t・試行を始めた。\tB\t情報課\t次年度に拡大\n\
        \t3 書類の整理\t・書類の整理\t・書類を整理する。\tA\t総務課\n";
    let (items, unresolved) = items(text);
    assert_eq!(
        (&items[0]["grade"], &items[0]["sections"]),
        (&json!("A"), &json!(["市民課"]))
    );
    assert_eq!(items[0]["plan"], json!(["案内を作る。"]));
    assert_eq!(
        (&items[1]["plan"], &items[1]["result"]),
        (&Value::Null, &json!(["試行を始めた。"]))
    );
    // A column of the paper's own, and a row with too few cells, are named and placed nowhere.
    let told = unresolved.to_string();
    assert!(
        told.contains("次年度に拡大") && told.contains("書類を整理する。"),
        "{told}"
    );
    assert_eq!(
        (&items[2]["plan"], &items[2]["grade"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn a_list_without_a_column_lacks_only_that_column() {
    let text = "みずほ野市行財政改革プランの進捗状況\n\n\
        項目\t所管課\t実施内容\t取組実績\n\
        窓口の改善\t1 受付の案内\t市民課\t・案内の整備\t・案内を作った。\n\
        \t2 申請の試行\t情報課\t・申請の試行\t・試行を始めた。\n";
    let (items, _) = items(text);
    for item in &items {
        assert_eq!(
            (&item["plan"], &item["grade"]),
            (&Value::Null, &Value::Null)
        );
        assert_eq!(item["content"].as_array().map(Vec::len), Some(1));
        assert_eq!(item["result"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn a_row_without_its_number_or_its_name_gives_nothing_to_another_row() {
    let whole = list(["A", "B", "A"]);
    let before = shared::read("reform", &whole);
    for (from, to) in [
        ("\t2 申請の試行\t情報課", "\t\t情報課"),
        ("\t2 申請の試行\t情報課", "\t申請の試行\t情報課"),
        ("\t2 申請の試行\t情報課", "\t2\t情報課"),
        ("\t2 申請の試行\t情報課", "\t2\t\t情報課"),
        ("\t2 申請の試行\t情報課", "\t2"),
    ] {
        let read = shared::read("reform", &whole.replace(from, to));
        let items = read["items"].as_array().expect("items");
        assert_eq!(items.first(), before["items"].get(0), "{to}");
        let last = items.last().expect("an item");
        assert_eq!(
            (&last["no"], &last["result"]),
            (&json!(3), &before["items"][2]["result"])
        );
        for item in items {
            assert_ne!(item["name"], "情報課", "{to}");
        }
        assert_ne!(read["unresolved"], json!([]), "{to}");
    }
}

#[test]
fn sub_items_below_a_row_without_its_number_are_not_those_of_the_item_before() {
    let text = format!(
        "{TITLE}{HEAD}\
         窓口の改善\t1 受付の案内\t市民課\tA\t・案内の整備\t・案内を作る。\t・案内を作った。\n\
         \t申請の試行\t-\tB\t-\t-\t-\n\
         \t- 1\t情報課\t-\t・申請の試行\t・試行を始める。\t・試行を始めた。\n"
    );
    let (items, unresolved) = items(&text);
    assert_eq!(items[0]["sub"], json!([]), "{items:#?}");
    assert!(
        unresolved.to_string().contains("申請の試行"),
        "{unresolved:#}"
    );
}
