//! News as Atom: publications, corrections and withdrawals, the newest first.
//!
//! It says what the public may know: title, number, note and date. A withdrawal names no title,
//! since the title may be why it was withdrawn.

use crate::Site;
use crate::error::PageError;
use crate::feeds;
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::{Entry, Library, urls};
use sha2::{Digest, Sha256};

/// The most news.
const MOST: usize = 50;

/// The feed.
#[derive(Debug, Template)]
#[template(path = "feed.xml")]
pub struct Feed {
    /// The address of the pages; may be empty.
    base: String,
    /// Whose it is.
    author: String,
    /// When the newest was published.
    updated: String,
    /// The news.
    news: Vec<News>,
}

/// One publication, correction or withdrawal.
#[derive(Clone, Debug, PartialEq, Eq)]
struct News {
    id: String,
    title: String,
    moment: String,
    /// 正誤 or reason; may be empty.
    note: String,
    href: String,
}

/// `GET /feed.atom`
pub(crate) async fn show(State(site): State<Site>) -> Result<Response, PageError> {
    let news = news(&site.library);
    let feed = Feed {
        base: site.about.full(""),
        author: match site.about.name.as_str() {
            "" => "めぐり".to_owned(),
            name => name.to_owned(),
        },
        updated: news
            .first()
            .map_or_else(|| moment("1970-01-01"), |one| one.moment.clone()),
        news,
    };
    feeds::xml("application/atom+xml; charset=utf-8", &feed)
}

fn news(library: &Library) -> Vec<News> {
    let mut news: Vec<News> = library.versions().filter_map(of_version).collect();
    let withdrawn = library.withdrawn().publications.iter();
    news.extend(withdrawn.map(|((document, number), words)| News {
        id: id("withdrawal", *document, *number, &words.moment),
        title: format!("文書（番号{document}）の第{number}版の公表を取り下げました"),
        moment: moment(&words.moment),
        note: words.reason.clone(),
        href: urls::version(*document, *number),
    }));
    // The same moment: in the order of documents and numbers, so that the feed stays the same.
    news.sort_by(|a, b| (&b.moment, &a.href, &a.id).cmp(&(&a.moment, &b.href, &b.id)));
    news.truncate(MOST);
    news
}

fn of_version(entry: &Entry) -> Option<News> {
    let edition = entry.published.as_ref()?;
    let number = edition.number;
    let name = entry.titled();
    let what = if number == 1 {
        "を公表しました"
    } else {
        "の訂正を公表しました"
    };
    Some(News {
        id: id("publication", entry.id, number, &edition.moment),
        title: format!("{name}{what}（第{number}版）"),
        moment: moment(&edition.moment),
        note: edition.note.clone(),
        href: urls::version(entry.id, number),
    })
}

/// A name of its own for ever, in the form of a UUID: of what it is about, not of where it is.
fn id(kind: &str, document: i64, number: i64, moment: &str) -> String {
    let digest = Sha256::digest(format!("meguri {kind} {document} {number} {moment}"));
    let hex: String = digest
        .iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    // Version 8 is for names that a program makes by its own rule.
    format!(
        "urn:uuid:{}-{}-8{}-8{}-{}",
        part(0, 8),
        part(8, 12),
        part(13, 16),
        part(17, 20),
        part(20, 32)
    )
}

/// A moment as Atom wants it: a date alone is the beginning of that day in Japan.
fn moment(text: &str) -> String {
    let Some((date, time)) = text.split_once('T') else {
        return format!("{text}T00:00:00+09:00");
    };
    let (clock, zone) = match time.find(['+', '-', 'Z']) {
        Some(place) => time.split_at_checked(place).unwrap_or((time, "")),
        None => (time, ""),
    };
    let seconds = if clock.matches(':').count() == 1 {
        ":00"
    } else {
        ""
    };
    let zone = if zone.is_empty() { "+09:00" } else { zone };
    format!("{date}T{clock}{seconds}{zone}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_whole() {
        for (text, wanted) in [
            ("2026-04-01", "2026-04-01T00:00:00+09:00"),
            ("2026-04-01T09:30:00+09:00", "2026-04-01T09:30:00+09:00"),
            ("2026-04-01T09:30Z", "2026-04-01T09:30:00Z"),
            ("2026-04-01T09:30", "2026-04-01T09:30:00+09:00"),
        ] {
            assert_eq!(moment(text), wanted);
        }
    }

    #[test]
    fn ids_are_uuids_and_tell_news_apart() {
        let one = id("publication", 1, 2, "2026-04-01");
        assert_eq!(one.len(), "urn:uuid:".len() + 36);
        assert!(
            one.get(23..24).is_some_and(|version| version == "8"),
            "{one}"
        );
        assert_ne!(one, id("withdrawal", 1, 2, "2026-04-01"));
        assert_eq!(one, id("publication", 1, 2, "2026-04-01"));
    }
}
