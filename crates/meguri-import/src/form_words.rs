//! The words of one city's form, from the scheme of its plan: what it calls the fields and levels of
//! a family's form, its next steps and its grades.
//!
//! Readers know the words of the form that they were written for. Where a city's scheme names a field
//! or a level otherwise, the label is recognised by the city's word: in the normal form of a line
//! ([`crate::source_text::Line::text`]) it stands as the family's own word. What is printed stays as
//! printed.

use meguri_core::text::{circled_value, roman_value};

/// The longest line in which a label may stand behind another one, in bytes.
const LONGEST_HEAD: usize = 300;
/// The longest label, in characters; a longer one is a sentence.
const LONGEST_LABEL: usize = 30;

/// One label of a city.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Label {
    /// As the city prints it, without blanks.
    printed: Vec<char>,
    /// The word of the family's form for the same thing.
    word: &'static str,
}

/// The words of a city's form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormWords {
    labels: Vec<Label>,
    /// The values of the scales of next steps.
    pub next_steps: Vec<String>,
    /// The values of the scales of grades, the best first.
    pub grades: Vec<String>,
    /// The accounts (会計) of its budget.
    pub accounts: Vec<String>,
}

impl FormWords {
    /// Words from labels (the city's, with the word of the family's form) and scales.
    #[must_use]
    pub fn new(
        labels: impl IntoIterator<Item = (String, &'static str)>,
        next_steps: Vec<String>,
        grades: Vec<String>,
    ) -> Self {
        let label = |(printed, word): (String, &'static str)| Label {
            printed: printed.chars().filter(|c| !c.is_whitespace()).collect(),
            word,
        };
        let own = |label: &Label| {
            (2..=LONGEST_LABEL).contains(&label.printed.len())
                && !label.printed.iter().copied().eq(label.word.chars())
        };
        let mut labels: Vec<Label> = labels.into_iter().map(label).filter(own).collect();
        labels.sort_by_key(|label| std::cmp::Reverse(label.printed.len()));
        Self {
            labels,
            next_steps,
            grades,
            accounts: Vec::new(),
        }
    }

    /// The same words with the accounts of the city's budget.
    #[must_use]
    pub fn with_accounts(mut self, accounts: Vec<String>) -> Self {
        self.accounts = accounts;
        self
    }

    /// Does the city call everything as the family's form does?
    #[must_use]
    pub const fn has_labels(&self) -> bool {
        !self.labels.is_empty()
    }

    /// A line with the family's words for the city's labels; `None` where it holds none of them.
    ///
    /// A label stands at the head of a cell, or behind a blank in a line that is no sentence, and is
    /// followed by the end of its cell, a blank, a colon, a bracket or a number.
    pub(crate) fn translate(&self, line: &str) -> Option<String> {
        let mut translated = String::new();
        let mut rest = line;
        let mut found = false;
        let sentence = line.contains('。') || line.len() > LONGEST_HEAD;
        let mut at_head = true;
        while let Some(c) = rest.chars().next() {
            let here = at_head.then(|| self.label_at(rest)).flatten();
            if let Some((word, after)) = here {
                translated.push_str(word);
                rest = after;
                found = true;
                at_head = false;
                continue;
            }
            translated.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            at_head = c == '\t' || at_head && opens(c) || !sentence && c.is_whitespace();
        }
        found.then_some(translated)
    }

    /// A piece of a line as the paper prints it, where it begins with a label that was translated.
    pub(crate) fn as_printed(&self, piece: &str, line: &str) -> Option<String> {
        let squeezed: Vec<char> = line.chars().filter(|c| !c.is_whitespace()).collect();
        let printed = |label: &&Label| {
            let length = label.printed.len();
            squeezed.windows(length).any(|part| part == label.printed)
        };
        self.labels.iter().filter(printed).find_map(|label| {
            let rest = piece.strip_prefix(label.word)?;
            let whole = rest.chars().next().is_none_or(char::is_whitespace);
            let own: String = label.printed.iter().collect();
            whole.then(|| own + rest)
        })
    }

    /// The label at the head of a text, and what follows it.
    fn label_at<'t>(&self, text: &'t str) -> Option<(&'static str, &'t str)> {
        self.labels.iter().find_map(|label| {
            let mut wanted = label.printed.iter().peekable();
            let mut end = 0;
            for (at, c) in text.char_indices() {
                match wanted.peek() {
                    None => break,
                    Some(next) if **next == c => {
                        wanted.next();
                        end = at + c.len_utf8();
                    }
                    // Letters of a label may stand apart, but not over two cells.
                    Some(_) if at > 0 && c.is_whitespace() && c != '\t' => {}
                    Some(_) => return None,
                }
            }
            let rest = text.get(end..).filter(|_| wanted.peek().is_none())?;
            ends(rest).then_some((label.word, rest))
        })
    }
}

/// May a label end before this text?
fn ends(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| {
        c.is_whitespace()
            || c.is_ascii_digit()
            || matches!(
                c,
                '０'..='９' | ':' | '：' | '(' | '（' | ')' | '）' | '】' | ']' | '］' | '」'
            )
            || circled_value(c).is_some()
            || roman_value(c).is_some()
    })
}

/// What may stand before a label at the head of a cell.
const fn opens(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '【' | '〔'
                | '['
                | '［'
                | '（'
                | '('
                | '「'
                | '■'
                | '□'
                | '◆'
                | '◇'
                | '●'
                | '○'
                | '◎'
                | '▼'
                | '▽'
                | '＜'
                | '<'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_a_city_become_those_of_the_form_and_sentences_stay() {
        let labels = [
            ("政策", "基本目標"),
            ("施策", "方針"),
            ("基本事業", "テーマ"),
            ("目標進捗率", "達成率"),
            ("取組の成果と効果", "成果"),
        ];
        let labels = labels.map(|(printed, word)| (printed.to_owned(), word));
        let words = FormWords::new(labels, Vec::new(), Vec::new());
        for (line, want) in [
            (
                "政策 Ⅱ　施策 3　基本事業 12",
                Some("基本目標 Ⅱ　方針 3　テーマ 12"),
            ),
            ("政策Ⅱ", Some("基本目標Ⅱ")),
            ("目 標 進 捗 率 99.2% -", Some("達成率 99.2% -")),
            ("【取組の成果と効果】", Some("【成果】")),
            ("指標\t目標進捗率\t施策", Some("指標\t達成率\t方針")),
            ("施策の方向性（ACTION）", None),
            ("1,254 施策を進める。", None),
            ("基本事業の見直し", None),
            ("・施策 の数を増やした。", None),
            ("", None),
        ] {
            assert_eq!(words.translate(line).as_deref(), want, "{line}");
        }
    }

    #[test]
    fn a_city_that_uses_the_words_of_the_form_needs_no_translation() {
        let labels = [("成果".to_owned(), "成果")];
        assert!(!FormWords::new(labels, Vec::new(), Vec::new()).has_labels());
    }
}
