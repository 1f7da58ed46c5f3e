//! Which text stands in which column, where a row has fewer cells than the table has columns.

use super::figures::quantity;
use super::grades::may_be_grade;
use super::notes::is_repost_cell;
use super::paragraphs::CellText;
use meguri_core::fiscal_year::FiscalYear;

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
        // A result that is still to be done, behind a plan without a verb: a column is lost, and
        // another cell stands before them.
        ([Tense::Nouns, Tense::Nouns, Tense::Will], [first, ..]) if is_word(first) => vec![None; 3],
        ([_, _, _], _) => Column::ALL.map(Some).to_vec(),
        _ => many(tenses),
    }
}

/// Is a cell one word, as those of a scale are?
fn is_word(cell: &CellText) -> bool {
    match cell.paragraphs.as_slice() {
        [only] => cell.figures.is_none() && may_be_grade(only.value()),
        _ => false,
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
    let second_column = match second {
        Tense::Will => Some(Column::Plan),
        Tense::Done => Some(Column::Result),
        // The row's right end is what goes lost.
        Tense::Mark => Some(Column::Plan),
        Tense::Nouns => None,
    };
    match first_of_two(first, second, first_cell, context) {
        Some(Column::Content) => vec![Some(Column::Content), second_column],
        Some(_) => vec![Some(Column::Plan), Some(Column::Result)],
        // Whatever the first is, what was done is the result.
        None => vec![None, second_column.filter(|c| *c == Column::Result)],
    }
}

/// Is the first of two texts a content or a plan?
fn first_of_two(first: Tense, second: Tense, cell: &CellText, context: Context) -> Option<Column> {
    let merged = context.sub && context.content_above;
    let has = |sign: fn(&str) -> bool| cell.paragraphs.iter().any(|p| sign(p.value()));
    let counted = has(|text| quantity(text).is_some());
    let sentences = cell.figures.is_some() || has(|text| text.contains('。'));
    match first {
        Tense::Done => Some(Column::Plan),
        Tense::Mark if merged => Some(Column::Plan),
        Tense::Mark => Some(Column::Content),
        Tense::Will | Tense::Nouns if sentences => Some(Column::Plan),
        // A content may be a list of verbs, and a plan too where it drops its full stops.
        Tense::Will if second == Tense::Will => Some(Column::Content),
        Tense::Will if merged => Some(Column::Plan),
        Tense::Will => None,
        // Under a merged cell, nouns with counts are a plan: a content names the work only.
        Tense::Nouns if !merged || second == Tense::Will => Some(Column::Content),
        Tense::Nouns if counted => Some(Column::Plan),
        Tense::Nouns if second == Tense::Done => Some(Column::Content),
        Tense::Nouns => None,
    }
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
/// its figures. `reported` is the year of the paper, where its head names it.
pub(super) fn tense(printed: &str, cell: &CellText, reported: Option<FiscalYear>) -> Tense {
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
    // A result also says how things are or go on; a plan hardly ever says what was done.
    match (done, will) {
        (0, 0) => figures_tense(cell, reported),
        (done, will) if done >= will => Tense::Done,
        _ => Tense::Will,
    }
}

/// How sentences end that say what was done.
const DONE: [&str; 17] = [
    "た",
    "んだ",
    "いだ",
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
    "済",
    "完了",
    "終了",
];
/// Ends that tell nothing, though they look like the next ones.
const NEITHER: [&str; 6] = ["である", "がある", "があります", "にある", "ない", "ません"];
/// How sentences end that say what will be done.
const WILL: [&str; 14] = [
    "る",
    "う",
    "く",
    "す",
    "む",
    "ぐ",
    "つ",
    "ぶ",
    "ぬ",
    "予定",
    "予定です",
    "見込み",
    "見通し",
    "こと",
];

/// `…した`, `…ている` was done; `…する`, `…予定` will be. `…である` and `…ない` tell nothing.
fn sentence_tense(sentence: &str) -> Tense {
    let sentence = without_closing_brackets(sentence.trim());
    let ends = |words: &[&str]| words.iter().any(|end| sentence.ends_with(end));
    if ends(&DONE) {
        Tense::Done
    } else if ends(&["予定である"]) || (ends(&WILL) && !ends(&NEITHER)) {
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

/// `(…、当初予算)` is a target, `(…、決算額)` an actual figure; a year after the one that is reported
/// can only be a target's.
fn figures_tense(cell: &CellText, reported: Option<FiscalYear>) -> Tense {
    const TARGET: [&str; 5] = ["当初予算", "目標", "予定", "計画値", "見込"];
    const ACTUAL: [&str; 5] = ["実績", "決算", "速報", "結果", "時点"];
    let Some(figures) = &cell.figures else {
        return Tense::Nouns;
    };
    let has = |words: &[&str]| words.iter().any(|word| figures.text.contains(word));
    match (has(&TARGET), has(&ACTUAL)) {
        (true, false) => Tense::Will,
        (false, true) => Tense::Done,
        (false, false) if reported.is_some() && latest_year(&figures.text) > reported => {
            Tense::Will
        }
        _ => Tense::Nouns,
    }
}

/// The latest fiscal year that a text names with its era: `令和4年度`.
pub(super) fn latest_year(text: &str) -> Option<FiscalYear> {
    ["令和", "平成"]
        .iter()
        .flat_map(|era| text.match_indices(era))
        .filter_map(|(at, _)| {
            let name: String = text.get(at..)?.chars().take(8).collect();
            let (name, _) = name.split_once("年度")?;
            FiscalYear::parse(&format!("{name}年度"))
        })
        .max()
}
