//! Sentences and names of the invented city for evaluation sheets, and the wrapping of a printed
//! cell. All prose is our own.

use crate::words::{self, CITY, pick};
use fastrand::Rng;

const OBJECTS: [&str; 10] = [
    "見守り活動",
    "相談窓口",
    "ICT機器の導入",
    "施設の更新",
    "多世代の居場所",
    "SNSでの発信",
    "担い手の育成",
    "保護・支援の体制",
    "現場の声の把握",
    "データの整備",
];
const WANTS: [&str; 6] = [
    "への対応が必要です。",
    "が引き続き課題です。",
    "を一層進める必要があります。",
    "に時間を要しています。",
    "の周知がなお足りません。",
    "への理解を広げることが求められます。",
];
const SCALES: [[&str; 4]; 3] = [
    [
        "順調である",
        "おおむね順調である",
        "やや遅れている",
        "遅れている",
    ],
    [
        "目標を上回った",
        "目標を達成した",
        "一部を達成した",
        "達成できなかった",
    ],
    ["Ａ（高い）", "Ｂ（中程度）", "Ｃ（低い）", "Ｄ（見直し）"],
];
const MORE_SECTIONS: [&str; 8] = [
    "議会事務局",
    "出納グループ",
    "西部支所",
    "みどり係",
    "市史編さん班",
    "水道部",
    "ことば・きこえ教室",
    "郷土博物館",
];

/// One of the scales of attainment that a city may use.
pub(super) fn scale(rng: &mut Rng) -> [&'static str; 4] {
    SCALES[rng.usize(..SCALES.len())]
}

/// A section, now and then with an ending that is not 課.
pub(super) fn section(rng: &mut Rng) -> &'static str {
    if rng.u8(..4) == 0 {
        pick(rng, &MORE_SECTIONS)
    } else {
        words::section(rng)
    }
}

/// A project; `long` names fill two lines of a narrow cell.
pub(super) fn project(rng: &mut Rng, long: bool) -> String {
    let plain = words::project(rng);
    if long {
        let first = words::project(rng);
        return format!(
            "{first}（{}計画・{plain}等）の策定・進行管理事業",
            OBJECTS[0]
        );
    }
    match rng.u8(..12) {
        0 => format!("{plain}（第{}期）", rng.u8(1..5)),
        1 => format!(
            "都市計画道路{}･{}･{}号線整備事業",
            rng.u8(1..9),
            rng.u8(1..9),
            rng.u8(1..30)
        ),
        2 => format!("ＤＸ・{plain}"),
        3 => format!("{plain}特別会計繰出金"),
        4 => format!("SDGs{plain}（高齢）"),
        5 => format!("「{CITY}の日」{plain}"),
        _ => plain,
    }
}

/// One item of 成果: one to three sentences.
pub(super) fn outcome(rng: &mut Rng) -> String {
    several(rng, words::deed)
}

/// One item of a plan or a direction.
pub(super) fn plan(rng: &mut Rng) -> String {
    several(rng, words::plan)
}

/// One item of 課題.
pub(super) fn issue(rng: &mut Rng) -> String {
    several(rng, |rng| {
        format!("{}{}", pick(rng, &OBJECTS), pick(rng, &WANTS))
    })
}

/// Why the sheet was judged so.
pub(super) fn reason(rng: &mut Rng, grade: &str) -> String {
    format!(
        "{}と{}が計画の線に沿っているため、「{grade}」と判断しました。",
        pick(rng, &OBJECTS),
        pick(rng, &OBJECTS)
    )
}

/// What a footnote says.
pub(super) fn note(rng: &mut Rng, year: &str) -> String {
    match rng.u8(..3) {
        0 => format!("{year}に調査"),
        1 => format!("{year}までの累計"),
        _ => format!("{year}に指標を見直す予定"),
    }
}

/// The purpose of the management sheet: paragraphs.
pub(super) fn purpose(rng: &mut Rng) -> Vec<String> {
    (0..rng.usize(1..3))
        .map(|_| format!("{}{}", words::plan(rng), words::plan(rng)))
        .collect()
}

fn several(rng: &mut Rng, sentence: impl Fn(&mut Rng) -> String) -> String {
    let mut text = String::new();
    match rng.u8(..5) {
        0 => text.push_str(&format!(
            "「{CITY}{}計画」（{}～{}年度）に基づき、",
            pick(rng, &OBJECTS),
            rng.u8(2..9),
            rng.u8(9..14)
        )),
        1 => text.push_str(&format!(
            "{}（{}・{}を含む。）では、",
            pick(rng, &OBJECTS),
            pick(rng, &OBJECTS),
            pick(rng, &OBJECTS)
        )),
        2 => text.push_str(&format!("{}か所の現場で、", rng.u8(2..90))),
        _ => {}
    }
    for _ in 0..rng.usize(1..4) {
        text.push_str(&sentence(rng));
    }
    text
}

/// Characters that a Japanese line never begins with.
const NOT_FIRST: &str = "、。・）」』！？ー～％：ァィゥェォッャュョぁぃぅぇぉっゃゅょ々･)%,.";
/// Characters that a Japanese line never ends with.
const NOT_LAST: &str = "（「『(";

/// Wraps a text at about `width` characters by the rules of Japanese line breaking, so that no line
/// within an item begins with the mark of a new item.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut length = 0;
    for letter in text.chars() {
        if length >= width && !NOT_FIRST.contains(letter) && !line.ends_with(opens) {
            lines.push(std::mem::take(&mut line));
            length = 0;
        }
        line.push(letter);
        length += 1;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn opens(letter: char) -> bool {
    NOT_LAST.contains(letter) || letter.is_ascii_digit()
}
