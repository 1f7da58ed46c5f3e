//! Mends how municipalities are registered: another name, another code, two made one.

use crate::actions::Doing;
use crate::actions::choose_municipality::{
    ChoiceFault, Chosen, Said, named, registered, to_register,
};
use crate::actions::open_store::{OpenFault, open_database};
use crate::context::Context;
use crate::municipalities::{self, Kind};
use meguri_store::{Amounts, Location, Municipality, MunicipalityCode, Store};

/// A municipality as it is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Its code.
    pub code: MunicipalityCode,
    /// Its name.
    pub name: String,
    /// How much of it is kept.
    pub amounts: Amounts,
    /// Whether the code is that of a municipality.
    pub standing: Standing,
}

/// Whether a code is that of a municipality.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is in the list.
    Listed,
    /// Its check digit fits, and it is not in the list.
    NotListed,
    /// It is that of a ward within a city.
    Ward,
    /// It says that nobody has said which: 000000.
    Unset,
}

/// What was done to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mended {
    /// It was so already.
    Same(Chosen),
    /// It has another name.
    Renamed(Chosen),
    /// It has another code.
    Recoded(Chosen),
}

/// All that are registered.
///
/// # Errors
/// [`OpenFault`].
pub async fn list(location: &Location, context: &Context) -> Result<Vec<Registered>, OpenFault> {
    let store = open_database(location, context).await?;
    let mut all = Vec::new();
    for (code, name) in store.municipalities().await? {
        let Some(city) = store.municipality(&code).await? else {
            continue;
        };
        let standing = match municipalities::by_code(&code) {
            _ if code.is_unset() => Standing::Unset,
            Some(listed) if listed.kind == Kind::Ward => Standing::Ward,
            Some(_) => Standing::Listed,
            None => Standing::NotListed,
        };
        let amounts = city.amounts().await?;
        all.push(Registered {
            code,
            name,
            amounts,
            standing,
        });
    }
    store.close().await;
    Ok(all)
}

/// Gives the municipality `from` the code and the name of `to`; without `to`, only another name.
///
/// # Errors
/// [`OpenFault`]; nothing is changed then.
pub async fn set(
    location: &Location,
    from: &Said,
    to: Option<&Said>,
    name: Option<&str>,
    context: &Context,
) -> Result<Mended, OpenFault> {
    let by = context.may_here(Doing::SetMunicipality)?.by();
    let store = open_database(location, context).await?;
    let (city, before) = own(&store, from).await?;
    let own_code = Said::Code(city.code().clone());
    let same = to.is_none_or(|to| *to == own_code);
    let chosen = match name.filter(|_| same).map(named).transpose()? {
        Some(name) => Chosen {
            code: city.code().clone(),
            name: name.to_owned(),
        },
        None => to_register(Some(to.unwrap_or(&own_code)), name)?,
    };
    let mended = if chosen.code != *city.code() {
        city.recode(&chosen.code, &chosen.name, by).await?;
        Mended::Recoded(chosen)
    } else if chosen.name != before {
        city.rename(&chosen.name, by).await?;
        Mended::Renamed(chosen)
    } else {
        Mended::Same(chosen)
    };
    store.close().await;
    Ok(mended)
}

/// Moves all of one municipality to another; both as they are registered.
///
/// # Errors
/// [`OpenFault`]; nothing is changed then.
pub async fn merge(
    location: &Location,
    from: &Said,
    into: &Said,
    context: &Context,
) -> Result<(Chosen, Chosen), OpenFault> {
    let by = context.may_here(Doing::MergeMunicipality)?.by();
    let store = open_database(location, context).await?;
    let (from, from_name) = own(&store, from).await?;
    let (into, into_name) = own(&store, into).await?;
    if from.code() == into.code() {
        let told = "同じ団体が二回指定されています。まとめる団体と、残す団体を指定してください。";
        return Err(ChoiceFault::NoCode(told.to_owned()).into());
    }
    if into.code().is_unset() {
        return Err(ChoiceFault::Unset.into());
    }
    from.merge_into(&into, by).await?;
    let chosen = |city: &Municipality, name: String| Chosen {
        code: city.code().clone(),
        name,
    };
    let both = (chosen(&from, from_name), chosen(&into, into_name));
    store.close().await;
    Ok(both)
}

async fn own(store: &Store, said: &Said) -> Result<(Municipality, String), OpenFault> {
    let known = store.municipalities().await?;
    let code = registered(said, &known)?;
    let found = known.iter().find(|(known, _)| Some(known) == code.as_ref());
    if let Some((code, name)) = found
        && let Some(city) = store.municipality(code).await?
    {
        return Ok((city, name.clone()));
    }
    let each = known.iter().map(|(code, name)| format!("{code} {name}"));
    let list = each.collect::<Vec<_>>().join("、");
    Err(OpenFault::NotRegistered(said.to_string(), list))
}
