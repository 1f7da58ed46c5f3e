//! V017: broken glyphs.

use crate::evaluation::Document;
use crate::text::{compatible, normal_form, radical};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V017",
    title: "文字が壊れている",
    looks_at: "日本の公用文では使わない文字（尐、单など）、部首だけの文字（⻑、⽇など）、かなから離れた濁点（つ゛）、私用領域の文字、置換文字（�）、文字番号や下駄記号（(cid:123)、〓）を探します。",
    why: "PDFから文字を取り出すときに、形の似た別の文字に置き換わることがあります。検索や読み上げで見つからなくなります。",
    example: "「青尐年」は「青少年」の文字が壊れたもの。",
    remedy: "元の文書を見て正しい文字に直してください。外字の場合は、よみがなを添えるか代わりの文字を使ってください。",
    basis: "読み取った値は印字のまま残し、表示のときだけ候補の文字で補います。",
    check,
};

/// What a character may have been, each with the words that prove it.
type Candidates = &'static [(char, &'static [&'static str])];

/// Characters that no Japanese paper prints, with what they may have been and the words that prove it.
/// Which pair of glyphs is confused depends on the font: only a word tells what was meant. A
/// character with one candidate and no words can have been nothing else.
const BROKEN: [(char, Candidates); 2] = [
    ('尐', &[('少', &[])]),
    ('单', &[('単', SINGLE), ('南', SOUTH)]),
];

const SINGLE: &[&str] = &[
    "単位",
    "単独",
    "単価",
    "単身",
    "単年",
    "単純",
    "単元",
    "単一",
    "単語",
    "単発",
    "単品",
    "単線",
    "単科",
    "単式",
    "単なる",
    "単に",
    "簡単",
    "単数",
    "単立",
    "単票",
];

const SOUTH: &[&str] = &[
    "南部",
    "南北",
    "東南",
    "西南",
    "南東",
    "南西",
    "南側",
    "南口",
    "南端",
    "南町",
    "南台",
    "南区",
    "南小",
    "南中",
    "南児童",
    "南保育",
    "南公民",
    "南地区",
    "南地域",
    "南支所",
    "南館",
    "湘南",
    "南海",
    "南米",
    "南極",
    "南アフ",
    "以南",
];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        for (index, line) in document.lines.iter().enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            check_line(document, number, line, findings);
        }
    }
}

/// One finding for each broken character of a line, with the word around its first place.
fn check_line(document: &Document, number: u32, line: &str, findings: &mut Vec<Finding>) {
    if line.is_ascii() && !line.contains("(cid:") {
        return;
    }
    let mut told: Vec<char> = Vec::new();
    for (offset, c) in line.char_indices() {
        let Some(meant) = broken(c).filter(|_| !told.contains(&c)) else {
            continue;
        };
        told.push(c);
        let word = around(line, offset);
        findings.push(told_of(document, number, &word, (c, meant)));
    }
    findings.extend(parted_mark(document, number, line));
    findings.extend(placeholder(document, number, line));
}

fn told_of(document: &Document, number: u32, word: &str, (c, meant): (char, Meant)) -> Finding {
    let proven = match meant {
        Meant::Known(meant) => Some(meant),
        Meant::Of(candidates) => proven(word, c, candidates),
        Meant::Unknown => None,
    };
    let message = match (proven, meant) {
        (Some(meant), _) => format!("「{word}」の「{c}」は「{meant}」が壊れた文字と思われます。"),
        (None, Meant::Of(candidates)) => {
            let names: Vec<String> = candidates
                .iter()
                .map(|(meant, _)| format!("「{meant}」"))
                .collect();
            let names = names.join("又は");
            format!(
                "「{word}」の「{c}」は壊れた文字と思われます（{names}など。前後の語からは決められません）。"
            )
        }
        _ => format!(
            "「{word}」の「{c}」（U+{:04X}）は表示できない文字です。",
            c as u32
        ),
    };
    let place = Place::text(document, number, Some(word)).field("文字");
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, HINT);
    match proven {
        Some(meant) => finding.figures(word, word.replace(c, &meant.to_string())),
        None => finding,
    }
}

const HINT: &str = "元の文書を見て、正しい文字に直してください。";

/// What a broken character was.
#[derive(Clone, Copy)]
enum Meant {
    Known(char),
    /// One of several; the word tells.
    Of(Candidates),
    Unknown,
}

