//! A sheet as a table: one row a value of an indicator or a cost of a project in a year.

use super::{FieldBody, IndicatorShown, ProjectTable, SheetPage};
use crate::web::pages::shown::Shown;
use crate::web::table::Table;

const HEAD: [&str; 10] = [
    "シート",
    "評価年度",
    "種別",
    "会計",
    "番号・コード",
    "名称",
    "年度",
    "項目",
    "値",
    "原文の行",
];

/// The indicators by year and the projects with their costs.
pub(super) fn table(page: &SheetPage) -> Table {
    let mut rows = Rows {
        page,
        table: Table::new(&HEAD),
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
    fn add(&mut self, about: &About<'_>, year: &str, what: &str, value: &str, line: Option<u32>) {
        let cells = [
            &self.page.label,
            &self.page.year,
            about.kind,
            about.account,
            about.code,
            about.name,
            year,
            what,
            value,
        ];
        let mut row = cells.map(str::to_owned).to_vec();
        row.push(line.map_or_else(String::new, |line| line.to_string()));
        self.table.rows.push(row);
    }

    fn shown(&mut self, about: &About<'_>, year: &str, what: &str, value: Option<&Shown>) {
        if let Some(value) = value {
            self.add(about, year, what, &value.text, Some(value.line));
        }
    }

    fn indicator(&mut self, indicator: &IndicatorShown) {
        let about = About {
            kind: "指標",
            account: "",
            code: "",
            name: &indicator.label,
        };
        if !indicator.unit.is_empty() {
            self.add(&about, "", "単位", &indicator.unit, None);
        }
        let year = &indicator.baseline_year;
        self.shown(&about, year, "基準値", indicator.baseline.as_ref());
        for row in &indicator.rows {
            for (what, value) in [
                ("目標", &row.target),
                ("見直し前の目標", &row.original),
                ("実績", &row.actual),
                ("達成率（印字）", &row.printed),
            ] {
                self.shown(&about, &row.year, what, value.as_ref());
            }
            if !row.computed.is_empty() {
                self.add(&about, &row.year, "達成率（計算）", &row.computed, None);
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
            for tag in &row.tags {
                self.add(&about, "", "印", tag, None);
            }
            for (year, cost) in table.years.iter().zip(&row.costs) {
                self.shown(&about, year, "事業費", cost.as_ref());
            }
            for (_, step) in &row.steps {
                self.shown(&about, "", "来年度の動向", step.as_ref());
            }
            // A project without any value is a row of the paper all the same.
            if row.tags.is_empty() && row.costs.is_empty() && row.steps.is_empty() {
                self.add(
                    &about,
                    "",
                    "掲載",
                    "",
                    row.name.as_ref().map(|name| name.line),
                );
            }
        }
    }
}
