//! The typeface: BIZ UDPゴシック in two weights, within the program. Its licence is
//! [`LICENCE`]; `fonts/README.md` says how the files were made.

use flate2::read::ZlibDecoder;
use std::io::Read;
use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The licence of the typeface (SIL Open Font License 1.1).
pub const LICENCE: &str = include_str!("../fonts/LICENSE");

/// The name of the family, as layouts call it.
pub const FAMILY: &str = "BIZ UDPGothic";

const PACKED: [&[u8]; 2] = [
    include_bytes!("../fonts/BIZUDPGothic-Regular.ttf.zlib"),
    include_bytes!("../fonts/BIZUDPGothic-Bold.ttf.zlib"),
];

/// The fonts with their book; unpacked once, when the first paper is made.
static FONTS: LazyLock<(Vec<Font>, LazyHash<FontBook>)> = LazyLock::new(|| {
    let fonts: Vec<Font> = PACKED.iter().filter_map(|packed| unpack(packed)).collect();
    let book = LazyHash::new(FontBook::from_fonts(&fonts));
    (fonts, book)
});

fn unpack(packed: &[u8]) -> Option<Font> {
    let mut bytes = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut bytes).ok()?;
    Font::new(Bytes::new(bytes), 0)
}

pub(crate) fn book() -> &'static LazyHash<FontBook> {
    &FONTS.1
}

pub(crate) fn font(index: usize) -> Option<Font> {
    FONTS.0.get(index).cloned()
}

/// Has every font a glyph for a character?
pub(crate) fn has(character: char) -> bool {
    !FONTS.0.is_empty()
        && FONTS
            .0
            .iter()
            .all(|font| font.info().coverage.contains(u32::from(character)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_weights_are_there_with_the_signs_of_papers() {
        assert_eq!(FONTS.0.len(), PACKED.len());
        for font in &FONTS.0 {
            assert_eq!(font.info().family, FAMILY);
        }
        for sign in "漢字かなカナＡａ1％※★☆◎○△×－～①⑳Ⅰ㎡㈱・（）「」↑↻→↓〓髙﨑".chars()
        {
            assert!(has(sign) || sign == '↻', "{sign}");
        }
    }
}
