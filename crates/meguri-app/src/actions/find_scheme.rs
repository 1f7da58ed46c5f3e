//! Finds the scheme of a document, and tells where none holds for its year.

use meguri_core::evaluation::Document;
use meguri_core::fiscal_year::FiscalYear;
use meguri_core::scheme::Scheme;
use meguri_core::verify::scheme_of;

/// A document of a year for which no scheme of its plan holds: the nearest one is used all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherYears {
    /// The name of the document.
    pub document: String,
    /// The evaluated year of the document.
    pub year: FiscalYear,
    /// The plan and the version of the scheme.
    pub scheme: String,
    /// The years for which it holds, in words.
    pub holds: String,
}

impl OtherYears {
    /// What is the matter.
    #[must_use]
    pub fn message(&self) -> String {
        let Self {
            year,
            scheme,
            holds,
            ..
        } = self;
        format!(
            "{year}に当てはまる計画の設定がないため、年度の最も近い設定「{scheme}」（{holds}）の名称・評価の段階・計算方法を使っています。"
        )
    }

    /// What the person can do.
    #[must_use]
    pub fn hint(&self) -> String {
        format!(
            "{}の計画の設定ファイルを用意し（docs/scheme.md。同じ内容でよければ valid_until を延ばした写しで足ります）、「--scheme 設定」で指定してもう一度実行してください。",
            self.year
        )
    }
}

/// Where the scheme of a document's plan does not hold for its year; `None` where it does, where the
/// year is unknown, and where the plan has no scheme.
#[must_use]
pub fn other_years<'a>(
    schemes: impl IntoIterator<Item = &'a Scheme>,
    document: &Document,
) -> Option<OtherYears> {
    let scheme = scheme_of(schemes, document)?;
    let year = document.year().filter(|year| !scheme.rules(*year))?;
    let written = scheme.written();
    Some(OtherYears {
        document: document.name.clone(),
        year,
        scheme: format!("{} {}", written.label, written.version),
        holds: scheme.years_in_words(),
    })
}
