//! Opens the database and finds the municipality that is meant.

use crate::actions::choose_municipality::{ChoiceFault, Chosen, Said, registered, to_register};
use crate::context::{Context, Refused};
use meguri_store::{
    By, Error, Location, MIGRATIONS, Municipality, MunicipalityCode, SecondWall, Store,
};
use std::path::PathBuf;
use thiserror::Error;

/// Which database, and whose data in it.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Where it is.
    pub location: Location,
    /// The municipality; `None` = the only one there is.
    pub said: Option<Said>,
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
    /// A name that was given although one is registered already.
    pub unused_name: Option<UnusedName>,
    /// The copy that was made before an older file was migrated.
    pub backup: Option<PathBuf>,
    /// Was an older database brought up to date without a copy before, as a server is?
    pub without_copy: bool,
    /// Whether row-level security guards the rows besides.
    pub wall: SecondWall,
}

/// A name that was given for a municipality that is registered under another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnusedName {
    /// What was given.
    pub given: String,
    /// Which municipality is registered, and under which name.
    pub registered: Chosen,
}

/// Why there is nothing to work with.
#[derive(Debug, Error)]
pub enum OpenFault {
    /// The person may not.
    #[error(transparent)]
    Refused(#[from] Refused),
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
        "{0}は、このデータベースにありません。\n「--municipality」または設定の municipality を確かめてください（登録済み：{1}）。"
    )]
    NotRegistered(String, String),
    /// It cannot be told which municipality is meant.
    #[error(transparent)]
    Choice(#[from] ChoiceFault),
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
pub async fn open_store(wanted: &Wanted, context: &Context) -> Result<Kept, OpenFault> {
    let by = context.opens();
    if let Location::File(path) = &wanted.location
        && !path.exists()
    {
        wanted.location.must_not_be_torn()?;
        if !wanted.create {
            return Err(OpenFault::NoDatabase(wanted.location.clone()));
        }
        // Before a file is made: without a municipality it would stay behind empty.
        to_register(wanted.said.as_ref(), wanted.name.as_deref())?;
    }
    let opened = Store::open(&wanted.location, by).await?;
    let store = opened.store;
    let found = municipality(&store, wanted, by).await;
    if found.is_err() {
        store.close().await;
    }
    let (municipality, unused_name) = found?;
    Ok(Kept {
        municipality,
        unused_name,
        store,
        without_copy: opened.backup.is_none()
            && (1..MIGRATIONS.len()).contains(&opened.migrated.len()),
        backup: opened.backup,
        wall: opened.wall,
    })
}

/// Opens a database that is there, with all its municipalities. Who opens it is written down where it
/// is brought up to date; that is no action of a person but comes before all of them.
///
/// # Errors
/// [`OpenFault`].
pub(crate) async fn open_database(
    location: &Location,
    context: &Context,
) -> Result<Store, OpenFault> {
    match location {
        Location::File(path) if !path.exists() => Err(OpenFault::NoDatabase(location.clone())),
        _ => Ok(Store::open(location, context.opens()).await?.store),
    }
}

async fn municipality(
    store: &Store,
    wanted: &Wanted,
    by: &By,
) -> Result<(Municipality, Option<UnusedName>), OpenFault> {
    let known = store.municipalities().await?;
    let Chosen { code, name } = choose(wanted, &known)?;
    let unused = unused_name(wanted, &code, &known);
    Ok((store.register(&code, &name, by).await?, unused))
}

/// The name that was given for one that is registered under another.
fn unused_name(
    wanted: &Wanted,
    code: &MunicipalityCode,
    known: &[(MunicipalityCode, String)],
) -> Option<UnusedName> {
    let given = wanted.name.as_deref().filter(|_| wanted.create)?.trim();
    let (code, name) = known.iter().find(|(known, _)| known == code)?;
    (given != name).then(|| UnusedName {
        given: given.to_owned(),
        registered: Chosen {
            code: code.clone(),
            name: name.clone(),
        },
    })
}

/// The municipality that is meant: one that is registered, else, where that is wanted, a new one.
fn choose(wanted: &Wanted, known: &[(MunicipalityCode, String)]) -> Result<Chosen, OpenFault> {
    let list = || {
        let each = known.iter().map(|(code, name)| format!("{code} {name}"));
        each.collect::<Vec<_>>().join("、")
    };
    let own = match (&wanted.said, known) {
        (Some(said), _) => registered(said, known)?,
        (None, [(code, _)]) => Some(code.clone()),
        (None, []) => None,
        (None, _) => return Err(OpenFault::Several(list())),
    };
    match (own, &wanted.said) {
        (Some(code), _) if wanted.create && code.is_unset() => Err(ChoiceFault::Unset.into()),
        (Some(code), _) => Ok(Chosen {
            code,
            name: String::new(),
        }),
        (None, said) if wanted.create => Ok(to_register(said.as_ref(), wanted.name.as_deref())?),
        (None, None) => Err(OpenFault::Empty(wanted.location.clone())),
        (None, Some(_)) if known.is_empty() => Err(OpenFault::Empty(wanted.location.clone())),
        (None, Some(said)) => Err(OpenFault::NotRegistered(said.to_string(), list())),
    }
}
