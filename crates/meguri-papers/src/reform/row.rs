//! One row as the transcription prints it, and what can still be read off it.

use super::Setting;
use super::item::{Body, Item};
use super::prose::Time;
use fastrand::Rng;
use serde_json::{Map, Value, json};

mod cell;

/// How the rows of a page are set.
#[derive(Clone, Debug, Default)]
pub(super) struct PageStyle {
    /// Number and name stand in two cells.
    pub(super) split_number: bool,
    pub(super) tab_at_end: bool,
    /// Lists are in bits of HTML.
    html: bool,
    /// The cells of the merged chapter are missing: rows start one cell to the left.
    shifted: bool,
    /// The last column is lost for most rows.
    without_results: bool,
}

impl PageStyle {
    pub(super) fn new(rng: &mut Rng, setting: &Setting) -> Self {
        Self {
            split_number: rng.bool(),
            tab_at_end: rng.bool(),
            html: setting.torn(rng),
            shifted: setting.torn(rng) && rng.bool(),
            without_results: setting.torn(rng) && rng.bool(),
        }
    }
}

/// What a row has lost.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tears {
    shifted: bool,
    sections: bool,
    content: bool,
    plan: bool,
    result: bool,
    /// The lost plan leaves its empty cell.
    hollow: bool,
    /// The content of this row is merged over the rows below.
    merged_below: bool,
}

impl Tears {
    pub(super) fn of_item(rng: &mut Rng, setting: &Setting, item: &Item, page: &PageStyle) -> Self {
        let mut tears = Self {
            shifted: shifted(rng, setting, page),
            sections: !item.sections.is_empty() && setting.torn(rng) && rng.u32(..3) == 0,
            ..Self::default()
        };
        let lost = page.without_results || (setting.torn(rng) && rng.u32(..3) == 0);
        // A dash and a reference are the same in every column: only the row's end can be lost.
        let marks = item.content.paragraphs.is_empty() || item.content.is_reposted();
        if lost && !marks && rng.u32(..3) == 0 {
            tears.plan = true;
            tears.hollow = rng.u32(..4) == 0;
        } else if lost {
            tears.result = true;
        }
        tears.merged_below = setting.torn(rng);
        tears
    }

    pub(super) fn of_sub(
        rng: &mut Rng,
        setting: &Setting,
        sub: &Item,
        page: &PageStyle,
        before: &Self,
    ) -> Self {
        let mut tears = Self {
            shifted: shifted(rng, setting, page),
            merged_below: before.merged_below,
            ..Self::default()
        };
        let lost = page.without_results || (setting.torn(rng) && rng.u32(..3) == 0);
        if before.merged_below && sub.no > 1 {
            tears.content = true;
            tears.hollow = rng.u32(..4) == 0;
        } else if lost && sub.result.time != Time::Nouns && rng.u32(..3) == 0 {
            tears.plan = true;
        } else if lost && sub.plan.time != Time::Nouns {
            tears.result = true;
        }
        tears
    }
}

fn shifted(rng: &mut Rng, setting: &Setting, page: &PageStyle) -> bool {
    page.shifted || (setting.torn(rng) && rng.u32(..3) == 0)
}

/// A row's line and its truth.
pub(super) fn write(
    rng: &mut Rng,
    setting: &Setting,
    page: &PageStyle,
    item: &Item,
    tears: &Tears,
) -> (String, Value) {
    let mut cells = key(rng, setting, page, item, tears);
    if !tears.sections {
        cells.push(or_dash(&item.sections.join("、")));
    }
    cells.push(item.grade.clone().unwrap_or_else(|| "-".to_owned()));
    let item = &with_counts(item, tears);
    let write = |rng: &mut Rng, body: &Body| cell::write(rng, setting, page.html, body);
    let content = write(rng, &item.content);
    let plan = write(rng, &item.plan);
    let result = write(rng, &item.result);
    let columns = [
        (&content, tears.content),
        (&plan, tears.plan),
        (&result, tears.result),
    ];
    let first_kept = columns.iter().position(|(_, lost)| !lost);
    for (index, (written, lost)) in columns.iter().enumerate() {
        match lost {
            false => cells.push(written.text.clone()),
            true if tears.hollow && (index < 2 || first_kept.is_none()) => {
                cells.push(String::new())
            }
            true => {}
        }
    }
    let mut line = setting.face(&cells.join("\t"));
    if page.tab_at_end {
        line.push('\t');
    }
    line.push('\n');
    (line, truth(setting, item, tears, columns.map(|(c, _)| c)))
}

