//! Names of a city's sections: 課, 室, 担当, センター and the like.

/// The endings of names of organisational units, in any Japanese municipality.
const UNIT_ENDINGS: [&str; 24] = [
    "課",
    "室",
    "局",
    "係",
    "部",
    "署",
    "所",
    "館",
    "担当",
    "センター",
    "事務局",
    "委員会",
    "チーム",
    "グループ",
    "プラザ",
    "園",
    "学校",
    "支所",
    "出張所",
    "本部",
    "会計",
    "公社",
    "財団",
    "協議会",
];

/// Does a text look like the name of one section? (A short name with the ending of a unit.)
#[must_use]
pub fn is_section_name(text: &str) -> bool {
    let text = text.trim();
    let length = text.chars().count();
    (2..=24).contains(&length)
        && !text.contains(['。', '、', '「', '」', ' ', '\u{3000}', '\t'])
        && UNIT_ENDINGS.iter().any(|ending| text.ends_with(ending))
}

/// Splits `政策課／財政課`, `政策課、財政課` into sections. `・` joins words within a name and does
/// not split.
#[must_use]
pub fn split_sections(text: &str) -> Vec<&str> {
    text.split(['／', '/', '、', '，', ','])
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .collect()
}
