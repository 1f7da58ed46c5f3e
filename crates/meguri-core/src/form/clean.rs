//! Clean text out of what people paste from Word, Excel and mail.

/// One line: line ends and tabs become blanks, characters that nobody sees go, ends are trimmed.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let visible = text.chars().filter_map(|c| visible(c, ' '));
    let text: String = visible.collect();
    text.trim().to_owned()
}

/// Lines: every kind of line end is one, each line is trimmed at its end, empty lines at the ends
/// go and several in a row become one.
#[must_use]
pub fn clean_lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let visible: String = text.chars().filter_map(|c| visible(c, '\n')).collect();
    let mut lines: Vec<&str> = Vec::new();
    for line in visible.split('\n').map(str::trim_end) {
        let doubled = line.is_empty() && lines.last().is_none_or(|last| last.is_empty());
        if !doubled {
            lines.push(line);
        }
    }
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines.join("\n")
}

/// A character as it is kept; `None` for one that nobody sees.
fn visible(c: char, line_end: char) -> Option<char> {
    match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some(line_end),
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Some(' '),
        // Zero width, directions, soft hyphen, marks of byte order and of variants of Word.
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => None,
        c if c.is_control() => None,
        c => Some(c),
    }
}
