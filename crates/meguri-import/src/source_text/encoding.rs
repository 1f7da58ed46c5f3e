//! The encodings that cities' tools write, and those that are known by name only.

use super::{MAX_LINE_BYTES, NotText};
use meguri_core::text::is_japanese;

/// Decodes UTF-8 (with or without BOM), UTF-16, or CP932, with the name of what fitted.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, &'static str), NotText> {
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Err(NotText::OtherEncoding { name: "UTF-32" });
    }
    if let Some(decoded) = utf16_without_mark(bytes) {
        return Ok(decoded);
    }
    if let Some(kind) = binary_kind(bytes) {
        return Err(NotText::Binary { kind });
    }
    longest_line(bytes)?;
    if let Some(name) = seven_bit(bytes) {
        return Err(NotText::OtherEncoding { name });
    }
    decode_text(bytes)
}

/// Japanese in seven bits passes for ASCII: its shifts tell it.
fn seven_bit(bytes: &[u8]) -> Option<&'static str> {
    let shift = |pair: &[u8]| bytes.windows(pair.len()).any(|w| w == pair);
    if shift(b"\x1b$B") || shift(b"\x1b$@") || shift(b"\x1b$(") || shift(b"\x1b(J") {
        return Some("ISO-2022-JP（JISコード）");
    }
    // UTF-7 writes other letters as `+MEI-`; a paper of Japanese has some in nearly every line.
    if bytes.is_ascii() {
        let words = bytes.split(|b| *b == b'+').skip(1);
        let word = |word: &[u8]| {
            let length = word
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric() || **b == b'/')
                .count();
            length >= 3 && word.get(length).is_none_or(|b| !b.is_ascii_alphanumeric())
        };
        let shifted = words
            .filter(|w| word(w) && w.iter().any(u8::is_ascii_uppercase))
            .count();
        let lines = bytes.split(|b| *b == b'\n').filter(|l| l.len() > 2).count();
        return (shifted >= 3 && shifted * 2 >= lines).then_some("UTF-7");
    }
    None
}

/// UTF-16 that has lost its mark: every other byte of its ASCII is NUL.
fn utf16_without_mark(bytes: &[u8]) -> Option<(String, &'static str)> {
    let head = bytes.get(..bytes.len().min(4096) & !1)?;
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if marked || !head.contains(&0) {
        return None;
    }
    let looks = |encoding: &'static encoding_rs::Encoding| {
        let (text, bad) = encoding.decode_without_bom_handling(head);
        let known = |c: char| {
            is_japanese(c) || c.is_ascii_graphic() || matches!(c, '\t' | '\n' | '\r' | ' ')
        };
        let right = text.chars().filter(|c| known(*c)).count();
        let japanese = text.chars().any(is_japanese);
        !bad && japanese && right * 20 >= text.chars().count() * 19
    };
    let encodings = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE];
    let encoding = encodings.into_iter().find(|encoding| looks(encoding))?;
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    (!bad).then(|| (text.into_owned(), encoding.name()))
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
    let cp932 = decode_cp932(bytes);
    if is_euc_jp(bytes, cp932.as_deref()) {
        return Err(NotText::OtherEncoding { name: "EUC-JP" });
    }
    match cp932 {
        Some(text) => Ok((text, "CP932")),
        None if is_shift_jis_2004(bytes) => Err(NotText::OtherEncoding {
            name: "Shift_JIS-2004などの拡張されたシフトJIS",
        }),
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

/// EUC-JP, whose bytes often make a text of CP932 too: one of half-width kana without any hiragana.
fn is_euc_jp(bytes: &[u8], cp932: Option<&str>) -> bool {
    let Some(euc) = encoding_rs::EUC_JP.decode_without_bom_handling_and_without_replacement(bytes)
    else {
        return false;
    };
    let kana = |text: &str| {
        text.chars()
            .filter(|c| matches!(c, '\u{3041}'..='\u{30ff}'))
            .count()
    };
    kana(&euc) > cp932.map_or(0, kana) * 2
}

/// Pairs of bytes as Shift JIS has them, with some that CP932 does not know.
fn is_shift_jis_2004(bytes: &[u8]) -> bool {
    let (mut at, mut pairs) = (0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            0x81..=0x9f | 0xe0..=0xfc => {
                let trail = bytes.get(at + 1);
                if !trail.is_none_or(|t| matches!(t, 0x40..=0x7e | 0x80..=0xfc)) {
                    return false;
                }
                pairs += 1;
                2
            }
            0x80 | 0xa0 | 0xfd..=0xff => return false,
            _ => 1,
        };
    }
    pairs * 3 >= bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "施策の概要（PLAN）\n基本目標とテーマ\n子どもの居場所づくりの推進\n";

    #[test]
    fn encodings_that_are_not_taken_are_refused_by_their_name() {
        let (euc, _, _) = encoding_rs::EUC_JP.encode(TEXT);
        let (jis, _, _) = encoding_rs::ISO_2022_JP.encode(TEXT);
        let utf7 = b"+W8pT1w- PLAN\n+V/pnLHbuahk-\n+W1Aw3w-\n".to_vec();
        let utf32: Vec<u8> = std::iter::once('\u{feff}')
            .chain(TEXT.chars())
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        let cases = [
            (euc.into_owned(), "EUC-JP"),
            (jis.into_owned(), "ISO-2022-JP"),
            (utf7, "UTF-7"),
            (utf32, "UTF-32"),
            // 2004 added characters where CP932 has none.
            (
                [b"\x87\x9f\xfb\xfc".repeat(9), b"\xfc\xfc".to_vec()].concat(),
                "Shift_JIS-2004",
            ),
        ];
        for (bytes, want) in cases {
            let Err(NotText::OtherEncoding { name }) = decode(&bytes) else {
                panic!("{want} is taken");
            };
            assert!(name.starts_with(want), "{want}: {name}");
        }
    }

    #[test]
    fn utf_16_is_read_without_its_mark() {
        for (unit, name) in [(0, "UTF-16LE"), (1, "UTF-16BE")] {
            let bytes: Vec<u8> = TEXT
                .encode_utf16()
                .flat_map(|c| {
                    if unit == 0 {
                        c.to_le_bytes()
                    } else {
                        c.to_be_bytes()
                    }
                })
                .collect();
            assert_eq!(decode(&bytes), Ok((TEXT.to_owned(), name)));
        }
    }
}
