//! 中期実行プラン: one theme after the other with targets by year and the plan of main projects.
//!
//! The published text is a transcription: headings, lists, and tables with tabs between their
//! cells. Lines are told by their look ([`lines`]), themes put together from their four parts
//! ([`themes`]), the two tables read row by row ([`targets`], [`projects`]).

mod cells;
mod lines;
pub mod map;
mod marks;
mod names;
pub mod printed;
mod projects;
mod targets;
mod themes;

pub use printed::MidtermReading;

use crate::source_text::SourceText;
use lines::{Kind, Part};

/// How much a text looks like an execution plan: the number of its headings, heads of tables and
/// labelled rows.
///
/// One kind of mark alone is nothing (現状と課題 stands in any plan); two different kinds are the
/// form.
#[must_use]
pub fn likeness(source: &SourceText) -> u32 {
    let mut marks = [0_u32; 8];
    for line in lines::mark(source) {
        let kind = match line.kind {
            Kind::Head(Part::Situation) => 0,
            Kind::Head(Part::Approach) => 1,
            Kind::Head(Part::Targets) => 2,
            Kind::Head(Part::Plan) => 3,
            Kind::TargetHead => 4,
            Kind::PlanHead => 5,
            Kind::Cost => 6,
            Kind::Summary => 7,
            _ => continue,
        };
        if let Some(count) = marks.get_mut(kind) {
            *count = count.saturating_add(1);
        }
    }
    let kinds = marks.iter().filter(|count| **count > 0).count();
    if kinds < 2 {
        return 0;
    }
    marks
        .iter()
        .fold(0, |sum, count| sum.saturating_add(*count))
}

/// Reads the themes of a document.
#[must_use]
pub fn read(source: &SourceText) -> MidtermReading {
    themes::read(source)
}
