//! The matrix of a plan (評価の一覧表): groups by grades with the sheets in the cells, directions of
//! next year by sheet, and the schedule of programmes by year.

use crate::Site;
use crate::asked::Asked;
use crate::error::PageError;
use crate::lookup::document;
use crate::page::{self, Format, Layout, Link, Page};
use crate::table::{self, Column, Table};
use crate::view::crumbs::{home, way_to_plan};
use crate::view::pagination::Pagination;
use crate::view::samples::ODD_NAME;
use crate::view::state::{self, StateView};
use crate::view::summary;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::quantity::YearView;
use meguri_app::read::{Entry, urls, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{NodeId, Programme};
use meguri_core::summary::Whole;
use serde::Serialize;
use std::collections::BTreeSet;

/// With more sheets than this, cells give numbers with their lists instead of names.
const NAMES: usize = 150;

/// Rows of a table on one page.
const ROWS: usize = 50;

/// Characters of a name in a cell.
const SHORT: usize = 24;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "matrix.html")]
pub struct MatrixPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// The plan's name.
    pub name: String,
    /// One table a judgement.
    pub grades: Vec<GradeTable>,
    /// One table an axis of directions.
    pub steps: Vec<StepTable>,
    /// The schedule; nothing where no programme has one.
    pub schedule: Option<ScheduleTable>,
    /// Which rows of the tables are shown.
    #[serde(skip)]
    pub pagination: Pagination,
}

/// Groups by values.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GradeTable {
    /// What is judged.
    pub label: String,
    /// The values in order.
    pub values: Vec<StateView>,
    /// One row a group, then all.
    pub rows: Vec<GradeRow>,
}

impl GradeTable {
    /// The cells of a row, each with the name of its column.
    fn labelled<'a>(&'a self, row: &'a GradeRow) -> impl Iterator<Item = (&'a str, &'a Cell)> {
        let names = self.values.iter().map(|state| state.value.as_str());
        names.chain(["記載なし"]).zip(&row.cells)
    }
}

/// One group.
#[derive(Clone, Debug, Default, Serialize)]
pub struct GradeRow {
    /// Its number and name.
    pub title: String,
    /// One cell a value, then the sheets without one.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// How many.
    pub count: usize,
    /// Which; empty where they are too many.
    pub sheets: Vec<Link>,
}

/// Sheets by directions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct StepTable {
    /// What is told.
    pub label: String,
    /// The directions in order.
    pub values: Vec<StateView>,
    /// One row a sheet: its page, and how many of each.
    pub rows: Vec<(Link, Vec<usize>)>,
    /// All together, each project once.
    pub all: Vec<usize>,
    /// Rows that are counted in an earlier place.
    pub relisted: usize,
}

/// Programmes by years.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ScheduleTable {
    /// The years.
    pub years: Vec<YearView>,
    /// One row a programme: its page, its words by year, and words of an unknown year.
    pub rows: Vec<(Link, Vec<String>, String)>,
    /// Has any row words of an unknown year?
    pub has_unknown: bool,
}

/// `GET /plans/{plan}/matrix`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let entry = document(&site, &asked)?;
    let page = MatrixPage::new(entry);
    let page = match asked.format {
        Format::Html => page.window(asked.count("from", 1)? as usize, &urls::matrix(entry)),
        _ => page,
    };
    page::answer(&page, asked.format)
}

impl MatrixPage {
    /// The matrix of a document.
    #[must_use]
    pub fn new(entry: &Entry) -> Self {
        let whole = whole::of(entry);
        let title = format!("{}の評価の一覧表", entry.plan_name());
        Self {
            layout: Layout::new(title, way_to_plan(entry), &urls::matrix(entry))
                .with_csv(&urls::matrix(entry))
                .described(format!(
                    "「{}」の評価、今後の動向、年次計画を一つの表で見渡せます。",
                    entry.plan_name()
                ))
                .called("評価の一覧表"),
            name: entry.plan_name().to_owned(),
            grades: grades(entry, &whole),
            steps: steps(entry, &whole),
            schedule: schedule(entry, &whole),
            pagination: Pagination::default(),
        }
    }

    /// Keeps the rows of all tables from one on, as many as a page has place for; sums stay.
    #[must_use]
    pub fn window(mut self, from: usize, address: &str) -> Self {
        let grades = self
            .grades
            .iter()
            .map(|table| table.rows.len().saturating_sub(1));
        let steps = self.steps.iter().map(|table| table.rows.len());
        let schedule = self.schedule.iter().map(|table| table.rows.len());
        let longest = grades.chain(steps).chain(schedule).max().unwrap_or(0);
        let pagination = Pagination::of(longest, from, ROWS, |from| {
            urls::with_query(address, &[("from", &from.to_string())])
        });
        for table in &mut self.grades {
            let all = table.rows.pop();
            table.rows = pagination.cut(&table.rows).to_vec();
            table.rows.extend(all);
        }
        for table in &mut self.steps {
            table.rows = pagination.cut(&table.rows).to_vec();
        }
        if let Some(table) = &mut self.schedule {
            table.rows = pagination.cut(&table.rows).to_vec();
        }
        Self { pagination, ..self }
    }

