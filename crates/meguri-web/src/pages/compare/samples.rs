//! Comparisons made up to look at.

use super::differences::pieces;
use super::{ComparePage, IndicatorRow, MoneyLine, NodeRow, ProjectRow, StateRow, TextRow};
use crate::page::{Layout, Link};
use crate::view::crumbs::home;
use crate::view::money::ChangeView;
use crate::view::samples::ODD_NAME;
use meguri_app::read::quantity::{AmountView, FigureView};
use meguri_app::read::urls;

pub(super) fn samples() -> Vec<(&'static str, ComparePage)> {
    let mut empty = bare();
    let nothing = ComparePage {
        name: "見本の計画".to_owned(),
        ..filled("", 0)
    };
    empty.pairs.clear();
    empty.message = "「見本の計画」には令和9年度の記載がありません。".to_owned();
    vec![
        ("form", bare()),
        ("message", empty),
        ("nothing", nothing),
        ("states", filled("見本のまちづくり", 2)),
        ("odd-names", filled(ODD_NAME, 1)),
        ("longest", filled(&"長い名前の施策".repeat(8), 18)),
    ]
}

fn bare() -> ComparePage {
    ComparePage {
        layout: Layout::new("前年度との比較", vec![home()], urls::COMPARE),
        plans: vec![
            (
                Link::new("/compare?plan=evaluation&from=2023&to=2024", ODD_NAME),
                true,
            ),
            (
                Link::new("/compare?plan=midterm&from=2023&to=2024", "見本の計画"),
                false,
            ),
        ],
        pairs: vec![
            (
                Link::new(
                    "/compare?plan=evaluation&from=2023&to=2024",
                    "令和5年度と令和6年度"
                ),
                true,
            );
            2
        ],
        ..ComparePage::default()
    }
}

fn node(word: &'static str, before: String, after: String) -> NodeRow {
    NodeRow {
        word,
        level: "施策".into(),
        before,
        after,
    }
}

fn filled(name: &str, rows: usize) -> ComparePage {
    let words = || name.to_owned();
    let sheet = Link::new("/plans/evaluation/sheets/1", name);
    let state = |way, sign, before: &str| StateRow {
        sheet: sheet.clone(),
        label: "評価".to_owned(),
        before: before.to_owned(),
        after: "A".to_owned(),
        way,
        sign,
    };
    let indicator = IndicatorRow {
        sheet: sheet.clone(),
        label: format!("{name}（％）"),
        actuals: (FigureView::parse("4以上"), FigureView::default()),
        rates: (FigureView::parse("100.0％"), FigureView::default()),
        difference: "＋4".to_owned(),
        way: "増加",
        sign: "↑",
        relation: "達成 → 未達成".to_owned(),
    };
    let project = ProjectRow {
        sheet: sheet.clone(),
        name: words(),
        cost: AmountView::sample("1千円", 1_000),
    };
    let money = MoneyLine {
        sheet: sheet.clone(),
        before: AmountView::sample("1千円", 1_000),
        after: AmountView::default(),
        change: "+1千円（+100.0％）".to_owned(),
    };
    let both = MoneyLine {
        after: AmountView::sample("2千円", 2_000),
        ..money.clone()
    };
    ComparePage {
        name: words(),
        from: "令和5年度".to_owned(),
        to: "令和6年度".to_owned(),
        sheet: Some(sheet.clone()).filter(|_| rows == 1),
        nodes: [
            node("新規", String::new(), words()),
            node("終了", words(), String::new()),
        ]
        .into_iter()
        .filter(|_| rows > 0)
        .collect(),
        states: vec![[state("向上", "↑", "B"), state("変更", "◇", "")]; rows].concat(),
        indicators: vec![indicator; rows],
        more_indicators: rows,
        new_projects: vec![project.clone(); rows],
        ended_projects: vec![project; rows],
        more_projects: rows,
        money: vec![[both, money]; rows].concat(),
        whole: Some(ChangeView {
            years: "令和5年度から令和6年度".to_owned(),
            difference: "+1千円".to_owned(),
            percent: "+1.0％".to_owned(),
            steps: vec!["2千円 － 1千円 ＝ 1千円".to_owned()],
        })
        .filter(|_| rows > 0),
        texts: vec![texts(name); rows].concat(),
        amount: "事業費（決算額）".to_owned(),
        notes: vec!["令和5年度には事業の一覧がありません。".to_owned()],
        ..bare()
    }
}

/// A text of one year alone, and one that was changed.
fn texts(name: &str) -> [TextRow; 2] {
    let beside = TextRow {
        label: "成果".to_owned(),
        after: vec![name.to_owned(); 2],
        ..TextRow::default()
    };
    let (before, after) = (
        vec![format!("{name}を3回行った。")],
        vec![format!("{name}を5回行った。")],
    );
    let pieces = pieces(&before, &after);
    let changed = TextRow {
        label: "課題".to_owned(),
        before,
        after,
        pieces,
    };
    [beside, changed]
}
