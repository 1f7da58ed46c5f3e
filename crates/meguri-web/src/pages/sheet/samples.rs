//! Sheets made up to look at: empty, typical with all states, with the longest texts.

use super::{
    CountView, FieldBody, FieldView, GradeView, IndicatorView, NodeView, OutlineView, PartView,
    PhaseView, ProjectRow, ProjectTable, ScheduleView, SectionView, SheetPage, StepsView,
    SummaryView, TextView, UnsettledView, YearRow,
};
use crate::chart::Chart;
use crate::chart::schedule::ScheduleSeries;
use crate::chart::series::{IndicatorSeries, IndicatorYear};
use crate::page::{Layout, Link};
use crate::view::crumbs::home;
use crate::view::finding::FindingView;
use crate::view::money::AmountLine;
use crate::view::samples::ODD_NAME;
use crate::view::state;
use crate::view::value::ValueView;
use meguri_app::read::quantity::{AmountView, YearView};
use meguri_core::figure::Figure;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::source::Settled;

pub(super) fn samples() -> Vec<(&'static str, SheetPage)> {
    let long = "長い文章が続いています。".repeat(60);
    let mut longest = filled(&long, 12);
    longest.label = "とても長い名前のテーマ".repeat(12);
    longest.layout.title.clone_from(&longest.label);
    let mut odd = filled(ODD_NAME, 2);
    odd.label = ODD_NAME.to_owned();
    odd.layout.title = ODD_NAME.to_owned();
    let all = [
        ("odd-names", odd, 1),
        ("empty", empty(), 1),
        ("states", filled("成果がありました。", 3), 1),
        ("longest", longest, 1),
        ("no-indicator", without_indicators(), 1),
        ("many-projects", filled("成果がありました。", 300), 2),
        ("long-field", with_text(&"長い文章。".repeat(4_000)), 1),
    ];
    all.map(|(name, page, part)| (name, page.part(part, "/sheets/1", ("show", ""))))
        .into()
}

fn without_indicators() -> SheetPage {
    let mut page = filled("成果がありました。", 3);
    for phase in &mut page.phases {
        phase
            .fields
            .retain(|field| !matches!(field.body, FieldBody::Indicators(_)));
    }
    page
}

/// A sheet with one text of 20,000 characters.
fn with_text(text: &str) -> SheetPage {
    let mut page = filled("成果がありました。", 2);
    let paragraphs = vec![ValueView::sample(text, Settled::Layout)];
    let body = FieldBody::Texts(vec![TextView {
        paragraphs,
        ..TextView::default()
    }]);
    if let Some(phase) = page.phases.get_mut(1) {
        phase.fields.push(FieldView {
            label: "長い欄".to_owned(),
            body,
            withheld: true,
        });
    }
    page
}

fn empty() -> SheetPage {
    let label = "テーマ1「見本のまちづくり」".to_owned();
    let crumbs = vec![home(), Link::new("/plans/evaluation", "見本の計画")];
    SheetPage {
        layout: Layout::new(label.clone(), crumbs, "/sheets/1"),
        label,
        year: YearView::default(),
        summary: SummaryView::default(),
        path: Vec::new(),
        schedule: Vec::new(),
        schedule_chart: Chart::default(),
        line_href: "/documents/1/lines?from=1#L1".to_owned(),
        phases: Vec::new(),
        findings: Vec::new(),
        unsettled: Vec::new(),
        other_years: Vec::new(),
        part: PartView::default(),
        previous: None,
        next: None,
    }
}

