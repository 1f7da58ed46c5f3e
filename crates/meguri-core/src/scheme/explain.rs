//! The rules of a scheme in words, for a city officer.

use crate::calc::class::{RankClasses, TakenFrom, Tie};
use crate::calc::number::shown;
use crate::calc::points::{PointPart, PointSource, PointStep};
use crate::calc::rollup::Missing;
use crate::fiscal_year::FiscalYear;
use crate::scheme::{
    ClassInput, ClassMethod, ClassRule, MoneyRule, PointRule, RollUpMethod, RollUpOver, RollUpRule,
    Scheme,
};
use rust_decimal::Decimal;

impl ClassRule {
    /// The rule in plain Japanese, as it stands in a year.
    #[must_use]
    pub fn explain(&self, scheme: &Scheme, year: FiscalYear) -> Vec<String> {
        let mut lines = vec![self.input_line(scheme)];
        match &self.method {
            ClassMethod::Thresholds(classes) => {
                let taken = match classes.taken_from {
                    TakenFrom::Rounded => "丸めた後",
                    TakenFrom::Exact => "丸める前",
                };
                lines.push(format!("{taken}の数値で、{year}は次のとおり区分けします。"));
                lines.extend(classes.explain(year));
            }
            ClassMethod::Ranks(ranks) => lines.extend(rank_lines(ranks)),
        }
        lines
    }

    fn input_line(&self, scheme: &Scheme) -> String {
        let name =
            |label: Option<&String>, key: &str| label.map_or_else(|| key.to_owned(), Clone::clone);
        let input = match &self.input {
            ClassInput::AnyRate => "指標の率".to_owned(),
            ClassInput::Rate(key) => name(scheme.rate(key).map(|rule| &rule.label), key),
            ClassInput::Points(key) => name(scheme.point_rule(key).map(|rule| &rule.label), key),
            ClassInput::RollUp(key) => name(scheme.rollup(key).map(|rule| &rule.label), key),
        };
        format!("「{input}」から区分けします。")
    }
}

fn rank_lines(ranks: &RankClasses) -> Vec<String> {
    let tie = match ranks.tie {
        Tie::Upper => "上の順位",
        Tie::Lower => "下の順位",
    };
    let step = |(value, upto): &(String, Decimal)| format!("{value}：上位{}％まで", shown(*upto));
    let mut lines = vec![format!(
        "全体の中の順位で区分けします。同じ数値のものはそろって{tie}とみなします。"
    )];
    lines.extend(ranks.steps.iter().map(step));
    lines
}

impl PointRule {
    /// The rule in plain Japanese.
    #[must_use]
    pub fn explain(&self) -> Vec<String> {
        let mut lines =
            vec!["次の点数を足します。一つでも値がなければ、合計は出しません。".to_owned()];
        lines.extend(self.parts.iter().map(part_line));
        lines
    }
}

fn part_line(part: &PointPart) -> String {
    let how = match &part.source {
        PointSource::Given(most) => format!("0点から{}点までを付けます", shown(*most)),
        PointSource::Grade(table) => {
            let row =
                |(value, points): &(String, Decimal)| format!("{value}＝{}点", shown(*points));
            table.iter().map(row).collect::<Vec<_>>().join("、")
        }
        PointSource::Number(steps) => steps.iter().map(step_words).collect::<Vec<_>>().join("、"),
    };
    format!("{}：{how}", part.label)
}

fn step_words(step: &PointStep) -> String {
    match &step.from {
        Some(from) => format!(
            "{}{}＝{}点",
            shown(from.at),
            from.word(),
            shown(step.points)
        ),
        None => format!("それ以外＝{}点", shown(step.points)),
    }
}

impl RollUpRule {
    /// The rule in plain Japanese.
    #[must_use]
    pub fn explain(&self) -> Vec<String> {
        let graded = matches!(self.over, RollUpOver::Grades(_));
        let mut lines = vec![self.method_line(graded)];
        if graded && self.method != RollUpMethod::Counts {
            lines.push("順序の外の値（完了、中止など）と再掲は計算に入れません。".to_owned());
        }
        if !self.leave_out.is_empty() {
            lines.push(format!(
                "「{}」も計算に入れません。",
                self.leave_out.join("」「")
            ));
        }
        if self.method != RollUpMethod::Counts {
            lines.push(self.missing_line().to_owned());
        }
        let rounded = match self.method {
            RollUpMethod::Counts => false,
            RollUpMethod::Worst => !graded,
            _ => true,
        };
        if rounded {
            lines.push(self.rounding.sentence());
        }
        lines
    }

    fn method_line(&self, graded: bool) -> String {
        let what = if graded { "評価の点数" } else { "数値" };
        match self.method {
            RollUpMethod::ShareAtLeast(at) => format!(
                "{what}が{}以上のものの件数を、対象の件数で割った割合（％）です。",
                shown(at)
            ),
            RollUpMethod::Mean => format!(
                "{what}の平均です。全体の平均は一件ずつから計算し、平均の平均にはしません。"
            ),
            RollUpMethod::WeightedMean => {
                "数値に重みを掛けて足し、重みの合計で割った平均です。重みのないものは除きます。"
                    .to_owned()
            }
            RollUpMethod::Total => format!("{what}の合計です。"),
            RollUpMethod::Worst if graded => "最も低い評価です。".to_owned(),
            RollUpMethod::Worst => "最も低い数値です。".to_owned(),
            RollUpMethod::Counts => {
                "評価ごとの件数です。再掲は数えず、順序の外の値は別に数えます。".to_owned()
            }
        }
    }

    const fn missing_line(&self) -> &'static str {
        match self.missing {
            Missing::LeaveOut => "値のないものは除き、除いたものを示します。0とはみなしません。",
            Missing::CountAsMissed => {
                "値のないものは、割合では達していないものとして対象の件数に入れます。"
            }
            Missing::NoResult => "値のないものが一件でもあれば、結果を出しません。",
        }
    }
}

impl MoneyRule {
    /// The rule in plain Japanese.
    #[must_use]
    pub fn explain(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "金額は{}で表し、端数は{}します。",
            self.unit.label(),
            self.rounding.label()
        )];
        lines.extend(
            self.kind
                .map(|kind| format!("事業費は{}です。", kind.label())),
        );
        for price in &self.labour {
            lines.push(format!(
                "{}の人件費は、{}は1人当たり{}です。",
                price.label, price.year, price.unit_price
            ));
        }
        lines
    }
}
