//! What is said of a search that was widened: which other words were looked for, and how to look for
//! the typed ones only.

use crate::page::Link;
use crate::pages::search::Wanted;
use meguri_app::search::{Found, Widened, query};
use serde::Serialize;

/// A typed word with the words that were looked for beside it or in place of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct WidenedShown {
    /// As typed.
    pub typed: String,
    /// The others.
    pub also: Vec<String>,
    /// All of it in a sentence.
    pub sentence: String,
}

/// What is said of a search that was widened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// Words with others that were looked for, too.
    pub widened: Vec<WidenedShown>,
    /// Words that were taken apart.
    pub parted: Vec<WidenedShown>,
    /// A sentence where only some of the words are there; else empty.
    pub some: &'static str,
    /// The search for the typed words only; `None` where nothing was widened.
    pub exactly: Option<Link>,
}

impl Told {
    pub(super) fn of(wanted: &Wanted, found: &Found) -> Self {
        let mut told = Self::default();
        for Widened { typed, also } in &found.widened {
            if told.widened.iter().all(|shown| shown.typed != *typed) {
                let sentence = format!("「{typed}」を{}でも探しました。", quoted(also, ""));
                told.widened.push(shown(typed, also, sentence));
            }
        }
        for Widened { typed, also } in &found.parted {
            let sentence = match also.as_slice() {
                [only] => format!("「{typed}」の代わりに「{only}」を探しました。"),
                _ => format!("「{typed}」を{}に分けて探しました。", quoted(also, "と")),
            };
            told.parted.push(shown(typed, also, sentence));
        }
        if found.some && found.words.len() > 1 {
            told.some = "すべての言葉を含むものはないため、一部の言葉を含むものを表示しています。";
        } else if found.some && found.parted.iter().any(|parted| parted.also.len() > 1) {
            told.some = "分けた言葉のすべてを含むものはないため、一部を含むものを表示しています。";
        }
        let changed = found.some || !told.widened.is_empty() || !told.parted.is_empty();
        told.exactly = changed.then(|| {
            let mut exact = wanted.at_page(1);
            exact.text = query::exactly(&wanted.text);
            Link::new(exact.address(), "入力した言葉だけで探す")
        });
        told
    }
}

fn shown(typed: &str, also: &[String], sentence: String) -> WidenedShown {
    WidenedShown {
        typed: typed.to_owned(),
        also: also.to_vec(),
        sentence,
    }
}

fn quoted(words: &[String], between: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("「{word}」")).collect();
    quoted.join(between)
}
