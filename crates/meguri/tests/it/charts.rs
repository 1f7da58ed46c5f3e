//! Charts: what they say and draw of series as data, and what holds of every series.

use crate::golden::{assert_file, root};
use askama::Template;
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit};
use meguri_web::chart::Chart;
use meguri_web::chart::money::MoneySeries;
use meguri_web::chart::schedule::ScheduleSeries;
use meguri_web::chart::series::{IndicatorSeries, IndicatorYear};
use meguri_web::chart::share::{SharePart, ShareSeries, Tone};
use proptest::prelude::*;

/// The most bytes of a chart with the years of one plan.
const CHART_BYTES: usize = 4_500;

fn year(year: u16) -> FiscalYear {
    FiscalYear::new(year).expect("a fiscal year")
}

/// Years as data: `2023 目標 実績 見直し前`, a `_` for what is not printed.
fn series(name: &str, unit: &str, rows: &str) -> IndicatorSeries {
    let figure = |word: Option<&str>| word.filter(|word| *word != "_").and_then(Figure::parse);
    let years = rows.split('|').map(|row| {
        let mut words = row.split_whitespace();
        let number = words
            .next()
            .and_then(|word| word.parse().ok())
            .expect("a year");
        let (target, actual, original) = (words.next(), words.next(), words.next());
        IndicatorYear {
            target: figure(target),
            actual: figure(actual),
            original: figure(original),
            revised: original.is_some(),
            reached: match (figure(target), figure(actual)) {
                (Some(target), Some(actual)) if target.number().is_some() => actual
                    .number()
                    .map(|actual| Some(actual) >= target.number()),
                _ => None,
            },
            ..IndicatorYear::new(year(number))
        }
    });
    IndicatorSeries {
        id: "chart-1".to_owned(),
        table: "indicator-1".to_owned(),
        name: name.to_owned(),
        unit: unit.to_owned(),
        years: years.collect(),
        ..IndicatorSeries::default()
    }
}

fn golden(name: &str, chart: &Chart) {
    let html = chart.render().expect("the template renders");
    assert_sound(chart, &html);
    assert!(html.len() < CHART_BYTES, "{name}: {} bytes", html.len());
    assert_file(&root("testdata/charts").join(format!("{name}.html")), &html);
}

/// Every number of a path lies within the picture, and the page is well formed.
fn assert_sound(chart: &Chart, html: &str) {
    // The words of a chart may hold any letters; its paths are numbers.
    let paths = || chart.strokes.iter().map(|stroke| stroke.path.as_str());
    let odd = |path: &str| path.contains("NaN") || path.contains("inf");
    assert!(!paths().any(odd), "{html}");
    let (width, height) = (f64::from(chart.width()), f64::from(chart.height));
    for stroke in &chart.strokes {
        for (letter, numbers) in commands(&stroke.path) {
            let within = |place: f64, end: f64| (-0.05..=end + 0.05).contains(&place);
            let fine = match (letter, numbers.as_slice()) {
                ('M' | 'L', [x, y]) => within(*x, width) && within(*y, height),
                ('H', [x]) => within(*x, width),
                ('V', [y]) => within(*y, height),
                ('z', []) => true,
                _ => false,
            };
            assert!(
                fine,
                "{letter} {numbers:?} leaves {width} × {height}: {}",
                stroke.path
            );
        }
    }
    for label in &chart.labels {
        let place = |text: &str| text.parse::<f64>().expect("a number");
        assert!((0.0..=width).contains(&place(&label.x)), "{label:?}");
        assert!((0.0..=height).contains(&place(&label.y)), "{label:?}");
    }
    let metas = [
        "name=\"description\"",
        "property=\"og:title\"",
        "property=\"og:description\"",
    ];
    let metas = metas
        .map(|meta| format!("<meta {meta} content=\"x\">"))
        .concat();
    let page = format!(
        "<!DOCTYPE html><html lang=\"ja\"><title>x</title>{metas}<h1>x</h1>{html}\
         <p id=\"indicator-1\">"
    );
    let checked = crate::web::html::check(&page);
    assert!(checked.faults.is_empty(), "{:#?}\n{html}", checked.faults);
}

fn commands(path: &str) -> Vec<(char, Vec<f64>)> {
    let mut commands: Vec<(char, String)> = Vec::new();
    for c in path.chars() {
        match commands.last_mut() {
            Some((_, numbers)) if !c.is_ascii_alphabetic() => numbers.push(c),
            _ => commands.push((c, String::new())),
        }
    }
    let numbers = |text: &str| {
        text.split_whitespace()
            .map(|n| n.parse().expect("a coordinate"))
            .collect::<Vec<f64>>()
    };
    commands
        .iter()
        .map(|(letter, text)| (*letter, numbers(text)))
        .collect()
}

