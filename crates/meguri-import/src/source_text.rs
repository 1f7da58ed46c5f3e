//! The lines of a document, decoded from the encodings that cities' tools write.

use meguri_core::text::nfc;
use thiserror::Error;

/// The largest file that is read, in bytes. Larger ones are refused, so that memory is bounded.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;
/// The longest line that is read, in bytes. No table row of a real paper comes near it.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;

/// Web pages and some tools set it where others set a space; no reader tells them apart.
const NO_BREAK_SPACE: char = '\u{a0}';

/// One line of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, as an editor counts.
    pub number: u32,
    /// Without line end and form feed; NFC; no-break spaces as plain ones; otherwise untouched
    /// (spaces and tabs stay).
    pub text: String,
    /// A form feed stood before or in it: the first line of a page.
    pub starts_page: bool,
}

/// A decoded document.
#[derive(Clone, Debug, Default)]
pub struct SourceText {
    /// All lines in order, empty ones too.
    pub lines: Vec<Line>,
    /// The name of the encoding that fitted.
    pub encoding: &'static str,
}

/// Why bytes are not a text that can be read. The messages are for city staff.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum NotText {
    /// Nothing, or white space only.
    #[error("ファイルが空です。")]
    Empty,
    /// Too large.
    #[error("ファイルが大きすぎます（{bytes}バイト）。読めるのは{MAX_BYTES}バイトまでです。")]
    TooLarge {
        /// Its size.
        bytes: usize,
    },
    /// PDF, Excel, Word, images or other binary data.
    #[error("文書のテキストではありません（{kind}）。")]
    Binary {
        /// What it looks like, in Japanese.
        kind: &'static str,
    },
    /// Neither UTF-8 nor CP932 nor UTF-16.
    #[error("文字コードを判別できません（{line}行目の{byte}バイト目以降が読めません）。")]
    Encoding {
        /// Line of the first bad byte, from 1.
        line: usize,
        /// Offset of the first bad byte in its line, from 1.
        byte: usize,
    },
    /// A line that no document has.
    #[error("{line}行目が長すぎます（{bytes}バイト）。改行が失われていないか確認してください。")]
    LineTooLong {
        /// Its number, from 1.
        line: usize,
        /// Its length.
        bytes: usize,
    },
}

impl NotText {
    /// What the person can do.
    #[must_use]
    pub const fn hint(&self) -> &'static str {
        match self {
            Self::Empty => {
                "指定したファイルが正しいか、書き出しが終わっているかを確認してください。"
            }
            Self::TooLarge { .. } => "文書ごとにファイルを分けてください。",
            Self::Binary { .. } => {
                "PDFは「pdftotext」などでテキストにしてから指定してください。Excelはテキスト（タブ区切り）で保存してください。"
            }
            Self::Encoding { .. } => "UTF-8又はシフトJIS（CP932）で保存し直してください。",
            Self::LineTooLong { .. } => "元の文書からテキストを書き出し直してください。",
        }
    }
}

impl SourceText {
    /// Decodes UTF-8 (with or without BOM), UTF-16 with BOM, or CP932; any line ends, mixed too.
    ///
    /// # Errors
    /// [`NotText`] for what is not a text at all.
    pub fn decode(bytes: &[u8]) -> Result<Self, NotText> {
        if bytes.len() > MAX_BYTES {
            return Err(NotText::TooLarge { bytes: bytes.len() });
        }
        if let Some(kind) = binary_kind(bytes) {
            return Err(NotText::Binary { kind });
        }
        longest_line(bytes)?;
        let (text, encoding) = decode_text(bytes)?;
        if text.trim().is_empty() {
            return Err(NotText::Empty);
        }
        Ok(Self {
            encoding,
            ..Self::from_text(&text)
        })
    }

