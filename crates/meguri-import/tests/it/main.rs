//! The readers against the real documents' gold and against generated papers of known truth.
#![expect(dead_code, reason = "the readers that use these land one by one")]

mod evaluation;
mod midterm;
mod programs;
mod reform;
mod score;
mod shared;
mod strategy;
