//! XML that asks for more than it is, and cells that only look like something.

use super::{Case, ROW, SHEET, replaced, rows, with};
use crate::zip::{Part, parts, sheet, texts};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = of_markup();
    cases.extend(of_contents());
    cases
}

fn of_markup() -> Vec<Case> {
    let declared = |entity: &str, rest: &str| {
        let head = format!("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b {entity}>]>");
        replaced(SHEET, format!("{head}{rest}").as_bytes())
    };
    let laughs = format!("\"{}\"", "ha".repeat(50));
    let named = sheet(r#"<row><c t="inlineStr"><is><t>&b;</t></is></c></row>"#);
    let wide: Vec<u8> = std::iter::once(0xfeff)
        .chain(sheet(ROW).encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=\"1\"")).collect();
    let attributes = sheet(ROW).replace("<row", &format!("<row{attributes}"));
    let deep = format!("{}{}", "<a>".repeat(300_000), "</a>".repeat(300_000));
    vec![
        ("entities", declared(&laughs, &sheet(ROW)), "refused"),
        (
            "a file as an entity",
            declared("SYSTEM \"file:///etc/passwd\"", &named),
            "refused",
        ),
        ("UTF-16", replaced(SHEET, &wide), "refused"),
        (
            "no text at all",
            replaced(SHEET, &[0xff, 0xfe, 0x00, 0x80]),
            "refused",
        ),
        (
            "cut XML",
            replaced(SHEET, b"<worksheet><sheetData><row><c><v>"),
            "refused",
        ),
        ("no XML", replaced(SHEET, b"hello"), "refused"),
        (
            "200,000 attributes",
            replaced(SHEET, attributes.as_bytes()),
            "",
        ),
        (
            "300,000 elements deep",
            replaced(SHEET, sheet(&deep).as_bytes()),
            "",
        ),
    ]
}

fn of_contents() -> Vec<Case> {
    let phonetic = "<si><r><t>環境課</t></r><rPh sb=\"0\" eb=\"3\"><t>カンキョウカ</t></rPh><phoneticPr fontId=\"1\"/></si>";
    let formula = |f: &str| format!(r#"<row r="1"><c r="A1" t="str"><f>{f}</f><v>7</v></c></row>"#);
    let shared = parts(r#"<row><c t="s"><v>0</v></c></row>"#);
    let link = Part::new("xl/externalLinks/externalLink1.xml", b"<a/>");
    let dde = r#"<row><c t="inlineStr"><is><t>=cmd|'/c calc'!A0</t></is></c></row>"#;
    let numbers = "<row><c><v>1e999</v></c><c><v>NaN</v></c><c><v>1e308</v></c></row>";
    vec![
        (
            "phonetic guides",
            with(shared, vec![texts("1", phonetic)]),
            "read 1 環境課\n",
        ),
        (
            "a link to another workbook",
            with(parts(&formula("[1]Sheet1!A1")), vec![link]),
            "read 1 7",
        ),
        ("DDE", rows(&formula("cmd|'/c calc'!A0")), "read 1 7"),
        ("DDE as a text", rows(dde), "read 1 =cmd"),
        (
            "a text that is not there",
            rows(r#"<row><c t="s"><v>99999999999</v></c></row>"#),
            "",
        ),
        (
            "a look that is not there",
            rows(r#"<row><c s="99999999999"><v>1</v></c></row>"#),
            "",
        ),
        ("numbers that are none", rows(numbers), ""),
        (
            "words for a number",
            rows("<row><c><v>abc</v></c></row>"),
            "",
        ),
    ]
}
