//! The index: opening it, and keeping it in step with what is published.
//!
//! Every change is one commit: a search sees all of it or nothing of it.

use crate::entry::Entry;
use crate::error::{Error, Result, Source, is_damage};
use crate::schema::{self, Fields};
use crate::snapshot::Snapshot;
use std::collections::HashSet;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use tantivy::directory::MmapDirectory;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::schema::Term;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError};

/// Memory for the writer of a change.
const CHANGE_BYTES: usize = 32 << 20;
/// Memory for each thread of the writer of a whole index.
const WHOLE_BYTES: usize = 192 << 20;
/// Threads, for writing a whole index and for searching its parts.
const MOST_THREADS: usize = 4;
/// Fewer entries are kept in one part.
const ENTRIES_OF_A_PART: u32 = 100_000;
/// Parts that a whole index is merged into at most: searched side by side.
const PARTS: usize = 2;

/// A search index.
pub struct Index {
    index: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    opened: Opened,
    /// One change at a time; the library itself keeps other processes out.
    writing: Mutex<()>,
}

/// How an index was when it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opened {
    /// There was none: it is empty, and waits for [`Index::replace_all`].
    New,
    /// It is as it was left.
    Kept,
    /// It was damaged or of another version, and is empty now, as if it were new.
    Emptied {
        /// What was the matter, for the log.
        reason: String,
    },
}

/// What is in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// No index.
    Nothing,
    /// An index that is damaged or of another version: [`Index::in_folder`] would empty it.
    Useless {
        /// What is the matter, for the log.
        reason: String,
    },
    /// An index whose files are all as they were written.
    Whole {
        /// How many entries it holds.
        entries: u64,
        /// The size of its files.
        bytes: u64,
        /// The mark under which it was last written; empty where it has none.
        mark: String,
    },
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("opened", &self.opened)
            .finish_non_exhaustive()
    }
}

impl Index {
    /// The index in a folder of its own, which is made where it is missing.
    ///
    /// An index that is damaged or of another version is no error: it is emptied, and
    /// [`Index::opened`] says so. All that it held can be published anew.
    ///
    /// # Errors
    /// When the folder cannot be made, read or written.
    pub fn in_folder(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        if !folder.join("meta.json").exists() {
            empty_folder(folder)?;
            return Self::create(folder, Opened::New);
        }
        match open_kept(folder) {
            Ok(index) => Ok(index),
            Err(Unusable::System(error)) => Err(error),
            Err(Unusable::Content(reason)) => {
                empty_folder(folder)?;
                Self::create(folder, Opened::Emptied { reason })
            }
        }
    }

