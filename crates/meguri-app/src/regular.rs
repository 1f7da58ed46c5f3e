//! Opens regular files only, and reads no more of them than makes sense: a named pipe never begins,
//! a device never ends.

use std::fs::{File, metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// Bytes of a file of settings, of a scheme or of cases at most.
pub const MOST_TEXT: u64 = 4 << 20;

/// Opens a regular file for reading.
///
/// # Errors
/// Those of the system; [`ErrorKind::IsADirectory`]; [`ErrorKind::InvalidInput`] for what is neither
/// a file nor a folder.
pub fn open(path: &Path) -> io::Result<File> {
    // Looked at before it is opened, because opening a pipe waits for its other side.
    of_kind(&metadata(path)?)?;
    let file = File::open(path)?;
    of_kind(&file.metadata()?)?;
    Ok(file)
}

fn of_kind(about: &std::fs::Metadata) -> io::Result<()> {
    if about.is_dir() {
        return Err(ErrorKind::IsADirectory.into());
    }
    if about.is_file() {
        return Ok(());
    }
    let what = "通常のファイルではありません";
    Err(io::Error::new(ErrorKind::InvalidInput, what))
}

/// The bytes of a regular file.
///
/// # Errors
/// As [`open`]; [`ErrorKind::FileTooLarge`] where it has more than `most` bytes.
pub fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        return Err(ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// The text of a regular file of at most [`MOST_TEXT`] bytes.
///
/// # Errors
/// As [`read`]; [`ErrorKind::InvalidData`] where it is not UTF-8.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path, MOST_TEXT)?).map_err(|_| ErrorKind::InvalidData.into())
}
