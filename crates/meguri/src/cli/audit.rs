//! `meguri audit verify`: is the chain of the audit whole?

use crate::cli::kept::{StoreOptions, with_store};
use std::io::{self, Write};
use std::process::ExitCode;

/// Goes along the chain; exit code 1 where it is broken.
pub(super) fn verify(options: &StoreOptions) -> io::Result<ExitCode> {
    with_store(options, false, async |kept, _| {
        let report = kept.municipality.audit_verify().await?;
        Ok::<_, meguri_store::Error>(print(&report))
    })
}

fn print(report: &meguri_store::AuditReport) -> io::Result<ExitCode> {
    let mut out = anstream::stdout();
    let Some(broken) = &report.broken else {
        writeln!(out, "監査記録は正常です（{}件）。", report.lines)?;
        writeln!(out, "末尾のハッシュ：{}", report.head)?;
        writeln!(
            out,
            "この値を別の場所に控えておくと、後日、記録の差し替えに気付けます。"
        )?;
        return Ok(ExitCode::SUCCESS);
    };
    writeln!(
        out,
        "\u{1b}[1;31m監査記録に異常があります\u{1b}[0m（{}件目）：{}",
        broken.number, broken.why
    )?;
    writeln!(
        out,
        "対応：データベースを止めて保全し、直近のバックアップと比べてください。"
    )?;
    Ok(ExitCode::from(1))
}
