//! `meguri restore`: a backup in the place of the database.

use crate::cli::backup;
use crate::cli::kept::StoreOptions;
use crate::cli::terminal;
use crate::cli::whole::with_settings;
use meguri_app::actions::restore::{Restoring, restore};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Restores a backup; with `force` also over a file that is too damaged to tell whether it is in use.
pub(super) fn run(file: &Path, force: bool, options: &StoreOptions) -> io::Result<ExitCode> {
    with_settings(
        options,
        async |config, context| {
            let restoring = Restoring {
                backup: file,
                to: &config.database,
                force,
            };
            restore(&restoring, context).await
        },
        |restored| {
            let mut out = terminal::stdout();
            writeln!(
                out,
                "「{}」から復元し、内容を確かめました。",
                file.display()
            )?;
            if let Some(aside) = &restored.aside {
                let aside = aside.display();
                writeln!(out, "復元前のデータベースは「{aside}」に移してあります。")?;
            }
            backup::tell(&restored.checked)
        },
    )
}
