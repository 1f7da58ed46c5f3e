//! Days, holidays and business days against known calendars.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> Day {
    Day::parse(text).unwrap_or_else(|| panic!("{text} is no day"))
}

#[test]
fn the_calendar_has_its_days_and_no_others() {
    for text in [
        "2024-02-29",
        "2000-02-29",
        "1868-04-01",
        "3000-03-31",
        "２０２６-9-1",
    ] {
        assert!(Day::parse(text).is_some(), "{text}");
    }
    for text in [
        "2023-02-29",
        "2100-02-29",
        "2024-04-31",
        "2024-13-01",
        "2024-00-10",
        "2024-01-00",
        "1868-03-31",
        "3000-04-01",
        "2024-1",
        "2024-1-1-1",
        "",
        "-1-1-1",
        "+2024-1-1",
        "2024-001-1",
        "99999-1-1",
    ] {
        assert_eq!(Day::parse(text), None, "{text}");
    }
}

#[test]
fn a_day_prints_in_its_era() {
    let cases = [
        ("2026-09-22", "令和8年9月22日（火）"),
        ("2019-05-01", "令和元年5月1日（水）"),
        ("2019-04-30", "平成31年4月30日（火）"),
        ("1989-01-08", "平成元年1月8日（日）"),
        ("1989-01-07", "昭和64年1月7日（土）"),
        ("1926-12-25", "昭和元年12月25日（土）"),
        ("1868-04-01", "明治元年4月1日（水）"),
    ];
    for (text, want) in cases {
        assert_eq!(day(text).with_weekday(), want);
        assert_eq!(day(text).iso(), text);
    }
}

/// The file is written by other programs; see its head.
#[test]
fn holidays_are_those_of_the_published_calendars() {
    let file = include_str!("../../../../testdata/calendar/holidays.txt");
    let mut years = 0;
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let (year, days) = line.split_once(": ").expect("a year and its days");
        let first = day(&format!("{year}-1-1"));
        let found: Vec<String> = (0..366)
            .filter_map(|n| first.plus_days(n))
            .filter(|day| day.year() == first.year() && national_holiday(*day).is_some())
            .map(|day| format!("{}/{}", day.month(), day.day()))
            .collect();
        assert_eq!(found.join(" "), days, "{year}");
        years += 1;
    }
    assert_eq!(years, 100);
}

/// Names as 内閣府 prints them, in the years that are unlike others.
#[test]
fn holidays_of_unusual_years_have_their_names() {
    let cases = [
        ("2006-05-04", Some("国民の休日")),
        ("2008-05-06", Some("振替休日")),
        ("2009-09-22", Some("国民の休日")),
        ("2018-12-24", Some("振替休日")),
        ("2019-02-23", None),
        ("2019-04-29", Some("昭和の日")),
        ("2019-04-30", Some("国民の休日")),
        ("2019-05-01", Some("天皇の即位の日")),
        ("2019-05-02", Some("国民の休日")),
        ("2019-05-06", Some("振替休日")),
        ("2019-10-14", Some("体育の日")),
        ("2019-10-22", Some("即位礼正殿の儀の行われる日")),
        ("2019-12-23", None),
        ("2020-02-24", Some("振替休日")),
        ("2020-07-20", None),
        ("2020-07-23", Some("海の日")),
        ("2020-07-24", Some("スポーツの日")),
        ("2020-08-10", Some("山の日")),
        ("2020-08-11", None),
        ("2020-10-12", None),
        ("2021-07-19", None),
        ("2021-07-22", Some("海の日")),
        ("2021-08-08", Some("山の日")),
        ("2021-08-09", Some("振替休日")),
        ("2026-05-06", Some("振替休日")),
        ("2026-09-21", Some("敬老の日")),
        ("2026-09-22", Some("国民の休日")),
        ("2026-09-23", Some("秋分の日")),
        ("1999-01-01", None),
        ("2100-01-01", None),
    ];
    for (text, want) in cases {
        assert_eq!(national_holiday(day(text)), want, "{text}");
    }
}

