//! Which municipality is meant, by a code or a name as people write them.

use crate::actions::words::{self, WordsFault};
use crate::municipalities::{self, DATE, Found, Kind, Listed};
use meguri_core::text::{is_dash, narrow};
use meguri_store::MunicipalityCode;
use std::fmt;
use thiserror::Error;

/// A municipality as a person, a setting or the environment says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// By its code.
    Code(MunicipalityCode),
    /// By its name, or a part of it.
    Name(String),
}

/// A municipality to be registered, or one that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its code; never one that is no code, where it is to be registered.
    pub code: MunicipalityCode,
    /// Its name.
    pub name: String,
}

/// Why no municipality can be told from what was said; the message has the remedy.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ChoiceFault {
    /// Nobody said which.
    #[error(
        "どの団体の文書かが分かりません。\n「--municipality」で団体コードまたは名称を指定してください（設定の municipality、環境変数 MEGURI_MUNICIPALITY でも指定できます）。\n例：meguri import --municipality 小平市 評価.txt\n例：meguri import --municipality 132110 評価.txt"
    )]
    NotSaid,
    /// It is no code.
    #[error("{0}")]
    NoCode(String),
    /// Several have the name.
    #[error("「{0}」という名称の団体は複数あります。団体コードで指定してください。{1}")]
    Several(String, String),
    /// None has the name.
    #[error(
        "「{0}」という名称の団体は、一覧（{DATE}現在）にありません。{1}\n一覧にない団体は、「meguri import --municipality 団体コード --name 名称」のように、コードと名称を指定してください。"
    )]
    NoName(String, String),
    /// The code is none of the list, and no name was given.
    #[error(
        "団体コード {0} の団体は、一覧（{DATE}現在）にありません。コードをご確認ください。\n合併などで新しくできた団体の場合は、「meguri import --municipality {0} --name 名称」のように名称も指定してください。"
    )]
    NotListed(MunicipalityCode),
    /// A ward of a designated city.
    #[error(
        "「{ward}」は政令指定都市の区で、独立した団体ではありません。\n市の団体コードを指定してください（例：--municipality {code}　{city}）。"
    )]
    Ward {
        /// The ward with its city.
        ward: String,
        /// The code of the city.
        code: MunicipalityCode,
        /// The city.
        city: String,
    },
    /// What older versions registered where nobody had said which it is.
    #[error(
        "団体コード 000000 は、団体が決まっていないことを表し、文書を取り込めません。\n「meguri municipality set 000000 団体コードまたは名称」で、正しい団体に改めてください。\n例：meguri municipality set 000000 小平市"
    )]
    Unset,
    /// A name without any letter.
    #[error(
        "団体の名称が空です。名称を指定してください（例：「meguri import --name みずほ野市」）。"
    )]
    EmptyName,
    /// A name that nobody can read.
    #[error(transparent)]
    Words(#[from] WordsFault),
}

impl Said {
    /// Reads a code, with or without its check digit, or a name.
    ///
    /// # Errors
    /// [`ChoiceFault::NoCode`], where it is written in digits and is no code.
    pub fn parse(text: &str) -> Result<Self, ChoiceFault> {
        let text = text.trim();
        let plain: String = narrow(text)
            .chars()
            .filter(|c| !c.is_whitespace() && !is_dash(*c))
            .collect();
        if !plain.is_empty() && plain.chars().all(|c| c.is_ascii_digit()) {
            return code(&plain).map(Self::Code);
        }
        if plain.is_empty() {
            return Err(ChoiceFault::NoCode(
                "団体コードまたは名称が空です（例：132110、小平市）。".to_owned(),
            ));
        }
        // As candidates are listed: 「132063 府中市（東京都）」.
        let digits: String = plain.chars().take_while(char::is_ascii_digit).collect();
        match MunicipalityCode::parse(&digits) {
            Ok(code) => with_name(code, &plain[digits.len()..]),
            Err(_) => Ok(Self::Name(text.to_owned())),
        }
    }
}

/// As it is told in a message.
impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(f, "団体コード {code} の団体"),
            Self::Name(name) => write!(f, "「{name}」"),
        }
    }
}

/// A code with a name behind it, which must not be that of another one. A name that nobody has may be
/// the one under which the municipality is registered.
fn with_name(code: MunicipalityCode, rest: &str) -> Result<Said, ChoiceFault> {
    let name = rest.split(['(', '（']).next().unwrap_or_default();
    let others = match municipalities::by_name(name) {
        Found::One(one) => vec![one],
        Found::Several(all) => all,
        Found::None(_) => Vec::new(),
    };
    if others.is_empty() || others.iter().any(|listed| listed.code == code) {
        return Ok(Said::Code(code));
    }
    let own = municipalities::by_code(&code).map_or_else(String::new, |listed| {
        format!("{code} は{}です。", listed.full())
    });
    Err(ChoiceFault::NoCode(format!(
        "団体コード {code} と名称「{name}」が合いません。{own}どちらか一方を指定してください。"
    )))
}

