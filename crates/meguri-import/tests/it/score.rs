//! How much of a known truth a reading holds, leaf by leaf, by the same rules as the project's
//! scoring tool: white space never counts; a `null` in the truth means that the text no longer
//! holds the value, and reading anything there counts as invented.

use serde_json::Value;
use std::collections::HashMap;
use std::fmt;

const ROW_KEYS: [&str; 3] = ["theme_no", "no", "code"];
const FIGURES: &[&str] = &[
    "baseline",
    "target",
    "actual",
    "rate",
    "cost",
    "total",
    "trend_counts",
    "kan",
    "kou",
    "moku",
    "code",
    "stars",
    "S",
    "A",
    "B",
    "unit",
    "plan_figures",
    "result_figures",
];
const NAMES: &[&str] = &[
    "name",
    "section",
    "sections",
    "related_sections",
    "sub",
    "chapter",
    "account",
    "accounts_note",
    "tags",
    "trend",
    "grade",
    "status",
    "attainment",
    "basic_goal",
    "policy_no",
    "plan_pages",
    "kind",
    "reposted",
    "reposted_from",
    "and_others",
    "theme_no",
    "no",
    "revised",
    "direction",
];

/// Right, all and invented leaves of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) all: usize,
    pub(crate) invented: usize,
}

/// The outcome by kind of field, with what differs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Score {
    pub(crate) figures: Tally,
    pub(crate) names: Tally,
    pub(crate) prose: Tally,
    pub(crate) differences: Vec<String>,
}

impl Score {
    pub(crate) fn invented(&self) -> usize {
        self.figures.invented + self.names.invented + self.prose.invented
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in self.differences.iter().take(40) {
            writeln!(f, "{difference}")?;
        }
        for (name, tally) in [
            ("figures", self.figures),
            ("names", self.names),
            ("prose", self.prose),
        ] {
            writeln!(
                f,
                "{name} {}/{}, {} invented",
                tally.right, tally.all, tally.invented
            )?;
        }
        Ok(())
    }
}

/// Compares every leaf of the truth with the reading.
pub(crate) fn score(truth: &Value, reading: &Value) -> Score {
    let have: HashMap<String, Value> = leaves(reading).into_iter().collect();
    let mut score = Score::default();
    for (path, want) in leaves(truth) {
        let got = have.get(&path);
        let tally = match kind(&path) {
            "figures" => &mut score.figures,
            "names" => &mut score.names,
            _ => &mut score.prose,
        };
        tally.all += 1;
        if got == Some(&want) {
            tally.right += 1;
            continue;
        }
        if want.is_null() && got.is_some() {
            tally.invented += 1;
        }
        let got = got.map_or("<missing>".to_owned(), ToString::to_string);
        score
            .differences
            .push(format!("{path}\n    truth {want}\n    read  {got}"));
    }
    score
}

fn kind(path: &str) -> &'static str {
    let parts: Vec<&str> = path.split('\u{0}').collect();
    if parts.last() == Some(&"programs") {
        return "figures";
    }
    for part in parts.iter().rev() {
        if FIGURES.contains(part) {
            return "figures";
        }
        if NAMES.contains(part) {
            return "names";
        }
    }
    "prose"
}

/// Every leaf with its path; the steps are separated by NUL.
fn leaves(value: &Value) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    walk(value, String::new(), &mut found);
    found
}

fn walk(value: &Value, path: String, found: &mut Vec<(String, Value)>) {
    let step = |key: &str| {
        if path.is_empty() {
            key.to_owned()
        } else {
            format!("{path}\u{0}{key}")
        }
    };
    match value {
        Value::Object(object) => {
            object
                .iter()
                .for_each(|(key, value)| walk(value, step(key), found));
        }
        Value::Array(items) if items.first().is_some_and(Value::is_object) => {
            for (key, value) in rows(items) {
                walk(value, step(&key), found);
            }
        }
        Value::Array(items) => {
            found.push((step("len"), items.len().into()));
            for (index, item) in items.iter().enumerate() {
                found.push((step(&index.to_string()), squeezed(item)));
            }
        }
        leaf => found.push((path, squeezed(leaf))),
    }
}

/// Rows by what names them, by place where nothing does.
fn rows(items: &[Value]) -> Vec<(String, &Value)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    items
        .iter()
        .enumerate()
        .map(|(index, row)| {
            let key = row_key(row, index);
            let count = seen.entry(key.clone()).or_default();
            *count += 1;
            (
                if *count == 1 {
                    key
                } else {
                    format!("{key}~{count}")
                },
                row,
            )
        })
        .collect()
}

fn row_key(row: &Value, index: usize) -> String {
    let named = ROW_KEYS
        .iter()
        .find(|k| row.get(**k).is_some_and(|v| !v.is_null()));
    match named {
        Some(name) => {
            let key = format!("{name}={}", plain(&row[*name]));
            match row.get("sub") {
                Some(Value::String(sub)) => format!("{key}/{sub}"),
                _ => key,
            }
        }
        None if row.get("kind").is_some_and(|k| k == "management") => "kind=management".to_owned(),
        None => format!("#{index}"),
    }
}

fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn squeezed(value: &Value) -> Value {
    match value {
        Value::String(text) => text
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .into(),
        other => other.clone(),
    }
}
