//! Values taken away: what is left never says of one cell what stood in another.
//!
//! A value is cut out of the text where it stands, alone or with others, and the rest is read again.
//! Every unit of the new reading must be one of the old, each of its fields a part of what the same
//! field said before. Values may go lost with those that were taken; they may not move.
//!
//! Left out: headings. That of a chapter is printed once and merged down over its rows, so that a text
//! without it is the text of a paper in which it never stood. What is left of a strategy's heading
//! (`①` without its name, a name without its `①`) is not told from text of the measure before it.
//! Nor are the sections of a strategy taken: without them nothing ends the content that they follow.

use crate::shared;
use meguri_papers::{Shape, generator};
use serde_json::Value;
use std::collections::BTreeMap;

/// A unit of a paper: what each of its fields says, without white space.
type Unit = BTreeMap<String, String>;

fn squeezed(text: &str) -> String {
    // The bullet of an item that was taken may stay.
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '・')
        .collect()
}

fn say(unit: &mut Unit, field: &str, value: &Value) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| say(unit, field, one)),
        Value::String(text) => unit
            .entry(field.to_owned())
            .or_default()
            .push_str(&squeezed(text)),
        Value::Number(number) => {
            unit.entry(field.to_owned())
                .or_default()
                .push_str(&number.to_string());
        }
        Value::Object(parts) => {
            for (key, part) in parts {
                say(unit, &format!("{field}/{key}"), part);
            }
        }
        _ => {}
    }
}

fn unit(value: &Value, without: &[&str]) -> Unit {
    let mut unit = Unit::new();
    let fields = value.as_object().into_iter().flatten();
    for (field, value) in fields.filter(|(field, _)| !without.contains(&field.as_str())) {
        say(&mut unit, field, value);
    }
    unit
}

fn list<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    value[name].as_array().into_iter().flatten()
}

/// The units of a reading: measures, programmes with the rows of both tables, items and sub-items.
fn units(family: &str, reading: &Value) -> Vec<Unit> {
    match family {
        "strategy" => list(reading, "goals")
            .flat_map(|goal| list(goal, "groups"))
            .flat_map(|group| list(group, "measures"))
            .map(|measure| unit(measure, &[]))
            .collect(),
        "programs" => {
            let programs = list(reading, "programs").chain(list(reading, "delayed"));
            let rows = list(&reading["summary"], "rows");
            programs.chain(rows).map(|value| unit(value, &[])).collect()
        }
        _ => {
            let items = list(reading, "items");
            let all = items.flat_map(|item| std::iter::once(item).chain(list(item, "sub")));
            all.map(|item| unit(item, &["sub", "chapter"])).collect()
        }
    }
}

/// Are the characters of a text among those of another, in their order?
fn is_part(text: &str, of: &str) -> bool {
    let mut rest = of.chars();
    text.chars().all(|c| rest.any(|other| other == c))
}

/// The fields of a unit that say what none of the units before said together.
fn moved(unit: &Unit, before: &[Unit]) -> Vec<String> {
    let against = |other: &Unit| -> Vec<String> {
        let said = |field: &String| other.get(field).map_or("", String::as_str);
        let odd = unit
            .iter()
            .filter(|(field, text)| !is_part(text, said(field)));
        odd.map(|(field, text)| format!("{field}: {text}"))
            .collect()
    };
    let all = before.iter().map(against);
    all.min_by_key(Vec::len).unwrap_or_default()
}

/// All texts of a reading with the line on which each begins.
/// Sections of a strategy are there without their text: they are not taken.
fn values(reading: &Value) -> Vec<(String, usize)> {
    let origins = reading["provenance"].as_object().into_iter().flatten();
    let mut found = Vec::new();
    for (pointer, origin) in origins {
        let outside = ["/schedule_words", "/fiscal_year"];
        let merged = pointer.ends_with("/chapter") || pointer.ends_with("/kind");
        let heading = pointer.starts_with("/goals/") && !pointer.contains("/measures/");
        if merged || heading || outside.iter().any(|head| pointer.starts_with(head)) {
            continue;
        }
        let line = origin["line"]
            .as_u64()
            .and_then(|line| usize::try_from(line).ok());
        let text = match reading.pointer(pointer) {
            Some(Value::String(text)) => text.chars().filter(|c| !c.is_whitespace()).collect(),
            Some(Value::Number(number)) => number.to_string(),
            _ => continue,
        };
        let section = pointer.starts_with("/goals/") && pointer.contains("sections/");
        let text = if section { String::new() } else { text };
        found.extend(line.map(|line| (text, line)));
    }
    found
}

