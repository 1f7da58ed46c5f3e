//! One ZIP as a stream: nothing is gone back to, so that it can be sent while it is made. Without
//! dates and with one way of packing, the same files give the same bytes.
//!
//! Each file is followed by its sizes (a data descriptor), since they are not known before; names are
//! UTF-8. A file or a whole of 4 GiB and more is refused.

use crate::fault::Fault;
use crate::package::Place;
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use std::io::{self, Write};

/// 1 January 1980, the first day that ZIP knows: the files have no date of their own.
const DATE: u16 = 0x21;
/// 2.0: packed files.
const VERSION: u16 = 20;
/// Sizes follow; the name is UTF-8.
const FLAGS: u16 = 0x0808;
/// Deflate.
const METHOD: u16 = 8;

/// A ZIP that is being written.
#[derive(Debug)]
pub struct Zip<W: Write> {
    /// Where it goes; `None` while a file is written.
    out: Option<Counting<W>>,
    entries: Vec<Entry>,
}

/// What the list at the end says of a file.
#[derive(Clone, Debug, Default)]
struct Entry {
    name: String,
    crc: u32,
    packed: u32,
    size: u32,
    offset: u32,
}

/// What is packed at once: the packed bytes depend on how the file comes, so that it must always come
/// in the same parts.
const PART_BYTES: usize = 64 * 1024;

/// A file of a ZIP that is being written.
#[derive(Debug)]
pub struct ZipFile<W: Write> {
    packer: DeflateEncoder<Counting<W>>,
    /// What waits until a part is full.
    part: Vec<u8>,
    crc: Crc,
    size: u64,
    /// Where its bytes begin.
    begin: u64,
}

/// Counts what passes.
#[derive(Debug)]
struct Counting<W> {
    out: W,
    bytes: u64,
}

impl<W: Write> Write for Counting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Write for ZipFile<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PART_BYTES.saturating_sub(self.part.len());
        let (taken, _) = bytes.split_at(room.min(bytes.len()));
        self.part.extend_from_slice(taken);
        if self.part.len() == PART_BYTES {
            self.packer.write_all(&self.part)?;
            self.part.clear();
        }
        self.crc.update(taken);
        self.size += taken.len() as u64;
        Ok(taken.len())
    }

    /// Packing is not broken off, so that the bytes do not depend on when somebody flushes.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<W: Write> Zip<W> {
    /// Begins a ZIP.
    #[must_use]
    pub const fn new(out: W) -> Self {
        Self {
            out: Some(Counting { out, bytes: 0 }),
            entries: Vec::new(),
        }
    }

    /// Writes the list of the files, and gives back where it was written.
    ///
    /// # Errors
    /// Those of writing; a ZIP that is too large.
    pub fn finish(mut self) -> Result<W, Fault> {
        let mut out = self.out.take().ok_or_else(unfinished)?;
        let begin = fits(out.bytes)?;
        let count = u16::try_from(self.entries.len()).map_err(|_| too_large())?;
        for entry in &self.entries {
            out.write_all(&entry.listed()?)?;
        }
        let length = fits(out.bytes - u64::from(begin))?;
        let mut end = Vec::new();
        put_u32(&mut end, 0x0605_4b50);
        for part in [0, 0, count, count] {
            put_u16(&mut end, part);
        }
        put_u32(&mut end, length);
        put_u32(&mut end, begin);
        put_u16(&mut end, 0);
        out.write_all(&end)?;
        out.flush()?;
        Ok(out.out)
    }
}

impl<W: Write> Place for Zip<W> {
    type Out = ZipFile<W>;

    fn begin(&mut self, path: &str) -> Result<Self::Out, Fault> {
        let mut out = self.out.take().ok_or_else(unfinished)?;
        let entry = Entry {
            name: path.to_owned(),
            offset: fits(out.bytes)?,
            ..Entry::default()
        };
        out.write_all(&entry.head()?)?;
        self.entries.push(entry);
        let begin = out.bytes;
        Ok(ZipFile {
            packer: DeflateEncoder::new(out, Compression::default()),
            part: Vec::with_capacity(PART_BYTES),
            crc: Crc::new(),
            size: 0,
            begin,
        })
    }

