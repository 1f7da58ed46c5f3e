//! What a reading has read: the text of every value with its line.
//!
//! A reading is walked by its own serialisation, so that a field which a reader gains tomorrow is
//! counted without anybody thinking of it here.

use super::stream::compared_text;
use crate::printed::{LINE, Unresolved, VALUE};
use serde::ser::{self, Impossible, Serialize};
use std::fmt::{self, Display};
use std::ops::Range;

/// One text that the reading says to have read.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// Its characters in [`Claims::chars`].
    pub(super) text: Range<usize>,
    /// The line that it is said to stand on, from 1.
    pub(super) line: u32,
    /// Other spellings: a figure without its commas, an amount in another unit.
    pub(super) other: Vec<Range<usize>>,
}

/// All that a reading has read, in its order.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub(super) chars: Vec<char>,
    pub(super) values: Vec<Claim>,
    pub(super) candidates: Vec<Claim>,
}

impl Claims {
    /// The claims of a reading.
    pub(super) fn of<T: Serialize>(reading: &T, unresolved: &[Unresolved]) -> Self {
        let mut walk = Walk::default();
        // Nothing in a reading can fail to be walked.
        let _ = reading.serialize(&mut walk);
        let mut claims = walk.claims;
        for open in unresolved {
            for candidate in &open.candidates {
                let text = claims.keep(candidate);
                claims.candidates.push(Claim {
                    text,
                    line: open.line,
                    other: Vec::new(),
                });
            }
        }
        claims
    }

    /// The characters of a claim.
    pub(super) fn text(&self, range: &Range<usize>) -> &[char] {
        self.chars.get(range.clone()).unwrap_or_default()
    }

    fn keep(&mut self, text: &str) -> Range<usize> {
        let start = self.chars.len();
        compared_text(text, &mut self.chars);
        start..self.chars.len()
    }

    fn value(&mut self, value: &Value, line: u32) {
        let (text, other) = match value {
            Value::Text(text) => (self.keep(text), Vec::new()),
            Value::Number(number) => {
                let plain = number.unsigned_abs().to_string();
                let mut spelled = Vec::new();
                // The sign of a negative amount is read with it.
                for sign in SIGNS.into_iter().filter(|_| *number < 0) {
                    spelled.push(self.keep(&format!("{sign}{}", with_commas(&plain))));
                }
                spelled.push(self.keep(&with_commas(&plain)));
                spelled.push(self.keep(&plain));
                // 千円 of the reading may be printed as 円, 万円, 百万円, 億円.
                if plain != "0" {
                    spelled.push(self.keep(&with_commas(&format!("{plain}000"))));
                }
                if plain.len() > 3 {
                    for places in [1, 3, 5] {
                        if let Some(larger) = with_point(&plain, places) {
                            spelled.push(self.keep(&larger));
                        }
                    }
                }
                let first = spelled.remove(0);
                (first, spelled)
            }
        };
        if !text.is_empty() {
            self.values.push(Claim { text, line, other });
        }
    }
}

fn with_commas(digits: &str) -> String {
    let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 1);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// The signs of offices for less than zero, as they are compared.
const SIGNS: [char; 6] = ['△', '▲', '-', '−', '–', '‐'];

/// A number in a unit that is larger by some powers of ten, where papers print it so: with two
/// decimals at the most.
fn with_point(digits: &str, places: usize) -> Option<String> {
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, part) = padded.split_at_checked(padded.len() - places)?;
    let part = part.trim_end_matches('0');
    match part.len() {
        0 => Some(with_commas(whole)),
        1 | 2 => Some(format!("{}.{part}", with_commas(whole))),
        _ => None,
    }
}

#[derive(Debug)]
enum Value {
    Text(String),
    Number(i64),
}

/// Walks a reading. Only cells are kept: what is no cell has no line.
#[derive(Default)]
struct Walk {
    claims: Claims,
    /// The last leaf that was walked.
    leaf: Option<Value>,
    /// The word that counts the cell which follows, in the paper's own words.
    key: Option<Value>,
}

/// What walking a reading cannot meet.
#[derive(Debug)]
struct Never;

impl Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a reading holds texts and numbers only")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// A struct while it is walked; a cell where its fields say so.
struct Fields<'w> {
    walk: &'w mut Walk,
    value: Option<Value>,
}

impl ser::SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        if matches!(key, "unresolved" | "unread") {
            return Ok(());
        }
        self.walk.leaf = None;
        value.serialize(&mut *self.walk)?;
        match key {
            VALUE => self.value = self.walk.leaf.take(),
            LINE => {
                if let (Some(value), Some(Value::Number(line))) =
                    (self.value.take(), self.walk.leaf.take())
                {
                    let line = u32::try_from(line).unwrap_or(0);
                    let word = |key: &Value| matches!(key, Value::Text(text) if !text.is_ascii());
                    if let Some(key) = self.walk.key.take().filter(word) {
                        self.walk.claims.value(&key, line);
                    }
                    self.walk.claims.value(&value, line);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

impl ser::SerializeSeq for &mut Walk {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

impl ser::SerializeMap for &mut Walk {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.leaf = None;
        key.serialize(&mut **self)?;
        self.key = self.leaf.take();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut **self)?;
        self.key = None;
        Ok(())
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

impl<'w> ser::Serializer for &'w mut Walk {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), Never>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Self;
    type SerializeStruct = Fields<'w>;
    type SerializeStructVariant = Impossible<(), Never>;

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        self.leaf = Some(Value::Text(text.to_owned()));
        Ok(())
    }

    fn serialize_i64(self, number: i64) -> Result<(), Never> {
        self.leaf = Some(Value::Number(number));
        Ok(())
    }

    fn serialize_u64(self, number: u64) -> Result<(), Never> {
        self.serialize_i64(i64::try_from(number).map_err(|_| Never)?)
    }

    fn serialize_i32(self, number: i32) -> Result<(), Never> {
        self.serialize_i64(number.into())
    }

    fn serialize_u32(self, number: u32) -> Result<(), Never> {
        self.serialize_i64(number.into())
    }

    fn serialize_i16(self, number: i16) -> Result<(), Never> {
        self.serialize_i64(number.into())
    }

    fn serialize_u16(self, number: u16) -> Result<(), Never> {
        self.serialize_i64(number.into())
    }

    fn serialize_i8(self, number: i8) -> Result<(), Never> {
        self.serialize_i64(number.into())
    }

    fn serialize_u8(self, number: u8) -> Result<(), Never> {
        self.serialize_i64(number.into())
    }

    fn serialize_bool(self, _: bool) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Never> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Fields<'w>, Never> {
        Ok(Fields {
            walk: self,
            value: None,
        })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_f32(self, _: f32) -> Result<(), Never> {
        Err(Never)
    }

    /// An amount in 千円 with its yen behind the point: the paper prints yen.
    fn serialize_f64(self, number: f64) -> Result<(), Never> {
        let yen = format!("{number:.3}").replace('.', "");
        self.serialize_i64(yen.parse().map_err(|_| Never)?)
    }

    fn serialize_char(self, _: char) -> Result<(), Never> {
        Err(Never)
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Never> {
        Err(Never)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Never> {
        Err(Never)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Never> {
        Err(Never)
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Never> {
        Err(Never)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        Err(Never)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        Err(Never)
    }
}
