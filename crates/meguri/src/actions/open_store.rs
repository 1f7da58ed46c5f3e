//! Opens the database and finds the municipality that is meant.

use meguri_store::{By, Error, Location, Municipality, MunicipalityCode, SecondWall, Store};
use std::path::PathBuf;
use thiserror::Error;

/// Which database, and whose data in it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Where it is.
    pub location: Location,
    /// The municipality; `None` = the only one there is.
    pub code: Option<MunicipalityCode>,
    /// Its name, where it is registered now.
    pub name: Option<String>,
    /// Make what is not there yet: the file, the municipality.
    pub create: bool,
}

/// An open database with the municipality that is meant.
#[derive(Debug)]
pub struct Kept {
    /// The database.
    pub store: Store,
    /// Whose data is meant.
    pub municipality: Municipality,
    /// The copy that was made before an older file was migrated.
    pub backup: Option<PathBuf>,
    /// Whether row-level security guards the rows besides.
    pub wall: SecondWall,
}

/// Why there is nothing to work with.
#[derive(Debug, Error)]
pub enum OpenFault {
    /// What the store says; its message has the remedy.
    #[error(transparent)]
    Store(#[from] Error),
    /// There is no such file.
    #[error(
        "データベース「{0}」がありません。\n「meguri import ファイル名…」で文書を取り込むと作られます。場所が違う場合は「--database」または設定の database で指定してください。"
    )]
    NoDatabase(Location),
    /// Nothing is kept in it.
    #[error(
        "データベース「{0}」には、まだ何も取り込まれていません。\n「meguri import ファイル名…」で文書を取り込んでください。"
    )]
    Empty(Location),
    /// The municipality is not in it.
    #[error(
        "団体コード {0} の団体は、このデータベースにありません。\n「--municipality」または設定の municipality を確かめてください（登録済み：{1}）。"
    )]
    NotRegistered(MunicipalityCode, String),
    /// There are several.
    #[error(
        "このデータベースには複数の団体があります（{0}）。\n「--municipality 団体コード」または設定の municipality で、どの団体かを指定してください。"
    )]
    Several(String),
}

/// Opens the database, brings it up to date, and finds the municipality.
///
/// # Errors
/// [`OpenFault`]; nothing was changed then, but for a new file that stays empty.
pub async fn open_store(wanted: &Wanted, by: &By) -> Result<Kept, OpenFault> {
    if let (false, Location::File(path)) = (wanted.create, &wanted.location)
        && !path.exists()
    {
        return Err(OpenFault::NoDatabase(wanted.location.clone()));
    }
    let opened = Store::open(&wanted.location, by).await?;
    let store = opened.store;
    let found = municipality(&store, wanted, by).await;
    if found.is_err() {
        store.close().await;
    }
    Ok(Kept {
        municipality: found?,
        store,
        backup: opened.backup,
        wall: opened.wall,
    })
}

async fn municipality(store: &Store, wanted: &Wanted, by: &By) -> Result<Municipality, OpenFault> {
    let known = store.municipalities().await?;
    let list = || {
        let each = known.iter().map(|(code, name)| format!("{code} {name}"));
        each.collect::<Vec<_>>().join("、")
    };
    let code = match (&wanted.code, known.as_slice()) {
        (Some(code), _) if wanted.create || known.iter().any(|(known, _)| known == code) => code,
        (Some(code), _) => return Err(OpenFault::NotRegistered(code.clone(), list())),
        (None, [(code, _)]) => code,
        (None, []) if wanted.create => &MunicipalityCode::unset(),
        (None, []) => return Err(OpenFault::Empty(wanted.location.clone())),
        (None, _) => return Err(OpenFault::Several(list())),
    };
    let name = wanted.name.as_deref().unwrap_or("（団体名未設定）");
    Ok(store.register(code, name, by).await?)
}
