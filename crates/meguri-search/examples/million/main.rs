//! How fast the search is over very many sheets of generated text.
//!
//! ```sh
//! cargo run --release -p meguri-search --example million -- 1000000 target/million
//! ```
//!
//! The first number is that of the sheets, then comes the folder of the index. An index that is
//! there with so many sheets is only searched. Everything is drawn from a seed.

mod sheets;

use meguri_search::{Filters, Index, Query, Sort};
use sheets::{COMMON, Sheets, compound, rare};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Queries of each kind.
const EACH: usize = 250;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let count: u32 = arguments.next().map_or(Ok(1_000_000), |n| n.parse())?;
    let folder = PathBuf::from(
        arguments
            .next()
            .unwrap_or_else(|| "target/million".to_owned()),
    );
    let index = Index::in_folder(&folder)?;
    if index.len() == u64::from(count) {
        println!(
            "{count} sheets, {:.2} GB on disk, kept",
            gigabytes(&folder)?
        );
    } else {
        build(&index, count, &folder)?;
    }
    let start = Instant::now();
    index.put(Sheets::new(1))?;
    println!(
        "one sheet replaced in {:.0} ms",
        start.elapsed().as_secs_f64() * 1000.0
    );
    measure(&index)?;
    println!(
        "largest resident memory while searching: {}",
        status("VmHWM")
    );
    println!(
        "  without the files mapped into it, at the end: {}",
        status("RssAnon")
    );
    Ok(())
}

fn build(index: &Index, count: u32, folder: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let start = Instant::now();
    let mut chars = 0;
    let entries = Sheets::new(count).inspect(|entry| {
        chars += entry
            .texts()
            .map(|text| text.chars().count())
            .sum::<usize>();
    });
    index.replace_all(entries)?;
    println!(
        "{count} sheets of {} characters built in {:.0} s, {:.2} GB on disk",
        chars / count.max(1) as usize,
        start.elapsed().as_secs_f64(),
        gigabytes(folder)?
    );
    println!(
        "largest resident memory while building: {}",
        status("VmHWM")
    );
    Ok(())
}

/// One kind of query.
struct Kind {
    name: &'static str,
    query: fn(&mut fastrand::Rng) -> Query,
}

const KINDS: [Kind; 12] = [
    Kind {
        name: "one character",
        query: |rng| text(one_char(rng)),
    },
    Kind {
        name: "common word",
        query: |rng| text(word(rng)),
    },
    Kind {
        name: "compound (4 to 6 characters)",
        query: |rng| text(compound(rng)),
    },
    Kind {
        name: "rare word",
        query: |rng| text(rare(rng)),
    },
    Kind {
        name: "two or three words",
        query: several,
    },
    Kind {
        name: "phrase with particles",
        query: phrase,
    },
    Kind {
        name: "word without another",
        query: without,
    },
    Kind {
        name: "word with filters",
        query: filtered,
    },
    Kind {
        name: "filters, newest first",
        query: only_filters,
    },
    Kind {
        name: "word of daily life",
        query: |rng| text(drawn(rng, DAILY)),
    },
    Kind {
        name: "word in kana",
        query: |rng| text(drawn(rng, KANA)),
    },
    Kind {
        name: "absurd",
        query: absurd,
    },
];

fn measure(index: &Index) -> Result<(), Box<dyn std::error::Error>> {
    let mut all = Vec::new();
    println!(
        "\n| queries | number | found, in the middle | median | p99 | max |\n|---|---|---|---|---|---|"
    );
    for (seed, kind) in (100..).zip(&KINDS) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let (mut times, mut totals) = (Vec::new(), Vec::new());
        for _ in 0..EACH {
            let query = (kind.query)(&mut rng);
            let start = Instant::now();
            let found = index.search(&query)?;
            times.push(start.elapsed());
            totals.push(found.total);
        }
        totals.sort_unstable();
        print_line(kind.name, totals.get(totals.len() / 2).copied(), &mut times);
        all.extend(times);
    }
    let mut rng = fastrand::Rng::with_seed(99);
    let mut times = Vec::new();
    for _ in 0..EACH {
        let begin: String = compound(&mut rng).chars().take(rng.usize(1..4)).collect();
        let start = Instant::now();
        index.suggest(&begin, 10)?;
        times.push(start.elapsed());
    }
    print_line("suggestions", None, &mut times);
    all.extend(times);
    print_line("**all**", None, &mut all);
    Ok(())
}

