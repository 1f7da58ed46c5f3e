//! Roles of a person in words.

use meguri_core::access::Grant;
use meguri_core::calendar::Day;
use meguri_core::plan::SectionRegister;
use serde::Serialize;

/// A role of a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GrantView {
    /// The role.
    pub role: String,
    /// For whom the person acts; empty where for themselves.
    pub deputy: String,
    /// The section, the department, what is assigned; `全体` where it is about everything.
    pub of: String,
    /// On which days.
    pub days: String,
    /// Whether it holds today.
    pub state: &'static str,
}

/// Roles in words, as they are today.
#[must_use]
pub fn views(grants: &[Grant], sections: &SectionRegister, today: Day) -> Vec<GrantView> {
    let view = |grant: &Grant| view(grant, sections, today);
    grants.iter().map(view).collect()
}

fn view(grant: &Grant, sections: &SectionRegister, today: Day) -> GrantView {
    let section = |key: &String| {
        let known = sections.sections.iter().rev().find(|one| one.key == *key);
        known.map_or_else(|| key.clone(), |one| one.name.clone())
    };
    let of = [
        grant.section.as_ref().map(section),
        grant.department.clone(),
        grant.assignee.clone(),
    ];
    let of: Vec<String> = of.into_iter().flatten().collect();
    let day = |day: Option<Day>| day.map_or_else(String::new, Day::iso);
    let valid = grant.valid;
    let days = match (valid.from, valid.until) {
        (None, None) => "期限なし".to_owned(),
        (from, until) => format!("{}～{}", day(from), day(until)),
    };
    let state = if valid.holds_on(today) {
        "有効"
    } else if valid.from.is_some_and(|from| today < from) {
        "開始前"
    } else {
        "終了"
    };
    GrantView {
        role: grant.role.label().to_owned(),
        deputy: grant.deputy_of.clone().unwrap_or_default(),
        of: if of.is_empty() {
            "全体".to_owned()
        } else {
            of.join("、")
        },
        days,
        state,
    }
}

/// Roles to look at.
#[must_use]
pub fn samples() -> Vec<GrantView> {
    let role = |role: &str, of: &str, days: &str, state| GrantView {
        role: role.to_owned(),
        of: of.to_owned(),
        days: days.to_owned(),
        state,
        ..GrantView::default()
    };
    let deputy = GrantView {
        deputy: "sato".to_owned(),
        ..role("課長", "環境課", "2026-05-01～2026-05-31", "終了")
    };
    vec![
        role("所管課", "環境課", "2026-04-01～2027-03-31", "有効"),
        role("閲覧", "全体", "期限なし", "有効"),
        deputy,
    ]
}
