//! The lines around the table: title, legend, notes, page numbers.

use super::grades::is_grade;
use meguri_core::text::{is_dash, narrow, narrow_char};

/// Is the line the title of such a paper or a line of its legend?
pub(super) fn is_title_or_legend(line: &str) -> bool {
    is_title(line) || is_legend(line)
}

/// `… 行財政…プラン 進捗状況(…)`: a title, not a sentence.
pub(super) fn is_title(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 300
        && line.contains("進捗状況")
        && !line.contains(['。', '、', '\t'])
        && ["行財政", "行政改革", "財政改革", "行革"]
            .iter()
            .any(|w| line.contains(w))
        && ["プラン", "計画", "大綱", "プログラム"]
            .iter()
            .any(|w| line.contains(w))
}

/// `「S」：予定以上`, `A:順調 B:遅れ`: what the grades mean, or the heading above it.
pub(super) fn is_legend(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 600 || line.contains(['。', '\t']) {
        return false;
    }
    let bare = line.trim_matches(FRAMES);
    let heading = ["見方", "見方について", "凡例"]
        .iter()
        .any(|end| bare.ends_with(end));
    if heading && line.contains("評価") {
        return true;
    }
    let line = narrow(line);
    let explained = grades_explained(&line);
    explained > 1 || (explained == 1 && opens_with_grade(&line))
}

/// What grades are framed in.
const FRAMES: [char; 10] = ['「', '」', '『', '』', '【', '】', '(', ')', '[', ']'];

/// How many grades a line explains: each stands before a colon, framed or set off, and words follow.
/// Figures behind it count something.
fn grades_explained(line: &str) -> usize {
    let parts: Vec<&str> = line.split([':', '=']).collect();
    let explains = |pair: &&[&str]| match pair {
        [grade, meaning] => {
            let said = meaning.trim_start().chars().next();
            said.is_some_and(|c| c.is_alphabetic() && !c.is_numeric()) && ends_in_grade(grade)
        }
        _ => false,
    };
    parts.windows(2).filter(explains).count()
}

fn ends_in_grade(text: &str) -> bool {
    let apart = |c: char| c.is_whitespace() || FRAMES.contains(&c) || matches!(c, '、' | ',' | '※');
    let bare = text.trim_end().trim_end_matches(FRAMES).trim_end();
    is_named_grade(bare.rsplit(apart).next().unwrap_or_default())
}

/// Is the grade the first thing on its line: a letter, a mark, or a word in a frame? A bare word
/// before a colon opens many a sentence (`実施:9月`).
fn opens_with_grade(line: &str) -> bool {
    let first = line.split([':', '=']).next().unwrap_or_default().trim();
    let grade = first.trim_matches(FRAMES).trim();
    let framed = grade.len() < first.len();
    let letter = |c: char| c.is_ascii_uppercase() || !c.is_alphabetic();
    is_named_grade(grade) && (framed || grade.starts_with(letter))
}

fn is_named_grade(text: &str) -> bool {
    is_grade(text) && !text.chars().all(is_dash)
}

/// Is the line a page number: `3`, `- 3 -`, `3/12`, `3ページ`?
pub(super) fn is_page_number(line: &str) -> bool {
    let line = narrow(line.trim().trim_end_matches("ページ"));
    !line.is_empty()
        && line.len() <= 16
        && line.chars().any(|c| c.is_ascii_digit())
        && line
            .chars()
            .all(|c| c.is_ascii_digit() || is_dash(c) || c == '/' || c == ' ' || c == 'P')
}

/// `※No. 29「…」はNo. 15の再掲`: the item that is listed again, and the item it stands at.
pub(super) fn repost_note(line: &str) -> Option<(u32, u32)> {
    if !line.contains("再掲") || line.contains('\t') || line.len() > 1200 {
        return None;
    }
    let numbers = marked_numbers(line.split("再掲").next().unwrap_or_default());
    match numbers.as_slice() {
        [again, .., from] if again != from => Some((*again, *from)),
        _ => None,
    }
}

/// `【No.15の再掲】`: the number in a cell that says no more than this.
pub(super) fn repost_cell(cell: &str) -> Option<u32> {
    if !is_repost_cell(cell) {
        return None;
    }
    let narrowed = narrow(cell);
    let digits: String = narrowed
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

/// Does a cell say nothing but that its row is listed again?
pub(super) fn is_repost_cell(cell: &str) -> bool {
    cell.contains("再掲") && cell.chars().count() <= 30 && !cell.contains('。')
}

/// The numbers behind `No.` or `№`.
fn marked_numbers(text: &str) -> Vec<u32> {
    let text: String = text
        .chars()
        .map(narrow_char)
        .map(|c| if c == '№' { 'N' } else { c })
        .collect();
    text.split('N')
        .skip(1)
        .filter_map(|part| {
            let part = part.trim_start_matches(['o', 'O', '.', ' ']);
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_legend_explains_grades_in_any_words() {
        for line in [
            "「Ａ」：おおむね計画どおり",
            "◎：達成　○：一部達成　×：未達成",
            "S:目標超え A:目標どおり B:目標未満",
            "「順調」：計画どおり進んだもの",
            "Ａ＝達成、Ｂ＝未達成",
            "評価欄の見方について",
            "【評価の凡例】",
        ] {
            assert!(is_legend(line), "{line}");
        }
        for line in [
            "実施：9月から窓口で受付",
            "実施：市内の窓口",
            "A:5件 B:3件",
            "A:案を採用した。",
            "評価の見方を改めて周知し",
            "会場：中央公民館",
            "(目標値:120人)",
            "",
        ] {
            assert!(!is_legend(line), "{line}");
        }
    }
}
