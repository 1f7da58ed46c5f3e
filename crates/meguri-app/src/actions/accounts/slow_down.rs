//! How long to wait after wrong passwords: longer with each, and never for long.
//!
//! Counted are attempts on an account, from a source, and on an account from a source. Who signed in
//! to an account from a source before is held up there by the last of them only: otherwise an
//! outsider could keep a person from their work by guessing. An attempt that must wait is neither
//! looked at nor counted.

use meguri_store::{Counted, Tally, TallyKind};

/// Failures are forgotten after so many seconds without another.
pub(super) const FORGOTTEN: i64 = 24 * 60 * 60;

/// A source is known to an account for so many seconds after a success.
pub(super) const KNOWN: i64 = 90 * 24 * 60 * 60;

/// Failures that cost nothing, and the longest wait in seconds, for each kind.
const fn limits(kind: TallyKind) -> (i64, i64) {
    match kind {
        TallyKind::Account => (9, 60),
        TallyKind::Source => (19, 300),
        TallyKind::Both => (4, 300),
    }
}

/// What is known of an attempt.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counting<'a> {
    /// Now, in seconds since 1970.
    pub(super) now: i64,
    /// Is somebody signed in already, and asked for their password again?
    pub(super) in_session: bool,
    /// The account, where there is one of the name that was typed.
    pub(super) known: Option<&'a str>,
    /// The address that it came from, where that is known.
    pub(super) source: Option<&'a str>,
}

/// Counts an attempt as a failure, which [`success`] takes back; the seconds to wait where it is not
/// taken now.
pub(super) fn attempt(counting: &Counting<'_>, tallies: [Tally; 3]) -> Counted<Option<i64>> {
    let now = counting.now;
    let both = tallies[2];
    let is_known = both.known > 0 && now - both.known < KNOWN;
    let counts = |kind| match kind {
        TallyKind::Both => true,
        TallyKind::Account => !counting.in_session && !is_known,
        TallyKind::Source => !counting.in_session && !is_known && counting.source.is_some(),
    };
    let counted = || tallies.into_iter().zip(TallyKind::ALL);
    let waits = counted().filter(|(_, kind)| counts(*kind));
    // A clock that was set back must not make anybody wait for years.
    let waits = waits.map(|(tally, kind)| (tally.waits_until - now).min(limits(kind).1));
    let wait = waits.max().unwrap_or(0);
    if wait > 0 {
        return Counted {
            tallies,
            line: None,
            outcome: Some(wait),
        };
    }
    let mut after = tallies;
    for (tally, kind) in after.iter_mut().zip(TallyKind::ALL) {
        if counts(kind) {
            *tally = failed(*tally, kind, now);
        }
    }
    let told = after.iter().zip(TallyKind::ALL).any(|(tally, kind)| {
        let beyond = tally.failures - limits(kind).0;
        counts(kind) && kind != TallyKind::Source && beyond > 0 && is_power_of_two(beyond)
    });
    Counted {
        tallies: after,
        line: told.then(|| line(counting, &after)),
        outcome: None,
    }
}

/// Takes back the failure of an attempt that went well.
pub(super) fn success(now: i64, tallies: [Tally; 3]) -> Counted<()> {
    let [account, mut source, both] = tallies;
    // Others who fail from here are not forgiven.
    source.failures = (source.failures - 1).max(0);
    source.waits_until = now;
    let known = if both.last > 0 { now } else { 0 };
    let forgiven = |tally: Tally, known| Tally {
        failures: 0,
        waits_until: 0,
        known,
        ..tally
    };
    Counted {
        tallies: [forgiven(account, 0), source, forgiven(both, known)],
        line: None,
        outcome: (),
    }
}

fn failed(tally: Tally, kind: TallyKind, now: i64) -> Tally {
    let failures = if now - tally.last > FORGOTTEN {
        1
    } else {
        tally.failures + 1
    };
    Tally {
        failures,
        last: now,
        waits_until: now + wait_after(kind, failures),
        ..tally
    }
}

/// Seconds to wait after so many failures: 1, 2, 4, 8 … behind those that cost nothing.
fn wait_after(kind: TallyKind, failures: i64) -> i64 {
    let (free, longest) = limits(kind);
    match failures - free {
        ..1 => 0,
        beyond @ 1..=9 => (1 << (beyond - 1)).min(longest),
        _ => longest,
    }
}

const fn is_power_of_two(number: i64) -> bool {
    number & (number - 1) == 0
}

