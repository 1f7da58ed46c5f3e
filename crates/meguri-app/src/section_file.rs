//! The city's list of sections (課) as people keep it: a table with a head, pasted from a spreadsheet or
//! read from CSV.
//!
//! | head | what stands there |
//! |---|---|
//! | 課 | the name; required |
//! | 部 | the department that it belongs to |
//! | 識別名 | a word that stays when the name changes; the name itself where it is empty |
//! | 最初の年度, 最後の年度 | the fiscal years in which the name holds; empty = open |
//! | 引き継いだ課 | names or 識別名 of the sections that took over its work, parted by 「、」 |

mod fault;
mod table;

pub use fault::SectionFault;

use meguri_core::fiscal_year::FiscalYear;
use meguri_core::plan::{Section, SectionRegister};
use meguri_core::text::name_key;

/// Sections that a list may have.
const MOST: usize = 5_000;

/// The heads, in the order in which a list is written.
const HEADS: [&str; 6] = [
    "課",
    "部",
    "識別名",
    "最初の年度",
    "最後の年度",
    "引き継いだ課",
];

/// Reads a list; all that is wrong with it, by its lines, where anything is.
///
/// # Errors
/// The faults, in the order of the lines.
pub fn read(text: &str) -> Result<SectionRegister, Vec<SectionFault>> {
    let rows = table::rows(text);
    let mut rows = rows.into_iter();
    let Some((line, head)) = rows.next() else {
        return Err(vec![SectionFault::of(
            1,
            "表がありません。1行目に見出し（課、部など）を書いてください。",
        )]);
    };
    let columns = columns(line, &head)?;
    let (mut sections, mut lines, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for (line, cells) in rows {
        match section(line, &cells, &columns) {
            Ok(section) => {
                sections.push(section);
                lines.push(line);
            }
            Err(found) => faults.extend(found),
        }
    }
    if sections.is_empty() && faults.is_empty() {
        faults.push(SectionFault::of(line, "見出しの下に課がありません。"));
    }
    if sections.len() > MOST {
        let words = format!("課は{MOST}件までです。");
        return Err(vec![SectionFault::of(line, words)]);
    }
    faults.extend(settle(&mut sections, &lines));
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() {
        Ok(SectionRegister { sections })
    } else {
        Err(faults)
    }
}

/// The list as a table parted by tabs, as it can be changed and read again.
#[must_use]
pub fn write(register: &SectionRegister) -> String {
    let mut lines = vec![HEADS.join("\t")];
    let year = |year: Option<FiscalYear>| year.map(|year| year.to_string()).unwrap_or_default();
    for section in &register.sections {
        let key = if section.key == name_key(&section.name) {
            ""
        } else {
            &section.key
        };
        let cells = [
            section.name.as_str(),
            section.department.as_deref().unwrap_or_default(),
            key,
            &year(section.from),
            &year(section.until),
            &section.successors.join("、"),
        ];
        lines.push(cells.join("\t"));
    }
    lines.join("\n")
}

/// The place of each head, in the order of [`HEADS`].
type Columns = [Option<usize>; 6];

fn columns(line: usize, head: &[String]) -> Result<Columns, Vec<SectionFault>> {
    let (mut columns, mut faults): (Columns, _) = ([None; 6], Vec::new());
    for (place, name) in head.iter().enumerate() {
        let name = name_key(name);
        if name.is_empty() {
            continue;
        }
        let known = HEADS.iter().position(|head| *head == name);
        match known.and_then(|known| columns.get_mut(known)) {
            Some(column) if column.is_none() => *column = Some(place),
            Some(_) => faults.push(SectionFault::of(
                line,
                format!("見出し「{name}」が2つあります。"),
            )),
            None => faults.push(SectionFault::of(
                line,
                format!(
                    "「{name}」という見出しはありません。使える見出しは {} です。",
                    HEADS.join("、")
                ),
            )),
        }
    }
    if columns[0].is_none() {
        faults.push(SectionFault::of(
            line,
            "見出し「課」がありません。1行目に見出しを書いてください。",
        ));
    }
    if faults.is_empty() {
        Ok(columns)
    } else {
        Err(faults)
    }
}

/// One line; successors are still as written.
fn section(line: usize, cells: &[String], columns: &Columns) -> Result<Section, Vec<SectionFault>> {
    let cell = |head: usize| {
        let place = columns.get(head).copied().flatten();
        place
            .and_then(|place| cells.get(place))
            .map_or("", |cell| cell.trim())
    };
    let mut faults = Vec::new();
    let name = cell(0);
    if name_key(name).is_empty() {
        faults.push(SectionFault::of(line, "課の名称がありません。"));
    }
    for text in [name, cell(1), cell(2)] {
        if text.chars().count() > 100 || text.chars().any(char::is_control) {
            faults.push(SectionFault::of(
                line,
                "名称は100字以内の1行で書いてください。",
            ));
        }
    }
    let mut year = |head: usize| match cell(head) {
        "" => None,
        text => {
            let parsed = FiscalYear::parse(text);
            if parsed.is_none() {
                let words = format!(
                    "「{text}」を年度として読めません。「令和5年度」又は「2023」のように書いてください。"
                );
                faults.push(SectionFault::of(line, words));
            }
            parsed
        }
    };
    let (from, until) = (year(3), year(4));
    if from.zip(until).is_some_and(|(from, until)| until < from) {
        faults.push(SectionFault::of(
            line,
            "最後の年度が、最初の年度より前です。",
        ));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let successors = cell(5).split(['、', ',', '，']).map(str::trim);
    Ok(Section {
        key: if cell(2).is_empty() {
            name_key(name)
        } else {
            cell(2).to_owned()
        },
        name: name.to_owned(),
        from,
        until,
        successors: successors
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
            .collect(),
        department: Some(cell(1))
            .filter(|name| !name.is_empty())
            .map(str::to_owned),
    })
}

/// Gives successors their keys, and looks for names that two sections have in one year.
fn settle(sections: &mut [Section], lines: &[usize]) -> Vec<SectionFault> {
    let mut faults = Vec::new();
    let known: Vec<Section> = sections.to_vec();
    for (place, (section, line)) in sections.iter_mut().zip(lines).enumerate() {
        for successor in &mut section.successors {
            let is = |one: &&Section| {
                one.key == *successor || name_key(&one.name) == name_key(successor)
            };
            match known.iter().find(is) {
                Some(found) if found.key == section.key => faults.push(SectionFault::of(
                    *line,
                    "引き継いだ課に、その課自身が書かれています。",
                )),
                Some(found) => successor.clone_from(&found.key),
                None => faults.push(SectionFault::of(
                    *line,
                    format!("引き継いだ課「{successor}」が、この表にありません。"),
                )),
            }
        }
        let earlier = known.iter().zip(lines).take(place);
        let same = |(other, _): &(&Section, &usize)| {
            let alike =
                other.key == section.key || name_key(&other.name) == name_key(&section.name);
            alike && overlap(other, section)
        };
        if let Some((_, other)) = earlier.clone().find(same) {
            let words = format!(
                "{other}行目と同じ課が、同じ年度にあります。年度を分けるか、一方を消してください。"
            );
            faults.push(SectionFault::of(*line, words));
        }
    }
    faults
}

/// Is there a fiscal year in which both hold?
fn overlap(one: &Section, other: &Section) -> bool {
    let begins = |section: &Section, until: Option<FiscalYear>| {
        section
            .from
            .zip(until)
            .is_none_or(|(from, until)| from <= until)
    };
    begins(one, other.until) && begins(other, one.until)
}

#[cfg(test)]
mod tests;
