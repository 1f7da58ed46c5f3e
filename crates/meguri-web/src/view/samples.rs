//! What samples of pages have in common.

/// A name for samples that would break out of its place where it is not kept there: markup, quotes,
/// a mark that turns the direction of writing, emoji.
pub(crate) const ODD_NAME: &str = "<b>橋</b>&amp;\"'\u{202e}逆\u{202c}\u{200f}שלום🎏👨‍👩‍👧";
