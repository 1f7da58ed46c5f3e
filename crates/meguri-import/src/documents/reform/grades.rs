//! The words of the column 評価: letters, marks and usual words, and those that a paper shows to be
//! its own by printing them where every row has its grade.

use crate::text::sections::{is_section_name, split_sections};
use meguri_core::text::{is_dash_cell, narrow, narrow_char};
use std::collections::{BTreeMap, BTreeSet};

/// The grades that a paper uses besides the usual ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Grades(BTreeSet<String>);

/// A word of a scale is no longer than this.
const LONGEST: usize = 12;

impl Grades {
    /// Learns the words of a paper: a short word behind the section with two texts behind it, in two
    /// rows or in one row and the legend (「計画以上」：…).
    pub(super) fn learn<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        for line in lines {
            if let Some(word) = explained(line) {
                *seen.entry(word).or_default() += 1;
            }
            if line.contains('\t') {
                let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
                for cell in cells.windows(4) {
                    let [sections, word, _, _] = cell else {
                        continue;
                    };
                    if may_be_grade(word) && are_sections(sections) {
                        *seen.entry(word).or_default() += 1;
                    }
                }
            }
        }
        let own = seen.into_iter().filter(|(_, count)| *count > 1);
        Self(own.map(|(word, _)| word.to_owned()).collect())
    }

    /// Is the cell a grade or the dash that stands in its column?
    pub(super) fn has(&self, cell: &str) -> bool {
        is_grade(cell) || self.0.contains(cell)
    }
}

/// Does every name of a cell look like that of a section?
pub(super) fn are_sections(cell: &str) -> bool {
    !cell.is_empty() && split_sections(cell).iter().all(|one| is_section_name(one))
}

/// May a cell be a word of a scale that is not known?
pub(super) fn may_be_grade(cell: &str) -> bool {
    let odd = |c: char| c.is_whitespace() || "。、，・「」『』：:\"".contains(c);
    let length = cell.chars().count();
    (1..=LONGEST).contains(&length) && !cell.contains(odd) && !is_grade(cell) && !are_sections(cell)
}

/// The word that a line of the legend explains: `「計画以上」：年度当初の予定以上に進捗`.
fn explained(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix(['「', '『', '【'])?;
    let (word, rest) = inner.split_once(['」', '』', '】'])?;
    let meaning = rest.trim_start().strip_prefix(['：', ':', '＝', '='])?;
    (may_be_grade(word) && !meaning.trim().is_empty()).then_some(word)
}

/// Is the cell a grade or the dash that stands in its column?
pub(super) fn is_grade(cell: &str) -> bool {
    const WORDS: [&str; 24] = [
        "順調",
        "概ね順調",
        "おおむね順調",
        "やや遅れ",
        "やや遅れている",
        "遅れ",
        "遅れている",
        "予定以上",
        "予定どおり",
        "予定通り",
        "達成",
        "概ね達成",
        "一部達成",
        "未達成",
        "完了",
        "実施",
        "実施済",
        "実施済み",
        "一部実施",
        "未実施",
        "実施中",
        "検討中",
        "継続",
        "未着手",
    ];
    is_short_grade(cell) || WORDS.contains(&cell)
}

/// A grade without the mark of a note behind it: `B※`, `B（注1）`.
fn without_note(cell: &str) -> &str {
    let bare = cell
        .strip_suffix([')', '）'])
        .and_then(|rest| rest.split_once(['(', '（']))
        .filter(|(_, note)| note.starts_with(['注', '※']))
        .map_or(cell, |(bare, _)| bare);
    bare.trim_end_matches(['※', '*', '＊'])
}

/// A letter with or without sign, a mark, or a dash.
pub(super) fn is_short_grade(cell: &str) -> bool {
    let mut chars = without_note(cell).chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let rest = narrow(chars.as_str());
    let letter = narrow_char(first).is_ascii_uppercase() && matches!(rest.as_str(), "" | "+" | "-");
    let mark = rest.is_empty()
        && matches!(
            first,
            '◎' | '○' | '〇' | '◯' | '●' | '△' | '▲' | '×' | '✕' | '☆' | '★'
        );
    letter || mark || is_dash_cell(cell)
}
