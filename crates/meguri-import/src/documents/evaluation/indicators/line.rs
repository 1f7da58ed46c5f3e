//! One line of an indicator: 目標, 実績 or 達成率 with its unit and its values, or values alone.

use crate::printed::Cell;
use crate::text::cell_words::CELL_WORDS;
use meguri_core::figure::{Figure, Meaning};
use meguri_core::text::{after_label, is_dash, is_dash_cell, name_key, narrow, narrow_char};

/// What a line of an indicator holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::documents::evaluation) enum Kind {
    /// 目標.
    Target,
    /// 実績.
    Actual,
    /// 達成率.
    Rate,
}

/// A line, or the part of one that one piece of text holds.
#[derive(Clone, Debug)]
pub(super) struct Series {
    /// `None` for values without their label.
    pub(super) kind: Option<Kind>,
    /// The label that says so, empty without one.
    label: &'static str,
    pub(super) unit: Option<Cell<String>>,
    /// From the base year on.
    pub(super) values: Vec<Cell<String>>,
    pub(super) number: u32,
    /// Its place among the lines of the sheet.
    pub(super) order: usize,
    /// The line that took its values, by its index.
    pub(super) joined: Option<usize>,
    /// A figure of it was torn in two (`1, 254`) and is one again: only a check can prove it.
    pub(super) torn: bool,
}

impl Series {
    /// Still to be placed, and worth a word when it is not: a lone number is a page number.
    pub(super) fn is_open(&self) -> bool {
        self.joined.is_none() && (self.kind.is_some() || self.values.len() > 1 || self.is_percent())
    }

    /// Are its values percentages, as only rates are?
    pub(super) fn is_percent(&self) -> bool {
        self.values.iter().any(|v| v.value().ends_with(['%', '％']))
    }

    /// Does it hold nothing but dashes?
    pub(super) fn is_dashes(&self) -> bool {
        self.values.iter().all(|v| is_dash_cell(v.value()))
    }

    /// Its text, for a person.
    pub(super) fn text(&self) -> String {
        let values = self.values.iter().map(|v| v.value().as_str());
        let label = Some(self.label).filter(|label| !label.is_empty());
        let words: Vec<&str> = label.into_iter().chain(values).collect();
        words.join(" ")
    }
}

/// Reads a line with its label: `目標 人/月 - 61 69 78 78`, `実績`.
pub(super) fn labelled(text: &str, number: u32) -> Option<Series> {
    let (label, kind, rest) = label(text)?;
    let (words, torn) = whole_figures(rest);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let with_unit = words.first().is_some_and(|word| !is_cell(word));
    let (unit, values) = words.split_at(usize::from(with_unit));
    let values = cells_of(values, unit.first().copied(), number)?;
    let unit = unit.first().filter(|_| kind != Kind::Rate);
    Some(Series {
        kind: Some(kind),
        label,
        unit: unit.map(|unit| Cell::printed((*unit).to_owned(), number)),
        values,
        number,
        order: 0,
        joined: None,
        torn,
    })
}

/// The labels of the lines of an indicator.
pub(in super::super) const LABELS: [(&str, Kind); 14] = [
    ("目標数値", Kind::Target),
    ("目標値", Kind::Target),
    ("目標", Kind::Target),
    ("計画値", Kind::Target),
    ("実績数値", Kind::Actual),
    ("実績値", Kind::Actual),
    ("実績", Kind::Actual),
    ("目標達成率", Kind::Rate),
    ("達成率", Kind::Rate),
    ("達成度", Kind::Rate),
    ("目標進捗率", Kind::Rate),
    ("進捗率", Kind::Rate),
    ("進捗度", Kind::Rate),
    ("進ちょく率", Kind::Rate),
];

/// The label of a line of an indicator, however spaced and marked, and what follows it.
fn label(text: &str) -> Option<(&'static str, Kind, &str)> {
    LABELS
        .iter()
        .find_map(|(label, kind)| Some((*label, *kind, after_label(text, label)?)))
}

/// Does a line begin with the label of a line of an indicator?
pub(in super::super) fn is_labelled(text: &str) -> bool {
    label(text).is_some()
}

/// The words of a line, torn figures in one: `1, 254` can only be 1,254.
fn whole_figures(text: &str) -> (Vec<String>, bool) {
    let mut words: Vec<String> = Vec::new();
    let mut torn = false;
    for word in text.split_whitespace() {
        let group = |w: &str| {
            let digits = w.bytes().take_while(u8::is_ascii_digit).count();
            digits == 3 && !w.as_bytes().get(3).is_some_and(u8::is_ascii_digit)
        };
        let begun = |w: &String| {
            let plain = narrow(w);
            plain.ends_with(',') && plain.starts_with(|c: char| c.is_ascii_digit())
        };
        match words.last_mut() {
            Some(last) if begun(last) && group(&narrow(word)) => {
                last.push_str(word);
                torn = true;
            }
            _ => words.push(word.to_owned()),
        }
    }
    (words, torn)
}

