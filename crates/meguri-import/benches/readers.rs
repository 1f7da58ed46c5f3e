//! MB/s of the decoder and of each reader on generated papers of several sizes.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use meguri_import::documents::{FAMILIES, Family};
use meguri_import::source_text::SourceText;
use meguri_papers::text_of_size;

const KB: usize = 1024;
const SIZES: [usize; 4] = [KB, 16 * KB, 128 * KB, 1024 * KB];
/// How torn the papers are: about as much as the real ones.
const TEARING: u32 = 30;
fn main() {
    divan::main();
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
    FAMILIES
        .iter()
        .flat_map(|family| SIZES.map(|bytes| bench_paper(family, bytes)))
        .flatten()
        .collect()
}

/// A paper of about so many bytes, as far as the family has a generator.
fn bench_paper(family: &'static Family, bytes: usize) -> Option<BenchPaper> {
    let text = text_of_size(family.key, bytes, TEARING)?;
    Some(BenchPaper { family, text })
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{:.1} KB", bytes as f64 / 1024.0),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}
