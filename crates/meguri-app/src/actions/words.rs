//! What staff writes for residents and for the audit: of a length that is read, without controls.

use crate::plain;
use thiserror::Error;

/// Characters of a reason or a note at most.
pub const MOST_CHARS: usize = 1_000;

/// Characters of a name at most: of a municipality, of who acts.
pub const MOST_NAME_CHARS: usize = 100;

/// What is wrong with such words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WordsFault {
    /// Too many of them.
    #[error("{0}は{1}文字以内で書いてください（{2}文字あります）。")]
    Long(&'static str, usize, usize),
    /// A control that a reader does not see.
    #[error(
        "{0}に、表示できない制御文字があります（{1}）。\n制御文字を除いて、もう一度実行してください。"
    )]
    Control(&'static str, String),
}

/// Looks at words; `what` names them in Japanese.
///
/// # Errors
/// [`WordsFault`].
pub fn check(what: &'static str, words: &str) -> Result<(), WordsFault> {
    check_up_to(MOST_CHARS, what, words)
}

/// As [`check`], for a name.
///
/// # Errors
/// [`WordsFault`].
pub fn check_name(what: &'static str, name: &str) -> Result<(), WordsFault> {
    check_up_to(MOST_NAME_CHARS, what, name)
}

/// As [`check`], for words that may stand in several lines.
///
/// # Errors
/// [`WordsFault`].
pub fn check_lines(what: &'static str, words: &str) -> Result<(), WordsFault> {
    let shown = words.replace("\r\n", "\n").replace('\n', "\u{3000}");
    check_up_to(MOST_CHARS, what, &shown)
}

fn check_up_to(most: usize, what: &'static str, words: &str) -> Result<(), WordsFault> {
    let count = words.chars().count();
    if count > most {
        return Err(WordsFault::Long(what, most, count));
    }
    let control = words
        .chars()
        .find(|c| c.is_control() || plain::is_control(*c));
    match control {
        Some(c) => Err(WordsFault::Control(what, format!("U+{:04X}", u32::from(c)))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_residents_are_short_and_visible() {
        assert_eq!(check("理由", "個人情報を含むため"), Ok(()));
        assert_eq!(check("理由", &"あ".repeat(MOST_CHARS)), Ok(()));
        let long = "あ".repeat(MOST_CHARS + 1);
        assert_eq!(
            check("理由", &long),
            Err(WordsFault::Long("理由", MOST_CHARS, MOST_CHARS + 1))
        );
        assert_eq!(check_name("名称", "小平市"), Ok(()));
        assert!(check_name("名称", &"あ".repeat(MOST_NAME_CHARS + 1)).is_err());
        for odd in ["\u{1b}[31m", "a\nb", "\u{202e}", "\u{85}", "\u{2028}", "\0"] {
            let told = check("理由", odd).expect_err("a control").to_string();
            assert!(told.contains("U+") && !told.contains(odd), "{told}");
        }
    }
}
