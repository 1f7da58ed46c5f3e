//! Amounts of money and fiscal years, in whatever form they are written.
//!
//! An amount is one number of yen, so that 5億円 is found where 500,000千円 is printed. What is read
//! here is in normal form.

use meguri_core::fiscal_year::FiscalYear;

/// Units of money with what one is in yen, longer words first.
const UNITS: [(&str, i128); 7] = [
    ("百万", 1_000_000),
    ("千万", 10_000_000),
    ("十億", 1_000_000_000),
    ("兆", 1_000_000_000_000),
    ("億", 100_000_000),
    ("万", 10_000),
    ("千", 1_000),
];
/// The most digits of a number that is read.
const MOST_DIGITS: usize = 15;
/// The first and the last year that a bare number of four digits may mean.
const YEARS: std::ops::RangeInclusive<u16> = 1950..=2100;

/// All amounts in a text, in yen.
pub(crate) fn amounts(text: &str) -> Vec<i64> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let from = rest.get(at..).unwrap_or_default();
        let end = match amount_at(from) {
            Some((yen, end)) => {
                found.push(yen);
                end
            }
            None => number_at(from).map_or(1, |(_, _, end)| end),
        };
        rest = from.get(end..).unwrap_or_default();
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// The amount that a whole word is, in yen: 5億円, 500,000千円, 4,825万円; 億 and 万 alone, too.
pub(crate) fn amount(word: &str) -> Option<i64> {
    let word = word.strip_prefix('約').unwrap_or(word);
    if let Some((yen, end)) = amount_at(word) {
        return (end == word.len()).then_some(yen);
    }
    let with_yen = format!("{word}円");
    let is_unit = word.ends_with(['億', '万', '兆']);
    let (yen, end) = amount_at(&with_yen).filter(|_| is_unit)?;
    (end == with_yen.len()).then_some(yen)
}

/// The forms in which an amount may be printed.
pub(crate) fn printed(yen: i64) -> Vec<String> {
    let mut forms = vec![format!("{}円", with_commas(yen)), format!("{yen}円")];
    for (word, unit) in [("千円", 1_000), ("万円", 10_000), ("百万円", 1_000_000)] {
        if yen != 0 && yen % unit == 0 {
            forms.push(format!("{}{word}", with_commas(yen / unit)));
            forms.push(format!("{}{word}", yen / unit));
        }
    }
    if yen != 0 && yen % 10_000_000 == 0 {
        let (whole, tenth) = (yen / 100_000_000, yen % 100_000_000 / 10_000_000);
        let tenth = if tenth == 0 {
            String::new()
        } else {
            format!(".{tenth}")
        };
        forms.push(format!("{whole}{tenth}億円"));
    }
    forms
}

