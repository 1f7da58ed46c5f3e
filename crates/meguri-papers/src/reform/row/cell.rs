//! One cell of text: bullets, numbers, lists in bits of HTML, closing figures.

use super::super::Setting;
use super::super::item::Body;
use super::super::prose::Time;
use fastrand::Rng;

/// A cell as printed and as it reads.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) text: String,
    /// Its paragraphs.
    pub(super) truth: Vec<String>,
    /// The closing figures as printed, with their parentheses where they are left.
    pub(super) figures: Option<String>,
}

/// How the paragraphs of a cell are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Marks {
    /// `・… ・…`
    Bullets,
    /// `1 … 2 …`
    Numbers,
    /// `(1)… (2)…`
    Brackets,
    /// A full stop and a space, after a first bullet.
    Stops,
    /// `<ul style="…"> … …`
    List,
    /// `<ul><li>…</li>…`
    MarkedList,
    /// One paragraph without any mark.
    None,
}

pub(super) fn write(rng: &mut Rng, setting: &Setting, html: bool, body: &Body) -> Written {
    if body.is_reposted() {
        return Written {
            text: body.paragraphs.concat(),
            truth: body.paragraphs.clone(),
            figures: None,
        };
    }
    if body.paragraphs.is_empty() {
        return Written {
            text: "-".to_owned(),
            truth: Vec::new(),
            figures: None,
        };
    }
    let marks = marks(rng, setting, html, body);
    let truth = numbered(&body.paragraphs, marks);
    let (close, figures) = closing(rng, setting, body, marks);
    Written {
        text: joined(rng, &truth, marks, &close),
        truth,
        figures,
    }
}

/// The marks that fit a body: a number before a digit, or a space within a list, would make another
/// text of it.
fn marks(rng: &mut Rng, setting: &Setting, html: bool, body: &Body) -> Marks {
    let paragraphs = &body.paragraphs;
    let stops = paragraphs.iter().all(|p| p.ends_with('。'));
    let spaces = paragraphs.iter().any(|p| p.contains(' '));
    let digits = paragraphs
        .iter()
        .any(|p| p.starts_with(|c: char| c.is_ascii_digit()));
    if html && rng.u32(..4) > 0 {
        return match (rng.u32(..3), spaces) {
            (0, _) | (_, true) => Marks::MarkedList,
            _ => Marks::List,
        };
    }
    match rng.u32(..8) {
        0 if paragraphs.len() > 1 && !digits && body.time != Time::Nouns => Marks::Numbers,
        1 if body.time != Time::Nouns => Marks::Brackets,
        2 if stops && setting.torn(rng) => Marks::Stops,
        3 if paragraphs.len() == 1 => Marks::None,
        _ => Marks::Bullets,
    }
}

/// The paragraphs as they read: numbers belong to the wording, bullets do not.
fn numbered(paragraphs: &[String], marks: Marks) -> Vec<String> {
    paragraphs
        .iter()
        .enumerate()
        .map(|(index, text)| match marks {
            Marks::Numbers => format!("{} {text}", index + 1),
            Marks::Brackets => format!("({}){text}", index + 1),
            _ => text.clone(),
        })
        .collect()
}

/// The closing figures with what sets them apart, and as they read.
fn closing(
    rng: &mut Rng,
    setting: &Setting,
    body: &Body,
    marks: Marks,
) -> (String, Option<String>) {
    let Some(figures) = &body.figures else {
        return (String::new(), None);
    };
    let last = body.paragraphs.last().map_or("", String::as_str);
    let of_figure = last.chars().rev().take(3).any(|c| c.is_ascii_digit());
    let remark = last.ends_with([')', ']']);
    let stop = last.ends_with('。');
    let list = matches!(marks, Marks::List | Marks::MarkedList);
    if body.numbered && stop && !list && setting.torn(rng) && rng.u32(..3) == 0 {
        return (format!(" {figures}"), Some(figures.clone()));
    }
    let figures = format!("({figures})");
    let glued = !remark && !of_figure && !list && setting.torn(rng) && rng.u32(..3) == 0;
    let space = if glued { "" } else { " " };
    (format!("{space}{figures}"), Some(figures))
}

/// The printed cell.
fn joined(rng: &mut Rng, paragraphs: &[String], marks: Marks, close: &str) -> String {
    match marks {
        Marks::Bullets => format!("・{}{close}", paragraphs.join(" ・")),
        Marks::Stops => format!("・{}{close}", paragraphs.join(" ")),
        Marks::Numbers | Marks::Brackets | Marks::None => {
            format!("{}{close}", paragraphs.join(" "))
        }
        Marks::List => {
            let end = match (close.is_empty(), rng.bool()) {
                (true, true) => " ",
                (_, false) => "",
                (false, true) => " </ul>",
            };
            let list = format!(
                "<ul style=\"list-style-type: none\"> {}",
                paragraphs.join(" ")
            );
            if end == " </ul>" {
                format!("{list}{end}{close}")
            } else {
                format!("{list}{close}{end}")
            }
        }
        Marks::MarkedList => {
            let items: String = paragraphs.iter().map(|p| format!("<li>{p}</li>")).collect();
            format!("<ul>{items}</ul>{close}")
        }
    }
}
