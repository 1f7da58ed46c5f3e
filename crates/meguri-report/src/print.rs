//! Makes the file: data, layout, pages, PDF.

use crate::data::Data;
use crate::layout::Chosen;
use crate::pack;
use crate::report::{Report, When};
use crate::text::{self, Cleaned};
use crate::world::PaperWorld;
use serde_json::Value;
use typst::WorldExt;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

/// How many papers a part of a layout may go unused before it is forgotten.
const REMEMBERED: usize = 2;

/// A paper.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// The PDF.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Characters that the typeface lacks, printed as 〓.
    pub missing: Vec<char>,
    /// What the layout should do better, for who writes layouts.
    pub warnings: Vec<String>,
}

/// Why there is no paper.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The layout cannot be set.
    #[error("帳票のレイアウトを組めません：{0}")]
    Layout(String),
    /// The pages cannot be written as a PDF of the standards.
    #[error("PDFを作れません：{0}")]
    Pdf(String),
    /// The data cannot be handed over.
    #[error("帳票のデータを作れません：{0}")]
    Data(String),
}

/// The data of a report as layouts get it, to write layouts by.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn data_json(report: &Report<'_>) -> Result<String, Fault> {
    data(report).map(|(data, _)| data)
}

fn data(report: &Report<'_>) -> Result<(String, Cleaned), Fault> {
    let failed = |error: serde_json::Error| Fault::Data(error.to_string());
    let mut value = serde_json::to_value(Data::of(report)).map_err(failed)?;
    let mut cleaned = Cleaned::default();
    text::clean(&mut value, &mut cleaned);
    if let Value::Object(fields) = &mut value {
        fields.insert("long_words".to_owned(), cleaned.long_words.into());
    }
    let text = serde_json::to_string(&value).map_err(failed)?;
    Ok((text, cleaned))
}

/// Prints a report.
///
/// # Errors
/// Where the layout has a fault; the layouts of the program have none for any report.
pub fn pdf(report: &Report<'_>, layout: Chosen<'_>) -> Result<Printed, Fault> {
    let (data, cleaned) = data(report)?;
    let attachments = report.attachments.iter().map(|file| file.bytes.clone());
    let world = PaperWorld::new(&layout, data, attachments)
        .ok_or_else(|| Fault::Data("path of a file".to_owned()))?;
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&world);
    let document = output.map_err(|errors| Fault::Layout(told(&world, &errors)))?;
    let options = options(report).map_err(Fault::Pdf)?;
    let bytes = typst_pdf::pdf(&document, &options);
    let bytes = bytes.map_err(|errors| Fault::Pdf(told(&world, &errors)))?;
    let pages = document.pages().len();
    comemo::evict(REMEMBERED);
    Ok(Printed {
        bytes: pack::pack(&bytes).unwrap_or(bytes),
        pages,
        missing: cleaned.missing,
        warnings: warnings.iter().map(|one| tell(&world, one)).collect(),
    })
}

fn options(report: &Report<'_>) -> Result<PdfOptions, String> {
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]);
    let timestamp = datetime(report.when).map(Timestamp::new_utc);
    Ok(PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some("めぐり".to_owned())),
        timestamp,
        standards: standards.map_err(|error| error.message().to_string())?,
        ..PdfOptions::default()
    })
}

fn datetime(when: When) -> Option<Datetime> {
    let When {
        year,
        month,
        day,
        hour,
        minute,
        second,
    } = when;
    Datetime::from_ymd_hms(i32::from(year), month, day, hour, minute, second)
}

fn told(world: &PaperWorld, diagnostics: &[SourceDiagnostic]) -> String {
    let each = diagnostics.iter().map(|one| tell(world, one));
    each.collect::<Vec<_>>().join(" / ")
}

/// What is the matter, and where in which layout.
fn tell(world: &PaperWorld, diagnostic: &SourceDiagnostic) -> String {
    let place = diagnostic.span.id().and_then(|id| {
        let range = world.range(diagnostic.span)?;
        let source = typst::World::source(world, id).ok()?;
        let line = source.lines().byte_to_line(range.start)? + 1;
        let file = id.get().vpath().file_name()?.to_owned();
        Some(format!("{file} {line}行目："))
    });
    format!("{}{}", place.unwrap_or_default(), diagnostic.message)
}