    /// Is there anything to show?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.grades.is_empty() && self.steps.is_empty() && self.schedule.is_none()
    }
}

fn link(entry: &Entry, whole: &Whole<'_>, index: usize, sheet: &Sheet) -> Link {
    let node = sheet.node.and_then(|id| whole.plan.node(id));
    let title = match node.filter(|node| node.name.is_some()) {
        Some(node) => whole::title(node),
        None => sheet.label.clone(),
    };
    Link::new(urls::sheet(entry, index + 1), whole::cut(&title, SHORT))
}

fn grades(entry: &Entry, whole: &Whole<'_>) -> Vec<GradeTable> {
    let parent = |sheet: &Sheet| {
        let id = sheet.node?;
        whole.plan.node(id)?.parent.filter(|parent| *parent < id)
    };
    let counts =
        meguri_core::summary::states::judgements(whole, &whole.sheets, whole::scheme(entry));
    let shown = summary::judgements(entry, whole, &whole.sheets);
    counts
        .iter()
        .zip(shown)
        .map(|(counts, shown)| {
            let key = &counts.key;
            // A sheet of a level that is not judged by this field belongs to no cell.
            let could = |sheet: &Sheet| {
                sheet.judgement(key).is_some()
                    || entry.fields(sheet).iter().any(|field| field.key == *key)
            };
            let all = whole.sheets.iter().copied().enumerate();
            let sheets: Vec<(usize, &Sheet)> = all.filter(|(_, sheet)| could(sheet)).collect();
            let mut groups: Vec<Option<NodeId>> = Vec::new();
            for (_, sheet) in &sheets {
                if !groups.contains(&parent(sheet)) {
                    groups.push(parent(sheet));
                }
            }
            let values: Vec<StateView> = shown.rows.into_iter().map(|row| row.state).collect();
            let cells = |within: &dyn Fn(&Sheet) -> bool, named: bool| -> Vec<Cell> {
                let wanted = values
                    .iter()
                    .map(|state| Some(state.value.as_str()))
                    .chain([None]);
                let cell = |value: Option<&str>| {
                    let is = |sheet: &Sheet| {
                        sheet.judgement(key).map(|j| j.value.value.as_str()) == value
                    };
                    let found: Vec<&(usize, &Sheet)> = sheets
                        .iter()
                        .filter(|(_, sheet)| within(sheet) && is(sheet))
                        .collect();
                    let links = found.iter().filter(|_| named && sheets.len() <= NAMES);
                    let sheets = links.map(|(index, sheet)| link(entry, whole, *index, sheet));
                    Cell {
                        count: found.len(),
                        sheets: sheets.collect(),
                    }
                };
                wanted.map(cell).collect()
            };
            let mut rows: Vec<GradeRow> = groups
                .iter()
                .map(|group| GradeRow {
                    title: match group {
                        Some(node) => whole::title_with_level(entry, whole, *node),
                        None => "（上位の体系なし）".to_owned(),
                    },
                    cells: cells(&|sheet| parent(sheet) == *group, true),
                })
                .collect();
            rows.push(GradeRow {
                title: "計".to_owned(),
                cells: cells(&|_| true, false),
            });
            GradeTable {
                label: counts.label.clone(),
                values,
                rows,
            }
        })
        .collect()
}

fn steps(entry: &Entry, whole: &Whole<'_>) -> Vec<StepTable> {
    let all = summary::next_steps(entry, &whole.sheets);
    all.into_iter()
        .map(|axis| {
            let values: Vec<StateView> = axis.rows.iter().map(|row| row.state.clone()).collect();
            let rows = whole
                .sheets
                .iter()
                .enumerate()
                .filter_map(|(index, sheet)| {
                    let own = summary::next_steps(entry, &[*sheet]);
                    let own = own.into_iter().find(|own| own.label == axis.label)?;
                    let number = |state: &StateView| {
                        own.rows
                            .iter()
                            .find(|row| row.state == *state)
                            .map_or(0, |row| row.count)
                    };
                    Some((
                        link(entry, whole, index, sheet),
                        values.iter().map(number).collect(),
                    ))
                });
            StepTable {
                label: axis.label.clone(),
                rows: rows.collect(),
                all: axis.rows.iter().map(|row| row.count).collect(),
                relisted: axis.left_out.iter().map(|left| left.count).sum(),
                values,
            }
        })
        .collect()
}

