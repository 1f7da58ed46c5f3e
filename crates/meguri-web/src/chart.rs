//! Charts as SVG made on the server: no script, nothing inline, readable in black and white.
//!
//! A chart is made from a plain series by a pure function and holds shapes, labels and words; its
//! template writes them. What a chart shows stands in a table beside it too, and in words within
//! it. Only places on the picture are counted here, never a figure of a paper: those come in as
//! they are. Read in this order: [`series`], [`indicator`], [`money`], [`schedule`], [`share`]; below them
//! `plot` (axes and years), `scale` (ticks), `shape` (paths) and `text` (widths).

pub mod indicator;
pub mod money;
mod plot;
mod scale;
pub mod schedule;
pub mod series;
mod shape;
pub mod share;
pub mod spark;
mod text;
mod words;

use askama::Template;

/// The width of every picture, in units of the picture: about as many as a phone has pixels.
pub(crate) const WIDTH: f64 = 360.0;
/// The size of all letters, in units of the picture.
pub(crate) const LETTER: f64 = 13.0;

/// A chart, ready to be written into a page with `{{ chart|safe }}`: its template escapes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Template)]
#[template(path = "chart.html")]
pub struct Chart {
    /// The id of its figure; the ids within begin with it.
    pub id: String,
    /// What it shows, in a few words.
    pub title: String,
    /// What can be seen in it, in whole sentences: for who cannot see it.
    pub description: String,
    /// The main thing, in one sentence below it; empty where there is none.
    pub summary: String,
    /// The id of the table with the same values; empty where there is none.
    pub table: String,
    /// The height of the picture in its units; 0 where nothing can be drawn.
    pub height: u32,
    /// The shapes, those behind first.
    pub strokes: Vec<Stroke>,
    /// The letters in it.
    pub labels: Vec<Label>,
    /// What the shapes mean.
    pub legend: Vec<Legend>,
    /// What could not be drawn, and other things to know.
    pub notes: Vec<String>,
}

/// All shapes of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stroke {
    /// Its class in the stylesheet, without the `chart-` before it.
    pub class: &'static str,
    /// The path, in absolute coordinates.
    pub path: String,
}

/// Some letters at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Which of its ends is at the place: `start`, `middle` or `end`.
    pub anchor: &'static str,
    /// From the left.
    pub x: String,
    /// From the top to the foot of the letters.
    pub y: String,
    /// The letters.
    pub text: String,
}

/// One entry of the legend: a swatch of 28 by 14 units, and words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Legend {
    /// The shapes of the swatch.
    pub strokes: Vec<Stroke>,
    /// What they mean.
    pub words: String,
}

impl Chart {
    /// The width of the picture in its units.
    #[must_use]
    pub fn width(&self) -> u32 {
        WIDTH as u32
    }

    /// Adds shapes of one kind, unless there are none.
    pub(crate) fn draw(&mut self, class: &'static str, path: String) {
        if !path.is_empty() {
            self.strokes.push(Stroke { class, path });
        }
    }

    /// Adds letters.
    pub(crate) fn write(&mut self, anchor: &'static str, x: f64, y: f64, text: String) {
        self.labels.push(Label {
            anchor,
            x: shape::number(x),
            y: shape::number(y),
            text,
        });
    }

    /// Adds an entry to the legend.
    pub(crate) fn explain(&mut self, words: impl Into<String>, swatch: &[(&'static str, String)]) {
        let strokes = swatch.iter().map(|(class, path)| Stroke {
            class,
            path: path.clone(),
        });
        self.legend.push(Legend {
            strokes: strokes.collect(),
            words: words.into(),
        });
    }
}
