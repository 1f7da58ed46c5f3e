//! Small scanners for figures in running text. The text is narrowed, so that digits are ASCII.

use rust_decimal::Decimal;

/// A number found in a text, with its byte range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Its value.
    pub(super) value: Decimal,
    /// First byte.
    pub(super) start: usize,
    /// Byte behind it.
    pub(super) end: usize,
}

/// The number that starts at a byte offset (spaces before it are skipped).
#[must_use]
pub(super) fn number_at(text: &str, offset: usize) -> Option<Number> {
    let rest = text.get(offset..)?;
    let spaces = rest.len() - rest.trim_start_matches(' ').len();
    let digits = &rest[spaces..];
    let length = digits
        .bytes()
        .take_while(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'))
        .count();
    let number = digits[..length].trim_end_matches([',', '.']);
    if number.is_empty() || number.len() > 24 || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = number.replace(',', "").parse().ok()?;
    let start = offset + spaces;
    Some(Number {
        value,
        start,
        end: start + number.len(),
    })
}

/// The number that ends at a byte offset (spaces behind it are skipped).
#[must_use]
pub(super) fn number_before(text: &str, offset: usize) -> Option<Number> {
    let head = text.get(..offset)?.trim_end_matches(' ');
    let is_part = |b: &u8| b.is_ascii_digit() || matches!(b, b',' | b'.');
    let length = head.bytes().rev().take(25).take_while(is_part).count();
    let number = head[head.len() - length..].trim_start_matches([',', '.']);
    if number.is_empty() || number.len() > 24 || !number.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = number.replace(',', "").parse().ok()?;
    Some(Number {
        value,
        start: head.len() - number.len(),
        end: head.len(),
    })
}

/// The byte offsets of all places of a word.
pub(super) fn places<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(word).map(|(offset, _)| offset)
}

/// At most `count` characters from a byte offset on.
#[must_use]
pub(super) fn ahead(text: &str, offset: usize, count: usize) -> &str {
    let rest = text.get(offset..).unwrap_or_default();
    let end = rest
        .char_indices()
        .nth(count)
        .map_or(rest.len(), |(end, _)| end);
    &rest[..end]
}

/// At most `count` characters up to a byte offset.
#[must_use]
pub(super) fn behind(text: &str, offset: usize, count: usize) -> &str {
    let head = text.get(..offset).unwrap_or_default();
    let start = head
        .char_indices()
        .rev()
        .nth(count.saturating_sub(1))
        .map_or(0, |(start, _)| start);
    &head[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_before_and_at_a_place() {
        let text = "延べ 1,234.5人、 20件";
        let place = text.find('人').expect("the unit");
        assert_eq!(
            number_before(text, place).map(|n| n.value),
            Some(Decimal::new(12_345, 1))
        );
        let place = text.find('、').expect("the comma") + '、'.len_utf8();
        let number = number_at(text, place).expect("a number");
        assert_eq!(&text[number.start..number.end], "20");
        assert_eq!(number_at("件", 0), None);
        assert_eq!(number_before("件", 3), None);
    }

    #[test]
    fn windows_never_break_a_character() {
        assert_eq!(ahead("あいう", 3, 5), "いう");
        assert_eq!(behind("あいう", 6, 1), "い");
        assert_eq!(behind("あ", 3, 9), "あ");
    }
}
