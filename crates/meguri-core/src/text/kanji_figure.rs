//! Figures written in kanji: 三, 十二, 二十, 二〇二四, 二千二十四.

/// The figure in kanji at the head of a text, below ten thousand, and what follows it.
#[must_use]
pub fn kanji_figure(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c| place(c).is_none() && digit(c).is_none());
    let (figure, rest) = text.split_at_checked(end.unwrap_or(text.len()))?;
    let value = if figure.contains(|c| place(c).is_some()) {
        counted(figure)?
    } else {
        digits(figure)?
    };
    Some((value, rest))
}

fn digit(c: char) -> Option<u32> {
    let digits = "〇一二三四五六七八九".chars().zip(0..);
    let plain = digits.into_iter().find(|(known, _)| *known == c);
    plain.map(|(_, value)| value)
}

const fn place(c: char) -> Option<u32> {
    match c {
        '十' => Some(10),
        '百' => Some(100),
        '千' => Some(1000),
        _ => None,
    }
}

/// 二〇二四: one digit after the other.
fn digits(figure: &str) -> Option<u32> {
    let mut value = 0;
    for (at, c) in figure.chars().enumerate() {
        value = value * 10 + digit(c).filter(|_| at < 4)?;
    }
    (!figure.is_empty()).then_some(value)
}

/// 二千二十四: thousands, hundreds and tens, each once and in this order.
fn counted(figure: &str) -> Option<u32> {
    let (mut value, mut before, mut last) = (0, None, u32::MAX);
    for c in figure.chars() {
        match (place(c), digit(c)) {
            (Some(place), _) if place < last => {
                value += before.take().unwrap_or(1) * place;
                last = place;
            }
            (None, Some(digit)) if before.is_none() && digit > 0 => before = Some(digit),
            _ => return None,
        }
    }
    Some(value + before.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_in_kanji_are_read_to_their_end() {
        for (text, want) in [
            ("三年", Some((3, "年"))),
            ("十", Some((10, ""))),
            ("十二の", Some((12, "の"))),
            ("二十", Some((20, ""))),
            ("三十一年度", Some((31, "年度"))),
            ("二〇二四", Some((2024, ""))),
            ("二千二十四", Some((2024, ""))),
            ("千九百九十九", Some((1999, ""))),
            ("十十", None),
            ("十百", None),
            ("二三十", None),
            ("〇十", None),
            ("一二三四五", None),
            ("年", None),
            ("", None),
        ] {
            assert_eq!(kanji_figure(text), want, "{text}");
        }
    }
}
