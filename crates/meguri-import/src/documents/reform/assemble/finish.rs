//! The end of a document: what its notes say of items that are listed again.

use super::Assembly;
use crate::documents::reform::printed::{ReformItem, ReformReading};
use crate::printed::Cell;

impl Assembly {
    /// Closes the last row and compares the items with the notes.
    pub(in crate::documents::reform) fn finish(mut self) -> ReformReading {
        self.close();
        let Self {
            mut reading, notes, ..
        } = self;
        for item in &mut reading.items {
            let note = item.no.as_ref().and_then(|no| notes.get(no.value()));
            if let Some((from, line)) = note {
                apply_note(item, *from, *line);
            }
        }
        reading
    }
}

/// A note proves what the row prints; where the row has lost it, the note gives it.
fn apply_note(item: &mut ReformItem, from: u32, note_line: u32) {
    match &item.reposted_from {
        Some(printed) if *printed.value() == from => {
            item.reposted_from = Some(Cell::proven(from, printed.line()));
        }
        Some(_) => {}
        None => item.reposted_from = Some(Cell::layout(from, note_line)),
    }
}
