//! Fills the corpus of each target from generated papers and, where a folder is given, from the
//! texts in it. Pieces are cut at line ends, because small inputs fuzz faster.

use meguri_papers::{FAMILIES, Shape};
use std::path::Path;
use std::{fs, io};

/// Bytes of one piece of a long document.
const PIECE_BYTES: usize = 8 * 1024;
const FIGURES: &[&str] = &[
    "1,234",
    "75.4%",
    "4以上",
    "100％超",
    "前年度比減",
    "－",
    "△1,000",
    "58 [※]",
    "53 ^{※2}",
    "68.9※ (令和3年5月)",
    "N/A",
    "0",
];
const YEARS: &[&str] = &[
    "令和4年度",
    "令和元年度",
    "R4",
    "H30",
    "2022年度",
    "令和3～6年度",
    "平成30～令和2年度",
    "2021〜2024年度",
    "昭和64年度",
];

fn main() -> io::Result<()> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    put(&corpus.join("figure"), "figure", FIGURES.iter().copied())?;
    put(&corpus.join("fiscal_year"), "year", YEARS.iter().copied())?;
    for (family, generate) in FAMILIES {
        for tearing in [0, 30, 100] {
            let shape = Shape {
                seed: 1,
                units: 3,
                tearing,
            };
            let text = generate(&shape).text;
            let name = format!("{family}-{tearing}");
            put(&corpus.join(family), &name, pieces(&text))?;
            put(&corpus.join("decode"), &name, pieces(&text).take(1))?;
        }
    }
    match std::env::args().nth(1).filter(|folder| !folder.is_empty()) {
        Some(folder) => from_folder(Path::new(&folder), &corpus),
        None => Ok(()),
    }
}

/// Every text is a seed for every reader: a reader must bear the papers of the others too.
fn from_folder(folder: &Path, corpus: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        for (family, _) in FAMILIES {
            put(&corpus.join(family), &name, pieces(&text))?;
        }
    }
    Ok(())
}

fn put<'a>(folder: &Path, name: &str, pieces: impl Iterator<Item = &'a str>) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (index, piece) in pieces.enumerate().filter(|(_, piece)| !piece.is_empty()) {
        fs::write(folder.join(format!("{name}-{index}")), piece)?;
    }
    Ok(())
}

/// Cuts a text at line ends into pieces of about [`PIECE_BYTES`].
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let tail = rest.as_bytes().get(PIECE_BYTES..).unwrap_or_default();
        let end = tail
            .iter()
            .position(|b| *b == b'\n')
            .map_or(rest.len(), |at| PIECE_BYTES + at + 1);
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}
