//! One value: where it belongs, what it holds, where it stands in the paper.

use super::words::{AGAINST, LIMITS, SETTLED, SIGNS, UNITS, of_word, word_of};
use crate::error::{Error, Result};
use crate::sql::{Arg, Row};
use meguri_core::figure::{Figure, Meaning};
use meguri_core::money::Money;
use meguri_core::source::Settled;

/// Where a value belongs within its record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) part: String,
    pub(crate) item: i64,
    pub(crate) field: String,
    /// Calendar year in which the fiscal year begins; 0 = none.
    pub(crate) year: i64,
    pub(crate) place: i64,
}

/// What a value holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// Nothing: the value says that the thing is there.
    Blank,
    /// The paper had something that the text lost.
    Lost,
    Text(String),
    Count(u32),
    Figure(Figure),
    Money(Money),
    /// A person took the value away.
    Removed,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) key: Key,
    pub(crate) held: Held,
    /// What stands beside it: the stage of a judgement, the axis of a next step, a counted word.
    pub(crate) about: Option<String>,
    pub(crate) line: u32,
    pub(crate) settled: Settled,
}

/// The columns that hold a value.
#[derive(Default)]
struct Columns<'a> {
    meaning: &'static str,
    text: Option<&'a str>,
    number: Option<String>,
    amount: Option<i64>,
    unit: Option<&'static str>,
    about: Option<&'a str>,
}

impl Entry {
    /// The same place with nothing in it.
    pub(crate) fn removed(&self) -> Self {
        Self {
            key: self.key.clone(),
            held: Held::Removed,
            about: None,
            line: 0,
            settled: Settled::Confirmed,
        }
    }

    /// The columns behind record and version.
    pub(crate) fn columns(&self) -> [Arg<'_>; 13] {
        let key = &self.key;
        let columns = self.held_columns();
        let number = columns.number.map(std::borrow::Cow::Owned);
        [
            (&key.part).into(),
            key.item.into(),
            (&key.field).into(),
            key.year.into(),
            key.place.into(),
            columns.meaning.into(),
            columns.text.into(),
            Arg::Text(number),
            columns.amount.into(),
            columns.unit.into(),
            columns.about.into(),
            self.line.into(),
            self.settled.key().into(),
        ]
    }

    fn held_columns(&self) -> Columns<'_> {
        let columns = Columns {
            about: self.about.as_deref(),
            ..Columns::default()
        };
        match &self.held {
            Held::Blank => Columns {
                meaning: "blank",
                ..columns
            },
            Held::Lost => Columns {
                meaning: "lost",
                ..columns
            },
            Held::Removed => Columns {
                meaning: "removed",
                ..columns
            },
            Held::Text(text) => Columns {
                meaning: "text",
                text: Some(text),
                ..columns
            },
            Held::Count(count) => Columns {
                meaning: "count",
                amount: Some(i64::from(*count)),
                ..columns
            },
            Held::Money(money) => Columns {
                meaning: "money",
                amount: Some(money.yen),
                unit: Some(word_of(UNITS, money.unit)),
                ..columns
            },
            Held::Figure(figure) => figure_columns(figure),
        }
    }

    /// The value of a row of [`super::AS_OF`].
    pub(crate) fn of(row: &Row) -> Result<Self> {
        let key = Key {
            part: row.text(0)?,
            item: row.integer(1)?,
            field: row.text(2)?,
            year: row.integer(3)?,
            place: row.integer(4)?,
        };
        let (meaning, number) = (row.text(5)?, row.maybe_text(7)?);
        let (unit, settled) = (row.maybe_text(9)?, row.text(12)?);
        Self::made(Kept {
            key,
            meaning: &meaning,
            text: row.maybe_text(6)?,
            number: number.as_deref(),
            amount: row.maybe_integer(8)?,
            unit: unit.as_deref(),
            about: row.maybe_text(10)?,
            line: row.small(11)?,
            settled: &settled,
        })
    }

    /// The value of a row of four columns, with its record and version: what is short and ours
    /// stands in the first, parted by blanks, since every column of a row costs as much as its
    /// value.
    pub(crate) fn packed(row: &Row) -> Result<(i64, i64, Self)> {
        let packed = row.text(0)?;
        let mut words = packed.split(' ');
        let mut word = || words.next().ok_or_else(|| unknown(&packed));
        let number = |word: &str| word.parse::<i64>().map_err(|_| unknown(word));
        let (record, version) = (number(word()?)?, number(word()?)?);
        let part = word()?.to_owned();
        let (item, year, place) = (number(word()?)?, number(word()?)?, number(word()?)?);
        let line = number(word()?)?;
        let (settled, meaning) = (word()?, word()?);
        let filled = |word: &'_ str| !word.is_empty();
        let (decimal, amount, unit) = (word()?, word()?, word()?);
        let entry = Self::made(Kept {
            key: Key {
                part,
                item,
                field: row.text(1)?,
                year,
                place,
            },
            meaning,
            text: row.maybe_text(2)?,
            number: Some(decimal).filter(|word| filled(word)),
            amount: if filled(amount) {
                Some(number(amount)?)
            } else {
                None
            },
            unit: Some(unit).filter(|word| filled(word)),
            about: row.maybe_text(3)?,
            line: u32::try_from(line).map_err(|_| unknown(&packed))?,
            settled,
        })?;
        Ok((record, version, entry))
    }

    fn made(kept: Kept<'_>) -> Result<Self> {
        let settled = of_word(SETTLED, kept.settled).ok_or_else(|| unknown(kept.settled))?;
        let line = kept.line;
        let (key, held, about) = held(kept)?;
        Ok(Self {
            key,
            held,
            about,
            line,
            settled,
        })
    }

    /// As a person would read it; `None` where there is nothing.
    pub(crate) fn printed(&self) -> Option<String> {
        match &self.held {
            Held::Blank => Some(String::new()),
            Held::Lost | Held::Removed => None,
            Held::Text(text) => Some(text.clone()),
            Held::Count(count) => Some(count.to_string()),
            Held::Figure(figure) => Some(figure.printed.clone()),
            Held::Money(money) => Some(money.to_string()),
        }
    }

    /// For the audit: `indicator/0/target/2024=75.4`.
    pub(crate) fn in_words(&self) -> String {
        let Key {
            part,
            item,
            field,
            year,
            place,
        } = &self.key;
        let printed = self.printed().unwrap_or_else(|| "（なし）".to_owned());
        format!("{part}/{item}/{field}/{year}/{place}={printed}")
    }
}

