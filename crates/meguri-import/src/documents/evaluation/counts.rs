//! 合計, 事務事業の動向 and the stars of a sheet.

use super::form::{is_star, squash};
use super::pages::{Page, TextLine};
use super::rows::ProjectList;
use super::vocabulary::{Vocabulary, is_amount};
use crate::printed::{Cell, Counts};
use meguri_core::money::{Money, MoneyUnit, PrintedAmount};
use std::collections::BTreeMap;

const COUNT_HEAD: &str = "事務事業の動向";

/// Is the line a part of `事務事業の動向 拡大 2 事業 改善 0 事業 …`, however torn?
pub(super) fn is_count_line(squashed: &str, vocabulary: &Vocabulary) -> bool {
    if squashed.starts_with(COUNT_HEAD) {
        return true;
    }
    squashed.contains("事業") && count_tokens(squashed, vocabulary).is_some()
}

/// A word of the scale or a number of the counts.
#[derive(Clone, Debug, PartialEq, Eq)]
enum CountToken {
    Word(String),
    Number(u32),
}

/// The words and numbers of a count line; `None` where it holds anything else.
fn count_tokens(squashed: &str, vocabulary: &Vocabulary) -> Option<Vec<CountToken>> {
    let mut rest = squashed.strip_prefix(COUNT_HEAD).unwrap_or(squashed);
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let step = vocabulary.step_at_head(rest);
        let of_step = step.is_some_and(|(step, _)| step.starts_with("事業"));
        if let Some(after) = rest.strip_prefix("事業").filter(|_| !of_step) {
            rest = after;
        } else if first.is_ascii_digit() {
            let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = rest.strip_suffix(after).unwrap_or(rest);
            tokens.push(CountToken::Number(digits.parse().ok()?));
            rest = after;
        } else {
            let (word, after) = vocabulary.step_at_head(rest)?;
            tokens.push(CountToken::Word(word.to_owned()));
            rest = after;
        }
    }
    Some(tokens)
}

/// Is the line `合計 46,371`, `46,371 千円合計` or a part of it with a figure?
pub(super) fn is_total_line(squashed: &str) -> bool {
    let plain = without_words(squashed);
    plain.len() < squashed.len() && (plain.is_empty() || is_amount(&plain))
}

/// The line of a total without 合計 and the unit.
fn without_words(squashed: &str) -> String {
    let plain = squashed.replace("合計", "");
    let unit = MoneyUnit::ALL
        .into_iter()
        .find(|unit| plain.contains(unit.label()));
    unit.map_or(plain.clone(), |unit| plain.replace(unit.label(), ""))
}

