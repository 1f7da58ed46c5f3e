//! One version of one document, as a door shows it.

use crate::read::branch::Branches;
use crate::read::dates;
use crate::read::found::Found;
use crate::read::paper::Paper;
use crate::read::published::Withheld;
use meguri_core::calc::formula::RateFormula;
use meguri_core::evaluation::Sheet;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::Indicator;
use meguri_core::publication::is_public;
use meguri_core::scheme::{Means, Scale, Scheme, SheetField, words};
use meguri_import::documents::FAMILIES;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// One version of a document with the plan that it is about.
#[derive(Clone, Debug, Default)]
pub struct Entry {
    /// Key of its plan in addresses.
    pub key: String,
    /// Id of the document.
    pub id: i64,
    /// Is it the newest document of its plan, which stands for the plan?
    pub leads: bool,
    /// The publication that it shows; `None` where the door shows what is in force.
    pub published: Option<Edition>,
    /// What it says.
    pub document: Arc<Paper>,
    /// The scheme that rules it.
    pub scheme: Option<Arc<Scheme>>,
    /// What kind of paper it is, in Japanese.
    pub kind: &'static str,
    /// The ids of its sheets, in their order.
    pub sheet_ids: Vec<SheetId>,
    /// The findings that may be shown, in the order of lines.
    pub findings: Vec<Found>,
    /// For the house and papers in memory: the scheme by which it would be published.
    pub publishing: Option<Arc<Scheme>>,
    /// What of it is not published, where it is a publication.
    pub withheld: Withheld,
    /// The keys of the nodes of its plan.
    pub branches: Branches,
    /// The findings of each sheet, by their places in the list.
    on_sheets: Vec<Vec<usize>>,
    /// The evaluated years of its sheets, in order.
    years: Vec<FiscalYear>,
    /// The first lines of its sheets, in order.
    firsts: Vec<u32>,
}

/// By what a sheet is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetId {
    /// Its id.
    pub id: i64,
    /// Which of the versions of this sheet that were published, from 1.
    pub edition: Option<i64>,
    /// Is it what the address without a version shows?
    pub current: bool,
}

/// One publication (公表) of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its number, from 1 in each document.
    pub number: i64,
    /// When, as an ISO 8601 moment.
    pub moment: String,
    /// 正誤: what it corrects; empty in the first.
    pub note: String,
    /// Is it the one in force?
    pub current: bool,
}

impl Edition {
    /// The day in words: `令和8年4月1日`.
    #[must_use]
    pub fn date(&self) -> String {
        dates::japanese(&self.moment)
    }
}

impl Entry {
    /// A document with its sheets' ids and what may be shown of the findings; the library settles
    /// the rest.
    #[must_use]
    pub fn new(
        id: i64,
        document: Arc<Paper>,
        scheme: Option<Arc<Scheme>>,
        sheet_ids: Vec<SheetId>,
        findings: Vec<Found>,
    ) -> Self {
        let family = FAMILIES.iter().find(|family| family.key == document.family);
        let kind = family.map_or("文書", |family| family.title);
        let key = address_key(&document.plan.key);
        let years = in_order(document.sheets().filter_map(|sheet| sheet.year));
        let firsts = in_order(document.sheets().map(|sheet| sheet.line));
        let branches = Branches::of(&document.plan);
        let mut entry = Self {
            key,
            id,
            leads: true,
            published: None,
            document,
            scheme,
            kind,
            sheet_ids,
            findings,
            publishing: None,
            withheld: Withheld::default(),
            branches,
            on_sheets: Vec::new(),
            years,
            firsts,
        };
        entry.on_sheets = entry.sort_findings();
        entry
    }

    /// For the house: is a field not published?
    #[must_use]
    pub fn withholds(&self, field: &SheetField) -> bool {
        let scheme = self.publishing.as_deref();
        scheme.is_some_and(|scheme| !is_public(scheme, field))
    }

    /// The same with other findings.
    #[must_use]
    pub fn with_findings(mut self, findings: Vec<Found>) -> Self {
        self.findings = findings;
        self.on_sheets = self.sort_findings();
        self
    }

