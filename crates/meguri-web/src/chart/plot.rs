//! The field of a chart by years: a scale on the left, a place for each year below.

use super::scale::Scale;
use super::{Chart, LETTER, WIDTH, shape, text};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::with_commas;
use rust_decimal::Decimal;

/// Room above the field, for the unit and for arrows beyond the highest tick.
const ABOVE: f64 = 30.0;
/// The height of the field.
const FIELD: f64 = 130.0;
/// Room below the field, for the years.
const BELOW: f64 = 20.0;
/// How many years stand in one row with those between them that have no value.
const MOST_YEARS: usize = 40;

/// A field with its scale and years.
#[derive(Clone, Debug)]
pub(super) struct Plot {
    scale: Scale,
    years: Vec<FiscalYear>,
    left: f64,
}

impl Plot {
    /// The field of some values by year. Years between the first and the last get their place
    /// even where the series does not name them, so that a gap is seen as one.
    pub(super) fn new(values: &[Decimal], years: &[FiscalYear], one: Decimal) -> Self {
        let scale = Scale::of(values);
        let widest = scale
            .ticks
            .iter()
            .map(|tick| text::width(&tick_label(*tick, one)));
        let left = widest.fold(12.0, f64::max) + 8.0;
        Self {
            scale,
            years: without_holes(years),
            left,
        }
    }

    /// The height of the whole picture.
    pub(super) const fn height() -> u32 {
        (ABOVE + FIELD + BELOW) as u32
    }

    /// How wide the place of a year is.
    pub(super) fn slot(&self) -> f64 {
        (WIDTH - self.left - 2.0) / self.years.len().max(1) as f64
    }

    /// The middle of a year's place.
    pub(super) fn x(&self, year: FiscalYear) -> f64 {
        let place = self
            .years
            .iter()
            .position(|known| *known == year)
            .unwrap_or(0);
        self.left + self.slot() * (place as f64 + 0.5)
    }

    /// The height of a value.
    pub(super) fn y(&self, value: Decimal) -> f64 {
        ABOVE + FIELD * (1.0 - self.scale.share(value))
    }

    /// How wide a bar is.
    pub(super) fn bar_width(&self) -> f64 {
        (self.slot() * 0.56).min(36.0)
    }

    /// The bar of a value; zero is a thin one, since a year without a value has none.
    pub(super) fn bar(&self, year: FiscalYear, value: Decimal) -> String {
        let width = self.bar_width();
        let (zero, y) = (self.y(Decimal::ZERO), self.y(value));
        let (top, height) = (y.min(zero), (y - zero).abs());
        let (top, height) = if height < 2.0 {
            (zero - 2.0, 2.0)
        } else {
            (top, height)
        };
        shape::rectangle(self.x(year) - width / 2.0, top, width, height)
    }

    /// A level line across the place of a year.
    pub(super) fn level(&self, year: FiscalYear, value: Decimal) -> String {
        let (x, y, half) = (self.x(year), self.y(value), self.slot().min(60.0) * 0.43);
        shape::line((x - half, y), (x + half, y))
    }

    /// A level line across all years.
    pub(super) fn across(&self, value: Decimal) -> String {
        shape::line((self.left, self.y(value)), (WIDTH - 2.0, self.y(value)))
    }

    /// Draws lines and letters of the scale, and the years. `one` is what a tick of 1 stands for.
    pub(super) fn axes(&self, chart: &mut Chart, unit: &str, one: Decimal) {
        let grid: String = self
            .scale
            .ticks
            .iter()
            .map(|tick| self.across(*tick))
            .collect();
        chart.draw("grid", grid);
        chart.draw("axis", self.across(Decimal::ZERO));
        for tick in &self.scale.ticks {
            let y = self.y(*tick) + LETTER * 0.35;
            chart.write("end", self.left - 5.0, y, tick_label(*tick, one));
        }
        if !unit.is_empty() {
            let words = text::cut(&format!("（{unit}）"), WIDTH - 4.0);
            chart.write("start", 0.0, LETTER, words);
        }
        let full = self
            .years
            .iter()
            .all(|y| text::width(&y.to_string()) + 4.0 < self.slot());
        let label = |year: &FiscalYear| if full { year.to_string() } else { year.short() };
        let widest = self.years.iter().map(|year| text::width(&label(year)));
        let widest = widest.fold(1.0, f64::max) + 5.0;
        let every = (widest / self.slot()).ceil().max(1.0) as usize;
        for year in self.years.iter().step_by(every) {
            let y = ABOVE + FIELD + LETTER + 3.0;
            chart.write("middle", self.x(*year), y, label(year));
        }
    }
}

fn tick_label(tick: Decimal, one: Decimal) -> String {
    with_commas((tick / one).normalize())
}

fn without_holes(years: &[FiscalYear]) -> Vec<FiscalYear> {
    let mut years = years.to_vec();
    years.sort_unstable();
    years.dedup();
    let (Some(first), Some(last)) = (years.first(), years.last()) else {
        return years;
    };
    let span = usize::from(last.calendar_year() - first.calendar_year());
    if span >= MOST_YEARS {
        return years;
    }
    let all = first.calendar_year()..=last.calendar_year();
    all.filter_map(FiscalYear::new).collect()
}
