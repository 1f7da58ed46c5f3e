//! Roll-ups of grades: how many of each, which is the worst, what points they carry.

use crate::calc::points::points_of_grade;
use crate::calc::rollup::{LeftOut, Member};
use crate::calc::{Calculation, NoValue};
use rust_decimal::Decimal;

/// The values of a scale in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// From the best to the worst.
    pub best_first: Vec<String>,
    /// Values outside the order: 完了, 中止, 対象外, 評価困難 …
    pub outside: Vec<String>,
}

/// One member with its grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graded {
    /// How a person calls it.
    pub label: String,
    /// Its grade; `None` where it has none yet.
    pub grade: Option<String>,
    /// Is it listed again, and counted elsewhere?
    pub relisted: bool,
}

/// How many members have which grade.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Values in order with their number; those with none too.
    pub ordered: Vec<(String, usize)>,
    /// Values outside the order with their number.
    pub outside: Vec<(String, usize)>,
    /// Members that are not counted, and why.
    pub left_out: Vec<LeftOut>,
}

impl Counts {
    /// The number of one value.
    #[must_use]
    pub fn of(&self, value: &str) -> Option<usize> {
        let mut rows = self.ordered.iter().chain(&self.outside);
        rows.find(|(v, _)| v == value).map(|(_, number)| *number)
    }

    /// All that are counted, inside and outside the order.
    #[must_use]
    pub fn members(&self) -> usize {
        self.ordered
            .iter()
            .chain(&self.outside)
            .map(|(_, n)| n)
            .sum()
    }
}

impl Order {
    /// Is the value on the scale, inside or outside the order?
    fn knows(&self, value: &str) -> bool {
        self.best_first
            .iter()
            .chain(&self.outside)
            .any(|v| v == value)
    }
}

/// Counts grades; relisted members, members without a grade and unknown grades stay outside.
#[must_use]
pub fn counts(members: &[Graded], order: &Order) -> Calculation<Counts> {
    Calculation::run(|steps| {
        let mut left_out = Vec::new();
        let mut grades: Vec<&str> = Vec::new();
        for member in members {
            match countable(member, order) {
                Ok(grade) => grades.push(grade),
                Err(why) => left_out.push(leave(member, why, steps)),
            }
        }
        let number = |value: &String| {
            let number = grades.iter().filter(|grade| *grade == value).count();
            (value.clone(), number)
        };
        let counts = Counts {
            ordered: order.best_first.iter().map(number).collect(),
            outside: order.outside.iter().map(number).collect(),
            left_out,
        };
        let rows = counts.ordered.iter().chain(&counts.outside);
        let rows: Vec<String> = rows.map(|(value, n)| format!("{value} {n}")).collect();
        steps.push(format!("{}（計 {}件）", rows.join("、"), counts.members()));
        Ok(counts)
    })
}

/// The worst grade among the members that stand in the order.
#[must_use]
pub fn worst(members: &[Graded], order: &Order) -> Calculation<String> {
    Calculation::run(|steps| {
        let mut worst: Option<(usize, &Graded)> = None;
        for member in members {
            let place = countable(member, order).and_then(|grade| place(grade, order));
            match place {
                Ok(place) if worst.is_none_or(|(at, _)| place > at) => {
                    worst = Some((place, member));
                }
                Ok(_) => {}
                Err(why) => {
                    leave(member, why, steps);
                }
            }
        }
        let (place, member) = worst.ok_or(NoValue::Empty)?;
        let grade = order.best_first.get(place).ok_or(NoValue::NotOnScale)?;
        steps.push(format!("最も低い評価：{}の{grade}", member.label));
        Ok(grade.clone())
    })
}

/// Members with the points of their grades, for a mean or a sum.
#[must_use]
pub fn points(members: &[Graded], order: &Order, table: &[(String, Decimal)]) -> Vec<Member> {
    let points = |member: &Graded| {
        let grade = countable(member, order)?;
        place(grade, order)?;
        points_of_grade(table, grade)
    };
    let member = |member: &Graded| Member {
        label: member.label.clone(),
        value: points(member),
        weight: None,
    };
    members.iter().map(member).collect()
}

fn countable<'a>(member: &'a Graded, order: &Order) -> Result<&'a str, NoValue> {
    if member.relisted {
        return Err(NoValue::Relisted);
    }
    let grade = member.grade.as_deref().ok_or(NoValue::NotMeasured)?;
    if order.knows(grade) {
        Ok(grade)
    } else {
        Err(NoValue::NotOnScale)
    }
}

fn place(grade: &str, order: &Order) -> Result<usize, NoValue> {
    let place = order.best_first.iter().position(|value| value == grade);
    place.ok_or(NoValue::OutOfScope)
}

fn leave(member: &Graded, why: NoValue, steps: &mut Vec<String>) -> LeftOut {
    let word = match (&member.grade, why) {
        (Some(grade), NoValue::OutOfScope | NoValue::NotOnScale) => {
            format!("{grade}：{}", why.label())
        }
        _ => why.label().to_owned(),
    };
    steps.push(format!("除外：{}（{word}）", member.label));
    LeftOut {
        label: member.label.clone(),
        why: word,
    }
}
