//! A document as a workbook in the shape in which it is printed: one worksheet a sheet, figures as
//! numbers, totals, counts and rates as formulas with their results.
//!
//! It is made of the data that layouts of papers get (`meguri_report::data`), so that paper and
//! workbook say the same. A formula stands only where it gives what the document says; else the
//! value stands alone. State is told by words and signs.

mod figures;
mod overview;
mod page;
mod projects;

use figures::Marks;
use meguri_report::data::Data;
use meguri_report::data::field::{FieldData, PhaseData};
use meguri_report::data::sheet::SheetData;
use meguri_workbook::book::Names;
use meguri_workbook::{Book, Moment, Sheet};
use page::Page;

/// What is said of the workbook.
const NOTE: &str = "数値は、文書に印字されている値です。合計・件数・達成率のうち、各行の値から計算した結果が印字と\
                    一致するものは数式にしています。「＊」は、印字がないため計算した達成率です。";

/// The workbook of a document.
pub(super) fn book(data: &Data, moment: Moment, ratios: &[Vec<bool>]) -> Book {
    let mut names = Names::default();
    let mut sheets = vec![cover(data, names.name("表紙"))];
    if data.book {
        sheets.extend(overview::sheet(data, &mut names));
    }
    for (place, sheet) in data.sheets.iter().enumerate() {
        let name = names.name(&format!("{} {}", place + 1, short(sheet)));
        let ratios = ratios.get(place).map_or(&[][..], Vec::as_slice);
        sheets.push(of_sheet(data, sheet, name, ratios));
    }
    Book {
        title: data.title.clone(),
        author: data.city.clone(),
        moment,
        sheets,
        names: Vec::new(),
    }
}

fn short(sheet: &SheetData) -> String {
    match (sheet.number.as_str(), sheet.name.as_str()) {
        ("", "") => sheet.label.clone(),
        (number, name) => format!("{number}{name}"),
    }
}

fn foot(data: &Data) -> String {
    let version = if data.draft {
        "案"
    } else {
        data.version.as_str()
    };
    format!(
        "{}　{}　{}（{}）",
        data.city, data.title, version, data.date
    )
}

fn cover(data: &Data, name: String) -> Sheet {
    let mut page = Page::new(name, foot(data));
    page.title(&data.title, data.draft);
    let lines = [
        ("団体", data.city.as_str()),
        ("計画", data.plan.as_str()),
        ("文書", data.kind.as_str()),
        ("版", data.version.as_str()),
        ("日付", data.date.as_str()),
        ("正誤", data.note.as_str()),
    ];
    for (label, text) in lines {
        if !text.is_empty() {
            page.labelled(label, text);
        }
    }
    page.space();
    page.note(NOTE);
    for tally in &data.tallies {
        overview::tally(&mut page, tally);
    }
    page.end()
}

fn of_sheet(data: &Data, sheet: &SheetData, name: String, ratios: &[bool]) -> Sheet {
    let mut page = Page::new(name, foot(data));
    page.title(&sheet.label, data.draft);
    let year = sheet.year.as_ref().map_or("", |year| year.long.as_str());
    page.labelled_some("評価年度", year);
    for step in &sheet.path {
        page.labelled(&step.level, format!("{} {}", step.number, step.name).trim());
    }
    if let Some(from) = sheet.relisted_from {
        page.labelled("再掲", &format!("シート{from}の再掲"));
    }
    page.labelled_some("区分", &sheet.programme);
    schedule(&mut page, sheet);
    let mut marks = Marks::default();
    for phase in &sheet.phases {
        of_phase(&mut page, sheet, phase, (&mut marks, ratios));
    }
    page.end()
}

fn schedule(page: &mut Page, sheet: &SheetData) {
    if sheet.schedule.is_empty() {
        return;
    }
    let steps = sheet.schedule.iter().map(|step| {
        let year = step
            .year
            .as_ref()
            .map_or("（年度不明）", |year| year.long.as_str());
        (year.to_owned(), step.word.clone())
    });
    page.across("年次計画", &steps.collect::<Vec<_>>());
}

fn of_phase(
    page: &mut Page,
    sheet: &SheetData,
    phase: &PhaseData,
    (marks, ratios): (&mut Marks, &[bool]),
) {
    page.space();
    page.band(format!("{}　{}", phase.label, phase.name).trim());
    for field in &phase.fields {
        match field.kind {
            "sections" => {
                page.labelled_some(&field.label, &sheet.sections.join("、"));
                page.labelled_some("関連課", &sheet.related.join("、"));
            }
            "indicators" => figures::table(page, &field.label, sheet, (&mut *marks, ratios)),
            "projects" => projects::tables(page, &field.label, sheet),
            "grades" => grades(page, field),
            _ => texts(page, field),
        }
    }
}

fn texts(page: &mut Page, field: &FieldData) {
    if field.missing {
        page.labelled(&field.label, "（記載なし）");
    }
    for text in &field.texts {
        let label = match &text.year {
            Some(year) => format!("{}（{}）", field.label, year.long),
            None => field.label.clone(),
        };
        let words = if text.lost {
            "（原本で欠落）".to_owned()
        } else {
            text.paragraphs.join("\n")
        };
        page.labelled(&label, &words);
    }
}

fn grades(page: &mut Page, field: &FieldData) {
    if field.missing {
        page.labelled(&field.label, "（記載なし）");
    }
    for grade in &field.grades {
        let label = if grade.stage.is_empty() {
            field.label.clone()
        } else {
            format!("{}（{}）", field.label, grade.stage)
        };
        page.grade(&label, grade);
    }
}
