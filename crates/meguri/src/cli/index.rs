//! `meguri index`: builds the search index of what is published, or brings it into step.

use crate::cli::kept::{StoreOptions, with_store};
use crate::cli::terminal;
use meguri_app::read::pictures::Pictures;
use meguri_app::search::Keeper;
use meguri_store::Municipality;
use meguri_web::door::{Picture, Public};
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use thiserror::Error;

/// Why there is no index.
#[derive(Debug, Error)]
enum IndexFault {
    /// What the store says.
    #[error(transparent)]
    Store(#[from] meguri_store::Error),
    /// What the index says.
    #[error("{0}\n（場所：{1}）")]
    Index(meguri_search::Error, String),
}

/// Brings the index into step with what is published; with `rebuild`, all of it is written anew.
pub(super) fn run(rebuild: bool, options: &StoreOptions) -> io::Result<ExitCode> {
    let Some(config) = options.config()? else {
        return Ok(ExitCode::from(2));
    };
    let folder = config.index_folder();
    with_store(options, false, async |kept, _| {
        let text = built(&kept.municipality, &folder, rebuild).await?;
        let written = terminal::stdout().write_all(text.as_bytes());
        Ok::<_, IndexFault>(terminal::after_work(written).map(|()| ExitCode::SUCCESS))
    })
}

async fn built(city: &Municipality, folder: &Path, rebuild: bool) -> Result<String, IndexFault> {
    let picture = Pictures::new(city.clone()).published().await?;
    let place = folder.display().to_string();
    write(folder, &picture, rebuild).map_err(|error| IndexFault::Index(error, place))
}

fn write(folder: &Path, picture: &Picture<Public>, rebuild: bool) -> meguri_search::Result<String> {
    let place = folder.display();
    let mut keeper = Keeper::in_folder(folder.to_owned());
    if !rebuild && keeper.is_in_step(picture)? {
        return Ok(format!(
            "検索用の索引は、公表中の内容と一致しています（場所：{place}）。\n\
             作り直すには「--rebuild」を付けてください。\n"
        ));
    }
    let count = keeper.rebuild(picture)?;
    Ok(format!(
        "検索用の索引を作りました（{count}件、場所：{place}）。\n"
    ))
}
