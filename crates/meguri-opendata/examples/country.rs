//! A generated country as Parquet, to measure: `country FOLDER CITIES` writes the money, the judgements
//! and the scales of so many municipalities over five years with 300 projects each, and says how long
//! it took and how many bytes a row has. `xtask/opendata/country.py` asks the files.

use meguri_opendata::country::Country;
use meguri_opendata::tables::{JUDGEMENTS, MONEY, SCALES};
use meguri_opendata::{Fault, Row};
use std::error::Error;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::PathBuf;
use std::time::Instant;

const YEARS: std::ops::RangeInclusive<i64> = 2020..=2024;
const PROJECTS: u64 = 300;
const SHEETS: u64 = 30;

/// Numbers that look like chance and are always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(folder), Some(cities)) = (words.next(), words.next()) else {
        return Err("country FOLDER CITIES".into());
    };
    let (folder, cities) = (PathBuf::from(folder), cities.parse::<u64>()?);
    let mut country = Country::new(|path: &str| {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        Ok(BufWriter::new(File::create(path)?))
    });
    let begin = Instant::now();
    for city in 1..=cities {
        of_city(city, &mut |row| country.write(row))?;
    }
    let (mut rows, mut bytes) = (0, 0);
    for (file, out) in country.finish()? {
        rows += file.rows;
        bytes += out.into_inner()?.metadata()?.len();
    }
    let took = begin.elapsed().as_millis();
    println!("{cities} cities: {rows} rows, {took} ms, {bytes} bytes");
    println!(
        "{} ms a million rows, {} bytes in ten rows",
        took * 1_000_000 / u128::from(rows),
        bytes * 10 / rows
    );
    Ok(())
}

/// Rows of one municipality; half of them use a scale of three steps, half one of five.
fn of_city(city: u64, write: &mut dyn FnMut(&Row<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
    let code = format!("{:06}", 10_000 + city * 11);
    let mut chance = Chance(city);
    let values: &[&str] = if city.is_multiple_of(2) {
        &["S", "A", "B"]
    } else {
        &["5", "4", "3", "2", "1"]
    };
    let comparability = format!("first|{}", values.join(">"));
    for (place, value) in values.iter().enumerate() {
        let row = Row::new(&SCALES)
            .with("municipality_code", code.as_str())
            .with("scheme", "evaluation")
            .with("scheme_version", "2020")
            .with("scale", "grade")
            .with("value", *value)
            .with("best", "first")
            .with("position", place + 1)
            .with("place_from_best", place + 1)
            .with("scale_size", values.len())
            .with("is_state", false)
            .with("comparability", comparability.as_str());
        write(&row)?;
    }
    for year in YEARS {
        for project in 1..=PROJECTS {
            money(&code, year, project, &mut chance, write)?;
        }
        for sheet in 1..=SHEETS {
            let place = usize::try_from(chance.below(values.len() as u64)).unwrap_or_default();
            let row = of_sheet(Row::new(&JUDGEMENTS), &code, year, sheet)
                .with("item", 1_i64)
                .with("field", "grade")
                .with("field_label", "総合評価")
                .with("value", values.get(place).copied())
                .with("scheme", "evaluation")
                .with("scheme_version", "2020")
                .with("scale", "grade")
                .with("place_from_best", place + 1)
                .with("scale_size", values.len())
                .with("is_state", false)
                .with("comparability", comparability.as_str())
                .with("settled", "printed")
                .with("source_line", number(sheet * 80));
            write(&row)?;
        }
    }
    Ok(())
}

fn number(number: u64) -> Option<i64> {
    i64::try_from(number).ok()
}

fn of_sheet<'r>(row: Row<'r>, code: &'r str, year: i64, sheet: u64) -> Row<'r> {
    row.with("municipality_code", code)
        .with("fiscal_year", year)
        .with("fiscal_year_label", format!("令和{}年度", year - 2018))
        .with("plan", "evaluation")
        .with("document", year - 2019)
        .with("sheet", number(sheet))
}

fn money(
    code: &str,
    year: i64,
    project: u64,
    chance: &mut Chance,
    write: &mut dyn FnMut(&Row<'_>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let thousands = 100 + chance.below(900) * chance.below(400);
    let sheet = (project - 1) / (PROJECTS / SHEETS) + 1;
    let row = of_sheet(Row::new(&MONEY), code, year, sheet)
        .with("budget_year", year)
        .with("budget_year_label", format!("令和{}年度", year - 2018))
        .with("item", number(project))
        .with("row_kind", "listing")
        .with("amount_kind", "settlement")
        .with("listing", number(project))
        .with("project", number(project))
        .with("table_number", 0_i64)
        .with("account", "一般")
        .with("kan", format!("{:02}", project % 12 + 1))
        .with("kou", format!("{:02}", project % 7 + 1))
        .with("moku", format!("{:02}", project % 5 + 1))
        .with("amount_yen", number(thousands * 1000))
        .with("printed", format!("{thousands}千円"))
        .with("printed_unit", "千円")
        .with("is_relisted", false)
        .with("is_counted", true)
        .with("settled", "printed")
        .with("source_line", number(project * 8));
    write(&row)
}
