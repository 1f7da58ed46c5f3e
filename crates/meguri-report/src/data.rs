//! What a layout is given: the words and figures of a document, ready to be set, as plain data.
//!
//! Everything here is data for [`crate::layout`] and nothing is markup: a layout sees texts as
//! strings. Figures stand as the document prints them; sums and rates come from the core. The names
//! of the fields are the contract with layout files, those of cities too (`docs/report.md`).

pub mod field;
pub mod indicator;
pub mod overview;
pub mod project;
pub mod register;
pub mod sheet;

use crate::report::{Report, State};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::summary::way_to;
use serde::Serialize;
use sheet::SheetData;

/// All that a layout is given.
#[derive(Clone, Debug, Serialize)]
pub struct Data {
    /// Name of the municipality.
    pub city: String,
    /// Name of the plan.
    pub plan: String,
    /// What kind of document it is, in Japanese.
    pub kind: String,
    /// The title of the paper: years and name.
    pub title: String,
    /// The years of its sheets.
    pub years: Vec<Year>,
    /// 案: not published?
    pub draft: bool,
    /// Which version it is, in words.
    pub version: String,
    /// 正誤: what the version corrects; empty in the first.
    pub note: String,
    /// The day, in words.
    pub date: String,
    /// Year, month and day.
    pub day: [u16; 3],
    /// The whole book, with cover, contents and indexes?
    pub book: bool,
    /// Is there a run of letters that no line can break?
    pub long_words: bool,
    /// The levels of the plan from the top.
    pub levels: Vec<Named>,
    /// The nodes of the plan; a parent stands before its children.
    pub nodes: Vec<Node>,
    /// The sheets in order.
    pub sheets: Vec<SheetData>,
    /// Tables that the document prints of judgements by group.
    pub tallies: Vec<overview::TallyData>,
    /// What the sheets come to.
    pub overview: overview::Overview,
    /// The index of projects.
    pub projects: Vec<register::Line>,
    /// The index of sections.
    pub sections: Vec<register::Line>,
    /// The files that the paper carries.
    pub attachments: Vec<AttachmentData>,
}

/// A fiscal year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Year {
    /// `令和4年度`.
    pub long: String,
    /// `R4`.
    pub short: String,
    /// `2022`.
    pub western: u16,
}

/// A key with its word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// For layouts.
    pub key: String,
    /// For persons.
    pub label: String,
}

/// A node of the plan.
#[derive(Clone, Debug, Serialize)]
pub struct Node {
    /// The key of its level.
    pub level: String,
    /// The word for its level.
    pub level_label: String,
    /// Its number as printed.
    pub number: String,
    /// Its name.
    pub name: String,
    /// How deep it lies: 0 at the top.
    pub depth: usize,
    /// The place of the node above it.
    pub parent: Option<usize>,
    /// The places of its sheets in [`Data::sheets`].
    pub sheets: Vec<usize>,
}

/// A file that the paper carries.
#[derive(Clone, Debug, Serialize)]
pub struct AttachmentData {
    /// Its path in the world of the layout.
    pub path: String,
    /// Its name in the PDF.
    pub name: String,
    /// What is in it.
    pub description: String,
    /// Its kind: `text/csv`.
    pub mime: String,
}

impl From<FiscalYear> for Year {
    fn from(year: FiscalYear) -> Self {
        Self {
            long: year.to_string(),
            short: year.short(),
            western: year.calendar_year(),
        }
    }
}

impl Data {
    /// The data of a report.
    #[must_use]
    pub fn of(report: &Report<'_>) -> Self {
        let years = years(report);
        let sheets: Vec<SheetData> = (0..report.sheets.len())
            .map(|place| sheet::of(report, place))
            .collect();
        let (draft, version, note) = match &report.state {
            State::Draft => (true, "案".to_owned(), String::new()),
            State::Published { number, note } => (false, format!("第{number}版"), note.clone()),
        };
        let when = report.when;
        Self {
            city: report.city.to_owned(),
            plan: report.plan_name.to_owned(),
            kind: report.kind.to_owned(),
            title: title(report, &years),
            draft,
            version,
            note,
            date: report.date.clone(),
            day: [when.year, when.month.into(), when.day.into()],
            book: report.is_book,
            long_words: false,
            levels: levels(report),
            nodes: nodes(report),
            tallies: overview::tallies(report),
            overview: overview::of(report),
            projects: register::projects(report),
            sections: register::sections(report),
            attachments: attachments(report),
            years: years.into_iter().map(Year::from).collect(),
            sheets,
        }
    }
}

/// The years of the sheets, in order, each once.
fn years(report: &Report<'_>) -> Vec<FiscalYear> {
    let mut years: Vec<FiscalYear> = report
        .sheets
        .iter()
        .filter_map(|sheet| sheet.year)
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

fn title(report: &Report<'_>, years: &[FiscalYear]) -> String {
    let name = report.plan_name;
    match years {
        [] => name.to_owned(),
        [year] if name.contains(&year.to_string()) => name.to_owned(),
        [year] => format!("{year} {name}"),
        [first, .., last] => format!("{first}から{last}まで {name}"),
    }
}

fn levels(report: &Report<'_>) -> Vec<Named> {
    let written = report.scheme.map(|scheme| scheme.written());
    let levels = written.map_or(&[][..], |written| &written.levels);
    let named = levels.iter().map(|level| Named {
        key: level.key.clone(),
        label: level.label.clone(),
    });
    named.collect()
}

fn nodes(report: &Report<'_>) -> Vec<Node> {
    let all = report.plan.nodes.iter().enumerate();
    all.map(|(place, node)| {
        let id = meguri_core::plan::NodeId(place);
        let sheets = report.sheets.iter().enumerate();
        let of_node = sheets.filter(|(_, sheet)| sheet.node == Some(id));
        Node {
            level: node.level.clone(),
            level_label: report.level_label(&node.level),
            number: sheet::printed(node.number.as_ref()),
            name: sheet::printed(node.name.as_ref()),
            depth: way_to(report.plan, id).len().saturating_sub(1),
            parent: node
                .parent
                .filter(|above| above.0 < place)
                .map(|above| above.0),
            sheets: of_node.map(|(place, _)| place).collect(),
        }
    })
    .collect()
}

fn attachments(report: &Report<'_>) -> Vec<AttachmentData> {
    let numbered = (1..).zip(&report.attachments);
    numbered
        .map(|(number, file)| AttachmentData {
            path: crate::world::attachment_path(number),
            name: file.name.clone(),
            description: file.description.clone(),
            mime: file.mime.clone(),
        })
        .collect()
}
