//! Papers of the family `programs`: a table of programmes on wide pages, whose text columns come
//! out one after the other without marks.

mod layout;
mod pages;
mod plan;
mod prose;

use crate::{Paper, Shape};
use fastrand::Rng;

/// One paper: a cover, a summary, the delayed programmes and one row a programme.
///
/// The text grows linearly with the number of units.
#[must_use]
pub fn generate(shape: &Shape) -> Paper {
    let mut rng = Rng::with_seed(shape.seed);
    let tearing = shape.tearing.min(100);
    let plan = plan::Plan::draw(&mut rng, shape.units, tearing);
    let text = pages::print(&mut rng, &plan, tearing);
    Paper {
        text,
        truth: plan.truth(),
    }
}
