//! A sheet as a table: one row a value of an indicator or a cost of a project in a year.

use super::{FieldBody, IndicatorView, ProjectTable, SheetPage};
use crate::table::{Cell, Column, Table};
use crate::view::value::ValueView;
use meguri_app::read::quantity::{FigureView, YearView};

const COLUMNS: [Column; 11] = [
    Column::Text("シート"),
    Column::Year("評価年度"),
    Column::Text("種別"),
    Column::Text("会計"),
    Column::Text("番号・コード"),
    Column::Text("名称"),
    Column::Year("年度"),
    Column::Text("項目"),
    Column::Text("単位"),
    Column::Figure("値"),
    Column::Number("原文の行"),
];

/// The indicators by year and the projects with their costs.
pub(super) fn table(page: &SheetPage) -> Table {
    let mut rows = Rows {
        page,
        table: Table::new(&COLUMNS),
    };
    for field in page.phases.iter().flat_map(|phase| &phase.fields) {
        match &field.body {
            FieldBody::Indicators(indicators) => indicators.iter().for_each(|i| rows.indicator(i)),
            FieldBody::Projects(tables) => tables.iter().for_each(|table| rows.projects(table)),
            _ => {}
        }
    }
    rows.table
}

/// What a row is about.
struct About<'a> {
    kind: &'a str,
    account: &'a str,
    code: &'a str,
    name: &'a str,
}

struct Rows<'a> {
    page: &'a SheetPage,
    table: Table,
}

impl Rows<'_> {
    /// A row: what of which year, in which unit, and the line in the source.
    fn add(&mut self, about: &About<'_>, what: (YearView, &str, &str), value: Cell, line: u32) {
        let (year, what, unit) = what;
        self.table.rows.push(vec![
            (&self.page.label).into(),
            self.page.year.into(),
            about.kind.into(),
            about.account.into(),
            about.code.into(),
            about.name.into(),
            year.into(),
            what.into(),
            unit.into(),
            value,
            (line > 0).then_some(i64::from(line)).into(),
        ]);
    }

    fn shown(
        &mut self,
        about: &About<'_>,
        what: (YearView, &str, &str),
        value: Option<&ValueView>,
    ) {
        if let Some(value) = value {
            self.add(about, what, value.into(), value.line);
        }
    }

    fn indicator(&mut self, indicator: &IndicatorView) {
        let about = About {
            kind: "指標",
            account: "",
            code: "",
            name: &indicator.label,
        };
        let unit = indicator.unit.as_str();
        let year = indicator.baseline_year;
        self.shown(&about, (year, "基準値", unit), indicator.baseline.as_ref());
        for row in &indicator.rows {
            for (what, unit, value) in [
                ("目標", unit, &row.target),
                ("見直し前の目標", unit, &row.original),
                ("実績", unit, &row.actual),
                ("達成率（印字）", "％", &row.printed),
            ] {
                self.shown(&about, (row.year, what, unit), value.as_ref());
            }
            if !row.computed.is_empty() {
                let rate = (&FigureView::parse(&row.computed)).into();
                self.add(&about, (row.year, "達成率（計算）", "％"), rate, 0);
            }
        }
    }

    fn projects(&mut self, table: &ProjectTable) {
        for row in &table.rows {
            let code = row
                .code
                .as_ref()
                .map_or(row.number.as_str(), |code| code.text.as_str());
            let name = row.name.as_ref().map_or("", |name| name.text.as_str());
            let about = About {
                kind: "事業",
                account: &table.account,
                code,
                name,
            };
            let none = YearView::default();
            let text = |text: &str| Cell::Figure(text.to_owned(), None);
            for tag in &row.tags {
                self.add(&about, (none, "印", ""), text(tag), 0);
            }
            for (year, cost) in table.years.iter().zip(&row.costs) {
                self.shown(&about, (*year, "事業費", "円"), cost.as_ref());
            }
            for (_, step) in &row.steps {
                self.shown(&about, (none, "来年度の動向", ""), step.as_ref());
            }
            // A project without any value is a row of the paper all the same.
            if row.tags.is_empty() && row.costs.is_empty() && row.steps.is_empty() {
                let line = row.name.as_ref().map_or(0, |name| name.line);
                self.add(&about, (none, "掲載", ""), Cell::Empty, line);
            }
        }
    }
}
