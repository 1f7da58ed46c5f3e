//! V029: a grade, or the words about all indicators, against the paper's own figures.

use super::legend::{Progress, explained};
use crate::evaluation::{Document, Sheet};
use crate::source::Sourced;
use crate::text::spelling_key;
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use crate::verify::scan::number_before;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

pub(crate) const RULE: Rule = Rule {
    code: "V029",
    title: "評価や文章が文書の数字と合わない",
    looks_at: "括弧に書かれた目標値・実績値（「市民管理の公園 30か所」など）と評価の記号（予定以上・予定どおり・遅れ）を比べます。また「全ての指標で目標を達成した」などの文と、達成率を比べます。",
    why: "評価は数字だけで決まるものではありませんが、数字と逆の評価は、読む人に説明が必要です。前年度の評価が残っている場合もあります。",
    example: "目標30か所に対して実績は8か所なのに、評価は「S」（予定以上）となっている。",
    remedy: "評価と数字のどちらかが古くないかを確認してください。数字以外の理由で評価した場合は、その理由が文章から分かるようにしてください。",
    basis: "文書の凡例で「以上」「どおり」「遅れ」と説明された評価だけを見ます。「どおり」は、実績が目標の8割に満たないときに示します。低いほど良いもの（件数の削減、滞納など）は見ません。いずれも「参考」です。",
    check,
};

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for document in subject.documents {
        let legend: BTreeMap<String, Progress> = document
            .lines
            .iter()
            .filter(|line| line.contains('」'))
            .filter_map(|line| explained(line))
            .collect();
        for sheet in &document.sheets {
            if let Some(grade) = sheet.judgement("grade") {
                let progress = legend.get(&grade.value.value);
                let progress = progress.copied();
                findings.extend(progress.and_then(|p| against_grade(document, sheet, p)));
            }
            findings.extend(against_words(document, sheet));
        }
    }
}

/// What a cell states in brackets: a label, a number and its unit.
struct Stated {
    key: String,
    text: String,
    value: Decimal,
    line: u32,
}

/// The statements of a sheet's fields.
fn stated(sheet: &Sheet, fields: [&str; 2]) -> Vec<Stated> {
    let texts = sheet
        .texts
        .iter()
        .filter(|t| fields.contains(&t.field.as_str()));
    let paragraphs = texts.flat_map(|text| text.paragraphs.iter().flatten());
    paragraphs.flat_map(in_brackets).collect()
}

/// `(市民管理の公園 30か所)`; a cell of figures may come without its brackets.
fn in_brackets(paragraph: &Sourced<String>) -> Vec<Stated> {
    let text = crate::text::narrow(&paragraph.value);
    let whole = !text.contains('(');
    let mut found = Vec::new();
    let mut rest = text.as_str();
    while let Some((inner, behind)) = rest.split_once('(').and_then(|(_, r)| r.split_once(')')) {
        found.extend(statement(inner, paragraph.line));
        rest = behind;
    }
    found.extend(whole.then(|| statement(&text, paragraph.line)).flatten());
    found
}

/// One number only, with a label before it and a unit of at most four characters behind it.
fn statement(text: &str, line: u32) -> Option<Stated> {
    let text = text.trim();
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let number = number_before(text, end)?;
    let label = text.get(..number.start)?.trim_end().trim_end_matches(':');
    let unit = text.get(end..)?.trim();
    let plain = !label.is_empty() && !label.contains(|c: char| c.is_ascii_digit());
    let short = !unit.is_empty() && unit.chars().count() <= 4;
    let bounded = ["以上", "以下", "以内", "未満", "程度", "減", "増"];
    let free = !bounded.iter().any(|word| unit.contains(word));
    (plain && short && free).then(|| Stated {
        key: format!("{}|{}", spelling_key(label), spelling_key(unit)),
        text: text.to_owned(),
        value: number.value,
        line,
    })
}

/// What is better when it is less, or may be: nothing is said of it.
const LESS_MAY_BE_BETTER: [&str; 22] = [
    "削減",
    "減",
    "滞納",
    "未収",
    "未納",
    "苦情",
    "待機",
    "時間外",
    "残業",
    "超過",
    "経費",
    "コスト",
    "費用",
    "排出",
    "ごみ",
    "廃棄",
    "犯罪",
    "事故",
    "火災",
    "空き",
    "不",
    "債",
];

