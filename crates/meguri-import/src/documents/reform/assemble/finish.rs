//! The end of a document: what its notes say of items that are listed again.

use super::Assembly;
use crate::documents::reform::printed::{ReformItem, ReformReading};
use crate::printed::{Cell, Unresolved};

impl Assembly {
    /// Closes the last row and compares the items with the notes.
    pub(in crate::documents::reform) fn finish(mut self) -> ReformReading {
        self.close();
        if !self.unordered {
            self.forget_doubted();
        }
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

    /// Where numbers rise and some are missing at the head of a page, the heading that the items
    /// below belong to may be missing with them.
    fn forget_doubted(&mut self) {
        for index in std::mem::take(&mut self.doubted) {
            let Some(item) = self.reading.items.get_mut(index) else {
                continue;
            };
            let candidates = item.chapter.iter().map(|c| c.value().clone()).collect();
            let line = item.no.as_ref().map_or(0, Cell::line);
            let no = item.no.as_ref().map(|no| *no.value());
            item.chapter = None;
            let subs = item.sub.iter_mut().flatten();
            subs.for_each(|sub| sub.chapter = None);
            self.reading.unresolved.push(Unresolved {
                place: no.map_or("item ?".to_owned(), |no| format!("item {no}")),
                field: "chapter".to_owned(),
                candidates,
                why: "前の項目と番号が続かず、章の見出しが欠けている可能性があります。".to_owned(),
                line,
            });
        }
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
