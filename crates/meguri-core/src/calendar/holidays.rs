//! The holidays of the 国民の祝日に関する法律 (昭和23年法律第178号), computed from 2000 to 2099.
//!
//! The table holds each day as the law and its amendments name it: 海の日 and 敬老の日 on Mondays
//! since 2003 (平成13年法律第59号), 昭和の日 since 2007, 山の日 since 2016, スポーツの日 and the moved
//! days of 2020 and 2021 (令和二年東京オリンピック競技大会・東京パラリンピック競技大会特別措置法), and
//! the two days of 2019 (平成30年法律第99号).
//!
//! The equinoxes are fixed by the government for one year at a time (暦要項, each February). The
//! formula is the one for 1980 to 2099 of the 新こよみ便利帳 (暦計算研究会); what it gives for years
//! that are not announced yet is a forecast. A new law needs a line here, or a day in the city's own
//! calendar.

use crate::calendar::{Day, Weekday};

/// The first year whose holidays are known here.
pub const FIRST_KNOWN_YEAR: u16 = 2000;
/// The last year whose holidays are known here.
pub const LAST_KNOWN_YEAR: u16 = 2099;

/// Where in a year a holiday lies.
enum Place {
    /// Month and day.
    Fixed(u8, u8),
    /// Month, and which Monday of it.
    Monday(u8, u8),
    /// 春分日.
    Spring,
    /// 秋分日.
    Autumn,
}

/// Name, first year, last year, place.
type Rule = (&'static str, u16, u16, Place);

const FIRST: u16 = FIRST_KNOWN_YEAR;
const LAST: u16 = LAST_KNOWN_YEAR;

const RULES: [Rule; 31] = [
    ("元日", FIRST, LAST, Place::Fixed(1, 1)),
    ("成人の日", FIRST, LAST, Place::Monday(1, 2)),
    ("建国記念の日", FIRST, LAST, Place::Fixed(2, 11)),
    ("天皇誕生日", FIRST, 2018, Place::Fixed(12, 23)),
    ("天皇誕生日", 2020, LAST, Place::Fixed(2, 23)),
    ("春分の日", FIRST, LAST, Place::Spring),
    ("みどりの日", FIRST, 2006, Place::Fixed(4, 29)),
    ("昭和の日", 2007, LAST, Place::Fixed(4, 29)),
    ("天皇の即位の日", 2019, 2019, Place::Fixed(5, 1)),
    ("憲法記念日", FIRST, LAST, Place::Fixed(5, 3)),
    ("みどりの日", 2007, LAST, Place::Fixed(5, 4)),
    ("こどもの日", FIRST, LAST, Place::Fixed(5, 5)),
    ("海の日", FIRST, 2002, Place::Fixed(7, 20)),
    ("海の日", 2003, 2019, Place::Monday(7, 3)),
    ("海の日", 2020, 2020, Place::Fixed(7, 23)),
    ("海の日", 2021, 2021, Place::Fixed(7, 22)),
    ("海の日", 2022, LAST, Place::Monday(7, 3)),
    ("スポーツの日", 2020, 2020, Place::Fixed(7, 24)),
    ("スポーツの日", 2021, 2021, Place::Fixed(7, 23)),
    ("山の日", 2016, 2019, Place::Fixed(8, 11)),
    ("山の日", 2020, 2020, Place::Fixed(8, 10)),
    ("山の日", 2021, 2021, Place::Fixed(8, 8)),
    ("山の日", 2022, LAST, Place::Fixed(8, 11)),
    ("敬老の日", FIRST, 2002, Place::Fixed(9, 15)),
    ("敬老の日", 2003, LAST, Place::Monday(9, 3)),
    ("秋分の日", FIRST, LAST, Place::Autumn),
    ("体育の日", FIRST, 2019, Place::Monday(10, 2)),
    ("スポーツの日", 2022, LAST, Place::Monday(10, 2)),
    (
        "即位礼正殿の儀の行われる日",
        2019,
        2019,
        Place::Fixed(10, 22),
    ),
    ("文化の日", FIRST, LAST, Place::Fixed(11, 3)),
    ("勤労感謝の日", FIRST, LAST, Place::Fixed(11, 23)),
];

/// The name of the holiday that a day is: of the law's table, else 振替休日 (Article 3,
/// paragraph 2), else 国民の休日 (paragraph 3). `None` for other days, and for all days of years that
/// are not known here.
#[must_use]
pub fn national_holiday(day: Day) -> Option<&'static str> {
    if !(FIRST..=LAST).contains(&day.year()) {
        return None;
    }
    if let Some(name) = named(day) {
        return Some(name);
    }
    if is_substitute(day) {
        return Some("振替休日");
    }
    is_between(day).then_some("国民の休日")
}

/// The name of a day that the table names.
fn named(day: Day) -> Option<&'static str> {
    let year = day.year();
    RULES
        .iter()
        .find(|(_, first, last, place)| (*first..=*last).contains(&year) && lies_at(day, place))
        .map(|(name, ..)| *name)
}

fn lies_at(day: Day, place: &Place) -> bool {
    match *place {
        Place::Fixed(month, date) => (day.month(), day.day()) == (month, date),
        Place::Monday(month, nth) => {
            day.month() == month && day.weekday() == Weekday::Monday && day.day().div_ceil(7) == nth
        }
        Place::Spring => day.month() == 3 && day.day() == equinox(day.year(), 20_843_100),
        Place::Autumn => day.month() == 9 && day.day() == equinox(day.year(), 23_248_800),
    }
}

/// The day of the month of an equinox: its place in 1980 in millionths of a day, 0.242194 days later
/// each year, one day earlier for each leap year.
fn equinox(year: u16, in_1980: u32) -> u8 {
    let years = u32::from(year).saturating_sub(1980);
    let day = (in_1980 + 242_194 * years) / 1_000_000 - years / 4;
    u8::try_from(day).unwrap_or(0)
}

/// Is it the first day without a name after a named Sunday? Before 2007 only the Monday was meant,
/// but then no two named days followed each other.
fn is_substitute(day: Day) -> bool {
    let mut at = day.plus_days(-1);
    while let Some(before) = at.filter(|before| named(*before).is_some()) {
        if before.weekday() == Weekday::Sunday {
            return true;
        }
        at = before.plus_days(-1);
    }
    false
}

/// Does it lie between two named days? Until 2006 a Sunday was left out.
fn is_between(day: Day) -> bool {
    let is_named = |days: i32| day.plus_days(days).is_some_and(|day| named(day).is_some());
    let counts = day.year() >= 2007 || day.weekday() != Weekday::Sunday;
    counts && is_named(-1) && is_named(1)
}
