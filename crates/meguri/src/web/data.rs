//! What the pages show: the kept papers with their findings, and plain functions over them.
//!
//! A [`Library`] holds documents in memory. It changes nothing and knows no page; a store can fill
//! it, and a page asks it for exactly what it shows.

pub mod amounts;
pub mod places;
pub mod values;
pub mod whole;

use crate::actions::check_documents::CheckedDocuments;
use crate::scheme_file::{self, PRESETS};
use meguri_core::calc::formula::RateFormula;
use meguri_core::evaluation::{Document, Sheet};
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::Indicator;
use meguri_core::scheme::{FieldKind, Scale, Scheme, SheetField};
use meguri_core::verify::{Finding, Severity};
use meguri_import::documents::FAMILIES;
use std::ops::Range;

/// The papers that are shown.
#[derive(Debug, Default)]
pub struct Library {
    entries: Vec<Entry>,
    findings: Vec<Finding>,
}

/// One paper with the plan that it is about.
#[derive(Debug)]
pub struct Entry {
    /// Its stable key in addresses: that of the plan, with a number where there are several.
    pub key: String,
    /// What it says.
    pub document: Document,
    /// The scheme that rules it.
    pub scheme: Option<Scheme>,
    /// What kind of paper it is, in Japanese.
    pub kind: &'static str,
}

/// How many findings there are of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct FindingCounts {
    /// 誤り.
    pub errors: usize,
    /// 注意.
    pub warnings: usize,
    /// 参考.
    pub notes: usize,
}

impl FindingCounts {
    /// Counts findings.
    #[must_use]
    pub fn of<'a>(findings: impl Iterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }

    /// All of them.
    #[must_use]
    pub const fn all(self) -> usize {
        self.errors + self.warnings + self.notes
    }
}

impl Library {
    /// Keeps checked papers, with the schemes given and, for plans without one, the presets.
    #[must_use]
    pub fn new(checked: CheckedDocuments, mut schemes: Vec<Scheme>) -> Self {
        schemes.extend(PRESETS.iter().filter_map(|preset| scheme_file::preset(preset.key)));
        let mut entries: Vec<Entry> = Vec::with_capacity(checked.documents.len());
        for document in checked.documents {
            let key = unique_key(&document, &entries);
            let scheme = scheme_of(&document, &schemes).cloned();
            let family = FAMILIES.iter().find(|family| family.key == document.family);
            let kind = family.map_or("文書", |family| family.title);
            entries.push(Entry { key, document, scheme, kind });
        }
        Self { entries, findings: checked.findings }
    }

    /// All papers in order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The paper of a key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The paper of a name: findings call it by that.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.document.name == name)
    }

    /// All findings, in the order of documents and lines.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The findings in one paper.
    pub fn findings_in<'a>(&'a self, entry: &'a Entry) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(|f| f.place.document == entry.document.name)
    }

    /// The findings in one sheet of a paper, those about the text between its lines too.
    pub fn findings_on<'a>(
        &'a self,
        entry: &'a Entry,
        sheet: &'a Sheet,
    ) -> impl Iterator<Item = &'a Finding> {
        let lines = entry.lines_of(sheet);
        self.findings_in(entry).filter(move |finding| match finding.place.sheet.as_deref() {
            Some(label) => label == sheet.label,
            None => lines.contains(&finding.place.line),
        })
    }
}

impl Entry {
    /// The name of its plan: as printed, else by its scheme, else the kind of paper.
    #[must_use]
    pub fn plan_name(&self) -> &str {
        let printed = self.document.plan.name.as_ref().map(|name| name.value.as_str());
        let label = self.scheme.as_ref().map(|scheme| scheme.written().label.as_str());
        printed.or(label).unwrap_or(self.kind)
    }

    /// A sheet by its number from 1.
    #[must_use]
    pub fn sheet(&self, number: usize) -> Option<&Sheet> {
        self.document.sheets.get(number.checked_sub(1)?)
    }

    /// The lines from a sheet's first up to the next sheet's.
    #[must_use]
    pub fn lines_of(&self, sheet: &Sheet) -> Range<u32> {
        let firsts = self.document.sheets.iter().map(|sheet| sheet.line);
        let end = firsts.filter(|line| *line > sheet.line).min().unwrap_or(u32::MAX);
        sheet.line..end
    }

    /// The evaluated years of its sheets, in order.
    #[must_use]
    pub fn years(&self) -> Vec<FiscalYear> {
        let mut years: Vec<FiscalYear> =
            self.document.sheets.iter().filter_map(|sheet| sheet.year).collect();
        years.sort_unstable();
        years.dedup();
        years
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

    /// The label of a field; its key where no scheme names it.
    #[must_use]
    pub fn field_label(&self, key: &str) -> String {
        let field = self.scheme.as_ref().and_then(|scheme| scheme.field(key));
        field.map_or(key, |field| field.label.as_str()).to_owned()
    }

    /// The name of a level; its key where no scheme names it.
    #[must_use]
    pub fn level_label(&self, key: &str) -> String {
        let level = self.scheme.as_ref().and_then(|scheme| scheme.level(key));
        level.map_or(key, |level| level.label.as_str()).to_owned()
    }

    /// The scale of a field, where it has one.
    fn scale_of(&self, field: &str) -> Option<&Scale> {
        let scheme = self.scheme.as_ref()?;
        match &scheme.field(field)?.kind {
            FieldKind::Grade(scale) => scheme.scale(scale),
            FieldKind::NextStep(axis) => scheme.next_step_scale(axis),
            _ => None,
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
        self.scale_of(field).and_then(|scale| scale.place(value)).unwrap_or(usize::MAX)
    }

    /// The sign of a direction of next year.
    #[must_use]
    pub fn next_step_sign(&self, axis: &str, value: &str) -> String {
        let scale = self.scheme.as_ref().and_then(|scheme| scheme.next_step_scale(axis));
        let value = scale.and_then(|scale| scale.value(value));
        value.and_then(|value| value.sign.clone()).unwrap_or_default()
    }

    /// The formula of an indicator's rate.
    #[must_use]
    pub fn rate_formula(&self, indicator: &Indicator) -> RateFormula {
        let scheme = self.scheme.as_ref();
        scheme.map_or_else(RateFormula::achievement, |s| s.rate_formula(indicator).clone())
    }
}

/// The scheme of a document's plan: the first that rules its year, where the year is known.
fn scheme_of<'a>(document: &Document, schemes: &'a [Scheme]) -> Option<&'a Scheme> {
    let year = document.sheets.iter().find_map(|sheet| sheet.year);
    schemes.iter().find(|scheme| {
        scheme.written().key == document.plan.key && year.is_none_or(|year| scheme.rules(year))
    })
}

/// Two papers of one plan are told apart by a number behind the key.
fn unique_key(document: &Document, entries: &[Entry]) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let key: String = document.plan.key.chars().filter(|c| plain(*c)).collect();
    let key = if key.is_empty() { "plan".to_owned() } else { key };
    let taken = |key: &str| entries.iter().any(|entry| entry.key == key);
    if !taken(&key) {
        return key;
    }
    (2..).map(|n| format!("{key}-{n}")).find(|key| !taken(key)).unwrap_or(key)
}
