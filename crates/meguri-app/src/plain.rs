//! Characters that control a terminal or turn the direction of a text are displayed, never obeyed:
//! one function for terminals and pages, one for formats that have escapes of their own.

use std::borrow::Cow;

/// Does a character control instead of being displayed? Line ends and tabs do not count.
///
/// These are the controls of Unicode (C0, DEL, C1), the marks of direction and of lines, those of
/// annotations, and the invisible tags. Joiners and selectors of variants are parts of words.
#[must_use]
pub fn is_control(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2066}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    }
}

/// The text with a visible mark in the place of each control: `␛` for ESC, `［U+202E］` for those
/// that have no picture.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, is_control, push_mark)
}

/// As [`visible`], for a terminal, where a lone carriage return writes over what stands before it.
#[must_use]
pub fn in_terminal(text: &str) -> Cow<'_, str> {
    replaced(text, |c| c == '\r' || is_control(c), push_mark)
}

/// As [`visible`], on one line.
#[must_use]
pub fn on_one_line(text: &str) -> Cow<'_, str> {
    replaced(
        text,
        |c| matches!(c, '\r' | '\n' | '\t') || is_control(c),
        push_mark,
    )
}

/// JSON whose strings have each control as an escape: the value stays, a terminal obeys nothing.
#[must_use]
pub fn escaped_json(json: &str) -> Cow<'_, str> {
    replaced(json, is_control, |text, c| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            text.push_str(&format!("\\u{unit:04x}"));
        }
    })
}

/// Appends the visible mark of a control.
pub fn push_mark(text: &mut String, c: char) {
    let picture = match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code),
        0x7f => Some('\u{2421}'),
        _ => None,
    };
    match picture {
        Some(picture) => text.push(picture),
        None => text.push_str(&format!("［U+{:04X}］", u32::from(c))),
    }
}

fn replaced(
    text: &str,
    is_meant: impl Fn(char) -> bool,
    mut push: impl FnMut(&mut String, char),
) -> Cow<'_, str> {
    let Some(first) = text.find(&is_meant) else {
        return Cow::Borrowed(text);
    };
    let (before, rest) = text.split_at(first);
    let mut clean = String::with_capacity(text.len() + 16);
    clean.push_str(before);
    for c in rest.chars() {
        if is_meant(c) {
            push(&mut clean, c);
        } else {
            clean.push(c);
        }
    }
    Cow::Owned(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_become_visible_and_words_stay() {
        for (text, wanted) in [
            ("みずほ野市\t1\r\n2", "みずほ野市\t1\r\n2"),
            ("\u{1b}[31m赤", "␛[31m赤"),
            ("a\u{0}\u{7}\u{7f}b", "a␀␇␡b"),
            ("a\u{85}\u{9b}31m", "a［U+0085］［U+009B］31m"),
            ("a\u{202e}b\u{2066}c", "a［U+202E］b［U+2066］c"),
            ("a\u{2028}b\u{e0041}", "a［U+2028］b［U+E0041］"),
            // A variant of a name's character, and a family of emoji.
            ("辻\u{e0101}さん", "辻\u{e0101}さん"),
            ("👨\u{200d}👩", "👨\u{200d}👩"),
        ] {
            assert_eq!(visible(text), wanted, "{text:?}");
        }
        assert_eq!(in_terminal("上書き\r前\n"), "上書き␍前\n");
        assert_eq!(on_one_line("一\r\n二\t三"), "一␍␊二␉三");
    }

    #[test]
    fn json_keeps_its_values() {
        let json = "\"a\u{202e}\u{9b}\u{e0041}b\"";
        let escaped = escaped_json(json);
        assert!(escaped.is_ascii(), "{escaped}");
        let [before, after]: [String; 2] =
            [json, &escaped].map(|json| serde_json::from_str(json).expect("JSON"));
        assert_eq!(before, after);
    }
}
