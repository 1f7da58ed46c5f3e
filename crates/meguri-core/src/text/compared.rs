//! Characters as they are compared, one by one, where the place of each must stay known.

use super::{is_dash, radical};
use unicode_normalization::char::decompose_compatible;

/// Hands over what a character is compared as: compatibility forms taken apart (`㈱` is `(株)`,
/// `⽬` is 目, `が` is か with its mark, parted or not), dashes and the two triangles unified.
pub fn compared(c: char, mut emit: impl FnMut(char)) {
    match c {
        '一'..='\u{9fff}' => emit(c),
        '▲' => emit('△'),
        '〜' | '∼' => emit('~'),
        c if is_dash(c) => emit('-'),
        ' '..='~' => emit(c),
        _ => decompose_compatible(radical(c).unwrap_or(c), |part| {
            if is_dash(part) {
                emit('-');
            } else if !part.is_whitespace() {
                emit(part);
            }
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::is_unseen;

    fn all(text: &str) -> String {
        let mut compare = String::new();
        for c in text.chars().filter(|c| !is_unseen(*c)) {
            compared(c, |c| compare.push(c));
        }
        compare
    }

    #[test]
    fn two_prints_of_one_text_compare_as_one() {
        for (one, other) in [
            ("⽬標", "目標"),
            ("㋿５年度", "令和5年度"),
            ("㈱みずほ", "(株)みずほ"),
            ("か゛", "が"),
            ("か\u{3099}", "が"),
            ("▲１２", "△12"),
            ("—", "－"),
            ("目\u{200b}標", "目標"),
            ("ｶﾞ", "ガ"),
        ] {
            assert_eq!(all(one), all(other), "{one}");
        }
        assert_ne!(all("か"), all("が"));
        assert_ne!(all("センター"), all("センタ-"));
    }
}
