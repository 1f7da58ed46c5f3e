//! Archives whose directory lies, or that are no workbooks.

use super::{Case, ROW, SHEET, WORKBOOK, changed, with};
use crate::zip::{Part, archive, parts, sheet};

pub(super) fn cases() -> Vec<Case> {
    let mut cases = of_other_files();
    cases.extend(of_cut_files());
    cases.extend(of_lies());
    cases.extend(of_parts());
    cases
}

fn of_other_files() -> Vec<Case> {
    let sound = archive(&parts(ROW));
    let ole = |words: &str| {
        let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        file.extend([0; 600]);
        file.extend(words.encode_utf16().flat_map(u16::to_le_bytes));
        file.extend([0; 600]);
        file
    };
    let ods = [
        Part::new(
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        Part::new("content.xml", b"<a/>"),
    ];
    let page = b"<html><table><tr><td>1</td></tr></table></html>".to_vec();
    vec![
        ("sound", sound.clone(), "read 1 "),
        ("empty", Vec::new(), "refused"),
        ("two letters", b"PK".to_vec(), "refused"),
        (
            "a text",
            "団体,計画\r\n1,2\r\n".as_bytes().to_vec(),
            "refused",
        ),
        ("a page", page, "refused"),
        ("a password", ole("EncryptedPackage"), "refused パスワード"),
        ("an old workbook", ole("Workbook"), "refused 古い形式"),
        (
            "an archive in an archive",
            archive(&[Part::new("inner.xlsx", &sound)]),
            "refused",
        ),
        ("ods", archive(&ods), "refused"),
    ]
}

fn of_cut_files() -> Vec<Case> {
    let sound = archive(&parts(ROW));
    let cut = |at: usize| sound.get(..at).expect("long enough").to_vec();
    let mut with_comment = sound.clone();
    let length = with_comment.len();
    with_comment[length - 2] = 0xff;
    with_comment[length - 1] = 0xff;
    with_comment.extend(b"PK\x05\x06".repeat(16_383));
    vec![
        ("cut in the middle", cut(sound.len() / 2), "refused"),
        ("cut by a byte", cut(sound.len() - 1), "refused"),
        ("cut in the directory", cut(sound.len() - 60), "refused"),
        ("a false end in a comment", with_comment, "refused"),
    ]
}

fn of_lies() -> Vec<Case> {
    let big = sheet(&" ".repeat(14_000_000));
    let grows = changed(SHEET, |part| {
        *part = Part::new(SHEET, big.as_bytes());
        part.size = 500;
    });
    let far = changed(SHEET, |part| part.said_packed = Some(90_000_000));
    let spoilt = changed(SHEET, |part| {
        part.packed.iter_mut().for_each(|byte| *byte ^= 0x5a);
    });
    let of_size = |size: u32| changed(SHEET, |part| part.size = size);
    vec![
        ("unpacks to more than it says", grows, "refused"),
        (
            "says more than it unpacks to",
            of_size(3_000_000_000),
            "refused",
        ),
        ("sizes of 64 bits", of_size(u32::MAX), "refused"),
        (
            "a wrong sum",
            changed(SHEET, |part| part.crc ^= 1),
            "refused",
        ),
        (
            "another packing",
            changed(SHEET, |part| part.method = 12),
            "refused",
        ),
        (
            "an encrypted part",
            changed(SHEET, |part| part.flags = 1),
            "refused パスワード",
        ),
        ("a part that ends behind the file", far, "refused"),
        ("spoilt packing", spoilt, "refused"),
    ]
}

fn of_parts() -> Vec<Case> {
    let mut twice = parts(ROW);
    twice.push(Part::new(SHEET, sheet("").as_bytes()));
    let without = |name: &str| {
        let all = parts(ROW).into_iter();
        archive(
            &all.filter(|part| part.name != name.as_bytes())
                .collect::<Vec<_>>(),
        )
    };
    let in_cp932 = Part {
        name: b"xl/media/\x8e\x96\x8b\xc6.png".to_vec(),
        ..Part::new("x", b"a")
    };
    let beside = |part: Part| with(parts(ROW), vec![part]);
    let inner = archive(&parts(ROW));
    let climbs = Part::new("../../../../etc/passwd.xml", b"<a/>");
    vec![
        ("two parts of a name", archive(&twice), "refused"),
        ("no list of sheets", without(WORKBOOK), "refused"),
        ("a sheet that is not there", without(SHEET), "refused"),
        (
            "no list of types",
            without("[Content_Types].xml"),
            "refused",
        ),
        ("a name that climbs", beside(climbs), "read 1 "),
        ("a name in CP932", beside(in_cp932), "read 1 "),
        (
            "macros",
            beside(Part::new("xl/vbaProject.bin", &[7; 9_000])),
            "read 1 ",
        ),
        (
            "an archive beside the sheets",
            beside(Part::new("xl/embeddings/a.zip", &inner)),
            "read 1 ",
        ),
    ]
}
