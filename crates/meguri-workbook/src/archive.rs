//! What a file of a spreadsheet is made of, looked at before anything believes it.
//!
//! Such a file is a ZIP archive of XML. Its directory may lie, a few kilobytes may unpack to
//! gigabytes, and libraries reserve memory for as many texts as a file claims to have. So the
//! directory is read here first, every part that is needed is unpacked with a limit and compared with
//! what the directory said, and an archive of just these parts, not compressed, is handed on.

use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::collections::BTreeSet;
use std::io::Read;
use thiserror::Error;

/// What a file may be at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: usize,
    /// Parts of the archive.
    pub parts: usize,
    /// Bytes of one part, unpacked.
    pub part_bytes: usize,
    /// Bytes of all needed parts, unpacked.
    pub all_bytes: usize,
    /// How many times its packed size a part of more than [`Limits::RATIO_FROM`] bytes may be.
    pub ratio: usize,
    /// Sheets.
    pub sheets: usize,
    /// Cells of all sheets, blank ones too.
    pub cells: usize,
    /// Bytes of the texts of all cells; a text counts as often as it stands.
    pub text_bytes: usize,
}

impl Limits {
    /// Below this a part may be packed as well as it can.
    pub const RATIO_FROM: usize = 1_000_000;

    /// What people send back: 300 sheets of 1,000 cells with long texts stay far below.
    pub const USUAL: Self = Self {
        file_bytes: 16_000_000,
        parts: 1_500,
        part_bytes: 16_000_000,
        all_bytes: 24_000_000,
        ratio: 200,
        sheets: 400,
        cells: 200_000,
        text_bytes: 24_000_000,
    };
}

/// Why a file is not read as a workbook, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Unread {
    /// Bytes.
    #[error(
        "ファイルが大きすぎます（{0}MBまで）。\n対応：図や使っていないシートを取り除いてください。"
    )]
    TooLarge(usize),
    /// An old binary workbook.
    #[error(
        "古い形式のブック（.xls）は読めません。\n対応：Excelで開き、「Excel ブック（.xlsx）」として保存してください。"
    )]
    OldFormat,
    /// Encrypted.
    #[error("パスワードの付いたブックは読めません。\n対応：パスワードを外して保存してください。")]
    Password,
    /// Not a workbook at all.
    #[error(
        "Excelのブック（.xlsx）ではありません。\n対応：ファイルを確かめるか、「Excel ブック（.xlsx）」として保存してください。"
    )]
    NotAWorkbook,
    /// Cut off or spoilt.
    #[error(
        "ブックが壊れています（{0}）。\n対応：送り直してもらうか、Excelで開いて保存し直してください。"
    )]
    Damaged(String),
    /// Beyond a limit that is no size of the file.
    #[error("ブックの{0}。\n対応：使っていないシートや行を削除して、保存し直してください。")]
    Beyond(String),
}

impl Unread {
    fn damaged(what: &str) -> Self {
        Self::Damaged(what.to_owned())
    }

    /// More cells than are read.
    pub(crate) fn too_many_cells(limits: &Limits) -> Self {
        Self::Beyond(format!(
            "セルが多すぎます（書式だけのセルも数えて{}まで）",
            limits.cells
        ))
    }
}

/// One part as the directory has it.
struct Part {
    name: String,
    is_encrypted: bool,
    method: u16,
    crc: u32,
    packed: usize,
    unpacked: usize,
    offset: usize,
}

const OLE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const END: [u8; 4] = *b"PK\x05\x06";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
/// The end of the directory with the longest comment.
const MOST_END: usize = 22 + 65_535;

/// An archive of the needed parts, each of which is what the directory says, not compressed.
///
/// # Errors
/// Why the file is not read.
pub fn measured(file: &[u8], limits: &Limits) -> Result<Vec<u8>, Unread> {
    if file.len() > limits.file_bytes {
        return Err(Unread::TooLarge(limits.file_bytes / 1_000_000));
    }
    if file.starts_with(&OLE) {
        let name: Vec<u8> = "EncryptedPackage"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let is_encrypted = file.windows(name.len()).any(|part| part == name);
        return Err(if is_encrypted {
            Unread::Password
        } else {
            Unread::OldFormat
        });
    }
    let parts = directory(file, limits)?;
    if !parts.iter().any(|part| part.name == "[Content_Types].xml") {
        return Err(Unread::NotAWorkbook);
    }
    let mut packed = Packed::default();
    let (mut room, mut cells) = (limits.all_bytes, 0_usize);
    for part in parts.iter().filter(|part| is_needed(&part.name)) {
        if part.unpacked > limits.part_bytes.min(room) {
            return Err(Unread::Beyond(format!(
                "中身が大きすぎます（展開して{}MBまで）",
                limits.all_bytes / 1_000_000
            )));
        }
        let is_large = part.unpacked > Limits::RATIO_FROM;
        if is_large && part.unpacked / part.packed.max(1) > limits.ratio {
            return Err(Unread::Beyond(format!(
                "圧縮率が高すぎます（{}倍まで）",
                limits.ratio
            )));
        }
        let mut bytes = unpack(file, part)?;
        room -= bytes.len();
        cells += cells_in(&bytes);
        if cells > limits.cells {
            return Err(Unread::too_many_cells(limits));
        }
        harmless(&mut bytes)?;
        packed.add(&part.name, &bytes)?;
    }
    packed.end()
}

