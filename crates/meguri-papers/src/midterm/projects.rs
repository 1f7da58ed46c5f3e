//! The yearly plan of the main projects.

use super::Writer;
use crate::words::{self, pick};
use serde_json::{Map, Value, json};

/// The row of a project's name, as it shall be printed.
struct Name {
    name: String,
    tags: Vec<&'static str>,
    account: Option<&'static str>,
    sections: Vec<&'static str>,
    and_others: bool,
}

impl Writer {
    /// Writes the table and gives its projects.
    pub(super) fn projects(&mut self) -> Vec<Value> {
        let mut head = vec!["事業名".to_owned()];
        head.extend(self.style.year_heads());
        if !(self.has_heads && self.tears(6)) {
            self.row(&head);
        }
        let at_end = self.rng.bool();
        let count = self.rng.usize(1..8);
        let mut projects = Vec::new();
        for index in 0..count {
            if index > 0 && self.tears(8) {
                self.page_break();
                self.heading("主要事業の年次計画");
                self.row(&head);
            }
            projects.push(self.project(at_end));
        }
        projects
    }

    fn project(&mut self, sections_at_end: bool) -> Value {
        let name = self.name();
        let sections_at_end = sections_at_end != self.tears(10);
        self.name_row(&name, sections_at_end);
        let keys = self.style.keys();
        let cost = self.costs(&keys);
        let summary = self.summaries(&keys);
        json!({
            "name": name.name, "tags": name.tags, "sections": name.sections,
            "and_others": name.and_others, "accounts_note": name.account,
            "cost": cost, "summary": summary,
        })
    }

    fn name(&mut self) -> Name {
        let rng = &mut self.rng;
        let name = words::project(rng);
        let name = match rng.u32(..10) {
            0 => format!("{name}（送迎バス増便）"),
            1 => format!("ICT・{name}"),
            2 => format!("{name}（相談体制拡充）"),
            3 => format!("第{}次{name}", rng.u32(2..9)),
            4 => format!("ﾌﾚｲﾙ予防{name}"),
            5 => format!("防災行政無線（固定系）の{name}"),
            _ => name,
        };
        let tags = match rng.u32(..8) {
            0 => vec!["拡充分"],
            1 => vec!["一部再掲"],
            2 => vec![pick(rng, &["再掲", "新規", "拡充"])],
            3 => vec!["拡充分", "一部再掲"],
            _ => Vec::new(),
        };
        let account = match rng.u32(..8) {
            0 => Some("介護保険事業特別会計"),
            1 => Some(pick(
                rng,
                &["一部国民健康保険事業特別会計", "下水道事業会計"],
            )),
            _ => None,
        };
        let mut sections = vec![words::section(rng)];
        if rng.u32(..4) == 0 {
            let second = words::section(rng);
            if !sections.contains(&second) {
                sections.push(second);
            }
        }
        Name {
            name,
            tags,
            account,
            sections,
            and_others: rng.u32(..8) == 0,
        }
    }

    fn name_row(&mut self, name: &Name, sections_at_end: bool) {
        let mut cell = name.name.clone();
        if let Some(account) = name.account {
            cell.push_str(&format!("（{account}）"));
        }
        for tag in &name.tags {
            let (open, close) = match self.rng.u32(..3) {
                0 => (" [", "]"),
                1 => ("（", "）"),
                _ => ("(", ")"),
            };
            cell.push_str(&format!("{open}{tag}{close}"));
        }
        let others = if name.and_others { "ほか" } else { "" };
        let list = name.sections.join(self.style.between_sections);
        let sections = format!("【{list}{others}】");
        let mut cells = vec![String::new(); self.style.length + 1];
        if self.tears(5) {
            cells[0] = cell;
            self.row(&cells);
            self.line(&sections);
            return;
        }
        if sections_at_end {
            cells[self.style.length] = sections;
        } else {
            cell.push_str(pick(&mut self.rng, &[" ", "", "　"]));
            cell.push_str(&sections);
        }
        cells[0] = cell;
        self.row(&cells);
    }

    /// The row 費用; a row or one of its cells may be lost.
    fn costs(&mut self, keys: &[String]) -> Map<String, Value> {
        let mut truth = Map::new();
        let mut cells = vec![self.style.cost_label.to_owned()];
        let begins = if self.chance(25) {
            self.rng.usize(..keys.len())
        } else {
            0
        };
        for (index, key) in keys.iter().enumerate() {
            let amount = match self.rng.u32(..12) {
                _ if index < begins => None,
                0 => Some(0),
                1 => None,
                2 => Some(self.rng.i64(1_000_000..90_000_000)),
                _ => Some(self.rng.i64(1..500_000)),
            };
            let printed = match amount {
                Some(amount) => self.style.amount(amount),
                None => self.style.dash.to_owned(),
            };
            let is_lost = self.tears(2);
            cells.push(if is_lost { String::new() } else { printed });
            truth.insert(key.clone(), amount.filter(|_| !is_lost).into());
        }
        if self.tears(3) {
            return keys.iter().map(|key| (key.clone(), Value::Null)).collect();
        }
        if !self.style.trims_rows && self.tears(3) {
            // A cell is dropped, not emptied: no amount's year is certain any more.
            cells.remove(self.rng.usize(1..cells.len()));
            self.dropped_cost = true;
            truth.values_mut().for_each(|cost| *cost = Value::Null);
        } else if cells.iter().all(|cell| !cell.is_empty()) && self.tears(6) {
            let (begun, rest) = cells.split_at(self.rng.usize(1..cells.len()));
            let rest = rest.join("\t");
            self.line(&begun.join("\t"));
            self.line(&format!("\t{rest}"));
            return truth;
        }
        self.row(&cells);
        truth
    }

    /// The row 概略: every year its own, or one for several years.
    fn summaries(&mut self, keys: &[String]) -> Map<String, Value> {
        let merged = self.rng.bool();
        let mut truth = Map::new();
        let mut cells = vec![self.style.summary_label.to_owned()];
        for (index, key) in keys.iter().enumerate() {
            let empty = index > 0 && merged && self.chance(80) || self.chance(10);
            let outline = if empty { String::new() } else { self.outline() };
            cells.push(outline.clone());
            truth.insert(key.clone(), outline.into());
        }
        // A short row at the very end of a paper would look cut.
        if !std::mem::take(&mut self.dropped_cost) && self.tears(3) {
            return keys.iter().map(|key| (key.clone(), Value::Null)).collect();
        }
        if !self.style.trims_rows && self.tears(10) {
            // The line breaks of the cells have become those of the text.
            let row = cells.join("\t").replace(" ②", "\n②").replace(" ※", "\n※");
            row.split('\n').for_each(|line| self.line(line));
            return truth;
        }
        self.row(&cells);
        truth
    }

    fn outline(&mut self) -> String {
        let rng = &mut self.rng;
        let what = words::project(rng);
        match rng.u32(..8) {
            0 => format!("{}か所増", rng.u32(1..9)),
            1 => format!(
                "①{what}【{}】 ②{}【{}】 (計 2事業)",
                words::section(rng),
                words::project(rng),
                words::section(rng)
            ),
            2 => format!("{what}、{}の実施等", words::project(rng)),
            3 => format!("{what} ※資材の不足により、翌年度まで延長"),
            4 => "(事業終了)".to_owned(),
            5 => format!("{what}の拡充【増加分】"),
            _ => format!("{what}の実施"),
        }
    }
}
