//! The figures that close a cell: `… (参加団体数 12団体)`.

use meguri_core::text::{circled_value, is_dash, narrow_char};

/// Closing figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Closing {
    /// Where they start, in bytes from the start of the text.
    pub(super) start: usize,
    /// With their parentheses.
    pub(super) text: String,
    /// A space sets them apart from the sentences.
    pub(super) apart: bool,
    /// Their line in the source.
    pub(super) line: u32,
}

impl Closing {
    pub(super) fn on_line(self, line: u32) -> Self {
        Self { line, ..self }
    }
}

/// What closes a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Figures(Closing),
    /// A parenthesis that is a figure or explains the sentence before it.
    Doubtful(String),
    None,
}

/// Finds the figures at the end of a cell.
pub(super) fn closing(text: &str) -> Found {
    let text = text.trim_end();
    let Some(last) = Group::last(text) else {
        return numbered_tail(text).map_or(Found::None, Found::Figures);
    };
    if last.apart {
        if !last.is_figure_apart() {
            return Found::None;
        }
    } else if !last.is_figure_glued() {
        return Found::None;
    } else if last.is_change() {
        return Found::Doubtful(last.text().to_owned());
    }
    let mut first = last;
    while let Some(earlier) = Group::last(first.before.trim_end()) {
        let figures = first.apart && earlier.apart && earlier.is_figure_apart();
        if !figures || quantity(earlier.inner).is_none() {
            break;
        }
        first = earlier;
    }
    Found::Figures(Closing {
        start: first.before.len(),
        text: text
            .get(first.before.len()..)
            .unwrap_or_default()
            .to_owned(),
        apart: first.apart,
        line: 0,
    })
}

/// A parenthesis at the end of a text.
#[derive(Clone, Copy)]
struct Group<'a> {
    /// What stands before it, white space too.
    before: &'a str,
    inner: &'a str,
    whole: &'a str,
    apart: bool,
}

impl<'a> Group<'a> {
    fn last(text: &'a str) -> Option<Self> {
        if !text.ends_with([')', '）']) {
            return None;
        }
        let mut depth = 0_usize;
        for (at, c) in text.char_indices().rev() {
            match c {
                ')' | '）' => depth += 1,
                '(' | '（' => depth = depth.saturating_sub(1),
                _ => continue,
            }
            if depth == 0 {
                let (before, whole) = text.split_at_checked(at)?;
                let mut inner = whole.chars();
                inner.next();
                inner.next_back();
                return Some(Self {
                    before,
                    inner: inner.as_str(),
                    whole,
                    apart: before.is_empty() || before.ends_with(char::is_whitespace),
                });
            }
        }
        None
    }

    const fn text(&self) -> &'a str {
        self.whole
    }

    /// Set apart by a space: figures unless it is a note, a date or a tag.
    fn is_figure_apart(&self) -> bool {
        const TAGS: [&str; 12] = [
            "再掲", "新規", "継続", "拡充", "通年", "一部", "案", "仮称", "予定", "済", "開催",
            "実施",
        ];
        const REMARKS: [&str; 6] = ["除く", "含む", "ため", "による", "など", "のみ"];
        if self.is_note() {
            return false;
        }
        // A target may be in words: 「(利用者の満足度 前年度比増)」.
        let dated = self.inner.chars().any(|c| narrow_char(c).is_ascii_digit());
        let remark = TAGS.contains(&self.inner) || REMARKS.iter().any(|r| self.inner.ends_with(r));
        quantity(self.inner).is_some() || !(dated || remark)
    }

    fn is_note(&self) -> bool {
        self.inner.starts_with(['※', '注']) || self.inner.contains('。')
    }

    /// Without a space: figures only where a label of its own stands before the first quantity, or
    /// where nothing but an amount stands behind a full stop.
    fn is_figure_glued(&self) -> bool {
        const FREQUENCIES: [&str; 20] = [
            "年", "年間", "年度", "毎年", "各年", "月", "毎月", "週", "毎週", "日", "計", "合計",
            "延べ", "延", "全", "各", "各々", "通算", "累計", "ほか",
        ];
        if self.is_note() {
            return false;
        }
        let Some(at) = quantity(self.inner) else {
            return false;
        };
        let label: String = self
            .inner
            .get(..at)
            .unwrap_or_default()
            .chars()
            .filter(|c| !c.is_whitespace() && circled_value(*c).is_none())
            .collect();
        let label = label.trim_end_matches(['約', ':', '：']);
        if label.is_empty() {
            return self.before.ends_with('。');
        }
        let sentence = label.ends_with(['り', 'で', 'は', 'が', 'を', 'に', 'と', 'も', 'ら']);
        // 「15班(職員99人)」: the parenthesis says more of a figure in the sentence.
        let last = self.before.chars().rev().take(3);
        let of_figure = last.into_iter().any(|c| narrow_char(c).is_ascii_digit());
        let part = label.starts_with("うち") || FREQUENCIES.contains(&label);
        label.chars().count() >= 2 && !part && !sentence && !of_figure
    }

    /// `61万円→63万円`: says how a thing changes, which a sentence before it names.
    fn is_change(&self) -> bool {
        let Some((from, to)) = self.inner.split_once('→') else {
            return false;
        };
        !self.before.trim_end().ends_with('。')
            && quantity(from).is_some()
            && to.chars().next().is_some_and(char::is_numeric)
    }
}

/// `… ①件数 12件 ②人数 34人`: a numbered list of figures behind the last sentence, whose
/// parentheses are lost.
fn numbered_tail(text: &str) -> Option<Closing> {
    let start = text.rfind('。')? + '。'.len_utf8();
    let tail = text.get(start..)?;
    let list = tail.trim_start();
    let parts: Vec<&str> = list.split(|c| circled_value(c).is_some()).collect();
    let opens = list.starts_with('①') && parts.len() >= 3;
    let all = parts
        .iter()
        .skip(1)
        .all(|part| quantity(part).is_some_and(|at| at > 0));
    (opens && all).then(|| Closing {
        start: text.len() - list.len(),
        text: list.to_owned(),
        apart: false,
        line: 0,
    })
}

/// Where the first quantity of a text stands: a figure that is no date and no ordinal.
pub(super) fn quantity(text: &str) -> Option<usize> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |index: usize| {
        chars
            .get(index)
            .is_some_and(|(_, c)| narrow_char(*c).is_ascii_digit())
    };
    let mut index = 0;
    while index < chars.len() {
        if !digit(index) {
            index += 1;
            continue;
        }
        let start = index;
        while digit(index) || chars.get(index).is_some_and(|(_, c)| is_inner(*c)) {
            index += 1;
        }
        let before = start.checked_sub(1).and_then(|i| chars.get(i)).map(|c| c.1);
        let after = chars.get(index).map(|c| c.1);
        let ordinal = matches!(before, Some('第' | '和' | '成' | '№' | '/' | '／'));
        let slash = matches!(after, Some('/' | '／')) && digit(index + 1);
        let month = matches!(after, Some('年' | '月' | '時' | '条' | '項'));
        let day = after == Some('日') && before == Some('月');
        let numbering = before == Some('.')
            || matches!(chars.get(start.saturating_sub(2)), Some((_, 'N' | 'Ｎ')));
        if !ordinal && !slash && !month && !day && !numbering {
            return chars.get(start).map(|c| c.0);
        }
    }
    None
}

/// What stands within a figure: `1,234`, `98.5`, `4~7`.
const fn is_inner(c: char) -> bool {
    matches!(c, ',' | '.' | '，' | '．' | '~' | '～') || is_dash(c)
}
