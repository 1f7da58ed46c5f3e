//! 団体コード: six digits, the last of which checks the others.

use crate::error::{Error, Result};
use std::fmt;

/// The code of a municipality (全国地方公共団体コード), with its check digit.
///
/// The first five digits are multiplied by 6, 5, 4, 3 and 2; the check digit is the last digit of
/// 11 minus the remainder of their sum by 11 (総務省「全国地方公共団体コード仕様」).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode(String);

/// No municipality has this code: its check digit would be 1.
const UNSET: &str = "000000";

impl MunicipalityCode {
    /// Reads six digits.
    ///
    /// # Errors
    /// Where they are not six, where no prefecture has the first two, or where the check digit is
    /// another one.
    pub fn parse(text: &str) -> Result<Self> {
        let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
        let Some([a, b, _, _, _, check]) = digits.as_deref() else {
            return Err(Error::invalid(format!(
                "団体コード「{text}」は半角数字6桁で指定してください（検査数字を含みます）。"
            )));
        };
        if !(1..=47).contains(&(a * 10 + b)) {
            return Err(Error::invalid(format!(
                "団体コード「{text}」の先頭2桁に当たる都道府県はありません。"
            )));
        }
        let right = check_digit(digits.as_deref().unwrap_or_default());
        if *check != right {
            return Err(Error::invalid(format!(
                "団体コード「{text}」の検査数字（6桁目）が合いません。正しくは {right} です。\
                 入力の誤りがないかご確認ください。"
            )));
        }
        Ok(Self(text.to_owned()))
    }

    /// Completes five digits by their check digit.
    ///
    /// # Errors
    /// As [`MunicipalityCode::parse`].
    pub fn complete(five: &str) -> Result<Self> {
        let digits: Option<Vec<u32>> = five.chars().map(|c| c.to_digit(10)).collect();
        match digits.as_deref() {
            Some(digits) if digits.len() == 5 => {
                Self::parse(&format!("{five}{}", check_digit(digits)))
            }
            _ => Self::parse(five),
        }
    }

    /// What older versions registered where nobody had said which municipality it is: 000000.
    /// Nothing new is kept under it.
    #[must_use]
    pub fn unset() -> Self {
        Self(UNSET.to_owned())
    }

    /// Is it no code of a municipality, but that of an installation that has not said which?
    #[must_use]
    pub fn is_unset(&self) -> bool {
        self.0 == UNSET
    }

    /// As kept: one that was once registered.
    pub(crate) fn kept(text: &str) -> Result<Self> {
        if text == UNSET {
            Ok(Self::unset())
        } else {
            Self::parse(text)
        }
    }

    /// The six digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The digit that checks the first five.
fn check_digit(digits: &[u32]) -> u32 {
    let weights = [6, 5, 4, 3, 2];
    let products = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight);
    (11 - products.sum::<u32>() % 11) % 10
}

/// The six digits.
impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_is_that_of_the_ministry() {
        // Prefectures and cities as the Ministry lists them.
        for code in [
            "010006", "011002", "130001", "131016", "141003", "271004", "473821",
        ] {
            assert!(MunicipalityCode::parse(code).is_ok(), "{code}");
        }
        for code in [
            "",
            "13000",
            "130002",
            "1300011",
            "１３０００１",
            "480006",
            "000000",
            "13000a",
        ] {
            assert!(MunicipalityCode::parse(code).is_err(), "{code}");
        }
    }
}
