//! What a document itself says about its words: its scale of next steps, its sections, the length
//! and the prefixes of its project codes. Learned from the rows that came through whole.

use super::accounts::Accounts;
use super::form::squash;
use crate::source_text::SourceText;
use crate::text::sections::is_section_name;
use meguri_core::money::PrintedAmount;
use meguri_core::text::{narrow, whole_number};
use std::collections::{HashMap, HashSet};

/// Next steps that papers use; those of the document are added.
const NEXT_STEPS: [&str; 27] = [
    "拡大",
    "改善",
    "維持",
    "縮小",
    "廃止",
    "継続",
    "現状維持",
    "見直し",
    "見直",
    "終了",
    "完了",
    "休止",
    "統合",
    "新規",
    "拡充",
    "充実",
    "重点化",
    "強化",
    "推進",
    "検討",
    "減額",
    "増額",
    "統廃合",
    "移管",
    "中止",
    "休廃止",
    "民営化",
];

/// The letters of the longest next step.
const MOST_LETTERS: usize = 24;

/// The words of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Vocabulary {
    /// Next steps, longest first.
    pub(super) steps: Vec<String>,
    /// Sections that stand in whole rows.
    pub(super) sections: HashSet<String>,
    /// Digits of a project code, 0 where no row tells.
    pub(super) code_digits: usize,
    /// Which sections a code prefix was seen with.
    pub(super) prefix_sections: HashMap<String, HashSet<String>>,
    /// Do codes begin with their 款, in two digits?
    pub(super) code_begins_with_kan: bool,
    /// Does a number that counts the pages stand alone on most of them? Then a lone number is no part
    /// of a row.
    pub(super) numbered_pages: bool,
    /// The accounts of the city.
    pub(super) accounts: Accounts,
    /// Codes of projects that a later sheet lists again, by the key of their names.
    pub(super) listed_codes: HashMap<String, String>,
}

/// One row that came through whole, as far as it teaches words.
struct WholeRow {
    section: String,
    kan: String,
    code: String,
    step: Option<String>,
}

impl Vocabulary {
    /// Learns from all lines of a document, in one pass.
    pub(super) fn learn(source: &SourceText) -> Self {
        let mut vocabulary = Self {
            accounts: Accounts::of(&source.words.accounts),
            ..Self::default()
        };
        let mut steps: HashMap<String, usize> = HashMap::new();
        let mut lengths: HashMap<usize, usize> = HashMap::new();
        let mut loose_lengths: HashMap<usize, usize> = HashMap::new();
        // Next steps that begin with 事業, by the counts: it may also be the unit of a number that
        // came away, so that a row must show them.
        let mut doubtful: HashSet<String> = HashSet::new();
        let (mut with_kan, mut rows) = (0, 0);
        for line in &source.lines {
            learn_counted_steps(&line.text, &mut steps, &mut doubtful);
            let Some(row) = whole_row(&line.text) else {
                vocabulary.sections.extend(section_of_head(&line.text));
                if let Some(length) = code_of_tail(&line.text) {
                    *loose_lengths.entry(length).or_default() += 1;
                }
                continue;
            };
            // Special accounts have codes of their own.
            rows += usize::from(row.kan.bytes().all(|b| b.is_ascii_digit()));
            *lengths.entry(row.code.len()).or_default() += 1;
            with_kan += usize::from(is_kan_prefix(&row.kan, &row.code));
            vocabulary.learn_code(&row.code, &row.section);
            vocabulary.sections.insert(row.section);
            if let Some(step) = row.step {
                *steps.entry(step).or_default() += 1;
            }
        }
        if lengths.is_empty() {
            lengths = loose_lengths;
        }
        vocabulary.numbered_pages = has_numbered_pages(source);
        vocabulary.code_digits = lengths
            .into_iter()
            .max_by_key(|(length, count)| (*count, *length))
            .map_or(0, |(length, _)| length);
        vocabulary.code_begins_with_kan = rows > 0 && with_kan * 10 >= rows * 9;
        vocabulary.steps = NEXT_STEPS.iter().map(ToString::to_string).collect();
        let own = steps
            .into_iter()
            .filter(|(step, count)| *count > 1 || doubtful.contains(step));
        vocabulary.steps.extend(own.map(|(step, _)| step));
        vocabulary
            .steps
            .extend(source.words.next_steps.iter().cloned());
        vocabulary.steps.sort();
        vocabulary.steps.dedup();
        vocabulary
            .steps
            .sort_by_key(|s| std::cmp::Reverse(s.chars().count()));
        vocabulary
    }

