//! Makes sheets by chance, before they are printed.

mod figures;

use super::model::{Book, Project, Sheet, TRENDS, Years, era_year};
use super::prose;
use crate::words;
use fastrand::Rng;
use std::collections::HashSet;

const GOALS: [&str; 6] = ["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ"];
const PLANS: [&str; 4] = [
    "中期実行プラン",
    "実施計画",
    "前期アクションプラン",
    "中期実行計画",
];

/// What all sheets of a paper share.
pub(super) fn book(rng: &mut Rng) -> Book {
    let count = rng.usize(3..6);
    let years = Years {
        first: rng.i32(2015..2027),
        count,
        known: rng.usize(1..=count),
    };
    let name = words::pick(rng, &PLANS);
    let printed = era_year(years.first);
    Book {
        plan: format!("第{}期{name}（{printed}{}月）", rng.u8(1..6), rng.u8(1..13)),
        years,
        wide_years: rng.bool(),
        page_break: if rng.bool() { "\u{c}" } else { " " },
        numbered: rng.bool(),
        star_first: rng.bool(),
        capacity: rng.usize(20..40),
        scale: prose::scale(rng),
        account_digits: [rng.u8(5..7), rng.u8(7..9)],
    }
}

/// The sheets of a paper one after the other.
pub(super) struct Sheets {
    book: Book,
    next_theme: usize,
    next_page: usize,
    /// Rows of earlier sheets that a later one may list again.
    earlier: Vec<Project>,
}

impl Sheets {
    /// Begins with a theme number by chance: a paper may be a part of a book.
    pub(super) fn new(book: Book, rng: &mut Rng) -> Self {
        let next_theme = rng.usize(1..30);
        Self {
            book,
            next_theme,
            next_page: next_theme * 2 + 9,
            earlier: Vec::new(),
        }
    }

    /// A sheet of a theme.
    pub(super) fn theme(&mut self, rng: &mut Rng) -> Sheet {
        let mut sheet = self.common(rng);
        sheet.theme_no = self.next_theme;
        sheet.name = words::theme(rng);
        sheet.goal = words::pick(rng, &GOALS).to_owned();
        sheet.policy = rng.usize(1..20);
        sheet.approach = items(rng, 7, prose::plan);
        sheet.attainment = words::pick(rng, &self.book.scale).to_owned();
        sheet.reason = prose::reason(rng, &sheet.attainment);
        figures::fill(&self.book, &mut sheet, rng);
        self.next_theme += rng.usize(1..3);
        sheet
    }

    /// The sheet of projects outside the themes.
    pub(super) fn management(&mut self, rng: &mut Rng) -> Sheet {
        let mut sheet = self.common(rng);
        sheet.management = true;
        sheet.purpose = prose::purpose(rng);
        sheet
    }

    fn common(&mut self, rng: &mut Rng) -> Sheet {
        let pages = format!("{}・{}", self.next_page, self.next_page + 1);
        self.next_page += 2;
        Sheet {
            pages,
            outcomes: items(rng, 8, prose::outcome),
            issues: items(rng, 5, prose::issue),
            directions: items(rng, 7, prose::plan),
            projects: self.projects(rng),
            width: rng.usize(40..58),
            ..Sheet::default()
        }
    }

    fn projects(&mut self, rng: &mut Rng) -> Vec<Project> {
        let count = match rng.u8(..10) {
            0 => rng.usize(..3),
            1 => rng.usize(30..61),
            _ => rng.usize(3..25),
        };
        let mut rows = Rows::new(&self.book, rng);
        let mut list: Vec<Project> = Vec::new();
        for no in 1..=count {
            let again = rng.u8(..12) == 0 && !self.earlier.is_empty();
            let mut row = if again {
                let from = rng.usize(..self.earlier.len());
                rows.again(self.earlier.get(from), rng)
            } else {
                rows.row(rng)
            };
            row.no = no;
            list.push(row);
        }
        self.earlier.truncate(40);
        let own = list.iter().filter(|row| row.repeatable).take(20);
        self.earlier.splice(0..0, own.cloned());
        list
    }
}

/// One to `most` items.
fn items(rng: &mut Rng, most: usize, item: impl Fn(&mut Rng) -> String) -> Vec<String> {
    (0..rng.usize(1..=most)).map(|_| item(rng)).collect()
}

/// Where the rows of a section are booked.
struct Booking {
    section: &'static str,
    kan: u8,
    number: u8,
    serial: u8,
}

/// Makes the rows of one list; no name and no code comes twice.
struct Rows {
    bookings: Vec<Booking>,
    account_digits: [u8; 2],
    names: HashSet<String>,
    codes: HashSet<String>,
}

