//! The table of targets with its notes.

use super::Writer;
use crate::words::{self, commas, pick};
use serde_json::{Map, Value, json};

/// How number and name share the columns of head and body.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// One cell in the body, one column in the head.
    OneCell,
    /// Two cells, two columns.
    TwoCells,
    /// Two cells, but one column: the body stands one to the right of its head.
    Slipped,
}

/// The notes of one table, by what they say.
#[derive(Default)]
struct Notes {
    lines: Vec<String>,
    survey: Option<usize>,
    revised: Option<usize>,
    wording: Option<usize>,
    /// The marks as they stand before their notes: `※`, `※2`.
    marks: Vec<String>,
}

impl Writer {
    /// Writes the table and gives indicators and notes.
    pub(super) fn targets(&mut self) -> (Vec<Value>, Vec<String>) {
        let layout = match self.rng.u32(..2) {
            _ if self.tears(25) => Layout::Slipped,
            0 => Layout::OneCell,
            _ => Layout::TwoCells,
        };
        if !(self.has_heads && self.tears(6)) {
            self.target_head(layout);
        }
        let notes = self.notes();
        let count = self.rng.usize(1..7);
        let indicators = (1..=count)
            .map(|no| self.indicator(no, layout, &notes))
            .collect();
        for line in &notes.lines {
            self.blank();
            self.line(line);
        }
        (indicators, notes.lines)
    }

    fn target_head(&mut self, layout: Layout) {
        let mut columns = vec![String::from("成果指標")];
        let mut years = vec![String::new()];
        if layout == Layout::TwoCells {
            columns.push(String::new());
            years.push(String::new());
        }
        columns.extend(["単位", "基準値", "目標値"].map(String::from));
        years.push(String::new());
        years.push(self.style.baseline_head());
        years.extend(self.style.year_heads());
        let slip = usize::from(layout == Layout::Slipped);
        columns.resize(years.len() + slip, String::new());
        years.resize(columns.len(), String::new());
        self.row(&columns);
        self.row(&years);
    }

    /// None, one or more notes; a single one has no number, of several all or all but the first.
    fn notes(&mut self) -> Notes {
        let mut notes = Notes::default();
        let mut texts: Vec<String> = Vec::new();
        if self.chance(30) {
            notes.survey = Some(texts.len());
            let when = words::theme(&mut self.rng);
            texts.push(format!("{when}の調査を延期したため、後の調査の結果による"));
        }
        if self.chance(35) {
            notes.revised = Some(texts.len());
            let plan = words::theme(&mut self.rng);
            let how = pick(&mut self.rng, &["目標値を再設定", "目標値を見直した。"]);
            texts.push(format!("「{plan}計画」の策定に伴い、{how}"));
        }
        if self.chance(25) {
            notes.wording = Some(texts.len());
            texts.push(format!("{}を含む人数", words::theme(&mut self.rng)));
        }
        let first_bare = texts.len() == 1 || self.chance(30);
        let space = pick(&mut self.rng, &[" ", "", "　"]);
        for (index, text) in texts.iter().enumerate() {
            let number = match index {
                0 if first_bare => String::new(),
                _ => (index + 1).to_string(),
            };
            let mark = self.style.figures(&format!("※{number}"));
            notes.lines.push(format!("{mark}{space}{text}"));
            notes.marks.push(mark);
        }
        notes
    }

    /// A mark as it stands on a value or a name, in one of the forms that transcriptions use.
    fn mark(&mut self, notes: &Notes, at: usize) -> String {
        let mark = notes.marks.get(at).cloned().unwrap_or_default();
        let bare = mark.chars().count() == 1;
        match self.rng.u32(..6) {
            0 => format!("^{{{mark}}}"),
            1 => format!(" ^{{{mark}}}"),
            2 => format!(" [{mark}]"),
            3 => format!("({mark})"),
            4 if bare && self.tears(100) => "*".to_owned(),
            _ => mark,
        }
    }

