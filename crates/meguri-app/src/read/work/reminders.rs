//! Whom to remind of the sheets of a cycle: everybody for whom one waits now.

use super::lines::{SheetLine, lines};
use crate::context::Context;
use crate::cycle::Cycle;
use meguri_core::access::{Permission, Subject, permits, permits_as};
use meguri_core::calendar::Day;
use meguri_store::{KeptAccount, Municipality, Result};
use std::collections::BTreeMap;

/// Somebody for whom sheets wait.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Their account.
    pub account: String,
    /// Their own name.
    pub label: String,
    /// Where mail reaches them.
    pub mail: Option<String>,
    /// The sheets, in the order of the document.
    pub sheets: Vec<SheetLine>,
}

impl Waiting {
    /// The nearest deadline.
    #[must_use]
    pub fn deadline(&self) -> Option<Day> {
        self.sheets.iter().filter_map(|line| line.deadline).min()
    }

    /// How many of them are past it.
    #[must_use]
    pub fn overdue(&self) -> usize {
        let late = self.sheets.iter().filter(|line| line.is_overdue());
        late.count()
    }

    /// Does one of them end within so many business days, or has it ended already? A sheet without a
    /// deadline never does.
    #[must_use]
    pub fn is_due_within(&self, business_days: u32) -> bool {
        let is_due = |line: &SheetLine| {
            line.is_overdue() || line.days_left.is_some_and(|left| left <= business_days)
        };
        self.sheets.iter().any(is_due)
    }
}

/// Those for whom sheets of a cycle wait, by name, as far as somebody may remind of them; and the sheets
/// that wait for nobody who could sign in.
///
/// # Errors
/// Those of the database.
pub async fn waiting(
    city: &Municipality,
    cycle: &Cycle,
    context: &Context,
) -> Result<(Vec<Waiting>, Vec<SheetLine>)> {
    let day = context.day();
    let accounts = city.accounts().await?.into_iter();
    let accounts: Vec<KeptAccount> = accounts.filter(|kept| kept.account.enabled).collect();
    let (mut found, mut nobody) = (BTreeMap::<usize, Waiting>::new(), Vec::new());
    let mut known: BTreeMap<(Vec<String>, String, bool), Vec<usize>> = BTreeMap::new();
    for line in lines(city, cycle, day).await? {
        let subject = cycle.subject(&line.state, day);
        let may = permits(context.grants(), Permission::Remind, &subject, day).is_ok();
        if line.standing.is_done() || !may {
            continue;
        }
        // Sheets of the same sections in the same hands wait for the same people.
        let is_sent = line.standing.is_locked();
        let key = (line.sections.clone(), line.waits_for.clone(), is_sent);
        let people = known
            .entry(key)
            .or_insert_with(|| people(&accounts, &line, &subject, day));
        if people.is_empty() {
            nobody.push(line.clone());
        }
        for place in people {
            let Some(kept) = accounts.get(*place) else {
                continue;
            };
            let waiting = found.entry(*place).or_insert_with(|| Waiting {
                account: kept.account.name.clone(),
                label: kept.account.label.clone(),
                mail: kept.account.mail.clone(),
                sheets: Vec::new(),
            });
            waiting.sheets.push(line.clone());
        }
    }
    Ok((found.into_values().collect(), nobody))
}

/// The places of the accounts that have a sheet in their hands now.
fn people(accounts: &[KeptAccount], line: &SheetLine, subject: &Subject, day: Day) -> Vec<usize> {
    let permission = line.permission();
    let has_it = |kept: &KeptAccount| {
        let grants = &kept.account.grants;
        permits_as(grants, Some(&line.roles), permission, subject, day).is_ok()
    };
    let all = accounts.iter().enumerate();
    let found = all.filter(|(_, kept)| has_it(kept));
    found.map(|(place, _)| place).collect()
}