pub(super) fn filled(text: &str, rows: usize) -> SheetPage {
    let value = ValueView::sample("見本", Settled::Printed);
    let node = |level: &str, value| NodeView {
        level: level.to_owned(),
        name: "1 見本".to_owned(),
        value,
    };
    let step = ScheduleView {
        year: "令和6年度".to_owned(),
        word: Some(value.clone()),
    };
    let unsettled = UnsettledView {
        field: "事業費".to_owned(),
        place: "テーマ1 7行目".to_owned(),
        why: "列の位置が分からないため、確定できません。".to_owned(),
        candidates: vec!["1,234".to_owned(), text.chars().take(40).collect()],
        line: 12,
        line_href: "/documents/1/lines?from=1#L12".to_owned(),
    };
    SheetPage {
        year: YearView::sample(),
        summary: summary(text),
        path: vec![node("基本目標", None), node("テーマ（施策）", Some(value))],
        schedule: vec![step],
        schedule_chart: Chart::of_schedule(&ScheduleSeries {
            id: "chart-schedule".to_owned(),
            table: "schedule".to_owned(),
            name: "見本".to_owned(),
            steps: vec![(FiscalYear::new(2024), "見本".to_owned())],
        }),
        phases: phases(text, rows),
        findings: FindingView::samples(),
        unsettled: vec![unsettled],
        other_years: vec![Link::new("/sheets/3", "令和5年度のシート")],
        previous: Some(Link::new("/sheets/1", "前のシート")),
        next: Some(Link::new("/sheets/2", "次のシート")),
        ..empty()
    }
}

fn summary(text: &str) -> SummaryView {
    let name: String = text.chars().take(100).collect();
    SummaryView {
        states: vec![(
            "目標達成度合い".to_owned(),
            state::sample("△", "遅れ"),
            "目標の一部を達成した".to_owned(),
        )],
        reached: "3／5件".to_owned(),
        reached_note: "ほかに達成率を計算できないもの2件".to_owned(),
        money: Some(AmountLine {
            label: "令和6年度の事業費（決算額）".to_owned(),
            about: "約5億4千万円".to_owned(),
            exact: AmountView::sample("543,210千円", 543_210_000),
        }),
        projects: 12,
        directions: vec![(
            "来年度の動向（令和7年度）".to_owned(),
            vec![
                (state::sample("→", "維持"), 10),
                (state::sample("×", "廃止"), 2),
            ],
        )],
        sections: vec![Link::new("/sections/1", &name), Link::new("", "財政課")],
        changes: vec![name.clone(), "指標の実績は増加2、減少1".to_owned()],
        compare: Some(Link::new(
            "/compare?plan=evaluation&from=2023&to=2024&sheet=1",
            "令和5年度との比較を見る",
        )),
        path: name,
    }
}

fn phases(text: &str, rows: usize) -> Vec<PhaseView> {
    let field = |label: &str, body| FieldView {
        label: label.to_owned(),
        body,
        withheld: false,
    };
    let value = |settled| ValueView::sample("見本課", settled);
    let paragraphs = vec![ValueView::sample(text, Settled::Layout); 2];
    let texts = vec![
        TextView {
            year: "令和6年度".to_owned(),
            lost: false,
            paragraphs,
        },
        TextView {
            year: String::new(),
            lost: true,
            paragraphs: Vec::new(),
        },
    ];
    let grade = GradeView {
        sign: "○".to_owned(),
        value: Some(ValueView::sample(
            "一定の成果が上がっている",
            Settled::Proven,
        )),
        meaning: "目標のおおむねを達成した".to_owned(),
        stage: "自己評価".to_owned(),
    };
    let section = |page: &str, settled| {
        vec![SectionView {
            page: page.to_owned(),
            name: value(settled),
        }]
    };
    let sections = FieldBody::Sections(
        section("/sections/1", Settled::Confirmed),
        section("", Settled::Printed),
    );
    vec![
        PhaseView {
            label: "",
            name: "基本情報",
            fields: vec![field("所管課", sections)],
        },
        PhaseView {
            label: "DO",
            name: "実施",
            fields: vec![
                field(
                    "指標",
                    FieldBody::Indicators((1..=rows.min(6)).map(indicator).collect()),
                ),
                field("成果", FieldBody::Texts(texts)),
                field("課題", FieldBody::Missing),
            ],
        },
        PhaseView {
            label: "CHECK",
            name: "評価",
            fields: vec![field("評価", FieldBody::Grades(vec![grade]))],
        },
        PhaseView {
            label: "ACTION",
            name: "改善",
            fields: vec![field("事業", FieldBody::Projects(vec![projects(rows)]))],
        },
    ]
}

