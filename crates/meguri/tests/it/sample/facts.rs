//! The facts of a paper without its sentences: figures, names, codes, dates and judgements stay,
//! running text gives way to short texts of our own. Line numbers stay what they were.

use meguri_core::evaluation::{Document, Sheet};
use meguri_core::source::Sourced;
use meguri_core::text::narrow;

/// What stands in the lines of the source where a sentence stood.
const STRUCK: &str = "（本文略）";

/// A stretch of this many characters without hiragana is a label or a part of a name.
const SHORT: usize = 12;

/// Takes the sentences out of a document; `label` names a field of a sheet.
pub(super) fn facts_only(document: &mut Document, label: impl Fn(&str) -> String) {
    let names = Names::of(document, &label);
    for sheet in &mut document.sheets {
        without_prose(sheet, &label);
    }
    for place in &mut document.unsettled {
        place.candidates.retain(|text| names.hold(text));
    }
    for unread in &mut document.unread {
        let is_fact = unread.text.chars().count() <= SHORT || names.hold(&unread.text);
        if !is_fact {
            STRUCK.clone_into(&mut unread.text);
        }
    }
    for line in &mut document.lines {
        *line = names.left_of(line);
    }
}

fn without_prose(sheet: &mut Sheet, label: &impl Fn(&str) -> String) {
    for text in &mut sheet.texts {
        let year = text
            .year
            .map_or_else(String::new, |year| format!("{year}の"));
        let sample = format!(
            "（見本の文章）この欄には{year}「{}」を記載します。",
            label(&text.field)
        );
        if let Some(paragraphs) = &mut text.paragraphs {
            paragraphs.truncate(1);
            paragraphs
                .iter_mut()
                .for_each(|paragraph| paragraph.value.clone_from(&sample));
        }
    }
    let put = |text: &mut Sourced<String>, sample: &str| sample.clone_into(&mut text.value);
    for listing in &mut sheet.listings {
        for (_, outline) in &mut listing.outlines {
            put(outline, "（見本の文章）この年度の事業の概要を記載します。");
        }
    }
    for indicator in &mut sheet.indicators {
        for note in &mut indicator.notes {
            put(note, "（見本の文章）指標の注記を記載します。");
        }
        for reason in indicator
            .revisions
            .iter_mut()
            .filter_map(|r| r.reason.as_mut())
        {
            put(reason, "（見本の文章）目標を見直した理由を記載します。");
        }
    }
}

/// Puts a sentence of our own with the facts of one that went: into its line, and into the text
/// that the line belongs to.
pub(super) fn put_sentence(document: &mut Document, line: u32, sentence: &str) {
    if let Some(printed) = document.lines.get_mut(line as usize - 1) {
        sentence.clone_into(printed);
    }
    let texts = document
        .sheets
        .iter_mut()
        .flat_map(|sheet| &mut sheet.texts);
    let paragraphs = texts.filter_map(|text| text.paragraphs.as_mut()).flatten();
    let before = paragraphs.filter(|paragraph| paragraph.line <= line);
    if let Some(paragraph) = before.max_by_key(|paragraph| paragraph.line) {
        sentence.clone_into(&mut paragraph.value);
    }
}

/// All names, words and figures of a document that are facts, narrow and without spaces.
struct Names(String);

impl Names {
    fn of(document: &Document, label: &impl Fn(&str) -> String) -> Self {
        let mut all = String::new();
        let mut add = |text: &str| {
            all.push_str(&squeezed(text));
            // No text of a paper holds this, so that nothing is found across two names.
            all.push('\u{0}');
        };
        let plan = &document.plan;
        plan.name.iter().for_each(|name| add(&name.value));
        plan.nodes
            .iter()
            .filter_map(|node| node.name.as_ref())
            .for_each(|name| add(&name.value));
        for row in document.tallies.iter().flat_map(|tally| &tally.rows) {
            row.name.iter().for_each(|name| add(&name.value));
        }
        for sheet in &document.sheets {
            sheet.texts.iter().for_each(|text| add(&label(&text.field)));
            for text in sheet.sections.iter().chain(&sheet.related_sections) {
                add(&text.value);
            }
            for listing in &sheet.listings {
                listing
                    .name
                    .iter()
                    .chain(&listing.sections)
                    .for_each(|text| add(&text.value));
            }
            for indicator in &sheet.indicators {
                let names = [&indicator.name, &indicator.sub_name, &indicator.unit];
                names
                    .into_iter()
                    .flatten()
                    .for_each(|text| add(&text.value));
                let figures = indicator.targets.iter().chain(&indicator.actuals);
                figures.for_each(|year| add(&year.figure.value.printed));
            }
        }
        Self(all)
    }

    /// Is a text one of these, a part of one, or too short to be a sentence?
    fn hold(&self, text: &str) -> bool {
        let text = squeezed(text);
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
        let hiragana = bare.chars().any(|c| matches!(c, 'ぁ'..='ん'));
        let japanese = bare.chars().filter(|c| !c.is_ascii()).count();
        japanese <= if hiragana { 2 } else { SHORT } || self.0.contains(bare)
    }

    /// A line with what is no fact struck out.
    fn left_of(&self, line: &str) -> String {
        let mut kept = String::new();
        for part in line.split_inclusive(char::is_whitespace) {
            if self.hold(part) {
                kept.push_str(part);
                continue;
            }
            if !kept.trim_end().ends_with(STRUCK) {
                kept.push_str(STRUCK);
            }
            kept.push_str(&part[part.trim_end().len()..]);
        }
        kept
    }
}

fn squeezed(text: &str) -> String {
    narrow(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

#[test]
fn sentences_go_and_facts_stay_on_their_lines() {
    use meguri_core::evaluation::SheetText;
    use meguri_core::source::Settled;
    let sourced = |text: &str| Sourced {
        value: text.to_owned(),
        line: 2,
        settled: Settled::Printed,
    };
    let text = SheetText {
        field: "result".to_owned(),
        year: None,
        paragraphs: Some(vec![
            sourced("遊歩道に苗木を30本植えました。"),
            sourced("来年も続けます。"),
        ]),
    };
    let mut document = Document {
        sheets: vec![Sheet {
            texts: vec![text],
            sections: vec![sourced("みどりの課")],
            ..Sheet::default()
        }],
        lines: [
            "1 みどりの課\tA\t遊歩道に苗木を",
            "30本植えました。",
            "  来年も続けます。",
            "12,345",
        ]
        .map(str::to_owned)
        .to_vec(),
        ..Document::default()
    };
    facts_only(&mut document, |_| "成果".to_owned());
    assert_eq!(
        document.lines,
        [
            "1 みどりの課\tA\t（本文略）",
            "（本文略）",
            "  （本文略）",
            "12,345"
        ]
    );
    let paragraphs = document.sheets[0].paragraphs("result");
    assert_eq!(paragraphs.len(), 1);
    assert_eq!(
        paragraphs[0].value,
        "（見本の文章）この欄には「成果」を記載します。"
    );
}
