//! How wide letters are, about, and how texts are cut to a width.

use super::LETTER;
use meguri_core::fiscal_year::FiscalYear;

/// How wide a text is in units of the picture: an estimate that is rather too wide.
pub(super) fn width(text: &str) -> f64 {
    text.chars()
        .map(|c| if c.is_ascii() { 0.58 } else { 1.0 })
        .sum::<f64>()
        * LETTER
}

/// A text for a picture: without characters that turn the direction or cannot be seen.
pub(super) fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{61c}' | '\u{feff}');
    let kept = text.chars().filter(|c| !turns(*c));
    let spaced = kept.map(|c| if c.is_control() { ' ' } else { c });
    spaced.collect::<String>().trim().to_owned()
}

/// A clean text that is cut where it is wider than a place, with a sign that it was.
pub(super) fn cut(text: &str, room: f64) -> String {
    let text = clean(text);
    if width(&text) <= room {
        return text;
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&kept) + width(c.encode_utf8(&mut [0; 4])) + LETTER > room {
            break;
        }
        kept.push(c);
    }
    kept + "…"
}

/// Calendar years in order, those in a row as their first and last.
pub(super) fn runs(years: &[u16]) -> Vec<(u16, u16)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for year in years {
        match runs.last_mut() {
            Some((_, last)) if last.saturating_add(1) >= *year => *last = *year,
            _ => runs.push((*year, *year)),
        }
    }
    runs
}

/// Years in order, in words: `令和2年度、令和4年度から令和6年度まで`.
pub(super) fn years(years: &[u16]) -> String {
    let name = |year: u16| FiscalYear::new(year).map_or_else(String::new, |y| y.to_string());
    let spans = runs(years).into_iter().map(|(from, to)| match to - from {
        0 => name(from),
        1 => format!("{}、{}", name(from), name(to)),
        _ => format!("{}から{}まで", name(from), name(to)),
    });
    spans.collect::<Vec<_>>().join("、")
}