fn indicator(number: usize) -> IndicatorView {
    let row = |year: u16, actual: Option<&str>| YearRow {
        year: FiscalYear::new(year).into(),
        target: Some(ValueView::sample("4以上", Settled::Printed)),
        original: Some(ValueView::sample("3以上", Settled::Printed)),
        revised: true,
        actual: actual.map(|actual| ValueView::sample(actual, Settled::Layout)),
        printed: actual.map(|_| ValueView::sample("100.0%", Settled::Proven)),
        computed: actual.map_or_else(String::new, |_| "100.0％".to_owned()),
        differs: year == 2023,
    };
    let year = |year| FiscalYear::new(year).map(IndicatorYear::new);
    let years = [year(2023), year(2024)]
        .into_iter()
        .flatten()
        .map(|year| IndicatorYear {
            target: Figure::parse("4以上"),
            original: Figure::parse("3以上"),
            actual: Figure::parse(if year.year.calendar_year() == 2023 {
                "4"
            } else {
                "－"
            }),
            ..year
        });
    let series = IndicatorSeries {
        id: format!("chart-indicator-{number}"),
        table: format!("indicator-{number}"),
        name: "見本の指標（累計）".to_owned(),
        unit: "か所".to_owned(),
        cumulative: true,
        baseline: None,
        years: years.collect(),
    };
    IndicatorView {
        id: series.table.clone(),
        chart: Chart::of_indicator(&series),
        label: "見本の指標（累計）".to_owned(),
        page: "/indicators/1".to_owned(),
        name: Some(ValueView::sample("見本の指標", Settled::Printed)),
        unit: "か所".to_owned(),
        baseline_year: FiscalYear::new(2022).into(),
        baseline: Some(ValueView::sample("－", Settled::Printed)),
        has_actuals: true,
        has_rates: true,
        rows: vec![row(2023, Some("4")), row(2024, None)],
        steps: vec![StepsView {
            year: "令和5年度".to_owned(),
            steps: vec![
                "4 ÷ 4 ＝ 1".to_owned(),
                "100％ → 100.0％（四捨五入）".to_owned(),
            ],
        }],
        notes: vec![ValueView::sample("※ 見本の注", Settled::Printed)],
    }
}

fn projects(rows: usize) -> ProjectTable {
    let value = |text: &str| Some(ValueView::sample(text, Settled::Printed));
    let signs = [
        ("↑", "拡大"),
        ("↻", "改善"),
        ("→", "維持"),
        ("↓", "縮小"),
        ("×", "廃止"),
    ];
    let row = |number: usize| {
        let (sign, word) = signs.get(number % signs.len()).copied().unwrap_or(("", ""));
        ProjectRow {
            number: (number + 1).to_string(),
            name: value("見本の事務事業"),
            page: if number == 0 {
                String::new()
            } else {
                "/projects/1".to_owned()
            },
            tags: vec!["拡充分".to_owned(), "再掲".to_owned()],
            sections: value("見本課")
                .map(|name| SectionView {
                    page: "/sections/1".to_owned(),
                    name,
                })
                .into_iter()
                .collect(),
            budget: "3-2-1".to_owned(),
            code: value("030101"),
            costs: vec![value("1,234千円"), None],
            steps: vec![(sign.to_owned(), value(word))],
        }
    };
    let outline = OutlineView {
        project: "見本の事務事業".to_owned(),
        years: vec![
            ("令和6年度".to_owned(), value("設計")),
            ("令和7年度".to_owned(), None),
        ],
    };
    let count = |label: &str| CountView {
        label: label.to_owned(),
        value: value("3"),
    };
    ProjectTable {
        account: "一般".to_owned(),
        amount: "事業費（決算額）".to_owned(),
        axis: "来年度の動向（令和7年度）".to_owned(),
        years: vec![YearView::sample(); 2],
        part: String::new(),
        has_numbers: true,
        has_sections: true,
        has_budget: true,
        has_codes: true,
        has_steps: true,
        rows: (0..rows).map(row).collect(),
        sums: vec!["1,234千円".to_owned(), String::new()],
        outlines: vec![outline],
        totals: vec![count("令和6年度")],
        whole: vec![
            ("令和6年度".to_owned(), "1,234千円".to_owned(), "不一致"),
            ("令和7年度".to_owned(), "0千円".to_owned(), ""),
        ],
        counted: vec![("↑".to_owned(), "拡大".to_owned(), 1)],
        counts: vec![count("拡大"), count("維持")],
        unplaced: value("99千円").into_iter().collect(),
    }
}