/// Reads values that stand without a label: `345 358 358`, `件 3,380 2,950 2,957`.
pub(super) fn unlabelled(text: &str, units: &[String], number: u32) -> Option<Series> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let with_unit = words.len() > 1
        && words
            .first()
            .is_some_and(|word| units.iter().any(|unit| unit == word));
    let (unit, values) = words.split_at(usize::from(with_unit));
    let values = values_of(values, number).filter(|values| !values.is_empty())?;
    Some(Series {
        kind: None,
        label: "",
        unit: unit
            .first()
            .map(|unit| Cell::printed((*unit).to_owned(), number)),
        values,
        number,
        order: 0,
        joined: None,
        torn: false,
    })
}

/// Is the text a line of figures and not a name: values alone, or half of its words or more?
pub(in super::super) fn is_figures(text: &str) -> bool {
    let words = text.split_whitespace();
    let values = words.clone().filter(|word| is_value(word)).count();
    values * 2 >= words.count() || unlabelled(text, &[], 0).is_some()
}

/// What may stand behind a figure as a part of it.
const BOUNDS: [&str; 10] = [
    "以上",
    "以下",
    "未満",
    "超",
    "程度",
    "以内",
    "前後",
    "を上回る",
    "を下回る",
    "維持",
];

/// Values of one line; `None` where any word is none. `4 以上` is one value, and so is `- (※3)`; a
/// bound may have come before its figure: `以上4`.
fn values_of(words: &[&str], number: u32) -> Option<Vec<Cell<String>>> {
    let mut values: Vec<Cell<String>> = Vec::new();
    let mut early_bound: Option<&str> = None;
    for word in words {
        let last = values.last_mut();
        if let Some((bound, figure)) = reversed_bound(word) {
            if figure.is_empty() {
                match last.filter(|last| is_bare(last.value())) {
                    Some(last) => last.0.value.push_str(bound),
                    None => early_bound = Some(bound),
                }
            } else {
                values.push(Cell::printed(format!("{figure}{bound}"), number));
            }
        } else if word.starts_with(['(', '（']) && word.contains('※') {
            let last = last?;
            last.0.value.push(' ');
            last.0.value.push_str(word);
        } else if is_value(word) {
            let bound = early_bound.take().unwrap_or("");
            values.push(Cell::printed(format!("{word}{bound}"), number));
        } else {
            return None;
        }
    }
    Some(values)
}

/// The cells of a line with its label. Besides values, a cell may hold words that no list knows: they
/// stay in their place beside values, so that none of these is lost. Signs, marks, notes and the
/// unit of the line belong to the figure beside them.
fn cells_of(words: &[&str], unit: Option<&str>, number: u32) -> Option<Vec<Cell<String>>> {
    let mut joined: Vec<String> = Vec::new();
    let mut sign = "";
    for word in words {
        if matches!(*word, "△" | "▲") {
            sign = word;
            continue;
        }
        match joined.last_mut() {
            Some(last) if sign.is_empty() && belongs_behind(last, word, unit) => {
                last.push_str(word);
            }
            _ => joined.push(format!("{}{word}", std::mem::take(&mut sign))),
        }
    }
    let words: Vec<&str> = joined.iter().map(String::as_str).collect();
    if let Some(values) = values_of(&words, number) {
        return Some(values);
    }
    let known = words.iter().filter(|word| is_cell(word)).count();
    let short = |word: &&str| {
        let figures = word.starts_with(|c: char| narrow_char(c).is_ascii_digit());
        let most = if figures { 30 } else { 12 };
        word.chars().count() <= most && !word.contains(['。', '、', '・'])
    };
    let table = known * 2 >= words.len() && words.iter().all(|word| is_cell(word) || short(word));
    table.then(|| {
        let cells = words.iter();
        cells
            .map(|word| Cell::printed((*word).to_owned(), number))
            .collect()
    })
}

