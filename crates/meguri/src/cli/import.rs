//! `meguri import` of an exported folder.

use crate::cli::kept::{StoreOptions, refuse};
use crate::cli::terminal;
use crate::cli::whole::with_settings;
use meguri_app::actions::import_folder::{Imported, import_folder};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

/// Imports a folder that `meguri export` wrote. `unused` are options that say nothing about a folder,
/// each with whether it was given: who gives one expects something else.
pub(super) fn folder(
    folder: &Path,
    unused: &[(&str, bool)],
    options: &StoreOptions,
) -> io::Result<ExitCode> {
    let given: Vec<&str> = unused
        .iter()
        .filter_map(|(name, given)| given.then_some(*name))
        .collect();
    if !given.is_empty() {
        return refuse(&format!(
            "フォルダーの取込みでは、「{}」は使えません。外して、もう一度実行してください。",
            given.join("」「")
        ));
    }
    with_settings(
        options,
        async |config, context| {
            import_folder(
                folder,
                &config.database,
                config.municipality.as_ref(),
                context,
            )
            .await
        },
        tell,
    )
}

fn tell(imported: &Imported) -> io::Result<()> {
    let mut out = terminal::stdout();
    writeln!(
        out,
        "{}（団体コード {}）を取り込みました（{}行）。",
        imported.name, imported.code, imported.rows
    )?;
    writeln!(out, "監査記録は正常です（{}件）。", imported.audit_lines)?;
    writeln!(out, "末尾のハッシュ：{}", imported.audit_head)?;
    if imported.code.is_unset() {
        writeln!(
            out,
            "団体コードが決まっていません。「meguri municipality set 000000 団体コードまたは名称」で\
             正しい団体に改めてください（例：meguri municipality set 000000 小平市）。"
        )?;
    }
    Ok(())
}