/// Cuts a text out of the lines from one on; `false` where it does not stand there in one piece.
fn take(lines: &mut [Vec<char>], text: &str, line: usize) -> bool {
    let wanted: Vec<char> = text.chars().collect();
    if wanted.is_empty() {
        return false;
    }
    let Some(first) = line.checked_sub(1).and_then(|at| lines.get(at)) else {
        return false;
    };
    for start in 0..first.len() {
        let (mut at, mut column, mut taken) = (line - 1, start, Vec::new());
        for want in &wanted {
            loop {
                match lines.get(at).map(|line| line.get(column)) {
                    None => break,
                    Some(None) => (at, column) = (at + 1, 0),
                    Some(Some(c)) if c.is_whitespace() && !taken.is_empty() => column += 1,
                    Some(Some(_)) => break,
                }
            }
            if lines.get(at).and_then(|line| line.get(column)) != Some(want) {
                break;
            }
            taken.push((at, column));
            column += 1;
        }
        if taken.len() == wanted.len() {
            let rows: Vec<usize> = taken.iter().map(|(row, _)| *row).collect();
            taken
                .into_iter()
                .for_each(|(row, column)| lines[row][column] = '\u{0}');
            for row in rows {
                clear(&mut lines[row]);
            }
            return true;
        }
    }
    false
}

/// Takes out what was cut, and the bullet of an item of which nothing is left.
fn clear(line: &mut Vec<char>) {
    line.retain(|c| *c != '\u{0}');
    let cells: Vec<Vec<char>> = line.split(|c| *c == '\t').map(<[char]>::to_vec).collect();
    let bare = |cell: &Vec<char>| cell.iter().all(|c| c.is_whitespace() || *c == '・');
    let cells = cells
        .into_iter()
        .map(|cell| if bare(&cell) { Vec::new() } else { cell });
    *line = cells.collect::<Vec<_>>().join(&'\t');
}

/// Takes values away, again and again, and gives back what was said of another cell then.
fn mis_said(family: &str, text: &str, (times, at_once): (usize, usize)) -> Vec<String> {
    let before = shared::read(family, text);
    let (known, values) = (units(family, &before), values(&before));
    let lines: Vec<Vec<char>> = text
        .split('\n')
        .map(|line| line.chars().collect())
        .collect();
    let (mut found, mut step) = (Vec::new(), 7_usize);
    for _ in 0..times {
        let mut cut = lines.clone();
        let mut gone = Vec::new();
        for _ in 0..at_once {
            step = step.wrapping_mul(6_364_136_223).wrapping_add(1_442_695_041);
            let Some((text, line)) = values.get((step >> 7) % values.len().max(1)) else {
                continue;
            };
            if take(&mut cut, text, *line) {
                gone.push(format!("{line}: {text}"));
            }
        }
        let cut: Vec<String> = cut
            .into_iter()
            .map(|line| line.into_iter().collect())
            .collect();
        let after = shared::read(family, &cut.join("\n"));
        for unit in units(family, &after) {
            let odd = moved(&unit, &known);
            if !odd.is_empty() {
                found.push(format!("without {gone:?}: {odd:?}"));
            }
        }
    }
    found
}

fn generated(family: &str, seed: u64, tearing: u32) -> String {
    let generate = generator(family).expect("a generator");
    let units = 8;
    generate(&Shape {
        seed,
        units,
        tearing,
    })
    .text
}

/// Values taken one at a time and several at a time, out of papers that are whole and torn.
fn nothing_moves(family: &str, real: &str) {
    let mut found = Vec::new();
    for seed in 1..7 {
        for tearing in [0, 40] {
            let text = generated(family, seed, tearing);
            for way in [(24, 1), (12, 3)] {
                found.extend(mis_said(family, &text, way));
            }
        }
    }
    if let Some(folder) = shared::folder() {
        let text = std::fs::read_to_string(folder.join("seeds").join(real));
        let text = text.expect("the seed can be read");
        found.extend(mis_said(family, &text, (40, 1)));
        found.extend(mis_said(family, &text, (20, 3)));
    }
    assert!(
        found.is_empty(),
        "{}: {:#?}",
        found.len(),
        &found[..found.len().min(6)]
    );
}

#[test]
fn no_value_of_a_strategy_moves_where_others_are_taken() {
    nothing_moves("strategy", "strategy_h30.txt");
}

#[test]
fn no_value_of_programmes_moves_where_others_are_taken() {
    nothing_moves("programs", "programs_r4.txt");
}

#[test]
fn no_value_of_a_reform_plan_moves_where_others_are_taken() {
    nothing_moves("reform", "reform_r2.txt");
}
