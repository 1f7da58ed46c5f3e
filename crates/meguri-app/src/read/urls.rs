//! Addresses of pages, all of them. They are promises: an address goes by ids that survive
//! renaming, new documents and new years, and what was published keeps its own for ever.

use crate::read::{Entry, Found};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::links::Kind;
use meguri_core::plan::NodeId;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// Lines that a page of a source shows.
pub const LINES_A_PAGE: u32 = 100;

/// The page of a plan: that of its newest document, else the document's own.
#[must_use]
pub fn plan(entry: &Entry) -> String {
    if entry.leads {
        format!("/plans/{}", entry.key)
    } else {
        document(entry)
    }
}

/// The page of a document, of the version that the entry is.
#[must_use]
pub fn document(entry: &Entry) -> String {
    match &entry.published {
        Some(edition) if !edition.current => version(entry.id, edition.number),
        _ => current_document(entry.id),
    }
}

/// The page of what is in force of a document.
#[must_use]
pub fn current_document(id: i64) -> String {
    format!("/documents/{id}")
}

/// The page of a document as it was published under a number.
#[must_use]
pub fn version(id: i64, number: i64) -> String {
    format!("/documents/{id}/v{number}")
}

/// What changed between publications of a document.
#[must_use]
pub fn changes(id: i64) -> String {
    format!("/documents/{id}/changes")
}

/// The page of a sheet, by its number from 1 in the document.
#[must_use]
pub fn sheet(entry: &Entry, number: usize) -> String {
    let Some(sheet) = entry.sheet_id(number) else {
        return document(entry);
    };
    match sheet.edition {
        Some(edition) if !sheet.current => sheet_edition(sheet.id, edition),
        _ => current_sheet(sheet.id),
    }
}

/// The page of what is in force of a sheet.
#[must_use]
pub fn current_sheet(id: i64) -> String {
    format!("/sheets/{id}")
}

/// The page of a sheet as it was published, by the number of its own edition.
#[must_use]
pub fn sheet_edition(id: i64, edition: i64) -> String {
    format!("/sheets/{id}/v{edition}")
}

/// The page of one value of a sheet.
#[must_use]
pub fn value(entry: &Entry, number: usize, id: &str) -> String {
    format!("{}/values/{id}", sheet(entry, number))
}

/// A line of the source, on its page; empty where the lines are not published.
#[must_use]
pub fn line(entry: &Entry, line: u32) -> String {
    if entry.withheld.anything {
        return String::new();
    }
    let from = line.saturating_sub(1) / LINES_A_PAGE * LINES_A_PAGE + 1;
    format!("{}?from={from}#L{line}", source(entry))
}

/// The beginning of a source that is shown; empty where its lines are not published.
#[must_use]
pub fn shown_source(entry: &Entry) -> String {
    if entry.withheld.anything {
        String::new()
    } else {
        source(entry)
    }
}

/// The beginning of a source.
#[must_use]
pub fn source(entry: &Entry) -> String {
    format!("{}/lines", document(entry))
}

/// The findings in a plan.
#[must_use]
pub fn findings_of(entry: &Entry) -> String {
    format!("{FINDINGS}?plan={}", entry.key)
}

/// The list of projects.
pub const PROJECTS: &str = "/projects";

/// The list of indicators.
pub const INDICATORS: &str = "/indicators";

/// The list of sections.
pub const SECTIONS: &str = "/sections";

/// The page of a project, by its permanent id.
#[must_use]
pub fn project(id: i64) -> String {
    format!("{PROJECTS}/{id}")
}

/// The page of an indicator, by its permanent id.
#[must_use]
pub fn indicator(id: i64) -> String {
    format!("{INDICATORS}/{id}")
}

/// The page of a section, by its permanent id.
#[must_use]
pub fn section(id: i64) -> String {
    format!("{SECTIONS}/{id}")
}

/// The page of a project, an indicator or a section, by its permanent id.
#[must_use]
pub fn thing(kind: Kind, id: i64) -> String {
    format!("{}/{id}", things(kind))
}

/// The list of all projects, indicators or sections.
#[must_use]
pub const fn things(kind: Kind) -> &'static str {
    match kind {
        Kind::Project => PROJECTS,
        Kind::Indicator => INDICATORS,
        _ => SECTIONS,
    }
}

