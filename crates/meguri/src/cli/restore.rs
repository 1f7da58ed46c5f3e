//! `meguri restore`: a backup in the place of the database.

use crate::actions::restore::restore;
use crate::cli::backup;
use crate::cli::kept::StoreOptions;
use crate::cli::whole::with_settings;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Restores a backup.
pub(super) fn run(file: &Path, options: &StoreOptions) -> io::Result<ExitCode> {
    with_settings(
        options,
        async |config, by| restore(file, &config.database, by).await,
        |restored| {
            let mut out = anstream::stdout();
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
