//! The findings that a city chooses to publish, as `--findings` says: a word, or files of TOML.

use meguri_app::actions::publish::ChosenFindings;
use meguri_app::findings_file;
use meguri_app::scheme_file::FileFault;
use std::path::Path;

/// What was chosen.
///
/// # Errors
/// A file that cannot be read, with its faults.
pub(super) fn read(words: &[String]) -> Result<ChosenFindings, (String, Vec<FileFault>)> {
    match words {
        [] => return Ok(ChosenFindings::AsBefore),
        [word] if word == "all" => return Ok(ChosenFindings::All),
        [word] if word == "none" => return Ok(ChosenFindings::None),
        _ => {}
    }
    let mut chosen = Vec::new();
    for file in words {
        let of_file = findings_file::read(Path::new(file));
        chosen.extend(of_file.map_err(|faults| (file.clone(), faults))?);
    }
    Ok(ChosenFindings::These(chosen))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_choose_all_none_or_those_of_before() {
        let all = read(&["all".to_owned()]);
        assert_eq!(all.ok(), Some(ChosenFindings::All));
        assert_eq!(read(&["none".to_owned()]).ok(), Some(ChosenFindings::None));
        assert_eq!(read(&[]).ok(), Some(ChosenFindings::AsBefore));
    }
}
