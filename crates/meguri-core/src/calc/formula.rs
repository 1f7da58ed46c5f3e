//! How a city counts a rate: (what is compared) × (direction) × (reference) × (lateness) ×
//! (limits) × (rounding).

mod explain;

use crate::calc::rounding::Rounding;
use crate::plan::Better;
use rust_decimal::Decimal;

/// A formula for a rate (達成率, 進捗率 …).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateFormula {
    /// What is compared, and how.
    pub shape: Shape,
    /// Which way is better.
    pub direction: Direction,
    /// What the actual is compared with.
    pub reference: Reference,
    /// How late the actual is known.
    pub late: Late,
    /// Limits above and below.
    pub limits: Limits,
    /// How the result is rounded.
    pub rounding: Rounding,
}

/// What is compared, and how. `r` is the reference, `a` the actual, `b` the baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Percent: `a ÷ r`; where lower is better `r ÷ a`.
    Ratio,
    /// Percent of the way from the baseline: `(a − b) ÷ (r − b)`; where lower is better its
    /// falling twin `(b − a) ÷ (b − r)`.
    Progress,
    /// Percent: where lower is better `(2r − a) ÷ r`, else as [`Shape::Ratio`].
    Mirror,
    /// Points in the indicator's own unit: `a − r`; where lower is better `r − a`.
    Difference,
    /// Percent by which the actual is better than the reference: the difference ÷ `|r|`.
    Deviation,
    /// Percent: 100 within a band.
    Band(Edges, Outside),
}

/// The edges of a band, both within it.
///
/// Where higher is better the upper edge is open, where lower is better the lower one; only an
/// indicator that keeps its level uses both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edges {
    /// Numbers fixed by the city.
    Fixed(Decimal, Decimal),
    /// The reference and as many percent of it on either side.
    Percent(Decimal),
    /// The reference and as many of its units on either side.
    Points(Decimal),
}

/// What a value outside its band gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outside {
    /// 0 percent.
    Zero,
    /// Its ratio to the edge that it missed: below it `a ÷ edge`, above it `edge ÷ a`.
    Ratio,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As the indicator says, else as its targets say, else higher is better.
    OfIndicator,
    /// The same for all indicators of this formula.
    Always(Better),
}

/// What the actual is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reference {
    /// The target of the year.
    ThisYear,
    /// The target of the year before.
    YearBefore,
    /// The target of the last year.
    Final,
    /// Where a straight line from the baseline to the last target stands in the year.
    OnTheWay,
    /// The value of the baseline year.
    Baseline,
    /// The actual of the year before.
    LastYearActual,
}

/// How late the actual is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Late {
    /// Years: 0 = known in its year, 1 = the newest actual is last year's.
    pub years: u8,
    /// Is a late actual compared with the target of its own year (else of the evaluated year)?
    pub own_target: bool,
}

/// Limits above and below.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// A rounded value above becomes this.
    pub above: Option<RateLimit>,
    /// A rounded value below becomes this.
    pub below: Option<RateLimit>,
}

/// One limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Where it lies.
    pub at: Decimal,
    /// What is printed for a value beyond it: `100％超`; `None` prints the limit itself.
    pub words: Option<String>,
}

impl RateFormula {
    /// 達成率 as most cities count it: actual ÷ target, where lower is better target ÷ actual;
    /// percent, one decimal, half up.
    #[must_use]
    pub const fn achievement() -> Self {
        Self {
            shape: Shape::Ratio,
            direction: Direction::OfIndicator,
            reference: Reference::ThisYear,
            late: Late {
                years: 0,
                own_target: false,
            },
            limits: Limits {
                above: None,
                below: None,
            },
            rounding: Rounding::one_decimal(),
        }
    }

    /// The unit of its results, as printed behind them.
    #[must_use]
    pub const fn unit(&self) -> &'static str {
        match self.shape {
            Shape::Difference => "ポイント",
            _ => "％",
        }
    }

    /// From which result on the target is reached: 100 percent, or a difference of nothing.
    #[must_use]
    pub const fn reached_at(&self) -> Decimal {
        match self.shape {
            Shape::Difference | Shape::Deviation => Decimal::ZERO,
            Shape::Ratio | Shape::Progress | Shape::Mirror | Shape::Band(..) => {
                Decimal::ONE_HUNDRED
            }
        }
    }

    /// What is wrong with it, in Japanese; empty where it can be used.
    #[must_use]
    pub fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.rounding.decimals > Rounding::MOST_DECIMALS {
            faults.push(format!(
                "小数の桁数は0から{}までにしてください。",
                Rounding::MOST_DECIMALS
            ));
        }
        if self.late.years > 5 {
            faults.push("実績の遅れは5年までにしてください。".to_owned());
        }
        if let (Some(above), Some(below)) = (&self.limits.above, &self.limits.below)
            && above.at <= below.at
        {
            faults.push("上限は下限より大きくしてください。".to_owned());
        }
        faults.extend(self.shape_fault().map(str::to_owned));
        faults
    }

    fn shape_fault(&self) -> Option<&'static str> {
        match self.shape {
            Shape::Progress if self.reference == Reference::Baseline => {
                Some("基準値からの進捗を基準値と比べると、割る数が常に0になります。")
            }
            Shape::Progress if self.direction == Direction::Always(Better::Keep) => {
                Some("基準値からの進捗は、維持の指標には使えません。")
            }
            Shape::Band(Edges::Fixed(low, high), _) if low > high => {
                Some("範囲の下端が上端より大きくなっています。")
            }
            Shape::Band(Edges::Percent(width) | Edges::Points(width), _)
                if width < Decimal::ZERO =>
            {
                Some("範囲の幅は0以上にしてください。")
            }
            _ => None,
        }
    }
}
