//! Papers of the family `strategy`: a progress list (進捗状況一覧表) of narrow columns, written out
//! cell by cell.

mod layout;
mod prose;

use crate::{Paper, Shape, words};
use fastrand::Rng;
use layout::Sheet;
use serde_json::{Map, Value, json};

/// The wording that one document uses throughout.
pub(crate) struct Manner {
    pub(crate) rng: Rng,
    /// 0 = each tear never, 100 = wherever it can be.
    pub(crate) tearing: u32,
    /// The years told of, as `(print of the era, year within it, short name)`.
    pub(crate) years: Vec<(&'static str, u32, String)>,
    statuses: &'static [&'static str],
    /// The measures of a group stand in another order than that of their numbers.
    shuffled: bool,
}

impl Manner {
    fn new(shape: &Shape) -> Self {
        let mut rng = Rng::with_seed(shape.seed ^ 0x5747_a7e6);
        let (era, letter) = if rng.bool() {
            ("平成", 'H')
        } else {
            ("令和", 'R')
        };
        let first = rng.u32(2..28);
        let count = [2, 2, 2, 1, 3][rng.usize(..5)];
        let years = (first..first + count)
            .map(|year| (era, year, format!("{letter}{year}")))
            .collect();
        let sets: [&[&str]; 4] = [
            &["実施中", "実施済"],
            &["実施中", "検討中", "完了", "未実施"],
            &["順調", "概ね順調", "遅れ", "終了"],
            &["継続", "拡充", "見直し", "廃止"],
        ];
        let statuses = sets[rng.usize(..sets.len())];
        let shuffled = rng.u32(..6) == 0;
        Self {
            rng,
            tearing: shape.tearing.min(100),
            years,
            statuses,
            shuffled,
        }
    }

    /// Is the next place torn?
    pub(crate) fn tears(&mut self) -> bool {
        self.rng.u32(..100) < self.tearing
    }

    /// Chance of one in `n`.
    pub(crate) fn one_in(&mut self, n: u32) -> bool {
        self.rng.u32(..n) == 0
    }
}

/// One item of a year: its sub-head, its sentences, and lines of a small list below them.
pub(crate) struct Item {
    pub(crate) subhead: Option<String>,
    pub(crate) text: String,
    pub(crate) rows: Vec<String>,
}

impl Item {
    fn truth(&self) -> String {
        let mut text = self.subhead.clone().unwrap_or_default();
        text.push_str(&self.text);
        for row in &self.rows {
            text.push('\n');
            text.push_str(row);
        }
        text
    }
}

/// A measure (施策) with all its cells.
pub(crate) struct Measure {
    pub(crate) no: u32,
    pub(crate) name: String,
    pub(crate) content: Vec<String>,
    pub(crate) sections: Vec<String>,
    pub(crate) related: Vec<String>,
    pub(crate) status: &'static str,
    pub(crate) progress: Vec<Vec<Item>>,
}

impl Measure {
    fn new(manner: &mut Manner, no: u32) -> Self {
        let status = words::pick(&mut manner.rng, manner.statuses);
        let sections = prose::sections(manner);
        let related = if manner.one_in(4) {
            prose::sections(manner)
        } else {
            Vec::new()
        };
        let years = manner.years.len();
        Self {
            no,
            name: prose::name(manner),
            content: prose::content(manner),
            sections,
            related,
            status: manner
                .statuses
                .iter()
                .find(|s| **s == status)
                .copied()
                .unwrap_or("実施中"),
            progress: (0..years).map(|_| prose::items(manner)).collect(),
        }
    }

    fn truth(&self, manner: &Manner) -> Value {
        let mut progress = Map::new();
        for ((_, _, short), items) in manner.years.iter().zip(&self.progress) {
            let items = items.iter().map(|item| item.truth().into()).collect();
            progress.insert(short.clone(), Value::Array(items));
        }
        json!({
            "no": self.no,
            "name": self.name,
            "content": self.content.join("\n"),
            "sections": self.sections,
            "related_sections": self.related,
            "status": self.status,
            "progress": progress,
        })
    }
}

/// One paper. `units` counts measures.
#[must_use]
pub fn generate(shape: &Shape) -> Paper {
    let mut manner = Manner::new(shape);
    let mut sheet = Sheet::new(&manner);
    let mut goals = Vec::new();
    let mut left = shape.units;
    while left > 0 {
        let no = goals.len() + 1;
        let name = prose::heading(&mut manner);
        sheet.goal(&mut manner, no, &name);
        let groups = groups(&mut manner, &mut sheet, &mut left);
        goals.push(json!({ "no": no, "name": name, "groups": groups }));
    }
    Paper {
        text: sheet.text,
        truth: json!({ "goals": goals }),
    }
}

fn groups(manner: &mut Manner, sheet: &mut Sheet, left: &mut usize) -> Vec<Value> {
    let mut groups = Vec::new();
    for mark in "①②③④⑤⑥".chars().take(manner.rng.usize(1..=6)) {
        if *left == 0 {
            break;
        }
        let name = prose::heading(manner);
        sheet.group(mark, &name);
        let mut measures = Vec::new();
        let mut numbers: Vec<u32> = (1..=manner.rng.u32(1..=9)).collect();
        if manner.shuffled {
            manner.rng.shuffle(&mut numbers);
        }
        for no in numbers {
            if *left == 0 {
                break;
            }
            *left -= 1;
            let measure = Measure::new(manner, no);
            sheet.measure(manner, &measure);
            measures.push(measure.truth(manner));
        }
        groups.push(json!({ "no": mark.to_string(), "name": name, "measures": measures }));
    }
    groups
}
