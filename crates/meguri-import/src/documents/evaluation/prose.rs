//! The running texts of a sheet under their labels, and the summary of CHECK.

use super::form::{Section, is_caption, is_table_head, section_of_label, squash};
use super::pages::{Block, Page, TextLine};
use crate::printed::Cell;
use crate::text::bullets::after_bullet;
use crate::text::join::push_wrapped;
use meguri_core::source::Settled;

/// The texts of a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Prose {
    pub(super) approach: Vec<Cell<String>>,
    pub(super) outcomes: Vec<Cell<String>>,
    pub(super) issues: Vec<Cell<String>>,
    pub(super) directions: Vec<Cell<String>>,
    pub(super) purpose: Vec<Cell<String>>,
    pub(super) attainment: Option<Cell<String>>,
    pub(super) reason: Option<Cell<String>>,
    /// Texts whose field is not known.
    pub(super) stray: Vec<Cell<String>>,
}

/// Running text of one block.
struct Passage<'a> {
    section: Option<Section>,
    bulleted: bool,
    /// On a page with the list of projects.
    with_list: bool,
    lines: Block<'a>,
}

/// Reads the texts of a sheet.
pub(super) fn read(pages: &[Page<'_>]) -> Prose {
    let (mut passages, mut labels) = passages(pages);
    let labelled: Vec<bool> = passages.iter().map(|p| p.section.is_some()).collect();
    settle_detached(&mut passages, &mut labels);
    let mut prose = Prose::default();
    for (passage, labelled) in passages.iter().zip(labelled) {
        let settled = if labelled {
            Settled::Printed
        } else {
            Settled::Layout
        };
        place(&mut prose, passage, settled);
    }
    read_check(pages, &mut prose);
    prose
}

/// All passages in order, each under the label right before it; and the labels that stand apart.
fn passages<'a>(pages: &[Page<'a>]) -> (Vec<Passage<'a>>, Vec<Section>) {
    let mut passages: Vec<Passage<'a>> = Vec::new();
    let mut pending: Vec<Section> = Vec::new();
    let mut detached: Vec<Section> = Vec::new();
    let mut upright = String::new();
    for page in pages {
        for block in &page.blocks {
            let (letters, rest) = upright_letters(block);
            upright.push_str(&letters);
            if let Some(section) = section_of_label(&upright).or_else(|| level_label(block)) {
                pending.push(section);
                upright.clear();
            }
            if rest.is_empty() {
                continue;
            }
            upright.clear();
            if !is_running_text(rest, !pending.is_empty()) {
                continue;
            }
            let bulleted = rest.iter().any(|line| after_bullet(line.text).is_some());
            if pending.is_empty() && !bulleted && goes_on(passages.last_mut(), rest) {
                continue;
            }
            let section = match pending.as_slice() {
                [only] => Some(*only),
                _ => {
                    detached.append(&mut pending);
                    None
                }
            };
            pending.clear();
            passages.push(Passage {
                section,
                bulleted,
                with_list: page.marks.list,
                lines: rest.to_vec(),
            });
        }
    }
    detached.append(&mut pending);
    (passages, detached)
}

/// A text that breaks off in the middle of a sentence goes on in the next block without a bullet.
fn goes_on<'a>(last: Option<&mut Passage<'a>>, rest: &[TextLine<'a>]) -> bool {
    let Some(last) = last else { return false };
    let open = last
        .lines
        .last()
        .is_some_and(|line| !ends_sentence(line.text));
    if open {
        last.lines.extend_from_slice(rest);
    }
    open
}

/// The letters of an upright label at the head of a block, and the lines behind them.
fn upright_letters<'b, 'a>(block: &'b [TextLine<'a>]) -> (String, &'b [TextLine<'a>]) {
    let mut letters = String::new();
    let mut count = 0;
    for line in block {
        let text = squash(line.text);
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if !c.is_ascii_digit() && !matches!(c, '★' | '☆' | '-') => {
                letters.push(c);
            }
            (None, _) => {}
            _ => break,
        }
        count += 1;
    }
    (letters, block.get(count..).unwrap_or(&[]))
}

