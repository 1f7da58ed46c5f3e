//! What a typed or pasted text may mean.

use meguri_core::text::{name_key, narrow};

/// One way to read what is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    /// As typed.
    pub(super) text: String,
    /// As names are compared.
    pub(super) folded: String,
    /// The number that it is, as 「12」 or 「番号12」.
    pub(super) number: Option<i64>,
}

/// A text as names are compared: width, case, blanks, brackets, quotes and dots make no difference.
/// A text of nothing but signs stays as it is.
pub(super) fn folded(text: &str) -> String {
    let key = name_key(text);
    let letters: String = key.chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() { key } else { letters }
}

/// Everything that a text may mean, the most literal first: all of it, the parts of a place
/// 「シート ＞ 行 ＞ 欄」 from the last, each without what is put behind a name.
pub(super) fn readings(text: &str) -> Vec<Wanted> {
    let mut texts = vec![text.to_owned()];
    let parts: Vec<&str> = text.split(['＞', '>']).map(str::trim).collect();
    if parts.len() > 1 {
        texts.extend(parts.iter().rev().map(|part| (*part).to_owned()));
    }
    // A file is printed with its folder, and kept by its name.
    texts.extend(
        text.rsplit_once(['/', '\\', '／', '＼'])
            .map(|(_, name)| name.to_owned()),
    );
    let mut all: Vec<Wanted> = Vec::new();
    for text in texts {
        let before = before_bracket(&text);
        for text in [
            text.as_str(),
            without_line(&text),
            before,
            without_line(before),
        ] {
            let wanted = Wanted::new(text);
            if !wanted.folded.is_empty() && !all.contains(&wanted) {
                all.push(wanted);
            }
        }
    }
    all
}

impl Wanted {
    fn new(text: &str) -> Self {
        // A circled figure is printed before headings and is no number of the database.
        let digits: String = narrow(text).split_whitespace().collect();
        let digits = digits.trim_matches(|c: char| !c.is_alphanumeric());
        let digits = digits.strip_prefix("番号").unwrap_or(digits);
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            text: text.to_owned(),
            folded: folded(text),
            number: digits.parse().ok().filter(|_| is_number),
        }
    }
}

/// What is before the bracket that ends a text; empty where none does.
fn before_bracket(text: &str) -> &str {
    let text = text.trim_end();
    let Some(inside) = text.strip_suffix(['）', ')', '】', '］', ']']) else {
        return "";
    };
    let mut depth = 1_u32;
    for (at, c) in inside.char_indices().rev() {
        match c {
            '）' | ')' | '】' | '］' | ']' => depth = depth.saturating_add(1),
            '（' | '(' | '【' | '［' | '[' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return inside.get(..at).unwrap_or_default();
        }
    }
    ""
}

/// Without 「12行目」 or 「12行目の事業」 at the end.
fn without_line(text: &str) -> &str {
    let trimmed = text.trim_end().trim_end_matches("の事業");
    let Some(before) = trimmed.strip_suffix("行目") else {
        return text;
    };
    before.trim_end_matches(|c: char| c.is_numeric() || c == ',' || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_whole_then_by_its_parts() {
        let cases: [(&str, &[&str]); 8] = [
            (
                "x/a.txt（文書7）",
                &["xatxt文書7", "xatxt", "atxt文書7", "atxt"],
            ),
            ("テーマ１３「Ａの 推進」", &["テーマ13aの推進"]),
            ("", &[]),
            ("「」", &["「」"]),
            ("a.txt（17行目）", &["atxt17行目", "atxt"]),
            ("b.txt 1,204行目", &["btxt1204行目", "btxt"]),
            ("事業（甲（乙） 丙）", &["事業甲乙丙", "事業"]),
            (
                "テーマ1 ＞ 相談 ＞ 目標",
                &["テーマ1相談目標", "目標", "相談", "テーマ1"],
            ),
        ];
        for (text, want) in cases {
            let got: Vec<String> = readings(text).into_iter().map(|w| w.folded).collect();
            assert_eq!(got, want, "{text}");
        }
    }

    #[test]
    fn numbers_are_of_digits_only() {
        let cases = [
            ("12", Some(12)),
            ("１２", Some(12)),
            ("（番号12）", Some(12)),
            ("番号 12", Some(12)),
            ("①", None),
            ("No.12", None),
            ("テーマ12", None),
            ("99999999999999999999", None),
            ("", None),
        ];
        for (text, want) in cases {
            assert_eq!(Wanted::new(text).number, want, "{text}");
        }
    }
}
