//! `cargo run -p meguri-import --example read FAMILY FILE`: the JSON of one reader.

use meguri_import::documents::FAMILIES;
use meguri_import::source_text::SourceText;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(key), Some(file)) = (args.next(), args.next()) else {
        return Err("usage: read FAMILY FILE".into());
    };
    let family = FAMILIES
        .iter()
        .find(|f| f.key == key)
        .ok_or("no such family")?;
    let source = SourceText::decode(&std::fs::read(file)?)?;
    println!(
        "{}",
        serde_json::to_string_pretty(&(family.read)(&source).to_json())?
    );
    Ok(())
}
