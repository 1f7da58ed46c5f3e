//! The lines around the table: title, legend, notes, page numbers.

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
        && ["行財政", "行政改革", "財政改革", "行革"].iter().any(|w| line.contains(w))
        && ["プラン", "計画", "大綱", "プログラム"].iter().any(|w| line.contains(w))
}

/// `「S」：年度当初の予定以上に進捗`, `A:… B:…`: what the grades mean.
pub(super) fn is_legend(line: &str) -> bool {
    let line = line.trim();
    line.len() <= 600
        && !line.contains('。')
        && ((line.contains("年度当初の予定") && line.contains("進捗"))
            || (line.contains("評価欄") && line.contains("見方")))
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
    let text: String =
        text.chars().map(narrow_char).map(|c| if c == '№' { 'N' } else { c }).collect();
    text.split('N')
        .skip(1)
        .filter_map(|part| {
            let part = part.trim_start_matches(['o', 'O', '.', ' ']);
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        })
        .collect()
}