/// The parts that cells are read from. Pictures, macros, links to other files and what is embedded
/// stay where they are.
fn is_needed(name: &str) -> bool {
    const WITHOUT: [&str; 12] = [
        "media",
        "embeddings",
        "externalLinks",
        "drawings",
        "charts",
        "pivotCache",
        "pivotTables",
        "customXml",
        "printerSettings",
        "activeX",
        "ctrlProps",
        "comments",
    ];
    let is_xml = name.ends_with(".xml") || name.ends_with(".rels");
    is_xml && !name.split('/').any(|folder| WITHOUT.contains(&folder))
}

fn directory(file: &[u8], limits: &Limits) -> Result<Vec<Part>, Unread> {
    if !file.starts_with(b"PK") {
        return Err(Unread::NotAWorkbook);
    }
    let from = file.len().saturating_sub(MOST_END);
    let tail = file.get(from..).unwrap_or_default();
    let end = tail.windows(4).rposition(|bytes| bytes == END);
    let end = from + end.ok_or_else(|| Unread::damaged("途中で切れています"))?;
    if file.len() < end + 22 {
        return Err(Unread::damaged("途中で切れています"));
    }
    let count = usize::from(u16_at(file, end + 10)?);
    let offset = size_at(file, end + 16)?;
    if count > limits.parts {
        return Err(Unread::Beyond(format!(
            "部品が多すぎます（{}個まで）",
            limits.parts
        )));
    }
    let mut parts = Vec::new();
    let mut names = BTreeSet::new();
    let mut at = offset;
    for _ in 0..count {
        let (part, next) = central(file, at)?;
        if !names.insert(part.name.to_lowercase()) {
            return Err(Unread::damaged("同じ名前の部品が二つあります"));
        }
        parts.push(part);
        at = next;
    }
    Ok(parts)
}

/// One line of the directory, and where the next one begins.
fn central(file: &[u8], at: usize) -> Result<(Part, usize), Unread> {
    if file.get(at..at.saturating_add(4)) != Some(&CENTRAL[..]) {
        return Err(Unread::damaged("目次が読めません"));
    }
    let [name, extra, comment] = [28, 30, 32].map(|field| u16_at(file, at + field));
    let (name, extra, comment) = (
        usize::from(name?),
        usize::from(extra?),
        usize::from(comment?),
    );
    let bytes = file.get(at + 46..at + 46 + name);
    let bytes = bytes.ok_or_else(|| Unread::damaged("目次が途中で切れています"))?;
    // A name that is no UTF-8 is of no part that is needed.
    let name_text = String::from_utf8_lossy(bytes).replace('\\', "/");
    let part = Part {
        name: name_text,
        is_encrypted: u16_at(file, at + 8)? & 1 == 1,
        method: u16_at(file, at + 10)?,
        crc: u32_at(file, at + 16)?,
        packed: size_at(file, at + 20)?,
        unpacked: size_at(file, at + 24)?,
        offset: size_at(file, at + 42)?,
    };
    Ok((part, at + 46 + name + extra + comment))
}

fn unpack(file: &[u8], part: &Part) -> Result<Vec<u8>, Unread> {
    let at = part.offset;
    if part.is_encrypted {
        return Err(Unread::Password);
    }
    if file.get(at..at.saturating_add(4)) != Some(&LOCAL[..]) {
        return Err(Unread::damaged("目次と中身が合いません"));
    }
    let begins =
        at + 30 + usize::from(u16_at(file, at + 26)?) + usize::from(u16_at(file, at + 28)?);
    let ends = begins.saturating_add(part.packed);
    let packed = file.get(begins..ends);
    let packed = packed.ok_or_else(|| Unread::damaged("中身が途中で切れています"))?;
    let mut bytes = Vec::new();
    let most = u64::try_from(part.unpacked)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let read = match part.method {
        0 => packed.take(most).read_to_end(&mut bytes),
        8 => DeflateDecoder::new(packed)
            .take(most)
            .read_to_end(&mut bytes),
        _ => return Err(Unread::damaged("圧縮の方法を扱えません")),
    };
    read.map_err(|_| Unread::damaged("展開できません"))?;
    let mut crc = Crc::new();
    crc.update(&bytes);
    if bytes.len() != part.unpacked || crc.sum() != part.crc {
        return Err(Unread::damaged("目次と中身が合いません"));
    }
    Ok(bytes)
}