impl Rows {
    fn new(book: &Book, rng: &mut Rng) -> Self {
        let mut bookings: Vec<Booking> = Vec::new();
        for _ in 0..rng.usize(1..5) {
            let section = prose::section(rng);
            if bookings.iter().any(|booking| booking.section == section) {
                continue;
            }
            bookings.push(Booking {
                section,
                kan: rng.u8(1..14),
                number: rng.u8(1..99),
                serial: rng.u8(1..30),
            });
        }
        Self {
            bookings,
            account_digits: book.account_digits,
            names: HashSet::new(),
            codes: HashSet::new(),
        }
    }

    fn row(&mut self, rng: &mut Rng) -> Project {
        let special = rng.usize(..12);
        let [care, elderly] = self.account_digits;
        let (mark, account, digit) = match special {
            0 => ("介", "介護", Some(care)),
            1 => ("後", "後期", Some(elderly)),
            _ => ("", "一般", None),
        };
        let (section, kan, code) = self.booking(digit, rng);
        let name = self.name(rng);
        Project {
            name,
            section,
            mark,
            account,
            kan: kan.to_string(),
            kou: rng.u8(1..7).to_string(),
            moku: rng.u8(1..13).to_string(),
            code,
            cost: cost(rng),
            trend: trend(rng),
            starred: rng.u8(..4) == 0,
            repeatable: rng.u8(..3) == 0,
            ..Project::default()
        }
    }

    /// Section, 款 and a code that the list does not hold yet.
    fn booking(&mut self, digit: Option<u8>, rng: &mut Rng) -> (&'static str, u8, String) {
        let chosen = rng.usize(..self.bookings.len().max(1));
        loop {
            let Some(booking) = self.bookings.get_mut(chosen) else {
                return ("総務課", 2, String::from("020101"));
            };
            booking.serial += 1;
            if booking.serial > 98 {
                booking.serial = 1;
                booking.number = booking.number % 98 + 1;
            }
            let kan = digit.map_or(booking.kan, |_| booking.kan % 4 + 1);
            let head = digit.map_or(format!("{kan:02}"), |digit| format!("{digit}{kan}"));
            let code = format!("{head}{:02}{:02}", booking.number, booking.serial);
            if self.codes.insert(code.clone()) {
                return (booking.section, kan, code);
            }
        }
    }

    fn name(&mut self, rng: &mut Rng) -> String {
        let mut name = prose::project(rng, rng.clone().u8(..12) == 0);
        while !self.names.insert(name.clone()) {
            name = format!("{}（{}）", words::project(rng), rng.u16(2..999));
        }
        name
    }

    /// A row of an earlier sheet, marked as listed again; a new row if the list has it already.
    fn again(&mut self, earlier: Option<&Project>, rng: &mut Rng) -> Project {
        match earlier {
            Some(row) if !self.names.contains(&row.name) && !self.codes.contains(&row.code) => {
                self.names.insert(row.name.clone());
                self.codes.insert(row.code.clone());
                Project {
                    reposted: true,
                    repeatable: false,
                    cost_lost: false,
                    trend_lost: false,
                    ..row.clone()
                }
            }
            _ => self.row(rng),
        }
    }
}

/// From nothing to thousands of millions, in 千円.
fn cost(rng: &mut Rng) -> i64 {
    match rng.u8(..20) {
        0 => 0,
        1 => rng.i64(1..10),
        2..=5 => rng.i64(10..1_000),
        6..=14 => rng.i64(1_000..100_000),
        15..=18 => rng.i64(100_000..1_000_000),
        _ => rng.i64(1_000_000..20_000_000),
    }
}

fn trend(rng: &mut Rng) -> &'static str {
    match rng.u8(..10) {
        n @ 0..=4 => TRENDS.get(usize::from(n)).copied().unwrap_or("維持"),
        _ => "維持",
    }
}

/// The second table: projects of a public enterprise, which have no budget codes.
pub(super) fn extra(rng: &mut Rng) -> Vec<Project> {
    let (section, account) = match rng.u8(..4) {
        0 => ("水道工務課", "水道"),
        1 => ("病院総務課", "病院"),
        _ => ("下水道施設課", "下水道"),
    };
    let mut seen = HashSet::new();
    let mut list = Vec::new();
    let count = rng.usize(1..5);
    while list.len() < count {
        let name = words::project(rng);
        if !seen.insert(name.clone()) {
            continue;
        }
        list.push(Project {
            no: list.len() + 1,
            name,
            section,
            account,
            kan: "-".to_owned(),
            kou: "-".to_owned(),
            moku: "-".to_owned(),
            code: "-".to_owned(),
            cost: cost(rng),
            trend: "-",
            ..Project::default()
        });
    }
    list
}
