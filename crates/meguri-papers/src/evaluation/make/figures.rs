//! The indicators of a sheet, with rates that are arithmetically right.

use super::super::model::{Book, Indicator, Series, Sheet, era_year};
use super::super::prose;
use crate::words;
use fastrand::Rng;

/// Places of the invented city that an indicator counts one by one.
const PLACES: [&str; 3] = ["東町", "水辺台", "駅西口"];

/// How a target is set and the rate computed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// More is better: actual ÷ target.
    More,
    /// Less is better: target ÷ actual.
    Less,
    /// 「n以上」: actual ÷ n.
    AtLeast,
    /// Less than the year before: last year's actual ÷ actual.
    Falling,
    /// A target in the first year, then as much as the year before: actual ÷ last year's actual.
    Steady,
    /// Asked every few years only: dashes.
    Survey,
}

/// A figure with `decimals` (0 or 1) digits after the point, as an integer of its last digit.
#[derive(Clone, Copy)]
struct Figure {
    value: i64,
    decimals: u8,
}

impl Figure {
    fn print(self) -> String {
        match self.decimals {
            0 => words::commas(self.value),
            _ => format!("{}.{}", words::commas(self.value / 10), self.value % 10),
        }
    }
}

/// Adds indicators and their footnotes to a sheet.
pub(super) fn fill(book: &Book, sheet: &mut Sheet, rng: &mut Rng) {
    let count = rng.usize(..7);
    let mut wanted = Vec::new();
    for no in 1..=count {
        let indicator = indicator(book, no, rng);
        if rng.u8(..5) == 0 && indicator.series.len() == 1 {
            wanted.push(no);
        }
        sheet.indicators.push(indicator);
    }
    add_footnotes(book, sheet, &wanted, rng);
}

fn indicator(book: &Book, no: usize, rng: &mut Rng) -> Indicator {
    let kind = match rng.u8(..12) {
        0 => Kind::AtLeast,
        1 => Kind::Falling,
        2 => Kind::Survey,
        3 => Kind::Less,
        4 => Kind::Steady,
        _ => Kind::More,
    };
    let mut name = words::indicator(rng);
    let cumulative = rng.u8(..4) == 0 && kind == Kind::More;
    if cumulative {
        name = format!("「{}」計画における{name}（累計）", words::theme(rng));
    }
    let unit = if kind == Kind::Survey || name.contains("割合") {
        "％"
    } else {
        words::unit(rng)
    };
    let routes = kind == Kind::More && rng.u8(..8) == 0;
    let series = if routes {
        let what = words::pick(rng, &["ルート", "地区", "教室", "コース"]);
        let places = PLACES.iter().take(rng.usize(2..4));
        places
            .map(|place| Series {
                sub: Some([place, what]),
                ..series(book, kind, cumulative, rng)
            })
            .collect()
    } else {
        vec![series(book, kind, cumulative, rng)]
    };
    Indicator {
        no,
        name,
        remark: (rng.u8(..10) == 0).then(|| format!("※{}月末現在", rng.u8(1..13))),
        unit,
        series,
    }
}

/// A cumulative series never falls.
fn series(book: &Book, kind: Kind, cumulative: bool, rng: &mut Rng) -> Series {
    if kind == Kind::Survey {
        return survey(book, rng);
    }
    let (start, decimals) = match kind {
        Kind::AtLeast => (rng.i64(2..10), 0),
        _ => (rng.i64(8..6_000), rng.u8(..2)),
    };
    let figure = |value: i64| Figure { value, decimals };
    let goals = goals(book.years.count, kind, start, rng);
    let mut actuals: Vec<i64> = (0..book.years.known)
        .map(|_| (start * rng.i64(40..180) / 100).max(1))
        .collect();
    let mut baseline = (start * rng.i64(50..120) / 100).max(1);
    if cumulative {
        actuals.sort_unstable();
        baseline = actuals
            .first()
            .map_or(baseline, |least| baseline.min(*least))
            .min(start);
    }
    let known_baseline = kind == Kind::Falling || rng.u8(..6) > 0;
    let fewer = words::pick(rng, &["前年度比減", "前年以下"]);
    let target = |(n, goal): (usize, &i64)| match kind {
        Kind::AtLeast => format!("{goal}以上"),
        Kind::Falling => fewer.to_owned(),
        Kind::Steady if n > 0 => "前年比同程度".to_owned(),
        _ => figure(*goal).print(),
    };
    Series {
        baseline: if known_baseline {
            figure(baseline).print()
        } else {
            "-".to_owned()
        },
        rate: rates(kind, &goals, &actuals, baseline),
        target: goals.iter().enumerate().map(target).collect(),
        actual: actuals.iter().map(|&value| figure(value).print()).collect(),
        measured: measured(book, kind, rng),
        ..Series::default()
    }
}