    /// Remembers that a section has projects with this code's prefix.
    pub(super) fn learn_code(&mut self, code: &str, section: &str) {
        if let Some(prefix) = code_prefix(code) {
            self.prefix_sections
                .entry(prefix)
                .or_default()
                .insert(section.to_owned());
        }
    }

    /// The next step at the head of a text, and what follows it.
    pub(super) fn step_at_head<'t>(&self, text: &'t str) -> Option<(&str, &'t str)> {
        self.steps
            .iter()
            .find_map(|step| Some((step.as_str(), text.strip_prefix(step.as_str())?)))
    }

    /// Is the whole text one next step?
    pub(super) fn is_step(&self, text: &str) -> bool {
        self.steps.iter().any(|step| step == text)
    }
}

/// Of the pages, six in ten bear a number of their own that rises from page to page.
fn has_numbered_pages(source: &SourceText) -> bool {
    let mut pages = 0_u32;
    let mut shifts: HashMap<u32, u32> = HashMap::new();
    let mut seen: HashSet<u32> = HashSet::new();
    for line in &source.lines {
        if line.starts_page && line.number > 1 {
            pages = pages.saturating_add(1);
            seen.clear();
        }
        let text = line.text.trim().trim_matches(['-', '－', '–', ' ']);
        let number = (!text.is_empty() && text.len() <= 12)
            .then(|| whole_number(text))
            .flatten();
        // From the number of the first page; 10,000 more, so that none is below zero.
        let shift = number.and_then(|number| number.saturating_add(10_000).checked_sub(pages));
        if let Some(shift) = shift.filter(|shift| seen.insert(*shift)) {
            *shifts.entry(shift).or_default() += 1;
        }
    }
    let best = shifts.into_values().max().unwrap_or(0);
    pages >= 2 && best.saturating_mul(10) >= (pages + 1).saturating_mul(6)
}

/// The part of a code that its section shares: all but the last two digits.
pub(super) fn code_prefix(code: &str) -> Option<String> {
    let digits: Vec<char> = narrow(code).chars().collect();
    let length = digits.len().checked_sub(2).filter(|n| *n >= 2)?;
    Some(digits.into_iter().take(length).collect())
}

/// Does a code of the general account begin with its 款 in two digits?
pub(super) fn is_kan_prefix(kan: &str, code: &str) -> bool {
    let (kan, code) = (narrow(kan), narrow(code));
    kan.bytes().all(|b| b.is_ascii_digit())
        && code
            .get(..2)
            .is_some_and(|head| head.trim_start_matches('0') == kan)
}

/// Is the text `1,958`, `0`, `▲12`, `−1,275` or `1,275千円`?
pub(super) fn is_amount(text: &str) -> bool {
    PrintedAmount::parse(text).is_some_and(|amount| !amount.in_parentheses)
}

/// `no name section 款 項 目 code cost step` on one line, read from its end.
fn whole_row(line: &str) -> Option<WholeRow> {
    if line.len() > 1000 {
        return None;
    }
    let line = narrow(line);
    let mut tokens: Vec<&str> = line.split_whitespace().collect();
    let mut step = None;
    if !is_amount(tokens.last()?) {
        let last = tokens.pop()?;
        let word = last.trim_end_matches(|c: char| c.is_ascii_digit());
        let short = (1..=MOST_LETTERS).contains(&word.chars().count());
        step = Some(word.to_owned()).filter(|_| short && !word.contains(['(', '※', '-']));
        step.as_ref()?;
    }
    let cost = tokens.pop()?;
    let code = tokens.pop()?;
    let code_digits = code.bytes().all(|b| b.is_ascii_digit()) && (4..=10).contains(&code.len());
    let (moku, kou, kan) = (tokens.pop()?, tokens.pop()?, tokens.pop()?);
    let small = |t: &str| (1..=2).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_digit());
    let section = tokens.pop()?;
    // The name must be there too: else the section may be a name whose section has come away.
    let named = tokens
        .iter()
        .any(|t| !t.bytes().all(|b| b.is_ascii_digit()));
    let fits = is_amount(cost) && code_digits && small(moku) && small(kou) && named;
    let kan_digits = kan.trim_start_matches(|c: char| !c.is_ascii_digit());
    (fits && small(kan_digits) && !section.starts_with(|c: char| c.is_ascii_digit())).then(|| {
        WholeRow {
            section: section.to_owned(),
            kan: kan.to_owned(),
            code: code.to_owned(),
            step,
        }
    })
}

