//! The stages of a scheme file: who judges, and the route of each.

use crate::scheme_file::fault::FileFault;
use meguri_core::access::Role;
use meguri_core::scheme::{Stage, StageDeadlines, StageOrder, StageRoute, YearlyDay};
use meguri_core::text::narrow;
use serde::Deserialize;
use serde::de::{Deserializer, Error};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StageText {
    key: String,
    label: String,
    by: String,
    #[serde(default)]
    public: bool,
    write: Option<Vec<RoleText>>,
    check: Option<Vec<RoleText>>,
    approve: Option<Vec<RoleText>>,
    accept: Option<Vec<RoleText>>,
    #[serde(default)]
    same_person: bool,
    #[serde(default)]
    side_by_side: bool,
    deadline: Option<MonthDay>,
    no_new_from: Option<MonthDay>,
    no_change_from: Option<MonthDay>,
    /// How many fiscal years after the evaluated one the stage lies; 1 where it is not written.
    years_after: Option<u8>,
}

/// A role by its key.
#[derive(Clone, Copy, Debug)]
struct RoleText(Role);

impl<'de> Deserialize<'de> for RoleText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        let granted = Role::from_key(&key).filter(|role| role.is_granted());
        granted.map(Self).ok_or_else(|| {
            let roles = Role::ALL.iter().filter(|role| role.is_granted());
            let roles: Vec<String> = roles
                .map(|role| format!("\"{}\"（{}）", role.key(), role.label()))
                .collect();
            D::Error::custom(format!(
                "「{key}」という役割はありません。|{} から選んでください。",
                roles.join("、")
            ))
        })
    }
}

/// A day of each year: `"5-31"`.
#[derive(Clone, Copy, Debug)]
struct MonthDay(u8, u8);

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let narrowed = narrow(&text);
        let parts = narrowed.trim().split_once('-');
        let read = parts.and_then(|(month, day)| {
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            YearlyDay::new(month, day, 1).map(|_| Self(month, day))
        });
        read.ok_or_else(|| {
            D::Error::custom(format!(
                "「{text}」は月日として読めません。|5月31日なら \"5-31\" のように書いてください。"
            ))
        })
    }
}

impl StageText {
    pub(super) fn mean(self) -> Result<Stage, FileFault> {
        let usual = StageRoute::default();
        let roles = |written: &Option<Vec<RoleText>>, usual: Vec<Role>| {
            let written = written.as_ref();
            written.map_or(usual, |roles| roles.iter().map(|role| role.0).collect())
        };
        let route = StageRoute {
            writers: roles(&self.write, usual.writers),
            checkers: roles(&self.check, usual.checkers),
            approvers: roles(&self.approve, usual.approvers),
            acceptors: roles(&self.accept, usual.acceptors),
            same_person: self.same_person,
            order: if self.side_by_side {
                StageOrder::SideBySide
            } else {
                StageOrder::After
            },
            deadlines: self.deadlines()?,
        };
        Ok(Stage {
            key: self.key,
            label: self.label,
            by: self.by,
            public: self.public,
            route,
        })
    }

    /// The three dates; the other two are nothing without the first.
    fn deadlines(&self) -> Result<Option<StageDeadlines>, FileFault> {
        let years_after = self.years_after.unwrap_or(1);
        let day = |day: MonthDay| YearlyDay::new(day.0, day.1, years_after);
        match self.deadline.and_then(day) {
            Some(shown) => Ok(Some(StageDeadlines {
                shown,
                no_new_from: self.no_new_from.and_then(day),
                no_change_from: self.no_change_from.and_then(day),
            })),
            None if self.no_new_from.is_some() || self.no_change_from.is_some() => {
                Err(FileFault::new(
                    format!("段階「{}」に deadline がありません。", self.key),
                    "no_new_from や no_change_from を書くときは、deadline = \"5-31\" のように期限も書いてください。",
                ))
            }
            None => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "key = \"own\"\nlabel = \"一次評価\"\nby = \"所管課\"\n";

    fn read(lines: &str) -> Result<Stage, String> {
        let text: StageText =
            toml::from_str(&format!("{HEAD}{lines}")).map_err(|fault| fault.to_string())?;
        text.mean().map_err(|fault| fault.to_string())
    }

    #[test]
    fn an_old_file_has_the_usual_route() {
        let stage = read("").expect("a stage");
        assert_eq!(stage.route, StageRoute::default());
        assert!(!stage.public);
    }

    #[test]
    fn a_route_is_read_as_written() {
        let stage = read(
            "write = [\"committee\"]\napprove = []\naccept = [\"planning\", \"finance\"]\n\
             same_person = true\nside_by_side = true\ndeadline = \"１２-28\"\n\
             no_change_from = \"1-10\"\nyears_after = 0\n",
        );
        let route = stage.expect("a stage").route;
        assert_eq!(route.writers, [Role::Committee]);
        assert!(route.approvers.is_empty());
        assert_eq!(route.acceptors, [Role::Planning, Role::Finance]);
        assert!(route.same_person);
        assert_eq!(route.order, StageOrder::SideBySide);
        let deadlines = route.deadlines.expect("dates");
        assert_eq!(Some(deadlines.shown), YearlyDay::new(12, 28, 0));
        assert_eq!(deadlines.no_new_from, None);
        assert_eq!(deadlines.no_change_from, YearlyDay::new(1, 10, 0));
    }

    #[test]
    fn what_cannot_be_read_is_told_with_what_to_write() {
        let cases = [
            ("write = [\"課長\"]", "\"section_head\"（課長）"),
            (
                "write = [\"operator\"]",
                "「operator」という役割はありません",
            ),
            ("deadline = \"2-30\"", "\"5-31\" のように"),
            (
                "deadline = \"5月31日\"",
                "「5月31日」は月日として読めません",
            ),
            ("no_new_from = \"6-10\"", "deadline がありません"),
            ("approvers = []", "unknown field `approvers`"),
        ];
        for (line, want) in cases {
            let fault = read(line).expect_err(line);
            assert!(fault.contains(want), "{line}: {fault}");
        }
    }
}
