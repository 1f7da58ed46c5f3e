//! Keeps the index of a door in step with its pictures.
//!
//! The index is written under a mark, a hash of all that is in it. From picture to picture only what
//! changed is written; where the mark is not the one that was left (another process wrote, or the
//! server was away) it is written anew. Nothing in the index is the only copy of anything.

use crate::read::Library;
use crate::read::picture::{Kind, Picture, Public};
use crate::search::Finder;
use crate::search::entries::entries;
use meguri_search::{Error, Index, Opened, Result, Snapshot};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Hash of an entry.
type Hash = [u8; 32];

/// The index of a door of one kind: what the house sees does not fit into that of the public.
#[derive(Debug)]
pub struct Keeper<K> {
    /// The folder; `None` = in memory.
    folder: Option<PathBuf>,
    index: Option<Index>,
    /// What the index holds as far as this process wrote it.
    held: Content,
    /// Set by searches that fail.
    broken: Arc<AtomicBool>,
    /// Is the index behind its picture, because it could not be written?
    behind: bool,
    /// Did the last try show that its files are of no use?
    useless: bool,
    kind: PhantomData<K>,
}

/// What is in an index.
#[derive(Debug, Default)]
struct Content {
    hashes: BTreeMap<String, Hash>,
    /// Tells it from any other; empty where it is not known.
    mark: String,
}

impl Content {
    fn of(library: &Library) -> Self {
        let hashes: BTreeMap<String, Hash> = entries(library)
            .map(|entry| (entry.address.clone(), hash(&entry)))
            .collect();
        let mut all = Sha256::new();
        for (address, hash) in &hashes {
            all.update(address.as_bytes());
            all.update([0]);
            all.update(hash);
        }
        let digest: Hash = all.finalize().into();
        let mark = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        Self { hashes, mark }
    }
}

fn hash(entry: &meguri_search::Entry) -> Hash {
    // An entry of strings and numbers always has a JSON.
    Sha256::digest(serde_json::to_vec(entry).unwrap_or_default()).into()
}

impl Keeper<Public> {
    /// The index of what is public, in a folder of its own.
    #[must_use]
    pub fn in_folder(folder: PathBuf) -> Self {
        Self {
            folder: Some(folder),
            ..Self::in_memory()
        }
    }
}

impl<K: Kind> Keeper<K> {
    /// An index that lives as long as the process.
    #[must_use]
    pub fn in_memory() -> Self {
        Self {
            folder: None,
            index: None,
            held: Content::default(),
            broken: Arc::default(),
            behind: false,
            useless: false,
            kind: PhantomData,
        }
    }

    /// Must it be brought into step even though its picture is the same?
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.behind || self.broken.load(Ordering::Relaxed)
    }

    /// Brings the index into step with a picture and gives the search over it. Takes milliseconds
    /// where little changed, and seconds where all is written; not for an asynchronous thread.
    ///
    /// # Errors
    /// Those of the index; it is as it was, and [`Keeper::is_due`] says so.
    pub fn bring(&mut self, picture: &Picture<K>) -> Result<Finder> {
        self.behind = true;
        let anew = self.broken.swap(false, Ordering::Relaxed) || self.useless;
        // Where the library panics over damaged files, this stays.
        self.useless = true;
        let outcome = self.in_step(picture.library(), anew);
        self.useless = matches!(outcome, Err(Error::Damaged(_)));
        self.behind = outcome.is_err();
        Ok(Finder::ready(outcome?, Arc::clone(&self.broken)))
    }

    /// Writes the index anew, whatever is in it, and says how many entries it has.
    ///
    /// # Errors
    /// Those of the index.
    pub fn rebuild(&mut self, picture: &Picture<K>) -> Result<u64> {
        let content = Content::of(picture.library());
        match self.write_all(picture.library(), content) {
            Err(Error::Damaged(_)) => Ok(self.in_step(picture.library(), true)?.len()),
            outcome => Ok(outcome?.len()),
        }
    }

    /// The mark under which the index of a picture is written.
    #[must_use]
    pub fn mark_of(picture: &Picture<K>) -> String {
        Content::of(picture.library()).mark
    }

    /// Is the index in step with a picture, without a change to it?
    ///
    /// # Errors
    /// Those of the index.
    pub fn is_in_step(&mut self, picture: &Picture<K>) -> Result<bool> {
        let content = Content::of(picture.library());
        Ok(self.opened()?.snapshot_of(&content.mark)?.is_some())
    }

    fn in_step(&mut self, library: &Library, anew: bool) -> Result<Snapshot> {
        if anew {
            self.index = None;
            self.held = Content::default();
            self.index = Some(match &self.folder {
                Some(folder) => Index::anew_in_folder(folder)?,
                None => Index::in_memory()?,
            });
        }
        let content = Content::of(library);
        if let Some(snapshot) = self.opened()?.snapshot_of(&content.mark)? {
            self.held = content;
            return Ok(snapshot);
        }
        match self.change(library, &content)? {
            Some(snapshot) => {
                self.held = content;
                Ok(snapshot)
            }
            None => self.write_all(library, content),
        }
    }

    /// Writes what is not as it was; nothing where the index is not as this process left it.
    fn change(&mut self, library: &Library, content: &Content) -> Result<Option<Snapshot>> {
        if self.held.mark.is_empty() {
            return Ok(None);
        }
        let held = std::mem::take(&mut self.held);
        let is_new = |entry: &meguri_search::Entry| {
            held.hashes.get(&entry.address) != content.hashes.get(&entry.address)
        };
        let gone = held
            .hashes
            .keys()
            .filter(|address| !content.hashes.contains_key(*address));
        let put = entries(library).filter(is_new);
        self.opened()?
            .change_from(&held.mark, put, gone, &content.mark)
    }

    fn write_all(&mut self, library: &Library, content: Content) -> Result<Snapshot> {
        let snapshot = self
            .opened()?
            .replace_all_as(entries(library), &content.mark)?;
        self.held = content;
        Ok(snapshot)
    }

    fn opened(&mut self) -> Result<&Index> {
        let index = match self.index.take() {
            Some(index) => index,
            None => {
                let index = match &self.folder {
                    Some(folder) => Index::in_folder(folder)?,
                    None => Index::in_memory()?,
                };
                if let Opened::Emptied { reason } = index.opened() {
                    tracing::warn!(%reason, "the search index is of no use and is built anew");
                }
                index
            }
        };
        Ok(self.index.insert(index))
    }
}
