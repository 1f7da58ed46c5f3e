//! `meguri demo`: reads the project's own sample documents, checks them and shows them as pages.

use crate::actions::check_documents::check_documents;
use crate::actions::read_document::read_source;
use crate::cli::{check, report, serve};
use crate::config::Config;
use meguri_import::source_text::SourceText;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// The papers of an invented city with planted mistakes, within the program.
const SAMPLES: [(&str, &str); 5] = [
    ("evaluation.txt", include_str!("../../../../samples/mizuhono/evaluation.txt")),
    ("midterm.txt", include_str!("../../../../samples/mizuhono/midterm.txt")),
    ("strategy.txt", include_str!("../../../../samples/mizuhono/strategy.txt")),
    ("programs.txt", include_str!("../../../../samples/mizuhono/programs.txt")),
    ("reform.txt", include_str!("../../../../samples/mizuhono/reform.txt")),
];

/// Prints the report of the samples and, unless told not to, shows them as pages. Findings are what
/// the demo shows, so that it ends well.
pub(super) fn run(no_serve: bool) -> io::Result<ExitCode> {
    let intro =
        "架空の「みずほ野市」の見本文書（わざと誤りを入れてあります）を読み取り、点検します。";
    writeln!(anstream::stdout(), "{intro}\n")?;
    let mut read = Vec::new();
    for (name, text) in SAMPLES {
        match read_source((*name).to_owned(), SourceText::from_text(text), None) {
            Ok(document) => read.push(document),
            Err(fault) => {
                report::fault(Path::new(name), &fault)?;
                return Ok(ExitCode::from(2));
            }
        }
    }
    let checked = check_documents(read, Vec::new());
    check::print(&checked, false)?;
    let mut out = anstream::stdout();
    writeln!(out, "\nお手元の文書は「meguri check ファイル名…」で点検できます。")?;
    if no_serve {
        return Ok(ExitCode::SUCCESS);
    }
    writeln!(out, "同じ内容を画面でも見られます（表示だけなら「meguri demo --no-serve」）。\n")?;
    // The demo takes the usual settings, so that a file lying about does not change it.
    serve::serve(checked, Vec::new(), &Config::default(), true)
}
