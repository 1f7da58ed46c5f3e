//! `meguri opendata`: what is published, as files of open data.

use crate::cli::kept::{StoreOptions, note, with_store};
use crate::cli::terminal;
use crate::cli::whole::with_settings;
use clap::Args;
use meguri_app::actions::write_country::write_country;
use meguri_app::actions::write_open_data::{OpenDataFault, Wish, Written, write_open_data};
use meguri_app::site_info::SiteInfo;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `meguri opendata` is told.
#[derive(Clone, Debug, Args)]
pub(super) struct OpenDataArguments {
    /// 書き出し先（新しいフォルダー、または空のフォルダー）
    #[arg(value_name = "フォルダー", help_heading = "引数")]
    folder: PathBuf,
    /// CSVの先頭に、文字コードの印（BOM）を付けます（Excelで直接開くとき）
    #[arg(long)]
    bom: bool,
    /// 以前のオープンデータがあるときは、置き換えます
    #[arg(long)]
    overwrite: bool,
    /// データベースのすべての団体を、年度で分けたParquetにまとめて書き出します（団体コード順）
    #[arg(long, conflicts_with_all = ["bom", "municipality"])]
    all: bool,
    /// Which database.
    #[command(flatten)]
    store: StoreOptions,
}

/// Writes the files, and says what there is.
pub(super) fn run(arguments: &OpenDataArguments) -> io::Result<ExitCode> {
    if arguments.all {
        return country(arguments);
    }
    let Some(config) = arguments.store.config()? else {
        return Ok(ExitCode::from(2));
    };
    let about = SiteInfo::of(&config);
    let wish = Wish {
        bom: arguments.bom,
        overwrite: arguments.overwrite,
    };
    with_store(&arguments.store, false, async |kept, _| {
        let folder = arguments.folder.as_path();
        let written = write_open_data(&kept.municipality, folder, wish, &about).await?;
        Ok::<_, OpenDataFault>(
            terminal::after_work(tell(folder, &written)).map(|()| ExitCode::SUCCESS),
        )
    })
}

fn tell(folder: &Path, written: &Written) -> io::Result<()> {
    let mut out = terminal::stdout();
    writeln!(
        out,
        "「{}」に、公表中の{}文書のオープンデータを書き出しました（{}ファイル、{}行、{}KB）。",
        folder.display(),
        written.documents,
        written.files,
        written.rows,
        written.bytes.div_ceil(1000)
    )?;
    if written.licence_unknown {
        note(&[
            "利用条件（ライセンス）が、設定にないか、広く使われているものの名前になっていません。\n  \
             対応：設定の licence に「CC BY 4.0」などと書くと、説明のファイルに利用条件が入ります（docs/opendata.md）。"
                .to_owned(),
        ])?;
    }
    Ok(())
}

/// Writes the files of all municipalities, and says whose they are.
fn country(arguments: &OpenDataArguments) -> io::Result<ExitCode> {
    let folder = arguments.folder.as_path();
    with_settings(
        &arguments.store,
        async |config, context| {
            let about = SiteInfo::of(config);
            let (place, overwrite) = (&config.database, arguments.overwrite);
            write_country(place, folder, overwrite, &about, context).await
        },
        |written| {
            writeln!(
                terminal::stdout(),
                "「{}」に、{}団体の公表中の内容を書き出しました（{}ファイル、{}行）。",
                folder.display(),
                written.municipalities.len(),
                written.files,
                written.rows
            )
        },
    )
}
