//! `cargo run -p meguri-import --example unread FAMILY FILE`: what one reader leaves unread, and how
//! many characters of the text belong to whom.

use meguri_import::documents::family;
use meguri_import::source_text::SourceText;
use std::collections::BTreeMap;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(key), Some(file)) = (args.next(), args.next()) else {
        return Err("usage: unread FAMILY FILE".into());
    };
    let family = family(&key).ok_or("no such family")?;
    let source = SourceText::decode(&std::fs::read(file)?)?;
    let reading = (family.read)(&source);
    for piece in reading.unread() {
        let (line, text, place, why) = (piece.line, &piece.text, &piece.place, &piece.why);
        println!("{line}: {text:?} | {place} | {why}");
    }
    let mut letters = BTreeMap::new();
    for tile in reading.tiles(&source) {
        let text = source.line(tile.line).get(tile.span).unwrap_or_default();
        let count = text.chars().filter(|c| !c.is_whitespace()).count();
        *letters.entry(tile.owner).or_insert(0) += count;
    }
    println!("{letters:?}");
    Ok(())
}
