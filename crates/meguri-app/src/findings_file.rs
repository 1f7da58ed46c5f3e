//! The file of the findings that a city chooses to publish, each with its explanation, in TOML.

use crate::actions::publish::Explained;
use crate::scheme_file::FileFault;
use crate::scheme_file::fault::{of_io, of_toml};
use serde::Deserialize;
use std::path::Path;

/// The file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    finding: Vec<WrittenFinding>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFinding {
    code: String,
    line: u32,
    explanation: String,
}

/// The findings of a file.
///
/// # Errors
/// All faults of the file that were found.
pub fn read(path: &Path) -> Result<Vec<Explained>, Vec<FileFault>> {
    let text = crate::regular::read_text(path).map_err(|error| vec![of_io(&error)])?;
    parse(&text)
}

fn parse(text: &str) -> Result<Vec<Explained>, Vec<FileFault>> {
    let written: Written = toml::from_str(text).map_err(|error| vec![of_toml(&error, text)])?;
    let blank = written
        .finding
        .iter()
        .filter(|finding| finding.explanation.trim().is_empty());
    let faults: Vec<FileFault> = blank
        .map(|finding| {
            let place = format!("{}（{}行目）", finding.code, finding.line);
            FileFault::new(
                format!("{place}の説明（explanation）が空です。"),
                "住民に向けた説明を書いてください。",
            )
        })
        .collect();
    let explained = |finding: WrittenFinding| Explained {
        code: finding.code,
        line: finding.line,
        explanation: finding.explanation,
    };
    if faults.is_empty() {
        Ok(written.finding.into_iter().map(explained).collect())
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chosen_finding_needs_an_explanation() {
        let text = "[[finding]]\ncode = \"V001\"\nline = 12\nexplanation = \"端数処理による\"\n";
        let chosen = parse(text).expect("sound");
        assert_eq!(chosen.len(), 1);
        assert_eq!((chosen[0].code.as_str(), chosen[0].line), ("V001", 12));
        let faults = parse(&text.replace("端数処理による", " ")).expect_err("a blank");
        assert!(
            faults[0].to_string().contains("V001（12行目）"),
            "{}",
            faults[0]
        );
        assert!(parse("[[finding]]\ncode = \"V001\"\n").is_err());
    }
}
