//! Shares of a whole: one bar, cut into parts that say their numbers; words below it. Parts of an order
//! are steps of one tint, what is late stands out. Patterns are for paper and for people's own colours.

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
    /// How it looks.
    pub tone: Tone,
}

/// How a part looks beside the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// A step of the order, the strongest first.
    #[default]
    Step,
    /// What readers must not miss: it is late.
    Late,
    /// Outside the order.
    Outside,
}

/// The classes of the steps, the strongest first.
const STEPS: [&str; 4] = ["tone-1", "tone-2", "tone-3", "tone-4"];

/// The classes of all parts in their order.
fn tones(parts: &[SharePart]) -> Vec<&'static str> {
    let steps = parts.iter().filter(|part| part.tone == Tone::Step).count();
    let mut step = 0;
    let mut class = |part: &SharePart| match part.tone {
        Tone::Late => "tone-late",
        Tone::Outside => "tone-outside",
        Tone::Step => {
            // Few steps lie far from each other, many share the last one.
            let place = match steps {
                0..=2 => step * 2,
                _ => step,
            };
            step += 1;
            STEPS
                .get(place)
                .or(STEPS.last())
                .copied()
                .unwrap_or_default()
        }
    };
    parts.iter().map(&mut class).collect()
}

/// A part with its tint, and the pattern that stands for it where there are no tints: no part is
/// told from its neighbour by colour alone.
fn drawn(tone: &'static str, index: usize, place: (f64, f64, f64, f64)) -> Vec<Stroke> {
    let (x, y, width, height) = place;
    let stroke = |class, path| Stroke { class, path };
    let lines = match index % 4 {
        0 => String::new(),
        1 => shape::slants(x, y, width, height),
        2 => shape::uprights(x, y, width, height),
        _ => shape::slants(x, y, width, height) + &shape::uprights(x, y, width, height),
    };
    let outline = shape::rectangle(x, y, width, height);
    vec![stroke(tone, outline), stroke("pattern", lines)]
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
        let tones = tones(&series.parts);
        let mut x = 1.0;
        // What nobody has needs no place, neither in the bar nor below it.
        let some = series.parts.iter().zip(tones).zip(each);
        let some = some.filter(|((part, _), _)| part.count > 0);
        for (index, ((part, tone), words)) in some.enumerate() {
            let width = part.count as f64 / all as f64 * (WIDTH - 2.0);
            chart
                .strokes
                .extend(drawn(tone, index, (x, 2.0, width, BAR)));
            let label = format!("{}{}", text::clean(&part.sign), part.count);
            if text::width(&label) + 6.0 <= width {
                chart.write("middle", x + width / 2.0, BAR / 2.0 + 7.0, label);
            }
            let mut strokes = drawn(tone, index, (1.0, 1.0, 26.0, 12.0));
            strokes.retain(|stroke| !stroke.path.is_empty());
            chart.legend.push(Legend { strokes, words });
            x += width;
        }
        chart.strokes.retain(|stroke| !stroke.path.is_empty());
        chart.draw("frame", shape::rectangle(1.0, 2.0, WIDTH - 2.0, BAR));
        chart
    }
}
