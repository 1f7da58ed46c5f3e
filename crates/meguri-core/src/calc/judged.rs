//! A value that was computed, and the one that a person set over it: both are kept.

use crate::calc::{Calculation, NoValue};

/// What a person decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The stage: 一次, 二次, 外部, 最終 …
    pub stage: String,
    /// The value of the scale.
    pub value: String,
    /// Why; must not be blank where the value differs from the one before it.
    pub reason: String,
}

/// A judgement with its whole history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The computed value, or why there is none.
    pub computed: Result<String, NoValue>,
    /// What persons decided, in the order of the stages.
    pub decisions: Vec<Decision>,
    /// The value that counts: the last decided one, else the computed one.
    pub value: String,
}

impl Judged {
    /// Did a person set another value than the computed one?
    #[must_use]
    pub fn differs(&self) -> bool {
        self.computed.as_ref() != Ok(&self.value)
    }
}

/// Puts decisions over a computed value, in the order of the stages.
///
/// Each decision that changes the value before it needs a reason; where there is no computed value
/// the first decision stands by itself.
#[must_use]
pub fn judge(computed: &Calculation<String>, decisions: &[Decision]) -> Calculation<Judged> {
    let mut steps = computed.steps.clone();
    let mut judged = Calculation::run(|steps| {
        let mut value = computed.outcome.clone();
        match &value {
            Ok(value) => steps.push(format!("計算による評価：{value}")),
            Err(why) => steps.push(format!("計算による評価：なし（{}）", why.label())),
        }
        for decision in decisions {
            let changed = value.as_ref().is_ok_and(|before| *before != decision.value);
            let reason = decision.reason.trim();
            if changed && reason.is_empty() {
                steps.push(format!(
                    "{}：{} に変更（理由の記入がありません）",
                    decision.stage, decision.value
                ));
                return Err(NoValue::ReasonMissing);
            }
            steps.push(decision_step(decision, changed));
            value = Ok(decision.value.clone());
        }
        Ok(Judged {
            computed: computed.outcome.clone(),
            decisions: decisions.to_vec(),
            value: value?,
        })
    });
    steps.append(&mut judged.steps);
    judged.steps = steps;
    judged
}

fn decision_step(decision: &Decision, changed: bool) -> String {
    let word = if changed { "に変更" } else { "のまま" };
    let reason = decision.reason.trim();
    if reason.is_empty() {
        format!("{}：{} {word}", decision.stage, decision.value)
    } else {
        format!(
            "{}：{} {word}（理由：{reason}）",
            decision.stage, decision.value
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn computed(value: Result<&str, NoValue>) -> Calculation<String> {
        Calculation {
            outcome: value.map(str::to_owned),
            steps: Vec::new(),
        }
    }

    fn decision(stage: &str, value: &str, reason: &str) -> Decision {
        Decision {
            stage: stage.to_owned(),
            value: value.to_owned(),
            reason: reason.to_owned(),
        }
    }

    #[test]
    fn a_person_stands_over_the_computed_value_and_both_are_kept() {
        let first = decision("一次", "B", "");
        let second = decision("二次", "A", "台風の影響を除くため");
        let judged = judge(&computed(Ok("B")), &[first, second]);
        let judged = judged.outcome.expect("a judgement");
        assert_eq!(judged.value, "A");
        assert_eq!(judged.computed.as_deref(), Ok("B"));
        assert!(judged.differs());
        assert_eq!(judged.decisions.len(), 2);
    }

    #[test]
    fn a_change_needs_a_reason_and_a_missing_value_does_not() {
        let bare = [decision("一次", "A", " ")];
        assert_eq!(
            judge(&computed(Ok("B")), &bare).outcome,
            Err(NoValue::ReasonMissing)
        );
        let none = computed(Err(NoValue::ActualMissing));
        assert_eq!(
            judge(&none, &bare).outcome.map(|j| j.value),
            Ok("A".to_owned())
        );
        assert_eq!(judge(&none, &[]).outcome, Err(NoValue::ActualMissing));
    }
}