/// A number with commas at thousands.
pub(crate) fn with_commas(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 {
        "-".to_owned()
    } else {
        String::new()
    };
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The fiscal year that a whole word is, by the calendar year in which it begins; a bare number
/// only where it looks like one.
pub(crate) fn year(word: &str) -> Option<u16> {
    let word = word.strip_prefix("fy").unwrap_or(word);
    let year = FiscalYear::parse(&word.replace("元年", "1年"))?.calendar_year();
    let bare = word.chars().all(|c| c.is_ascii_digit());
    (!bare || (word.len() == 4 && YEARS.contains(&year))).then_some(year)
}

/// The forms in which a fiscal year may be printed, in normal form.
pub(crate) fn printed_year(calendar: u16) -> Vec<String> {
    let Some(year) = FiscalYear::new(calendar) else {
        return Vec::new();
    };
    let (era, letter, number) = year.era();
    let mut forms = vec![
        format!("{era}{number}年"),
        format!("{}{number}年", letter.to_ascii_lowercase()),
        format!("{calendar}年"),
    ];
    if number == 1 {
        forms.push(format!("{era}元年"));
    }
    forms
}

/// The amount with which a text begins, and where it ends.
fn amount_at(text: &str) -> Option<(i64, usize)> {
    let mut yen: i128 = 0;
    let mut at = 0;
    let mut least = i128::MAX;
    loop {
        let rest = text.get(at..)?;
        let (digits, decimals, end) = number_at(rest)?;
        let rest = rest.get(end..)?;
        let (word, unit) = UNITS
            .into_iter()
            .find(|(word, _)| rest.starts_with(word))
            .unwrap_or(("", 1));
        // 5億4,000万円: from the larger unit to the smaller one.
        if unit >= least {
            return None;
        }
        least = unit;
        yen += digits.checked_mul(unit)? / 10_i128.checked_pow(decimals)?;
        at += end + word.len();
        let rest = text.get(at..)?;
        if rest.starts_with('円') {
            return Some((i64::try_from(yen).ok()?, at + '円'.len_utf8()));
        }
        if word.is_empty() || !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
    }
}

/// The digits with which a text begins as one number, how many of them are decimals, and where the
/// number ends.
fn number_at(text: &str) -> Option<(i128, u32, usize)> {
    let mut digits = String::new();
    let mut decimals = None;
    let mut end = 0;
    for (at, c) in text.char_indices() {
        match c {
            '0'..='9' => {
                digits.push(c);
                decimals = decimals.map(|count| count + 1);
                end = at + 1;
            }
            ',' if decimals.is_none() => {}
            '.' if decimals.is_none() => decimals = Some(0),
            _ => break,
        }
    }
    if digits.len() > MOST_DIGITS {
        return None;
    }
    let decimals = decimals.unwrap_or(0);
    digits.parse().ok().map(|number| (number, decimals, end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normal::normal;

    #[test]
    fn amounts_in_all_forms_are_one_number() {
        for (text, yen) in [
            ("5億円", 500_000_000),
            ("500,000千円", 500_000_000),
            ("500000千円", 500_000_000),
            ("５００百万円", 500_000_000),
            ("50,000万円", 500_000_000),
            ("500,000,000円", 500_000_000),
            ("約5億", 500_000_000),
            ("1.5億円", 150_000_000),
            ("1億5,000万円", 150_000_000),
            ("48,250千円", 48_250_000),
            ("4,825万円", 48_250_000),
            ("100円", 100),
        ] {
            assert_eq!(amount(&normal(text)), Some(yen), "{text}");
            assert!(
                amounts(&normal(&format!("合計 {text}、1件"))).contains(&yen)
                    || text.ends_with('億')
            );
        }
        for text in [
            "",
            "円",
            "48250",
            "5億円分",
            "5人",
            "1万5億円",
            "999999999999999999円",
            "5.",
        ] {
            assert_eq!(amount(&normal(text)), None, "{text}");
        }
        assert_eq!(amounts("1,500,000千円と12件、300円"), [300, 1_500_000_000]);
    }

    #[test]
    fn amounts_are_printed_in_every_unit_that_fits() {
        let forms = printed(48_250_000);
        for form in ["48,250千円", "48250千円", "4,825万円", "48,250,000円"] {
            assert!(forms.iter().any(|f| f == form), "{form}: {forms:?}");
        }
        assert!(!forms.iter().any(|form| form.contains("百万")), "{forms:?}");
        assert!(printed(1_550_000_000).contains(&"15.5億円".to_owned()));
    }

    #[test]
    fn years_in_all_forms_are_one_year() {
        for text in [
            "令和5年度",
            "令和５年",
            "R5",
            "r5年度",
            "㋿5",
            "㋿5年度",
            "2023",
            "2023年度",
            "2023年",
            "FY2023",
        ] {
            assert_eq!(year(&normal(text)), Some(2023), "{text}");
        }
        assert_eq!(year(&normal("令和元年度")), Some(2019));
        assert_eq!(year(&normal("平成30年度")), Some(2018));
        for text in ["5", "20", "1234", "9999", "48250", "道路", "R5の道路"] {
            assert_eq!(year(&normal(text)), None, "{text}");
        }
        let forms = printed_year(2019);
        assert!(forms.contains(&"令和元年".to_owned()) && forms.contains(&"令和1年".to_owned()));
    }
}
