//! Prints a document as PDF or as a workbook: what is published, or with the word for it what is in force, marked 案.
//! Nothing is written.

use crate::context::Context;
use crate::read::Library;
use crate::read::pictures::Pictures;
pub use crate::report::BookKind;
use crate::report::chosen::{self, ChoiceFault};
use crate::report::{self, Chosen, LAYOUTS, Wanted};
use meguri_core::fiscal_year::FiscalYear;
use meguri_report::{Fault, Layout, Printed};
use meguri_store::{Error, Municipality};
use meguri_workbook::Unwritten;
use std::sync::Arc;
use thiserror::Error;

/// What is to be printed.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The document: its kind, plan, name or number.
    pub document: String,
    /// Its year.
    pub year: Option<FiscalYear>,
    /// Its sheets by number or name; none = the whole book.
    pub sheets: Vec<String>,
    /// What is in force instead of what is published?
    pub draft: bool,
    /// The layout; the usual one where none is named.
    pub layout: WishedLayout,
}

/// Which layout is wished for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum WishedLayout {
    /// The usual one of the document.
    #[default]
    Usual,
    /// One that comes with the program, by its key.
    Ours(&'static Layout),
    /// The text of a layout file.
    Own(String),
}

impl WishedLayout {
    /// One that comes with the program, by its key.
    #[must_use]
    pub fn ours(key: &str) -> Option<Self> {
        Layout::find(key).map(Self::Ours)
    }

    /// The keys of those that come with the program, each with what it prints.
    pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
        LAYOUTS.iter().map(|layout| (layout.key, layout.label))
    }
}

/// Why nothing was printed.
#[derive(Debug, Error)]
pub enum PrintFault {
    /// What the store says.
    #[error(transparent)]
    Store(#[from] Error),
    /// It is not clear what is meant.
    #[error(transparent)]
    Choice(#[from] ChoiceFault),
    /// The layout has a fault.
    #[error(transparent)]
    Layout(#[from] Fault),
    /// A workbook cannot be written.
    #[error(transparent)]
    Book(#[from] Unwritten),
}

/// Prints what a person wishes for.
///
/// # Errors
/// Where it is not clear what is meant, or the layout has a fault.
pub async fn print_report(
    city: &Municipality,
    wish: &Wish,
    context: &Context,
) -> Result<Printed, PrintFault> {
    let (library, name) = library(city, wish).await?;
    Ok(report::print(
        &library,
        &wanted(&library, wish, &name, context)?,
    )?)
}

/// What a person wishes for as a workbook (`.xlsx`).
///
/// # Errors
/// Where it is not clear what is meant.
pub async fn report_book(
    city: &Municipality,
    wish: &Wish,
    kind: BookKind,
    context: &Context,
) -> Result<Vec<u8>, PrintFault> {
    let (library, name) = library(city, wish).await?;
    let wanted = wanted(&library, wish, &name, context)?;
    Ok(report::workbook(&library, &wanted, kind)?)
}

/// The data of what a person wishes for, by which layouts are written.
///
/// # Errors
/// Where it is not clear what is meant.
pub async fn report_data(
    city: &Municipality,
    wish: &Wish,
    context: &Context,
) -> Result<String, PrintFault> {
    let (library, name) = library(city, wish).await?;
    Ok(report::data(
        &library,
        &wanted(&library, wish, &name, context)?,
    )?)
}

async fn library(city: &Municipality, wish: &Wish) -> Result<(Arc<Library>, String), Error> {
    let mut pictures = Pictures::new(city.clone());
    let library = if wish.draft {
        Arc::clone(pictures.in_force().await?.library())
    } else {
        Arc::clone(pictures.published().await?.library())
    };
    let name = city.name().await?;
    Ok((library, name.unwrap_or_else(|| city.code().to_string())))
}

fn wanted<'a>(
    library: &'a Library,
    wish: &'a Wish,
    city: &'a str,
    context: &'a Context,
) -> Result<Wanted<'a>, ChoiceFault> {
    let entry = chosen::document(library, &wish.document, wish.year)?;
    Ok(Wanted {
        entry,
        sheets: chosen::sheets(entry, &wish.sheets)?,
        layout: match &wish.layout {
            WishedLayout::Usual => None,
            WishedLayout::Ours(layout) => Some(Chosen::Ours(layout)),
            WishedLayout::Own(text) => Some(Chosen::Own(text)),
        },
        city,
        moment: context.moment(),
    })
}
