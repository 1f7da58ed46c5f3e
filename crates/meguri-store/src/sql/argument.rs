//! Arguments of statements: integers, texts and bytes, or nothing.

use crate::error::{Error, Result};
use sqlx::Arguments;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use std::borrow::Cow;

/// One argument.
#[derive(Clone, Debug)]
pub(crate) enum Arg<'a> {
    Integer(Option<i64>),
    Text(Option<Cow<'a, str>>),
    Blob(&'a [u8]),
}

impl<'a> Arg<'a> {
    /// A text. PostgreSQL cannot hold U+0000 in one; both engines get U+FFFD instead, so that they
    /// keep the same.
    pub(crate) fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.contains('\0') {
            Self::Text(Some(Cow::Owned(text.replace('\0', "\u{fffd}"))))
        } else {
            Self::Text(Some(text))
        }
    }
}

impl From<i64> for Arg<'_> {
    fn from(value: i64) -> Self {
        Self::Integer(Some(value))
    }
}

impl From<Option<i64>> for Arg<'_> {
    fn from(value: Option<i64>) -> Self {
        Self::Integer(value)
    }
}

impl From<u32> for Arg<'_> {
    fn from(value: u32) -> Self {
        Self::Integer(Some(i64::from(value)))
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(value: &'a str) -> Self {
        Self::text(value)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(value: &'a String) -> Self {
        Self::text(value.as_str())
    }
}

impl<'a> From<Option<&'a str>> for Arg<'a> {
    fn from(value: Option<&'a str>) -> Self {
        value.map_or(Self::Text(None), Self::text)
    }
}

pub(super) fn sqlite_arguments(args: &[Arg<'_>]) -> Result<SqliteArguments> {
    let mut bound = SqliteArguments::default();
    bound.reserve(args.len(), 0);
    for arg in args {
        match arg {
            Arg::Integer(value) => bound.add(*value),
            Arg::Text(value) => bound.add(value.clone()),
            Arg::Blob(value) => bound.add(*value),
        }
        .map_err(Error::unbound)?;
    }
    Ok(bound)
}

pub(super) fn postgres_arguments(args: &[Arg<'_>]) -> Result<PgArguments> {
    let mut bound = PgArguments::default();
    bound.reserve(args.len(), 0);
    for arg in args {
        match arg {
            Arg::Integer(value) => bound.add(*value),
            Arg::Text(value) => bound.add(value.as_deref()),
            Arg::Blob(value) => bound.add(*value),
        }
        .map_err(Error::unbound)?;
    }
    Ok(bound)
}
