//! How what is unread looks in a terminal: one line that counts, and a list that ends somewhere.

use meguri_core::evaluation::UnreadText;
use serde_json::{Value, json};
use std::io::{self, Write};

/// So many pieces are listed; `meguri read --json` has all.
const SHOWN: usize = 10;
/// So much of a piece is shown, in characters.
const LONGEST: usize = 40;

/// The line that counts; `None` where all is read.
pub(super) fn counted(unread: &[UnreadText]) -> Option<String> {
    let letters: usize = unread.iter().map(UnreadText::letters).sum();
    let places = unread.len();
    (places > 0).then(|| format!("読み取れなかった文字が{places}か所（{letters}字）あります"))
}

/// The line that counts and the pieces, each on a line of its own.
pub(super) fn print(out: &mut impl Write, unread: &[UnreadText], indent: &str) -> io::Result<()> {
    let Some(counted) = counted(unread) else {
        return Ok(());
    };
    writeln!(out, "{indent}{counted}。")?;
    for piece in unread.iter().take(SHOWN) {
        writeln!(out, "{indent}  {}", line(piece))?;
    }
    let rest = unread.len().saturating_sub(SHOWN);
    if rest > 0 {
        writeln!(
            out,
            "{indent}  ほか{rest}か所（全ての一覧は「meguri read --json」で出せます）"
        )?;
    }
    Ok(())
}

fn line(piece: &UnreadText) -> String {
    let place = if piece.place.is_empty() {
        String::new()
    } else {
        format!(" {}", piece.place)
    };
    let text = match piece.text.char_indices().nth(LONGEST) {
        _ if piece.text.is_empty() => String::new(),
        Some((end, _)) => format!("「{}…」", piece.text.get(..end).unwrap_or_default()),
        None => format!("「{}」", piece.text),
    };
    format!("{}行目{place}：{text}{}", piece.line, piece.why)
}

/// The pieces as data, all of them.
pub(super) fn json(unread: &[UnreadText]) -> Value {
    let piece = |piece: &UnreadText| {
        json!({
            "line": piece.line,
            "text": piece.text,
            "place": piece.place,
            "why": piece.why,
        })
    };
    unread.iter().map(piece).collect()
}
