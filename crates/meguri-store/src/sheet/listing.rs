//! Lists of sheets with filters and pages.

use crate::error::Result;
use crate::municipality::Municipality;
use crate::scheme::fiscal_year;
use crate::sql::{Arg, Row, Sql};
use meguri_core::fiscal_year::FiscalYear;

/// The most sheets of one page.
const PAGE_MAX: u16 = 500;

/// Findings of the last run that nobody accepted.
const OPEN: &str = "SELECT COUNT(*) FROM finding f \
    WHERE f.municipality = s.municipality AND f.sheet = s.id \
    AND f.run = (SELECT MAX(u.run) FROM finding_run u \
    WHERE u.municipality = f.municipality AND u.document = f.document) \
    AND COALESCE((SELECT a.accepted FROM acceptance a \
    WHERE a.municipality = f.municipality AND a.document = f.document \
    AND a.fingerprint = f.fingerprint ORDER BY a.number DESC LIMIT 1), 0) = 0";

/// Which sheets are wanted; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetFilter {
    /// Key of the plan.
    pub plan: Option<String>,
    /// The evaluated fiscal year.
    pub year: Option<FiscalYear>,
    /// A 所管課, as printed now.
    pub section: Option<String>,
    /// Field and value of a judgement.
    pub judgement: Option<(String, String)>,
    /// Only those with findings that nobody accepted.
    pub with_open_findings: bool,
}

/// Which page of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Begin behind this sheet; 0 = at the beginning.
    pub after: i64,
    /// So many at most; more than 500 are never given.
    pub most: u16,
}

/// The beginning of a list.
impl Default for Page {
    fn default() -> Self {
        Self { after: 0, most: 50 }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetPage {
    /// Its sheets, in the order in which they first came.
    pub rows: Vec<SheetRow>,
    /// [`Page::after`] of the next page, where there is one.
    pub next: Option<i64>,
}

/// A sheet in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Its id.
    pub id: i64,
    /// Key of its plan.
    pub plan: String,
    /// The evaluated fiscal year.
    pub year: Option<FiscalYear>,
    /// How a person calls it.
    pub label: String,
    /// Its last version.
    pub version: i64,
    /// How many findings of the last checks nobody accepted.
    pub open_findings: i64,
}

/// A query that grows by the filters that are set.
struct Query<'a> {
    conditions: String,
    args: Vec<Arg<'a>>,
}

impl<'a> Query<'a> {
    /// Adds an argument; its number among the placeholders, of which the first is the municipality.
    fn arg(&mut self, arg: impl Into<Arg<'a>>) -> usize {
        self.args.push(arg.into());
        self.args.len() + 1
    }

    fn and(&mut self, condition: &str) {
        self.conditions.push_str(" AND ");
        self.conditions.push_str(condition);
    }
}

fn query<'a>(filter: &'a SheetFilter, page: Page) -> (String, Vec<Arg<'a>>) {
    let mut query = Query {
        conditions: String::new(),
        args: Vec::new(),
    };
    let after = query.arg(page.after);
    query.and(&format!("s.id > ${after}"));
    if let Some(plan) = &filter.plan {
        let plan = query.arg(plan);
        query.and(&format!("p.key = ${plan}"));
    }
    if let Some(year) = filter.year {
        let year = query.arg(i64::from(year.calendar_year()));
        query.and(&format!("s.year = ${year}"));
    }
    if let Some(section) = &filter.section {
        let section = query.arg(section);
        query.and(&says("section", &format!("v.text = ${section}")));
    }
    if let Some((field, value)) = &filter.judgement {
        let (field, value) = (query.arg(field), query.arg(value));
        let condition = format!("v.field = ${field} AND v.text = ${value}");
        query.and(&says("judgement", &condition));
    }
    if filter.with_open_findings {
        query.and(&format!("({OPEN}) > 0"));
    }
    // One more than wanted shows whether there is a next page.
    let most = query.arg(i64::from(page.most.clamp(1, PAGE_MAX)) + 1);
    let conditions = query.conditions;
    let text = format!(
        "SELECT s.id, p.key, s.year, s.label, r.version, ({OPEN}) FROM sheet s \
         JOIN plan p ON p.municipality = s.municipality AND p.id = s.plan \
         JOIN record r ON r.municipality = s.municipality AND r.id = s.id \
         WHERE s.municipality = $1{conditions} ORDER BY s.id LIMIT ${most}"
    );
    (text, query.args)
}

/// Does the sheet say so in the values that are in force?
fn says(part: &str, condition: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM value v JOIN edition e ON e.municipality = v.municipality \
         AND e.record = v.record AND e.version = v.version \
         WHERE v.municipality = s.municipality AND v.record = s.id AND v.part = '{part}' \
         AND {condition} AND e.base = r.reading AND NOT EXISTS (\
         SELECT 1 FROM value w JOIN edition x ON x.municipality = w.municipality \
         AND x.record = w.record AND x.version = w.version \
         WHERE w.municipality = v.municipality AND w.record = v.record AND w.part = v.part \
         AND w.item = v.item AND w.field = v.field AND w.year = v.year AND w.place = v.place \
         AND w.version > v.version AND x.base = r.reading))"
    )
}

/// The texts of all mixtures of filters.
pub(crate) fn all_texts() -> Vec<String> {
    let mixture = |bits: u8| {
        let set = |bit: u8| bits & (1 << bit) != 0;
        let filter = SheetFilter {
            plan: set(0).then(String::new),
            year: if set(1) { FiscalYear::new(2024) } else { None },
            section: set(2).then(String::new),
            judgement: set(3).then(|| (String::new(), String::new())),
            with_open_findings: set(4),
        };
        query(&filter, Page::default()).0
    };
    (0..32).map(mixture).collect()
}

impl Municipality {
    /// A page of the sheets that a filter lets through.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn sheets(&self, filter: &SheetFilter, page: Page) -> Result<SheetPage> {
        let (text, args) = query(filter, page);
        let mut reading = self.read().await?;
        let found = reading.rows(Sql::new(&text), &args).await?;
        let mut rows = found.iter().map(row).collect::<Result<Vec<_>>>()?;
        let most = usize::from(page.most.clamp(1, PAGE_MAX));
        let more = rows.len() > most;
        rows.truncate(most);
        let next = rows.last().filter(|_| more).map(|row| row.id);
        Ok(SheetPage { rows, next })
    }
}

fn row(row: &Row) -> Result<SheetRow> {
    let year = match row.integer(2)? {
        0 => None,
        year => Some(fiscal_year(year)?),
    };
    Ok(SheetRow {
        id: row.integer(0)?,
        plan: row.text(1)?,
        year,
        label: row.text(3)?,
        version: row.integer(4)?,
        open_findings: row.integer(5)?,
    })
}