fn figure_columns(figure: &Figure) -> Columns<'_> {
    let (meaning, number) = match figure.meaning {
        Meaning::Number(number) => ("number", Some(number)),
        Meaning::Limit(limit, number) => (word_of(LIMITS, limit), Some(number)),
        Meaning::LastYear(against) => (word_of(AGAINST, against), None),
        Meaning::Dash => ("dash", None),
        Meaning::Sign(sign) => (word_of(SIGNS, sign), None),
        Meaning::Words => ("words", None),
    };
    Columns {
        meaning,
        text: Some(&figure.printed),
        number: number.map(|number| number.to_string()),
        about: figure.mark.as_deref(),
        ..Columns::default()
    }
}

/// The columns of a value as kept.
struct Kept<'a> {
    key: Key,
    meaning: &'a str,
    text: Option<String>,
    number: Option<&'a str>,
    amount: Option<i64>,
    unit: Option<&'a str>,
    about: Option<String>,
    line: u32,
    settled: &'a str,
}

/// Where a value belongs, what it holds, and what stands beside it.
fn held(kept: Kept<'_>) -> Result<(Key, Held, Option<String>)> {
    let meaning = kept.meaning;
    let missing = || unknown(meaning);
    let held = match meaning {
        "blank" => Held::Blank,
        "lost" => Held::Lost,
        "removed" => Held::Removed,
        "text" => Held::Text(kept.text.ok_or_else(missing)?),
        "count" => {
            let count = kept.amount.and_then(|amount| u32::try_from(amount).ok());
            Held::Count(count.ok_or_else(missing)?)
        }
        "money" => Held::Money(Money {
            yen: kept.amount.ok_or_else(missing)?,
            unit: kept
                .unit
                .and_then(|unit| of_word(UNITS, unit))
                .ok_or_else(missing)?,
        }),
        _ => {
            let figure = Figure {
                printed: kept.text.ok_or_else(missing)?,
                meaning: figure_meaning(meaning, kept.number)?,
                mark: kept.about,
            };
            return Ok((kept.key, Held::Figure(figure), None));
        }
    };
    Ok((kept.key, held, kept.about))
}

fn figure_meaning(word: &str, number: Option<&str>) -> Result<Meaning> {
    match word {
        "dash" => return Ok(Meaning::Dash),
        "words" => return Ok(Meaning::Words),
        _ => {}
    }
    if let Some(sign) = of_word(SIGNS, word) {
        return Ok(Meaning::Sign(sign));
    }
    if let Some(against) = of_word(AGAINST, word) {
        return Ok(Meaning::LastYear(against));
    }
    let number = number.and_then(|number| number.parse().ok());
    let number = number.ok_or_else(|| unknown(word))?;
    if word == "number" {
        return Ok(Meaning::Number(number));
    }
    let limit = of_word(LIMITS, word).ok_or_else(|| unknown(word))?;
    Ok(Meaning::Limit(limit, number))
}

fn unknown(word: &str) -> Error {
    Error::damaged(format!("value: {word}"))
}
