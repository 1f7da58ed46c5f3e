//! Measures and groups in other marks than `1` and `①`: the same paper reads alike.

use crate::shared;
use meguri_papers::Shape;
use meguri_papers::strategy::generate;
use serde_json::Value;

const KANA: [&str; 9] = ["ア", "イ", "ウ", "エ", "オ", "カ", "キ", "ク", "ケ"];
const KANJI: [&str; 9] = ["一", "二", "三", "四", "五", "六", "七", "八", "九"];

/// Lines of marks with the numbers that they stand for.
type Lines = Vec<(usize, usize)>;

/// The lines of groups and those of measures.
fn marked_lines(reading: &Value) -> (Lines, Lines) {
    let (mut groups, mut measures) = (Vec::new(), Vec::new());
    let line = |pointer: &str| {
        let line = reading["provenance"][pointer]["line"].as_u64();
        line.and_then(|line| usize::try_from(line).ok())
    };
    for (goal_at, goal) in list(&reading["goals"]) {
        for (group_at, group) in list(&goal["groups"]) {
            let place = format!("/goals/{goal_at}/groups/{group_at}");
            let mark = group["no"].as_str().and_then(|no| no.chars().next());
            let number = mark.and_then(meguri_core::text::circled_value);
            groups.extend(line(&format!("{place}/no")).zip(number.map(|n| n as usize)));
            for (at, measure) in list(&group["measures"]) {
                let number = measure["no"].as_u64().and_then(|n| usize::try_from(n).ok());
                measures.extend(line(&format!("{place}/measures/{at}/no")).zip(number));
            }
        }
    }
    (groups, measures)
}

fn list(value: &Value) -> impl Iterator<Item = (usize, &Value)> {
    value.as_array().into_iter().flatten().enumerate()
}

/// The paper with other marks on some lines.
fn with_marks(text: &str, lines: &[(usize, usize)], mark: impl Fn(usize) -> String) -> String {
    let mut all: Vec<String> = text.split('\n').map(str::to_owned).collect();
    for (line, number) in lines {
        let old = all[line - 1].trim_start().to_owned();
        let old = old.trim_start_matches(|c: char| c.is_ascii_digit() || "①②③④⑤⑥".contains(c));
        all[line - 1] = format!("{}{old}", mark(*number));
    }
    all.join("\n")
}

/// What a reading says, marks of groups and lines aside.
fn said(reading: &Value) -> Value {
    let mut goals = reading["goals"].clone();
    for goal in goals.as_array_mut().into_iter().flatten() {
        for group in goal["groups"].as_array_mut().into_iter().flatten() {
            group["no"] = Value::Null;
        }
    }
    goals
}

/// Where something is open, and what.
fn open(reading: &Value) -> Vec<(Value, Value)> {
    let all = list(&reading["unresolved"]);
    all.map(|(_, one)| (one["line"].clone(), one["field"].clone()))
        .collect()
}

fn papers() -> impl Iterator<Item = (String, Value)> {
    (1..9).map(|seed| {
        let shape = Shape {
            seed,
            units: 9,
            tearing: 0,
        };
        let text = generate(&shape).text;
        let reading = shared::read("strategy", &text);
        (text, reading)
    })
}

#[test]
fn measures_are_read_in_whatever_marks_they_are_numbered() {
    let marks: [fn(usize) -> String; 11] = [
        |no| format!("({no})"),
        |no| format!("（{no}） "),
        |no| format!("〔{no}〕"),
        |no| format!("{no}."),
        |no| format!("{no}）"),
        |no| format!("2-3-{no}"),
        |no| format!("２－（{no}）"),
        |no| format!("施策{no}"),
        |no| format!("№{no}"),
        |no| KANJI[no - 1].to_owned(),
        |no| format!("({})", KANA[no - 1]),
    ];
    for (text, plain) in papers() {
        let (_, measures) = marked_lines(&plain);
        for (at, mark) in marks.iter().enumerate() {
            let read = shared::read("strategy", &with_marks(&text, &measures, mark));
            let name = format!("{}: {}", at, mark(1));
            assert_eq!(said(&read), said(&plain), "{name}");
            assert_eq!(open(&read), open(&plain), "{name}");
            assert_eq!(read["unread"], plain["unread"], "{name}");
        }
    }
}

#[test]
fn groups_are_read_in_whatever_marks_they_are_numbered() {
    let marks: [fn(usize) -> String; 10] = [
        |no| KANA[no - 1].to_owned(),
        |no| format!("（{}）", KANA[no - 1]),
        |no| format!("{}．", KANA[no - 1]),
        |no| KANJI[no - 1].to_owned(),
        |no| format!("({no}) "),
        |no| format!("【{no}】"),
        |no| format!("{no}) "),
        |no| format!("第{no} "),
        |no| format!("施策の柱{no} "),
        |no| ["A", "B", "C", "D", "E", "F"][no - 1].to_owned(),
    ];
    for (text, plain) in papers() {
        let (groups, _) = marked_lines(&plain);
        for (at, mark) in marks.iter().enumerate() {
            let read = shared::read("strategy", &with_marks(&text, &groups, mark));
            let name = format!("{}: {}", at, mark(1));
            assert_eq!(said(&read), said(&plain), "{name}");
            assert_eq!(open(&read), open(&plain), "{name}");
            assert_eq!(read["unread"], plain["unread"], "{name}");
        }
    }
}

#[test]
fn a_goal_is_kept_where_the_heading_below_it_is_unknown() {
    for (text, plain) in papers() {
        let (groups, _) = marked_lines(&plain);
        let read = shared::read("strategy", &with_marks(&text, &groups, |_| "○".to_owned()));
        let names = |reading: &Value| -> Vec<Value> {
            list(&reading["goals"])
                .map(|(_, goal)| goal["name"].clone())
                .collect()
        };
        assert_eq!(names(&read), names(&plain));
    }
}

#[test]
fn years_in_kanji_head_the_same_texts() {
    let kanji = |text: &str| {
        let mut out = text.to_owned();
        for year in (1..40).rev() {
            let tens = year / 10;
            let head = ["", "十", "二十", "三十"][tens];
            let digit = (year % 10).checked_sub(1).map_or("", |at| KANJI[at]);
            for era in ["令和", "平成"] {
                out = out.replace(
                    &format!("【{era} {year}年度】"),
                    &format!("【{era}{head}{digit}年度】"),
                );
            }
        }
        out
    };
    for (text, plain) in papers() {
        let changed = kanji(&text);
        assert_ne!(changed, text);
        let read = shared::read("strategy", &changed);
        assert_eq!(said(&read), said(&plain));
        assert_eq!(read["unread"], plain["unread"]);
    }
}