    /// The findings by sheet: by the sheet's label, else by the lines between two sheets.
    fn sort_findings(&self) -> Vec<Vec<usize>> {
        let (mut labels, mut lines) = (HashMap::new(), HashMap::new());
        for (number, sheet) in self.document.sheets().enumerate() {
            labels.entry(sheet.label.as_str()).or_insert(number);
            lines.entry(sheet.line).or_insert(number);
        }
        let sheet = |(place, found): (usize, &Found)| {
            let number = match found.place.sheet.as_deref() {
                Some(label) => labels.get(label),
                None => {
                    let after = self
                        .firsts
                        .partition_point(|first| *first <= found.place.line);
                    lines.get(self.firsts.get(after.checked_sub(1)?)?)
                }
            };
            Some((*number?, place))
        };
        let mut sorted = vec![Vec::new(); self.document.sheets.len()];
        for (number, place) in self.findings.iter().enumerate().filter_map(sheet) {
            if let Some(of_sheet) = sorted.get_mut(number) {
                of_sheet.push(place);
            }
        }
        sorted
    }

    /// The findings in a sheet by its number from 1, those about the text between its lines too.
    pub fn findings_on(&self, number: usize) -> impl Iterator<Item = &Found> {
        let places = number
            .checked_sub(1)
            .and_then(|place| self.on_sheets.get(place));
        places
            .into_iter()
            .flatten()
            .filter_map(|place| self.findings.get(*place))
    }

    /// The findings that are about no sheet.
    pub fn findings_beside(&self) -> impl Iterator<Item = &Found> {
        let on_sheets: BTreeSet<usize> = self.on_sheets.iter().flatten().copied().collect();
        let numbered = self.findings.iter().enumerate();
        numbered
            .filter(move |(place, _)| !on_sheets.contains(place))
            .map(|(_, found)| found)
    }

