//! The vocabulary of the form: column heads, headings of goals, groups and years, words for the
//! state of a measure.

use meguri_core::fiscal_year::{FiscalYear, YearHead};
use meguri_core::text::{circled_value, is_dash, kanji_figure, narrow, roman_value, whole_number};
use std::borrow::Cow;

/// Words of column heads, longer ones before those that they begin with.
pub(super) const HEAD_WORDS: [&str; 39] = [
    "施策番号",
    "施策内容",
    "施策名",
    "施策の内容",
    "施策",
    "番号",
    "名称",
    "事業名",
    "事業内容",
    "取組名",
    "取組内容",
    "取組状況",
    "取組実績",
    "内容",
    "概要",
    "所管課",
    "所管部署",
    "所管",
    "担当課",
    "担当部署",
    "担当",
    "主管課",
    "主管部署",
    "関連課",
    "関連部署",
    "関係課",
    "関係部署",
    "進捗状況",
    "進捗",
    "実施状況",
    "実施等状況",
    "実績",
    "状況",
    "区分",
    "備考",
    "№",
    "No.",
    "NO",
    "No",
];
/// What a row of column heads may begin with: the letters of its words, brackets, a year.
const HEAD_LETTERS: [char; 34] = [
    '施', '番', '名', '事', '取', '内', '概', '所', '担', '主', '関', '進', '実', '状', '区', '備',
    '№', 'N', '（', '(', '／', '/', '・', '令', '平', '昭', 'R', 'H', 'Ｒ', 'Ｈ', '1', '2', '１',
    '２',
];
/// What the head of the last column ends in: 平成30年度までの実施等状況.
pub(super) const YEAR_HEAD_ENDINGS: [&str; 6] = ["状況", "実績", "内容", "結果", "成果", "取組"];

/// How many words of column heads a row consists of; 0 where anything else stands in it.
pub(super) fn is_head_row(text: &str) -> usize {
    if text.len() > 240 || !text.starts_with(HEAD_LETTERS) {
        return 0;
    }
    let squeezed = squeeze(text);
    let mut rest = squeezed.as_ref();
    let mut words = 0;
    loop {
        rest = rest.trim_start_matches(['（', '）', '(', ')', '／', '/', '・', '「', '」']);
        if rest.is_empty() {
            return words;
        }
        if let Some(word) = HEAD_WORDS.iter().find(|word| rest.starts_with(**word)) {
            rest = rest.get(word.len()..).unwrap_or("");
        } else if is_year_head(rest) {
            return words + 1;
        } else {
            return 0;
        }
        words += 1;
    }
}

/// The head of the column of what was done: a year, then what is told of it.
fn is_year_head(text: &str) -> bool {
    let Some((_, rest)) = FiscalYear::parse_prefix(text) else {
        return false;
    };
    (rest.starts_with("まで") || rest.starts_with('の') || rest.starts_with("末"))
        && rest.chars().count() <= 16
        && YEAR_HEAD_ENDINGS.iter().any(|end| rest.ends_with(end))
}

