//! Calendar dates as a city prints them.

/// The eras by the day on which they began, newest first: year, month, day and name.
const ERAS: [((u16, u16, u16), &str); 3] = [
    ((2019, 5, 1), "令和"),
    ((1989, 1, 8), "平成"),
    ((1926, 12, 25), "昭和"),
];

/// The date at the head of an ISO 8601 moment: `令和8年4月1日`; the text itself where it has none.
#[must_use]
pub fn japanese(moment: &str) -> String {
    let date = moment.split('T').next().unwrap_or_default();
    let parts: Vec<u16> = date
        .split('-')
        .filter_map(|part| part.parse().ok())
        .collect();
    let [year, month, day] = parts.as_slice() else {
        return moment.to_owned();
    };
    let (year, month, day) = (*year, *month, *day);
    let era = ERAS.iter().find(|(begin, _)| (year, month, day) >= *begin);
    let Some(((first, _, _), name)) = era else {
        return format!("{year}年{month}月{day}日");
    };
    match year - first + 1 {
        1 => format!("{name}元年{month}月{day}日"),
        number => format!("{name}{number}年{month}月{day}日"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_counted_in_the_era_of_their_day() {
        for (moment, printed) in [
            ("2026-04-01T09:30:00+09:00", "令和8年4月1日"),
            ("2019-05-01", "令和元年5月1日"),
            ("2019-04-30", "平成31年4月30日"),
            ("1989-01-07", "昭和64年1月7日"),
            ("1900-01-01", "1900年1月1日"),
            ("いつか", "いつか"),
        ] {
            assert_eq!(japanese(moment), printed);
        }
    }
}
