//! How single cells of an entry workbook look and what stands in them.

use super::stamp::AnswerKind;
use crate::book::{Kind, Numeral, Style, Value};
use meguri_core::form::{Answer, Question};
use meguri_core::money::PrintedAmount;

/// Behind the name of what must be answered.
pub(super) const REQUIRED: &str = "※必須";

pub(super) fn headed(head: &str, answer: &Answer) -> String {
    match answer {
        Answer::Money { unit } => format!("{head}（{unit}）"),
        _ => head.to_owned(),
    }
}

/// What is asked, marked where it must be answered.
pub(super) fn asked(question: &Question) -> String {
    let required = if question.required { REQUIRED } else { "" };
    format!("{}{required}", question.label)
}

pub(super) const fn kind_of(answer: &Answer) -> AnswerKind {
    match answer {
        Answer::Line | Answer::Lines { .. } => AnswerKind::Text,
        Answer::Figure { .. } => AnswerKind::Figure,
        Answer::Money { .. } => AnswerKind::Money,
        Answer::Choice(_) => AnswerKind::Choice,
    }
}

pub(super) const fn head() -> Style {
    body(Kind::Head, None)
}

pub(super) const fn body(kind: Kind, numeral: Option<Numeral>) -> Style {
    Style {
        kind,
        right: false,
        unlocked: false,
        numeral,
    }
}

/// Amounts are numbers; all else is taken as it is typed, as on the pages: `75.4%`, `4以上`, `－`.
pub(super) fn answer_style(answer: &Answer, writable: bool) -> Style {
    let is_money = matches!(answer, Answer::Money { .. });
    Style {
        kind: if writable { Kind::Entry } else { Kind::Body },
        right: is_money || matches!(answer, Answer::Figure { .. }),
        unlocked: writable,
        numeral: Some(if is_money {
            Numeral::Commas(0)
        } else {
            Numeral::Text
        }),
    }
}

pub(super) fn answer_value(question: &Question) -> Value {
    let amount = match &question.answer {
        Answer::Money { .. } => PrintedAmount::parse(&question.value),
        _ => None,
    };
    match amount.filter(|amount| amount.unit.is_none() && !amount.in_parentheses) {
        Some(amount) => {
            let number = amount.number.normalize();
            Value::Number(number, Numeral::Commas(number.scale()))
        }
        None => Value::words(question.value.as_str()),
    }
}

/// The height of a row for a text, in points; `width` is how many wide characters a line has.
pub(super) fn height(text: &str, width: usize, least: usize) -> u16 {
    let lines: usize = text
        .lines()
        .map(|line| line.chars().count().div_ceil(width).max(1))
        .sum();
    let lines = u16::try_from(lines.max(least)).unwrap_or(u16::MAX);
    lines.saturating_mul(16).saturating_add(4).min(409)
}
