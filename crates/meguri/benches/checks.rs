//! From five texts to findings in one process: the whole way, and the rules alone.
//!
//! The texts are the real documents where they lie beside the project, else generated papers of
//! about their size.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::read_document::read_source;
use meguri_core::evaluation::Document;
use meguri_core::verify::{RULES, Subject, check};
use meguri_import::source_text::SourceText;
use meguri_papers::{Shape, evaluation, midterm, programs, reform, strategy};
use std::path::{Path, PathBuf};

fn main() {
    let texts = five_texts();
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    println!(
        "{} documents, {bytes} bytes, {} rules",
        texts.len(),
        RULES.len()
    );
    divan::main();
}

/// Decode, detect, read, map and check, as `meguri check` does.
#[divan::bench]
fn read_and_check_five(bencher: Bencher<'_, '_>) {
    let texts = five_texts();
    bencher.bench_local(|| {
        let read = texts.iter().filter_map(|(name, text)| {
            let source = SourceText::decode(black_box(text.as_bytes())).ok()?;
            read_source(name.clone(), source, None).ok()
        });
        check_documents(read.collect(), Vec::new()).findings.len()
    });
}

/// The rules alone, counted as rules run over five documents.
#[divan::bench]
fn rules_over_five(bencher: Bencher<'_, '_>) {
    let documents = five_documents();
    let subject = Subject::new(&documents, &[]);
    bencher
        .counter(ItemsCount::new(RULES.len()))
        .bench_local(|| check(black_box(&subject)));
}

fn five_documents() -> Vec<Document> {
    let read = five_texts().into_iter().filter_map(|(name, text)| {
        let source = SourceText::from_text(&text);
        read_source(name, source, None).ok()
    });
    check_documents(read.collect(), Vec::new()).documents
}

fn five_texts() -> Vec<(String, String)> {
    let real = real_texts();
    if real.is_empty() {
        generated_texts()
    } else {
        real
    }
}

fn real_texts() -> Vec<(String, String)> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("MEGURI_SHARED").map_or(beside, PathBuf::from);
    let entries = std::fs::read_dir(shared.join("seeds")).into_iter();
    let texts = entries.flatten().flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        Some((name, std::fs::read_to_string(entry.path()).ok()?))
    });
    let mut texts: Vec<(String, String)> = texts.collect();
    texts.sort();
    texts
}

fn generated_texts() -> Vec<(String, String)> {
    let shape = |units| Shape {
        seed: 7,
        units,
        tearing: 30,
    };
    let papers = [
        ("evaluation", evaluation::generate(&shape(15))),
        ("midterm", midterm::generate(&shape(1))),
        ("strategy", strategy::generate(&shape(60))),
        ("programs", programs::generate(&shape(28))),
        ("reform", reform::generate(&shape(43))),
    ];
    let texts = papers.map(|(name, paper)| (name.to_owned(), paper.text));
    texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .collect()
}
