//! A worksheet that is filled from the top down.

use meguri_core::figure::{Figure, Meaning};
use meguri_core::money::PrintedAmount;
use meguri_report::data::field::GradeData;
use meguri_workbook::Sheet;
use meguri_workbook::book::{Area, Kind, List, Numeral, Style, Value};
use rust_decimal::Decimal;

/// The column of numbers.
pub(super) const NUMBER: u16 = 0;
/// The column of names.
pub(super) const NAME: u16 = 1;
/// The first column of what is told of a name.
pub(super) const ABOUT: u16 = 2;
/// The last column that a text takes.
const TEXT_ENDS: u16 = 11;
/// Wide characters in a line of a text.
const TEXT_WIDTH: usize = 60;

/// A worksheet that is filled from the top down.
pub(super) struct Page {
    pub(super) sheet: Sheet,
    pub(super) row: u32,
    right: u16,
}

impl Page {
    pub(super) fn new(name: String, footer: String) -> Self {
        let mut sheet = Sheet::new(name);
        sheet.footer = footer;
        sheet.landscape = true;
        sheet.widths = vec![(NUMBER, 7), (NAME, 34)];
        sheet
            .widths
            .extend((ABOUT..=TEXT_ENDS).map(|column| (column, 13)));
        sheet.frozen = Some((1, 0));
        sheet.repeated = Some((0, 0));
        Self {
            sheet,
            row: 0,
            right: TEXT_ENDS,
        }
    }

    /// The title, repeated on each page and always in sight.
    pub(super) fn title(&mut self, title: &str, draft: bool) {
        let mark = if draft { "【案】" } else { "" };
        self.sheet
            .text(0, NUMBER, format!("{mark}{title}"), Kind::Title);
        self.sheet.merged.push(row_area(0, NUMBER, TEXT_ENDS));
        self.sheet.heights.push((0, 24));
        self.row = 1;
    }

    pub(super) fn space(&mut self) {
        self.row += 1;
    }

    /// The head of a part.
    pub(super) fn band(&mut self, words: &str) {
        self.sheet.text(self.row, NUMBER, words, Kind::Band);
        self.sheet
            .merged
            .push(row_area(self.row, NUMBER, TEXT_ENDS));
        self.row += 1;
    }

    /// A word beside: how something is to be read.
    pub(super) fn note(&mut self, words: &str) {
        self.sheet.text(self.row, NUMBER, words, Kind::Note);
        self.sheet
            .merged
            .push(row_area(self.row, NUMBER, TEXT_ENDS));
        self.sheet
            .heights
            .push((self.row, height(words, TEXT_WIDTH + 20)));
        self.row += 1;
    }

    /// A text under its label.
    pub(super) fn labelled(&mut self, label: &str, text: &str) {
        self.sheet.text(self.row, NUMBER, label, Kind::Head);
        self.sheet.merged.push(row_area(self.row, NUMBER, NAME));
        self.sheet.text(self.row, ABOUT, text, Kind::Body);
        self.sheet.merged.push(row_area(self.row, ABOUT, TEXT_ENDS));
        let high = height(text, TEXT_WIDTH).max(height(label, 20));
        self.sheet.heights.push((self.row, high));
        self.row += 1;
    }

