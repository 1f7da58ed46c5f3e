//! The source line of a finding, cut to what fits a terminal, with the place to mark.

use meguri_app::plain;
use meguri_core::evaluation::Document;
use meguri_core::verify::Finding;
use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// Characters shown before and behind a mark in a long line.
const AROUND: usize = 24;
/// A line up to this many characters is shown whole.
const WHOLE: usize = 70;

/// One line of a document, or the part of it around a mark.
#[derive(Debug)]
pub(super) struct Excerpt {
    document: String,
    /// Line number from 0, as the report library counts.
    line: usize,
    text: String,
    /// Byte offset and length of the mark within `text`.
    mark: (usize, usize),
}

impl Excerpt {
    /// The excerpt of a finding; `None` where it points to no line.
    pub(super) fn of(document: &Document, finding: &Finding) -> Option<Self> {
        let line = (finding.place.line as usize).checked_sub(1)?;
        let full = document.lines.get(line)?;
        let full = full.trim_end();
        let leading = full.len() - full.trim_start().len();
        let found = finding.place.mark.as_deref().filter(|m| !m.is_empty());
        let found = found.and_then(|mark| Some((full.find(mark)?, mark.len())));
        let (start, length) = found.unwrap_or((leading, full.len() - leading));
        let (text, mark) = cut(full, start, length);
        let (text, mark) = visible(&text, mark);
        Some(Self {
            document: document.name.clone(),
            line,
            text,
            mark,
        })
    }

    /// What to underline.
    pub(super) fn mark(&self) -> Option<SourceSpan> {
        (self.mark.1 > 0).then(|| SourceSpan::from(self.mark))
    }
}

/// The text with visible controls, and the mark where it stands then.
fn visible(text: &str, (start, length): (usize, usize)) -> (String, (usize, usize)) {
    let end = start.saturating_add(length);
    let (Some(before), Some(mark), Some(after)) =
        (text.get(..start), text.get(start..end), text.get(end..))
    else {
        return (plain::in_terminal(text).into_owned(), (0, 0));
    };
    let [before, mark, after] = [before, mark, after].map(plain::in_terminal);
    let place = (before.len(), mark.len());
    (format!("{before}{mark}{after}"), place)
}

/// Cuts a long line around a mark; tabs are shown as one space each.
fn cut(full: &str, start: usize, length: usize) -> (String, (usize, usize)) {
    let full = full.replace('\t', " ");
    if full.chars().count() <= WHOLE {
        return (full, (start, length));
    }
    let (before, rest) = full.split_at(start);
    let (mark, after) = rest.split_at(length);
    let mark: String = mark.chars().take(WHOLE).collect();
    let skipped = before.chars().count().saturating_sub(AROUND);
    let mut text = String::new();
    if skipped > 0 {
        text.push('…');
    }
    text.extend(before.chars().skip(skipped));
    let place = (text.len(), mark.len());
    text.push_str(&mark);
    text.extend(after.chars().take(AROUND));
    if after.chars().nth(AROUND).is_some() || mark.len() < length {
        text.push('…');
    }
    (text, place)
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let span = SourceSpan::from((0, self.text.len()));
        let name = self.document.clone();
        let contents =
            MietteSpanContents::new_named(name, self.text.as_bytes(), span, self.line, 0, 1);
        Ok(Box::new(contents))
    }
}

#[cfg(test)]
mod tests {
    use super::{cut, visible};

    #[test]
    fn a_long_line_is_cut_around_its_mark_without_breaking_characters() {
        let line = format!("{}ここです{}", "前".repeat(100), "後".repeat(100));
        let (text, (start, length)) = cut(&line, 300, 12);
        assert_eq!(&text[start..start + length], "ここです");
        assert_eq!(
            text,
            format!("…{}ここです{}…", "前".repeat(24), "後".repeat(24))
        );
    }

    #[test]
    fn controls_are_visible_and_the_mark_keeps_its_place() {
        let (text, (start, length)) = visible("a\u{1b}b\u{202e}橋c", (3, 3));
        assert_eq!(text, "a␛b［U+202E］橋c");
        assert_eq!(&text[start..start + length], "［U+202E］");
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(cut("1\t2 件", 2, 1), ("1 2 件".to_owned(), (2, 1)));
    }
}
