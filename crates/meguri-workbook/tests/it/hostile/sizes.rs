//! Cells and texts that are far away, too many or too long; heads that claim more than there is.

use super::{Case, ROW, SHEET, WORKBOOK, replaced, rows, with};
use crate::zip::{archive, parts, sheet, texts, with_sheets};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = of_places();
    cases.extend(of_texts());
    cases.extend(of_amounts());
    cases.extend(of_claims());
    cases
}

fn of_places() -> Vec<Case> {
    let cell = |at: &str| rows(&format!(r#"<row><c r="{at}"><v>1</v></c></row>"#));
    vec![
        ("far cell", cell("XFD1048576"), "read 1 "),
        ("cell beyond the last column", cell("XFE1"), "refused"),
        ("cell beyond the last row", cell("A1048577"), "refused"),
        ("row of twelve digits", cell("A999999999999"), "refused"),
        (
            "column of twenty letters",
            cell("AAAAAAAAAAAAAAAAAAAA1"),
            "refused",
        ),
        ("row zero", cell("A0"), ""),
        ("cell without letters", cell("12"), "refused"),
    ]
}

fn of_texts() -> Vec<Case> {
    let megabytes = |count: usize| "あいうえおかきくけこ".repeat(count * 33_333);
    let one = |text: &str| texts("1", &format!("<si><t>{text}</t></si>"));
    let shared = r#"<row><c t="s"><v>0</v></c></row>"#;
    let many = format!("<row>{}</row>", r#"<c t="s"><v>0</v></c>"#.repeat(100_000));
    let inline = format!(
        r#"<row><c t="inlineStr"><is><t>{}</t></is></c></row>"#,
        megabytes(14)
    );
    let huge = "a".repeat(256_000_000);
    let long = "あ".repeat(10_000);
    vec![
        (
            "one text of 256 MB",
            with(parts(shared), vec![one(&huge)]),
            "refused",
        ),
        (
            "one text of 9 MB",
            with(parts(shared), vec![one(&megabytes(9))]),
            "",
        ),
        ("one text of 14 MB in its cell", rows(&inline), ""),
        (
            "a long text in 100,000 cells",
            with(parts(&many), vec![one(&long)]),
            "refused",
        ),
    ]
}

fn of_amounts() -> Vec<Case> {
    let numbers = 0..10_000;
    let sheets: Vec<(String, String)> = numbers
        .clone()
        .map(|n| (format!("S{n}"), sheet(ROW)))
        .collect();
    let sheets: Vec<(&str, &str)> = sheets
        .iter()
        .map(|(n, x)| (n.as_str(), x.as_str()))
        .collect();
    let listed: String = numbers
        .map(|n| format!(r#"<sheet name="S{n}" sheetId="{}" r:id="rId1"/>"#, n + 1))
        .collect();
    let listed = format!(
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{listed}</sheets></workbook>"#
    );
    let blank: String = (1..=9_000)
        .map(|row| {
            let letters = (b'A'..=b'Z').map(char::from);
            let cells: String = letters
                .map(|a| format!(r#"<c r="{a}{row}" s="0"/><c r="A{a}{row}" s="0"/>"#))
                .collect();
            format!(r#"<row r="{row}">{cells}</row>"#)
        })
        .collect();
    let hidden = blank.replace("<c ", "<x:c ");
    let spaces = format!("{ROW}<!--{}-->", " ".repeat(15_000_000));
    vec![
        ("10,000 sheets", archive(&with_sheets(&sheets)), "refused"),
        (
            "10,000 sheets of one part",
            replaced(WORKBOOK, listed.as_bytes()),
            "refused",
        ),
        ("468,000 blank cells", rows(&blank), "refused"),
        ("the same under a prefix", rows(&hidden), "refused"),
        ("a thousand to one", rows(&spaces), "refused"),
    ]
}

fn of_claims() -> Vec<Case> {
    let whole = sheet(ROW).replace(
        "<sheetData>",
        r#"<dimension ref="A1:XFD1048576"/><sheetData>"#,
    );
    let claims = |count: &str| with(parts(ROW), vec![texts(count, "<si><t>a</t></si>")]);
    let formula =
        r#"<row><c r="A1"><f t="shared" ref="A1:A9" si="1000000000000">B1</f><v>1</v></c></row>"#;
    vec![
        (
            "claims the whole sheet",
            replaced(SHEET, whole.as_bytes()),
            "read 1 ",
        ),
        (
            "claims 10^18 texts",
            claims("1000000000000000000"),
            "read 1 ",
        ),
        ("claims 10^10 texts", claims("10000000000"), "read 1 "),
        ("a shared formula of number 10^12", rows(formula), "read 1 "),
    ]
}