fn against_grade(document: &Document, sheet: &Sheet, progress: Progress) -> Option<Finding> {
    let planned = stated(sheet, ["plan", "plan_figures"]);
    let reached = stated(sheet, ["result", "result_figures"]);
    let pairs = planned.iter().filter_map(|plan| {
        let mut same = reached.iter().filter(|result| result.key == plan.key);
        same.next().map(|result| (plan, result))
    });
    let (plan, result) = pairs
        .filter(|(plan, _)| {
            let doubtful = LESS_MAY_BE_BETTER
                .iter()
                .any(|word| plan.text.contains(word));
            !doubtful && plan.value > Decimal::ZERO
        })
        .find(|(plan, result)| {
            let most = plan.value * Decimal::new(8, 1);
            match progress {
                Progress::Ahead => result.value < plan.value,
                Progress::AsPlanned => result.value < most,
                Progress::Late => result.value >= plan.value,
            }
        })?;
    let grade = &sheet.judgement("grade")?.value;
    let (word, tail) = match progress {
        Progress::Ahead => ("予定以上", "届いていません"),
        Progress::AsPlanned => ("予定どおり", "遠く届いていません"),
        Progress::Late => ("遅れ", "届いています"),
    };
    let message = format!(
        "評価は「{}」（{word}）ですが、実績「{}」は目標「{}」に{tail}。",
        grade.value, result.text, plan.text
    );
    let place = Place::sheet(document, sheet).field("評価");
    let place = place.at(grade.line, grade.value.clone());
    let hint = "評価と数字のどちらかが古くないかを確認してください。数字以外の理由で評価した場合は、理由を書き添えてください。";
    let finding = Finding::new(RULE.code, Severity::Note, place, message, hint);
    let steps = vec![
        format!("目標：{}（{}行目）", plan.text, plan.line),
        format!("実績：{}（{}行目）", result.text, result.line),
    ];
    Some(finding.figures(&grade.value, &result.text).steps(steps))
}

/// 「全ての指標で目標を達成した」 beside a rate below 100 %.
fn against_words(document: &Document, sheet: &Sheet) -> Option<Finding> {
    let year = sheet.year?;
    let missed = sheet.indicators.iter().find_map(|indicator| {
        let rate = indicator
            .printed_rates
            .iter()
            .find(|rate| rate.year == year)?;
        let below = rate.figure.value.number()? < Decimal::ONE_HUNDRED;
        below.then_some((indicator, &rate.figure))
    })?;
    let texts = sheet.texts.iter();
    let paragraphs = texts.flat_map(|text| text.paragraphs.iter().flatten());
    let (paragraph, sentence) = paragraphs
        .flat_map(|paragraph| {
            let sentences = paragraph.value.split('。');
            sentences.map(move |sentence| (paragraph, sentence))
        })
        .find(|(_, sentence)| says_all_reached(sentence))?;
    let (indicator, rate) = missed;
    let message = format!(
        "文章では全ての指標で目標を達成したとありますが、「{}」の{year}の達成率は{}です。",
        indicator.label(),
        rate.value
    );
    let place = Place::sheet(document, sheet)
        .field("文章")
        .at(paragraph.line, sentence.trim());
    let hint = "文章と達成率のどちらかが古くないかを確認してください。";
    let finding = Finding::new(RULE.code, Severity::Note, place, message, hint);
    Some(finding.figures(sentence.trim(), &rate.value))
}

fn says_all_reached(sentence: &str) -> bool {
    let all = ["全ての", "すべての", "全指標", "いずれの"];
    let all = all.iter().any(|word| sentence.contains(word)) && sentence.contains("指標");
    let reached = ["達成し", "達成した", "達成でき", "上回っ", "上回り"];
    let not = [
        "しな",
        "しませ",
        "ていな",
        "ていませ",
        "できな",
        "できませ",
        "よう",
        "目指",
    ];
    all && sentence.contains("目標")
        && reached.iter().any(|word| sentence.contains(word))
        && !not.iter().any(|word| sentence.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_number_with_label_and_unit_is_a_statement() {
        let read = |text: &str| statement(text, 1).map(|s| (s.key, s.value));
        let (key, value) = read("市民管理の公園 30か所").expect("a statement");
        assert_eq!(value, Decimal::from(30));
        assert_eq!(read("市民管理の公園 8 ヶ所").map(|(k, _)| k), Some(key));
        for text in [
            "30か所",
            "令和6年度 30か所",
            "公園30",
            "公園 30か所以上",
            "公園",
        ] {
            assert!(read(text).is_none(), "{text}");
        }
    }

    #[test]
    fn only_a_sentence_about_all_indicators_says_so() {
        for sentence in [
            "全ての指標で目標を達成した",
            "すべての成果指標が目標値を上回った",
        ] {
            assert!(says_all_reached(sentence), "{sentence}");
        }
        for sentence in [
            "全ての指標で目標を達成していない",
            "全ての指標の目標の達成を目指す",
            "一部の指標で目標を達成した",
            "全ての指標で目標を達成できるよう努める",
        ] {
            assert!(!says_all_reached(sentence), "{sentence}");
        }
    }
}
