//! A big city over ten years: 1,500 sheets a year, each with nine indicators and text. Says how
//! long it takes to keep them, to read one sheet, first in the small and then in the full database,
//! and to publish and read all of it.
//!
//! ```sh
//! cargo run --release -p meguri-store --example big_city -- /tmp/big.sqlite
//! cargo run --release -p meguri-store --example big_city -- postgres://meguri@127.0.0.1/big
//! ```

#[path = "../tests/it/invented.rs"]
#[expect(dead_code, reason = "the tests use the rest of it")]
mod invented;

use invented::Size;
use meguri_core::evaluation::Document;
use meguri_core::links;
use meguri_core::plan::SectionRegister;
use meguri_store::{
    By, Location, Municipality, MunicipalityCode, Page, Publishing, Saving, SheetFilter, Store,
};
use std::error::Error;
use std::time::{Duration, Instant};

const YEARS: u16 = 10;
const SIZE: Size = Size {
    sheets: 1_500,
    indicators: 9,
    listings: 1,
    paragraph: 200,
};
/// Sheets that are read to measure how long one takes.
const SAMPLE: usize = 500;

fn main() -> Result<(), Box<dyn Error>> {
    let location = std::env::args().nth(1).ok_or("name a file or a URL")?;
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .enable_all()
        .build()?
        .block_on(run(&Location::parse(&location)))
}

async fn run(location: &Location) -> Result<(), Box<dyn Error>> {
    let by = By::new("大規模試験", "2026-04-01")?;
    let store = Store::open(location, &by).await?.store;
    let code = MunicipalityCode::parse("131016")?;
    let city = store.register(&code, "みずほ野市", &by).await?;
    let mut spent = Duration::ZERO;
    let mut sheets = Vec::new();
    for year in 0..YEARS {
        let document = lean(invented::document(
            invented::year(2015 + year),
            SIZE,
            usize::from(year),
        ));
        let start = Instant::now();
        sheets.extend(save(&city, &document, &by).await?);
        spent += start.elapsed();
        println!("{} sheets kept: {:.1} s", sheets.len(), spent.as_secs_f32());
        if year == 0 {
            measure(&store, &city, &sheets).await?;
        }
    }
    measure(&store, &city, &sheets).await?;
    picture(&store, &city, &by).await?;
    let start = Instant::now();
    let filter = SheetFilter {
        year: Some(invented::year(2020)),
        section: Some("環境課".to_owned()),
        ..SheetFilter::default()
    };
    let page = city.sheets(&filter, Page::default()).await?;
    println!(
        "a page of {} sheets: {:.1} ms",
        page.rows.len(),
        ms(start.elapsed())
    );
    link(&city, &by).await?;
    let start = Instant::now();
    let report = city.audit_verify().await?;
    println!(
        "{} lines of the audit: {:.1} ms",
        report.lines,
        ms(start.elapsed())
    );
    store.close().await;
    Ok(())
}

async fn save(
    city: &Municipality,
    document: &Document,
    by: &By,
) -> Result<Vec<i64>, meguri_store::Error> {
    let saving = Saving {
        document,
        source: &invented::source(document),
        scheme: Some(&invented::scheme()),
        findings: &invented::findings(document),
    };
    Ok(city.save_document(&saving, by).await?.sheets)
}

async fn measure(
    store: &Store,
    city: &Municipality,
    sheets: &[i64],
) -> Result<(), meguri_store::Error> {
    let mut times = Vec::with_capacity(SAMPLE);
    let before = store.statements_run();
    for number in 0..SAMPLE {
        let start = Instant::now();
        // A prime step goes all over the database.
        let place = number * 7919 % sheets.len();
        city.sheet(sheets[place]).await?;
        times.push(start.elapsed());
    }
    let statements = (store.statements_run() - before) / SAMPLE as u64;
    times.sort();
    println!(
        "one sheet of {}: median {:.2} ms, worst {:.2} ms, {statements} statements",
        sheets.len(),
        ms(times[SAMPLE / 2]),
        ms(times[SAMPLE - 1]),
    );
    Ok(())
}

/// Publishes everything, and reads all of it as a server does that starts.
async fn picture(store: &Store, city: &Municipality, by: &By) -> Result<(), meguri_store::Error> {
    let start = Instant::now();
    let documents = city.documents().await?;
    for row in &documents {
        let publishing = Publishing {
            document: row.id,
            ..Publishing::default()
        };
        city.publish(&publishing, by).await?;
    }
    println!(
        "{} documents published: {:.1} s",
        documents.len(),
        start.elapsed().as_secs_f32()
    );
    let before = store.statements_run();
    let start = Instant::now();
    let mut found = 0;
    let mut sheets = Vec::new();
    for publication in city.publications().await? {
        let (document, number) = (publication.document, publication.number);
        let pins = city.published_pins(document, number).await?;
        let pins: Vec<_> = pins.iter().map(|published| published.pin).collect();
        city.paper(document, publication.version).await?;
        sheets.extend(city.sheets_at(&pins).await?);
        found += city.published_findings(document, number).await?.len();
    }
    println!(
        "{} sheets and {found} findings read for the public: {:.1} s, {} statements",
        sheets.len(),
        start.elapsed().as_secs_f32(),
        store.statements_run() - before
    );
    let start = Instant::now();
    let in_force = city.in_force().await?;
    println!(
        "what is in force of {} documents: {:.1} ms",
        in_force.len(),
        ms(start.elapsed())
    );
    Ok(())
}

/// Facts of all sheets, their links, and permanent ids for all that they name.
async fn link(city: &Municipality, by: &By) -> Result<(), meguri_store::Error> {
    let start = Instant::now();
    let facts = city.facts(str::to_owned).await?;
    println!(
        "facts of {} sheets: {:.1} s",
        facts.sheets.len(),
        start.elapsed().as_secs_f32()
    );
    let start = Instant::now();
    let links = links::of(&facts, &SectionRegister::default(), &[]);
    println!(
        "{} projects, {} indicators, {} themes, {} doubts: {:.1} s",
        links.projects.len(),
        links.indicators.len(),
        links.sheets.len(),
        links.doubts.len(),
        start.elapsed().as_secs_f32()
    );
    let start = Instant::now();
    let identified = city.identify(&links, by).await?;
    println!(
        "{} ids: {:.1} s",
        identified.new,
        start.elapsed().as_secs_f32()
    );
    Ok(())
}

fn ms(time: Duration) -> f32 {
    time.as_secs_f32() * 1_000.0
}

/// Leaves of each indicator what a city fills in every year.
fn lean(mut document: Document) -> Document {
    for indicator in document
        .sheets
        .iter_mut()
        .flat_map(|sheet| &mut sheet.indicators)
    {
        indicator.targets.truncate(1);
        indicator.revisions.clear();
        indicator.notes.clear();
    }
    document
}