/// What the audit is told. A name that nobody has may be a password in the wrong field.
fn line(counting: &Counting<'_>, tallies: &[Tally; 3]) -> String {
    let name = match counting.known {
        Some(name) => format!("account {name}"),
        None => "unknown name".to_owned(),
    };
    let failures = tallies[0].failures.max(tallies[2].failures);
    let source = counting
        .source
        .map_or(String::new(), |source| format!(" from {source}"));
    format!("{name}{source}, attempts {failures}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    /// Who guesses, and what is kept of it.
    #[derive(Default)]
    struct World {
        account: BTreeMap<&'static str, Tally>,
        source: BTreeMap<&'static str, Tally>,
        both: BTreeMap<(&'static str, &'static str), Tally>,
        lines: usize,
    }

    impl World {
        fn tallies(&self, name: &'static str, source: &'static str) -> [Tally; 3] {
            let of = |tally: Option<&Tally>| tally.copied().unwrap_or_default();
            [
                of(self.account.get(name)),
                of(self.source.get(source)),
                of(self.both.get(&(name, source))),
            ]
        }

        fn keep(&mut self, name: &'static str, source: &'static str, tallies: [Tally; 3]) {
            self.account.insert(name, tallies[0]);
            self.source.insert(source, tallies[1]);
            self.both.insert((name, source), tallies[2]);
        }

        /// Tries; the seconds to wait.
        fn attempt(&mut self, name: &'static str, source: &'static str, now: i64) -> Option<i64> {
            let counting = Counting {
                now,
                in_session: false,
                known: Some(name),
                source: Some(source).filter(|source| !source.is_empty()),
            };
            let counted = attempt(&counting, self.tallies(name, source));
            self.keep(name, source, counted.tallies);
            self.lines += usize::from(counted.line.is_some());
            counted.outcome
        }

        fn success(&mut self, name: &'static str, source: &'static str, now: i64) {
            assert_eq!(self.attempt(name, source, now), None, "it is taken");
            let counted = success(now, self.tallies(name, source));
            self.keep(name, source, counted.tallies);
        }
    }

    #[test]
    fn guessing_from_one_place_gets_slower_and_slower() {
        let mut world = World::default();
        let (mut now, mut taken) = (1_000_000, 0);
        // As fast as it is let, for a day.
        let end = now + FORGOTTEN;
        while now < end {
            match world.attempt("yamada", "10.0.0.9", now) {
                None => taken += 1,
                Some(wait) => now += wait,
            }
        }
        assert!(taken < 310, "{taken} guesses a day");
        assert!(world.lines <= 20, "{} lines of the audit", world.lines);
    }

    #[test]
    fn an_outsider_does_not_keep_anybody_from_their_work() {
        let mut world = World::default();
        let now = 1_000_000;
        world.success("yamada", "10.0.0.1", now);
        for second in 1..5_000 {
            let _ = world.attempt("yamada", "10.0.0.9", now + second);
            let _ = world.attempt("yamada", "", now + second);
        }
        assert_eq!(world.attempt("yamada", "10.0.0.1", now + 5_000), None);
        // Where the person was never before, they wait a minute at most.
        let wait = world.attempt("yamada", "10.0.0.2", now + 5_000);
        assert!(wait.is_none_or(|wait| wait <= 60), "{wait:?}");
        // From the place of the outsider, five minutes at most.
        let wait = world.attempt("yamada", "10.0.0.9", now + 5_000);
        assert!(wait.is_none_or(|wait| wait <= 300), "{wait:?}");
    }

    #[test]
    fn one_place_does_not_try_all_names() {
        let mut world = World::default();
        let names: Vec<&'static str> = (0..1_000)
            .map(|n| &*Box::leak(format!("user{n}").into_boxed_str()))
            .collect();
        let tried = names.iter().filter(|name| {
            let wait = world.attempt(name, "10.0.0.9", 1_000_000);
            wait.is_none()
        });
        assert_eq!(tried.count(), 20);
    }

    #[test]
    fn a_few_mistakes_cost_nothing_and_are_forgotten() {
        let mut world = World::default();
        let now = 1_000_000;
        for _ in 0..4 {
            assert_eq!(world.attempt("yamada", "10.0.0.1", now), None);
        }
        world.success("yamada", "10.0.0.1", now);
        for day in 1..10 {
            for _ in 0..4 {
                let then = now + day * (FORGOTTEN + 1);
                assert_eq!(world.attempt("yamada", "10.0.0.1", then), None);
            }
        }
    }

    #[test]
    fn a_clock_that_is_set_back_makes_nobody_wait_for_years() {
        let mut world = World::default();
        let ahead = 4_000_000_000;
        for _ in 0..50 {
            let _ = world.attempt("yamada", "10.0.0.1", ahead);
        }
        let wait = world.attempt("yamada", "10.0.0.1", 1_000_000);
        assert!(wait.is_some_and(|wait| wait <= 300), "{wait:?}");
    }

    #[test]
    fn a_name_that_nobody_has_is_not_written_down() {
        let counting = Counting {
            now: 0,
            in_session: false,
            known: None,
            source: Some("10.0.0.1"),
        };
        let line = line(&counting, &[Tally::default(); 3]);
        assert_eq!(line, "unknown name from 10.0.0.1, attempts 0");
    }
}
