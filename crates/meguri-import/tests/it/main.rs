//! The readers against the real documents' gold and against generated papers of known truth.

mod cells;
mod conserve;
mod evaluation;
mod midterm;
mod moved;
mod programs;
mod reform;
mod renamed;
mod score;
mod shared;
mod strategy;
mod taken;
