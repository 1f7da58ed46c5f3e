//! 中期実行プラン: one theme after the other with targets by year and the plan of main projects.
//!
//! The published text is a transcription: headings, lists, and tables with tabs between their
//! cells. Lines are told by their look ([`lines`]), themes put together from their four parts
//! ([`themes`]), the two tables read row by row ([`targets`], [`projects`]).

mod cells;
pub(crate) mod labels;
mod lines;
pub mod map;
mod marks;
mod names;
pub mod printed;
mod projects;
mod repeats;
mod targets;
mod themes;

pub use printed::MidtermReading;

use super::bare_years;
use crate::source_text::SourceText;
use lines::{Kind, Part};

/// How much a text looks like an execution plan: the number of its headings, heads of tables and
/// labelled rows.
///
/// One kind of mark alone is nothing, and neither are two headings that stand in any plan
/// (現状と課題, 取組の方向性): a table, its heading or the form's own 取組の方針・内容 is needed.
#[must_use]
pub fn likeness(source: &SourceText) -> u32 {
    let mut marks = [0_u32; 8];
    let mut own_heading = false;
    for line in lines::mark(source) {
        let kind = match line.kind {
            Kind::Head(Part::Situation) => 0,
            Kind::Head(Part::Approach) => 1,
            Kind::Head(Part::Targets) => 2,
            Kind::Head(Part::Plan) => 3,
            Kind::TargetHead => 4,
            Kind::PlanHead => 5,
            Kind::Cost if is_filled(line.text) => 6,
            Kind::Summary if is_filled(line.text) => 7,
            _ => continue,
        };
        own_heading |= kind >= 3 || line.text.contains("方針・内容");
        if let Some(count) = marks.get_mut(kind) {
            *count = count.saturating_add(1);
        }
    }
    let kinds = marks.iter().filter(|count| **count > 0).count();
    if kinds < 2 || !own_heading {
        return 0;
    }
    marks
        .iter()
        .fold(0, |sum, count| sum.saturating_add(*count))
}

/// Does a labelled row hold anything besides its label?
fn is_filled(row: &str) -> bool {
    row.split_whitespace().nth(1).is_some()
}

/// Reads the themes of a document.
#[must_use]
pub fn read(source: &SourceText) -> MidtermReading {
    let with_eras = bare_years::with_eras(source);
    themes::read(with_eras.as_ref().unwrap_or(source))
}
