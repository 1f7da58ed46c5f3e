//! Is the time linear in size? One line for each family and size: the time of a byte for reading
//! (bytes to reading) and for checking (reading to findings), and how it compares with the first
//! size's. A level ratio means linear time.
//!
//! The table goes up to 8 MB; `MEGURI_BENCH_MB=100` adds one size of so many megabytes.

use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::read_document::{ReadDocument, read_source};
use meguri_import::documents::{FAMILIES, Family};
use meguri_import::source_text::SourceText;
use meguri_papers::text_of_size;
use std::hint::black_box;
use std::time::{Duration, Instant};

const KB: usize = 1024;
/// A smaller paper fits the caches of the machine and would be no fair measure.
const SIZES: [usize; 3] = [128 * KB, 1024 * KB, 8 * 1024 * KB];
/// How torn the papers are: about as much as the real ones.
const TEARING: u32 = 30;
/// A size is measured again until so much time has passed; the fastest run counts.
const LONG_ENOUGH: Duration = Duration::from_millis(300);

fn main() {
    // `cargo bench` says so; `cargo test --benches` has nothing to see here.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let largest = std::env::var("MEGURI_BENCH_MB")
        .ok()
        .and_then(|mb| mb.parse::<usize>().ok())
        .map(|mb| mb * KB * KB);
    println!("family        size MB |   read ms  ns/byte  ratio |  check ms  ns/byte  ratio");
    for family in FAMILIES {
        let mut base = None;
        for bytes in SIZES.into_iter().chain(largest) {
            if let Some(text) = text_of_size(family.key, bytes, TEARING) {
                let times = measure(family, &text);
                print_line(
                    family,
                    text.len(),
                    times,
                    *base.get_or_insert((times, text.len())),
                );
            }
        }
    }
}

/// Times of reading and of checking.
type Times = [Duration; 2];

fn print_line(family: &Family, bytes: usize, times: Times, (base, base_bytes): (Times, usize)) {
    let per_byte = |time: Duration, bytes: usize| time.as_secs_f64() * 1e9 / bytes as f64;
    let mut line = format!("{:<12} {:>8.2}", family.key, bytes as f64 / 1_048_576.0);
    for (time, base) in times.into_iter().zip(base) {
        let ns = per_byte(time, bytes);
        let ratio = ns / per_byte(base, base_bytes);
        let ms = time.as_secs_f64() * 1e3;
        line.push_str(&format!(" | {ms:>9.1} {ns:>8.1} {ratio:>6.2}"));
    }
    println!("{line}");
}

/// The fastest of several runs: whatever else the machine does only adds time.
fn measure(family: &'static Family, text: &str) -> Times {
    let start = Instant::now();
    let mut best = [Duration::MAX; 2];
    while start.elapsed() < LONG_ENOUGH {
        let begin = Instant::now();
        let read = read(family, text);
        let middle = Instant::now();
        black_box(
            check_documents(read.into_iter().collect(), Vec::new())
                .findings
                .len(),
        );
        let end = Instant::now();
        best = [best[0].min(middle - begin), best[1].min(end - middle)];
    }
    best
}

fn read(family: &'static Family, text: &str) -> Option<ReadDocument> {
    let source = SourceText::decode(black_box(text.as_bytes())).ok()?;
    read_source(family.key.to_owned(), source, Some(family)).ok()
}
