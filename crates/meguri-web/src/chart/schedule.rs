//! The schedule of a programme: one row for each word (準備, 実施 …), bars over its years.

use super::{Chart, LETTER, WIDTH, shape, text};
use meguri_core::fiscal_year::FiscalYear;

/// The height of a row.
const ROW: f64 = 24.0;
/// The most room for the words on the left.
const WORDS: f64 = 118.0;

/// The steps of a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScheduleSeries {
    /// The id of the figure on its page.
    pub id: String,
    /// The id of the table with the same words; empty where there is none.
    pub table: String,
    /// The programme's name.
    pub name: String,
    /// Year and word, as printed; a year may have several. `None` where the text lost the year.
    pub steps: Vec<(Option<FiscalYear>, String)>,
}

impl Chart {
    /// The bars of a schedule. Without a step it has words only.
    #[must_use]
    pub fn of_schedule(series: &ScheduleSeries) -> Self {
        let steps = series.steps.iter();
        let dated = steps
            .clone()
            .filter_map(|(year, word)| Some(((*year)?, text::clean(word))));
        let dated: Vec<(FiscalYear, String)> = dated.collect();
        let undated = steps.filter(|(year, _)| year.is_none());
        let undated = undated.map(|(_, word)| format!("「{}」", text::clean(word)));
        let undated: String = undated.collect();
        let rows = rows(&dated);
        let words = rows
            .iter()
            .map(|(word, years)| format!("{word}は{}。", text::years(years)));
        let name = text::clean(&series.name);
        let mut chart = Self {
            id: series.id.clone(),
            title: format!("{name}の年次計画"),
            description: words.collect(),
            table: series.table.clone(),
            ..Self::default()
        };
        if !undated.is_empty() {
            chart.notes.push(format!(
                "{undated}は年度が分からないため、図に示していません。"
            ));
            chart.description += &chart.notes.concat();
        }
        let years = dated.iter().map(|(year, _)| year.calendar_year());
        let (Some(first), Some(last)) = (years.clone().min(), years.max()) else {
            if undated.is_empty() {
                chart.notes.push("年次計画の記載がありません。".to_owned());
            }
            return chart;
        };
        let widest = rows
            .iter()
            .map(|(word, _)| text::width(word))
            .fold(0.0, f64::max);
        let left = widest.min(WORDS) + 8.0;
        let slot = (WIDTH - left - 2.0) / f64::from(last - first + 1);
        let x = |year: u16| left + slot * f64::from(year.saturating_sub(first));
        let foot = LETTER + 8.0 + ROW * rows.len() as f64;
        chart.height = foot as u32 + 2;
        years_above(&mut chart, &x, slot, first..=last);
        let (mut grid, mut bars) = (String::new(), String::new());
        for (index, (word, years)) in rows.iter().enumerate() {
            let top = LETTER + 8.0 + ROW * index as f64;
            grid += &shape::line((0.0, top), (WIDTH, top));
            chart.write("start", 0.0, top + ROW * 0.66, text::cut(word, WORDS));
            for (from, to) in text::runs(years) {
                let width = x(to) + slot - x(from) - 2.0;
                bars += &shape::rectangle(x(from) + 1.0, top + 5.0, width, ROW - 10.0);
            }
        }
        chart.draw("grid", grid + &shape::line((0.0, foot), (WIDTH, foot)));
        chart.draw("bar", bars);
        chart
    }
}

/// The years above the rows, as many as there is room for.
fn years_above(
    chart: &mut Chart,
    x: &impl Fn(u16) -> f64,
    slot: f64,
    years: std::ops::RangeInclusive<u16>,
) {
    let every = (26.0 / slot).ceil().max(1.0) as usize;
    for year in years.filter_map(FiscalYear::new).step_by(every) {
        let full = text::width(&year.to_string()) + 4.0 < slot;
        let label = if full { year.to_string() } else { year.short() };
        chart.write(
            "middle",
            x(year.calendar_year()) + slot / 2.0,
            LETTER,
            label,
        );
    }
}

/// The words in the order of their first years, each with its years in order.
fn rows(steps: &[(FiscalYear, String)]) -> Vec<(String, Vec<u16>)> {
    let mut steps: Vec<(u16, String)> = steps
        .iter()
        .map(|(year, word)| (year.calendar_year(), word.clone()))
        .collect();
    steps.sort_by_key(|(year, _)| *year);
    let mut rows: Vec<(String, Vec<u16>)> = Vec::new();
    for (year, word) in steps {
        match rows.iter_mut().find(|(known, _)| *known == word) {
            Some((_, years)) => years.push(year),
            None => rows.push((word, vec![year])),
        }
    }
    rows
}