    /// Looks at a folder and changes nothing of it. Reads all files, which takes seconds for a large
    /// index.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn look(folder: &Path) -> Result<Seen> {
        match std::fs::read_dir(folder) {
            Ok(_) if folder.join("meta.json").exists() => {}
            Ok(_) => return Ok(Seen::Nothing),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Seen::Nothing),
            Err(error) => return Err(error.into()),
        }
        let seen = open_kept(folder).and_then(|index| {
            let verified = catch_unwind(AssertUnwindSafe(|| index.verify()));
            match verified.unwrap_or_else(|_| Err(Error::Damaged(Source::new("unreadable")))) {
                Ok(()) => index.seen(folder).map_err(Unusable::System),
                Err(Error::Damaged(source)) => Err(Unusable::Content(source.to_string())),
                Err(error) => Err(Unusable::System(error)),
            }
        });
        match seen {
            Ok(seen) => Ok(seen),
            Err(Unusable::Content(reason)) => Ok(Seen::Useless { reason }),
            Err(Unusable::System(error)) => Err(error),
        }
    }

    fn seen(&self, folder: &Path) -> Result<Seen> {
        let mut bytes = 0;
        for file in std::fs::read_dir(folder)? {
            let file = file?;
            if is_ours(&file.path()) {
                bytes += file.metadata()?.len();
            }
        }
        let mark = self.index.load_metas()?.payload.unwrap_or_default();
        Ok(Seen::Whole {
            entries: self.len(),
            bytes,
            mark,
        })
    }

    /// An empty index in a folder, whatever was in its files before: where even emptying it in
    /// place fails, since they are damaged.
    ///
    /// # Errors
    /// When the folder cannot be made, read or written.
    pub fn anew_in_folder(folder: &Path) -> Result<Self> {
        std::fs::create_dir_all(folder)?;
        empty_folder(folder)?;
        Self::create(folder, Opened::New)
    }

    /// An index that lives as long as the process; for tests and small demonstrations.
    ///
    /// # Errors
    /// When the library cannot make it.
    pub fn in_memory() -> Result<Self> {
        let (schema, _) = schema::schema();
        let index = tantivy::Index::builder().schema(schema).create_in_ram()?;
        Ok(Self::over(index, Opened::New)?)
    }

    fn create(folder: &Path, opened: Opened) -> Result<Self> {
        let (schema, _) = schema::schema();
        let index = tantivy::Index::builder()
            .schema(schema)
            .create_in_dir(folder)?;
        Ok(Self::over(index, opened)?)
    }

    fn over(mut index: tantivy::Index, opened: Opened) -> std::result::Result<Self, TantivyError> {
        let (_, fields) = schema::schema();
        index.set_tokenizers(schema::tokenizers());
        if threads() > 1 {
            index.set_multithread_executor(threads())?;
        }
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::OnCommitWithDelay)
            .try_into()?;
        Ok(Self {
            index,
            reader,
            fields,
            opened,
            writing: Mutex::new(()),
        })
    }

    /// How the index was when it was opened: should it be filled?
    #[must_use]
    pub const fn opened(&self) -> &Opened {
        &self.opened
    }

    /// How many entries it holds.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// Does it hold no entries?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Reads every file of the index and compares its sum; takes seconds for a large one.
    ///
    /// # Errors
    /// [`Error::Damaged`] when a file is not as it was written.
    pub fn verify(&self) -> Result<()> {
        let damaged = self.index.validate_checksum()?;
        if damaged.is_empty() {
            return Ok(());
        }
        Err(Error::Damaged(Source::new(format!("{damaged:?}"))))
    }

    /// What is there now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(self)
    }

    /// What is there now, where it was last written under this mark: by this process or another.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn snapshot_of(&self, mark: &str) -> Result<Option<Snapshot>> {
        let is_marked = || -> Result<bool> {
            Ok(self
                .index
                .load_metas()?
                .payload
                .is_some_and(|payload| payload == mark))
        };
        if !is_marked()? {
            return Ok(None);
        }
        self.reader.reload()?;
        let snapshot = self.snapshot();
        // Somebody may have written between the two.
        Ok(is_marked()?.then_some(snapshot))
    }

    /// Replaces everything by these entries, as one change, and says how many they are. Of two
    /// entries with one address the later one stays.
    ///
    /// # Errors
    /// When another process is writing, or the disk does not take it; the index is as before then.
    pub fn replace_all(&self, entries: impl IntoIterator<Item = Entry>) -> Result<u64> {
        Ok(self.replace_all_as(entries, "")?.len())
    }

    /// As [`Index::replace_all`], under a mark that tells this content from any other; gives the
    /// content as written, whatever others write afterwards.
    ///
    /// # Errors
    /// When another process is writing, or the disk does not take it; the index is as before then.
    pub fn replace_all_as(
        &self,
        entries: impl IntoIterator<Item = Entry>,
        mark: &str,
    ) -> Result<Snapshot> {
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = self.writer(threads(), WHOLE_BYTES)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        writer.delete_all_documents()?;
        let hasher = RandomState::new();
        let mut seen = HashSet::new();
        for entry in entries {
            if !seen.insert(hasher.hash_one(&entry.address)) {
                writer.delete_term(self.address_term(&entry.address));
            }
            self.add(&writer, &entry)?;
        }
        drop(seen);
        commit(&mut writer, mark)?;
        self.merge(&mut writer)?;
        // The files of before go once no search reads them; else they wait for the next change.
        self.reader.reload()?;
        let snapshot = self.snapshot();
        writer.garbage_collect_files().wait()?;
        self.finish(writer)?;
        Ok(snapshot)
    }

    /// Adds entries, each in the place of the one with its address, as one change.
    ///
    /// # Errors
    /// When another process is writing, or the disk does not take it; the index is as before then.
    pub fn put(&self, entries: impl IntoIterator<Item = Entry>) -> Result<()> {
        self.change(entries, std::iter::empty::<&str>())
    }

    /// Removes the entries with these addresses, as one change; others are no matter.
    ///
    /// # Errors
    /// When another process is writing, or the disk does not take it; the index is as before then.
    pub fn remove<A: AsRef<str>>(&self, addresses: impl IntoIterator<Item = A>) -> Result<()> {
        self.change(std::iter::empty(), addresses)
    }

    /// Removes and then adds, as one change.
    ///
    /// # Errors
    /// When another process is writing, or the disk does not take it; the index is as before then.
    pub fn change<A: AsRef<str>>(
        &self,
        put: impl IntoIterator<Item = Entry>,
        remove: impl IntoIterator<Item = A>,
    ) -> Result<()> {
        self.change_any(put, remove, None, "").map(drop)
    }

    /// As [`Index::change`], but only where the index was last written under one mark; it is under
    /// the other one then. Gives the content as written; `None` where somebody else wrote, and
    /// nothing is changed then.
    ///
    /// # Errors
    /// When another process is writing, or the disk does not take it; the index is as before then.
    pub fn change_from<A: AsRef<str>>(
        &self,
        before: &str,
        put: impl IntoIterator<Item = Entry>,
        remove: impl IntoIterator<Item = A>,
        after: &str,
    ) -> Result<Option<Snapshot>> {
        self.change_any(put, remove, Some(before), after)
    }

    fn change_any<A: AsRef<str>>(
        &self,
        put: impl IntoIterator<Item = Entry>,
        remove: impl IntoIterator<Item = A>,
        before: Option<&str>,
        after: &str,
    ) -> Result<Option<Snapshot>> {
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut writer = self.writer(1, CHANGE_BYTES)?;
        // With the writer in hand nobody else can write.
        if before.is_some() && self.index.load_metas()?.payload.as_deref() != before {
            return Ok(None);
        }
        for address in remove {
            writer.delete_term(self.address_term(address.as_ref()));
        }
        for entry in put {
            writer.delete_term(self.address_term(&entry.address));
            self.add(&writer, &entry)?;
        }
        commit(&mut writer, after)?;
        self.reader.reload()?;
        let snapshot = self.snapshot();
        self.finish(writer)?;
        Ok(Some(snapshot))
    }

    fn writer(&self, threads: usize, bytes_a_thread: usize) -> Result<IndexWriter> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(bytes_a_thread)
            .num_merge_threads(threads.min(PARTS))
            .build();
        Ok(self.index.writer_with_options(options)?)
    }

    fn add(&self, writer: &IndexWriter, entry: &Entry) -> Result<()> {
        let document = schema::document(&self.fields, entry)
            .map_err(|error| Error::Other(Source::new(error)))?;
        writer.add_document(document)?;
        Ok(())
    }

    fn address_term(&self, address: &str) -> Term {
        Term::from_field_text(self.fields.address, address)
    }

    /// Merges a whole index into few parts, the parts side by side.
    fn merge(&self, writer: &mut IndexWriter) -> Result<()> {
        let mut segments = self.index.searchable_segment_metas()?;
        segments.sort_by_key(|segment| std::cmp::Reverse(segment.num_docs()));
        let entries: u32 = segments.iter().map(|segment| segment.num_docs()).sum();
        let parts = if entries < ENTRIES_OF_A_PART {
            1
        } else {
            PARTS.min(threads())
        };
        let merging: Vec<_> = (0..parts)
            .map(|part| {
                segments
                    .iter()
                    .skip(part)
                    .step_by(parts)
                    .map(|s| s.id())
                    .collect()
            })
            .filter(|ids: &Vec<_>| ids.len() > 1)
            .map(|ids| writer.merge(&ids))
            .collect();
        for merge in merging {
            merge.wait()?;
        }
        Ok(())
    }

    /// Waits for merging in the background, so that the lock is free and the files are final.
    fn finish(&self, writer: IndexWriter) -> Result<()> {
        writer.wait_merging_threads()?;
        self.reader.reload()?;
        Ok(())
    }

    pub(crate) fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    pub(crate) const fn fields(&self) -> &Fields {
        &self.fields
    }
}

