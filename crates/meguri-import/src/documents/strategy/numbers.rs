//! How a paper marks its measures and its groups.

use super::marks::{Mark, Shape};
use super::rows::Row;
use super::words::{goal_heading, group_heading, heading_name};
use crate::printed::Cell;

/// The shapes of a paper's marks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    measures: Shape,
    /// The shape of the groups, where it is none of the usual ones.
    groups: Option<Shape>,
}

/// How the marks of one shape above measures count.
#[derive(Debug)]
struct Counted {
    shape: Shape,
    times: usize,
    last: u32,
    in_turn: bool,
    /// The number of the first measure below one.
    first_no: u32,
}

impl Counted {
    fn count_on(&mut self, value: u32) {
        // The heading of a group may come again on the next page.
        self.in_turn &= value == 1 || value == self.last || value == self.last.saturating_add(1);
        self.last = value;
        self.times += 1;
    }
}

impl Numbers {
    /// Measures in this shape, groups as the rows tell.
    pub(super) fn of(measures: Shape, rows: &[Row<'_>]) -> Self {
        let mut numbers = Self {
            measures,
            groups: None,
        };
        numbers.groups = numbers.own_groups(rows);
        numbers
    }

    /// The number of a measure at the head of a row, with the text behind it (empty where it stands
    /// alone).
    pub(super) fn measure<'a>(&self, text: &'a str) -> Option<(u32, &'a str)> {
        let mark = Mark::of(text).filter(|mark| mark.shape == self.measures)?;
        Some((mark.value, mark.rest))
    }

    /// A number that was read: one that is printed as a letter is that of its place.
    pub(super) const fn cell(&self, no: u32, line: u32) -> Cell<u32> {
        if self.measures.is_lettered() {
            Cell::layout(no, line)
        } else {
            Cell::printed(no, line)
        }
    }

    /// The heading of a group: its mark as printed and its name.
    pub(super) fn group(&self, text: &str) -> Option<(String, String)> {
        let mark = Mark::of(text);
        if mark.is_some_and(|mark| mark.shape == self.measures) {
            return None;
        }
        group_heading(text).or_else(|| {
            let mark = mark.filter(|mark| Some(mark.shape) == self.groups)?;
            Some((mark.text.to_owned(), heading_name(mark.rest)?))
        })
    }

    /// Is the row the heading of a goal or of a group?
    pub(super) fn is_heading(&self, text: &str) -> bool {
        goal_heading(text).is_some() || self.group(text).is_some()
    }

    /// A shape that only this paper has for its groups: its marks stand right above measures and
    /// count on from 1, as the items of a list in a text do not.
    fn own_groups(&self, rows: &[Row<'_>]) -> Option<Shape> {
        let mut found: Vec<Counted> = Vec::new();
        for pair in rows.windows(2) {
            let [above, below] = pair else { continue };
            let Some((no, _)) = self.measure(below.text).filter(|_| above.gap && below.gap) else {
                continue;
            };
            let Some(mark) = self.own_mark(above.text) else {
                continue;
            };
            match found.iter_mut().find(|known| known.shape == mark.shape) {
                Some(known) => known.count_on(mark.value),
                None => found.push(Counted {
                    shape: mark.shape,
                    times: 1,
                    last: mark.value,
                    in_turn: mark.value == 1,
                    first_no: no,
                }),
            }
        }
        found.retain(|known| known.in_turn && (known.times > 1 || known.first_no == 1));
        let most = found.into_iter().max_by_key(|known| known.times);
        most.map(|known| known.shape)
    }

    /// The mark of a heading in a shape that is none of the usual ones.
    fn own_mark<'a>(&self, text: &'a str) -> Option<Mark<'a>> {
        let mark = Mark::of(text).filter(|mark| mark.shape != self.measures)?;
        let usual = mark.shape == Shape::Plain || self.is_heading(text);
        (!usual && heading_name(mark.rest).is_some()).then_some(mark)
    }
}