    fn indicator(&mut self, no: usize, layout: Layout, notes: &Notes) -> Value {
        let mut own_notes: Vec<String> = Vec::new();
        let mut used: Vec<usize> = Vec::new();
        let name = self.indicator_name();
        let mut name_cell = name.clone();
        if let Some(at) = notes.wording.filter(|_| self.chance(40)) {
            name_cell.push_str(&self.mark(notes, at));
            used.push(at);
        }
        let mut cells = match layout {
            Layout::OneCell => vec![self.style.figures(&no.to_string()) + " " + &name_cell],
            _ => vec![self.style.figures(&no.to_string()), name_cell],
        };
        let unit = words::unit(&mut self.rng);
        let unit_is_lost = self.tears(5);
        cells.push(if unit_is_lost { "" } else { unit }.to_owned());
        let baseline = self.value();
        let mut baseline_cell = baseline.clone();
        if let Some(at) = notes.survey.filter(|_| self.chance(50)) {
            let month = self.style.month(&mut self.rng);
            baseline_cell.push_str(&self.mark(notes, at));
            baseline_cell.push(' ');
            baseline_cell.push_str(&month);
            own_notes.push(month);
            used.push(at);
        }
        cells.push(baseline_cell);
        let (target, revised) = self.target_values(&mut cells, notes, &mut used);
        if layout != Layout::OneCell && self.tears(8) {
            let number = cells.remove(0);
            self.line(&number);
        }
        let (mut baseline, mut target, mut revised) = (Value::from(baseline), target, revised);
        let unmarked = used.is_empty() && !self.style.trims_rows;
        if unmarked && self.tears(5) {
            // A cell is dropped, not emptied: no value's year is certain any more.
            let values = target.len() + 1;
            cells.remove(cells.len() - 1 - self.rng.usize(..values));
            baseline = Value::Null;
            target.values_mut().for_each(|value| *value = Value::Null);
            revised.clear();
            self.row(&cells);
        } else {
            self.broken_row(&cells, target.len());
        }
        used.sort_unstable();
        used.dedup();
        own_notes.extend(used.iter().filter_map(|at| notes.lines.get(*at).cloned()));
        let unit = if unit_is_lost {
            Value::Null
        } else {
            unit.into()
        };
        json!({
            "no": no, "name": name, "unit": unit, "baseline": baseline,
            "target": target, "revised": revised, "notes": own_notes,
        })
    }

    /// A row that may go on in the next line, behind one of its targets.
    fn broken_row(&mut self, cells: &[String], targets: usize) {
        if self.tears(10) {
            let (begun, rest) = cells.split_at(cells.len() - self.rng.usize(1..targets));
            let rest = rest.join("\t");
            self.line(&begun.join("\t"));
            self.line(&format!("\t{rest}"));
        } else {
            self.row(cells);
        }
    }

    /// The targets of a row; the last may bear a mark of revision.
    fn target_values(
        &mut self,
        cells: &mut Vec<String>,
        notes: &Notes,
        used: &mut Vec<usize>,
    ) -> (Map<String, Value>, Vec<String>) {
        let mut target = Map::new();
        let mut revised = Vec::new();
        let keys = self.style.keys();
        let last = keys.len() - 1;
        for (index, key) in keys.into_iter().enumerate() {
            let value = self.value();
            let mut cell = value.clone();
            let chance = if index == last { 60 } else { 8 };
            if let Some(at) = notes.revised.filter(|_| self.chance(chance)) {
                cell.push_str(&self.mark(notes, at));
                used.push(at);
                revised.push(key.clone());
            }
            cells.push(cell);
            target.insert(key, value.into());
        }
        (target, revised)
    }

    fn value(&mut self) -> String {
        let value = match self.rng.u32(..12) {
            0 | 1 => self.style.dash.to_owned(),
            2 => format!("{}以上", self.rng.u32(1..90)),
            3 | 4 => format!("{}.{}", self.rng.u32(..100), self.rng.u32(..10)),
            5 => "前年度比減".to_owned(),
            6 => format!("{}%", self.rng.u32(..101)),
            7 => "0".to_owned(),
            8 => self.rng.u32(1995..2060).to_string(),
            _ => commas(self.rng.i64(1..200_000)),
        };
        self.style.figures(&value)
    }

    fn indicator_name(&mut self) -> String {
        let name = words::indicator(&mut self.rng);
        match self.rng.u32(..8) {
            0 => format!("{name}（累計）"),
            1 => format!("「{name}」(世論調査)"),
            2 => format!("{}時間対応の{name}", self.rng.u32(2..25)),
            3 => format!("NPO・ﾎﾞﾗﾝﾃｨｱによる{name}"),
            4 => format!("{name}（計画相談・移行支援等）"),
            _ => name,
        }
    }
}
