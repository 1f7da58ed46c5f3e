//! A sheet: PLAN, DO, CHECK and ACTION in the order of the scheme, every value with its place.

mod fields;
mod indicators;
mod projects;
mod samples;
mod summary;
mod table;
mod window;
mod years;

pub use fields::{FieldBody, FieldView, GradeView, SectionView, TextView};
pub use indicators::{IndicatorView, StepsView, YearRow};
pub use projects::{CountView, OutlineView, ProjectRow, ProjectTable};
pub use summary::SummaryView;
pub use window::PartView;

use crate::Site;
use crate::asked::Asked;
use crate::chart::Chart;
use crate::chart::schedule::ScheduleSeries;
use crate::error::PageError;
use crate::lookup;
use crate::page::{self, Format, Layout, Link, Page};
use crate::paper;
use crate::table::Table;
use crate::view::crumbs;
use crate::view::edition;
use crate::view::finding::FindingView;
use crate::view::value::ValueView;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::quantity::YearView;
use meguri_app::read::values::{self, Values};
use meguri_app::read::{Entry, Found, Library, Linked, urls, whole};
use meguri_core::evaluation::Sheet;
use meguri_core::links::Kind;
use meguri_core::plan::ScheduleStep;
use meguri_core::summary::rates::reached_count;
use meguri_core::summary::way_to;
use serde::Serialize;

/// The page.
#[derive(Debug, Serialize, Template)]
#[template(path = "sheet.html")]
pub struct SheetPage {
    /// Head and foot.
    #[serde(skip)]
    pub layout: Layout,
    /// How it is called.
    pub label: String,
    /// The evaluated year.
    pub year: YearView,
    /// What it comes to.
    pub summary: SummaryView,
    /// The nodes above it and itself: level, number and name.
    pub path: Vec<NodeView>,
    /// The steps of its programme, where it is one.
    pub schedule: Vec<ScheduleView>,
    /// The same as bars.
    #[serde(skip)]
    pub schedule_chart: Chart,
    /// Its first line in the source.
    pub line_href: String,
    /// PLAN, DO …
    pub phases: Vec<PhaseView>,
    /// What was found in it.
    pub findings: Vec<FindingView>,
    /// What could not be settled.
    pub unsettled: Vec<UnsettledView>,
    /// The same in other years, and the comparison with the year before.
    pub other_years: Vec<Link>,
    /// Which part of it is shown, where it is too much for a page.
    #[serde(skip)]
    pub part: PartView,
    /// The sheet before.
    pub previous: Option<Link>,
    /// The sheet after.
    pub next: Option<Link>,
}

/// A node of the way to the sheet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NodeView {
    /// The name of its level.
    pub level: String,
    /// Its number and name.
    pub name: String,
    /// The page of its value, where it is the sheet's own.
    pub value: Option<ValueView>,
}

/// One step of a programme's schedule.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ScheduleView {
    /// Its year; `年度不明` where the text lost the column.
    pub year: String,
    /// The word.
    pub word: Option<ValueView>,
}

/// One phase with its fields.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseView {
    /// As printed: `PLAN`.
    pub label: &'static str,
    /// In Japanese.
    pub name: &'static str,
    /// Its fields in the order of the scheme.
    pub fields: Vec<FieldView>,
}

/// A place that could not be settled.
#[derive(Clone, Debug, Default, Serialize)]
pub struct UnsettledView {
    /// The field.
    pub field: String,
    /// Where.
    pub place: String,
    /// Why.
    pub why: String,
    /// What may belong there.
    pub candidates: Vec<String>,
    /// Its line.
    pub line: u32,
    /// The line in the source.
    pub line_href: String,
}

/// What the parts of the page are made from.
struct Context<'a> {
    linked: &'a Linked,
    entry: &'a Entry,
    sheet: &'a Sheet,
    number: usize,
    values: &'a Values,
    findings: &'a [&'a Found],
}

impl Context<'_> {
    /// A value by its place, with its link.
    fn shown(&self, place: &str) -> Option<ValueView> {
        let value = self.values.get(place)?;
        let found = self
            .findings
            .iter()
            .any(|finding| value.is_meant_by(finding));
        Some(ValueView {
            found,
            ..ValueView::new(value, urls::value(self.entry, self.number, &value.id))
        })
    }

    /// The page of a project or indicator of the sheet, from 1; empty where it has none.
    fn page_of(&self, kind: Kind, number: usize) -> String {
        let id = self
            .linked
            .on_sheet(kind, self.entry, self.number, number - 1);
        let address = if kind == Kind::Project {
            urls::project
        } else {
            urls::indicator
        };
        id.map_or_else(String::new, address)
    }

    /// Sections with their pages.
    fn sections(&self, names: Vec<ValueView>) -> Vec<SectionView> {
        let page = |name: &ValueView| self.linked.section(&name.text).map(urls::section);
        let each = names.into_iter();
        each.map(|name| SectionView {
            page: page(&name).unwrap_or_default(),
            name,
        })
        .collect()
    }

    /// The values of one list: `section-1`, `section-2` …
    fn each(&self, head: &str, count: usize) -> Vec<ValueView> {
        (1..=count)
            .filter_map(|number| self.shown(&format!("{head}-{number}")))
            .collect()
    }
}

/// `GET /sheets/{sheet}`, `GET /sheets/{sheet}/{version}`
pub(crate) async fn show(State(site): State<Site>, asked: Asked) -> Result<Response, PageError> {
    let (entry, number, sheet) = lookup::sheet(&site.library, &asked)?;
    if asked.format.is_file() {
        return paper::answer(&site, entry, vec![number], asked.format);
    }
    let page = SheetPage::new(&site.library, entry, number, sheet);
    let page = match asked.format {
        Format::Html => page.part(
            asked.count("part", 1)? as usize,
            &urls::sheet(entry, number),
            page::asked_look(),
        ),
        _ => page,
    };
    page::answer(&page, asked.format)
}