/// The section of `no name section 款 項 目`, with a code behind it or without: the head of a row.
fn section_of_head(line: &str) -> Option<String> {
    if line.len() > 1000 {
        return None;
    }
    let line = narrow(line);
    let digits = |t: &&str| t.bytes().all(|b| b.is_ascii_digit());
    let mut tokens: Vec<&str> = line.split_whitespace().collect();
    if tokens.last().is_some_and(|t| digits(t) && t.len() >= 4) {
        tokens.pop();
    }
    for _ in 0..2 {
        tokens.pop().filter(|t| digits(t) && t.len() <= 2)?;
    }
    let kan = tokens.pop()?;
    let section = tokens.pop()?;
    let kan_digits = kan.trim_start_matches(|c: char| !c.is_ascii_digit());
    let small = (1..=2).contains(&kan_digits.len()) && digits(&kan_digits);
    let named = tokens.iter().any(|t| !digits(t));
    (small && named && is_section_name(section)).then(|| section.to_owned())
}

/// The length of the code in `code cost step`, the tail of a row.
fn code_of_tail(line: &str) -> Option<usize> {
    if line.len() > 100 {
        return None;
    }
    let line = narrow(line);
    let mut tokens = line.split_whitespace();
    let (code, cost) = (tokens.next()?, tokens.next()?);
    let step = tokens
        .next()
        .is_some_and(|t| NEXT_STEPS.iter().any(|s| t.starts_with(s)));
    let digits = code.bytes().all(|b| b.is_ascii_digit());
    (step && digits && (4..=10).contains(&code.len()) && is_amount(cost)).then_some(code.len())
}

/// Learns the words of `… の動向 拡大 2 事業 改善 0 事業 …`.
fn learn_counted_steps(
    line: &str,
    steps: &mut HashMap<String, usize>,
    doubtful: &mut HashSet<String>,
) {
    if !line.contains("動向") || !line.contains("事業") || line.len() > 400 {
        return;
    }
    let text = squash(line);
    let Some((_, counts)) = text.split_once("事務事業の動向") else {
        return;
    };
    let parts = counts.split(|c: char| c.is_ascii_digit());
    for (at, part) in parts.enumerate().filter(|(_, part)| !part.is_empty()) {
        // Behind a number stands its own 事業; a next step may begin with the same word.
        let own = part.strip_prefix("事業").filter(|_| at > 0).unwrap_or(part);
        let fits = |word: &&str| (2..=MOST_LETTERS).contains(&word.chars().count());
        if own
            .strip_prefix("事業")
            .is_some_and(|step| !step.is_empty() && !step.contains("事業"))
        {
            doubtful.extend(Some(own).filter(|own| fits(own)).map(str::to_owned));
        }
        for word in own.split("事業").filter(fits) {
            *steps.entry(word.to_owned()).or_default() += 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_teaches_its_words() {
        let source = SourceText::from_text(
            "1 里の森 整備事業 みどり係 3 1 2 12345678 1,958 そのまま\n\
             2 広場の事業 みどり係 国3 1 2 12345679 8 そのまま3\n\
             事務事業の動向 のばす 2 事業 そのまま 1 事業",
        );
        let vocabulary = Vocabulary::learn(&source);
        assert_eq!(vocabulary.code_digits, 8);
        assert!(vocabulary.sections.contains("みどり係"));
        assert!(vocabulary.is_step("そのまま") && vocabulary.is_step("のばす"));
        assert!(!vocabulary.code_begins_with_kan);
    }
}
