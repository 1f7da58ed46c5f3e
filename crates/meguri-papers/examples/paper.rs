//! `cargo run -p meguri-papers --example paper FAMILY SEED UNITS TEARING`: the text of one paper.

use meguri_papers::{Shape, generator};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [family, seed, units, tearing] = words.as_slice() else {
        return Err("usage: paper FAMILY SEED UNITS TEARING".into());
    };
    let shape = Shape {
        seed: seed.parse()?,
        units: units.parse()?,
        tearing: tearing.parse()?,
    };
    let generate = generator(family).ok_or("no such family")?;
    let paper = generate(&shape);
    print!("{}", paper.text);
    Ok(())
}
