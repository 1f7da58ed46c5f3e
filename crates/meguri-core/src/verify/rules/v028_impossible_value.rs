//! V028: a value that its unit, or what is measured, cannot have.

use crate::evaluation::{Document, Sheet};
use crate::figure::Figure;
use crate::plan::Indicator;
use crate::source::Sourced;
use crate::text::{name_key, spelling_key};
use crate::verify::finding::{Finding, Place, Severity};
use crate::verify::rule::{Rule, Subject};
use rust_decimal::Decimal;

pub(crate) const RULE: Rule = Rule {
    code: "V028",
    title: "単位から見てあり得ない値がある",
    looks_at: "人・件・か所など数えるものの負の値や小数、100％を超えることのない割合の100％を超える値を見ます。",
    why: "小数点やけたの打ち間違い、列の取り違えは、値だけを見ても気付きにくいものです。",
    example: "「市民の満足度」の実績が、68.5％であるべきところ685％となっている。",
    remedy: "値と単位を確認してください。平均の人数などで小数になる場合は、単位を「人／日」のようにするか、注記してください。",
    basis: "増減・差・収支などを表す指標の負の値、平均を表す指標や全ての年度が小数の指標の小数は、正しいものとみなします。100％を超えないものとみなすのは、名称が満足度・認知度・受診率・回収率などの指標だけです。小数は「参考」とします。",
    check,
};

/// Units that count things, by their spelling key.
const COUNTERS: [&str; 24] = [
    "人", "名", "件", "回", "カ所", "世帯", "団体", "施設", "校", "園", "冊", "台", "本", "戸",
    "棟", "店", "社", "事業", "匹", "頭", "組", "株", "項目", "講座",
];

/// Names of what may fall below zero.
const SIGNED: [&str; 12] = [
    "増", "減", "差", "超過", "収支", "変動", "変化", "推移", "伸び", "移動", "利益", "比",
];

/// Names of shares that never pass the whole.
const SHARES: [&str; 17] = [
    "満足度",
    "認知度",
    "認知率",
    "受診率",
    "接種率",
    "回収率",
    "回答率",
    "収納率",
    "徴収率",
    "合格率",
    "進学率",
    "就職率",
    "耐震化率",
    "水洗化率",
    "加入率",
    "構成比",
    "割合",
];

/// What makes a share one that may pass the whole after all.
const OPEN: [&str; 8] = [
    "に対する",
    "比較",
    "前年",
    "増",
    "減",
    "伸び",
    "達成",
    "比べ",
];

/// Names of what is an average and may have decimals.
const AVERAGES: [&str; 7] = ["平均", "当たり", "あたり", "1日", "率", "指数", "換算"];

fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for (document, sheet) in subject.sheets() {
        for indicator in &sheet.indicators {
            check_indicator(document, sheet, indicator, findings);
        }
    }
}

fn check_indicator(
    document: &Document,
    sheet: &Sheet,
    indicator: &Indicator,
    findings: &mut Vec<Finding>,
) {
    let Some(kind) = Kind::of(indicator) else {
        return;
    };
    let all = figures(indicator);
    let decimal = |figure: &&Sourced<Figure>| {
        let number = figure.value.number();
        number.is_some_and(|number| !number.fract().is_zero())
    };
    let numbers = all.iter().filter(|(_, f)| f.value.number().is_some());
    let (decimals, whole): (Vec<_>, Vec<_>) = numbers.partition(|(_, figure)| decimal(figure));
    // Where most values have decimals, the indicator is an average.
    let decimals_odd = decimals.len() < whole.len();
    for (field, figure) in &all {
        let Some(value) = figure.value.number() else {
            continue;
        };
        let unit = &kind.unit;
        let found = if kind.counts && value.is_sign_negative() && !kind.signed {
            let message = format!(
                "「{}」は、単位「{unit}」の値としてあり得ません（負の数）。",
                figure.value
            );
            Some((Severity::Warning, message, "値と符号を確認してください。"))
        } else if kind.counts && !kind.average && decimals_odd && decimal(figure) {
            let message = format!("単位は「{unit}」ですが、値「{}」は小数です。", figure.value);
            let hint = "値を確認してください。平均などで小数になる場合は、単位か注記で分かるようにしてください。";
            Some((Severity::Note, message, hint))
        } else if kind.share && (value > Decimal::ONE_HUNDRED || value.is_sign_negative()) {
            let message = format!(
                "割合の値「{}」が、0％から100％までの外にあります。",
                figure.value
            );
            Some((
                Severity::Warning,
                message,
                "値と小数点の位置を確認してください。",
            ))
        } else {
            None
        };
        findings.extend(found.map(|(severity, message, hint)| {
            let place = Place::sheet(document, sheet)
                .row(indicator.label())
                .field(field.clone())
                .at(figure.line, figure.value.printed.clone());
            Finding::new(RULE.code, severity, place, message, hint)
        }));
    }
}

/// What an indicator measures.
struct Kind {
    unit: String,
    counts: bool,
    share: bool,
    signed: bool,
    average: bool,
}

impl Kind {
    fn of(indicator: &Indicator) -> Option<Self> {
        let unit = indicator.unit.as_ref()?.value.clone();
        let label = name_key(&indicator.label());
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        let unit_key = spelling_key(&unit);
        let counts = COUNTERS.contains(&unit_key.as_str());
        let share = matches!(unit_key.as_str(), "%" | "パーセント") && has(&SHARES) && !has(&OPEN);
        (counts || share).then(|| Self {
            unit,
            counts,
            share,
            signed: has(&SIGNED),
            average: has(&AVERAGES),
        })
    }
}

/// The figures of an indicator with their fields.
fn figures(indicator: &Indicator) -> Vec<(String, &Sourced<Figure>)> {
    let baseline = indicator.baseline.iter().map(|b| ("基準値".to_owned(), b));
    let rows = [("目標", &indicator.targets), ("実績", &indicator.actuals)];
    let years = rows.into_iter().flat_map(|(label, figures)| {
        let field = move |year| format!("{label}（{year}）");
        figures.iter().map(move |f| (field(f.year), &f.figure))
    });
    baseline.chain(years).collect()
}
