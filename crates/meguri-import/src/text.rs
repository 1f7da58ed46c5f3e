//! What all readers share: joining what the layout broke, bullets, figures, sections, furniture.

pub mod bullets;
pub(crate) mod cell_words;
pub mod join;
pub mod money_units;
pub mod sections;