/// How many cells a part has, as far as a glance tells; they are counted again when they are read.
fn cells_in(bytes: &[u8]) -> usize {
    // Under a prefix of XML, or without one.
    let begins = |three: &&[u8]| matches!(three, [b'<' | b':', b'c', b' ' | b'>' | b'/']);
    bytes.windows(3).filter(begins).count()
}

/// Takes from a part what readers believe blindly. A library reserves memory for as many texts as the
/// head of the list of texts claims; and nothing here needs entities of its own.
fn harmless(bytes: &mut [u8]) -> Result<(), Unread> {
    const CLAIM: &[u8] = b"uniqueCount";
    let text = std::str::from_utf8(bytes).map_err(|_| Unread::damaged("文字コードが違います"))?;
    let head = crate::book::cut(text, 4_000).len();
    if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
        return Err(Unread::damaged("文書型の宣言があります"));
    }
    let head = bytes.get_mut(..head).unwrap_or_default();
    let found = head.windows(CLAIM.len()).position(|part| part == CLAIM);
    if let Some(letter) = found.and_then(|at| head.get_mut(at)) {
        *letter = b'x';
    }
    Ok(())
}

fn u16_at(file: &[u8], at: usize) -> Result<u16, Unread> {
    let bytes = file
        .get(at..at.saturating_add(2))
        .and_then(|b| b.try_into().ok());
    bytes
        .map(u16::from_le_bytes)
        .ok_or_else(|| Unread::damaged("途中で切れています"))
}

fn u32_at(file: &[u8], at: usize) -> Result<u32, Unread> {
    let bytes = file
        .get(at..at.saturating_add(4))
        .and_then(|b| b.try_into().ok());
    bytes
        .map(u32::from_le_bytes)
        .ok_or_else(|| Unread::damaged("途中で切れています"))
}

/// A size or offset; files of this size need no wider ones.
fn size_at(file: &[u8], at: usize) -> Result<usize, Unread> {
    match u32_at(file, at)? {
        u32::MAX => Err(Unread::damaged("大きさが書かれていません")),
        size => usize::try_from(size).map_err(|_| Unread::damaged("大きさが違います")),
    }
}

/// An archive that is being made.
#[derive(Default)]
struct Packed {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Packed {
    fn add(&mut self, name: &str, part: &[u8]) -> Result<(), Unread> {
        let wide = |size: usize| u32::try_from(size).map_err(|_| Unread::damaged("大きすぎます"));
        let mut crc = Crc::new();
        crc.update(part);
        let length = u16::try_from(name.len()).map_err(|_| Unread::damaged("名前が長すぎます"))?;
        let mut common = Vec::new();
        // Version 2.0, names in UTF-8, not compressed, the first day that there is.
        for word in [20_u16, 0x0800, 0, 0, 0x21] {
            common.extend(word.to_le_bytes());
        }
        for word in [crc.sum(), wide(part.len())?, wide(part.len())?] {
            common.extend(word.to_le_bytes());
        }
        common.extend(length.to_le_bytes());
        common.extend([0, 0]);
        let offset = wide(self.bytes.len())?;
        self.bytes.extend(LOCAL);
        self.bytes.extend(&common);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(part);
        self.directory.extend(CENTRAL);
        self.directory.extend(20_u16.to_le_bytes());
        self.directory.extend(&common);
        // No comment, the first disk, no attributes.
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count = self.count.saturating_add(1);
        Ok(())
    }

    fn end(mut self) -> Result<Vec<u8>, Unread> {
        let wide = |size: usize| u32::try_from(size).map_err(|_| Unread::damaged("大きすぎます"));
        let (size, offset) = (wide(self.directory.len())?, wide(self.bytes.len())?);
        self.bytes.extend(&self.directory);
        self.bytes.extend(END);
        self.bytes.extend([0; 4]);
        for _ in 0..2 {
            self.bytes.extend(self.count.to_le_bytes());
        }
        self.bytes.extend(size.to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        self.bytes.extend([0; 2]);
        Ok(self.bytes)
    }
}
