//! The only way to standard output and standard error: text of papers cannot control the terminal,
//! colours of ours can.
//!
//! A colour is written as a mark that nobody outside this process knows; whatever else would control
//! the terminal becomes visible ([`meguri_app::plain`]).

use meguri_app::plain;
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, Write};
use std::sync::LazyLock;

pub(super) const BOLD: Style = Style("[1m");
pub(super) const DIM: Style = Style("[2m");
pub(super) const RED: Style = Style("[1;31m");
pub(super) const GREEN: Style = Style("[1;32m");
pub(super) const YELLOW: Style = Style("[1;33m");
pub(super) const CYAN: Style = Style("[1;36m");
pub(super) const RESET: Style = Style("[0m");

/// A colour or weight from here on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style(&'static str);

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // In one piece, since each piece is looked at for itself.
        f.write_str(&format!("{}{}", *MARK, self.0))
    }
}

/// Two characters that no text has: chosen by chance for this process from planes for private use.
static MARK: LazyLock<String> = LazyLock::new(|| {
    let chance = RandomState::new().build_hasher().finish();
    [chance, chance >> 16]
        .into_iter()
        .filter_map(|chance| char::from_u32(0xf_0000 + (chance % 0xfffe) as u32))
        .collect()
});

/// Text of our own that has the colours of a terminal already (help, excerpts).
pub(super) fn with_colours(text: &str) -> String {
    text.replace('\u{1b}', &MARK)
}

/// Standard output or standard error.
#[derive(Debug)]
pub(super) struct Terminal<W> {
    out: W,
    form: Form,
}

/// What is written.
#[derive(Clone, Copy, Debug)]
enum Form {
    Text,
    /// Values keep what they have, as escapes.
    Json,
}

/// Standard output.
pub(super) fn stdout() -> Terminal<impl Write> {
    Terminal::of(anstream::stdout())
}

/// Standard output for long texts; it must be flushed.
pub(super) fn long_stdout() -> Terminal<impl Write> {
    Terminal::of(BufWriter::new(anstream::stdout().lock()))
}

/// Standard output for JSON; it must be flushed.
fn json_stdout() -> Terminal<impl Write> {
    Terminal {
        form: Form::Json,
        ..Terminal::of(BufWriter::new(anstream::stdout().lock()))
    }
}

/// Prints a value as JSON.
pub(super) fn print_json(value: &impl serde::Serialize) -> io::Result<()> {
    let mut out = json_stdout();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()
}

/// Standard error.
pub(super) fn stderr() -> Terminal<impl Write> {
    Terminal::of(anstream::stderr())
}

impl<W: Write> Terminal<W> {
    const fn of(out: W) -> Self {
        Self {
            out,
            form: Form::Text,
        }
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        match self.form {
            Form::Text => self.out.write_all(coloured(text).as_bytes()),
            Form::Json => self.out.write_all(plain::escaped_json(text).as_bytes()),
        }
    }
}

/// The text as a terminal may have it.
fn coloured(text: &str) -> String {
    let mut parts = text.split(MARK.as_str());
    let mut all = plain::in_terminal(parts.next().unwrap_or_default()).into_owned();
    for part in parts {
        let code = part
            .find('m')
            .and_then(|end| part.split_at_checked(end + 1));
        let code = code.filter(|(code, _)| {
            let numbers = code
                .strip_prefix('[')
                .and_then(|code| code.strip_suffix('m'));
            numbers.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit() || b == b';'))
        });
        let (code, rest) = code.unwrap_or(("", part));
        if !code.is_empty() {
            all.push('\u{1b}');
            all.push_str(code);
        }
        all.push_str(&plain::in_terminal(rest));
    }
    all
}

impl<W: Write> Write for Terminal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.put(&String::from_utf8_lossy(bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// That a report could not be written of work that is done.
#[derive(Debug)]
pub(super) struct WorkIsDone(io::Error);

impl fmt::Display for WorkIsDone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for WorkIsDone {}

/// Says of a report that the work of which it tells is done, whatever becomes of the report.
pub(super) fn after_work<T>(written: io::Result<T>) -> io::Result<T> {
    written.map_err(|error| io::Error::new(error.kind(), WorkIsDone(error)))
}

/// What a person is told of a report that could not be written.
pub(super) fn unwritten(error: &io::Error) -> String {
    let done = error
        .get_ref()
        .is_some_and(|inner| inner.is::<WorkIsDone>());
    let first = if done {
        "処理は完了し、保存されています。ただし、"
    } else {
        ""
    };
    format!(
        "{first}結果を出力できませんでした（{error}）。出力先の空き容量などを確認してください。"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: fmt::Arguments<'_>) -> String {
        let mut terminal = Terminal::of(Vec::new());
        terminal.write_fmt(text).expect("memory");
        String::from_utf8(terminal.out).expect("UTF-8")
    }

    #[test]
    fn colours_of_ours_are_colours_and_those_of_a_paper_are_text() {
        let paper = "\u{1b}[31m赤\u{9b}31m\u{202e}\r\u{7}";
        assert_eq!(
            written(format_args!("{RED}{paper}{RESET}\n")),
            "\u{1b}[1;31m␛[31m赤［U+009B］31m［U+202E］␍␇\u{1b}[0m\n"
        );
        let nested = format!("{BOLD}{paper}{RESET}");
        assert!(written(format_args!("{nested}")).starts_with("\u{1b}[1m␛[31m"));
        assert_eq!(
            written(format_args!("{}", with_colours("\u{1b}[1mx"))),
            "\u{1b}[1mx"
        );
        // Even who knew the mark could only colour.
        let known = format!("{}]0;title\u{7}", *MARK);
        assert_eq!(written(format_args!("{known}")), "]0;title␇");
    }

    #[test]
    fn json_keeps_its_values_as_escapes() {
        let mut terminal = Terminal {
            out: Vec::new(),
            form: Form::Json,
        };
        serde_json::to_writer(&mut terminal, "a\u{202e}\u{1b}\u{85}").expect("memory");
        let json = String::from_utf8(terminal.out).expect("UTF-8");
        assert!(json.is_ascii(), "{json}");
        assert_eq!(
            serde_json::from_str::<String>(&json).ok().as_deref(),
            Some("a\u{202e}\u{1b}\u{85}")
        );
    }

    #[test]
    fn a_report_that_fails_after_the_work_says_so() {
        let full = || io::Error::from(io::ErrorKind::StorageFull);
        let failed = after_work::<()>(Err(full())).expect_err("a fault");
        assert!(unwritten(&failed).contains("保存されています"));
        assert_eq!(failed.kind(), io::ErrorKind::StorageFull);
        assert!(!unwritten(&full()).contains("保存"));
    }
}