/// The page of a rule.
#[must_use]
pub fn rule(code: &str) -> String {
    format!("{RULES}/{code}")
}

/// Where a finding is shown: its sheet, else its line; `None` where it points to neither.
#[must_use]
pub fn finding(entry: &Entry, finding: &Found) -> Option<String> {
    let label = finding.place.sheet.as_deref();
    let number = label.and_then(|label| entry.document.sheets().position(|s| s.label == label));
    match number {
        Some(number) => Some(sheet(entry, number + 1)),
        None => (finding.place.line > 0).then(|| line(entry, finding.place.line)),
    }
}

// Pages over a whole document, and pages of the site.

/// Below which address the pages of a document stand.
fn base(entry: &Entry) -> String {
    plan(entry)
}

/// An address with a query; empty values are left out.
#[must_use]
pub fn with_query(path: &str, query: &[(&str, &str)]) -> String {
    let said = query.iter().filter(|(_, value)| !value.is_empty());
    let parts: Vec<String> = said
        .map(|(key, value)| format!("{key}={}", utf8_percent_encode(value, NON_ALPHANUMERIC)))
        .collect();
    if parts.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", parts.join("&"))
    }
}

/// From which place of a list on, as an address says it; nothing for its beginning.
#[must_use]
pub fn from(from: usize) -> String {
    if from > 1 {
        from.to_string()
    } else {
        String::new()
    }
}

/// The list of all sheets of a document.
#[must_use]
pub fn list(entry: &Entry) -> String {
    format!("{}/list", base(entry))
}

/// The list of the sheets that a filter lets through.
#[must_use]
pub fn list_where(entry: &Entry, query: &[(&str, &str)]) -> String {
    with_query(&list(entry), query)
}

/// The number by which the list of a document knows a topmost node.
#[must_use]
pub fn number_of_branch(top: NodeId) -> String {
    (top.0 + 1).to_string()
}

/// The matrix of a document: groups by states.
#[must_use]
pub fn matrix(entry: &Entry) -> String {
    format!("{}/matrix", base(entry))
}

/// A branch of a plan with all below it.
#[must_use]
pub fn branch(entry: &Entry, node: NodeId) -> String {
    format!("{}/branches/{}", base(entry), entry.branches.key(node))
}

/// The money of a document by year.
#[must_use]
pub fn money(entry: &Entry) -> String {
    format!("{}/money", base(entry))
}

/// The money of one sheet of a document, by its number from 1.
#[must_use]
pub fn money_of(entry: &Entry, number: usize) -> String {
    with_query(&money(entry), &[("sheet", &number.to_string())])
}

/// Two years of a plan beside each other; `sheet` is a number from 1 in the later document.
#[must_use]
pub fn compare(key: &str, from: FiscalYear, to: FiscalYear, sheet: Option<usize>) -> String {
    let [from, to] = [from, to].map(|year| year.calendar_year().to_string());
    let sheet = sheet.map_or_else(String::new, |number| number.to_string());
    with_query(
        COMPARE,
        &[
            ("plan", key),
            ("from", &from),
            ("to", &to),
            ("sheet", &sheet),
        ],
    )
}

/// What a word of daily life leads to.
#[must_use]
pub fn word(word: &str) -> String {
    with_query(WORDS, &[("q", word)])
}

/// The page of comparisons.
pub const COMPARE: &str = "/compare";

/// The search.
pub const SEARCH: &str = "/search";

/// The words of daily life.
pub const WORDS: &str = "/words";

/// What is behind its schedule, over all plans.
pub const LATE: &str = "/late";

/// What is to end or to become smaller, over all plans.
pub const ENDING: &str = "/ending";

/// What words mean.
pub const GLOSSARY: &str = "/glossary";

/// The list of findings.
pub const FINDINGS: &str = "/findings";

/// The manual of the rules.
pub const RULES: &str = "/rules";

/// What the site is, and its data.
pub const ABOUT: &str = "/about";

/// Open data.
pub const OPEN_DATA: &str = "/opendata";

/// A file of open data.
#[must_use]
pub fn open_data(file: &str) -> String {
    format!("{OPEN_DATA}/{file}")
}

/// The policy of accessibility and its test.
pub const ACCESSIBILITY: &str = "/accessibility";