fn level_label(block: &[TextLine<'_>]) -> Option<Section> {
    match block {
        [only] => section_of_label(&squash(only.text)),
        _ => None,
    }
}

/// Bulleted lines, sentences, or anything long under a label.
fn is_running_text(lines: &[TextLine<'_>], labelled: bool) -> bool {
    let Some(first) = lines.first() else {
        return false;
    };
    let head = squash(first.text);
    if head.ends_with("理由") || head.starts_with("理由") || is_caption(&head) || is_note(&head)
    {
        return false;
    }
    if is_table_head(&head) || section_of_label(&head).is_some() {
        return false;
    }
    let bulleted = after_bullet(first.text).is_some_and(|text| !text.is_empty());
    let long = lines.iter().any(|line| line.text.chars().count() >= 20);
    let sentence = lines.last().is_some_and(|line| ends_sentence(line.text));
    bulleted || (sentence && long) || (labelled && sentence)
}

fn is_note(squashed: &str) -> bool {
    squashed.starts_with('※') || squashed.starts_with("(※")
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end()
        .ends_with(['。', '！', '？', '!', '?', '.', '．'])
}

/// Gives the labels that stand apart to the passages without one: 趣旨 to a text without bullets,
/// the others in the order of the form.
fn settle_detached(passages: &mut [Passage<'_>], labels: &mut Vec<Section>) {
    if let Some(at) = labels.iter().position(|label| *label == Section::Purpose)
        && let Some(passage) = passages
            .iter_mut()
            .find(|p| p.section.is_none() && !p.bulleted)
    {
        passage.section = Some(labels.remove(at));
    }
    labels.sort_unstable();
    labels.dedup();
    let open = passages.iter_mut().filter(|p| p.section.is_none());
    let open: Vec<&mut Passage<'_>> = open.collect();
    let exact = open.len() == labels.len();
    for passage in open {
        let guess = guess(passage);
        let at = if exact {
            0
        } else {
            labels
                .iter()
                .position(|label| *label == guess)
                .unwrap_or(usize::MAX)
        };
        if at < labels.len() {
            passage.section = Some(labels.remove(at));
        } else if passage.with_list && passage.bulleted {
            passage.section = Some(Section::Directions);
        }
    }
}

/// What a passage is by its sentences: what was done, what is wanting, what is planned.
fn guess(passage: &Passage<'_>) -> Section {
    if passage.with_list {
        return Section::Directions;
    }
    let count = |endings: &[&str]| {
        let ends = |line: &&TextLine<'_>| endings.iter().any(|end| line.text.ends_with(end));
        passage.lines.iter().filter(ends).count()
    };
    let done = count(&["ました。"]);
    let wanting = count(&["必要です。", "必要があります。", "ています。", "課題です。"]);
    match (done, wanting) {
        (0, 0) => Section::Approach,
        (done, wanting) if done >= wanting => Section::Outcomes,
        _ => Section::Issues,
    }
}

fn place(prose: &mut Prose, passage: &Passage<'_>, settled: Settled) {
    let mut items = items(&passage.lines);
    for item in &mut items {
        item.0.settled = settled;
    }
    match passage.section {
        Some(Section::Approach) => prose.approach.append(&mut items),
        Some(Section::Outcomes) => prose.outcomes.append(&mut items),
        Some(Section::Issues) => prose.issues.append(&mut items),
        Some(Section::Directions) => prose.directions.append(&mut items),
        Some(Section::Purpose) => prose.purpose.append(&mut items),
        None => prose.stray.append(&mut items),
    }
}

/// One item for each bullet at the head of a line. A line that begins with ・ behind a full line
/// without a full stop is the middle of a sentence (`医療` / `・介護`).
fn items(lines: &[TextLine<'_>]) -> Vec<Cell<String>> {
    let width = lines.iter().map(|line| line.text.chars().count()).max();
    let full = width.unwrap_or(0).saturating_sub(2);
    let mut items: Vec<Cell<String>> = Vec::new();
    let mut open = false;
    for line in lines {
        let goes_on = open && line.text.starts_with(['・', '･']);
        match (after_bullet(line.text), items.last_mut()) {
            (Some(text), _) if !goes_on => {
                items.push(Cell::printed(text.to_owned(), line.number));
            }
            (_, Some(item)) => push_wrapped(&mut item.0.value, line.text),
            (_, None) => items.push(Cell::printed(line.text.to_owned(), line.number)),
        }
        open = line.text.chars().count() >= full && !ends_sentence(line.text);
    }
    items
}

/// 目標達成度合い and its reason: `X 理由` with the sentences behind it.
fn read_check(pages: &[Page<'_>], prose: &mut Prose) {
    let blocks: Vec<&Block<'_>> = pages
        .iter()
        .filter(|page| page.marks.results)
        .flat_map(|page| &page.blocks)
        .collect();
    for (at, block) in blocks.iter().enumerate() {
        let Some(line) = block.iter().position(|line| is_reason_line(line.text)) else {
            continue;
        };
        let (before, rest) = block.split_at(line);
        let Some((head, reason)) = rest.split_first() else {
            continue;
        };
        let text = head.text.trim();
        let (grade, behind) = text.split_once("理由").unwrap_or((text, ""));
        let settled = if grade.trim().is_empty() {
            apart(before).or_else(|| at.checked_sub(1).and_then(|at| apart(blocks.get(at)?)))
        } else {
            Some(Cell::printed(grade.trim().to_owned(), head.number))
        };
        prose.attainment = settled;
        let mut lines: Block<'_> = Vec::new();
        if !behind.trim().is_empty() {
            lines.push(TextLine {
                text: behind.trim(),
                ..*head
            });
        }
        lines.extend_from_slice(reason);
        if lines.is_empty()
            && let Some(next) = blocks.get(at + 1)
            && next.last().is_some_and(|line| ends_sentence(line.text))
            && next
                .first()
                .is_some_and(|line| after_bullet(line.text).is_none())
        {
            lines.extend_from_slice(next);
        }
        prose.reason = one_text(&lines);
        return;
    }
}

/// `一定の成果が上がっている 理由`, `理由`.
fn is_reason_line(text: &str) -> bool {
    let text = text.trim();
    let short = text.chars().count() <= 40 && after_bullet(text).is_none();
    short && !text.contains('。') && (text.ends_with("理由") || text.starts_with("理由"))
}

/// A short text that stands apart from its 理由: the grade.
fn apart(block: &[TextLine<'_>]) -> Option<Cell<String>> {
    let line = block.last()?;
    let text = squash(line.text);
    let grade = block.len() <= 2
        && text.chars().count() <= 24
        && !text.ends_with("度合い")
        && !text.contains('。')
        && !text.contains('%')
        && !is_caption(&text);
    grade.then(|| Cell::layout(line.text.to_owned(), line.number))
}

/// Lines as one text.
pub(super) fn one_text(lines: &[TextLine<'_>]) -> Option<Cell<String>> {
    let first = lines.first()?;
    let text = crate::text::join::join_wrapped(lines.iter().map(|line| line.text));
    Some(Cell::printed(text, first.number))
}