    /// Is it what the addresses without a version show?
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.published
            .as_ref()
            .is_none_or(|published| published.current)
    }

    /// The name of its plan: as printed, else by its scheme, else the kind of paper.
    #[must_use]
    pub fn plan_name(&self) -> &str {
        let printed = self
            .document
            .plan
            .name
            .as_ref()
            .map(|name| name.value.as_str());
        let label = self
            .scheme
            .as_ref()
            .map(|scheme| scheme.written().label.as_str());
        printed.or(label).unwrap_or(self.kind)
    }

    /// How it is called among the documents of its plan: its years, else its name.
    #[must_use]
    pub fn short_name(&self) -> String {
        let years: Vec<String> = self.years().iter().map(ToString::to_string).collect();
        match (years.is_empty(), &self.published) {
            (false, _) => years.join("、"),
            // The name of a file is for the house.
            (true, Some(_)) => format!("資料{}", self.id),
            (true, None) => self.document.name.clone(),
        }
    }

    /// A sheet by its number from 1.
    #[must_use]
    pub fn sheet(&self, number: usize) -> Option<&Sheet> {
        self.document
            .sheets
            .get(number.checked_sub(1)?)
            .map(AsRef::as_ref)
    }

    /// The id of a sheet by its number from 1.
    #[must_use]
    pub fn sheet_id(&self, number: usize) -> Option<SheetId> {
        self.sheet_ids.get(number.checked_sub(1)?).copied()
    }

    /// The lines from a sheet's first up to the next sheet's.
    #[must_use]
    pub fn lines_of(&self, sheet: &Sheet) -> Range<u32> {
        let next = self.firsts.partition_point(|first| *first <= sheet.line);
        sheet.line..self.firsts.get(next).copied().unwrap_or(u32::MAX)
    }

    /// The evaluated years of its sheets, in order.
    #[must_use]
    pub fn years(&self) -> &[FiscalYear] {
        &self.years
    }

    /// The fields of a sheet, in the order of the scheme; none without a scheme.
    #[must_use]
    pub fn fields(&self, sheet: &Sheet) -> Vec<&SheetField> {
        let Some(scheme) = &self.scheme else {
            return Vec::new();
        };
        let node = sheet.node.and_then(|id| self.document.plan.node(id));
        match node {
            Some(node) => scheme.fields_at(&node.level).collect(),
            None => scheme.written().fields.iter().collect(),
        }
    }

    /// The label of a field, else the usual word for it.
    #[must_use]
    pub fn field_label(&self, key: &str) -> String {
        let field = self.scheme.as_ref().and_then(|scheme| scheme.field(key));
        field
            .map_or_else(|| words::field_word(key), |field| field.label.as_str())
            .to_owned()
    }

    /// The name of a level, else the usual word for it.
    #[must_use]
    pub fn level_label(&self, key: &str) -> String {
        let level = self.scheme.as_ref().and_then(|scheme| scheme.level(key));
        level
            .map_or_else(|| words::level_word(key), |level| level.label.as_str())
            .to_owned()
    }

    /// The scale of a field, where it has one.
    fn scale_of(&self, field: &str) -> Option<&Scale> {
        self.scheme.as_ref()?.scale_of_field(field)
    }

    /// What a value of a field says beyond its place in the order.
    #[must_use]
    pub fn means(&self, field: &str, value: &str) -> Option<Means> {
        self.scale_of(field)?.value(value)?.means
    }

    /// What a direction of next year says beyond its words.
    #[must_use]
    pub fn next_step_means(&self, axis: &str, value: &str) -> Option<Means> {
        let scale = self.scheme.as_ref()?.next_step_scale(axis)?;
        scale.value(value)?.means
    }

    /// What its amounts are called, with what they are where the scheme says so: `事業費（計画額）`.
    #[must_use]
    pub fn amount_word(&self) -> String {
        let kind = self.scheme.as_ref().and_then(|s| s.written().money.kind);
        kind.map_or_else(
            || "事業費".to_owned(),
            |kind| format!("事業費（{}）", kind.label()),
        )
    }

    /// What an axis of directions is called, with the year that it is for.
    #[must_use]
    pub fn axis_word(&self, axis: &str, evaluated: Option<FiscalYear>) -> String {
        let axes = self.scheme.as_ref().map(|scheme| scheme.next_step_axes());
        let known = axes.and_then(|axes| axes.iter().find(|known| known.key == axis));
        let label = known.map_or_else(|| words::axis_word(axis), |axis| axis.label.as_str());
        match known.and_then(|axis| axis.year(evaluated)) {
            Some(year) => format!("{label}（{year}）"),
            None => label.to_owned(),
        }
    }

    /// How its paper is called: what is published by plan and year, else by the name of its file.
    #[must_use]
    pub fn paper_name(&self) -> String {
        if self.published.is_some() {
            self.titled()
        } else {
            self.document.name.clone()
        }
    }

    /// The name of its plan with the years that it evaluates: `施策評価（令和4年度）`.
    #[must_use]
    pub fn titled(&self) -> String {
        let name = self.plan_name();
        match self.years.as_slice() {
            [] => name.to_owned(),
            [year] => format!("{name}（{year}）"),
            [first, .., last] => format!("{name}（{first}から{last}まで）"),
        }
    }

    /// The sign and the meaning of a value of a scale, as far as the scheme has them.
    #[must_use]
    pub fn sign_of(&self, field: &str, value: &str) -> (String, String) {
        let found = self.scale_of(field).and_then(|scale| scale.value(value));
        found.map_or_else(Default::default, |value| {
            (value.sign.clone().unwrap_or_default(), value.label.clone())
        })
    }

    /// The place of a value on the scale of its field, the best first; what has none comes last.
    #[must_use]
    pub fn place_on_scale(&self, field: &str, value: &str) -> usize {
        self.scale_of(field)
            .and_then(|scale| scale.place(value))
            .unwrap_or(usize::MAX)
    }

    /// The sign of a direction of next year.
    #[must_use]
    pub fn next_step_sign(&self, axis: &str, value: &str) -> String {
        let scale = self
            .scheme
            .as_ref()
            .and_then(|scheme| scheme.next_step_scale(axis));
        let value = scale.and_then(|scale| scale.value(value));
        value
            .and_then(|value| value.sign.clone())
            .unwrap_or_default()
    }

    /// The formula of an indicator's rate.
    #[must_use]
    pub fn rate_formula(&self, indicator: &Indicator) -> RateFormula {
        let scheme = self.scheme.as_ref();
        scheme.map_or_else(RateFormula::achievement, |s| {
            s.rate_formula(indicator).clone()
        })
    }
}

/// Values in order, each once.
fn in_order<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The key of a plan without what an address cannot hold.
pub(super) fn address_key(key: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-' || *c == '_';
    let key: String = key.chars().filter(plain).collect();
    if key.is_empty() {
        "plan".to_owned()
    } else {
        key
    }
}
