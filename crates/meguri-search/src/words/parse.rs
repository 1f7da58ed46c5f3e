//! A list of sayings as written, and what can be wrong with it.

use super::{LONGEST_WORD, WordList};
use crate::normal::normal;
use std::collections::BTreeMap;
use std::fmt;

/// The most lines of a list that are read.
const MOST_LINES: usize = 20_000;
/// The most words on one side.
const MOST_WORDS: usize = 30;

/// What is wrong with a line, in Japanese, with what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordFault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: &'static str,
}

impl fmt::Display for WordFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}行目：{}対応：{}",
            self.line, self.message, self.remedy
        )
    }
}

/// The list as far as it can be understood, and what cannot.
pub(super) fn read(text: &str) -> (WordList, Vec<WordFault>) {
    let mut reader = Reader::default();
    for (line, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let text = text.split('#').next().unwrap_or_default().trim();
        if line > MOST_LINES {
            reader.fault(
                line,
                format!("{MOST_LINES}行を超えています。"),
                "行を減らしてください。",
            );
            break;
        }
        if !text.is_empty() {
            reader.read(line, text);
        }
    }
    (reader.list, reader.faults)
}

#[derive(Default)]
struct Reader {
    list: WordList,
    faults: Vec<WordFault>,
    /// Where a word has been given spellings.
    spelt_at: BTreeMap<String, usize>,
}

impl Reader {
    fn fault(&mut self, line: usize, message: String, remedy: &'static str) {
        self.faults.push(WordFault {
            line,
            message,
            remedy,
        });
    }

    fn read(&mut self, line: usize, text: &str) {
        let arrows = text.matches(['→', '⇒']).count();
        let equals = text.matches(['＝', '=']).count();
        match (arrows, equals) {
            (1, 0) => {
                let (left, right) = text.split_once(['→', '⇒']).unwrap_or_default();
                self.read_meant(line, left, right);
            }
            (0, 1..) => self.read_same(line, text),
            (0, 0) => self.fault(
                line,
                format!("「{}」には「→」も「＝」もありません。", short(text)),
                "「ゴミ袋 → 指定収集袋」又は「子ども ＝ 子供」のように書いてください。説明の行は「#」で始めてください。",
            ),
            _ => self.fault(
                line,
                format!("「{}」には「→」又は「＝」が多すぎます。", short(text)),
                "「→」は1行に一つにし、「→」と「＝」は別の行に分けてください。",
            ),
        }
    }

    fn read_meant(&mut self, line: usize, left: &str, right: &str) {
        let sides: Vec<_> = right
            .split(['；', ';'])
            .map(|side| self.words(line, side))
            .collect();
        let right: Option<Vec<Vec<&str>>> = sides.into_iter().collect();
        let (Some(left), Some(right)) = (self.words(line, left), right) else {
            return;
        };
        for word in left {
            for (width, right) in right.iter().enumerate() {
                self.list.add_meant(word, right, width);
            }
        }
    }

    fn read_same(&mut self, line: usize, text: &str) {
        let words = text.split(['＝', '=']).map(|word| self.word(line, word));
        let words: Option<Vec<&str>> = words.collect::<Vec<_>>().into_iter().collect();
        let Some(words) = words else {
            return;
        };
        for word in &words {
            let before = self.spelt_at.insert(normal(word), line);
            if let Some(before) = before.filter(|before| *before != line) {
                self.fault(
                    line,
                    format!("「{word}」は{before}行目の「＝」にもあります。"),
                    "同じ言葉の書き方は、一つの行にまとめてください。",
                );
                return;
            }
        }
        self.list.add_same(&words);
    }

    /// The words of one side; `None` where one of them cannot be taken.
    fn words<'a>(&mut self, line: usize, side: &'a str) -> Option<Vec<&'a str>> {
        let parts: Vec<&str> = side.split(['、', '，', ',']).collect();
        if parts.len() > MOST_WORDS {
            let message = format!("一方の側に{MOST_WORDS}語を超える言葉があります。");
            self.fault(line, message, "行を分けてください。");
            return None;
        }
        let words: Vec<Option<&str>> = parts.iter().map(|part| self.word(line, part)).collect();
        words.into_iter().collect()
    }

    fn word<'a>(&mut self, line: usize, text: &'a str) -> Option<&'a str> {
        let word = text.trim();
        if normal(word).is_empty() {
            let message = "言葉のないところがあります。".to_owned();
            self.fault(
                line,
                message,
                "「→」や「＝」の両側と、「、」や「；」の間に言葉を書いてください。",
            );
            return None;
        }
        if word.chars().nth(LONGEST_WORD).is_some() {
            let message = format!("「{}」は長すぎます。", short(word));
            self.fault(line, message, "一つの言葉は40文字までにしてください。");
            return None;
        }
        Some(word)
    }
}

fn short(text: &str) -> String {
    let mut short: String = text.chars().take(20).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
