//! Permanent ids of projects, indicators, themes and sections, and what persons decided about them.
//!
//! A key is a way in which papers name a thing (see `meguri_core::links`); one id has many keys. A
//! group that joins two ids keeps the lower one, the other leads to it for ever.

use crate::audit::{Action, AuditEntry};
use crate::by::By;
use crate::error::{Error, Result};
use crate::municipality::Municipality;
use crate::seal::Subject;
use crate::sql::{inserts, statements};
use crate::transaction::{ReadTx, WriteTx};
use meguri_core::links::{Decision, Kind, Links};
use std::collections::BTreeMap;

statements! {
    IDENTITIES = "SELECT kind, key, id FROM identity WHERE municipality = $1";
    REDIRECTS = "SELECT former, id FROM redirect WHERE municipality = $1";
    MOVE = "UPDATE identity SET id = $4 WHERE municipality = $1 AND kind = $2 AND key = $3";
    LEAD_ON = "UPDATE redirect SET id = $3 WHERE municipality = $1 AND id = $2";
    DECISIONS = "SELECT number, kind, key_a, key_b, same, reason, who, moment FROM decision \
                 WHERE municipality = $1 ORDER BY number";
    LAST = "SELECT COALESCE(MAX(number), 0) FROM decision WHERE municipality = $1";
}

inserts! {
    IDENTITY = "identity" ["kind", "key", "id"];
    REDIRECT = "redirect" ["former", "id"];
    DECISION = "decision" ["number", "kind", "key_a", "key_b", "same", "reason", "who", "moment"];
}

/// All permanent ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identities {
    by_key: BTreeMap<(Kind, String), i64>,
    redirects: BTreeMap<i64, i64>,
}

impl Identities {
    /// The id of a key.
    #[must_use]
    pub fn id(&self, kind: Kind, key: &str) -> Option<i64> {
        self.by_key.get(&(kind, key.to_owned())).copied()
    }

    /// The id in use for one that may have been joined to another.
    #[must_use]
    pub fn current(&self, id: i64) -> i64 {
        self.redirects.get(&id).copied().unwrap_or(id)
    }

    /// All keys with their ids.
    pub fn keys(&self) -> impl Iterator<Item = (Kind, &str, i64)> {
        self.by_key
            .iter()
            .map(|((kind, key), id)| (*kind, key.as_str(), *id))
    }

    /// Ids that were joined to others, with these.
    #[must_use]
    pub const fn redirects(&self) -> &BTreeMap<i64, i64> {
        &self.redirects
    }
}

/// What giving ids did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Identified {
    /// All ids, as they are now.
    pub identities: Identities,
    /// Things that were not known before.
    pub new: usize,
    /// Ids that were joined to others.
    pub joined: usize,
}

/// A decision that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDecision {
    /// Its number, from 1.
    pub number: i64,
    /// What was decided.
    pub decision: Decision,
    /// Why, as the person says; may be empty.
    pub reason: String,
    /// Who decided and when.
    pub by: By,
}

/// What has to be written so that every group has its id.
#[derive(Default)]
struct Plan {
    /// Keys that are new, with their ids.
    add: Vec<(Kind, String, i64)>,
    /// Keys whose id changes.
    change: Vec<(Kind, String, i64)>,
    redirects: Vec<(i64, i64)>,
    new: usize,
}