fn schedule(entry: &Entry, whole: &Whole<'_>) -> Option<ScheduleTable> {
    let sheets = whole.sheets.iter().copied().enumerate();
    let programmes: Vec<(usize, &Sheet, &Programme)> = sheets
        .filter_map(|(index, sheet)| {
            let programme = whole.plan.node(sheet.node?)?.programme.as_ref()?;
            (!programme.schedule.is_empty()).then_some((index, sheet, programme))
        })
        .collect();
    let steps = programmes
        .iter()
        .flat_map(|(_, _, programme)| &programme.schedule);
    let years: BTreeSet<FiscalYear> = steps.filter_map(|step| step.year).collect();
    let words = |programme: &Programme, year: Option<FiscalYear>| {
        let of_year = programme.schedule.iter().filter(|step| step.year == year);
        of_year
            .map(|step| step.word.value.as_str())
            .collect::<Vec<_>>()
            .join("・")
    };
    let rows: Vec<(Link, Vec<String>, String)> = programmes
        .iter()
        .map(|(index, sheet, programme)| {
            let by_year = years
                .iter()
                .map(|year| words(programme, Some(*year)))
                .collect();
            (
                link(entry, whole, *index, sheet),
                by_year,
                words(programme, None),
            )
        })
        .collect();
    let has_unknown = rows.iter().any(|(_, _, unknown)| !unknown.is_empty());
    let years = years.into_iter().map(YearView::from).collect();
    (!rows.is_empty()).then_some(ScheduleTable {
        years,
        rows,
        has_unknown,
    })
}

impl Page for MatrixPage {
    const NAME: &'static str = "matrix";

    fn samples() -> Vec<(&'static str, Self)> {
        let of = |grades, steps, schedule| Self {
            layout: Layout::new(
                "見本の計画の評価の一覧表",
                vec![home()],
                "/plans/evaluation/matrix",
            ),
            name: "見本の計画".to_owned(),
            grades,
            steps,
            schedule,
            pagination: Pagination::default(),
        };
        let filled = |name: &str, rows: usize| {
            let link = Link::new("/plans/evaluation/sheets/1", name);
            let cell = Cell {
                count: 2,
                sheets: vec![link.clone(); 2],
            };
            let cells = vec![
                cell,
                Cell::default(),
                Cell {
                    count: 1,
                    sheets: vec![link.clone()],
                },
            ];
            let row = GradeRow {
                title: name.to_owned(),
                cells,
            };
            let values = vec![state::sample("○", "A"), state::sample("", "評価<外>")];
            let grades = GradeTable {
                label: "評価".to_owned(),
                values: values.clone(),
                rows: vec![row; rows],
            };
            let steps = StepTable {
                label: "来年度の動向".to_owned(),
                values,
                rows: vec![(link.clone(), vec![3, 0]); rows],
                all: vec![3, 0],
                relisted: 2,
            };
            let years = vec![YearView::sample(); 2];
            let words = vec!["準備・実施".to_owned(), String::new()];
            let schedule = ScheduleTable {
                years,
                rows: vec![(link, words, "検証".to_owned()); rows],
                has_unknown: true,
            };
            of(vec![grades], vec![steps], Some(schedule))
        };
        vec![
            ("empty", of(Vec::new(), Vec::new(), None)),
            ("states", filled("1 見本のまちづくり", 3)),
            ("odd-names", filled(ODD_NAME, 2)),
            (
                "longest",
                filled(&"長い名前の施策".repeat(4), 160).window(51, "/plans/evaluation/matrix"),
            ),
        ]
    }

    fn csv(&self) -> Option<Table> {
        let mut table = Table::new(&[
            Column::Text("表"),
            Column::Text("区分・名称"),
            Column::Text("列"),
            Column::Number("年度（西暦）"),
            Column::Number("件数"),
            Column::Text("予定"),
            Column::Text("該当するもの"),
        ]);
        let mut counted = |cells: [&str; 3], count: usize, names: &str| {
            let mut row = cells.map(table::Cell::from).to_vec();
            row.extend([
                table::Cell::Empty,
                count.into(),
                table::Cell::Empty,
                names.into(),
            ]);
            table.rows.push(row);
        };
        for grades in &self.grades {
            for row in &grades.rows {
                for (value, cell) in grades.labelled(row) {
                    let names: Vec<&str> = cell.sheets.iter().map(|s| s.text.as_str()).collect();
                    let cells = [grades.label.as_str(), &row.title, value];
                    counted(cells, cell.count, &names.join("、"));
                }
            }
        }
        for steps in &self.steps {
            let rows = steps
                .rows
                .iter()
                .map(|(link, counts)| (link.text.as_str(), counts));
            for (name, counts) in rows.chain([("合計", &steps.all)]) {
                for (state, count) in steps.values.iter().zip(counts) {
                    counted([&steps.label, name, &state.value], *count, "");
                }
            }
        }
        for (schedule, row) in self
            .schedule
            .iter()
            .flat_map(|s| s.rows.iter().map(move |r| (s, r)))
        {
            let mut add = |year: String, calendar: Option<i64>, word: &str| {
                table.rows.push(vec![
                    "年次計画".into(),
                    (&row.0.text).into(),
                    year.into(),
                    calendar.into(),
                    table::Cell::Empty,
                    word.into(),
                    table::Cell::Empty,
                ]);
            };
            for (year, word) in schedule.years.iter().zip(&row.1) {
                add(year.to_string(), year.calendar_year(), word);
            }
            if !row.2.is_empty() {
                add("年度不明".to_owned(), None, &row.2);
            }
        }
        Some(table)
    }
}
