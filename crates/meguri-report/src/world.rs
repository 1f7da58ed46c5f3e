//! The world of a layout: our own files, data and fonts, and nothing else. There is no file system,
//! no network, no package and no clock behind it.

use crate::fonts;
use crate::layout;
use std::collections::HashMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

/// The path of the data.
const DATA: &str = "/data.json";

/// The path of a file that the paper carries, by its number.
pub(crate) fn attachment_path(number: usize) -> String {
    format!("/attached/{number}")
}

/// The library of typst with the heads of rows, which PDF/UA needs.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// The files that come with the program.
static FILES: LazyLock<HashMap<FileId, Source>> = LazyLock::new(|| {
    let files = layout::FILES.iter();
    let sources = files.filter_map(|(path, text)| {
        let id = id(path)?;
        Some((id, Source::new(id, (*text).to_owned())))
    });
    sources.collect()
});

fn id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What one paper is made from.
#[derive(Debug)]
pub(crate) struct PaperWorld {
    main: FileId,
    own: Option<Source>,
    data: HashMap<FileId, Bytes>,
}

impl PaperWorld {
    /// A layout over data; `None` where there is no such layout.
    pub(crate) fn new(
        layout: &layout::Chosen<'_>,
        data: String,
        attachments: impl Iterator<Item = Vec<u8>>,
    ) -> Option<Self> {
        let main = id(layout.path())?;
        let own = layout.own().map(|text| Source::new(main, text.to_owned()));
        let numbered = (1..).zip(attachments);
        let mut files: HashMap<FileId, Bytes> = numbered
            .filter_map(|(number, bytes)| Some((id(&attachment_path(number))?, Bytes::new(bytes))))
            .collect();
        files.insert(id(DATA)?, Bytes::from_string(data));
        Some(Self {
            main,
            own,
            data: files,
        })
    }
}

impl World for PaperWorld {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        fonts::book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let own = self.own.as_ref().filter(|own| own.id() == id);
        let source = own.or_else(|| FILES.get(&id));
        source.cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.data.get(&id).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        fonts::font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.get().vpath().get_without_slash().into())
}
