//! Bulleted paragraphs: `・…`, wrapped over lines.

use crate::printed::Cell;
use crate::text::join::push_wrapped;

/// The marks that open an item of a list.
#[must_use]
pub const fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '・' | '･' | '•' | '●' | '○' | '◯' | '◆' | '■' | '□' | '◎'
    )
}

/// The text behind a bullet at the head of a line, or `None` without one.
#[must_use]
pub fn after_bullet(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|c| is_bullet(*c))?;
    Some(line[mark.len_utf8()..].trim())
}

/// Splits numbered lines into items: one at each `・` at the head of a line; what stands before the
/// first is an item of its own; blank lines do not count. The bullets are taken off.
#[must_use]
pub fn bullet_items<'a>(lines: impl IntoIterator<Item = (u32, &'a str)>) -> Vec<Cell<String>> {
    let mut items: Vec<Cell<String>> = Vec::new();
    for (number, line) in lines {
        if line.trim().is_empty() {
            continue;
        }
        match (after_bullet(line), items.last_mut()) {
            (Some(text), _) => items.push(Cell::printed(text.to_owned(), number)),
            (None, Some(item)) => push_wrapped(&mut item.0.value, line),
            (None, None) => items.push(Cell::printed(line.trim().to_owned(), number)),
        }
    }
    items
}
