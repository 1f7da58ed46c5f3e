//! Shares of a whole: one bar, cut into parts with patterns; signs and words beside it.

use super::{Chart, Legend, Stroke, WIDTH, shape, text};

/// The height of the bar.
const BAR: f64 = 28.0;

/// Parts of a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShareSeries {
    /// The id of the figure on its page.
    pub id: String,
    /// The id of the table with the same numbers; empty where there is none.
    pub table: String,
    /// What is shared out: 指標の達成状況.
    pub name: String,
    /// The word behind a number: 件.
    pub counter: String,
    /// All of them; the parts are not meant to be more.
    pub whole: u64,
    /// The parts in order.
    pub parts: Vec<SharePart>,
}

/// One part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharePart {
    /// Its sign: ◎; empty where it has none.
    pub sign: String,
    /// Its words: 100％以上.
    pub words: String,
    /// How many.
    pub count: u64,
}

/// The patterns in turn: no part is told from its neighbour by colour alone.
fn pattern(index: usize, x: f64, y: f64, width: f64, height: f64) -> Vec<Stroke> {
    let stroke = |class, path| Stroke { class, path };
    let outline = shape::rectangle(x, y, width, height);
    let lines = match index % 5 {
        0 => return vec![stroke("solid", outline)],
        1 => shape::slants(x, y, width, height),
        2 => String::new(),
        3 => shape::uprights(x, y, width, height),
        _ => shape::slants(x, y, width, height) + &shape::uprights(x, y, width, height),
    };
    vec![stroke("outline", outline), stroke("hatch", lines)]
}

impl Chart {
    /// The bar of some parts. Where the whole is nothing it has words only.
    #[must_use]
    pub fn of_shares(series: &ShareSeries) -> Self {
        let name = text::clean(&series.name);
        let words = |part: &SharePart| {
            let (sign, words) = (text::clean(&part.sign), text::clean(&part.words));
            format!("{sign} {words}：{}{}", part.count, series.counter)
                .trim()
                .to_owned()
        };
        let each: Vec<String> = series.parts.iter().map(words).collect();
        let whole = format!("全{}{}", series.whole, series.counter);
        let mut chart = Self {
            id: series.id.clone(),
            title: format!("{name}（{whole}）"),
            description: format!("{whole}のうち、{}。", each.join("、")),
            table: series.table.clone(),
            ..Self::default()
        };
        let sum: u128 = series.parts.iter().map(|part| u128::from(part.count)).sum();
        let all = sum.max(u128::from(series.whole));
        if all == 0 {
            chart.description = format!("{name}：数えるものがありません。");
            chart.notes.push(chart.description.clone());
            return chart;
        }
        chart.height = BAR as u32 + 4;
        let mut x = 1.0;
        for (index, (part, words)) in series.parts.iter().zip(each).enumerate() {
            let width = part.count as f64 / all as f64 * (WIDTH - 2.0);
            if part.count > 0 {
                chart.strokes.extend(pattern(index, x, 2.0, width, BAR));
            }
            chart.legend.push(Legend {
                strokes: pattern(index, 1.0, 1.0, 26.0, 12.0),
                words,
            });
            x += width;
        }
        chart.strokes.retain(|stroke| !stroke.path.is_empty());
        chart
    }
}
