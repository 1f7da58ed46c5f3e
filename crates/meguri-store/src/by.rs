//! Who writes and when, as the caller says: this crate reads no clock.

use crate::error::{Error, Result};

/// Who does something, and at which moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    who: String,
    moment: String,
}

impl By {
    /// A person or program, and an ISO 8601 date (`2026-04-01`) or moment
    /// (`2026-04-01T09:30:00+09:00`).
    ///
    /// # Errors
    /// Where the name is blank, or the moment does not begin with a date.
    pub fn new(who: impl Into<String>, moment: impl Into<String>) -> Result<Self> {
        let (who, moment) = (who.into(), moment.into());
        if who.trim().is_empty() {
            return Err(Error::invalid("操作した人の名前が空です。"));
        }
        if !begins_with_date(&moment) {
            return Err(Error::invalid(format!(
                "日時「{moment}」を読めません。2026-04-01 または 2026-04-01T09:30:00+09:00 の形で\
                 指定してください。"
            )));
        }
        Ok(Self { who, moment })
    }

    /// The name.
    #[must_use]
    pub fn who(&self) -> &str {
        &self.who
    }

    /// The moment, as given.
    #[must_use]
    pub fn moment(&self) -> &str {
        &self.moment
    }

    /// As kept; what was once accepted is not judged again.
    pub(crate) const fn kept(who: String, moment: String) -> Self {
        Self { who, moment }
    }
}

fn begins_with_date(moment: &str) -> bool {
    let (date, time) = moment.split_once('T').unwrap_or((moment, "00:00"));
    let parts: Vec<&str> = date.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let number = |text: &str, width: usize, max: u32| {
        let digits = text.len() == width && text.bytes().all(|b| b.is_ascii_digit());
        digits && text.parse::<u32>().is_ok_and(|n| (1..=max).contains(&n))
    };
    let time_shaped = time.contains(':')
        && time
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-:.Z".contains(&b));
    number(year, 4, 9999) && number(month, 2, 12) && number(day, 2, 31) && time_shaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_begin_with_a_date() {
        for good in [
            "2026-04-01",
            "2026-04-01T09:30:00+09:00",
            "2026-04-01T00:30:00Z",
        ] {
            assert!(By::new("総務課", good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "令和8年4月1日",
            "2026-4-1",
            "2026-13-01",
            "2026-04-01T",
            "2026-04-01Tx:",
        ] {
            assert!(By::new("総務課", bad).is_err(), "{bad}");
        }
        assert!(By::new("　", "2026-04-01").is_err());
    }
}