#[test]
fn indicators_are_drawn_as_expected() {
    let mut typical = series(
        "居場所の数",
        "か所",
        "2022 － 6|2023 8 8|2024 10 9 12|2025 12 _|2026 14以上 _",
    );
    typical.baseline = Some((Some(year(2022)), Figure::parse("6").expect("a figure")));
    golden("indicator-typical", &Chart::of_indicator(&typical));
    let survey = "2022 _ 68.9|2023 70以上 －|2024 70以上 71.2%|2025 前年度比増 －";
    golden(
        "indicator-survey",
        &Chart::of_indicator(&series("満足度", "％", survey)),
    );
    let odd = "<b>\"名\" & '印'\u{202e}逆\u{1f600}";
    golden(
        "indicator-odd-name",
        &Chart::of_indicator(&series(odd, odd, "2024 3 -2")),
    );
    let words = "2023 実施 検討中|2024 前年以下 －";
    golden(
        "indicator-words",
        &Chart::of_indicator(&series("取組", "", words)),
    );
}

#[test]
fn the_words_say_what_is_seen() {
    for (rows, sentence) in [
        (
            "2023 8 8|2024 10 9",
            "実績は令和5年度の8人から、令和6年度の9人へ増えています。",
        ),
        ("2023 8 9|2024 10 8", "令和6年度の8人へ減っています。"),
        ("2023 8 9|2024 10 9", "令和6年度の9人で、最初と同じです。"),
        (
            "2022 _ 5|2023 _ 9|2024 _ 6",
            "へ増えています。最大は令和5年度の9人です。",
        ),
        (
            "2022 _ 5|2023 _ 1|2024 _ 3",
            "へ減っています。最小は令和5年度の1人です。",
        ),
        ("2024 10 9", "実績は令和6年度の9人だけです。"),
        ("2024 10 _", "図に示せる実績の値はありません。"),
        ("2023 3 _|2024 3 _", "目標はどの年度も3人です。"),
        (
            "2023 3 3|2024 3 2",
            "目標を達成した年度は令和5年度です。目標を達成していない年度は令和6年度です。",
        ),
        (
            "2023 3 －|2024 3 4",
            "「－」は、文書が値なしとしている年度です（令和5年度。",
        ),
        ("2023 3 4 5|2024 3 4", "令和5年度の目標は見直されています。"),
        (
            "2023 前年度比減 4|2024 前年度比減 3",
            "令和5年度、令和6年度の目標「前年度比減」は数値ではないため、図に示していません。",
        ),
        (
            "2024 3 9,999,999,999,999,999",
            "大きすぎるため、図に示していません。",
        ),
        ("2024 3 70.5%", "実績は令和6年度の70.5%だけです。"),
        ("1989 3 4", "目標は平成元年度の3人です。"),
    ] {
        let chart = Chart::of_indicator(&series("人数", "人", rows));
        assert!(
            chart.description.contains(sentence),
            "{sentence}\n{}",
            chart.description
        );
    }
}

#[test]
fn ranges_of_all_sizes_are_drawn() {
    let twenty: Vec<String> = (2010..2030)
        .map(|y| format!("{y} {} {}", y - 2000, y - 1999))
        .collect();
    for (rows, years_written) in [
        ("2024 3 4", 1),
        ("2024 0 0", 1),
        ("2023 -5 -3|2024 4 2", 2),
        ("2023 1,000,000,000,000 999,999,999,999|2024 3 4", 2),
        ("2023 0.001 0.002|2024 0.001 0.0005", 2),
        ("2023 5 5|2024 5 5|2025 5 5", 3),
        ("2020 5 5|2024 5 5", 5),
        ("1989 5 5|2088 5 5", 2),
        (&twenty.join("|"), 10),
    ] {
        let chart = Chart::of_indicator(&series("数", "人", rows));
        let html = chart.render().expect("the template renders");
        assert_sound(&chart, &html);
        let years = chart.labels.iter().filter(|l| l.anchor == "middle").count();
        assert_eq!(years, years_written, "{rows}");
        assert!(html.len() < CHART_BYTES, "{rows}: {} bytes", html.len());
    }
}

#[test]
fn zero_has_a_bar_and_a_blank_has_none() {
    let bars = |rows: &str| {
        let chart = Chart::of_indicator(&series("数", "人", rows));
        let bar = chart.strokes.iter().find(|stroke| stroke.class == "bar");
        bar.map_or(0, |bar| bar.path.matches('M').count())
    };
    assert_eq!(bars("2022 5 0|2023 5 3|2024 5 －|2025 5 _"), 2);
    assert_eq!(bars("2022 5 0"), 1);
    assert_eq!(bars("2022 5 －"), 0);
}

