//! What was wrong with the words of a call, in Japanese.

use crate::cli::terminal;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

/// Tells the person; help and version are no faults and end well.
pub(super) fn explain(error: &clap::Error) -> io::Result<ExitCode> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            write!(
                terminal::stdout(),
                "{}",
                terminal::with_colours(&text(error))
            )?;
            return Ok(ExitCode::SUCCESS);
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            write!(
                terminal::stderr(),
                "{}",
                terminal::with_colours(&text(error))
            )?;
        }
        _ => {
            let mut err = terminal::stderr();
            writeln!(err, "指定に誤りがあります：{}", message(error))?;
            writeln!(err, "  対応：「meguri --help」で使い方を確認してください。")?;
        }
    }
    Ok(ExitCode::from(2))
}

/// The help as it is shown: the library has one word of its own that cannot be set.
fn text(error: &clap::Error) -> String {
    error
        .render()
        .ansi()
        .to_string()
        .replace("[OPTIONS]", "[オプション]")
}

/// What was meant, where the library knows words that are spelt nearly so; the nearest is the last.
fn suggestion(error: &clap::Error, kind: ContextKind) -> String {
    let near = match error.get(kind) {
        Some(ContextValue::String(one)) => vec![one.as_str()],
        Some(ContextValue::Strings(all)) => all.iter().rev().map(String::as_str).collect(),
        _ => Vec::new(),
    };
    match near.as_slice() {
        [] => String::new(),
        near => format!("「{}」のことではありませんか。", near.join("」または「")),
    }
}

/// What our own reader of a value says; the library's speak English.
fn why(error: &clap::Error) -> String {
    let why = error.source().map(ToString::to_string);
    let why = why.filter(|why| !why.is_ascii());
    why.map_or_else(String::new, |why| format!("（{why}）"))
}

fn message(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let suggestion = suggestion(error, ContextKind::SuggestedSubcommand);
            let word = context(ContextKind::InvalidSubcommand);
            format!("「{word}」というコマンドはありません。{suggestion}")
        }
        ErrorKind::UnknownArgument => {
            let suggestion = suggestion(error, ContextKind::SuggestedArg);
            format!("「{argument}」という指定はありません。{suggestion}")
        }
        ErrorKind::MissingRequiredArgument => format!("「{argument}」の指定が必要です。"),
        ErrorKind::InvalidValue if value.is_empty() => format!("「{argument}」に値がありません。"),
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue);
            let suggestion = suggestion(error, ContextKind::SuggestedValue);
            format!(
                "「{argument}」に「{value}」は指定できません（指定できる値：{valid}）。{suggestion}"
            )
        }
        ErrorKind::ValueValidation => {
            format!(
                "「{argument}」に「{value}」は指定できません{}。",
                why(error)
            )
        }
        ErrorKind::TooManyValues => format!("「{argument}」の値が多すぎます。"),
        ErrorKind::ArgumentConflict => format!("「{argument}」は他の指定と同時に使えません。"),
        ErrorKind::InvalidUtf8 => "文字コードが正しくない指定があります。".to_owned(),
        _ => "コマンドの書き方を読み取れません。".to_owned(),
    }
}
