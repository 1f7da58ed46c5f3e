//! Money made up to look at.

use super::{MoneyGroup, MoneyPage, MoneyRow, ProjectMoney, TABLE};
use crate::chart::Chart;
use crate::page::{Layout, Link};
use crate::view::crumbs::home;
use crate::view::money::{self as by_year, AmountLine, ChangeView};
use crate::view::pagination::Pagination;
use crate::view::samples::ODD_NAME;
use meguri_app::read::quantity::{AmountView, YearView};
use meguri_core::fiscal_year::FiscalYear;

pub(super) fn samples() -> Vec<(&'static str, MoneyPage)> {
    let empty = MoneyPage {
        layout: Layout::new("見本の計画の事業費", vec![home()], "/plans/midterm/money"),
        name: "見本の計画".to_owned(),
        years: Vec::new(),
        amount: "事業費".to_owned(),
        totals: Vec::new(),
        shown: YearView::default(),
        orders: Vec::new(),
        others: Vec::new(),
        rows: Vec::new(),
        whole: Vec::new(),
        relisted: 0,
        chart: Chart::default(),
        changes: Vec::new(),
        groups: Vec::new(),
        pagination: Pagination::default(),
        of_one: false,
        all_href: String::new(),
    };
    vec![
        ("empty", empty),
        ("states", filled("見本のまちづくり", 3, 2)),
        ("odd-names", filled(ODD_NAME, 2, 1)),
        ("longest", filled(&"長い名前の事業".repeat(6), 24, 5)),
    ]
}

/// A sum for each of four years.
fn four_sums() -> Vec<AmountView> {
    vec![
        AmountView::sample("1,234千円", 1_234_000),
        AmountView::default(),
        AmountView::sample("0千円", 0),
        AmountView::sample("999,999,999千円", 999_999_999_000),
    ]
}

fn filled(name: &str, projects: usize, sheets: usize) -> MoneyPage {
    let years = [2021, 2022, 2023, 2024];
    let sums = four_sums();
    let sheet = Link::new("/plans/midterm/sheets/1", name);
    let row = MoneyRow {
        sheet: sheet.clone(),
        detail: "/plans/midterm/money?sheet=1".to_owned(),
        sums: sums.clone(),
        about: "約12億円".to_owned(),
        share: "34.5％".to_owned(),
        bar: 35,
        rank: (None, None),
        change: "+998,765千円（+12.3％）".to_owned(),
    };
    let project = ProjectMoney {
        name: name.to_owned(),
        tags: vec!["拡充分".to_owned(), "再掲".to_owned()],
        costs: sums.clone(),
    };
    let group = MoneyGroup {
        sheet,
        rows: vec![project; projects],
        sums: sums.clone(),
        totals: vec![(
            "令和3年度".to_owned(),
            "1,235千円".to_owned(),
            "不一致".to_owned(),
        )],
        allowance: "1.5千円".to_owned(),
    };
    let change = ChangeView {
        years: "令和3年度から令和4年度".to_owned(),
        difference: "-1,234千円".to_owned(),
        percent: "-100.0％".to_owned(),
        steps: vec!["0千円 － 1,234千円 ＝ -1,234千円".to_owned()],
    };
    let bare = ChangeView {
        percent: String::new(),
        ..change.clone()
    };
    MoneyPage {
        layout: Layout::new("見本の計画の事業費", vec![home()], "/plans/midterm/money"),
        name: "見本の計画".to_owned(),
        years: years.map(|year| FiscalYear::new(year).into()).to_vec(),
        amount: "事業費（決算額）".to_owned(),
        totals: vec![AmountLine {
            label: "令和6年度の事業費（決算額）".to_owned(),
            about: "約522億円".to_owned(),
            exact: AmountView::sample("52,175,759千円", 52_175_759_000),
        }],
        shown: YearView::sample(),
        orders: vec![
            (Link::new("/plans/midterm/money", "計画の順"), true),
            (
                Link::new("/plans/midterm/money?sort=amount", "金額の大きい順"),
                false,
            ),
        ],
        others: vec![Link::new("/plans/midterm/money", name)],
        rows: vec![row; sheets],
        whole: sums,
        relisted: 2,
        chart: by_year::sample_chart(TABLE),
        changes: vec![change, bare],
        groups: vec![group; sheets],
        pagination: Pagination::default(),
        of_one: true,
        all_href: "/plans/midterm/money".to_owned(),
    }
}
