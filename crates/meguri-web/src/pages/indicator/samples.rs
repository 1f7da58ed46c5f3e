//! Indicators made up to look at: without anything, with all states, with the longest of all.

use super::{
    IndicatorPage, IndicatorYearView, MOST, NoteView, PrintedFigureView, RateView, RevisionView,
    StepsView,
};
use crate::chart::Chart;
use crate::chart::series::{IndicatorSeries, IndicatorYear};
use crate::page::{Layout, Link};
use crate::view::crumbs::home;
use crate::view::entity::{NameView, SheetLink};
use crate::view::pagination::{A_PAGE, Pagination};
use crate::view::samples::ODD_NAME;
use crate::view::value::ValueView;
use meguri_app::read::quantity::{FigureView, YearView};
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::source::Settled;

pub(super) fn samples() -> Vec<(&'static str, IndicatorPage)> {
    let mut longest = filled(&"とても長い名前の指標".repeat(6), A_PAGE);
    longest.years = longest.years.iter().cycle().take(20).cloned().collect();
    longest.steps = longest.steps.iter().cycle().take(MOST).cloned().collect();
    (longest.more_steps, longest.more_notes) = (3, 2);
    vec![
        ("empty", empty("見本の指標")),
        ("states", filled(ODD_NAME, 3)),
        ("longest", longest),
    ]
}

fn empty(name: &str) -> IndicatorPage {
    let crumbs = vec![home(), Link::new("/indicators", "指標一覧")];
    IndicatorPage {
        layout: Layout::new(format!("指標：{name}"), crumbs, "/indicators/1").called(name),
        id: 1,
        name: name.to_owned(),
        names: Vec::new(),
        units: Vec::new(),
        cumulative: false,
        sections: Vec::new(),
        baselines: Vec::new(),
        chart: Chart::default(),
        years: Vec::new(),
        revisions: Vec::new(),
        steps: Vec::new(),
        more_steps: 0,
        notes: Vec::new(),
        more_notes: 0,
        sheets: vec![SheetLink::sample("見本の計画")],
        pagination: Pagination::new(1, 1, |_| String::new()),
    }
}

fn figure(text: &str, note: &'static str) -> PrintedFigureView {
    PrintedFigureView {
        value: Some(ValueView::sample(text, Settled::Printed)),
        sheets: vec![
            SheetLink::sample("施策評価"),
            SheetLink::sample("実行プラン"),
        ],
        more: usize::from(!note.is_empty()),
        note,
    }
}

fn year() -> IndicatorYearView {
    let rate = |value: &str, plan| RateView {
        value: FigureView::parse(value),
        sheets: vec![SheetLink::sample(plan)],
        more: 0,
    };
    IndicatorYearView {
        year: YearView::sample(),
        targets: vec![figure("10", "見直し前"), figure("8", "見直し後")],
        actuals: vec![
            figure("8", "文書により異なります"),
            figure("7.5", "文書により異なります"),
        ],
        printed: vec![figure("100.0%", "")],
        computed: vec![rate("100.0％", "施策評価"), rate("93.8％", "実行プラン")],
    }
}

fn chart() -> Chart {
    let (Some(baseline), Some(year)) = (FiscalYear::new(2021), FiscalYear::new(2024)) else {
        return Chart::default();
    };
    Chart::of_indicator(&IndicatorSeries {
        id: "chart-indicator".to_owned(),
        table: "years".to_owned(),
        name: "見本の指標".to_owned(),
        unit: "か所".to_owned(),
        cumulative: true,
        baseline: Figure::parse("5").map(|five| (Some(baseline), five)),
        years: vec![IndicatorYear {
            target: Figure::parse("8以上"),
            original: Figure::parse("10以上"),
            revised: true,
            actual: Figure::parse("8"),
            reached: Some(true),
            ..IndicatorYear::new(year)
        }],
    })
}

fn filled(name: &str, rows: usize) -> IndicatorPage {
    let named = |name: &str, when: &str| NameView {
        name: name.to_owned(),
        when: when.to_owned(),
    };
    let revision = RevisionView {
        year: "令和6年度".to_owned(),
        original: Some(ValueView::sample("10", Settled::Printed)),
        original_sheet: Some(SheetLink::sample("見本の計画")),
        revised: Some(ValueView::sample("8", Settled::Proven)),
        revised_sheet: SheetLink::sample("施策評価"),
        reason: "施設の休館に伴い、目標を見直した。".to_owned(),
    };
    let steps = StepsView {
        year: "令和6年度".to_owned(),
        papers: "施策評価 令和6年度".to_owned(),
        steps: vec!["8 ÷ 8 ＝ 1".to_owned(), "100％ → 100.0％".to_owned()],
    };
    let note = NoteView {
        text: Some(ValueView::sample("※見本の注です。", Settled::Printed)),
        sheet: SheetLink::sample("施策評価"),
    };
    let unknown = RevisionView {
        original: None,
        original_sheet: None,
        reason: String::new(),
        ..revision.clone()
    };
    IndicatorPage {
        names: vec![
            named(name, "令和6年度"),
            named("旧・見本の指標", "見本の計画"),
        ],
        units: vec!["か所".to_owned()],
        cumulative: true,
        sections: vec![Link::new("/sections/1", "みどり課")],
        baselines: vec![
            ("令和3年度".to_owned(), figure("5", "")),
            (String::new(), figure("6", "")),
        ],
        chart: chart(),
        years: vec![
            year(),
            IndicatorYearView {
                year: FiscalYear::new(2025).into(),
                ..IndicatorYearView::default()
            },
        ],
        revisions: vec![revision, unknown],
        steps: vec![steps],
        notes: vec![note; rows.min(4)],
        sheets: vec![SheetLink::sample("施策評価"); rows],
        pagination: Pagination::new(rows * 3, rows + 1, |from| {
            format!("/indicators/1?from={from}")
        }),
        ..empty(name)
    }
}
