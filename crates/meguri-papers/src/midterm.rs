//! Papers of the family `midterm`: an execution plan (中期実行プラン), one theme after the other
//! with its lists, its targets by year and the yearly plan of its main projects.
//!
//! Torn as a transcription tears: columns that slip between head and body, marks in every form,
//! sections in the cell of the name or at the end of its row, rows and cells that are lost.

mod lists;
mod projects;
mod style;
mod targets;

use crate::{Paper, Shape, words};
use fastrand::Rng;
use serde_json::{Value, json};
use style::Style;

/// One paper; its units are themes.
#[must_use]
pub fn generate(shape: &Shape) -> Paper {
    let mut rng = Rng::with_seed(shape.seed);
    let style = Style::by_chance(&mut rng);
    let mut writer = Writer {
        text: String::new(),
        tearing: shape.tearing,
        rng,
        style,
        has_heads: false,
        dropped_cost: false,
    };
    writer.line("");
    let themes: Vec<Value> = (0..shape.units).map(|_| writer.theme()).collect();
    Paper {
        text: writer.text,
        truth: json!({ "themes": themes }),
    }
}

/// Writes the text and keeps what all its parts share.
struct Writer {
    text: String,
    tearing: u32,
    rng: Rng,
    style: Style,
    /// A whole theme stands already: a table that loses its head has another's to go by.
    has_heads: bool,
    /// The row 費用 that was written last lacks a cell.
    dropped_cost: bool,
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push_str(self.style.line_end);
    }

    fn blank(&mut self) {
        self.line("");
    }

    /// A line with tabs between its cells; some tools leave empty cells at the end out.
    fn row(&mut self, cells: &[String]) {
        let row = cells.join("\t");
        if self.style.trims_rows {
            self.line(row.trim_end_matches('\t'));
        } else {
            self.line(&row);
        }
    }

    /// Shall this place be torn? `share` in a hundred of those that the shape allows.
    fn tears(&mut self, share: u32) -> bool {
        self.rng.u32(..100) < self.tearing && self.rng.u32(..100) < share
    }

    fn chance(&mut self, percent: u32) -> bool {
        self.rng.u32(..100) < percent
    }

    fn heading(&mut self, heading: &str) {
        self.blank();
        self.line(heading);
        self.blank();
    }

    fn theme(&mut self) -> Value {
        self.page_break();
        let name = self.theme_name();
        // The page with the name is lost together with nothing else now and then.
        let name_is_lost = self.tears(6);
        if !name_is_lost {
            self.blank();
            self.line(&name.clone());
        }
        self.heading("現状と課題");
        let situation = self.list();
        let approach_head = self.style.approach_head;
        self.heading(approach_head);
        let approach = self.list();
        let targets_head = self.style.targets_head.clone();
        self.heading(&targets_head);
        let (indicators, footnotes) = self.targets();
        self.heading("主要事業の年次計画");
        let projects = self.projects();
        self.has_heads = true;
        let name = if name_is_lost {
            Value::Null
        } else {
            name.into()
        };
        json!({
            "name": name,
            "situation": situation,
            "approach": approach,
            "indicators": indicators,
            "footnotes": footnotes,
            "projects": projects,
        })
    }

    /// A page ends with a form feed, or with a number that stands alone, or with nothing.
    fn page_break(&mut self) {
        if self.tears(30) {
            let number = self.rng.u32(1..400);
            self.blank();
            self.line(&format!("{number}"));
        }
        if self.style.form_feeds {
            self.text.push('\u{c}');
        }
    }

    fn theme_name(&mut self) -> String {
        let name = words::theme(&mut self.rng);
        match self.rng.u32(..6) {
            0 => format!("{name}（第{}期）", self.rng.u32(1..9)),
            1 => format!("ICTを生かした{name}"),
            2 => format!("“ふれあい”・{name}"),
            _ => name,
        }
    }
}
