//! A sheet with very much in it, shown a part at a time: a page must load on a phone.

use super::{FieldBody, PhaseView, SheetPage};
use crate::page::{Link, shows_sources};
use crate::view::finding::FindingView;
use crate::view::value::ValueView;
use meguri_app::read::urls;
use std::ops::Range;

/// What the pieces of one part come to, in bytes of HTML; head, foot and sums have place beside it.
const ROOM: usize = 65_000;

/// Characters of a paragraph after which the rest is a paragraph of its own.
const PARAGRAPH: usize = 5_000;

/// Which part of a sheet is shown, and the ways to the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartView {
    /// `2／3`; empty where everything is shown.
    pub words: String,
    /// The part before.
    pub previous: Option<Link>,
    /// The part after.
    pub next: Option<Link>,
    /// Where the findings begin, with their number; without words where there are none.
    pub findings: Link,
    /// Where the unsettled places begin, with their number; without words where there are none.
    pub unsettled: Link,
}

/// Decides piece by piece, by the bytes that each takes, whether it is kept.
type Keep<'a> = &'a mut dyn FnMut(usize) -> bool;

impl SheetPage {
    /// Keeps one part, from 1; all of a usual sheet. Data has everything. `look` is the part of the query
    /// that the ways to the other parts keep.
    #[must_use]
    pub fn part(mut self, part: usize, address: &str, look: (&str, &str)) -> Self {
        self.split_paragraphs();
        let mut sizes = Vec::new();
        let marks = self.visit(&mut |size| {
            sizes.push(size);
            true
        });
        let parts = parts(&sizes);
        let of = |piece: usize| {
            parts
                .iter()
                .position(|part| part.contains(&piece))
                .unwrap_or(0)
        };
        let here = if (1..=parts.len()).contains(&part) {
            part - 1
        } else {
            0
        };
        let link = |part: usize, words: String, place: &str| {
            let number = if part == 0 {
                String::new()
            } else {
                (part + 1).to_string()
            };
            let page = urls::with_query(address, &[("part", &number), look]);
            let href = if part == here {
                place.to_owned()
            } else {
                format!("{page}{place}")
            };
            Link::new(href, words)
        };
        let counted = |count: usize, words: String| if count > 0 { words } else { String::new() };
        let (findings, unsettled) = (self.findings.len(), self.unsettled.len());
        // Words of checking are for the house and for who asks for the places of values.
        let words = if shows_sources() {
            ("指摘", "未確定")
        } else {
            ("確認結果", "原本で確認が必要な箇所 ")
        };
        self.part = PartView {
            findings: link(
                of(marks.0),
                counted(findings, format!("{}{findings}件", words.0)),
                "#findings",
            ),
            unsettled: link(
                of(marks.1),
                counted(unsettled, format!("{}{unsettled}か所", words.1)),
                "#unsettled",
            ),
            ..PartView::default()
        };
        let Some(wanted) = parts.get(here).filter(|_| parts.len() > 1) else {
            return self;
        };
        let mut piece = 0..;
        self.visit(&mut |_| piece.next().is_some_and(|piece| wanted.contains(&piece)));
        self.part.words = format!("{}／{}", here + 1, parts.len());
        let before = here.checked_sub(1);
        self.part.previous = before.map(|part| link(part, "前の部分".to_owned(), ""));
        let after = Some(here + 1).filter(|part| *part < parts.len());
        self.part.next = after.map(|part| link(part, "続きの部分".to_owned(), ""));
        self
    }

    /// Goes through all pieces in the order of the page, and keeps what is to be kept; the numbers
    /// of the first finding and of the first unsettled place.
    fn visit(&mut self, keep: Keep<'_>) -> (usize, usize) {
        let mut count = 0;
        let mut counted = |size: usize| {
            count += 1;
            keep(size)
        };
        for phase in &mut self.phases {
            visit_phase(phase, &mut counted);
        }
        self.phases.retain(|phase| !phase.fields.is_empty());
        if !self.schedule.is_empty() && !counted(6_000) {
            self.schedule.clear();
        }
        self.findings
            .retain(|finding| counted(size_of_finding(finding)));
        self.unsettled
            .retain(|place| counted(600 + place.why.len() + place.place.len()));
        (
            count - self.unsettled.len() - self.findings.len(),
            count - self.unsettled.len(),
        )
    }

    /// Makes several paragraphs of one that would be too much for a part.
    fn split_paragraphs(&mut self) {
        let fields = self.phases.iter_mut().flat_map(|phase| &mut phase.fields);
        for field in fields {
            let FieldBody::Texts(texts) = &mut field.body else {
                continue;
            };
            for text in texts {
                let all = std::mem::take(&mut text.paragraphs);
                text.paragraphs = all.into_iter().flat_map(split).collect();
            }
        }
    }
}

/// A text in pieces that a part has place for.
fn split(text: ValueView) -> Vec<ValueView> {
    let mut pieces = Vec::new();
    let mut rest = text.text.as_str();
    while let Some((end, _)) = rest.char_indices().nth(PARAGRAPH) {
        // Best behind a sentence.
        let sentence = rest.get(..end).and_then(|piece| piece.rfind('。'));
        let end = sentence.map_or(end, |place| place + '。'.len_utf8());
        let (piece, after) = rest.split_at(end);
        pieces.push(ValueView {
            text: piece.to_owned(),
            ..text.clone()
        });
        rest = after;
    }
    let last = ValueView {
        text: rest.to_owned(),
        ..text.clone()
    };
    pieces.push(last);
    pieces
}

