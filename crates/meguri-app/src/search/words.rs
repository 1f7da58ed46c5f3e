//! A city's own list of words for the search, in the file that its settings name.

use crate::config::Config;
use crate::regular;
use crate::scheme_file::FileFault;
use crate::scheme_file::fault::of_io;
use meguri_search::WordList;
use std::path::Path;
use std::sync::Arc;

/// Reads the list of the settings; an empty one where they name none.
///
/// # Errors
/// All faults of the file, each with its line where it is known.
pub fn of(config: &Config) -> Result<Arc<WordList>, Vec<FileFault>> {
    match &config.search_words {
        Some(path) => read(path).map(Arc::new),
        None => Ok(Arc::default()),
    }
}

/// Reads a list.
///
/// # Errors
/// As [`of`].
pub fn read(path: &Path) -> Result<WordList, Vec<FileFault>> {
    let text = regular::read_text(path).map_err(|error| vec![of_io(&error)])?;
    WordList::parse(&text).map_err(|faults| {
        let of_line = |fault: meguri_search::WordFault| FileFault {
            line: Some(fault.line),
            ..FileFault::new(fault.message, fault.remedy)
        };
        faults.into_iter().map(of_line).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_of_the_list_are_told_with_their_lines() {
        let folder = std::env::temp_dir().join(format!("meguri-words-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join("words.txt");
        let told = |text: &[u8]| -> Vec<String> {
            std::fs::write(&file, text).expect("written");
            let faults = read(&file).err().unwrap_or_default();
            faults.iter().map(ToString::to_string).collect()
        };
        assert_eq!(
            told("# 市の言葉\nにじバス → コミュニティバス\n".as_bytes()),
            [""; 0]
        );
        let faults = told("にじバス コミュニティバス\n → 公園\n".as_bytes());
        assert_eq!(faults.len(), 2, "{faults:?}");
        assert!(faults[0].starts_with("1行目") && faults[0].contains("「→」も「＝」もありません"));
        assert!(faults[1].starts_with("2行目") && faults[1].contains("言葉のないところ"));
        assert!(told(b"\x82\xb2\x82\xdd")[0].contains("UTF-8"));
        std::fs::remove_dir_all(&folder).expect("removed");
        assert!(
            read(&file).expect_err("a fault")[0]
                .to_string()
                .contains("見つかりません")
        );
    }
}
