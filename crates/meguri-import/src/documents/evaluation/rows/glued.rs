//! Two whole rows on one line: a row ends with its next step, and what follows is another.

use crate::documents::evaluation::vocabulary::{Vocabulary, is_amount};
use meguri_core::text::narrow;

/// Splits `… 031338 4,881 維持15 福祉事業 担当課 3 1 5 031340 …` behind the next step. Only a row that
/// begins with its number is split: a number behind the next step may else be its own.
pub(super) fn split<'t>(text: &'t str, vocabulary: &Vocabulary) -> (&'t str, Option<&'t str>) {
    let digits = |word: &str| narrow(word).chars().all(|c| c.is_ascii_digit());
    let codes = text
        .split_whitespace()
        .filter(|word| is_code(word, vocabulary))
        .count();
    let begins = text.split_whitespace().next().is_some_and(digits);
    if codes < 2 || !begins {
        return (text, None);
    }
    let (mut at, mut coded, mut amount) = (0, false, false);
    for word in text.split_whitespace() {
        let from = at + text.get(at..).and_then(|rest| rest.find(word)).unwrap_or(0);
        at = from + word.len();
        let step = vocabulary.step_at_head(word).filter(|_| coded && amount);
        if let Some((_, rest)) = step
            && (rest.is_empty() || digits(rest))
            && let Some((row, next)) = text.split_at_checked(at - rest.len())
        {
            let next = next.trim();
            return (row, Some(next).filter(|next| !next.is_empty()));
        }
        amount = is_amount(&narrow(word));
        coded |= is_code(word, vocabulary);
    }
    (text, None)
}

fn is_code(word: &str, vocabulary: &Vocabulary) -> bool {
    let plain = narrow(word);
    plain.len() == vocabulary.code_digits && plain.bytes().all(|b| b.is_ascii_digit())
}
