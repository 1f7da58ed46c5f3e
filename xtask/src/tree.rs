//! The files of the project as git knows them: what every tidy check looks at.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

/// Files above this size are not read as text; nothing in the project comes near it.
const MAX_TEXT_BYTES: u64 = 8 * 1024 * 1024;

/// One file.
#[derive(Clone, Debug)]
pub(crate) struct File {
    /// Its size in bytes.
    pub(crate) bytes: u64,
    /// Its text, unless it is binary or too large.
    pub(crate) text: Option<String>,
}

/// All files by their path from the root, with `/` between the parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, File>,
}

impl Tree {
    /// The tracked files and those that git would track, as they stand in the folder now.
    ///
    /// # Errors
    /// git is not there, or this is no checkout.
    pub(crate) fn of(root: &Path) -> Result<Self, String> {
        let output = Command::new("git")
            // A checkout that another user owns (as in a container) is still this project.
            .args(["-c", "safe.directory=*", "ls-files", "-z"])
            .args(["--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .map_err(|error| format!("cannot start git: {error}"))?;
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr);
            return Err(format!("git cannot list the files: {}", why.trim()));
        }
        let names = String::from_utf8_lossy(&output.stdout);
        let mut tree = Self::default();
        for name in names.split('\0').filter(|name| !name.is_empty()) {
            // A file that is deleted but not yet committed is no longer part of the tree.
            if let Some(file) = read(&root.join(name)) {
                tree.files.insert(name.to_owned(), file);
            }
        }
        Ok(tree)
    }

    /// A tree made by hand, for tests.
    #[cfg(test)]
    pub(crate) fn made_of(files: &[(&str, &str)]) -> Self {
        let file = |text: &str| File {
            bytes: text.len() as u64,
            text: Some(text.to_owned()),
        };
        Self {
            files: files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), file(text)))
                .collect(),
        }
    }

    /// All files in the order of their paths.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// The text of all files that have one.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files()
            .filter_map(|(path, file)| Some((path, file.text.as_deref()?)))
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path)?.text.as_deref()
    }

    /// Is there a file, or a folder with files in it, at this path?
    pub(crate) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let inside = format!("{path}/");
        self.files.contains_key(path)
            || self
                .files
                .range(inside.clone()..)
                .next()
                .is_some_and(|(first, _)| first.starts_with(&inside))
    }
}

fn read(path: &Path) -> Option<File> {
    let about = std::fs::metadata(path).ok().filter(|m| m.is_file())?;
    let text = if about.len() <= MAX_TEXT_BYTES {
        std::fs::read_to_string(path).ok()
    } else {
        None
    };
    Some(File {
        bytes: about.len(),
        text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_there_through_their_files() {
        let tree = Tree::made_of(&[("a/b/c.rs", ""), ("a/b-c.rs", ""), ("d.md", "")]);
        for there in ["a", "a/", "a/b", "a/b/c.rs", "d.md"] {
            assert!(tree.has(there), "{there}");
        }
        for gone in ["a/b/c", "b", "d", "a/b/c.rs/x"] {
            assert!(!tree.has(gone), "{gone}");
        }
    }

    #[test]
    fn the_tree_of_this_project_has_this_file() {
        let tree = Tree::of(&crate::root()).expect("a checkout");
        assert!(tree.text("xtask/src/tree.rs").is_some());
        assert!(!tree.has("target"));
    }
}
