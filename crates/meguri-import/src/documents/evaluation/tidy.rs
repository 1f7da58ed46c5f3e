//! What another tool, or a person, does to the whole text of a paper is undone before it is read:
//! spaces of another kind, an indentation of every line, doubled or lost blank lines, running heads.

mod blanks;
mod heads;
mod sides;

use crate::source_text::{Line, SourceText};

/// The lines of a document as its pages print them. They keep their numbers; lines that say
/// nothing of their own are left out, and the first line of every page is marked as such.
pub(super) fn tidy(source: &SourceText) -> SourceText {
    let mut lines: Vec<Line> = source.lines.clone();
    empty_blank_lines(&mut lines);
    drop_common_indent(&mut lines);
    blanks::drop_doubled(&mut lines);
    mark_pages(&mut lines);
    heads::drop_running(&mut lines);
    sides::mark(&mut lines);
    blanks::put_back(&mut lines);
    SourceText {
        lines,
        encoding: source.encoding,
        words: source.words.clone(),
    }
}

/// Is there nothing on the line that is seen?
fn is_blank(line: &Line) -> bool {
    line.text.trim().is_empty()
}

/// Empties lines of nothing but blanks. A wide space between two lines of one letter each is part of
/// an upright label and stays.
fn empty_blank_lines(lines: &mut [Line]) {
    let one_letter =
        |line: Option<&Line>| line.is_some_and(|line| line.text.trim().chars().count() == 1);
    for at in 0..lines.len() {
        let blank = |line: &Line| !line.text.is_empty() && line.text.trim().is_empty();
        if !lines.get(at).is_some_and(blank) {
            continue;
        }
        let between = one_letter(at.checked_sub(1).and_then(|at| lines.get(at)))
            && one_letter(lines.get(at + 1));
        if let Some(line) = lines.get_mut(at).filter(|_| !between) {
            line.text.clear();
        }
    }
}

/// Takes away the white space that nearly all lines begin with.
fn drop_common_indent(lines: &mut [Line]) {
    let filled = lines.iter().filter(|line| !is_blank(line)).count();
    let indent = |line: &Line| line.text.chars().take_while(|c| c.is_whitespace()).count();
    let deep = |depth: usize, lines: &[Line]| {
        let deep = lines
            .iter()
            .filter(|line| !is_blank(line) && indent(line) >= depth);
        deep.count() * 20 >= filled * 19
    };
    let mut common = 0;
    while common < 16 && filled > 0 && deep(common + 1, lines) {
        common += 1;
    }
    if common == 0 {
        return;
    }
    for line in lines {
        let blank = is_blank(line);
        let mut rest = line.text.as_str();
        for _ in 0..common {
            // On a blank line a full-width space is part of an upright label.
            let taken = |c: char| c.is_whitespace() && !(blank && c == '\u{3000}');
            rest = rest.strip_prefix(taken).unwrap_or(rest);
        }
        line.text = rest.to_owned();
    }
}

/// Form feeds mark pages; without any, lines that begin with one space, as some tools write.
fn mark_pages(lines: &mut [Line]) {
    if lines.iter().any(|line| line.starts_page) {
        return;
    }
    let filled = lines.iter().filter(|line| !is_blank(line)).count();
    // The space may have become a full-width one. Lines so indented mark pages only where few are.
    for mark in [' ', '\u{3000}'] {
        let spaced = lines
            .iter()
            .filter(|line| begins_with_one(line, mark))
            .count();
        if spaced > 0 && spaced * 8 < filled {
            for line in lines.iter_mut().filter(|line| begins_with_one(line, mark)) {
                line.starts_page = true;
            }
            return;
        }
    }
}

fn begins_with_one(line: &Line, mark: char) -> bool {
    let Some(rest) = line.text.strip_prefix(mark) else {
        return false;
    };
    // A full-width space before a long line begins a paragraph.
    let paragraph = mark == '\u{3000}' && rest.chars().count() >= 20 && !rest.starts_with('・');
    !paragraph && rest.starts_with(|c: char| !c.is_whitespace())
}
