//! Dates in the notations of papers: 令和5年9月17日, 2023年9月17日, R5.9.17, 2023/9/17, 9/17,
//! 同年11月27日, 翌年1月10日, 30日. The text is narrowed.

use super::Date;

/// How the parts of a date are parted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Style {
    /// 9月17日.
    Words,
    /// 9/17, 9.17 or 9-17.
    Mark(char),
}

/// A date as it is written, whether the calendar has it or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Written {
    pub(in super::super) year: Option<i64>,
    pub(in super::super) month: u32,
    pub(in super::super) day: u32,
    /// The day of the week that stands in brackets behind it.
    pub(in super::super) weekday: Option<char>,
    pub(in super::super) style: Style,
    /// First byte.
    pub(in super::super) start: usize,
    /// First byte of its month, or of its day where it has no month of its own.
    pub(in super::super) month_start: usize,
    /// Byte behind it, its day of the week included.
    pub(in super::super) end: usize,
}

impl Written {
    /// The date, where the calendar has it.
    pub(in super::super) fn date(&self) -> Option<Date> {
        Date::new(self.year, self.month, self.day)
    }
}

/// The eras with the calendar year before their first.
const ERAS: [(&str, i64); 6] = [
    ("令和", 2018),
    ("平成", 1988),
    ("昭和", 1925),
    ("R", 2018),
    ("H", 1988),
    ("S", 1925),
];