fn print_line(name: &str, found: Option<usize>, times: &mut [Duration]) {
    times.sort_unstable();
    let at = |share: usize| {
        let at = (times.len() * share / 100).min(times.len().saturating_sub(1));
        times
            .get(at)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    println!(
        "| {name} | {} | {} | {:.1} ms | {:.1} ms | {:.1} ms |",
        times.len(),
        found.map_or_else(String::new, |found| found.to_string()),
        at(50),
        at(99),
        at(100)
    );
}

/// Words of residents that no sheet holds.
const DAILY: &[&str] = &[
    "ゴミ袋",
    "保活",
    "コミバス",
    "お年寄り",
    "税金の滞納",
    "道の穴",
    "学校のトイレ",
    "町内会",
    "障害者手当",
    "引きこもり",
    "ペーパーレス",
    "市の借金",
];
/// Words by their sound.
const KANA: &[&str] = &[
    "こうえん",
    "ぼうさいくんれん",
    "ほいくえん",
    "どうろ",
    "かいごほけん",
    "としょかん",
    "こそだてしえん",
    "じてんしゃ",
];

fn drawn(rng: &mut fastrand::Rng, words: &[&str]) -> String {
    rng.choice(words).copied().unwrap_or_default().to_owned()
}

fn text(text: String) -> Query {
    Query {
        text,
        ..Query::default()
    }
}

fn one_char(rng: &mut fastrand::Rng) -> String {
    let word = word(rng);
    let at = rng.usize(0..word.chars().count().max(1));
    word.chars().nth(at).map(String::from).unwrap_or_default()
}

fn word(rng: &mut fastrand::Rng) -> String {
    rng.choice(COMMON).copied().unwrap_or_default().to_owned()
}

fn several(rng: &mut fastrand::Rng) -> Query {
    let third = if rng.bool() {
        compound(rng)
    } else {
        String::new()
    };
    text(format!("{}　{} {third}", word(rng), word(rng)))
}

fn phrase(rng: &mut fastrand::Rng) -> Query {
    let particle = rng
        .choice(["の", "を", "と", "に関する"])
        .unwrap_or_default();
    text(format!("「{}{particle}{}」", word(rng), word(rng)))
}

fn without(rng: &mut fastrand::Rng) -> Query {
    text(format!("{} -{}", word(rng), word(rng)))
}

fn filtered(rng: &mut fastrand::Rng) -> Query {
    let mut query = text(word(rng));
    query.filters = filters(rng);
    query
}

fn only_filters(rng: &mut fastrand::Rng) -> Query {
    let mut query = text(String::new());
    query.filters = filters(rng);
    query.sort = Sort::Newest;
    query
}

fn filters(rng: &mut fastrand::Rng) -> Filters {
    let mut filters = Filters {
        years: vec![rng.u16(2005..2025)],
        ..Filters::default()
    };
    match rng.u8(0..4) {
        0 => filters.plans.push(format!("plan-{}", rng.u8(1..6))),
        1 => filters.states.push("拡大".to_owned()),
        2 => {
            filters.years.clear();
            filters.yen_from = Some(10_000_000);
        }
        _ => filters.kinds.push("評価シート".to_owned()),
    }
    filters
}

fn absurd(rng: &mut fastrand::Rng) -> Query {
    let of = word(rng);
    text(match rng.u8(0..8) {
        0 => of.repeat(5_000 / of.len().max(1)),
        1 => "\"".repeat(rng.usize(1..200)),
        2 => format!("<script>{of}</script> & ' OR 1=1 --"),
        3 => "👨‍👩‍👧‍👦🏳️‍🌈\u{202e}\u{200f}".repeat(rng.usize(1..50)),
        4 => "- - -- AND OR NOT ( ) * ? ~ ^".to_owned(),
        5 => (0..200)
            .map(|_| format!("{} ", rng.char('ぁ'..'ん')))
            .collect(),
        6 => "のをにはが".repeat(100),
        _ => (0..500).map(|_| rng.char(..)).collect(),
    })
}

fn gigabytes(folder: &Path) -> std::io::Result<f64> {
    let mut bytes = 0;
    for file in std::fs::read_dir(folder)? {
        bytes += file?.metadata()?.len();
    }
    Ok(bytes as f64 / 1e9)
}

/// A line of what the system says about this process; empty where there is no such file.
fn status(line: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status
        .lines()
        .find_map(|l| l.strip_prefix(line)?.strip_prefix(':'));
    line.unwrap_or_default().trim().to_owned()
}
