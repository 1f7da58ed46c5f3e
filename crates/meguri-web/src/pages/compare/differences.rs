//! What changed within a text, as pieces that stayed, went and came.

use dissimilar::{Chunk, diff};
use serde::Serialize;

/// Longer texts than this, in characters, are shown beside each other instead: finding the pieces
/// takes time with the square of it.
const MOST: usize = 2_000;

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// `same`, `removed` or `added`.
    pub kind: &'static str,
    /// The text; paragraphs are parted by line ends.
    pub text: String,
}

/// The pieces of two texts; none where they are too long, where one is empty, or where so little
/// stayed that the two are easier to read beside each other.
pub(super) fn pieces(before: &[String], after: &[String]) -> Vec<Piece> {
    let (before, after) = (before.join("\n"), after.join("\n"));
    let longest = before.chars().count().max(after.chars().count());
    if longest > MOST || before.is_empty() || after.is_empty() {
        return Vec::new();
    }
    let pieces = diff(&before, &after).into_iter().map(|chunk| {
        let (kind, text) = match chunk {
            Chunk::Equal(text) => ("same", text),
            Chunk::Delete(text) => ("removed", text),
            Chunk::Insert(text) => ("added", text),
        };
        Piece {
            kind,
            text: text.to_owned(),
        }
    });
    let pieces: Vec<Piece> = pieces.collect();
    let same = pieces.iter().filter(|piece| piece.kind == "same");
    let same: usize = same.map(|piece| piece.text.chars().count()).sum();
    if same * 3 < longest {
        Vec::new()
    } else {
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice::from_ref;

    fn told(before: &str, after: &str) -> String {
        let pieces = pieces(&[before.to_owned()], &[after.to_owned()]);
        pieces
            .iter()
            .map(|piece| match piece.kind {
                "removed" => format!("[-{}]", piece.text),
                "added" => format!("[+{}]", piece.text),
                _ => piece.text.clone(),
            })
            .collect()
    }

    #[test]
    fn pieces_tell_what_went_and_what_came() {
        for (before, after, wanted) in [
            (
                "講座を3回開催した。",
                "講座を5回開催した。",
                "講座を[-3][+5]回開催した。",
            ),
            (
                "講座を開催した。",
                "講座を開催した。参加者が増えた。",
                "講座を開催した。[+参加者が増えた。]",
            ),
            // Next to nothing stayed.
            ("公園を整備した。", "電子申請の種類を増やした。", ""),
            ("", "新しい文章。", ""),
        ] {
            assert_eq!(told(before, after), wanted, "{before} {after}");
        }
    }

    #[test]
    fn both_texts_can_be_put_together_again_and_long_ones_are_left() {
        let before = "見守りを行う団体は12団体で、前年度より2団体多い。".repeat(40);
        let after = before.replace("12", "14").replace("多い", "増えた");
        let pieces = pieces(from_ref(&before), from_ref(&after));
        let without = |kind: &str| -> String {
            pieces
                .iter()
                .filter(|p| p.kind != kind)
                .map(|p| p.text.as_str())
                .collect()
        };
        assert_eq!(
            (without("added"), without("removed")),
            (before.clone(), after)
        );
        assert_eq!(super::pieces(&[before.repeat(3)], &[before]), Vec::new());
    }
}
