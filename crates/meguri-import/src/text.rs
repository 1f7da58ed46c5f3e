//! What all readers share: joining what the layout broke, bullets, figures, sections, furniture.

pub mod bullets;
pub mod join;
pub mod sections;
