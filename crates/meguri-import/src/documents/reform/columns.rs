//! Which text stands in which column, where a row has fewer cells than the table has columns.

use super::figures::quantity;
use super::notes::is_repost_cell;
use super::paragraphs::CellText;

/// The three columns of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// 実施内容.
    Content,
    /// 当初予定.
    Plan,
    /// 取組実績.
    Result,
}

impl Column {
    pub(super) const ALL: [Self; 3] = [Self::Content, Self::Plan, Self::Result];

    /// Its field in the reading.
    pub(super) const fn field(self) -> &'static str {
        match self {
            Self::Content => "content",
            Self::Plan => "plan",
            Self::Result => "result",
        }
    }

    /// Its head in the paper.
    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Content => "実施内容",
            Self::Plan => "当初予定",
            Self::Result => "取組実績",
        }
    }
}

/// What a cell says about its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// A printed dash, or that the row is listed again: the same in every column.
    Mark,
    /// It will be done.
    Will,
    /// It was done.
    Done,
    /// Nouns only.
    Nouns,
}

/// What the assembly knows around a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) sub: bool,
    /// A row above in the same group prints the content, whose cell may be merged down to this one.
    pub(super) content_above: bool,
}

/// The columns of a row's texts, in their order; `None` for a text whose column is not certain.
pub(super) fn settle(
    tenses: &[Tense],
    cells: &[CellText],
    context: Context,
) -> Vec<Option<Column>> {
    match (tenses, cells) {
        ([only], [_]) => vec![alone(*only, context)],
        ([first, second], [first_cell, _]) => pair(*first, *second, first_cell, context),
        ([_, _, _], _) => Column::ALL.map(Some).to_vec(),
        _ => many(tenses),
    }
}

const fn alone(tense: Tense, context: Context) -> Option<Column> {
    match tense {
        Tense::Will => Some(Column::Plan),
        Tense::Done => Some(Column::Result),
        // A merged content cell leaves plan or result as the only one.
        Tense::Nouns | Tense::Mark if context.sub && context.content_above => None,
        Tense::Nouns | Tense::Mark => Some(Column::Content),
    }
}

fn pair(
    first: Tense,
    second: Tense,
    first_cell: &CellText,
    context: Context,
) -> Vec<Option<Column>> {
    let merged = context.sub && context.content_above;
    let counted = first_cell
        .paragraphs
        .iter()
        .any(|p| quantity(p.value()).is_some());
    let has_figures = first_cell.figures.is_some();
    let content = match first {
        Tense::Will | Tense::Done => false,
        Tense::Mark => !merged,
        Tense::Nouns if has_figures => false,
        // Under a merged cell, nouns with counts are a plan: a content names the work only.
        Tense::Nouns => second == Tense::Will || !merged || (second == Tense::Done && !counted),
    };
    if merged && first == Tense::Nouns && second == Tense::Nouns && !counted && !has_figures {
        return vec![None, None];
    }
    if !content {
        return vec![Some(Column::Plan), Some(Column::Result)];
    }
    let second = match second {
        Tense::Will => Some(Column::Plan),
        Tense::Done => Some(Column::Result),
        // The row's right end is what goes lost.
        Tense::Mark => Some(Column::Plan),
        Tense::Nouns => None,
    };
    vec![Some(Column::Content), second]
}

/// More texts than columns: a tab within a cell. Content is first, results start where they say so.
fn many(tenses: &[Tense]) -> Vec<Option<Column>> {
    let result_from = tenses
        .iter()
        .enumerate()
        .skip(2)
        .find(|(_, t)| **t == Tense::Done)
        .map_or(2, |(index, _)| index);
    (0..tenses.len())
        .map(|index| match index {
            0 => Some(Column::Content),
            i if i < result_from => Some(Column::Plan),
            _ => Some(Column::Result),
        })
        .collect()
}

/// Reads the time of a cell off the ends of its sentences, and where they are nouns off the words of
/// its figures.
pub(super) fn tense(printed: &str, cell: &CellText) -> Tense {
    let nothing = cell.paragraphs.is_empty() && cell.figures.is_none();
    if nothing || is_repost_cell(printed) {
        return Tense::Mark;
    }
    let (mut done, mut will) = (0_usize, 0_usize);
    for sentence in cell.sentences() {
        match sentence_tense(sentence) {
            Tense::Done => done += 1,
            Tense::Will => will += 1,
            Tense::Mark | Tense::Nouns => {}
        }
    }
    match done.cmp(&will) {
        std::cmp::Ordering::Greater => Tense::Done,
        std::cmp::Ordering::Less => Tense::Will,
        std::cmp::Ordering::Equal => figures_tense(cell),
    }
}

/// `…した`, `…ている` was done; `…する`, `…予定` will be.
fn sentence_tense(sentence: &str) -> Tense {
    const DONE: [&str; 13] = [
        "た",
        "だ",
        "ている",
        "でいる",
        "ています",
        "でいます",
        "ていない",
        "でいない",
        "ていません",
        "でいません",
        "中である",
        "中です",
        "済み",
    ];
    const WILL: [&str; 16] = [
        "る",
        "う",
        "く",
        "す",
        "む",
        "ぐ",
        "つ",
        "ぶ",
        "ぬ",
        "ない",
        "ません",
        "予定",
        "こと",
        "予定である",
        "見込み",
        "見通し",
    ];
    let sentence = without_closing_brackets(sentence.trim());
    if DONE.iter().any(|end| sentence.ends_with(end)) {
        Tense::Done
    } else if WILL.iter().any(|end| sentence.ends_with(end)) {
        Tense::Will
    } else {
        Tense::Nouns
    }
}

/// `…を図る。[通年]`, `…に努めた(継続)`: remarks behind a sentence say nothing of its time.
fn without_closing_brackets(sentence: &str) -> &str {
    const PAIRS: [(char, char); 4] = [('(', ')'), ('（', '）'), ('[', ']'), ('［', '］')];
    for (open, close) in PAIRS {
        if let Some(inner) = sentence.strip_suffix(close)
            && let Some((before, _)) = inner.rsplit_once(open)
        {
            return before.trim_end();
        }
    }
    sentence
}

/// `(…、当初予算)` is a target, `(…、決算額)` an actual figure.
fn figures_tense(cell: &CellText) -> Tense {
    const TARGET: [&str; 5] = ["当初予算", "目標", "予定", "計画値", "見込"];
    const ACTUAL: [&str; 5] = ["実績", "決算", "速報", "結果", "時点"];
    let Some(figures) = &cell.figures else {
        return Tense::Nouns;
    };
    let has = |words: &[&str]| words.iter().any(|word| figures.text.contains(word));
    match (has(&TARGET), has(&ACTUAL)) {
        (true, false) => Tense::Will,
        (false, true) => Tense::Done,
        _ => Tense::Nouns,
    }
}
