//! Joining what the layout broke: wrapped lines and letter-spaced words.

use meguri_core::text::is_japanese;

/// Joins the lines of one wrapped paragraph: Japanese with nothing, two Latin words with a space.
#[must_use]
pub fn join_wrapped<'a>(lines: impl IntoIterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for line in lines {
        push_wrapped(&mut joined, line);
    }
    joined
}

/// Appends one more line to a paragraph, as [`join_wrapped`] does.
pub fn push_wrapped(paragraph: &mut String, line: &str) {
    let line = line.trim();
    let between_words = paragraph
        .chars()
        .next_back()
        .is_some_and(|c| c.is_ascii_alphabetic())
        && line.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    if between_words {
        paragraph.push(' ');
    }
    paragraph.push_str(line);
}

/// Mends a letter-spaced text (`文 書 の 電 子`): removes single spaces between Japanese characters
/// where at least two of three neighbours are spaced so; other texts stay as they are.
#[must_use]
pub fn close_letter_spacing(text: &str) -> String {
    let letters = text
        .chars()
        .filter(|c| is_japanese(*c) && *c != '\u{3000}')
        .count();
    let chars: Vec<char> = text.trim().chars().collect();
    let gaps = chars
        .windows(3)
        .filter(|w| is_space(w[1]) && is_japanese(w[0]) && is_japanese(w[2]) && !is_space(w[0]))
        .count();
    if letters < 2 || gaps * 3 < (letters - 1) * 2 {
        return text.trim().to_owned();
    }
    let mut closed = String::with_capacity(text.len());
    for (index, c) in chars.iter().enumerate() {
        let between_japanese = is_space(*c)
            && index > 0
            && is_japanese(chars[index - 1])
            && chars.get(index + 1).is_some_and(|next| is_japanese(*next));
        if !between_japanese {
            closed.push(*c);
        }
    }
    closed
}

const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{3000}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_join_as_the_language_asks() {
        assert_eq!(join_wrapped(["関係機", " 関と連携 "]), "関係機関と連携");
        assert_eq!(join_wrapped(["Web", "API"]), "Web API");
        assert_eq!(join_wrapped(["全 20", "件"]), "全 20件");
    }

    #[test]
    fn letter_spacing_closes_only_where_it_is_one() {
        assert_eq!(close_letter_spacing("文 書 の 電 子"), "文書の電子");
        assert_eq!(close_letter_spacing("ガーデンの支援"), "ガーデンの支援");
        assert_eq!(
            close_letter_spacing("開設 指定管理者による管理"),
            "開設 指定管理者による管理"
        );
    }
}