/// One target a year; some rise.
fn goals(count: usize, kind: Kind, start: i64, rng: &mut Rng) -> Vec<i64> {
    let mut goals = Vec::new();
    let mut goal = start;
    for _ in 0..count {
        goals.push(goal);
        if kind == Kind::More {
            goal += rng.i64(0..=start / 5);
        }
    }
    goals
}

fn rates(kind: Kind, goals: &[i64], actuals: &[i64], baseline: i64) -> Vec<String> {
    let mut before = baseline;
    let mut rates = Vec::new();
    for (n, (&actual, &goal)) in actuals.iter().zip(goals).enumerate() {
        rates.push(match kind {
            Kind::Falling => rate(before, actual),
            Kind::Steady if n > 0 => rate(actual, before),
            Kind::Less => rate(goal, actual),
            _ => rate(actual, goal),
        });
        before = actual;
    }
    rates
}

/// `num ÷ den` in percent with one decimal, half up.
fn rate(num: i64, den: i64) -> String {
    let tenths = (2_000 * num + den) / (2 * den.max(1));
    format!("{}.{}%", tenths / 10, tenths % 10)
}

/// Asked in the base year and again in the last one.
fn survey(book: &Book, rng: &mut Rng) -> Series {
    let years = book.years;
    let dashes = |count: usize| vec!["-".to_owned(); count];
    let mut target = dashes(years.count.saturating_sub(1));
    target.push(
        Figure {
            value: rng.i64(300..990),
            decimals: 1,
        }
        .print(),
    );
    let known = years.known.min(years.count.saturating_sub(1));
    let ahead = usize::from(known + 1 < years.count);
    let asked = Figure {
        value: rng.i64(300..990),
        decimals: 1,
    };
    Series {
        baseline: asked.print(),
        actual: dashes(years.known),
        rate: dashes(years.known),
        target,
        ahead,
        ..Series::default()
    }
}

/// Measuring years under the figures: some statistics appear two years late.
fn measured(book: &Book, kind: Kind, rng: &mut Rng) -> Vec<String> {
    if kind != Kind::More || rng.u8(..12) > 0 {
        return Vec::new();
    }
    let late = 2;
    let line = |from: i32, count: usize| {
        let years = (0..count).map(|n| i32::try_from(n).map_or(from, |n| from + n));
        let labels: Vec<String> = years
            .map(|year| format!("({}度)", era_year(year)))
            .collect();
        labels.join(" ")
    };
    let first = book.years.first - late;
    vec![
        line(first, book.years.count),
        line(first - 1, book.years.known + 1),
    ]
}

/// Marks a figure of each wanted indicator and writes what the mark means.
fn add_footnotes(book: &Book, sheet: &mut Sheet, wanted: &[usize], rng: &mut Rng) {
    let several = wanted.len() > 1;
    for (index, no) in wanted.iter().enumerate() {
        let mark = if several {
            format!("※{}", index + 1)
        } else {
            "※".to_owned()
        };
        let year = format!("{}度", era_year(book.years.first - 1));
        let note = format!("{mark} {}", prose::note(rng, &year));
        let found = sheet.indicators.iter_mut().find(|i| i.no == *no);
        let Some(series) = found.and_then(|indicator| indicator.series.first_mut()) else {
            continue;
        };
        let open = book.years.known < book.years.count;
        let on_target = series.baseline == "-" || rng.bool();
        match series.target.last_mut() {
            // A target that the city will set later.
            Some(last) if on_target && open && rng.bool() => *last = format!("- ({mark})"),
            Some(last) if on_target => last.push_str(&format!("({mark})")),
            _ => series.baseline.push_str(&format!("({mark})")),
        }
        series.notes.push(note.clone());
        sheet.footnotes.push(note);
    }
}