/// A text without any white space.
pub(super) fn squeeze(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        Cow::Owned(text.chars().filter(|c| !c.is_whitespace()).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The title of the list, also where it runs at the head of every page.
pub(super) fn is_title(text: &str) -> bool {
    if text.len() > 300 || text.contains('。') {
        return false;
    }
    let text = squeeze(text);
    let list = ["一覧", "進捗状況", "実施状況", "進捗管理"];
    text.contains("総合戦略") && list.iter().any(|word| text.contains(word))
}

/// A page number: `3`, `- 3 -`, `3/12`, `3ページ`.
pub(super) fn is_page_number(text: &str) -> bool {
    if text.len() > 40 {
        return false;
    }
    let text = narrow(text);
    let text = text
        .trim_matches(|c: char| {
            is_dash(c) || c.is_whitespace() || matches!(c, '~' | 'P' | 'p' | '.')
        })
        .trim_end_matches("ページ")
        .trim_end_matches('頁');
    let mut parts = text.splitn(2, '/');
    parts.all(|part| whole_number(part).is_some_and(|_| part.trim().len() <= 4))
}

/// The heading of one year of the last column: `【平成 29年度】`, with what follows it on its row.
pub(super) fn year_heading(text: &str) -> Option<(FiscalYear, &str)> {
    let inner = text.strip_prefix(['【', '［', '[', '〔'])?;
    let (inner, rest) = inner.split_once(['】', '］', ']', '〕'])?;
    Some((year_within(inner)?, rest.trim()))
}

/// The same in the other ways of papers that have none of those: `（令和5年度）`, `＜令和5年度＞`,
/// `■令和5年度`, alone on its row.
pub(super) fn plain_year_heading(text: &str) -> Option<(FiscalYear, &str)> {
    const OPEN: [char; 10] = ['（', '(', '＜', '<', '〈', '《', '≪', '■', '◆', '●'];
    const CLOSE: [char; 7] = ['）', ')', '＞', '>', '〉', '》', '≫'];
    let mut inner = text.trim().chars();
    let marked = inner.next().is_some_and(|first| OPEN.contains(&first));
    let inner = inner.as_str().trim_end_matches(CLOSE);
    let year = year_within(inner).filter(|_| marked)?;
    // A bare span of time in a sentence has no 年度.
    inner.contains('年').then_some((year, ""))
}

/// The year of a heading without its brackets.
fn year_within(inner: &str) -> Option<FiscalYear> {
    if inner.len() > 60 {
        return None;
    }
    let inner = squeeze(inner);
    if let Some(head) = YearHead::cell(&inner, None) {
        return Some(head.year);
    }
    let (year, after) = FiscalYear::parse_prefix(&inner)?;
    let named = inner.contains("年度") || after.is_empty();
    // A span of years is no heading of one.
    let one = after.chars().count() <= 8 && !after.contains(is_figure);
    (named && one).then_some(year)
}

/// The heading of a goal (基本目標): its number and name.
pub(super) fn goal_heading(text: &str) -> Option<(u32, String)> {
    let words = [
        "基本目標",
        "政策目標",
        "重点目標",
        "戦略目標",
        "基本方針",
        "目標",
    ];
    let rest = words.iter().find_map(|word| text.strip_prefix(word))?;
    if text.len() > 400 || text.contains('。') {
        return None;
    }
    let rest = rest.trim_start();
    let digits = rest.find(|c: char| !is_figure(c)).unwrap_or(rest.len());
    let (figure, name) = rest.split_at_checked(digits)?;
    let no = figure_value(figure)?;
    let quoted = name.trim_start().starts_with(['「', '『']);
    let spaced = name.starts_with([' ', '\u{3000}', '：', ':', '．', '.']);
    let name = name
        .trim_start_matches([' ', '\u{3000}', '：', ':', '．', '.'])
        .trim();
    let name = unquoted(uncontinued(name));
    // The name may be lost: the number alone is the heading then.
    let bare = name.is_empty() && text.starts_with("基本目標");
    (bare || (quoted || spaced) && !name.is_empty()).then(|| (no, name.to_owned()))
}

/// Takes off the one pair of quotes that holds a whole text.
fn unquoted(text: &str) -> &str {
    for (open, close) in [('「', '」'), ('『', '』')] {
        if let Some(inner) = text.strip_prefix(open) {
            let closed = inner.strip_suffix(close).unwrap_or(inner);
            return if closed.contains(close) {
                text
            } else {
                closed.trim()
            };
        }
    }
    text
}

fn is_figure(c: char) -> bool {
    c.is_ascii_digit()
        || ('０'..='９').contains(&c)
        || circled_value(c).is_some()
        || roman_value(c).is_some()
        || "一二三四五六七八九十".contains(c)
}

/// The value of digits, a circled, a Roman or a Chinese figure.
fn figure_value(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    if let (Some(only), None) = (chars.next(), chars.next())
        && let Some(value) = roman_value(only)
    {
        return Some(value);
    }
    let kanji = kanji_figure(text).filter(|(_, rest)| rest.is_empty());
    whole_number(text).or(kanji.map(|(value, _)| value))
}

/// The heading of a group: its mark as printed (`①`, `(1)`, `Ⅰ`, `1-2`, `基本施策１`) and its name.
pub(super) fn group_heading(text: &str) -> Option<(String, String)> {
    let (mark, name) = text.split_at_checked(group_mark(text)?)?;
    Some((mark.trim_end().to_owned(), heading_name(name)?))
}

/// The name behind the mark of a group's heading; `None` for what is no name.
pub(super) fn heading_name(text: &str) -> Option<String> {
    if text.len() > 400 || text.contains('。') || text.ends_with('、') {
        return None;
    }
    let name = uncontinued(text.trim_start_matches(['：', ':', '．', '.']).trim());
    let joined =
        name.starts_with(is_dash) || name.starts_with(['、', '～', 'の', 'に', 'を', 'と']);
    (!name.is_empty() && !joined).then(|| unquoted(name).to_owned())
}

/// The length of the mark that a group's heading begins with.
fn group_mark(text: &str) -> Option<usize> {
    const WORDS: [&str; 7] = [
        "施策の基本的方向",
        "施策の方向",
        "基本的方向",
        "具体的施策",
        "基本施策",
        "施策の柱",
        "柱",
    ];
    let first = text.chars().next()?;
    if circled_value(first).is_some() || roman_value(first).is_some() {
        return Some(first.len_utf8());
    }
    if matches!(first, '(' | '（') {
        let close = text.find([')', '）'])?;
        whole_number(text.get(first.len_utf8()..close)?)?;
        return Some(close + text.get(close..)?.chars().next()?.len_utf8());
    }
    let word = WORDS.iter().find(|word| text.starts_with(**word));
    let digits = text.get(word.map_or(0, |word| word.len())..)?;
    let end = digits.find(|c: char| !is_figure(c) && !is_dash(c) && !matches!(c, '.' | '．'))?;
    let (number, rest) = digits.split_at_checked(end)?;
    let parts = number.split(|c: char| is_dash(c) || matches!(c, '.' | '．'));
    let figures = parts.clone().all(|part| figure_value(part).is_some());
    let marked = word.is_some() || parts.count() == 2;
    let apart = rest.starts_with([' ', '\u{3000}', '：', ':', '「']);
    (figures && marked && apart).then_some(text.len() - rest.len())
}

/// A heading without the words that say that it goes on from another page.
fn uncontinued(name: &str) -> &str {
    ["（続き）", "(続き)", "（つづき）"]
        .iter()
        .find_map(|mark| name.strip_suffix(mark))
        .unwrap_or(name)
        .trim_end()
}

const STATUSES: [&str; 34] = [
    "実施",
    "実施中",
    "実施済",
    "実施済み",
    "未実施",
    "一部実施",
    "実施せず",
    "検討",
    "完了",
    "終了",
    "廃止",
    "中止",
    "休止",
    "継続",
    "着手",
    "着手済",
    "未着手",
    "準備",
    "達成",
    "未達成",
    "一部達成",
    "順調",
    "概ね順調",
    "おおむね順調",
    "遅延",
    "遅れ",
    "やや遅れ",
    "見直し",
    "拡充",
    "拡大",
    "縮小",
    "新規",
    "統合",
    "維持",
];
const STATUS_ENDINGS: [&str; 7] = ["中", "済", "済み", "完了", "終了", "予定", "順調"];

/// Is this a word for the state of a measure, as far as such words are known?
pub(super) fn is_known_status(word: &str) -> bool {
    // A note may stand behind it: 実施中（一部）.
    let noted = word
        .strip_suffix(['）', ')'])
        .and_then(|word| word.split_once(['（', '(']));
    let word = noted.map_or(word, |(word, _)| word);
    STATUSES.contains(&word)
        || is_sign(word)
        || (word.chars().count() <= 7
            && is_plain_word(word)
            && STATUS_ENDINGS.iter().any(|ending| word.ends_with(ending)))
}

/// A mark or a letter of a scale: `◎`, `Ａ`.
fn is_sign(word: &str) -> bool {
    let mut chars = word.chars();
    let (Some(only), None) = (chars.next(), chars.next()) else {
        return false;
    };
    "◎○〇◯●△▲×✕☆★ＳＡＢＣＤＥSABCDE".contains(only)
}

/// May a word be one for the state of a measure, judged by its form alone?
pub(super) fn may_be_status(word: &str) -> bool {
    is_plain_word(word) || is_known_status(word)
}

/// A short word without figures, marks and brackets.
fn is_plain_word(word: &str) -> bool {
    let length = word.chars().count();
    let odd = |c: char| {
        c.is_numeric() || c.is_whitespace() || "。、，,・「」『』（）()【】≪≫《》：:".contains(c)
    };
    (1..=8).contains(&length) && !word.contains(odd)
}
