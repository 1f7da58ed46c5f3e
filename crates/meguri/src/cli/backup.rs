//! `meguri backup`: everything in one file, while others work.

use crate::cli::kept::StoreOptions;
use crate::cli::terminal;
use crate::cli::whole::with_settings;
use meguri_app::actions::backup::{Checked, backup};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Writes a backup.
pub(super) fn run(file: &Path, options: &StoreOptions) -> io::Result<ExitCode> {
    with_settings(
        options,
        async |config, context| backup(&config.database, file, context).await,
        |checked| {
            let file = file.display();
            writeln!(
                terminal::stdout(),
                "バックアップ「{file}」を作成し、内容を確かめました。"
            )?;
            tell(checked)
        },
    )
}

/// What stands in a database.
pub(super) fn tell(checked: &Checked) -> io::Result<()> {
    let mut out = terminal::stdout();
    for (code, name, report) in &checked.municipalities {
        writeln!(
            out,
            "{code} {name}：監査記録{}件　末尾のハッシュ：{}",
            report.lines, report.head
        )?;
    }
    Ok(())
}
