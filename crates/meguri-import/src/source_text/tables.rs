//! What Excel does to cells when it saves a sheet as text is undone: quotes around cells, doubled
//! quotes, line ends and tabs within a cell, commas instead of tabs.

use super::{Line, line};
use crate::text::bullets::is_bullet;
use crate::text::join::push_wrapped;
use meguri_core::text::nfc;

/// The most lines of one quoted cell; a quote that stays open longer is no quote of Excel's.
const MOST_LINES: usize = 200;
/// Fewer rows than this do not show that commas part cells.
const FEWEST_ROWS: usize = 6;

/// The lines of a table that was saved as text; `None` for any other text.
pub(super) fn read(raw: &[&str]) -> Option<Vec<Line>> {
    let separator = separator(raw)?;
    let mut lines = Vec::with_capacity(raw.len());
    let mut at = 0;
    while let Some(first) = raw.get(at) {
        let number = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let row = row(raw.get(at..).unwrap_or(&[]), separator);
        let Some((cells, taken)) = row else {
            lines.push(line(number, first));
            at += 1;
            continue;
        };
        let printed = raw.get(at..at + taken).unwrap_or(&[]).join("\n");
        lines.push(table_line(number, &cells, &printed));
        at += taken;
    }
    Some(lines)
}

fn table_line(number: u32, cells: &[String], printed: &str) -> Line {
    let mut read = line(number, &cells.join("\t"));
    read.starts_page |= printed.contains('\u{c}');
    let printed = nfc(printed).replace('\u{c}', "");
    read.printed = (read.text != printed).then(|| printed.into_boxed_str());
    read
}

/// What parts the cells: tabs where some cell is quoted between them; commas where nearly all rows
/// have the same number of them and no tab.
fn separator(raw: &[&str]) -> Option<char> {
    let tabbed = raw.iter().any(|line| line.contains('\t'));
    let quoted =
        |line: &&str| line.starts_with('"') || line.contains("\t\"") || line.contains(",\"");
    if tabbed {
        return raw.iter().any(quoted).then_some('\t');
    }
    let filled = || raw.iter().filter(|line| !line.trim().is_empty());
    let mut counts: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < raw.len() && counts.len() < 2000 {
        let rest = raw.get(at..).unwrap_or(&[]);
        let (cells, taken) = row(rest, ',')?;
        if rest.first().is_some_and(|line| !line.trim().is_empty()) {
            counts.push(cells.len());
        }
        at += taken;
    }
    let most = counts.iter().copied().max().filter(|cells| *cells >= 3)?;
    let same = counts.iter().filter(|cells| **cells == most).count();
    let table = filled().count() >= FEWEST_ROWS && same * 10 >= counts.len() * 9;
    table.then_some(',')
}

/// The cells of the row that begins here and how many lines it takes; `None` where the line has no
/// quoted cell (or, for commas, where a quote is not closed).
fn row(raw: &[&str], separator: char) -> Option<(Vec<String>, usize)> {
    let first = raw.first()?;
    let quoted = first.starts_with('"') || first.contains(&format!("{separator}\""));
    if !quoted {
        return (separator == ',').then(|| {
            let cells = first.split(',').map(str::to_owned);
            (cells.collect(), 1)
        });
    }
    let mut cells = Vec::new();
    let (mut taken, mut rest) = (1, *first);
    loop {
        let Some(inner) = rest.strip_prefix('"') else {
            let (cell, more) = rest
                .split_once(separator)
                .map_or((rest, None), |(c, m)| (c, Some(m)));
            cells.push(cell.to_owned());
            match more {
                Some(more) => rest = more,
                None => return Some((cells, taken)),
            }
            continue;
        };
        let (cell, more, lines) = quoted_cell(inner, raw.get(taken..).unwrap_or(&[]), separator)?;
        cells.push(cell);
        taken += lines;
        match more {
            Some(more) => rest = more,
            None => return Some((cells, taken)),
        }
    }
}

/// The text of a quoted cell, what follows its row, and how many more lines it takes.
fn quoted_cell<'t>(
    inner: &'t str,
    below: &[&'t str],
    separator: char,
) -> Option<(String, Option<&'t str>, usize)> {
    let mut cell = String::new();
    let (mut text, mut lines, mut fresh) = (inner, 0, false);
    loop {
        let Some((part, behind)) = text.split_once('"') else {
            push(&mut cell, text, fresh);
            text = below.get(lines).filter(|_| lines < MOST_LINES)?;
            (lines, fresh) = (lines + 1, true);
            continue;
        };
        push(&mut cell, part, fresh);
        fresh = false;
        if let Some(more) = behind.strip_prefix('"') {
            cell.push('"');
            text = more;
        } else if behind.is_empty() {
            return Some((cell, None, lines));
        } else {
            return Some((cell, Some(behind.strip_prefix(separator)?), lines));
        }
    }
}

/// Adds a part of a cell; a line end within a cell is a wrap of its text or the next of its items.
fn push(cell: &mut String, part: &str, new_line: bool) {
    let part = part.replace('\t', " ");
    let item = part.trim_start().starts_with(is_bullet);
    match new_line && !cell.is_empty() {
        true if item || part.trim().is_empty() => {
            cell.push(' ');
            cell.push_str(part.trim());
        }
        true => push_wrapped(cell, &part),
        false => cell.push_str(&part),
    }
}

#[cfg(test)]
mod tests {
    use crate::source_text::SourceText;

    fn texts(text: &str) -> Vec<(u32, String)> {
        let source = SourceText::from_text(text);
        let lines = source
            .lines
            .into_iter()
            .map(|line| (line.number, line.text));
        lines.collect()
    }

    #[test]
    fn quotes_of_a_text_format_are_undone_and_lines_keep_their_numbers() {
        let saved = "名称\t\"1,200\"\t\"「\"\"花\"\"」\"\n\"相談の\n利用者\"\t3\t\"・一\n・二\"\n次の行\t4\t5";
        let want = [
            (1, "名称\t1,200\t「\"花\"」"),
            (2, "相談の利用者\t3\t・一 ・二"),
            (5, "次の行\t4\t5"),
        ];
        let want = want.map(|(number, text)| (number, text.to_owned()));
        assert_eq!(texts(saved), want);
        let printed = SourceText::from_text(saved).into_printed();
        assert_eq!(printed, saved.split('\n').collect::<Vec<_>>());
    }

    #[test]
    fn rows_parted_by_commas_are_a_table_and_sentences_are_none() {
        let rows = "指標,単位,R5,R6\n1 数,人,\"1,200\",\"1,300\"\n2 数,件,3,4\n3 数,件,3,4\n4 数,件,3,4\n5 数,件,3,4";
        assert_eq!(texts(rows)[1].1, "1 数\t人\t1,200\t1,300");
        for other in ["1,200 人\n3,400 人\n\"引用\"した文", "合計\t「\"」\t3"] {
            let want: Vec<String> = other.split('\n').map(str::to_owned).collect();
            let got: Vec<String> = texts(other).into_iter().map(|(_, text)| text).collect();
            assert_eq!(got, want, "{other}");
        }
    }

    #[test]
    fn a_quote_that_stays_open_is_printed_text() {
        let text = "\"開いたまま\t3\n次の行\t4";
        let got: Vec<String> = texts(text).into_iter().map(|(_, text)| text).collect();
        assert_eq!(got, ["\"開いたまま\t3", "次の行\t4"]);
    }
}
