//! A line of a paper as it was read, with what is marked on it.

use crate::page::Link;
use meguri_app::read::Entry;
use serde::Serialize;

/// Characters of a line that are shown; what is beyond is told as a number.
const SHOWN_CHARS: usize = 160;

/// One line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// Its number, from 1.
    pub number: u32,
    /// What stands before the mark; the whole line without one.
    pub before: String,
    /// What is marked.
    pub mark: String,
    /// What stands behind it.
    pub after: String,
    /// Is it the line that is asked for?
    pub here: bool,
    /// Findings on it: word, code and page.
    pub findings: Vec<Link>,
    /// What of it is unread, said to staff.
    pub unread: Vec<String>,
}

/// One line of a paper, with the value on it marked; `None` where there is no such line.
pub(crate) fn source_line(entry: &Entry, number: u32, value: Option<&str>) -> Option<SourceLine> {
    let text = entry
        .document
        .lines
        .get((number as usize).checked_sub(1)?)?;
    let (before, mark, after) = match value.and_then(|value| marked(text, value)) {
        Some((before, mark, after)) => (tail(before), head(mark), head(after)),
        None => (head(text), String::new(), String::new()),
    };
    let here = value.is_some();
    Some(SourceLine {
        number,
        before,
        mark,
        after,
        here,
        findings: Vec::new(),
        unread: Vec::new(),
    })
}

/// The part of a line that a value was read from: the value as it is, an amount without the unit
/// that stands elsewhere, or what the line has of a text that runs over several.
fn marked<'a>(line: &'a str, value: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let amount = value.trim_end_matches(|c: char| !c.is_ascii_digit());
    for wanted in [value, amount]
        .into_iter()
        .filter(|wanted| !wanted.is_empty())
    {
        if let Some(found) = whole(line, wanted) {
            return Some(found);
        }
    }
    let text = line
        .trim()
        .trim_start_matches(['・', '○', '●', '◎', '■', '□', '◆', '◇', '※', ' ']);
    let runs_on = !text.is_empty() && value.starts_with(text);
    let (before, after) = line.split_once(text).filter(|_| runs_on)?;
    Some((before, text, after))
}

/// A word on a line, and no part of a longer number: 6 is not found in 16 or 6.5.
fn whole<'a>(line: &'a str, wanted: &str) -> Option<(&'a str, &'a str, &'a str)> {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let begins = wanted.starts_with(of_number);
    let ends = wanted.ends_with(of_number);
    line.match_indices(wanted).find_map(|(at, mark)| {
        let (before, rest) = line.split_at_checked(at)?;
        let after = rest.get(mark.len()..)?;
        let cut = (begins && before.ends_with(of_number)) || (ends && after.starts_with(of_number));
        (!cut).then_some((before, mark, after))
    })
}

/// The beginning of a text.
pub(crate) fn head(text: &str) -> String {
    let rest = text.chars().count().saturating_sub(SHOWN_CHARS);
    let shown: String = text.chars().take(SHOWN_CHARS).collect();
    if rest == 0 {
        shown
    } else {
        format!("{shown}…（以下{rest}字を省略）")
    }
}

/// The end of a text.
fn tail(text: &str) -> String {
    let skipped = text.chars().count().saturating_sub(SHOWN_CHARS);
    let shown: String = text.chars().skip(skipped).collect();
    if skipped == 0 {
        shown
    } else {
        format!("…{shown}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_the_value_and_no_part_of_another() {
        let mark = |line, value| marked(line, value).map(|(before, mark, _)| (before, mark));
        assert_eq!(
            mark("実績 か所 16 6.5 6", "6"),
            Some(("実績 か所 16 6.5 ", "6"))
        );
        assert_eq!(
            mark("3 2 1 030101 48,250 拡大", "48,250千円").map(|m| m.1),
            Some("48,250")
        );
        assert_eq!(
            mark("・居場所を開き", "居場所を開きました。"),
            Some(("・", "居場所を開き"))
        );
        assert_eq!(mark("成　果", "ほかの文"), None);
        assert_eq!(mark("", "値"), None);
    }

    #[test]
    fn a_long_line_is_cut_and_the_rest_counted() {
        let shown = head(&"長".repeat(SHOWN_CHARS + 7));
        assert!(shown.ends_with("…（以下7字を省略）"), "{shown}");
        assert_eq!(tail("短い"), "短い");
    }
}
