//! `meguri read`: what a document says.

use crate::cli::check::read_schemes;
use crate::cli::report;
use crate::cli::terminal;
use crate::cli::unread;
use clap::builder::PossibleValuesParser;
use meguri_app::actions::read_document::{ReadDocument, read_document_by};
use meguri_core::evaluation::{Document, Sheet};
use meguri_import::documents::{FAMILIES, family};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The keys that `--as` takes.
pub(super) fn family_parser() -> PossibleValuesParser {
    PossibleValuesParser::new(FAMILIES.iter().map(|family| family.key))
}

/// Reads one file and prints it.
pub(super) fn run(
    path: &Path,
    key: Option<&str>,
    schemes: &[PathBuf],
    json: bool,
) -> io::Result<ExitCode> {
    let Some(schemes) = read_schemes(schemes)? else {
        return Ok(ExitCode::from(2));
    };
    let read = match read_document_by(path, key.and_then(family), &schemes) {
        Ok(read) => read,
        Err(fault) => {
            report::fault(path, &fault)?;
            return Ok(ExitCode::from(2));
        }
    };
    if json {
        terminal::print_json(&read.reading.to_json())?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut out = terminal::long_stdout();
    let ReadDocument {
        name,
        family,
        reading,
        source,
    } = read;
    writeln!(out, "{name}：{}", family.title)?;
    let encoding = source.encoding;
    let document = reading.to_document(&name, source);
    writeln!(out, "文字コード {encoding}、{}行", document.lines.len())?;
    print_document(&mut out, &document)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn print_document(out: &mut impl Write, document: &Document) -> io::Result<()> {
    for sheet in &document.sheets {
        writeln!(out)?;
        print_sheet(out, sheet)?;
    }
    if !document.unread.is_empty() {
        writeln!(out)?;
        unread::print(out, &document.unread, "")?;
    }
    if document.unsettled.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "\n確定できなかった箇所（{}件）",
        document.unsettled.len()
    )?;
    for place in &document.unsettled {
        writeln!(
            out,
            "  {}行目 {} {}：{}",
            place.line, place.place, place.field, place.why
        )?;
        for candidate in &place.candidates {
            writeln!(out, "    候補：{candidate}")?;
        }
    }
    Ok(())
}

fn print_sheet(out: &mut impl Write, sheet: &Sheet) -> io::Result<()> {
    writeln!(out, "{}（{}行目）", sheet.label, sheet.line)?;
    let names = |sections: &[meguri_core::source::Sourced<String>]| {
        sections
            .iter()
            .map(|s| s.value.as_str())
            .collect::<Vec<_>>()
            .join("、")
    };
    if !sheet.sections.is_empty() {
        writeln!(out, "  所管課：{}", names(&sheet.sections))?;
    }
    for judgement in &sheet.judgements {
        writeln!(out, "  評価：{}", judgement.value.value)?;
    }
    for indicator in &sheet.indicators {
        let figures = |figures: &[meguri_core::plan::YearFigure]| {
            let each = figures
                .iter()
                .map(|f| format!("{}={}", f.year.short(), f.figure.value));
            each.collect::<Vec<_>>().join(" ")
        };
        let unit = indicator
            .unit
            .as_ref()
            .map_or("", |unit| unit.value.as_str());
        writeln!(out, "  指標 {}［{unit}］", indicator.label())?;
        for (head, row) in [
            ("目標", &indicator.targets),
            ("実績", &indicator.actuals),
            ("達成率", &indicator.printed_rates),
        ] {
            if !row.is_empty() {
                writeln!(out, "    {head} {}", figures(row))?;
            }
        }
    }
    for listing in &sheet.listings {
        let costs = listing
            .costs
            .iter()
            .map(|c| format!("{}={}", c.year.short(), c.money.value));
        let costs = costs.collect::<Vec<_>>().join(" ");
        let steps = listing
            .next_steps
            .iter()
            .map(|(_, s)| s.value.as_str())
            .collect::<String>();
        let code = listing.code.as_ref().map_or("", |code| code.value.as_str());
        let sections = names(&listing.sections);
        writeln!(
            out,
            "  事業 {code} {} {sections} {costs} {steps}",
            listing.label()
        )?;
    }
    Ok(())
}
