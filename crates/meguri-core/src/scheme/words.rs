//! What the fields, levels and axes that the readers know are called in Japanese, for papers whose
//! scheme does not name them. A key is for programs: a person never reads it.

/// The name of a field of a sheet or of a reading, by its key; of an unknown one a general word.
///
/// A key may carry a part behind a `/`, a dot or a space (`target/R4`).
#[must_use]
pub fn field_word(key: &str) -> &'static str {
    let head = key.split(['/', '.', ' ']).next().unwrap_or(key);
    word_of(&FIELDS, head).unwrap_or("その他の欄")
}

/// The name of a level of a plan, by its key; of an unknown one a general word.
#[must_use]
pub fn level_word(key: &str) -> &'static str {
    word_of(&LEVELS, key).unwrap_or("区分")
}

/// The name of an axis of next year's direction, by its key; of an unknown one a general word.
#[must_use]
pub fn axis_word(key: &str) -> &'static str {
    match key {
        "money" | "budget" => "予算の方向性",
        _ => "来年度の動向",
    }
}

/// The name of a plan, by its key; of an unknown one a general word.
#[must_use]
pub fn plan_word(key: &str) -> &'static str {
    word_of(&PLANS, key).unwrap_or("名称の設定がない計画")
}

fn word_of(words: &[(&str, &'static str)], key: &str) -> Option<&'static str> {
    let found = words.iter().find(|(known, _)| *known == key);
    found.map(|(_, word)| *word)
}

const PLANS: [(&str, &str); 5] = [
    ("evaluation", "施策評価"),
    ("midterm", "実行計画"),
    ("strategy", "総合戦略"),
    ("programs", "推進プログラム"),
    ("reform", "行財政改革プラン"),
];

const LEVELS: [(&str, &str); 13] = [
    ("goal", "基本目標"),
    ("policy", "方針"),
    ("theme", "テーマ"),
    ("management", "自治体経営方針"),
    ("project", "事業"),
    ("group", "基本的方向"),
    ("measure", "施策"),
    ("direction", "方向性"),
    ("program", "プログラム"),
    ("chapter", "柱"),
    ("item", "項目"),
    ("sub_item", "細項目"),
    ("section", "節"),
];

const FIELDS: [(&str, &str); 67] = [
    ("no", "番号"),
    ("number", "番号"),
    ("name", "名称"),
    ("label", "名称"),
    ("sub", "区分"),
    ("unit", "単位"),
    ("year", "年度"),
    ("fiscal_year", "年度"),
    ("baseline", "基準値"),
    ("target", "目標"),
    ("targets", "目標"),
    ("actual", "実績"),
    ("rate", "達成率"),
    ("note", "注"),
    ("notes", "注記"),
    ("footnotes", "注記"),
    ("section", "担当課"),
    ("sections", "所管課"),
    ("related_sections", "関連課"),
    ("account", "会計"),
    ("accounts_note", "会計"),
    ("kan", "款"),
    ("kou", "項"),
    ("moku", "目"),
    ("code", "事務事業コード"),
    ("cost", "事業費"),
    ("trend", "動向"),
    ("next_step", "動向"),
    ("next_steps", "動向の件数"),
    ("total", "合計"),
    ("trend_counts", "事業数"),
    ("approach", "取組の方針・内容"),
    ("situation", "現状と課題"),
    ("outcomes", "成果"),
    ("issues", "課題"),
    ("attainment", "目標達成度合い"),
    ("reason", "理由"),
    ("directions", "方向性"),
    ("direction", "方向性"),
    ("purpose", "趣旨"),
    ("content", "内容"),
    ("plan", "当初予定"),
    ("result", "取組実績"),
    ("plan_figures", "目標値"),
    ("result_figures", "実績値"),
    ("grade", "評価"),
    ("grades", "評価の件数"),
    ("status", "進捗状況"),
    ("progress", "年度ごとの実績"),
    ("summary", "概略"),
    ("chapter", "章"),
    ("kind", "実施・検討の別"),
    ("orientation", "主な取組の方向性"),
    ("items", "取組項目"),
    ("initial_plan", "年度当初予定"),
    ("achievements", "取組実績"),
    ("delayed", "遅れている取組"),
    ("delayed_name", "遅れている取組の名称"),
    ("delay_causes", "取組内容・要因"),
    ("delay_responses", "今後の対応"),
    ("indicators", "指標"),
    ("projects", "事業"),
    ("theme", "テーマ"),
    ("text", "本文"),
    ("page", "頁"),
    ("row", "行"),
    ("tag", "印"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_never_comes_back_as_its_own_name() {
        let keys = FIELDS.iter().chain(&LEVELS).chain(&PLANS);
        for key in keys.map(|(key, _)| *key).chain(["zz_unknown", ""]) {
            for word in [
                field_word(key),
                level_word(key),
                axis_word(key),
                plan_word(key),
            ] {
                assert!(
                    !word.is_empty() && !word.contains(|c: char| c.is_ascii_alphanumeric()),
                    "{key}: {word}"
                );
            }
        }
        assert_eq!(field_word("target/R4"), "目標");
        assert_eq!(level_word("goal"), "基本目標");
    }
}
