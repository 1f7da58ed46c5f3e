//! A row of the list of projects as tokens: glued ones taken apart, each with its kind.

use crate::documents::evaluation::parentheses::inner;
use crate::documents::evaluation::vocabulary::{Vocabulary, is_amount};
use crate::text::sections::is_section_name;
use meguri_core::text::{is_dash_cell, narrow, narrow_char};

/// What a token of a row may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One to three digits: a row number, a part of the budget item, a small cost.
    Small,
    /// A project code.
    Code,
    /// An amount.
    Cost,
    /// A next step.
    Step,
    /// 款 with its account before it: `介3`.
    AccountKan,
    /// A row number glued to the end of something.
    OwnNumber,
    /// A printed dash.
    Dash,
    /// Anything else.
    Text,
}

/// One token, its text as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) kind: Kind,
}

/// The tokens of a row in their right order, and whether they came in reverse.
pub(super) fn tokens(line: &str, vocabulary: &Vocabulary) -> (Vec<Token>, bool) {
    let mut found: Vec<Token> = Vec::new();
    let mut reversed = false;
    let words = signed_words(line);
    let code = code_by_place(&words, vocabulary);
    for (at, word) in words.iter().enumerate() {
        let word = word.as_str();
        let after = found.last().map(|t| t.kind);
        let alone = word.len() == line.trim().len();
        if code == Some(at) {
            push(&mut found, word, Kind::Code);
            continue;
        }
        if take_reversed(word, vocabulary, after, alone, &mut found) {
            reversed = true;
        } else {
            take_word(word, vocabulary, after, &mut found);
        }
    }
    settle_by_neighbours(&mut found);
    (found, reversed)
}