/// Under a merged content, a plan in nouns tells itself from a content by its counts.
fn with_counts(item: &Item, tears: &Tears) -> Item {
    let mut item = item.clone();
    if tears.content && item.plan.time == Time::Nouns {
        for (index, paragraph) in item.plan.paragraphs.iter_mut().enumerate() {
            if !paragraph.ends_with("回実施") {
                *paragraph = format!("地区の集い{}回実施", index + 2);
            }
        }
    }
    item
}

/// The cells before the section: chapter, number, name.
fn key(
    rng: &mut Rng,
    setting: &Setting,
    page: &PageStyle,
    item: &Item,
    tears: &Tears,
) -> Vec<String> {
    let mut cells = Vec::new();
    if item.opens_chapter {
        let torn = setting.torn(rng) && item.chapter.is_ascii();
        cells.push(if torn || setting.torn(rng) {
            spaced(&item.chapter)
        } else {
            item.chapter.clone()
        });
    } else if !tears.shifted {
        cells.push(String::new());
    }
    match (item.sub, page.split_number) {
        (false, true) => cells.extend([item.no.to_string(), item.name.clone()]),
        (false, false) => cells.push(format!("{} {}", item.no, item.name)),
        (true, true) => match rng.u32(..3) {
            0 => cells.extend([format!("- {}", item.no), String::new()]),
            1 => cells.extend(["-".to_owned(), item.no.to_string()]),
            _ => cells.push(format!("- {}", item.no)),
        },
        (true, false) => cells.push(format!("- {}", item.no)),
    }
    cells
}

/// `財政 基盤 の 強化`: a heading that stands upright.
fn spaced(heading: &str) -> String {
    let mut text = String::new();
    for (index, c) in heading.chars().enumerate() {
        if index > 0 && index % 2 == 0 && !c.is_ascii() {
            text.push(' ');
        }
        text.push(c);
    }
    text
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "-" } else { text }.to_owned()
}

/// What a perfect reader gets: lost columns are `null`, and so is a text that says nothing of the
/// column it belongs to.
fn truth(
    setting: &Setting,
    item: &Item,
    tears: &Tears,
    [content, plan, result]: [&cell::Written; 3],
) -> Value {
    // In a row that has lost a column, nouns without dates may stand in either of the two.
    let alone = (tears.plan || tears.result) && !tears.hollow;
    let marks = item.content.paragraphs.is_empty() || item.content.is_reposted();
    let unknown = |body: &Body| alone && !marks && body.time == Time::Nouns && !body.dated;
    let no_plan = tears.plan || unknown(&item.plan);
    let no_result = tears.result || unknown(&item.result);
    let face = |text: &String| Value::from(setting.face(text));
    let list = |lost: bool, written: &cell::Written| match lost {
        true => Value::Null,
        false => written.truth.iter().map(face).collect(),
    };
    let figures = |lost: bool, written: &cell::Written| match &written.figures {
        Some(figures) if !lost => face(figures),
        _ => Value::Null,
    };
    let mut fields = Map::new();
    let name = (!item.sub).then(|| setting.face(&item.name));
    fields.insert("no".to_owned(), item.no.into());
    fields.insert("name".to_owned(), name.into());
    fields.insert("chapter".to_owned(), face(&item.chapter));
    let sections = match tears.sections {
        true => Value::Null,
        false => item.sections.iter().map(face).collect(),
    };
    fields.insert("sections".to_owned(), sections);
    fields.insert("grade".to_owned(), json!(item.grade));
    fields.insert("content".to_owned(), list(tears.content, content));
    fields.insert("plan".to_owned(), list(no_plan, plan));
    fields.insert("result".to_owned(), list(no_result, result));
    fields.insert("plan_figures".to_owned(), figures(no_plan, plan));
    fields.insert("result_figures".to_owned(), figures(no_result, result));
    fields.insert("reposted_from".to_owned(), json!(item.reposted_from));
    Value::Object(fields)
}
