//! V017: broken glyphs.

use crate::evaluation::Document;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V017",
    title: "文字が壊れている",
    looks_at: "日本の公用文では使わない文字（尐、单など）、部首だけの文字（⻑、⽇など）、私用領域の文字、置換文字（�）を探します。",
    why: "PDFから文字を取り出すときに、形の似た別の文字に置き換わることがあります。検索や読み上げで見つからなくなります。",
    example: "「青尐年」は「青少年」の文字が壊れたもの。",
    remedy: "元の文書を見て正しい文字に直してください。外字の場合は、よみがなを添えるか代わりの文字を使ってください。",
    basis: "読み取った値は印字のまま残し、表示のときだけ候補の文字で補います。",
    check,
};

/// Characters that stand for another one in texts taken out of PDF files: the broken one, and the
/// one that it most probably was.
const BROKEN: [(char, char); 12] = [
    ('尐', '少'),
    ('单', '南'),
    ('⻑', '長'),
    ('⻄', '西'),
    ('⺠', '民'),
    ('⻘', '青'),
    ('⻝', '食'),
    ('⻲', '亀'),
    ('⻩', '黄'),
    ('⻭', '歯'),
    ('⻆', '角'),
    ('⼾', '戸'),
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
    if line.is_ascii() {
        return;
    }
    let mut told: Vec<char> = Vec::new();
    for (offset, c) in line.char_indices() {
        let Some(meant) = broken(c).filter(|_| !told.contains(&c)) else {
            continue;
        };
        told.push(c);
        let word = around(line, offset);
        let message = match meant {
            Some(meant) => format!("「{word}」の「{c}」は「{meant}」が壊れた文字と思われます。"),
            None => format!(
                "「{word}」の「{c}」（U+{:04X}）は表示できない文字です。",
                c as u32
            ),
        };
        let place = Place::text(document, number, Some(&word)).field("文字");
        let hint = "元の文書を見て、正しい文字に直してください。";
        let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
        findings.push(match meant {
            Some(meant) => finding.figures(&word, word.replace(c, &meant.to_string())),
            None => finding,
        });
    }
}

/// `Some` where a character is broken: with the one that it was, where that is known.
fn broken(c: char) -> Option<Option<char>> {
    if let Some((_, meant)) = BROKEN.iter().find(|(broken, _)| *broken == c) {
        return Some(Some(*meant));
    }
    match c {
        // Kangxi and CJK radicals decompose to the character that they are a part of.
        '\u{2e80}'..='\u{2fdf}' => Some(crate::text::compatible(c)),
        '\u{e000}'..='\u{f8ff}' | '\u{fffd}' | '\u{f0000}'..='\u{10ffff}' => Some(None),
        _ => None,
    }
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