impl Municipality {
    /// Gives every group of the links its permanent id.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn identify(&self, links: &Links, by: &By) -> Result<Identified> {
        let mut writing = self.write().await?;
        let mut identities = load(writing.reading()).await?;
        let plan = plan(&identities, links, &mut || writing.next_id());
        let (new, joined) = (plan.new, plan.redirects.len());
        if plan.add.is_empty() && plan.change.is_empty() && plan.redirects.is_empty() {
            return Ok(Identified {
                identities,
                new,
                joined,
            });
        }
        write(&mut writing, &plan).await?;
        let changed = plan.change.len();
        let line = AuditEntry::new(Action::SaveIdentities, format!("{} keys", plan.add.len()))
            .after(format!(
                "new {new}\njoined {:?}\nkeys that changed their id {changed}",
                plan.redirects
            ));
        writing.commit(by, vec![line]).await?;
        for (kind, key, id) in plan.add.into_iter().chain(plan.change) {
            identities.by_key.insert((kind, key), id);
        }
        for (former, id) in plan.redirects {
            identities
                .redirects
                .values_mut()
                .filter(|to| **to == former)
                .for_each(|to| *to = id);
            identities.redirects.insert(former, id);
        }
        Ok(Identified {
            identities,
            new,
            joined,
        })
    }

    /// All permanent ids.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn identities(&self) -> Result<Identities> {
        load(&mut self.read().await?).await
    }

    /// Keeps what a person decided about two keys; its number.
    ///
    /// # Errors
    /// [`Error::Invalid`] where both keys are one, and those of the database.
    pub async fn decide(&self, decision: &Decision, reason: &str, by: &By) -> Result<i64> {
        if decision.one == decision.other {
            return Err(Error::invalid(
                "同じもの同士は指定できません。二つの異なるものを指定してください。",
            ));
        }
        let mut writing = self.write().await?;
        let row = writing.reading().row(LAST, &[]).await?;
        let number = row.map_or(Ok(0), |row| row.integer(0))? + 1;
        let row = vec![
            number.into(),
            decision.kind.key().into(),
            (&decision.one).into(),
            (&decision.other).into(),
            i64::from(decision.same).into(),
            reason.into(),
            by.who().into(),
            by.moment().into(),
        ];
        writing.insert(&DECISION, vec![row]).await?;
        let word = if decision.same { "same" } else { "different" };
        let after = format!("{word}\n{}\n{}\n{reason}", decision.one, decision.other);
        let line = AuditEntry::new(Action::DecideLink, format!("decision {number}"))
            .after(after)
            .seals(Subject::Decision(number));
        writing.commit(by, vec![line]).await?;
        Ok(number)
    }

    /// All decisions, in order.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn decisions(&self) -> Result<Vec<KeptDecision>> {
        let mut reading = self.read().await?;
        let mut decisions = Vec::new();
        for row in &reading.rows(DECISIONS, &[]).await? {
            let decision = Decision {
                kind: kind(&row.text(1)?)?,
                one: row.text(2)?,
                other: row.text(3)?,
                same: row.integer(4)? != 0,
            };
            let by = By::kept(row.text(6)?, row.text(7)?);
            let (number, reason) = (row.integer(0)?, row.text(5)?);
            decisions.push(KeptDecision {
                number,
                decision,
                reason,
                by,
            });
        }
        Ok(decisions)
    }
}

fn kind(key: &str) -> Result<Kind> {
    Kind::parse(key).ok_or_else(|| Error::damaged(format!("kind: {key}")))
}

async fn load(reading: &mut ReadTx) -> Result<Identities> {
    let mut identities = Identities::default();
    for row in &reading.rows(IDENTITIES, &[]).await? {
        identities
            .by_key
            .insert((kind(&row.text(0)?)?, row.text(1)?), row.integer(2)?);
    }
    for row in &reading.rows(REDIRECTS, &[]).await? {
        identities
            .redirects
            .insert(row.integer(0)?, row.integer(1)?);
    }
    Ok(identities)
}

async fn write(writing: &mut WriteTx, plan: &Plan) -> Result<()> {
    let rows = plan
        .add
        .iter()
        .map(|(kind, key, id)| vec![kind.key().into(), key.into(), (*id).into()]);
    writing.insert(&IDENTITY, rows.collect()).await?;
    for (kind, key, id) in &plan.change {
        writing
            .execute(MOVE, &[kind.key().into(), key.into(), (*id).into()])
            .await?;
    }
    for (former, id) in &plan.redirects {
        writing
            .execute(LEAD_ON, &[(*former).into(), (*id).into()])
            .await?;
    }
    let row = |(former, id): &(i64, i64)| vec![(*former).into(), (*id).into()];
    writing
        .insert(&REDIRECT, plan.redirects.iter().map(row).collect())
        .await
}

/// Finds the id of each group: the lowest of those that it has won, else a new one. Where a group
/// was taken apart, its id goes to the part that holds most of its keys, of parts alike to the
/// first.
fn plan(identities: &Identities, links: &Links, next: &mut impl FnMut() -> i64) -> Plan {
    let mut plan = Plan::default();
    for kind in Kind::ALL {
        let known = |key: &String| identities.by_key.get(&(kind, key.clone())).copied();
        let mut winners: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
        for (place, group) in links.groups(kind).iter().enumerate() {
            let mut counts: BTreeMap<i64, usize> = BTreeMap::new();
            for id in group.keys.iter().filter_map(known) {
                *counts.entry(id).or_default() += 1;
            }
            for (id, count) in counts {
                let best = winners.entry(id).or_insert((count, place));
                if count > best.0 {
                    *best = (count, place);
                }
            }
        }
        let mut won: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
        for (id, (_, place)) in winners {
            won.entry(place).or_default().push(id);
        }
        for (place, group) in links.groups(kind).iter().enumerate() {
            let ids = won.get(&place).map_or(&[][..], Vec::as_slice);
            let id = ids.first().copied().unwrap_or_else(|| {
                plan.new += 1;
                next()
            });
            plan.redirects
                .extend(ids.iter().skip(1).map(|former| (*former, id)));
            for key in &group.keys {
                match known(key) {
                    None => plan.add.push((kind, key.clone(), id)),
                    Some(before) if before != id => plan.change.push((kind, key.clone(), id)),
                    Some(_) => {}
                }
            }
        }
    }
    plan
}
