//! Values cut out of the text where they stand.

use serde_json::Value;

/// All texts of a reading with the line on which each begins.
pub(super) fn values(reading: &Value) -> Vec<(String, usize)> {
    let origins = reading["provenance"].as_object().into_iter().flatten();
    let mut found = Vec::new();
    for (pointer, origin) in origins {
        let outside = ["/schedule_words", "/fiscal_year"];
        let merged = pointer.ends_with("/chapter") || pointer.ends_with("/kind");
        let heading = pointer.starts_with("/goals/") && !pointer.contains("/measures/");
        if merged || heading || outside.iter().any(|head| pointer.starts_with(head)) {
            continue;
        }
        let line = origin["line"]
            .as_u64()
            .and_then(|line| usize::try_from(line).ok());
        let text = match reading.pointer(pointer) {
            Some(Value::String(text)) => text.chars().filter(|c| !c.is_whitespace()).collect(),
            Some(Value::Number(number)) => number.to_string(),
            _ => continue,
        };
        found.extend(line.map(|line| (text, line)));
    }
    found
}

/// Cuts a text out of the lines from one on; `false` where it does not stand there in one piece.
pub(super) fn take(lines: &mut [Vec<char>], text: &str, line: usize) -> bool {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    take_as_printed(lines, text, line)
        || digits && text.len() > 3 && take_as_printed(lines, &with_commas(text), line)
}

fn with_commas(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Does a place begin or end within a figure?
fn cuts_figure(line: &[char], start: usize, end: usize) -> bool {
    let of_figure = |at: usize| {
        let c = line.get(at);
        c.is_some_and(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '%' | '％'))
    };
    let before = start.checked_sub(1).is_some_and(&of_figure) && of_figure(start);
    before || of_figure(end) && end.checked_sub(1).is_some_and(of_figure)
}

fn take_as_printed(lines: &mut [Vec<char>], text: &str, line: usize) -> bool {
    let wanted: Vec<char> = text.chars().collect();
    if wanted.is_empty() {
        return false;
    }
    let Some(first) = line.checked_sub(1).and_then(|at| lines.get(at)) else {
        return false;
    };
    for start in 0..first.len() {
        let (mut at, mut column, mut taken) = (line - 1, start, Vec::new());
        for want in &wanted {
            loop {
                match lines.get(at).map(|line| line.get(column)) {
                    None => break,
                    Some(None) => (at, column) = (at + 1, 0),
                    Some(Some(c)) if c.is_whitespace() && !taken.is_empty() => column += 1,
                    Some(Some(_)) => break,
                }
            }
            if lines.get(at).and_then(|line| line.get(column)) != Some(want) {
                break;
            }
            taken.push((at, column));
            column += 1;
        }
        let cut = |(row, column): &(usize, usize)| cuts_figure(&lines[*row], start, column + 1);
        let one_line = taken.iter().all(|(row, _)| *row == line - 1);
        if one_line && wanted.len() <= 12 && taken.last().is_some_and(cut) {
            continue;
        }
        if taken.len() == wanted.len() {
            let rows: Vec<usize> = taken.iter().map(|(row, _)| *row).collect();
            taken
                .into_iter()
                .for_each(|(row, column)| lines[row][column] = '\u{0}');
            for row in rows {
                clear(&mut lines[row]);
            }
            return true;
        }
    }
    false
}

/// Takes out what was cut, and the bullet of an item of which nothing is left.
fn clear(line: &mut Vec<char>) {
    line.retain(|c| *c != '\u{0}');
    let cells: Vec<Vec<char>> = line.split(|c| *c == '\t').map(<[char]>::to_vec).collect();
    let bare = |cell: &Vec<char>| cell.iter().all(|c| c.is_whitespace() || *c == '・');
    let cells = cells
        .into_iter()
        .map(|cell| if bare(&cell) { Vec::new() } else { cell });
    *line = cells.collect::<Vec<_>>().join(&'\t');
}
