//! What the units of a paper say, field by field, and whether one says what none said before.

use serde_json::Value;
use std::collections::BTreeMap;

/// A unit of a paper: what each of its fields says, without white space.
pub(super) type Unit = BTreeMap<String, String>;

/// Which values are looked at, by how they were settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// All that a reading holds.
    All,
    /// Those that a check has proven.
    Proven,
}

fn squeezed(text: &str) -> String {
    // The bullet of an item that was taken may stay.
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '・')
        .collect()
}

/// A reading while its units are collected.
struct Walk<'r> {
    reading: &'r Value,
    values: Values,
}

impl Walk<'_> {
    fn counts(&self, pointer: &str) -> bool {
        let settled = &self.reading["provenance"][pointer]["settled"];
        self.values == Values::All || settled == "proven"
    }

    fn say(&self, unit: &mut Unit, field: &str, pointer: &str) {
        let Some(value) = self.reading.pointer(pointer) else {
            return;
        };
        let text = match value {
            Value::Array(all) => {
                for at in 0..all.len() {
                    self.say(unit, field, &format!("{pointer}/{at}"));
                }
                return;
            }
            Value::Object(parts) => {
                for key in parts.keys() {
                    let step = key.replace('~', "~0").replace('/', "~1");
                    self.say(
                        unit,
                        &format!("{field}/{key}"),
                        &format!("{pointer}/{step}"),
                    );
                }
                return;
            }
            Value::String(text) => squeezed(text),
            Value::Number(number) => number.to_string(),
            _ => return,
        };
        if self.counts(pointer) {
            unit.entry(field.to_owned()).or_default().push_str(&text);
        }
    }

    fn unit(&self, pointer: &str, without: &[&str]) -> Unit {
        let mut unit = Unit::new();
        let fields = self.reading.pointer(pointer).and_then(Value::as_object);
        for field in fields.into_iter().flat_map(|object| object.keys()) {
            if !without.contains(&field.as_str()) {
                self.say(&mut unit, field, &format!("{pointer}/{field}"));
            }
        }
        unit
    }

    /// The pointers of the members of lists that lie in each other.
    fn members(&self, path: &[&str]) -> Vec<String> {
        path.iter().fold(vec![String::new()], |outer, name| {
            let inner = outer.iter().flat_map(|pointer| {
                let list = format!("{pointer}/{name}");
                let count = self.reading.pointer(&list).and_then(Value::as_array);
                (0..count.map_or(0, Vec::len)).map(move |at| format!("{list}/{at}"))
            });
            inner.collect()
        })
    }

    fn all(&self, path: &[&str], without: &[&str]) -> Vec<Unit> {
        let members = self.members(path).into_iter();
        members
            .map(|pointer| self.unit(&pointer, without))
            .collect()
    }
}

/// The units of a reading: sheets with their rows and indicators, themes with theirs, measures,
/// programmes with the rows of both tables, items and sub-items.
pub(super) fn units(family: &str, reading: &Value, values: Values) -> Vec<Unit> {
    let walk = Walk { reading, values };
    let parts: &[(&[&str], &[&str])] = match family {
        "evaluation" => &[
            (
                &["sheets"],
                &["indicators", "projects", "extra_projects", "stars", "kind"],
            ),
            (&["sheets", "indicators"], &[]),
            (&["sheets", "projects"], &[]),
            (&["sheets", "extra_projects"], &[]),
        ],
        "midterm" => &[
            (&["themes"], &["indicators", "projects"]),
            (&["themes", "indicators"], &["revised"]),
            (&["themes", "projects"], &["and_others"]),
        ],
        "strategy" => &[(&["goals", "groups", "measures"], &[])],
        "programs" => &[(&["programs"], &[]), (&["delayed"], &[])],
        _ => &[
            (&["items"], &["sub", "chapter"]),
            (&["items", "sub"], &["sub", "chapter"]),
        ],
    };
    let mut units: Vec<Unit> = parts
        .iter()
        .flat_map(|(path, without)| walk.all(path, without))
        .collect();
    if family == "programs" {
        let rows = reading["summary"]["rows"].as_array().map_or(0, Vec::len);
        units.extend((0..rows).map(|at| walk.unit(&format!("/summary/rows/{at}"), &[])));
    }
    units
}

/// Are the characters of a text among those of another, in their order? A figure is whole.
fn is_part(text: &str, of: &str) -> bool {
    let figure =
        |text: &str| text.chars().any(|c| c.is_ascii_digit()) && text.chars().count() <= 12;
    if figure(text) && figure(of) {
        return text == of;
    }
    let mut rest = of.chars();
    text.chars().all(|c| rest.any(|other| other == c))
}

/// The fields of a unit that say what none of the units before said together.
pub(super) fn moved(unit: &Unit, before: &[Unit]) -> Vec<String> {
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
