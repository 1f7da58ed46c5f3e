//! Why a piece of text may be unread, as a person sees it by its look.

use super::labels::{is_lost, is_sign};
use meguri_core::text::narrow;

/// A sentence is at least so long where no full stop tells.
const SENTENCE: usize = 25;

/// Why a piece of text is unread, in Japanese; `behind` is what follows it on its line.
pub(super) fn of(text: &str, behind: &str) -> &'static str {
    let plain = narrow(text);
    let figures = |c: char| c.is_ascii_digit() || is_sign(c) || c.is_whitespace();
    if text.contains(is_lost) {
        "文字が欠けているため、どこにも読み取れません。"
    } else if text.chars().all(is_sign) && behind.starts_with(|c: char| c.is_numeric()) {
        "数値の前の符号を読み取れません。"
    } else if plain.chars().all(figures) {
        "どの欄の数値か特定できません。"
    } else if text.contains('。') || text.chars().count() >= SENTENCE {
        "どの欄の文章か特定できません。"
    } else if plain.contains("年度") {
        "年度の見出しとして読み取れません。"
    } else {
        "この様式の見出しにも、どの欄の内容にも当てはまりません。"
    }
}
