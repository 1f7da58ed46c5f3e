//! The lines of a document, decoded from the encodings that cities' tools write.

mod encoding;
mod tables;

use crate::form_words::FormWords;
use meguri_core::text::{nfc, normal_form};
use thiserror::Error;

/// The largest file that is read, in bytes. Larger ones are refused, so that memory is bounded.
pub const MAX_BYTES: usize = 256 * 1024 * 1024;
/// The longest line that is read, in bytes. No table row of a real paper comes near it.
pub const MAX_LINE_BYTES: usize = 1024 * 1024;

/// One line of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// From 1, as an editor counts.
    pub number: u32,
    /// In its normal form ([`normal_form`]), in which readers recognise words and figures, without
    /// line end and form feed; cells of Excel's text formats without their quotes. Spaces and tabs
    /// stay.
    pub text: String,
    /// The line as printed (NFC), where it is another text. A row whose quoted cells hold line ends
    /// is one line here, with its line ends.
    pub printed: Option<Box<str>>,
    /// A form feed stood before or in it: the first line of a page.
    pub starts_page: bool,
}

impl Line {
    /// As printed.
    #[must_use]
    pub fn as_printed(&self) -> &str {
        self.printed.as_deref().unwrap_or(&self.text)
    }
}

/// A decoded document.
#[derive(Clone, Debug, Default)]
pub struct SourceText {
    /// All lines in order, empty ones too.
    pub lines: Vec<Line>,
    /// The name of the encoding that fitted.
    pub encoding: &'static str,
    /// The words of the city's form, where its scheme is known.
    pub words: FormWords,
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
    /// A text in an encoding that is known and not taken.
    #[error("文字コードが{name}です。このままでは読めません。")]
    OtherEncoding {
        /// Its name.
        name: &'static str,
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
            Self::OtherEncoding { .. } => {
                "テキストエディタで開き、文字コードにUTF-8を選んで保存し直してください（「nkf -w」や「iconv -t UTF-8」でも変換できます）。"
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
        let (text, encoding) = encoding::decode(bytes)?;
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
        let raw: Vec<&str> = text.split('\n').flat_map(split_carriage_returns).collect();
        let lines = match tables::read(&raw) {
            Some(lines) => lines,
            None => (1..)
                .zip(raw)
                .map(|(number, raw)| line(number, raw))
                .collect(),
        };
        Self {
            lines,
            encoding: "UTF-8",
            words: FormWords::default(),
        }
    }

    /// The text as it is recognised by the words of a city's form.
    #[must_use]
    pub fn with_words(mut self, words: FormWords) -> Self {
        if words.has_labels() {
            for line in &mut self.lines {
                if let Some(translated) = words.translate(&line.text) {
                    let text = std::mem::replace(&mut line.text, translated);
                    line.printed.get_or_insert_with(|| text.into_boxed_str());
                }
            }
        }
        self.words = words;
        self
    }

    /// The text of a line by its number (from 1), empty where there is none.
    #[must_use]
    pub fn line(&self, number: u32) -> &str {
        let found = self.lines.binary_search_by_key(&number, |line| line.number);
        let line = found.ok().and_then(|index| self.lines.get(index));
        line.map_or("", |line| line.text.as_str())
    }

    /// A line as it is printed, by its number (from 1), empty where there is none.
    #[must_use]
    pub fn printed(&self, number: u32) -> &str {
        let found = self.lines.binary_search_by_key(&number, |line| line.number);
        let line = found.ok().and_then(|index| self.lines.get(index));
        line.map_or("", Line::as_printed)
    }

    /// All lines as they are printed, by their numbers.
    #[must_use]
    pub fn into_printed(self) -> Vec<String> {
        let mut printed = Vec::with_capacity(self.lines.len());
        for line in self.lines {
            match line.printed {
                Some(text) => printed.extend(text.split('\n').map(str::to_owned)),
                None => printed.push(line.text),
            }
        }
        printed
    }
}

/// CRLF is one line end; a lone CR (old Macintosh tools) is one too.
fn split_carriage_returns(raw: &str) -> impl Iterator<Item = &str> {
    raw.strip_suffix('\r').unwrap_or(raw).split('\r')
}

/// One line, as printed and in its normal form.
fn line(number: u32, raw: &str) -> Line {
    let starts_page = raw.contains('\u{c}');
    let printed = match starts_page {
        true => nfc(&raw.replace('\u{c}', "")).into_owned(),
        false => nfc(raw).into_owned(),
    };
    let text = match normal_form(&printed) {
        std::borrow::Cow::Borrowed(_) => None,
        std::borrow::Cow::Owned(text) => Some(text).filter(|text| *text != printed),
    };
    match text {
        Some(text) => Line {
            number,
            text,
            printed: Some(printed.into_boxed_str()),
            starts_page,
        },
        None => Line {
            number,
            text: printed,
            printed: None,
            starts_page,
        },
    }
}
