//! What one city's paper does the same way throughout.

use crate::words::{commas, pick};
use fastrand::Rng;

/// How a year is printed in the head of a table.
#[derive(Clone, Copy)]
enum YearPrint {
    /// 令和4年度.
    Era,
    /// 令和4年度, then 5年度, 6年度.
    EraOnce,
    /// R4.
    Short,
    /// 2022年度.
    Western,
}

/// The habits of a paper.
pub(super) struct Style {
    pub(super) line_end: &'static str,
    pub(super) form_feeds: bool,
    pub(super) trims_rows: bool,
    /// Digits of full width.
    wide: bool,
    pub(super) dash: &'static str,
    /// What opens an item of a list.
    pub(super) bullet: &'static str,
    pub(super) approach_head: &'static str,
    pub(super) targets_head: String,
    /// Between amount and unit.
    pub(super) unit: &'static str,
    pub(super) cost_label: &'static str,
    pub(super) summary_label: &'static str,
    pub(super) between_sections: &'static str,
    /// The calendar year of the first year of the plan.
    first: u16,
    /// The number of its years.
    pub(super) length: usize,
    year_print: YearPrint,
}

impl Style {
    pub(super) fn by_chance(rng: &mut Rng) -> Self {
        let length = rng.usize(3..7);
        let wide = rng.u32(..5) == 0;
        let prints = [
            YearPrint::Era,
            YearPrint::Era,
            YearPrint::Era,
            YearPrint::EraOnce,
            YearPrint::Short,
            YearPrint::Western,
        ];
        let mut style = Self {
            line_end: pick(rng, &["\n", "\n", "\r\n"]),
            form_feeds: rng.bool(),
            trims_rows: rng.u32(..4) == 0,
            wide,
            dash: pick(rng, &["—", "－", "-", "―"]),
            bullet: pick(rng, &["- ・", "- ・ ", "・", "- "]),
            approach_head: pick(rng, &["取組の方針・内容", "取組の方針", "取組の内容"]),
            targets_head: String::new(),
            unit: pick(rng, &[" 千円", "千円", ""]),
            cost_label: pick(rng, &["費用", "費用", "事業費", "費用(千円)"]),
            summary_label: pick(rng, &["概略", "概略", "概要"]),
            between_sections: pick(rng, &["／", "／", "、", "/"]),
            first: rng.u16(2008..2040),
            length,
            year_print: prints[rng.usize(..prints.len())],
        };
        style.targets_head = style.figures(&format!("{length}年後の到達目標"));
        style
    }

    /// The calendar years of the plan.
    pub(super) fn years(&self) -> Vec<u16> {
        let length = u16::try_from(self.length).unwrap_or(1);
        (self.first..self.first + length).collect()
    }

    /// The short names of the years of the plan: R4.
    pub(super) fn keys(&self) -> Vec<String> {
        self.years().into_iter().map(key).collect()
    }

    /// The heads of the columns of the plan's years.
    pub(super) fn year_heads(&self) -> Vec<String> {
        let years = self.years();
        let mut heads: Vec<String> = Vec::new();
        for (index, year) in years.iter().enumerate() {
            let head = match self.year_print {
                YearPrint::EraOnce if index > 0 && era(*year).2 > 1 => {
                    format!("{}年度", era(*year).2)
                }
                _ => self.year_head(*year),
            };
            heads.push(self.figures(&head));
        }
        heads
    }

    /// The head of the column of the year before the plan.
    pub(super) fn baseline_head(&self) -> String {
        self.figures(&self.year_head(self.first - 1))
    }

    fn year_head(&self, year: u16) -> String {
        let (name, letter, number) = era(year);
        match (self.year_print, number) {
            (YearPrint::Western, _) => format!("{year}年度"),
            (YearPrint::Short, _) => format!("{letter}{number}"),
            (_, 1) => format!("{name}元年度"),
            _ => format!("{name}{number}年度"),
        }
    }

    /// A month in the year before the plan, as notes print it.
    pub(super) fn month(&self, rng: &mut Rng) -> String {
        let (name, _, number) = era(self.first);
        self.figures(&format!("({name}{number}年{}月)", rng.u32(1..13)))
    }

    /// Figures in the width of the paper.
    pub(super) fn figures(&self, text: &str) -> String {
        if !self.wide {
            return text.to_owned();
        }
        let widen = |c: char| match c {
            '0'..='9' | ',' | '.' => char::from_u32(c as u32 + 0xfee0).unwrap_or(c),
            _ => c,
        };
        text.chars().map(widen).collect()
    }

    /// An amount with its unit.
    pub(super) fn amount(&self, amount: i64) -> String {
        self.figures(&format!("{}{}", commas(amount), self.unit))
    }
}

/// The short name of a fiscal year: R4.
fn key(year: u16) -> String {
    let (_, letter, number) = era(year);
    format!("{letter}{number}")
}

/// Name, letter and number of a year within its era.
const fn era(year: u16) -> (&'static str, char, u16) {
    if year >= 2019 {
        ("令和", 'R', year - 2018)
    } else {
        ("平成", 'H', year - 1988)
    }
}
