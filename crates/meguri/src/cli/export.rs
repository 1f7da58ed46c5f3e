//! `meguri export`: all data of a municipality as files.

use crate::cli::kept::{StoreOptions, with_store};
use crate::cli::terminal;
use meguri_app::actions::export_folder::{Written, export_folder};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Exports into a folder.
pub(super) fn run(folder: &Path, overwrite: bool, options: &StoreOptions) -> io::Result<ExitCode> {
    with_store(options, false, async |kept, context| {
        let written = export_folder(&kept.municipality, folder, overwrite, context).await?;
        Ok::<_, meguri_app::actions::export_folder::FolderFault>(terminal::after_work(tell(
            folder, &written,
        )))
    })
}

fn tell(folder: &Path, written: &Written) -> io::Result<ExitCode> {
    let mut out = terminal::stdout();
    writeln!(
        out,
        "「{}」に書き出しました（{}ファイル、{}行）。",
        folder.display(),
        written.files,
        written.rows
    )?;
    writeln!(
        out,
        "監査記録：{}件　末尾のハッシュ：{}",
        written.audit_lines, written.audit_head
    )?;
    Ok(ExitCode::SUCCESS)
}
