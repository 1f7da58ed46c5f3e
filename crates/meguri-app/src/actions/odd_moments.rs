//! Moments in the audit that a right clock would not give: before the line before, or far from now.
//!
//! The audit says when something was done as the clock of the computer said it. A clock that went
//! back or is a century ahead makes publications of a year in which nobody published anything, and
//! the order of the versions and the feed go by them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use meguri_store::{AuditLine, Municipality, Result};

/// Lines that are read at a time.
const PAGE: u16 = 1_000;
/// Before this nobody has used the program.
const FIRST_YEAR: i16 = 2020;
/// By so much clocks of several computers differ.
const SLACK: SignedDuration = SignedDuration::from_mins(10);
/// A line that has only a day may be of any hour of it, anywhere.
const SLACK_OF_DAYS: SignedDuration = SignedDuration::from_hours(36);

/// A moment as the audit has it.
#[derive(Clone, Copy)]
struct Moment {
    at: Timestamp,
    slack: SignedDuration,
}

/// What is odd about the moments of the audit, in Japanese, at most so many.
///
/// # Errors
/// Those of the database.
pub async fn odd_moments(city: &Municipality, now: &str, most: usize) -> Result<Vec<String>> {
    let Some(now) = parse(now) else {
        return Ok(Vec::new());
    };
    let (mut after, mut before, mut odd) = (0, None, Vec::new());
    loop {
        let lines = city.audit(after, PAGE).await?;
        for line in &lines {
            odd.extend(oddity(line, &mut before, now));
            after = line.number;
        }
        if lines.is_empty() || odd.len() >= most {
            odd.truncate(most);
            return Ok(odd);
        }
    }
}

fn oddity(line: &AuditLine, before: &mut Option<Moment>, now: Moment) -> Option<String> {
    let text = line.by.moment();
    let why = match parse(text) {
        None => Some("日時を読めません"),
        Some(moment) if is_before(now, moment) => Some("いまより先の日時です"),
        Some(moment) if year(moment) < FIRST_YEAR => Some("古すぎる日時です"),
        Some(moment) => {
            let back = before.is_some_and(|before| is_before(moment, before));
            *before = Some(moment);
            back.then_some("一つ前の記録より前の日時です")
        }
    };
    why.map(|why| {
        format!(
            "監査記録の{}件目の日時（{text}）は、{why}。\n  \
             対応：このコンピューターの時計と時刻合わせの設定を確かめてください。記録は変更できません。",
            line.number
        )
    })
}

/// Is one moment before another, whatever their clocks?
fn is_before(one: Moment, other: Moment) -> bool {
    let slack = one.slack.max(other.slack);
    one.at.saturating_add(slack).is_ok_and(|one| one < other.at)
}

fn year(moment: Moment) -> i16 {
    moment.at.to_zoned_datetime(TimeZone::UTC).year()
}

/// `2026-04-01T09:30:00+09:00`, or a day alone.
fn parse(text: &str) -> Option<Moment> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(Moment { at, slack: SLACK });
    }
    let day = text.split('T').next().unwrap_or_default();
    let day = day.parse::<Date>().ok()?;
    let zoned = day.to_zoned_datetime(TimeZone::UTC).ok()?;
    Some(Moment {
        at: zoned.timestamp(),
        slack: SLACK_OF_DAYS,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use meguri_store::By;

    #[test]
    fn a_clock_that_goes_back_or_ahead_is_told() {
        let line = |number: i64, moment: &str| AuditLine {
            number,
            by: By::new("試験", moment).expect("a moment"),
            action: String::new(),
            subject: String::new(),
            before: None,
            after: None,
            previous: String::new(),
            hash: String::new(),
        };
        let now = parse("2026-07-01T12:00:00+09:00").expect("a moment");
        let told = |moments: &[&str]| {
            let mut before = None;
            let lines = (1..)
                .zip(moments)
                .map(|(number, moment)| line(number, moment));
            lines
                .map(|line| oddity(&line, &mut before, now).unwrap_or_default())
                .collect::<Vec<_>>()
        };
        for fine in [
            &[
                "2026-04-01",
                "2026-04-01T09:00:00+09:00",
                "2026-04-01",
                "2026-07-01",
            ][..],
            &["2026-04-01T09:05:00+09:00", "2026-04-01T09:00:00+09:00"],
            &["2026-04-01T09:00:00+09:00", "2026-04-01T00:30:00Z"],
        ] {
            assert!(
                told(fine).iter().all(String::is_empty),
                "{fine:?}: {:?}",
                told(fine)
            );
        }
        let ahead = told(&["2026-04-01", "2126-04-01T00:00:00Z", "2026-04-02"]);
        assert!(
            ahead[1].contains("いまより先") && ahead[2].is_empty(),
            "{ahead:?}"
        );
        let back = told(&["2026-04-01T09:00:00+09:00", "2026-03-01T09:00:00+09:00"]);
        assert!(
            back[1].contains("2件目") && back[1].contains("前の記録より前"),
            "{back:?}"
        );
        assert!(told(&["1931-04-01"])[0].contains("古すぎる"));
    }
}