/// The unit of the line, a mark or a note behind a figure, set apart from it.
fn belongs_behind(last: &str, word: &str, unit: Option<&str>) -> bool {
    let mark = word.starts_with(['※', '＊', '*'])
        && word
            .chars()
            .skip(1)
            .all(|c| narrow_char(c).is_ascii_digit());
    let note = word.starts_with(['(', '（']) && word.ends_with([')', '）']) && !word.contains('※');
    let figure = narrow_char(last.chars().next_back().unwrap_or(' ')).is_ascii_digit();
    let own_unit = unit.is_some_and(|unit| name_key(unit) == name_key(word));
    let second = Figure::parse(word.trim_matches(['(', '（', ')', '）']))
        .is_some_and(|inner| inner.number().is_some());
    figure && (mark || own_unit || note && !second)
}

/// Is the word a cell of its own: a value, a figure with its unit, or a sign?
fn is_cell(word: &str) -> bool {
    is_value(word)
        || Figure::parse(word).is_some_and(|figure| !matches!(figure.meaning, Meaning::Words))
}

/// `以上`, `以上4`: a bound at the head of a word, and the figure behind it.
fn reversed_bound(word: &str) -> Option<(&'static str, &str)> {
    BOUNDS.iter().find_map(|bound| {
        let figure = word.strip_prefix(bound)?;
        (figure.is_empty() && *bound != "維持" || (!figure.is_empty() && is_bare(figure)))
            .then_some((*bound, figure))
    })
}

/// A figure without a bound.
fn is_bare(value: &str) -> bool {
    value
        .chars()
        .next_back()
        .is_some_and(|c| narrow_char(c).is_ascii_digit())
}

/// Is the word one value: a figure with its marks, a dash, or a word that stands for a figure?
pub(super) fn is_value(word: &str) -> bool {
    let plain = narrow(word);
    if plain.ends_with(',') {
        return false;
    }
    let (figure, mark) = plain.split_at(plain.find("(※").unwrap_or(plain.len()));
    if !mark.is_empty() && !mark.ends_with(')') {
        return false;
    }
    if is_dash_cell(figure) || plain.starts_with("前年") || CELL_WORDS.contains(&figure) {
        return true;
    }
    let bounded = BOUNDS.iter().find_map(|bound| figure.strip_suffix(bound));
    if bounded.is_some_and(is_standard) {
        return true;
    }
    let figure = bounded.unwrap_or(figure);
    let figure = [
        "(速報値)",
        "(速報)",
        "(見込)",
        "(見込み)",
        "(暫定)",
        "*",
        "+",
        "※",
    ]
    .iter()
    .find_map(|mark| figure.strip_suffix(mark))
    .unwrap_or(figure);
    let figure = figure.trim_start_matches(|c| matches!(c, '約' | '+' | '▲' | '△') || is_dash(c));
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let rest = figure.trim_start_matches(digits);
    // A unit before a bound: `10人以上`, `20位以内`.
    let unit =
        bounded.is_some() && matches!(rest, "人" | "位" | "件" | "回" | "点" | "か所" | "日");
    // A band: `10～12`.
    let band = rest.strip_prefix(['～', '〜', '~']).is_some_and(|upper| {
        upper.starts_with(|c: char| c.is_ascii_digit()) && upper.chars().all(digits)
    });
    figure.starts_with(|c: char| c.is_ascii_digit()) && (matches!(rest, "" | "%") || unit || band)
}

/// A standard that stands for a figure before a bound: `基準値以上`, `県平均以上`.
fn is_standard(text: &str) -> bool {
    [
        "基準値",
        "基準",
        "平均",
        "平均値",
        "現状",
        "現状値",
        "目標値",
    ]
    .iter()
    .any(|word| text.ends_with(word) && text.chars().count() <= 6)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        let line = unlabelled(text, &["件".to_owned()], 1);
        let values = line.map(|line| line.values).unwrap_or_default();
        values.into_iter().map(|v| v.value().clone()).collect()
    }

    #[test]
    fn values_are_told_from_words() {
        assert_eq!(values("以上4 4 以上 4 以上"), ["4以上", "4以上", "4以上"]);
        assert_eq!(values("件 3,380 2,950"), ["3,380", "2,950"]);
        assert_eq!(values("24.2(※) - (※3)"), ["24.2(※)", "- (※3)"]);
        assert_eq!(
            values("基準値以上 県平均以上"),
            ["基準値以上", "県平均以上"]
        );
        assert_eq!(
            values("10人以上 20位以内 10～12"),
            ["10人以上", "20位以内", "10～12"]
        );
        assert_eq!(values("12(速報値) 11* 10+"), ["12(速報値)", "11*", "10+"]);
        assert_eq!(values("前年度比減 －"), ["前年度比減", "－"]);
        assert!(values("3 認知症カフェ").is_empty());
        assert!(values("令和３年度").is_empty());
    }
}