    /// The lines of a text that is decoded already.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        let mut lines = Vec::new();
        for raw in text.split('\n').flat_map(split_carriage_returns) {
            let starts_page = raw.contains('\u{c}');
            let number = u32::try_from(lines.len() + 1).unwrap_or(u32::MAX);
            let text = if starts_page || raw.contains(NO_BREAK_SPACE) {
                nfc(&raw.replace('\u{c}', "").replace(NO_BREAK_SPACE, " ")).into_owned()
            } else {
                nfc(raw).into_owned()
            };
            lines.push(Line {
                number,
                text,
                starts_page,
            });
        }
        Self {
            lines,
            encoding: "UTF-8",
        }
    }

    /// The text of a line by its number (from 1), empty where there is none.
    #[must_use]
    pub fn line(&self, number: u32) -> &str {
        let index = (number as usize).wrapping_sub(1);
        self.lines.get(index).map_or("", |line| line.text.as_str())
    }
}

/// CRLF is one line end; a lone CR (old Macintosh tools) is one too.
fn split_carriage_returns(raw: &str) -> impl Iterator<Item = &str> {
    raw.strip_suffix('\r').unwrap_or(raw).split('\r')
}

/// What a binary file looks like, by its first bytes or a NUL.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    let magic: [(&[u8], &str); 7] = [
        (b"%PDF", "PDF"),
        (b"PK\x03\x04", "Excel・WordなどのOffice文書又はZIP"),
        (b"\xd0\xcf\x11\xe0", "古い形式のExcel・Word文書"),
        (b"\x89PNG", "画像"),
        (b"\xff\xd8\xff", "画像"),
        (b"GIF8", "画像"),
        (b"\x1f\x8b", "圧縮ファイル"),
    ];
    if let Some((_, kind)) = magic.iter().find(|(head, _)| bytes.starts_with(head)) {
        return Some(kind);
    }
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    (!utf16 && bytes.contains(&0)).then_some("バイナリデータ")
}

/// Refuses a line too long to be a row, before anything is allocated for it.
fn longest_line(bytes: &[u8]) -> Result<(), NotText> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Ok(());
    }
    for (index, line) in bytes.split(|b| *b == b'\n' || *b == b'\r').enumerate() {
        if line.len() > MAX_LINE_BYTES {
            let line_no = bytes_lines_before(bytes, line, index);
            return Err(NotText::LineTooLong {
                line: line_no,
                bytes: line.len(),
            });
        }
    }
    Ok(())
}

/// The number of a line as an editor counts: CRLF ends one line, not two.
fn bytes_lines_before(bytes: &[u8], line: &[u8], index: usize) -> usize {
    let offset = line.as_ptr() as usize - bytes.as_ptr() as usize;
    let crlf = bytes[..offset]
        .windows(2)
        .filter(|pair| pair == b"\r\n")
        .count();
    index + 1 - crlf
}

fn decode_text(bytes: &[u8]) -> Result<(String, &'static str), NotText> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes)
        && encoding != encoding_rs::UTF_8
    {
        let (text, _, bad) = encoding.decode(bytes);
        return if bad {
            Err(bad_byte(bytes, 0))
        } else {
            Ok((text.into_owned(), encoding.name()))
        };
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((text.to_owned(), "UTF-8")),
        Err(error) => error,
    };
    // A document cut in the middle of its last character is still the document.
    if error.error_len().is_none()
        && let Ok(text) = std::str::from_utf8(&bytes[..error.valid_up_to()])
    {
        return Ok((text.to_owned(), "UTF-8"));
    }
    match decode_cp932(bytes) {
        Some(text) => Ok((text, "CP932")),
        None => Err(bad_byte(bytes, error.valid_up_to())),
    }
}

/// CP932 (Windows Shift_JIS); a lead byte cut off at the very end is dropped.
fn decode_cp932(bytes: &[u8]) -> Option<String> {
    let decode =
        |bytes| encoding_rs::SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes);
    let text = decode(bytes).or_else(|| decode(bytes.split_last()?.1))?;
    // Random bytes decode now and then: a Japanese paper has no control characters.
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !c.is_whitespace())
        .count();
    (odd == 0).then(|| text.into_owned())
}

fn bad_byte(bytes: &[u8], offset: usize) -> NotText {
    let before = &bytes[..offset];
    let line = before.iter().filter(|b| **b == b'\n').count() + 1;
    let start = before
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |i| i + 1);
    NotText::Encoding {
        line,
        byte: offset - start + 1,
    }
}
