//! Papers of a municipality as PDF: the documents in the shape in which cities print them, from the
//! same values that the pages show.
//!
//! A [`Report`] says what is printed, a layout ([`layout`]) how. In between lies [`data`]: plain
//! words and figures, never markup. [`world`] holds all that a layout can reach, which is nothing
//! outside this package; [`mod@print`] makes the file, tagged for screen readers (PDF/UA-1, PDF/A-3a),
//! and [`pack`] makes it small. The same input makes the same bytes.
//!
//! Read in this order: [`report`], [`data`], [`layout`] with the files beside `src/`, [`mod@print`].

pub mod data;
pub mod fonts;
pub mod layout;
mod pack;
pub mod print;
pub mod report;
mod text;
mod world;

pub use layout::{Chosen, LAYOUTS, Layout};
pub use print::{Fault, Printed, data_json, pdf};
pub use report::{Attachment, Report, State, When};