    /// The same, where there is a text.
    pub(super) fn labelled_some(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.labelled(label, text);
        }
    }

    /// A value of a scale, with the list of the scale and what it means.
    pub(super) fn grade(&mut self, label: &str, grade: &GradeData) {
        let row = self.row;
        self.sheet.text(row, NUMBER, label, Kind::Head);
        self.sheet.merged.push(row_area(row, NUMBER, NAME));
        self.sheet
            .text(row, ABOUT, grade.value.as_str(), Kind::Body);
        let words = format!("{} {}", grade.sign, grade.meaning);
        self.sheet.text(row, ABOUT + 1, words.trim(), Kind::Body);
        self.sheet.merged.push(row_area(row, ABOUT + 1, TEXT_ENDS));
        self.choose(Area::cell(row, ABOUT), &grade.scale);
        self.row += 1;
    }

    /// Some values beside each other, each under its head.
    pub(super) fn across(&mut self, label: &str, values: &[(String, String)]) {
        self.sheet.text(self.row, NUMBER, label, Kind::Head);
        self.sheet.merged.push(row_area(self.row, NUMBER, NAME));
        self.sheet.text(self.row + 1, NUMBER, "", Kind::Head);
        self.sheet.merged.push(row_area(self.row + 1, NUMBER, NAME));
        for (column, (head, value)) in (ABOUT..).zip(values) {
            self.put(column, Value::words(head.as_str()), Kind::Head);
            self.sheet
                .text(self.row + 1, column, value.as_str(), Kind::Body);
        }
        self.row += 2;
    }

    /// A cell of the current row.
    pub(super) fn put(&mut self, column: u16, value: Value, kind: Kind) {
        let right = matches!(value, Value::Number(..) | Value::Formula { .. });
        self.right = self.right.max(column);
        let style = Style {
            kind,
            right,
            ..Style::default()
        };
        self.sheet.put(self.row, column, value, style);
    }

    /// The heads of a table; it begins a new one in sight of its words.
    pub(super) fn heads<'a>(&mut self, heads: impl IntoIterator<Item = &'a str>) {
        let mut high = 20;
        for (column, head) in (NUMBER..).zip(heads) {
            self.put(column, Value::words(head), Kind::Head);
            high = high.max(height(head, if column == NAME { 16 } else { 6 }));
        }
        self.sheet.heights.push((self.row, high));
        self.row += 1;
    }

    /// As high as the longest of some texts, each in a column of so many wide characters.
    pub(super) fn high<'a>(&mut self, texts: impl IntoIterator<Item = (&'a str, usize)>) {
        let high = texts.into_iter().map(|(text, width)| height(text, width));
        self.sheet
            .heights
            .push((self.row, high.max().unwrap_or(20)));
    }

    pub(super) fn choose(&mut self, area: Area, values: &[String]) {
        if !values.is_empty() {
            self.sheet.lists.push(List {
                area,
                values: values.to_vec(),
            });
        }
    }

    pub(super) fn end(mut self) -> Sheet {
        self.sheet.printed = Some(Area {
            top: 0,
            left: 0,
            bottom: self.row.max(1) - 1,
            right: self.right,
        });
        self.sheet
    }
}

pub(super) const fn row_area(row: u32, left: u16, right: u16) -> Area {
    Area {
        top: row,
        left,
        bottom: row,
        right,
    }
}

/// The height of a row for a text, in points; `width` is how many wide characters a line has.
fn height(text: &str, width: usize) -> u16 {
    let lines = text.lines();
    let lines: usize = lines
        .map(|line| line.chars().count().div_ceil(width.max(1)).max(1))
        .sum();
    let lines = u16::try_from(lines.max(1)).unwrap_or(u16::MAX);
    lines.saturating_mul(16).saturating_add(4).min(409)
}

/// A printed figure as a number, where it is a number and nothing else: `1,234`, `75.4%`. All else
/// stays as it is printed.
pub(super) fn figure(printed: &str) -> Value {
    match number(printed) {
        Some((number, numeral)) => Value::Number(number, numeral),
        None => Value::words(printed),
    }
}

/// The number of a printed figure that holds nothing but a number, with how it is shown.
pub(super) fn number(printed: &str) -> Option<(Decimal, Numeral)> {
    let body = printed.trim().trim_end_matches(['%', '％']);
    let is_plain = body
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | '.' | '-'));
    let Meaning::Number(number) = Figure::parse(printed.trim())?.meaning else {
        return None;
    };
    if !is_plain {
        return None;
    }
    let decimals = body.split_once('.').map_or(0, |(_, end)| end.len());
    let decimals = u32::try_from(decimals).ok()?;
    if body.len() < printed.trim().len() {
        let share = number.checked_div(Decimal::ONE_HUNDRED)?;
        return Some((share, Numeral::Percent(decimals)));
    }
    let is_year_like = !body.contains(',') && number.abs() >= Decimal::ONE_THOUSAND;
    let numeral = match (is_year_like, decimals) {
        (true, 0) => Numeral::Plain,
        _ => Numeral::Commas(decimals),
    };
    Some((number, numeral))
}

/// An amount as a column shows it: a number in the unit of its head.
pub(super) fn amount(printed: &str) -> Value {
    let parsed = PrintedAmount::parse(printed);
    let parsed = parsed.filter(|amount| amount.unit.is_none() && !amount.in_parentheses);
    match parsed {
        Some(amount) => {
            let number = amount.number.normalize();
            Value::Number(number, Numeral::Commas(number.scale()))
        }
        None => Value::words(printed),
    }
}
