//! How a cell is set: lines broken at the width of its column, and what extraction makes of them.

use fastrand::Rng;

/// The width of a full-width character; half-width ones have half of it, thin spaces a quarter.
const FULL: usize = 4;

fn size(c: char) -> usize {
    match c {
        ' ' => FULL / 4,
        '!'..='~' | '\u{ff61}'..='\u{ff9f}' => FULL / 2,
        _ => FULL,
    }
}

/// Characters that open no line.
fn clings(c: char) -> bool {
    "、。，．・）」』】％ァィゥェォャュョッーぁぃぅぇぉゃゅょっ々ﾞﾟｰ".contains(c)
}

/// Characters that end no line.
fn opens(c: char) -> bool {
    "（「『【".contains(c)
}

/// Breaks a text wherever a line is full, as some tools do, also before a mark or within a word.
pub(super) fn chop(text: &str, columns: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for c in text.trim().chars() {
        if used + size(c) > columns * FULL && !line.trim().is_empty() {
            lines.push(std::mem::take(&mut line).trim().to_owned());
            used = 0;
        }
        line.push(c);
        used += size(c);
    }
    if !line.trim().is_empty() {
        lines.push(line.trim().to_owned());
    }
    lines
}

/// Breaks a text into lines of `columns` full-width characters. Latin words and figures stay
/// whole; a full stop may hang over the edge; a character that must not open a line draws the one
/// before it along.
pub(super) fn wrap(rng: &mut Rng, text: &str, columns: usize) -> Vec<String> {
    let width = columns * FULL;
    let mut lines: Vec<String> = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in words(text.trim()) {
        let need: usize = word.chars().map(size).sum();
        let first = word.chars().next().unwrap_or(' ');
        let hangs = matches!(first, '。' | '、') && rng.u8(..3) != 0;
        if used + need > width && !hangs && !line.trim().is_empty() {
            let carried = carry(&mut line, first);
            if !line.trim().is_empty() {
                lines.push(line.trim().to_owned());
            }
            line = carried;
            used = line.chars().map(size).sum();
            if line.is_empty() && word == " " {
                continue;
            }
        }
        line.push_str(word);
        used += need;
    }
    if !line.trim().is_empty() {
        lines.push(line.trim().to_owned());
    }
    lines
}

/// Takes from the end of a line what must go with the character that opens the next one.
fn carry(line: &mut String, first: char) -> String {
    let mut carried = String::new();
    let mut next = first;
    for _ in 0..4 {
        let Some(last) = line.chars().next_back() else {
            break;
        };
        if !clings(next) && !opens(last) {
            break;
        }
        line.pop();
        carried.insert(0, last);
        next = last;
    }
    carried
}

/// Japanese characters one by one, Latin words and figures whole.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut from = 0;
    let mut latin = false;
    for (at, c) in text.char_indices() {
        let here = c.is_ascii_graphic();
        if at > from && !(here && latin) {
            words.push(&text[from..at]);
            from = at;
        }
        latin = here;
    }
    words.push(&text[from..]);
    words
}

/// Spaces out the letters of a line, as extraction does with lines set wider than their text.
pub(super) fn space_out(line: &str) -> String {
    let mut spaced = String::new();
    for c in line.chars() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    spaced
}