/// The words of a row; a sign that stands apart from its amount is joined with it: `△ 1,275`.
fn signed_words(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        let before = words.len().checked_sub(2).and_then(|at| words.get(at));
        let digits = |w: &String| w.len() >= 4 && narrow(w).bytes().all(|b| b.is_ascii_digit());
        let behind_code = before.is_some_and(digits);
        let sign = |w: &str| matches!(w, "△" | "▲") || behind_code && is_dash_cell(w);
        let amount =
            is_amount(&narrow(word)) && narrow(word).starts_with(|c: char| c.is_ascii_digit());
        match words.last_mut() {
            Some(last) if amount && sign(last) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// The word that is a code by its place: behind 款, 項, 目 and before an amount or a dash. It may have
/// lost its zeros, so that its length says nothing.
fn code_by_place(words: &[String], vocabulary: &Vocabulary) -> Option<usize> {
    let digits = |at: usize, lengths: std::ops::RangeInclusive<usize>| {
        words.get(at).is_some_and(|word| {
            let plain = narrow(word);
            lengths.contains(&plain.len()) && plain.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let known = vocabulary.code_digits;
    let near = known.saturating_sub(3).max(3)..=(known + 3).min(10);
    (3..words.len()).find(|at| {
        let budget = digits(at - 1, 1..=2) && digits(at - 2, 1..=2);
        let kan = words.get(at - 3).is_some_and(|word| {
            let plain = narrow(word);
            digits(at - 3, 1..=2) || vocabulary.accounts.begin(&plain)
        });
        let cost = words.get(at + 1).is_some_and(|word| {
            let money = is_amount(&narrow(word)) || is_dash_cell(word) || inner(word).is_some();
            money && !digits(at + 1, 4..=10)
                || digits(at + 1, 4..=10) && words.get(at + 2).is_some()
        });
        known > 0 && digits(*at, near.clone()) && budget && kan && cost
    })
}

fn push(found: &mut Vec<Token>, text: &str, kind: Kind) {
    found.push(Token {
        text: text.to_owned(),
        kind,
    });
}

/// The first `n` characters of a text and the rest.
fn split_chars(text: &str, n: usize) -> (&str, &str) {
    let at = text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn leading_digits(text: &str) -> usize {
    text.chars()
        .take_while(|c| narrow_char(*c).is_ascii_digit())
        .count()
}

fn take_word(word: &str, vocabulary: &Vocabulary, after: Option<Kind>, found: &mut Vec<Token>) {
    let plain = narrow(word);
    let length = plain.chars().count();
    let digits = leading_digits(word);
    if digits == length {
        take_digits(word, digits, vocabulary, found);
    } else if is_dash_cell(word) {
        push(found, word, Kind::Dash);
    } else if is_amount(&plain) || after == Some(Kind::Code) && inner(word).is_some() {
        push(found, word, Kind::Cost);
    } else if vocabulary.accounts.begin(&plain) && vocabulary.step_at_head(word).is_none() {
        push(found, word, Kind::AccountKan);
    } else if !take_step(word, vocabulary, after, found)
        && !take_amount_with_step(word, vocabulary, found)
        && !take_code_with_text(word, digits, vocabulary, found)
    {
        push(found, word, Kind::Text);
    }
}

/// Digits only: small number, code, code with a row number behind it, cost without commas.
fn take_digits(word: &str, digits: usize, vocabulary: &Vocabulary, found: &mut Vec<Token>) {
    let code = vocabulary.code_digits;
    if digits <= 3 {
        push(found, word, Kind::Small);
    } else if digits == code || (code == 0 && digits >= 5) {
        push(found, word, Kind::Code);
    } else if code > 0 && (code + 1..=code + 3).contains(&digits) {
        let (head, tail) = split_chars(word, code);
        push(found, head, Kind::Code);
        push(found, tail, Kind::OwnNumber);
    } else {
        push(found, word, Kind::Cost);
    }
}

/// `維持`, `拡大10` (a row number at the end), `維持職員課` (the next piece glued on).
fn take_step(
    word: &str,
    vocabulary: &Vocabulary,
    after: Option<Kind>,
    found: &mut Vec<Token>,
) -> bool {
    let Some((step, rest)) = vocabulary.step_at_head(word) else {
        return false;
    };
    let digits = leading_digits(rest);
    let all_digits = digits == rest.chars().count();
    // A small number at the head of a line is the row's own, unless a section follows the step.
    let after_cost = match after {
        Some(Kind::Cost) => true,
        Some(Kind::Small) => {
            found.len() > 1 || vocabulary.sections.contains(rest) || is_section_name(rest)
        }
        _ => false,
    };
    let number = all_digits && digits <= 3;
    if !rest.is_empty() && !number && !after_cost {
        // A name may begin like a next step (維持管理事業): only behind a cost is it one.
        return false;
    }
    push(found, step, Kind::Step);
    let (own, text) = split_chars(rest, digits);
    if !own.is_empty() {
        push(found, own, Kind::OwnNumber);
    }
    if !text.is_empty() {
        push(found, text, Kind::Text);
    }
    true
}

/// `5,224拡大`, `5,224拡大10`.
fn take_amount_with_step(word: &str, vocabulary: &Vocabulary, found: &mut Vec<Token>) -> bool {
    let amount = word
        .chars()
        .take_while(|c| matches!(narrow_char(*c), '0'..='9' | ','))
        .count();
    let (cost, rest) = split_chars(word, amount);
    if amount == 0 || !is_amount(&narrow(cost)) {
        return false;
    }
    let mut behind = Vec::new();
    if !take_step(rest, vocabulary, Some(Kind::Cost), &mut behind) {
        return false;
    }
    push(found, cost, Kind::Cost);
    found.append(&mut behind);
    true
}

/// `022308動く市役所事業`.
fn take_code_with_text(
    word: &str,
    digits: usize,
    vocabulary: &Vocabulary,
    found: &mut Vec<Token>,
) -> bool {
    let code = vocabulary.code_digits;
    if code < 5 || !(code..=code + 3).contains(&digits) {
        return false;
    }
    let (head, rest) = split_chars(word, code);
    let (number, text) = split_chars(rest, digits - code);
    push(found, head, Kind::Code);
    if !number.is_empty() {
        push(found, number, Kind::OwnNumber);
    }
    push(found, text, Kind::Text);
    true
}

/// Cells in reverse order: `維持18,200070511217産業振興課商工会補助事業` (next step, cost, code, 目, 項,
/// 款, section, name) or its end alone, `17産業振興課商工会補助事業`.
fn take_reversed(
    word: &str,
    vocabulary: &Vocabulary,
    after: Option<Kind>,
    alone: bool,
    found: &mut Vec<Token>,
) -> bool {
    if after.is_some() {
        return false;
    }
    let (step, rest) = vocabulary.step_at_head(word).unwrap_or(("", word));
    let run = rest
        .chars()
        .take_while(|c| matches!(narrow_char(*c), '0'..='9' | ','))
        .count();
    let (figures, text) = split_chars(rest, run);
    let reversed = if step.is_empty() {
        reversed_budget(figures).map(|budget| (None, budget))
    } else {
        reversed_figures(figures, vocabulary)
    };
    let Some((cost_and_code, budget)) = reversed else {
        return false;
    };
    // A number glued to a name could be a row's own: two digits or three are 項 and 款, and 目.
    let sure = !step.is_empty() || alone;
    let section_and_name =
        split_section(text, vocabulary).or_else(|| split_unknown_section(text).filter(|_| sure));
    if (step.is_empty() || !text.is_empty()) && section_and_name.is_none() {
        return false;
    }
    if let Some((section, name)) = section_and_name {
        push(found, name, Kind::Text);
        push(found, section, Kind::Text);
    }
    for part in budget.iter().rev() {
        push(found, part, Kind::Small);
    }
    if let Some((cost, code)) = cost_and_code {
        push(found, &code, Kind::Code);
        push(found, &cost, Kind::Cost);
        push(found, step, Kind::Step);
    }
    true
}

/// Section and name set without a space: the longest section of the document that fits.
fn split_section<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<(&'t str, &'t str)> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    let mut best = None;
    for end in ends.take(40) {
        if let Some((head, name)) = text.split_at_checked(end)
            && !name.is_empty()
            && vocabulary.sections.contains(head)
        {
            best = Some((head, name));
        }
    }
    best
}

/// Without a known section: up to the first word that ends the name of a section.
fn split_unknown_section(text: &str) -> Option<(&str, &str)> {
    const ENDS: [&str; 8] = [
        "課",
        "室",
        "局",
        "係",
        "担当",
        "グループ",
        "センター",
        "支所",
    ];
    let ends = ENDS
        .iter()
        .filter_map(|end| Some(text.find(end)? + end.len()));
    let end = ends.filter(|end| *end > "課".len()).min()?;
    let (section, name) = text.split_at_checked(end)?;
    (!name.is_empty() && section.chars().count() <= 14).then_some((section, name))
}

type ReversedFigures = (Option<(String, String)>, Vec<String>);

/// Cost, code and the budget item from its end, set without spaces.
fn reversed_figures(figures: &str, vocabulary: &Vocabulary) -> Option<ReversedFigures> {
    let digits = vocabulary.code_digits;
    let commas = narrow(figures).rfind(',').map(|at| at + 4);
    let lengths = match commas {
        Some(length) => length..=length,
        None => 1..=3,
    };
    let mut fitting = lengths.filter_map(|length| {
        let (cost, rest) = split_chars(figures, length);
        let (code, budget) = split_chars(rest, digits);
        let known = crate::documents::evaluation::vocabulary::code_prefix(code)
            .is_some_and(|prefix| vocabulary.prefix_sections.contains_key(&prefix));
        let fits = digits > 0 && leading_digits(code) == digits && (commas.is_some() || known);
        let budget = if budget.is_empty() {
            Vec::new()
        } else {
            reversed_budget(budget)?
        };
        fits.then(|| (Some((cost.to_owned(), code.to_owned())), budget))
    });
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only)
}

/// `217` = 目 2, 項 1, 款 7; more digits than parts cannot be told apart.
fn reversed_budget(figures: &str) -> Option<Vec<String>> {
    let length = figures.chars().count();
    ((1..=3).contains(&length) && leading_digits(figures) == length)
        .then(|| figures.chars().map(String::from).collect())
}

/// A small number before a next step, or right behind a code, is the cost.
fn settle_by_neighbours(tokens: &mut [Token]) {
    for index in 0..tokens.len() {
        let kind = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map(|t| t.kind);
        let before = kind(index.checked_sub(1));
        let next = kind(Some(index + 1));
        let here = kind(Some(index));
        let is_cost = here == Some(Kind::Small)
            && (next == Some(Kind::Step) && before != Some(Kind::Text)
                || matches!(before, Some(Kind::Code | Kind::Dash)));
        // Two codes in a row: the second is a cost that was printed without commas.
        let second_code = here == Some(Kind::Code) && before == Some(Kind::Code);
        if let Some(token) = tokens.get_mut(index)
            && (is_cost || second_code)
        {
            token.kind = Kind::Cost;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vocabulary {
        let mut words = Vocabulary {
            code_digits: 6,
            steps: vec!["維持".to_owned(), "拡大".to_owned()],
            ..Vocabulary::default()
        };
        words.sections.insert("商業課".to_owned());
        words
    }

    fn kinds(line: &str) -> Vec<(String, Kind)> {
        let (tokens, _) = tokens(line, &words());
        tokens.into_iter().map(|t| (t.text, t.kind)).collect()
    }

    #[test]
    fn glued_tokens_are_taken_apart() {
        use Kind::{Code, Cost, OwnNumber, Small, Step, Text};
        let texts = |line: &str| -> Vec<Kind> { kinds(line).into_iter().map(|t| t.1).collect() };
        assert_eq!(texts("060323 5,224 拡大10"), [Code, Cost, Step, OwnNumber]);
        assert_eq!(texts("3 06032711"), [Small, Code, OwnNumber]);
        assert_eq!(
            texts("12,193 維持職員課 2 1"),
            [Cost, Step, Text, Small, Small]
        );
        assert_eq!(texts("1 022308動く事業 市民課"), [Small, Code, Text, Text]);
        assert_eq!(texts("5 維持管理事業 市民課"), [Small, Text, Text]);
        assert_eq!(
            texts("118 維持商業課 2 1"),
            [Cost, Step, Text, Small, Small]
        );
    }

    #[test]
    fn reversed_rows_are_turned_round() {
        let row: Vec<String> = kinds("維持18,200070511217商業課祭りの補助事業")
            .into_iter()
            .map(|t| t.0)
            .collect();
        assert_eq!(
            row,
            [
                "祭りの補助事業",
                "商業課",
                "7",
                "1",
                "2",
                "070511",
                "18,200",
                "維持"
            ]
        );
        let end: Vec<String> = kinds("維持5,7930705122").into_iter().map(|t| t.0).collect();
        assert_eq!(end, ["2", "070512", "5,793", "維持"]);
    }
}