impl SheetPage {
    /// The page of a sheet.
    #[must_use]
    pub fn new(library: &Library, entry: &Entry, number: usize, sheet: &Sheet) -> Self {
        let values = values::of_sheet(entry, sheet);
        let findings: Vec<&Found> = entry.findings_on(number).collect();
        let (values, findings) = (&values, findings.as_slice());
        let linked = library.linked();
        let context = Context {
            linked,
            entry,
            sheet,
            number,
            values,
            findings,
        };
        let crumbs = crumbs::ancestors(entry, sheet.node);
        let path = path(&context);
        let neighbour = |number: usize| {
            let sheet = entry.sheet(number)?;
            Some(Link::new(urls::sheet(entry, number), sheet.label.clone()))
        };
        Self {
            layout: Layout::new(sheet.label.clone(), crumbs, &urls::sheet(entry, number))
                .with_csv(&urls::sheet(entry, number))
                .with_papers(&urls::sheet(entry, number))
                .described(description(entry, sheet))
                .noticed(edition::old_sheet(library, entry, number)),
            label: sheet.label.clone(),
            year: sheet.year.into(),
            summary: summary::of(library, &context, &path),
            path,
            schedule: schedule(&context),
            schedule_chart: schedule_chart(&context),
            line_href: urls::line(entry, sheet.line.max(1)),
            phases: fields::phases(&context),
            findings: findings
                .iter()
                .map(|f| FindingView::new(entry, f))
                .collect(),
            unsettled: unsettled(&context),
            other_years: years::links(library, entry, number),
            part: PartView::default(),
            previous: neighbour(number - 1),
            next: neighbour(number + 1),
        }
    }
}

/// What the sheet has, for who finds it elsewhere.
fn description(entry: &Entry, sheet: &Sheet) -> String {
    let year = sheet
        .year
        .map_or_else(String::new, |year| format!("{year}の"));
    let mut parts = Vec::new();
    for judgement in sheet.judgements.iter().take(2) {
        let label = entry.field_label(&judgement.field);
        parts.push(format!(
            "{label}は「{}」",
            whole::name(&judgement.value.value)
        ));
    }
    let count = reached_count(std::iter::once(sheet), whole::scheme(entry));
    if count.rated > 0 {
        let (reached, rated) = (count.reached, count.rated);
        parts.push(format!("指標{rated}件のうち{reached}件が目標を達成"));
    } else if count.all > 0 {
        parts.push(format!("指標{}件", count.all));
    }
    if !sheet.listings.is_empty() {
        parts.push(format!("事業{}件", sheet.listings.len()));
    }
    let said = match parts.is_empty() {
        true => "記載の内容です".to_owned(),
        false => parts.join("、"),
    };
    format!(
        "「{}」の{year}「{}」。{said}。",
        entry.plan_name(),
        whole::name(&sheet.label),
    )
}

/// The nodes from the top down to the sheet's own.
fn path(context: &Context<'_>) -> Vec<NodeView> {
    let plan = &context.entry.document.plan;
    let own = context.sheet.node.filter(|id| plan.node(*id).is_some());
    let way = own
        .map(|id| way_to(plan, id))
        .unwrap_or_default()
        .into_iter();
    way.filter_map(|id| {
        let node = plan.node(id)?;
        Some(NodeView {
            level: context.entry.level_label(&node.level),
            name: whole::name(&whole::title(node)),
            value: if own == Some(id) {
                context.shown("node-name")
            } else {
                None
            },
        })
    })
    .collect()
}

/// The steps of the sheet's programme.
fn steps<'a>(context: &'a Context<'_>) -> &'a [ScheduleStep] {
    let node = context
        .sheet
        .node
        .and_then(|id| context.entry.document.plan.node(id));
    let steps = node
        .and_then(|node| node.programme.as_ref())
        .map(|programme| &programme.schedule);
    steps.map_or(&[][..], Vec::as_slice)
}

fn schedule_chart(context: &Context<'_>) -> Chart {
    let steps = steps(context).iter();
    let steps = steps.map(|step| (step.year, step.word.value.clone()));
    Chart::of_schedule(&ScheduleSeries {
        id: "chart-schedule".to_owned(),
        table: "schedule".to_owned(),
        name: context.sheet.label.clone(),
        steps: steps.collect(),
    })
}

fn schedule(context: &Context<'_>) -> Vec<ScheduleView> {
    steps(context)
        .iter()
        .enumerate()
        .map(|(index, step)| ScheduleView {
            year: step
                .year
                .map_or_else(|| "年度不明".to_owned(), |year| year.to_string()),
            word: context.shown(&format!("schedule-{}", index + 1)),
        })
        .collect()
}

/// The unsettled places between this sheet's first line and the next one's.
fn unsettled(context: &Context<'_>) -> Vec<UnsettledView> {
    let lines = context.entry.lines_of(context.sheet);
    let places = context.entry.document.unsettled.iter();
    let places = places.filter(|place| lines.contains(&place.line));
    places
        .map(|place| UnsettledView {
            field: place.field.clone(),
            place: place.place.clone(),
            why: place.why.clone(),
            candidates: place.candidates.clone(),
            line: place.line,
            line_href: urls::line(context.entry, place.line),
        })
        .collect()
}

impl Page for SheetPage {
    const NAME: &'static str = "sheet";

    fn samples() -> Vec<(&'static str, Self)> {
        samples::samples()
    }

    fn csv(&self) -> Option<Table> {
        Some(table::table(self))
    }
}