/// The only candidate that makes a known word of the text around it.
fn proven(word: &str, c: char, candidates: Candidates) -> Option<char> {
    if let [(only, _)] = candidates {
        return Some(*only);
    }
    let makes_word = |(meant, words): &&(char, &[&str])| {
        let mended = word.replace(c, &meant.to_string());
        words.iter().any(|word| mended.contains(word))
    };
    let mut found = candidates.iter().filter(makes_word);
    let first = found.next()?;
    found.next().is_none().then_some(first.0)
}

/// `Some` where a character is broken: with the one that it was, where that is known.
fn broken(c: char) -> Option<Meant> {
    if let Some((_, candidates)) = BROKEN.iter().find(|(broken, _)| *broken == c) {
        return Some(Meant::Of(candidates));
    }
    match c {
        // Kangxi and CJK radicals stand for the character that they are a part of.
        '\u{2e80}'..='\u{2fdf}' => {
            let whole = radical(c).or_else(|| compatible(c));
            Some(whole.map_or(Meant::Unknown, Meant::Known))
        }
        '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{f0000}'..='\u{10ffff}' => Some(Meant::Unknown),
        _ => None,
    }
}

/// 濁点 that stand apart from their kana: `つ゛くり`.
fn parted_mark(document: &Document, number: u32, line: &str) -> Option<Finding> {
    let (at, mark) = line
        .char_indices()
        .find(|(_, c)| matches!(c, '\u{3099}'..='\u{309c}'))?;
    let end = at + mark.len_utf8();
    let head = line.get(..at)?;
    let before: String = head.chars().rev().take(3).collect();
    let start = at - before.len();
    let after = line.get(end..)?.chars().take_while(|c| is_word(*c)).take(2);
    let word: String = line.get(start..end)?.chars().chain(after).collect();
    let mended = normal_form(&word).into_owned();
    if mended == word {
        return None;
    }
    let message = format!("「{word}」の濁点（半濁点）が、かなから離れています。");
    let place = Place::text(document, number, Some(&word)).field("文字");
    let finding = Finding::new(RULE.code, Severity::Warning, place, message, HINT);
    Some(finding.figures(&word, mended))
}

/// What tools write in place of a character that they do not know: `(cid:123)`, 〓.
fn placeholder(document: &Document, number: u32, line: &str) -> Option<Finding> {
    let cid = line.find("(cid:").and_then(|at| {
        let rest = line.get(at..)?;
        let text = rest.get(..=rest.find(')')?)?;
        let digits = text.trim_start_matches("(cid:").trim_end_matches(')');
        digits.bytes().all(|b| b.is_ascii_digit()).then_some(text)
    });
    let text = cid.or_else(|| line.contains('〓').then_some("〓"))?;
    let message = format!("文字の代わりに「{text}」が入っています。元の文字は失われています。");
    let place = Place::text(document, number, Some(text)).field("文字");
    Some(Finding::new(
        RULE.code,
        Severity::Warning,
        place,
        message,
        HINT,
    ))
}

/// The character with up to two neighbours on each side.
fn around(line: &str, offset: usize) -> String {
    let before: Vec<char> = line
        .get(..offset)
        .unwrap_or_default()
        .chars()
        .rev()
        .take_while(|c| is_word(*c))
        .take(2)
        .collect();
    let mut rest = line.get(offset..).unwrap_or_default().chars();
    let broken = rest.next();
    let after = rest.take_while(|c| is_word(*c)).take(2);
    before
        .into_iter()
        .rev()
        .chain(broken)
        .chain(after)
        .collect()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> Vec<(String, Option<String>)> {
        let document = Document {
            lines: vec![line.to_owned()],
            ..Document::default()
        };
        let mut findings = Vec::new();
        check_line(&document, 1, line, &mut findings);
        let told = findings.into_iter().map(|f| (f.message, f.computed));
        told.collect()
    }

    #[test]
    fn only_the_word_proves_what_a_broken_character_was() {
        let mended = |line: &str| told(line).into_iter().find_map(|(_, mended)| mended);
        assert_eq!(mended("・单位を見直した。").as_deref(), Some("単位を"));
        assert_eq!(mended("駅の单口を整備").as_deref(), Some("駅の南口を"));
        assert_eq!(mended("青尐年").as_deref(), Some("青少年"));
        assert_eq!(mended("⻑寿").as_deref(), Some("長寿"));
        assert_eq!(mended("居場所つ゛くり").as_deref(), Some("場所づくり"));
        let open = told("单です");
        assert!(
            open[0].0.contains("「単」又は「南」") && open[0].1.is_none(),
            "{open:?}"
        );
        assert_eq!(told("か゛ (cid:12) 〓").len(), 2);
        assert!(told("(注) 単位 南口 ー゛").is_empty());
    }
}
