//! V027: two units within one indicator of one paper.

use crate::evaluation::Document;
use crate::figure::{Figure, is_unit};
use crate::plan::{Indicator, YearFigure};
use crate::text::{narrow, spelling_key};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};

pub(crate) const RULE: Rule = Rule {
    code: "V027",
    title: "一つの指標に単位が二つある",
    looks_at: "一つの指標の目標の行と実績の行に印字された単位、値に付けて書かれた単位を比べます。",
    why: "単位を打ち間違えると、数の意味が変わります。目標と実績の単位が違えば、達成率にも意味がありません。",
    example: "目標の単位は「人」、実績の単位は「件」となっている。",
    remedy: "どちらの単位が正しいかを確認し、そろえてください。",
    basis: "一つの指標の目標と実績は、同じ単位で測ります。「人」と「人／年」のように、括弧や「／」の後だけが違うものは同じとみなします。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, sheet) in subject.sheets() {
        for indicator in &sheet.indicators {
            let units = units(document, indicator);
            let mut others = units.iter().skip(1);
            let Some(first) = units.first() else { continue };
            let Some(other) = others.find(|other| key(&other.unit) != key(&first.unit)) else {
                continue;
            };
            let message = format!(
                "{}の単位は「{}」、{}の単位は「{}」です。",
                first.row, first.unit, other.row, other.unit
            );
            let place = Place::sheet(document, sheet)
                .row(indicator.label())
                .field("単位")
                .at(other.line, other.unit.clone());
            let hint = "どちらの単位が正しいかを確認し、そろえてください。";
            let finding = Finding::new(RULE.code, Severity::Warning, place, message, hint);
            findings.push(finding.figures(&other.unit, &first.unit));
        }
    }
}

/// A unit with the row that prints it.
struct Printed {
    row: &'static str,
    unit: String,
    line: u32,
}

fn units(document: &Document, indicator: &Indicator) -> Vec<Printed> {
    let rows: [(&'static str, &[YearFigure]); 2] =
        [("目標", &indicator.targets), ("実績", &indicator.actuals)];
    let mut units = Vec::new();
    for (row, figures) in rows {
        let Some(line) = figures.first().map(|figure| figure.figure.line) else {
            continue;
        };
        let text = (line as usize)
            .checked_sub(1)
            .and_then(|at| document.lines.get(at));
        let unit = text.and_then(|text| unit_behind(text, row));
        units.extend(unit.map(|unit| Printed { row, unit, line }));
        let glued = figures.iter().find_map(|figure| {
            let unit = glued_unit(&figure.figure.value)?;
            Some((unit, figure.figure.line))
        });
        units.extend(glued.map(|(unit, line)| Printed { row, unit, line }));
    }
    units
}

/// The unit between the label of a row and its figures: `実績 件 1,130 1,254`.
fn unit_behind(line: &str, row: &str) -> Option<String> {
    let line = narrow(line);
    let mut words = line.split_whitespace().skip_while(|word| *word != row);
    words.next()?;
    let unit = words.next()?;
    let figure = Figure::parse(unit)?;
    // Rows of words (`実績 実施 実施`) have no unit that can be told from their values.
    let is_unit = figure.number().is_none() && !figure.is_dash();
    let mut behind = words;
    let counted = behind.any(|word| Figure::parse(word).is_some_and(|f| f.number().is_some()));
    (is_unit && counted && !unit.chars().any(|c| c.is_ascii_digit())).then(|| unit.to_owned())
}

/// The unit that is written at a figure itself: `1,289件`, without its multiple (4.8万人 in 人).
fn glued_unit(figure: &Figure) -> Option<String> {
    figure.number()?;
    let printed = narrow(&figure.printed);
    let behind = printed
        .trim_start_matches(|c: char| !c.is_alphabetic() && c != '%')
        .trim_end();
    let behind = behind.trim_start_matches(['千', '万', '億']);
    is_unit(behind).then(|| behind.to_owned())
}

/// A unit without what stands in brackets or behind a stroke; 名 counts people as 人 does.
fn key(unit: &str) -> String {
    let key = spelling_key(unit);
    let end = key.find(['(', '/']).unwrap_or(key.len());
    let key = key.get(..end).filter(|key| !key.is_empty()).unwrap_or(&key);
    match key {
        "名" => "人".to_owned(),
        key => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_told_from_values() {
        let unit = |line: &str| unit_behind(line, "実績");
        assert_eq!(unit("実績 件 1,130 1,254").as_deref(), Some("件"));
        assert_eq!(unit("2 相談 実績 人 1,130").as_deref(), Some("人"));
        assert_eq!(unit("実績 1,130 1,254"), None);
        assert_eq!(unit("実績 実施 実施 実施"), None);
        assert_eq!(unit("実績 － 1,254"), None);
        let glued = |text: &str| Figure::parse(text).and_then(|figure| glued_unit(&figure));
        assert_eq!(glued("1,289件").as_deref(), Some("件"));
        assert_eq!(glued("4.8万人").as_deref(), Some("人"));
        assert_eq!(glued("1,289(速報値)"), None);
        assert_eq!(glued("1,289※"), None);
        assert_eq!(key("人／年"), key("人"));
        assert_eq!(key("ヶ所"), key("か所"));
        assert_ne!(key("千人"), key("人"));
        assert_eq!(key("％"), key("%"));
    }
}
