//! `cargo run -p meguri-papers --example paper FAMILY SEED UNITS TEARING`: the text of one paper.

use meguri_papers::{Shape, evaluation, midterm, programs, reform, strategy};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [family, seed, units, tearing] = words.as_slice() else {
        return Err("usage: paper FAMILY SEED UNITS TEARING".into());
    };
    let shape = Shape { seed: seed.parse()?, units: units.parse()?, tearing: tearing.parse()? };
    let paper = match family.as_str() {
        "evaluation" => evaluation::generate(&shape),
        "midterm" => midterm::generate(&shape),
        "programs" => programs::generate(&shape),
        "reform" => reform::generate(&shape),
        "strategy" => strategy::generate(&shape),
        _ => return Err("no such family".into()),
    };
    print!("{}", paper.text);
    Ok(())
}