/// A code in digits. A spreadsheet takes the leading zero of a code away, so that five digits may
/// be a code without its check digit or one without its zero: the list decides.
fn code(digits: &str) -> Result<MunicipalityCode, ChoiceFault> {
    let fault = |error: meguri_store::Error| ChoiceFault::NoCode(error.to_string());
    if digits == MunicipalityCode::unset().as_str() {
        return Ok(MunicipalityCode::unset());
    }
    let zero = format!("0{digits}");
    let readings = match digits.len() {
        5 => [
            MunicipalityCode::complete(digits),
            MunicipalityCode::parse(&zero),
        ],
        4 => [
            MunicipalityCode::complete(&zero),
            MunicipalityCode::parse(digits),
        ],
        _ => return MunicipalityCode::parse(digits).map_err(fault),
    };
    let listed = readings
        .iter()
        .flatten()
        .filter(|code| municipalities::by_code(code).is_some());
    match listed.collect::<Vec<_>>().as_slice() {
        [only] => Ok((*only).clone()),
        [] if digits.len() == 5 => MunicipalityCode::complete(digits).map_err(fault),
        [] => MunicipalityCode::parse(digits).map_err(fault),
        several => Err(ChoiceFault::Several(
            digits.to_owned(),
            candidates(
                several
                    .iter()
                    .filter_map(|code| municipalities::by_code(code)),
            ),
        )),
    }
}

/// The one that is registered and meant; `None` where none of them is.
///
/// # Errors
/// [`ChoiceFault::Several`] where more than one has the name.
pub fn registered(
    said: &Said,
    known: &[(MunicipalityCode, String)],
) -> Result<Option<MunicipalityCode>, ChoiceFault> {
    let text = match said {
        Said::Code(code) => {
            let own = known.iter().find(|(known, _)| known == code);
            return Ok(own.map(|(code, _)| code.clone()));
        }
        Said::Name(text) => text,
    };
    let fits: Vec<_> = known
        .iter()
        .filter(|(_, name)| municipalities::is_same(name, text))
        .collect();
    match fits.as_slice() {
        [(code, _)] => return Ok(Some(code.clone())),
        [] => {}
        several => {
            let each = several
                .iter()
                .map(|(code, name)| format!("\n  {code} {name}"));
            return Err(ChoiceFault::Several(text.clone(), each.collect()));
        }
    }
    let listed: Vec<&Listed> = match municipalities::by_name(text) {
        Found::One(one) => vec![one],
        Found::Several(all) => all,
        Found::None(_) => Vec::new(),
    };
    let mut own = known
        .iter()
        .filter(|(code, _)| listed.iter().any(|listed| listed.code == *code));
    match (own.next(), own.next()) {
        (Some((code, _)), None) => Ok(Some(code.clone())),
        (None, _) => Ok(None),
        _ => Err(ChoiceFault::Several(
            text.clone(),
            candidates(listed.into_iter()),
        )),
    }
}

/// The one that is to be registered: never one without a code of its own, nor one without a name.
///
/// # Errors
/// Any [`ChoiceFault`].
pub fn to_register(said: Option<&Said>, name: Option<&str>) -> Result<Chosen, ChoiceFault> {
    let name = name.map(named).transpose()?;
    let said = match (said, name) {
        (Some(said), _) => said.clone(),
        (None, Some(name)) => Said::Name(name.to_owned()),
        (None, None) => return Err(ChoiceFault::NotSaid),
    };
    let listed = match &said {
        Said::Code(code) if code.is_unset() => return Err(ChoiceFault::Unset),
        Said::Code(code) => municipalities::by_code(code),
        Said::Name(text) => Some(one_of_the_list(text)?),
    };
    match (listed, &said, name) {
        (Some(listed), ..) if listed.kind == Kind::Ward => Err(ward(listed)),
        (Some(listed), _, name) => Ok(Chosen {
            code: listed.code.clone(),
            name: name.unwrap_or(listed.name).to_owned(),
        }),
        (None, Said::Code(code), Some(name)) => Ok(Chosen {
            code: code.clone(),
            name: name.to_owned(),
        }),
        (None, Said::Code(code), None) => Err(ChoiceFault::NotListed(code.clone())),
        (None, Said::Name(_), _) => Err(ChoiceFault::NotSaid),
    }
}

/// A name that a municipality may have.
///
/// # Errors
/// [`ChoiceFault::EmptyName`] and [`ChoiceFault::Words`].
pub fn named(name: &str) -> Result<&str, ChoiceFault> {
    let name = name.trim();
    if name.is_empty() {
        return Err(ChoiceFault::EmptyName);
    }
    words::check_name("団体の名称", name)?;
    Ok(name)
}

fn one_of_the_list(text: &str) -> Result<&'static Listed, ChoiceFault> {
    let text = text.trim();
    match municipalities::by_name(text) {
        Found::One(listed) => Ok(listed),
        Found::Several(all) => Err(ChoiceFault::Several(
            text.to_owned(),
            candidates(all.into_iter()),
        )),
        Found::None(near) if near.is_empty() => {
            Err(ChoiceFault::NoName(text.to_owned(), String::new()))
        }
        Found::None(near) => {
            let near = format!("名称の近いもの：{}", candidates(near.into_iter()));
            Err(ChoiceFault::NoName(text.to_owned(), near))
        }
    }
}

fn candidates<'a>(listed: impl Iterator<Item = &'a Listed>) -> String {
    listed.map(|listed| format!("\n  {listed}")).collect()
}

fn ward(listed: &Listed) -> ChoiceFault {
    match &listed.city {
        Some((code, city)) => ChoiceFault::Ward {
            ward: format!("{city}{}", listed.name),
            code: code.clone(),
            city: (*city).to_owned(),
        },
        None => ChoiceFault::NotListed(listed.code.clone()),
    }
}

#[cfg(test)]
mod tests;