/// Makes a change visible, under a mark.
fn commit(writer: &mut IndexWriter, mark: &str) -> Result<()> {
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(mark);
    prepared.commit()?;
    Ok(())
}

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, |threads| threads.get().min(MOST_THREADS))
}

/// Why an index that is there cannot be used.
enum Unusable {
    /// The system does not let us.
    System(Error),
    /// What is in it is of no use.
    Content(String),
}

impl From<TantivyError> for Unusable {
    fn from(error: TantivyError) -> Self {
        if is_damage(&error) {
            Self::Content(error.to_string())
        } else {
            Self::System(error.into())
        }
    }
}

fn open_kept(folder: &Path) -> std::result::Result<Index, Unusable> {
    let open = || {
        let directory = MmapDirectory::open(folder).map_err(TantivyError::from)?;
        let index = tantivy::Index::open(directory)?;
        let (schema, _) = schema::schema();
        if index.schema() != schema {
            return Err(Unusable::Content(
                "another version of the format".to_owned(),
            ));
        }
        Ok(Index::over(index, Opened::Kept)?)
    };
    // The library trusts the lengths that it reads in some places; a damaged file makes it panic.
    catch_unwind(AssertUnwindSafe(open))
        .unwrap_or_else(|_| Err(Unusable::Content("unreadable files".to_owned())))
}

/// Removes the files of an index, and no others.
fn empty_folder(folder: &Path) -> Result<()> {
    for file in std::fs::read_dir(folder)? {
        let path = file?.path();
        if is_ours(&path) {
            std::fs::remove_file(path)?;
        }
    }
    Ok(())
}

/// Is it a file of an index?
fn is_ours(path: &Path) -> bool {
    const ENDINGS: [&str; 8] = [
        "store",
        "idx",
        "pos",
        "term",
        "fast",
        "fieldnorm",
        "del",
        "temp",
    ];
    path.extension()
        .is_some_and(|e| ENDINGS.iter().any(|ending| e == *ending))
        || path
            .file_name()
            .is_some_and(|name| name == "meta.json" || name == ".managed.json")
}
