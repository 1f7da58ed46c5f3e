//! The bits of HTML that a transcription leaves in a cell.

use super::{Piece, Segment};

/// Tags that end a paragraph.
const BLOCKS: [&str; 12] = [
    "ul", "ol", "li", "br", "p", "div", "table", "tbody", "tr", "td", "th", "dl",
];
/// Tags within a sentence, which are dropped.
const INLINE: [&str; 12] = [
    "b", "i", "u", "a", "em", "strong", "span", "sup", "sub", "font", "small", "mark",
];
/// No tag of such a paper is longer, in characters.
const LONGEST_TAG: usize = 300;

/// A tag's name in lower case and whether it closes an element.
struct Tag {
    name: String,
    closing: bool,
    /// Length with its angle brackets, in bytes.
    length: usize,
}

/// The stretches of text between a piece's tags.
pub(super) fn segments(piece: &Piece) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut text = String::new();
    let mut spaced_list = false;
    let mut rest = piece.text.as_str();
    while let Some((before, from)) = rest.find('<').and_then(|at| rest.split_at_checked(at)) {
        text.push_str(before);
        let Some(tag) = tag_at(from) else {
            text.push('<');
            rest = from.get(1..).unwrap_or_default();
            continue;
        };
        rest = from.get(tag.length..).unwrap_or_default();
        if INLINE.contains(&tag.name.as_str()) {
            continue;
        }
        segments.push(Segment {
            line: piece.line,
            text: plain(&std::mem::take(&mut text)),
            spaced_list,
        });
        spaced_list = match tag.name.as_str() {
            "ul" | "ol" => !tag.closing,
            // Where items are marked, spaces are only spaces.
            "li" => false,
            _ => spaced_list,
        };
    }
    text.push_str(rest);
    segments.push(Segment {
        line: piece.line,
        text: plain(&text),
        spaced_list,
    });
    segments
}

/// The tag that a text starts with; a known tag that the end of the text cuts counts too.
fn tag_at(text: &str) -> Option<Tag> {
    let inner = text.strip_prefix('<')?;
    let closing = inner.starts_with('/');
    let name_from = inner.strip_prefix('/').unwrap_or(inner);
    let name: String = name_from
        .chars()
        .take(8)
        .take_while(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let known = BLOCKS.contains(&name.as_str()) || INLINE.contains(&name.as_str());
    let behind = name_from.get(name.len()..).unwrap_or_default();
    let delimited = behind
        .chars()
        .next()
        .is_none_or(|c| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
    if !known || !delimited {
        return None;
    }
    // The next `<` ends the search, so that each character is looked at once.
    let end = inner
        .char_indices()
        .take(LONGEST_TAG)
        .find(|(_, c)| matches!(c, '>' | '<'));
    let length = match end {
        Some((at, '>')) => at + 2,
        None if inner.chars().take(LONGEST_TAG).count() < LONGEST_TAG => text.len(),
        _ => return None,
    };
    Some(Tag {
        name,
        closing,
        length,
    })
}

/// Undoes the few character references that such tools write.
fn plain(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
