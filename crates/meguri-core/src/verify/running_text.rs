//! A document's text without its line breaks, for rules that read sentences, with the way back to
//! line and printed words.

use crate::text::narrow_char;

/// The lines of a document in one string, narrowed (see [`crate::text::narrow`]), joined with
/// nothing: the line breaks of a paper are layout.
#[derive(Clone, Debug, Default)]
pub struct RunningText {
    /// The narrowed text; spaces stay, so that words of a table do not run together.
    pub text: String,
    /// Byte offset in `text` at which each kept line starts, with its number from 1.
    starts: Vec<(usize, u32)>,
}

impl RunningText {
    /// Joins lines; the spaces at both ends of a line are layout and go.
    #[must_use]
    pub fn of(lines: &[String]) -> Self {
        let mut joined = Self::default();
        for (index, line) in lines.iter().enumerate() {
            let line = line.trim();
            if !line.is_empty() {
                let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                joined.starts.push((joined.text.len(), number));
                joined.text.extend(line.chars().map(narrow_char));
            }
        }
        joined
    }

    /// The line, from 1, that holds a byte offset; 0 in an empty text.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> u32 {
        self.start_at(offset).map_or(0, |(_, line)| line)
    }

    /// The words as printed on the first line of a byte range: what a finding points at.
    #[must_use]
    pub fn printed<'a>(&self, lines: &'a [String], start: usize, end: usize) -> Option<&'a str> {
        let (line_start, number) = self.start_at(start)?;
        let line = lines.get(number as usize - 1)?.trim();
        let skip = self.text.get(line_start..start)?.chars().count();
        let take = self.text.get(start..end)?.chars().count();
        let at = |n: usize| {
            line.char_indices()
                .nth(n)
                .map_or(line.len(), |(offset, _)| offset)
        };
        line.get(at(skip)..at(skip + take))
    }

    fn start_at(&self, offset: usize) -> Option<(usize, u32)> {
        let after = self.starts.partition_point(|(start, _)| *start <= offset);
        self.starts.get(after.checked_sub(1)?).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_running_text_leads_back_to_the_printed_line() {
        let lines: Vec<String> = ["　４４．０％（１０９指", "", "標のうち48指標）"]
            .map(str::to_owned)
            .to_vec();
        let running = RunningText::of(&lines);
        assert_eq!(running.text, "44.0%(109指標のうち48指標)");
        let start = running.text.find("109").expect("the figure");
        assert_eq!(running.line_at(start), 1);
        assert_eq!(running.printed(&lines, start, start + 20), Some("１０９指"));
        let start = running.text.find("48").expect("the figure");
        assert_eq!(running.line_at(start), 3);
        assert_eq!(running.printed(&lines, start, start + 2), Some("48"));
    }
}
