//! A line as small as a word: how an indicator moved over the years. What it shows stands in words and
//! figures beside it; nobody has to see it.

use super::shape::number;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The width and height of the picture, in its units.
const SIZE: (f64, f64) = (80.0, 20.0);

/// Room around the line, so that its ends are whole.
const ROOM: f64 = 3.0;

/// A line with its last point.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spark {
    /// The path.
    pub path: String,
    /// The last point: from the left, from the top.
    pub last: (String, String),
}

impl Spark {
    /// The line of some values in the order of their years; nothing of fewer than two.
    #[must_use]
    pub fn of(values: &[Decimal]) -> Option<Self> {
        let values: Vec<f64> = values.iter().filter_map(ToPrimitive::to_f64).collect();
        if values.len() < 2 || values.iter().any(|value| !value.is_finite()) {
            return None;
        }
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (wide, tall) = (SIZE.0 - 2.0 * ROOM, SIZE.1 - 2.0 * ROOM);
        let step = wide / (values.len() - 1) as f64;
        let points = values.iter().enumerate().map(|(place, value)| {
            let part = if high > low {
                (value - low) / (high - low)
            } else {
                0.5
            };
            let x = ROOM + step * place as f64;
            (number(x), number(ROOM + tall * (1.0 - part)))
        });
        let points: Vec<(String, String)> = points.collect();
        let words = points.iter().enumerate().map(|(place, (x, y))| {
            let letter = if place == 0 { 'M' } else { 'L' };
            format!("{letter}{x} {y}")
        });
        Some(Self {
            path: words.collect(),
            last: points.last().cloned().unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_stays_within_its_picture_and_one_value_makes_none() {
        let of = |values: &[i64]| {
            let values: Vec<Decimal> = values.iter().copied().map(Decimal::from).collect();
            Spark::of(&values)
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[5]), None);
        let path = |values: &[i64]| of(values).map(|spark| spark.path);
        assert_eq!(path(&[0, 10]).as_deref(), Some("M3 17L77 3"));
        assert_eq!(path(&[4, 4, 4]).as_deref(), Some("M3 10L40 10L77 10"));
        assert!(path(&[i64::MIN, i64::MAX, 0]).is_some_and(|path| !path.contains("NaN")));
    }
}