/// The date that begins at a byte offset; the one before it lends the year and month that it leaves
/// out (同年, 同月, 「9月1日から30日」).
pub(in super::super) fn written_at(
    text: &str,
    offset: usize,
    before: Option<&Written>,
) -> Option<Written> {
    let mut cursor = Cursor { text, at: offset };
    let (year, style) = match cursor.year(before) {
        Some((year, style)) => (year, Some(style)),
        None => (None, None),
    };
    let blanks = cursor.rest().len() - cursor.rest().trim_start_matches(' ').len();
    let month_start = cursor.at + blanks;
    let (month, day, style) = match style {
        Some(Style::Mark(mark)) => cursor.marked(mark)?,
        Some(Style::Words) => cursor.worded(before)?,
        None => cursor.without_year(before)?,
    };
    let weekday = cursor.weekday();
    // 「9月1日から30日」 lies in the year of the first date.
    let same_month = before.filter(|before| before.month == month && year.is_none());
    Some(Written {
        year: year.or_else(|| same_month.filter(|b| b.day <= day)?.year),
        month,
        day,
        weekday,
        style,
        start: offset,
        month_start,
        end: cursor.at,
    })
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Takes a word, blanks before it skipped.
    fn word(&mut self, word: &str) -> bool {
        let rest = self.rest().trim_start_matches(' ');
        let Some(behind) = rest.strip_prefix(word) else {
            return false;
        };
        self.at = self.text.len() - behind.len();
        true
    }

    /// Takes a number of at most so many digits, blanks before it skipped.
    fn number(&mut self, most: usize) -> Option<u32> {
        let rest = self.rest().trim_start_matches(' ');
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let digits = rest
            .get(..length)
            .filter(|_| (1..=most).contains(&length))?;
        let number = digits.parse().ok()?;
        self.at = self.text.len() - rest.len() + length;
        Some(number)
    }

    /// Takes a year with what parts it from the month; nothing where there is none.
    fn year(&mut self, before: Option<&Written>) -> Option<(Option<i64>, Style)> {
        let start = self.at;
        let found = self.year_or_part(before);
        if found.is_none() {
            self.at = start;
        }
        found
    }

    fn year_or_part(&mut self, before: Option<&Written>) -> Option<(Option<i64>, Style)> {
        if self.word("同年") {
            return Some((before?.year, Style::Words));
        }
        if self.word("翌年") {
            return Some((before?.year.map(|year| year + 1), Style::Words));
        }
        let era = ERAS.iter().find(|(name, _)| self.word(name));
        let year = match era {
            Some((_, base)) if self.word("元") => base + 1,
            Some((_, base)) => base + i64::from(self.number(2)?),
            None => i64::from(self.number(4).filter(|year| *year >= 1000)?),
        };
        let style = if self.word("年") {
            Style::Words
        } else {
            Style::Mark(self.mark()?)
        };
        Some((Some(year), style))
    }

    /// Takes a mark that parts the numbers of a date.
    fn mark(&mut self) -> Option<char> {
        let mark = self.rest().chars().next()?;
        let is_mark = matches!(mark, '.' | '/' | '-');
        self.at += usize::from(is_mark);
        is_mark.then_some(mark)
    }

    /// `9月17日`, `同月17日`.
    fn worded(&mut self, before: Option<&Written>) -> Option<(u32, u32, Style)> {
        let month = if self.word("同月") {
            before?.month
        } else {
            let month = self.number(2)?;
            self.word("月").then_some(month)?
        };
        let day = self.number(2)?;
        self.day_word().then_some((month, day, Style::Words))
    }

    /// Takes 日, but not that of 「17日間」.
    fn day_word(&mut self) -> bool {
        self.word("日") && !self.rest().starts_with('間')
    }

    /// `9.17` behind a year, with the mark that parted it from the month.
    fn marked(&mut self, mark: char) -> Option<(u32, u32, Style)> {
        let month = self.number(2)?;
        (self.mark()? == mark).then_some(())?;
        let day = self.number(2)?;
        let mut behind = self.rest().chars();
        let goes_on = match (behind.next(), behind.next()) {
            (Some(c), _) if c.is_ascii_digit() => true,
            (Some(c), Some(next)) => c == mark && mark != '-' && next.is_ascii_digit(),
            _ => false,
        };
        (!goes_on).then_some((month, day, Style::Mark(mark)))
    }

    /// `9月17日`, `9/17`, and behind another date `11.27` and `30日`.
    fn without_year(&mut self, before: Option<&Written>) -> Option<(u32, u32, Style)> {
        let start = self.at;
        if let Some(found) = self.worded(before) {
            return Some(found);
        }
        self.at = start;
        let mark = match before.map(|before| before.style) {
            Some(Style::Mark(mark)) => mark,
            _ => '/',
        };
        if let Some(found) = self.marked(mark) {
            return Some(found);
        }
        self.at = start;
        let before = before.filter(|before| before.style == Style::Words)?;
        let day = self.number(2)?;
        self.day_word().then_some((before.month, day, Style::Words))
    }

    /// `(土)`, `(土・祝)`, `(土曜日)`: its day of the week; brackets of another kind stay.
    fn weekday(&mut self) -> Option<char> {
        const INNER: &str = "月火水木金土日曜祝休振替・、 ";
        let rest = self.rest().trim_start_matches(' ');
        let inner = rest.strip_prefix(['(', '（'])?;
        let end = inner.find([')', '）'])?;
        let words = inner.get(..end)?;
        let close = inner.get(end..)?.chars().next()?;
        let first = words.chars().next()?;
        let fits = words.chars().count() <= 8 && words.chars().all(|c| INNER.contains(c));
        if !fits {
            return None;
        }
        self.at = self.text.len() - inner.len() + end + close.len_utf8();
        "月火水木金土日".contains(first).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::narrow;

    fn read(text: &str) -> Option<(Option<i64>, u32, u32)> {
        let text = narrow(text);
        written_at(&text, 0, None).map(|date| (date.year, date.month, date.day))
    }

    #[test]
    fn dates_are_read_in_all_notations() {
        let want = Some((Some(2023), 9, 17));
        for text in [
            "令和5年9月17日",
            "令和 5 年 9 月 17 日（日）",
            "２０２３年９月１７日",
            "R5.9.17",
            "R5/9/17",
            "2023/9/17",
            "2023-09-17",
            "2023.9.17",
            "平成35年9月17日",
        ] {
            assert_eq!(read(text), want, "{text}");
        }
        assert_eq!(read("令和元年5月1日"), Some((Some(2019), 5, 1)));
        assert_eq!(read("9月17日"), Some((None, 9, 17)));
        assert_eq!(read("9/17"), Some((None, 9, 17)));
        assert_eq!(read("11月31日"), Some((None, 11, 31)));
        for text in [
            "9.17",
            "9月17日間",
            "17日",
            "2023年",
            "1/2/3",
            "9-17",
            "R5",
            "令和5年度9月1日",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn a_second_date_takes_from_the_first_what_it_leaves_out() {
        let second = |first: &str, second: &str| {
            let (first, second) = (narrow(first), narrow(second));
            let first = written_at(&first, 0, None).expect("a date");
            let date = written_at(&second, 0, Some(&first))?;
            Some((date.year, date.month, date.day))
        };
        let first = "令和5年9月17日";
        assert_eq!(second(first, "同年11月27日"), Some((Some(2023), 11, 27)));
        assert_eq!(second(first, "翌年1月10日"), Some((Some(2024), 1, 10)));
        assert_eq!(second(first, "同月27日"), Some((Some(2023), 9, 27)));
        assert_eq!(second(first, "27日"), Some((Some(2023), 9, 27)));
        assert_eq!(second(first, "1月10日"), Some((None, 1, 10)));
        assert_eq!(second("R5.9.17", "11.27"), Some((None, 11, 27)));
        assert_eq!(second("9/17", "11/27"), Some((None, 11, 27)));
        assert_eq!(second(first, "11.27"), None);
    }
}
