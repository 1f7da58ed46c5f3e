//! MB/s of the decoder and of each reader on generated papers, and whether the time is linear.
//!
//! The table at the end goes up to 8 MB, where the time of a byte must stay level;
//! `MEGURI_BENCH_MB=100` adds one size of so many megabytes to it.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use meguri_import::documents::{FAMILIES, Family};
use meguri_import::source_text::SourceText;
use meguri_papers::{Paper, Shape, evaluation, midterm, programs, reform, strategy};
use std::time::{Duration, Instant};

const KB: usize = 1024;
const SIZES: [usize; 4] = [KB, 16 * KB, 128 * KB, 1024 * KB];
/// The table at the end: a small paper fits the caches and would flatter itself as a measure.
const TABLE_SIZES: [usize; 3] = [128 * KB, 1024 * KB, 8 * 1024 * KB];
/// How torn the papers are: about as much as the real ones.
const TEARING: u32 = 30;
/// A size is measured again until so much time has passed; the fastest run counts.
const LONG_ENOUGH: Duration = Duration::from_millis(200);

fn main() {
    divan::main();
    // `cargo bench` says so; `cargo test --benches` wants only to see each bench run once.
    if std::env::args().any(|argument| argument == "--bench") {
        linearity();
    }
}

/// The reader of a family, on papers of several sizes.
#[divan::bench(args = all_papers())]
fn read(bencher: Bencher<'_, '_>, paper: &BenchPaper) {
    let source = SourceText::from_text(&paper.text);
    bencher
        .counter(BytesCount::of_str(&paper.text))
        .bench_local(|| (paper.family.read)(black_box(&source)));
}

/// From bytes to lines.
#[divan::bench(args = all_papers())]
fn decode(bencher: Bencher<'_, '_>, paper: &BenchPaper) {
    bencher
        .counter(BytesCount::of_str(&paper.text))
        .bench_local(|| SourceText::decode(black_box(paper.text.as_bytes())));
}

/// A generated paper of a family.
struct BenchPaper {
    family: &'static Family,
    text: String,
}

impl std::fmt::Display for BenchPaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.family.key, size(self.text.len()))
    }
}

fn all_papers() -> Vec<BenchPaper> {
    let each = FAMILIES
        .iter()
        .flat_map(|family| SIZES.map(|bytes| bench_paper(family, bytes)));
    each.flatten().collect()
}

/// A paper of about so many bytes, as far as the family has a generator.
fn bench_paper(family: &'static Family, bytes: usize) -> Option<BenchPaper> {
    let generate: fn(&Shape) -> Paper = match family.key {
        "evaluation" => evaluation::generate,
        "midterm" => midterm::generate,
        "strategy" => strategy::generate,
        "programs" => programs::generate,
        "reform" => reform::generate,
        _ => return None,
    };
    let text_of = |units| {
        let shape = Shape {
            seed: 7,
            units,
            tearing: TEARING,
        };
        generate(&shape).text
    };
    let sample = 20;
    let bytes_of_unit = text_of(sample).len() / sample;
    let text = text_of((bytes / bytes_of_unit.max(1)).clamp(1, bytes));
    (bytes_of_unit > 0).then_some(BenchPaper { family, text })
}

/// Prints for each family the time of a byte by size, and how it compares with the first size's.
fn linearity() {
    let largest = std::env::var("MEGURI_BENCH_MB")
        .ok()
        .and_then(|mb| mb.parse::<usize>().ok())
        .map(|mb| mb * KB * KB);
    println!("\ndecode and read: a level last column means time linear in size");
    println!(
        "{:<12} {:>9} {:>12} {:>9} {:>7}",
        "family", "size", "time", "ns/byte", "ratio"
    );
    for family in FAMILIES {
        let mut base = None;
        for bytes in TABLE_SIZES.into_iter().chain(largest) {
            let Some(paper) = bench_paper(family, bytes) else {
                continue;
            };
            let time = fastest(&paper);
            let ns_per_byte = time.as_secs_f64() * 1e9 / paper.text.len() as f64;
            let ratio = ns_per_byte / *base.get_or_insert(ns_per_byte);
            println!(
                "{:<12} {:>9} {:>12} {ns_per_byte:>9.1} {ratio:>7.2}",
                family.key,
                size(paper.text.len()),
                format!("{time:.1?}"),
            );
        }
    }
}

/// The fastest of several runs: whatever else the machine does only adds time.
fn fastest(paper: &BenchPaper) -> Duration {
    let start = Instant::now();
    let mut best = Duration::MAX;
    while start.elapsed() < LONG_ENOUGH || best == Duration::MAX {
        let run = Instant::now();
        let source = SourceText::decode(black_box(paper.text.as_bytes()));
        black_box(source.map(|source| (paper.family.read)(&source)).ok());
        best = best.min(run.elapsed());
    }
    best
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{:.1} KB", bytes as f64 / 1024.0),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}