fn shares(whole: u64, counts: &[u64]) -> ShareSeries {
    let signs = ["◎", "○", "△", "－"];
    let words = ["100％以上", "80％以上", "80％未満", "判定なし"];
    let parts = counts
        .iter()
        .zip(signs.iter().zip(words))
        .map(|(count, (sign, words))| SharePart {
            sign: (*sign).to_owned(),
            words: words.to_owned(),
            count: *count,
            tone: Tone::Step,
        });
    ShareSeries {
        id: "chart-1".to_owned(),
        name: "指標の達成状況".to_owned(),
        counter: "件".to_owned(),
        whole,
        parts: parts.collect(),
        ..ShareSeries::default()
    }
}

#[test]
fn the_other_charts_are_drawn_as_expected() {
    let thousand = |amount| Money::of(amount, MoneyUnit::ThousandYen);
    let money = MoneySeries {
        id: "chart-1".to_owned(),
        name: "事業費".to_owned(),
        years: vec![
            (year(2023), thousand(123_456)),
            (year(2022), thousand(98_000)),
            (year(2024), None),
        ],
        ..MoneySeries::default()
    };
    golden("money", &Chart::of_money(&money));
    let step = |year_number: u16, word: &str| (FiscalYear::new(year_number), word.to_owned());
    let schedule = ScheduleSeries {
        id: "chart-1".to_owned(),
        name: "見本の取組".to_owned(),
        steps: vec![
            step(2022, "準備"),
            step(2023, "実施"),
            step(2024, "実施"),
            step(2026, "実施"),
            step(0, "検討"),
            step(2026, "検証と、とても長い名前の次の段取り"),
        ],
        ..ScheduleSeries::default()
    };
    golden("schedule", &Chart::of_schedule(&schedule));
    golden("share", &Chart::of_shares(&shares(20, &[9, 6, 3, 2])));
}

#[test]
fn what_is_empty_is_said_and_not_drawn() {
    for (chart, words) in [
        (
            Chart::of_indicator(&IndicatorSeries::default()),
            "図に示せる数値がありません",
        ),
        (
            Chart::of_money(&MoneySeries::default()),
            "金額の記載がありません",
        ),
        (
            Chart::of_schedule(&ScheduleSeries::default()),
            "年次計画の記載がありません",
        ),
        (
            Chart::of_shares(&shares(0, &[0, 0])),
            "数えるものがありません",
        ),
    ] {
        let html = chart.render().expect("the template renders");
        assert!(
            html.contains(words) && !html.contains("<svg"),
            "{words}\n{html}"
        );
    }
}

/// Texts with all that could break a page.
fn texts() -> impl Strategy<Value = String> {
    "[a-zあ年<>&\"'％\u{202e}\u{200f}\u{1f600}\u{7} ]{0,40}"
}

fn figures() -> impl Strategy<Value = Option<Figure>> {
    let printed = prop_oneof![
        Just("－".to_owned()),
        Just("前年度比減".to_owned()),
        texts(),
        "-?[0-9]{1,28}",
        "-?[0-9]{1,3}\\.[0-9]{1,6}(以上|以下|超|未満|%)?",
    ];
    prop_oneof![
        Just(None),
        printed.prop_map(|printed| Figure::parse(&printed))
    ]
}

proptest! {
    #[test]
    fn every_series_stays_within_its_picture(
        (name, unit) in (texts(), texts()),
        rows in prop::collection::vec((1950_u16..2090, figures(), figures(), figures()), 0..25),
        cumulative: bool,
        baseline in figures(),
    ) {
        let years = rows.into_iter().map(|(y, target, actual, original)| IndicatorYear {
            target, actual, original, ..IndicatorYear::new(year(y))
        });
        let series = IndicatorSeries {
            id: "chart-1".to_owned(),
            table: "indicator-1".to_owned(),
            years: years.collect(),
            baseline: baseline.map(|figure| (None, figure)),
            name, unit, cumulative,
        };
        let chart = Chart::of_indicator(&series);
        assert_sound(&chart, &chart.render().expect("the template renders"));
    }

    #[test]
    fn every_schedule_share_and_amount_stays_within_its_picture(
        name in texts(),
        steps in prop::collection::vec((prop_oneof![1950_u16..2090, Just(0)], texts()), 0..12),
        counts in prop::collection::vec(any::<u64>(), 0..4),
        yen in prop::collection::vec((1950_u16..2090, any::<i64>()), 0..12),
    ) {
        let id = "chart-1".to_owned();
        let steps = steps.into_iter().map(|(y, word)| (FiscalYear::new(y), word)).collect();
        let schedule = ScheduleSeries { id: id.clone(), name: name.clone(), steps, ..ScheduleSeries::default() };
        let amount = |amount| Money::of(amount, MoneyUnit::Yen);
        let years = yen.into_iter().map(|(y, yen)| (year(y), amount(yen))).collect();
        let money = MoneySeries { id, name, years, ..MoneySeries::default() };
        for chart in [
            Chart::of_schedule(&schedule),
            Chart::of_money(&money),
            Chart::of_shares(&shares(7, &counts)),
        ] {
            assert_sound(&chart, &chart.render().expect("the template renders"));
        }
    }
}