/// ★ before rows; the form's own explanation of the mark does not count.
pub(super) fn stars(pages: &[Page<'_>]) -> u32 {
    let lines = pages.iter().filter(|p| p.marks.list).flat_map(Page::lines);
    let stars = lines
        .filter(|line| !squash(line.text).starts_with("★:"))
        .map(|line| line.text.chars().filter(|c| is_star(*c)).count())
        .sum::<usize>();
    u32::try_from(stars).unwrap_or(u32::MAX)
}

/// The printed total: beside 合計 or 千円, else a loose amount that is the sum of all rows, else the
/// only loose amount.
///
/// What proves it: every row has its amount, and their sum is the total. Where a row lacks its own,
/// the sum is that of the others by chance, or the amount is the row's.
///
/// In `unit`, that of the list; a total may print another one behind it.
pub(super) fn total(
    pages: &[Page<'_>],
    list: &mut ProjectList,
    unit: MoneyUnit,
) -> Option<Cell<i64>> {
    let sum = sum_of_costs(list);
    let mut labelled = false;
    for line in pages.iter().flat_map(Page::lines) {
        let text = squash(line.text);
        if !is_total_line(&text) {
            continue;
        }
        labelled |= text.contains("合計");
        let figure = without_words(&text);
        let own = MoneyUnit::ALL
            .into_iter()
            .find(|unit| text.contains(unit.label()))
            .unwrap_or(unit);
        if let Some(value) = amount(&figure).and_then(|value| in_unit(value, own, unit)) {
            let sum = has_all_costs(list).then_some(sum);
            return Some(settled_total(value, sum, line));
        }
    }
    if !labelled {
        return None;
    }
    let is_figure = |p: &super::rows::piece::Piece| p.is_cost_tail() && p.step.is_none();
    let figures: Vec<usize> = (0..list.loose.len())
        .filter(|at| list.loose.get(*at).is_some_and(is_figure))
        .collect();
    let value = |at: usize| {
        list.loose
            .get(at)
            .and_then(|p| amount(p.cost.as_ref()?.value()))
    };
    // Every row is rounded to 千円: the total may differ by half of one a row.
    let slack = i64::try_from(list.rows.len()).unwrap_or(0) / 2;
    let is_sum = |at: &&usize| value(**at).is_some_and(|v| v.abs_diff(sum) <= slack.unsigned_abs());
    let proven = figures.iter().find(is_sum).copied();
    // Without a check, an amount below the sum is none of all rows but that of one.
    let only = figures.first().copied().filter(|_| figures.len() == 1);
    let only = only.filter(|at| value(*at).is_some_and(|value| value >= sum));
    let at = proven.or(only)?;
    let value = value(at)?;
    let piece = list.loose.remove(at);
    Some(if value == sum && has_all_costs(list) {
        Cell::proven(value, piece.line)
    } else {
        Cell::layout(value, piece.line)
    })
}

/// An amount of one unit in another one, where it is a whole number there.
fn in_unit(amount: i64, from: MoneyUnit, to: MoneyUnit) -> Option<i64> {
    let yen = amount.checked_mul(from.yen())?;
    (yen % to.yen() == 0).then(|| yen / to.yen())
}

fn has_all_costs(list: &ProjectList) -> bool {
    list.rows.iter().all(super::rows::piece::Piece::has_cost)
}

fn settled_total(value: i64, sum: Option<i64>, line: TextLine<'_>) -> Cell<i64> {
    if line.text.contains("合計") {
        Cell::printed(value, line.number)
    } else if sum == Some(value) {
        Cell::proven(value, line.number)
    } else {
        Cell::layout(value, line.number)
    }
}

/// The amounts of all rows and of all loose pieces with a next step: together the printed total,
/// wherever the loose ones belong.
fn sum_of_costs(list: &ProjectList) -> i64 {
    let rows = list.rows.iter().filter(|row| row.dashes < 3);
    let loose = list
        .loose
        .iter()
        .filter(|p| p.step.is_some() || p.code.is_some());
    rows.chain(loose)
        .filter_map(|piece| amount(piece.cost.as_ref()?.value()))
        .fold(0, i64::saturating_add)
}

/// An amount in the unit of its column as a number: `1,958`, `▲12`.
pub(super) fn amount(text: &str) -> Option<i64> {
    let amount = PrintedAmount::parse(text).filter(|amount| !amount.in_parentheses)?;
    let whole = amount.number.fract().is_zero();
    i64::try_from(amount.number).ok().filter(|_| whole)
}

/// A printed amount in yen; `unit` is that of its column. What stands in parentheses is none as long
/// as nothing tells what they mean.
pub(super) fn money(text: &str, unit: MoneyUnit) -> Option<Money> {
    let amount = PrintedAmount::parse(text).filter(|amount| !amount.in_parentheses)?;
    amount.money(unit)
}

/// A number of the counts with its line.
type Number = (u32, u32);

/// The unit of the amounts of a list: that of the head of its column, else the one behind its total.
pub(super) fn unit(pages: &[Page<'_>]) -> Option<MoneyUnit> {
    let lines = || {
        let lists = pages.iter().filter(|page| page.marks.list);
        lists.flat_map(Page::lines).map(|line| squash(line.text))
    };
    let of_head = |text: &str| {
        MoneyUnit::ALL.into_iter().find(|unit| {
            let label = unit.label();
            [
                format!("({label})"),
                format!("単位:{label}"),
                format!("単位{label}"),
            ]
            .iter()
            .any(|head| text.contains(head.as_str()))
        })
    };
    lines().find_map(|text| of_head(&text)).or_else(|| {
        let totals = lines().filter(|text| is_total_line(text));
        let mut units = totals.filter_map(|text| {
            MoneyUnit::ALL
                .into_iter()
                .find(|unit| text.contains(unit.label()))
        });
        units.next()
    })
}

/// The counts in the order of the form. A number whose place was torn is settled by the rows'
/// own next steps, or by the usual tear: the number of the last word stands before another's.
pub(super) fn trend_counts(
    pages: &[Page<'_>],
    list: &mut ProjectList,
    vocabulary: &Vocabulary,
) -> Counts {
    let words = words_with_numbers(pages, vocabulary);
    if words.is_empty() {
        return Counts::default();
    }
    if words.iter().all(|(_, numbers)| numbers.len() == 1) {
        let cell = |(word, numbers): (String, Vec<Number>)| {
            let (value, line) = numbers.first().copied()?;
            Some((word, Cell::printed(value, line)))
        };
        return Counts(words.into_iter().filter_map(cell).collect());
    }
    proven_counts(&words, list, vocabulary).unwrap_or_else(|| counts_by_layout(words))
}

/// The words of all count lines, the line with the head first, each with the numbers behind it.
fn words_with_numbers(pages: &[Page<'_>], vocabulary: &Vocabulary) -> Vec<(String, Vec<Number>)> {
    let mut lines: Vec<(bool, u32, Vec<CountToken>)> = Vec::new();
    for line in pages.iter().filter(|p| p.marks.list).flat_map(Page::lines) {
        let text = squash(line.text);
        if is_count_line(&text, vocabulary)
            && let Some(tokens) = count_tokens(&text, vocabulary)
        {
            lines.push((!text.starts_with(COUNT_HEAD), line.number, tokens));
        }
    }
    lines.sort_by_key(|(without_head, number, _)| (*without_head, *number));
    let mut words: Vec<(String, Vec<Number>)> = Vec::new();
    for (_, line, tokens) in lines {
        for token in tokens {
            match token {
                CountToken::Word(word) => {
                    if words.len() < 40 {
                        words.push((word, Vec::new()));
                    }
                }
                CountToken::Number(number) => {
                    if let Some((_, numbers)) = words.last_mut() {
                        numbers.push((number, line));
                    }
                }
            }
        }
    }
    words
}

/// The counts that the rows' own next steps prove: the printed numbers are the same, in any order.
/// A number that stands alone elsewhere may be one of anything: it is placed, and proves nothing.
fn proven_counts(
    words: &[(String, Vec<Number>)],
    list: &mut ProjectList,
    vocabulary: &Vocabulary,
) -> Option<Counts> {
    let mut tally: BTreeMap<&str, u32> = words.iter().map(|(w, _)| (w.as_str(), 0)).collect();
    if tally.len() != words.len() {
        return None;
    }
    // Loose next steps count where rows lack one; else they were shared out to the rows already.
    let open = list
        .rows
        .iter()
        .any(|row| row.step.is_none() && row.dashes < 3);
    let loose = list.loose.iter().filter(|_| open);
    for piece in list.rows.iter().chain(loose) {
        if let Some(step) = &piece.step
            && vocabulary.is_step(step.value())
        {
            *tally.get_mut(step.value().as_str())? += 1;
        }
    }
    let mut printed: Vec<Number> = words.iter().flat_map(|(_, n)| n.iter().copied()).collect();
    let mut counts = Vec::new();
    let mut alone = Vec::new();
    for (word, _) in words {
        let value = tally.get(word.as_str()).copied()?;
        let cell = if let Some(at) = printed.iter().position(|(number, _)| *number == value) {
            Cell::proven(value, printed.remove(at).1)
        } else {
            let lone = list.numbers.iter().enumerate().find(|(at, piece)| {
                !alone.contains(at) && piece.no.as_ref().is_some_and(|no| *no.value() == value)
            })?;
            alone.push(lone.0);
            Cell::layout(value, lone.1.line)
        };
        counts.push((word.clone(), cell));
    }
    if !printed.is_empty() {
        return None;
    }
    alone.sort_unstable();
    for at in alone.into_iter().rev() {
        list.numbers.remove(at);
    }
    Some(Counts(counts))
}

/// The usual tear: of two numbers behind one word, the first is that of the word without any.
fn counts_by_layout(words: Vec<(String, Vec<Number>)>) -> Counts {
    let without: Vec<usize> = (0..words.len())
        .filter(|at| {
            words
                .get(*at)
                .is_some_and(|(_, numbers)| numbers.is_empty())
        })
        .collect();
    let doubled = words
        .iter()
        .find(|(_, n)| n.len() == 2)
        .map(|(_, n)| n.clone());
    let mut counts = Vec::new();
    for (at, (word, numbers)) in words.into_iter().enumerate() {
        let cell = match (numbers.as_slice(), &doubled, without.as_slice()) {
            ([one], ..) => Some(Cell::printed(one.0, one.1)),
            ([_, own], _, [_]) => Some(Cell::layout(own.0, own.1)),
            ([], Some(pair), [only]) if *only == at => {
                pair.first().map(|number| Cell::layout(number.0, number.1))
            }
            _ => None,
        };
        counts.extend(cell.map(|cell| (word, cell)));
    }
    Counts(counts)
}
