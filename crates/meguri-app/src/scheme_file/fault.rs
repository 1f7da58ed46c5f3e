//! What is wrong with a file, in Japanese: line, fault, remedy.

use std::fmt;
use std::io::ErrorKind;

/// One fault of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFault {
    /// The line, from 1, where it is known.
    pub line: Option<usize>,
    /// The code of the fault, where it has one.
    pub code: Option<&'static str>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

impl FileFault {
    /// A fault without a line.
    pub(crate) fn new(message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            line: None,
            code: None,
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}

/// `12行目［S004］：… 対応：…`.
impl fmt::Display for FileFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "{line}行目")?;
        }
        if let Some(code) = self.code {
            write!(f, "［{code}］")?;
        }
        if self.line.is_some() || self.code.is_some() {
            f.write_str("：")?;
        }
        write!(f, "{} 対応：{}", self.message, self.remedy)
    }
}

/// Why a file could not be read.
pub(crate) fn of_io(error: &std::io::Error) -> FileFault {
    let (message, remedy) = match error.kind() {
        ErrorKind::NotFound => (
            "ファイルが見つかりません。",
            "ファイル名と場所を確認してください。",
        ),
        ErrorKind::PermissionDenied => (
            "ファイルを開く権限がありません。",
            "ファイルの読み取り権限を確認してください。",
        ),
        ErrorKind::InvalidData => (
            "文字コードがUTF-8ではありません。",
            "UTF-8で保存し直してください。",
        ),
        ErrorKind::IsADirectory => (
            "ファイルではなくフォルダーです。",
            "フォルダーの中のファイルを指定してください。",
        ),
        ErrorKind::InvalidInput => (
            "通常のファイルではありません（装置や名前付きパイプは読み取れません）。",
            "ディスクにあるファイルを指定してください。",
        ),
        ErrorKind::FileTooLarge => (
            "ファイルが大きすぎます。",
            "別のファイルを指定していないか確認してください。",
        ),
        _ => (
            "ファイルを読み込めませんでした。",
            "媒体や接続を確認し、もう一度実行してください。",
        ),
    };
    FileFault::new(message, remedy)
}

/// An error of the TOML reader.
pub(crate) fn of_toml(error: &toml::de::Error, text: &str) -> FileFault {
    let (message, remedy) = translate(error.message());
    FileFault {
        line: error.span().map(|span| line_at(text, span.start)),
        code: None,
        message,
        remedy,
    }
}

/// The line of a byte, from 1.
fn line_at(text: &str, byte: usize) -> usize {
    let before = text.bytes().take(byte);
    before.filter(|b| *b == b'\n').count() + 1
}

/// The line of the table that a place (`classes[1].steps`) lies in.
pub(crate) fn line_of_place(place: &str, text: &str) -> Option<usize> {
    let head = place.split('.').next()?;
    let (list, at) = match head.split_once('[') {
        Some((list, rest)) => (list, rest.strip_suffix(']')?.parse::<usize>().ok()?),
        None => (head, 0),
    };
    let header = format!("[[{list}]]");
    let starts = |line: &str| line.trim_start().starts_with(&header);
    let mut tables = (1..).zip(text.lines()).filter(|(_, line)| starts(line));
    if let Some((line, _)) = tables.nth(at) {
        return Some(line);
    }
    let key = |line: &str| {
        let name = line.split('=').next().unwrap_or_default();
        name.trim() == list
    };
    (1..)
        .zip(text.lines())
        .find(|(_, line)| key(line))
        .map(|(line, _)| line)
}

/// The reader's English in words for an officer, with what to do.
fn translate(message: &str) -> (String, String) {
    let names = quoted(message);
    let first = names.first().copied().unwrap_or_default();
    let others = names.get(1..).unwrap_or_default().join("、");
    if message.starts_with("unknown field") {
        return (
            format!("「{first}」という項目はありません。"),
            format!("つづりを確認してください。書ける項目：{others}"),
        );
    }
    if message.starts_with("missing field") {
        return (
            format!("「{first}」が書かれていません。"),
            format!("「{first} = …」の行を加えてください。"),
        );
    }
    if message.starts_with("unknown variant") {
        return (
            format!("「{first}」は使えません。"),
            format!("次のどれかを書いてください：{others}"),
        );
    }
    if message.starts_with("duplicate") {
        return (
            format!("「{first}」が2回書かれています。"),
            "どちらか一つを残してください。".to_owned(),
        );
    }
    if message.chars().any(meguri_core::text::is_japanese) {
        return split_own(message);
    }
    if let Some(kinds) = message.strip_prefix("invalid type: ") {
        return wrong_kind(kinds);
    }
    // The reader's words where one of a few words belongs.
    if message.starts_with("wanted string") {
        return wrong_kind("other, expected string");
    }
    syntax(message)
}

/// A value of another kind than the one that belongs here.
fn wrong_kind(kinds: &str) -> (String, String) {
    let (found, expected) = kinds.split_once(", expected ").unwrap_or((kinds, ""));
    let found = kind_word(found);
    let expected = kind_word(expected);
    (
        format!("{expected}を書く所に{found}が書かれています。"),
        "文字は \" \" で囲み、数値と true・false は囲まず、一覧は [ ] で、組は { } で書いてください。"
            .to_owned(),
    )
}

/// The reader's word for a kind of value in Japanese.
fn kind_word(kind: &str) -> &'static str {
    const WORDS: [(&str, &str); 9] = [
        ("a text or a whole number", "文字又は整数"),
        ("floating point", "小数"),
        ("boolean", "true か false"),
        ("number", "数値"),
        ("integer", "整数"),
        ("sequence", "一覧"),
        ("string", "文字"),
        ("u8", "整数"),
        ("map", "組"),
    ];
    let row = WORDS.iter().find(|(word, _)| kind.contains(word));
    match row {
        Some((_, word)) => word,
        None if ["u32", "i64"].contains(&kind) => "整数",
        None if kind.starts_with("struct") => "組",
        None => "別の種類の値",
    }
}

/// The file is no TOML.
fn syntax(message: &str) -> (String, String) {
    const WORDS: [(&str, &str); 5] = [
        ("unclosed", "括弧か引用符が閉じられていません"),
        ("missing value", "「=」の後に値がありません"),
        ("quoted", "文字が引用符で囲まれていません"),
        ("must be", "使えない文字があります"),
        (
            "newline",
            "一行に二つ以上の項目があるか、行の終わりに余分な文字があります",
        ),
    ];
    let row = WORDS.iter().find(|(word, _)| message.contains(word));
    let why = row.map_or("この行を読み取れません", |(_, why)| why);
    (
        format!("TOMLの書き方に誤りがあります：{why}。"),
        "引用符や括弧の閉じ忘れ、「=」の抜けがないか確認してください。".to_owned(),
    )
}

/// Our own message: what is wrong, then what to do behind a bar.
fn split_own(message: &str) -> (String, String) {
    let (message, remedy) = message
        .split_once('|')
        .unwrap_or((message, "書き方を docs/scheme.md で確認してください。"));
    (message.to_owned(), remedy.to_owned())
}

/// The words between backticks.
fn quoted(message: &str) -> Vec<&str> {
    message.split('`').skip(1).step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_found_in_the_file() {
        let text = "key = \"a\"\n\n[[scales]]\nkey = \"x\"\n\n[[scales]]\nkey = \"y\"\n";
        assert_eq!(line_of_place("key", text), Some(1));
        assert_eq!(line_of_place("scales[0].values", text), Some(3));
        assert_eq!(line_of_place("scales[1].key", text), Some(6));
        assert_eq!(line_of_place("classes[0]", text), None);
    }
}
