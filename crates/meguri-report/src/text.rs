//! Texts as the typeface can set them. A paper of PDF/A and PDF/UA must have a glyph for each
//! character, so that what the typeface lacks is replaced by 〓, the printers' sign for it, and
//! counted; nothing else of a text is changed.

use crate::fonts;
use serde_json::Value;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The printers' sign for a character that is not at hand.
const GETA: char = '〓';

/// From so many letters without a place to break on, a line may be broken anywhere.
const LONGEST_WORD: usize = 16;

/// What became of the texts of a paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cleaned {
    /// Characters that the typeface lacks, each once, in order.
    pub missing: Vec<char>,
    /// Is there a run of letters that no line can break?
    pub long_words: bool,
}

/// Makes every text of the data one that can be set.
pub(crate) fn clean(value: &mut Value, cleaned: &mut Cleaned) {
    match value {
        Value::String(text) => {
            if let Some(new) = settable(text, cleaned) {
                *text = new;
            }
            cleaned.long_words |= has_long_word(text);
        }
        Value::Array(values) => values.iter_mut().for_each(|value| clean(value, cleaned)),
        Value::Object(values) => values.values_mut().for_each(|value| clean(value, cleaned)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The text as it can be set; nothing where it can be set as it is.
fn settable(text: &str, cleaned: &mut Cleaned) -> Option<String> {
    if is_nfc(text) && text.chars().all(|c| fonts::has(c) || c == '\n') {
        return None;
    }
    let mut new = String::with_capacity(text.len());
    for character in text.nfc() {
        match character {
            '\n' => new.push('\n'),
            '\r' => {}
            '\t' => new.push(' '),
            c if fonts::has(c) => new.push(c),
            // Marks that only choose among glyphs or join them, and are no glyph themselves.
            c if is_silent(c) => {}
            c => new.push(like(c).unwrap_or_else(|| {
                if !cleaned.missing.contains(&c) {
                    cleaned.missing.push(c);
                }
                GETA
            })),
        }
    }
    Some(new)
}

/// Selectors of variants, joiners and marks of direction.
fn is_silent(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{e0100}'..='\u{e01ef}')
}

/// Another sign that says the same.
fn like(character: char) -> Option<char> {
    let other = match character {
        '↻' | '⟳' | '🔄' => '◇',
        _ => return None,
    };
    fonts::has(other).then_some(other)
}

/// Has a text a run of letters in which no line can be broken?
fn has_long_word(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|c| {
        run = if c.is_ascii_graphic() { run + 1 } else { 0 };
        run > LONGEST_WORD
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_has_no_glyph_is_replaced_and_told() {
        for (text, set) in [
            ("令和4年度 施策評価", "令和4年度 施策評価"),
            ("a\tb\r\nc\u{0}", "a b\nc〓"),
            ("か\u{3099}", "が"),
            ("葛\u{e0100}城", "葛城"),
            ("🏛1", "〓1"),
            ("↻ 改善", "◇ 改善"),
        ] {
            let mut value = json!([{ "a": text }]);
            clean(&mut value, &mut Cleaned::default());
            assert_eq!(value, json!([{ "a": set }]), "{text}");
        }
        let mut cleaned = Cleaned::default();
        clean(&mut json!(["🏛🏛", "\u{e000}"]), &mut cleaned);
        assert_eq!(cleaned.missing, ['🏛', '\u{e000}']);
    }

    #[test]
    fn long_words_are_told() {
        let long = |text: &str| {
            let mut cleaned = Cleaned::default();
            clean(&mut json!(text), &mut cleaned);
            cleaned.long_words
        };
        assert!(long("https://example.jp/a"));
        assert!(!long("1,234,567,890 1,234,567,890"));
    }
}