    fn end(&mut self, mut file: Self::Out) -> Result<(), Fault> {
        file.packer.write_all(&file.part)?;
        let mut out = file.packer.finish()?;
        let entry = self.entries.last_mut().ok_or_else(unfinished)?;
        entry.crc = file.crc.sum();
        entry.size = fits(file.size)?;
        entry.packed = fits(out.bytes - file.begin)?;
        let mut sizes = Vec::new();
        put_u32(&mut sizes, 0x0807_4b50);
        for part in [entry.crc, entry.packed, entry.size] {
            put_u32(&mut sizes, part);
        }
        out.write_all(&sizes)?;
        self.out = Some(out);
        Ok(())
    }
}

impl Entry {
    /// What stands before the file.
    fn head(&self) -> Result<Vec<u8>, Fault> {
        let mut head = Vec::new();
        put_u32(&mut head, 0x0403_4b50);
        for part in [VERSION, FLAGS, METHOD, 0, DATE] {
            put_u16(&mut head, part);
        }
        // They follow the file.
        for part in [0, 0, 0] {
            put_u32(&mut head, part);
        }
        put_u16(&mut head, self.name_length()?);
        put_u16(&mut head, 0);
        head.extend_from_slice(self.name.as_bytes());
        Ok(head)
    }

    /// What stands in the list at the end.
    fn listed(&self) -> Result<Vec<u8>, Fault> {
        let mut listed = Vec::new();
        put_u32(&mut listed, 0x0201_4b50);
        for part in [VERSION, VERSION, FLAGS, METHOD, 0, DATE] {
            put_u16(&mut listed, part);
        }
        for part in [self.crc, self.packed, self.size] {
            put_u32(&mut listed, part);
        }
        for part in [self.name_length()?, 0, 0, 0, 0] {
            put_u16(&mut listed, part);
        }
        put_u32(&mut listed, 0);
        put_u32(&mut listed, self.offset);
        listed.extend_from_slice(self.name.as_bytes());
        Ok(listed)
    }

    fn name_length(&self) -> Result<u16, Fault> {
        u16::try_from(self.name.len()).map_err(|_| too_large())
    }
}

fn put_u16(bytes: &mut Vec<u8>, number: u16) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

fn put_u32(bytes: &mut Vec<u8>, number: u32) {
    bytes.extend_from_slice(&number.to_le_bytes());
}

/// A size or place below 4 GiB.
fn fits(bytes: u64) -> Result<u32, Fault> {
    // The highest number means that the size stands elsewhere.
    let fitting = u32::try_from(bytes).ok().filter(|size| *size < u32::MAX);
    fitting.ok_or_else(too_large)
}

fn too_large() -> Fault {
    let why = "ZIPは4GB以上にできません（表ごとのファイルを使ってください）";
    Fault::Io(io::Error::new(io::ErrorKind::FileTooLarge, why))
}

fn unfinished() -> Fault {
    Fault::Io(io::Error::other("a file of the ZIP is not ended"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(chunk: usize) -> Vec<u8> {
        let mut zip = Zip::new(Vec::new());
        let text = "事業費,1,958\r\n".repeat(20_000);
        for (name, text) in [("data/a.csv", text.as_str()), ("空.csv", "")] {
            let mut file = zip.begin(name).expect("a file");
            for part in text.as_bytes().chunks(chunk) {
                file.write_all(part).expect("a part");
                file.flush().expect("nothing");
            }
            zip.end(file).expect("an end");
        }
        zip.finish().expect("a ZIP")
    }

    #[test]
    fn the_same_files_make_the_same_bytes_however_they_come() {
        let whole = made(1 << 20);
        assert!(whole == made(1 << 20));
        for chunk in [1, 4096, 70_000] {
            assert!(whole == made(chunk), "parts of {chunk} bytes");
        }
        assert!(whole.starts_with(b"PK\x03\x04") && whole.len() < 10_000);
    }

    #[test]
    fn sizes_of_four_gigabytes_are_refused() {
        assert_eq!(fits(u64::from(u32::MAX) - 1), Ok(u32::MAX - 1));
        for bytes in [u64::from(u32::MAX), u64::from(u32::MAX) + 1, u64::MAX] {
            assert!(fits(bytes).is_err_and(|fault| fault.to_string().contains("4GB")));
        }
    }
}