fn visit_phase(phase: &mut PhaseView, keep: Keep<'_>) {
    phase.fields.retain_mut(|field| match &mut field.body {
        FieldBody::Missing => keep(200),
        FieldBody::Grades(grades) => keep(600 * grades.len()),
        FieldBody::Sections(own, related) => keep(400 * (own.len() + related.len())),
        FieldBody::Texts(texts) => {
            texts.retain_mut(|text| {
                if text.paragraphs.is_empty() {
                    return keep(200);
                }
                text.paragraphs
                    .retain(|paragraph| keep(300 + paragraph.text.len()));
                !text.paragraphs.is_empty()
            });
            !texts.is_empty()
        }
        FieldBody::Indicators(indicators) => {
            indicators.retain(|indicator| {
                let steps = indicator.steps.iter().flat_map(|year| &year.steps);
                let notes = indicator.notes.iter().map(|note| 300 + note.text.len());
                let words = steps
                    .map(|step| 30 + step.len())
                    .chain(notes)
                    .sum::<usize>();
                keep(4_000 + 1_100 * indicator.rows.len() + words)
            });
            !indicators.is_empty()
        }
        FieldBody::Projects(tables) => {
            tables.retain_mut(|table| table.keep(keep));
            !tables.is_empty()
        }
    });
}

fn size_of_finding(finding: &FindingView) -> usize {
    let texts = [
        &finding.message,
        &finding.hint,
        &finding.explanation,
        &finding.place,
    ];
    let steps = finding.steps.iter().map(|step| 30 + step.len());
    1_200 + texts.iter().map(|text| text.len()).sum::<usize>() + steps.sum::<usize>()
}

impl super::ProjectTable {
    /// Keeps some of its rows and of what the years plan, and says so; `false` where nothing is left
    /// of what there was. Sums and totals stay beside each part.
    fn keep(&mut self, keep: Keep<'_>) -> bool {
        if self.rows.is_empty() {
            return keep(1_000);
        }
        let all = self.rows.len();
        let (mut row, mut kept) = (0, Vec::new());
        self.rows.retain(|project| {
            row += 1;
            let is_kept = keep(600 + 150 * project.costs.len());
            kept.extend(is_kept.then_some(row));
            is_kept
        });
        self.outlines.retain(|outline| {
            let texts = outline.years.iter().filter_map(|(_, text)| text.as_ref());
            keep(150 + texts.map(|text| 250 + text.text.len()).sum::<usize>())
        });
        if let (Some(first), Some(last)) = (kept.first(), kept.last().filter(|_| kept.len() < all))
        {
            self.part = format!("{all}件のうち{first}件目から{last}件目まで");
        }
        !self.rows.is_empty() || !self.outlines.is_empty()
    }
}

/// The pieces of each part: as many as there is room for, one at least.
fn parts(sizes: &[usize]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut filled = 0;
    for (piece, size) in sizes.iter().enumerate() {
        match parts.last_mut().filter(|_| filled + size <= ROOM) {
            Some(part) => part.end = piece + 1,
            None => {
                parts.push(piece..piece + 1);
                filled = 0;
            }
        }
        filled += size;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::super::samples::filled;
    use super::*;

    /// Nothing was asked for.
    const LOOK: (&str, &str) = ("show", "");

    fn numbers(page: &SheetPage) -> Vec<String> {
        let fields = page.phases.iter().flat_map(|phase| &phase.fields);
        let tables = fields.filter_map(|field| match &field.body {
            FieldBody::Projects(tables) => Some(tables),
            _ => None,
        });
        let rows = tables.flatten().flat_map(|table| &table.rows);
        rows.map(|row| row.number.clone()).collect()
    }

    fn paragraphs(page: &SheetPage) -> String {
        let fields = page.phases.iter().flat_map(|phase| &phase.fields);
        let texts = fields.filter_map(|field| match &field.body {
            FieldBody::Texts(texts) => Some(texts),
            _ => None,
        });
        texts
            .flatten()
            .flat_map(|text| &text.paragraphs)
            .map(|p| p.text.as_str())
            .collect()
    }

    #[test]
    fn the_parts_of_a_sheet_have_everything_once() {
        let text = "長い文章です。".repeat(3_000);
        let whole = filled(&text, 130);
        let (mut part, mut rows, mut texts, mut findings) = (1, Vec::new(), String::new(), 0);
        loop {
            let page = filled(&text, 130).part(part, "/sheets/1", LOOK);
            rows.extend(numbers(&page));
            texts.push_str(&paragraphs(&page));
            findings += page.findings.len();
            let Some(next) = page.part.next else { break };
            part = next
                .href
                .trim_start_matches("/sheets/1?part=")
                .parse()
                .expect("a number");
        }
        assert_eq!(rows, numbers(&whole));
        assert_eq!(
            (texts, findings),
            (paragraphs(&whole), whole.findings.len())
        );
    }

    #[test]
    fn a_usual_sheet_is_left_and_an_absurd_part_is_the_first() {
        let usual = filled("文章", 10).part(7, "/sheets/1", LOOK);
        assert_eq!((numbers(&usual).len(), usual.part.words.as_str()), (10, ""));
        assert_eq!(usual.part.findings.href, "#findings");
        let absurd = filled("文章", 130).part(usize::MAX, "/sheets/1", LOOK);
        assert_eq!(numbers(&absurd).first().map(String::as_str), Some("1"));
        assert!(
            absurd.part.findings.href.starts_with("/sheets/1?part="),
            "{:?}",
            absurd.part
        );
        let last = filled("文章", 130).part(2, "/sheets/1", LOOK);
        assert_eq!(
            last.part.previous.map(|link| link.href),
            Some("/sheets/1".to_owned())
        );
    }
}
