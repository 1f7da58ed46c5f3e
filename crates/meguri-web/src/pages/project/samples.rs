//! Projects made up to look at: without anything, with all states, with the longest of everything.

use super::{CostView, DirectionView, ListingView, MOST, OutlineView, ProjectPage};
use crate::chart::Chart;
use crate::chart::money::MoneySeries;
use crate::page::{Layout, Link};
use crate::view::crumbs::home;
use crate::view::entity::{NameView, SheetLink};
use crate::view::pagination::{A_PAGE, Pagination};
use crate::view::samples::ODD_NAME;
use crate::view::value::ValueView;
use meguri_app::read::quantity::{AmountView, YearView};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::money::{Money, MoneyUnit};
use meguri_core::source::Settled;

pub(super) fn samples() -> Vec<(&'static str, ProjectPage)> {
    let mut longest = filled(&"とても長い名前の事業".repeat(6), A_PAGE);
    longest.costs = longest.costs.iter().cycle().take(MOST).cloned().collect();
    longest.more_costs = 12;
    longest.more_directions = 3;
    longest.more_outlines = 2;
    vec![
        ("empty", empty("見本の事業")),
        ("states", filled(ODD_NAME, 3)),
        ("longest", longest),
    ]
}

fn empty(name: &str) -> ProjectPage {
    let crumbs = vec![home(), Link::new("/projects", "事業一覧")];
    ProjectPage {
        layout: Layout::new(format!("事業：{name}"), crumbs, "/projects/1").called(name),
        id: 1,
        name: name.to_owned(),
        names: Vec::new(),
        codes: Vec::new(),
        budget: Vec::new(),
        sections: Vec::new(),
        listed: 1,
        again: 0,
        chart: Chart::default(),
        differs: false,
        costs: Vec::new(),
        more_costs: 0,
        directions: Vec::new(),
        more_directions: 0,
        outlines: Vec::new(),
        more_outlines: 0,
        listings: vec![ListingView {
            sheet: SheetLink::sample("見本の計画"),
            ..ListingView::default()
        }],
        pagination: Pagination::new(1, 1, |_| String::new()),
        table: Vec::new(),
    }
}

fn cost(year: u16, amounts: &[&str], differs: bool) -> CostView {
    let part = |amount: &&str| {
        (
            ValueView::sample(amount, Settled::Printed),
            SheetLink::sample("施策評価"),
        )
    };
    CostView {
        year: FiscalYear::new(year).into(),
        parts: amounts.iter().map(part).collect(),
        more: 0,
        sum: if amounts.len() > 1 {
            AmountView::sample("3,690千円", 3_690_000)
        } else {
            AmountView::default()
        },
        again: amounts.len() - 1,
        differs,
    }
}

fn direction(sign: &str, word: &str, settled: Settled) -> DirectionView {
    DirectionView {
        axis: "事業の方向性".to_owned(),
        sign: sign.to_owned(),
        value: Some(ValueView::sample(word, settled)),
        sheet: SheetLink::sample("施策評価"),
    }
}

fn chart() -> Chart {
    let amount = |yen| Money::of(yen, MoneyUnit::ThousandYen);
    let years = [(2023, amount(1_230)), (2024, amount(2_460)), (2025, None)];
    let years = years
        .into_iter()
        .filter_map(|(y, money)| Some((FiscalYear::new(y)?, money)));
    Chart::of_money(&MoneySeries {
        id: "chart-money".to_owned(),
        table: "money".to_owned(),
        name: "事業費".to_owned(),
        years: years.collect(),
    })
}

fn filled(name: &str, rows: usize) -> ProjectPage {
    let (printed, proven) = (Settled::Printed, Settled::Proven);
    let listing = ListingView {
        sheet: SheetLink::sample("施策評価"),
        name: Some(ValueView::sample(name, printed)),
        tags: vec!["拡充分".to_owned()],
        again: true,
        original: Some(Link::new("/sheets/2", "テーマ2「見本」")),
    };
    let named = |name: &str, when: &str| NameView {
        name: name.to_owned(),
        when: when.to_owned(),
    };
    let outline = OutlineView {
        year: YearView::sample(),
        text: Some(ValueView::sample("実施箇所を増やします。", printed)),
        plan: "見本の計画".to_owned(),
    };
    ProjectPage {
        names: vec![
            named(name, "令和6年度"),
            named("旧・見本の事業", "令和4年度から令和5年度まで"),
        ],
        codes: vec!["01234".to_owned(), "05678".to_owned()],
        budget: vec!["一般会計 款-項-目 3-2-1".to_owned()],
        sections: vec![
            Link::new("/sections/1", "みどり課"),
            Link::new("", "名のない課"),
        ],
        listed: rows,
        again: rows / 2,
        chart: chart(),
        differs: true,
        costs: vec![
            cost(2023, &["1,230千円"], false),
            cost(2024, &["1,230千円", "2,460千円"], true),
            cost(2024, &["2,400千円"], true),
        ],
        directions: vec![
            direction("↑", "拡大", printed),
            direction("↗", "改善", proven),
            direction("→", "維持", printed),
            direction("↓", "縮小", printed),
            direction("×", "廃止", printed),
        ],
        outlines: vec![outline; rows.min(12)],
        listings: vec![listing; rows],
        pagination: Pagination::new(rows * 3, rows + 1, |from| {
            format!("/projects/1?from={from}")
        }),
        ..empty(name)
    }
}
