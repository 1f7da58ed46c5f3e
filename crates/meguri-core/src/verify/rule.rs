//! What a rule is, and what it looks at.

use crate::calc::formula::RateFormula;
use crate::evaluation::{Document, Sheet};
use crate::plan::Indicator;
use crate::scheme::words::field_word;
use crate::scheme::{Scheme, SheetField};
use crate::verify::finding::Finding;
use crate::verify::running_text::RunningText;

/// What the rules look at: the documents of one run, with what the caller knows.
#[derive(Debug)]
pub struct Subject<'a> {
    /// The documents, in the order given.
    pub documents: &'a [Document],
    /// The schemes of the documents' plans, where the caller has them.
    pub schemes: &'a [Scheme],
    /// The running text of each document, in the same order.
    pub texts: Vec<RunningText>,
}

impl<'a> Subject<'a> {
    /// Documents with what several rules need of them, computed once.
    #[must_use]
    pub fn new(documents: &'a [Document], schemes: &'a [Scheme]) -> Self {
        let texts = documents
            .iter()
            .map(|document| RunningText::of(&document.lines))
            .collect();
        Self {
            documents,
            schemes,
            texts,
        }
    }

    /// The scheme of a document's plan: the first that rules its year, else the nearest.
    #[must_use]
    pub fn scheme(&self, document: &Document) -> Option<&'a Scheme> {
        scheme_of(self.schemes, document)
    }

    /// The formula of an indicator's rate: of the plan's scheme, else as most cities count it.
    #[must_use]
    pub fn rate_formula(&self, document: &Document, indicator: &Indicator) -> RateFormula {
        let scheme = self.scheme(document);
        scheme.map_or_else(RateFormula::achievement, |s| {
            s.rate_formula(indicator).clone()
        })
    }

    /// A field of a document's sheets, where a scheme names it.
    #[must_use]
    pub fn field(&self, document: &Document, key: &str) -> Option<&'a SheetField> {
        self.scheme(document)?
            .written()
            .fields
            .iter()
            .find(|field| field.key == key)
    }

    /// The label of a field of a document's sheets, else the usual word for it.
    #[must_use]
    pub fn field_label(&self, document: &Document, key: &str) -> String {
        self.field(document, key)
            .map_or_else(|| field_word(key), |field| field.label.as_str())
            .to_owned()
    }

    /// Every sheet with its document.
    pub fn sheets(&self) -> impl Iterator<Item = (&'a Document, &'a Sheet)> + use<'a> {
        self.documents
            .iter()
            .flat_map(|d| d.sheets.iter().map(move |sheet| (d, sheet)))
    }

    /// Every document with its running text.
    pub fn running(&self) -> impl Iterator<Item = (&'a Document, &RunningText)> {
        self.documents.iter().zip(&self.texts)
    }
}

/// Does a scheme rule a document: its plan, and its year where one is known?
#[must_use]
pub fn rules_document(scheme: &Scheme, document: &Document) -> bool {
    let year = document.year();
    scheme.written().key == document.plan.key && year.is_none_or(|year| scheme.rules(year))
}

/// The scheme of a document's plan: the first that rules its year, else the one of the nearest
/// years, which only lends its words and formulas.
#[must_use]
pub fn scheme_of<'a>(
    schemes: impl IntoIterator<Item = &'a Scheme>,
    document: &Document,
) -> Option<&'a Scheme> {
    Scheme::nearest(schemes, &document.plan.key, document.year())
}

/// One rule.
pub struct Rule {
    /// Its stable code: `V012`. Codes are never given twice.
    pub code: &'static str,
    /// What it finds, in Japanese, for the head of its page.
    pub title: &'static str,
    /// 何を見るか.
    pub looks_at: &'static str,
    /// なぜ.
    pub why: &'static str,
    /// 例: an example in words.
    pub example: &'static str,
    /// 直し方.
    pub remedy: &'static str,
    /// 根拠: law, document, convention.
    pub basis: &'static str,
    /// Adds a finding for each place where the rule does not hold.
    pub check: fn(&Subject<'_>, &mut Vec<Finding>),
}