/// Start, n, the n-th business day before, the n-th after.
#[test]
fn business_days_are_counted_over_closed_days() {
    let calendar = Calendar::default();
    let cases = [
        // Over the year's end: 12/28 Monday is the last day, 1/4 Monday the first.
        ("2021-01-06", 5, "2020-12-24", "2021-01-14"),
        ("2020-12-28", 1, "2020-12-25", "2021-01-04"),
        // Over 振替休日 of 2021-08-09.
        ("2021-08-10", 5, "2021-08-02", "2021-08-17"),
        // Over the week of September 2026, 19th to 23rd.
        ("2026-09-24", 1, "2026-09-18", "2026-09-25"),
        ("2026-09-18", 1, "2026-09-17", "2026-09-24"),
        // Ten days in a row in 2019.
        ("2019-05-07", 1, "2019-04-26", "2019-05-08"),
        // A week without holidays; n = 0 is the day itself, even a closed one.
        ("2026-06-15", 5, "2026-06-08", "2026-06-22"),
        ("2026-06-14", 0, "2026-06-14", "2026-06-14"),
    ];
    for (text, n, before, after) in cases {
        let start = day(text);
        assert_eq!(
            calendar.business_days_before(start, n),
            Some(day(before)),
            "{text} − {n}"
        );
        assert_eq!(
            calendar.business_days_after(start, n),
            Some(day(after)),
            "{text} + {n}"
        );
    }
    assert_eq!(
        calendar.on_or_after(day("2026-09-19")),
        Some(day("2026-09-24"))
    );
    assert_eq!(
        calendar.on_or_before(day("2026-09-23")),
        Some(day("2026-09-18"))
    );
    assert_eq!(
        calendar.business_days_left(day("2026-09-18"), day("2026-09-25")),
        2
    );
    assert_eq!(
        calendar.business_days_left(day("2026-09-25"), day("2026-09-25")),
        0
    );
    assert_eq!(
        calendar.business_days_left(day("2026-09-26"), day("2026-09-25")),
        0
    );
}

#[test]
fn a_city_adds_and_takes_away_days() {
    let calendar = Calendar::default()
        .with_year_end((12, 28), (1, 4))
        .with_closed(day("2026-06-01"), "市制施行記念日")
        .with_closed_yearly(6, 23, "慰霊の日")
        .with_open(day("2026-06-06"));
    let label = |text: &str| calendar.closing(day(text)).map(|c| c.label().to_owned());
    assert_eq!(label("2026-06-01").as_deref(), Some("市制施行記念日"));
    assert_eq!(label("2027-06-23").as_deref(), Some("慰霊の日"));
    assert_eq!(label("2026-06-06"), None, "a Saturday that the city opens");
    assert_eq!(label("2026-06-07").as_deref(), Some("土曜日・日曜日"));
    assert_eq!(label("2026-12-28").as_deref(), Some("年末年始の休日"));
    assert_eq!(label("2027-01-04").as_deref(), Some("年末年始の休日"));
    assert_eq!(label("2027-01-01").as_deref(), Some("元日"));
}

#[test]
fn a_city_that_is_closed_for_ever_has_no_business_day() {
    let always = (1..=12).flat_map(|month| (1..=31).map(move |date| (month, date)));
    let calendar = always.fold(Calendar::default(), |calendar, (month, date)| {
        calendar.with_closed_yearly(month, date, "休館")
    });
    assert_eq!(calendar.on_or_after(day("2026-06-01")), None);
    assert_eq!(calendar.business_days_before(day("2026-06-01"), 1), None);
    assert_eq!(
        calendar.business_days_left(day("2026-06-01"), day("2026-07-01")),
        0
    );
}

fn any_day() -> impl Strategy<Value = Day> {
    (0..Day::FIRST.days_until(Day::LAST)).prop_map(|n| Day::FIRST.plus_days(n).expect("a day"))
}

proptest! {
    #[test]
    fn days_count_up_and_down_without_loss(start in any_day(), n in -400_000i32..400_000) {
        if let Some(end) = start.plus_days(n) {
            prop_assert_eq!(start.days_until(end), n);
            prop_assert_eq!(Day::new(end.year(), end.month(), end.day()), Some(end));
            prop_assert_eq!(Day::parse(&end.iso()), Some(end));
            prop_assert_eq!(n.cmp(&0), end.cmp(&start));
        }
        prop_assert_eq!(start.plus_days(7).map(Day::weekday).unwrap_or(start.weekday()), start.weekday());
    }

    /// Counting business days one by one, as a person does with a finger on the calendar.
    #[test]
    fn business_days_are_those_that_a_finger_counts(start in any_day(), n in 1u32..30) {
        let calendar = Calendar::default();
        let found = calendar.business_days_after(start, n);
        let counted = (1..).map_while(|k| start.plus_days(k)).filter(|d| calendar.is_business_day(*d));
        let counted = counted.take(n as usize).last();
        if let (Some(found), Some(counted)) = (found, counted) {
            prop_assert_eq!(found, counted);
            prop_assert_eq!(calendar.business_days_left(start, found), n);
            // Back again: to the start, or over closed days to where it lies.
            let back = calendar.business_days_before(found, n).expect("a day before");
            prop_assert!(back <= start || calendar.is_business_day(start) && back == start);
        }
        prop_assert!(calendar.business_days_after(Day::LAST, n).is_none());
        prop_assert!(calendar.business_days_before(Day::FIRST, n).is_none());
    }

    #[test]
    fn a_fiscal_year_holds_its_days(start in any_day()) {
        let year = crate::fiscal_year::FiscalYear::containing(start);
        prop_assert!(year.first_day() <= start && start <= year.last_day());
        prop_assert_eq!(year.last_day().days_until(year.first_day()) < 0, true);
    }
}
