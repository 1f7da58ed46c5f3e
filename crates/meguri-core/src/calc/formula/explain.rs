//! A formula in words, for a city officer.

use crate::calc::formula::{Direction, Edges, Outside, RateFormula, RateLimit, Reference, Shape};
use crate::calc::number::shown;
use crate::plan::Better;

impl RateFormula {
    /// The formula in plain Japanese, one sentence a line.
    #[must_use]
    pub fn explain(&self) -> Vec<String> {
        let mut lines = self.shape_lines();
        lines.push(self.direction_line());
        lines.extend(self.late_line());
        if let Some(limit) = &self.limits.above {
            lines.push(self.limit_line(limit, "上回る"));
        }
        if let Some(limit) = &self.limits.below {
            lines.push(self.limit_line(limit, "下回る"));
        }
        lines.push(format!(
            "{}単位は「{}」です。",
            self.rounding.sentence(),
            self.unit()
        ));
        lines
    }

    fn shape_lines(&self) -> Vec<String> {
        let r = self.reference.label();
        match self.shape {
            Shape::Ratio => vec![
                format!("大きいほどよい指標は、実績 ÷ {r} です。"),
                format!("小さいほどよい指標は、{r} ÷ 実績 です。"),
                format!("維持の指標は、実績 ÷ {r} です。"),
            ],
            Shape::Progress => vec![
                format!("大きいほどよい指標は、（実績 － 基準値）÷（{r} － 基準値）です。"),
                format!("小さいほどよい指標は、（基準値 － 実績）÷（基準値 － {r}）です。"),
            ],
            Shape::Mirror => vec![
                format!("小さいほどよい指標は、（2 × {r} － 実績）÷ {r} です。"),
                format!("そのほかの指標は、実績 ÷ {r} です。"),
            ],
            Shape::Difference => vec![
                format!("大きいほどよい指標は、実績 － {r} です。"),
                format!("小さいほどよい指標は、{r} － 実績 です。"),
                format!("維持の指標は、実績と{r}の差をマイナスで表します。"),
            ],
            Shape::Deviation => vec![
                format!("大きいほどよい指標は、（実績 － {r}）÷ {r} です。"),
                format!("小さいほどよい指標は、（{r} － 実績）÷ {r} です。"),
                format!("維持の指標は、実績と{r}の差 ÷ {r} をマイナスで表します。"),
            ],
            Shape::Band(edges, outside) => band_lines(r, edges, outside),
        }
    }

    fn direction_line(&self) -> String {
        match self.direction {
            Direction::Always(better) => {
                format!("すべての指標を「{}」とみなします。", label(better))
            }
            Direction::OfIndicator => {
                let else_by = match self.shape {
                    Shape::Progress => "基準値から目標への向きで決めます",
                    _ => "大きいほどよいとみなします",
                };
                format!(
                    "よい向きは、指標の設定、目標の言葉（「以上」「前年以下」など）の順に決め、\
                     どちらもなければ{else_by}。"
                )
            }
        }
    }

    fn late_line(&self) -> Option<String> {
        let years = self.late.years;
        let target = if self.late.own_target {
            "実績と同じ年度"
        } else {
            "評価する年度"
        };
        (years > 0).then(|| {
            format!("実績は{years}年遅れで分かるため、{years}年前の実績を使い、{target}の目標と比べます。")
        })
    }

    fn limit_line(&self, limit: &RateLimit, beyond: &str) -> String {
        let at = format!("{}{}", shown(limit.at), self.unit());
        match &limit.words {
            Some(words) => {
                format!("{at}を{beyond}ときは{at}として扱い、「{words}」と表示します。")
            }
            None => format!("{at}を{beyond}ときは{at}とします。"),
        }
    }
}

fn band_lines(r: &str, edges: Edges, outside: Outside) -> Vec<String> {
    let band = match edges {
        Edges::Fixed(low, high) => format!("{}から{}まで", shown(low), shown(high)),
        Edges::Percent(width) => format!("{r}の±{}％以内", shown(width)),
        Edges::Points(width) => format!("{r}の±{}以内", shown(width)),
    };
    let missed = match outside {
        Outside::Zero => "外れたときは0％です。",
        Outside::Ratio => {
            "外れたときは、下端に届かなければ 実績 ÷ 下端、上端を超えれば 上端 ÷ 実績 です。"
        }
    };
    vec![
        format!("実績が{band}にあれば100％です。{missed}"),
        "大きいほどよい指標は上端を、小さいほどよい指標は下端を見ません。".to_owned(),
    ]
}

impl Reference {
    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ThisYear => "目標",
            Self::YearBefore => "前年度の目標",
            Self::Final => "最終目標",
            Self::OnTheWay => "その年度までに見込む値",
            Self::Baseline => "基準値",
            Self::LastYearActual => "前年度の実績",
        }
    }
}

/// The direction in words.
const fn label(better: Better) -> &'static str {
    match better {
        Better::Higher => "大きいほどよい",
        Better::Lower => "小さいほどよい",
        Better::Keep => "維持",
    }
}
