//! How the connections that a process may have are divided between its listeners.

use meguri_app::config::Limits;

/// The most connections of each listener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shares {
    pub(super) public: usize,
    pub(super) internal: usize,
    pub(super) operations: usize,
}

impl Shares {
    /// Divides the descriptors that the process may have. Those of the files, of the internal pages
    /// and of the operations are put aside first.
    pub(super) fn of(limits: &Limits, descriptors: usize) -> Self {
        let operations = (descriptors / 16).clamp(1, 64);
        let internal = (descriptors / 8).clamp(1, 256);
        let files = (descriptors / 4).clamp(1, 256);
        let left = descriptors.saturating_sub(operations + internal + files);
        Self {
            public: limits.connections.min(left).max(1),
            internal,
            operations,
        }
    }
}

/// Raises the limit of open files as far as the system lets us; the limit that holds now.
#[cfg(unix)]
pub(super) fn raise_descriptors() -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    /// More is never needed, and some systems name no limit at all.
    const ENOUGH: u64 = 65_536;
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = maximum.map_or(ENOUGH, |most| most.min(ENOUGH));
    let mut now = current.unwrap_or(ENOUGH);
    if now < wanted {
        let more = Rlimit {
            current: Some(wanted),
            maximum,
        };
        if setrlimit(Resource::Nofile, more).is_ok() {
            now = wanted;
        }
    }
    usize::try_from(now).unwrap_or(usize::MAX)
}

/// Other systems have no such limit.
#[cfg(not(unix))]
pub(super) fn raise_descriptors() -> usize {
    65_536
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_descriptors_are_always_left_for_files_and_the_other_listeners() {
        let limits = Limits::default();
        for descriptors in [0, 1, 16, 100, 256, 1_024, 4_096, 65_536, usize::MAX] {
            let shares = Shares::of(&limits, descriptors);
            assert!(shares.public >= 1 && shares.internal >= 1 && shares.operations >= 1);
            assert!(shares.public <= limits.connections);
            if descriptors >= 16 {
                let all = shares.public + shares.internal + shares.operations;
                assert!(
                    all + descriptors.min(1_024) / 4 <= descriptors,
                    "{descriptors}"
                );
            }
        }
        assert_eq!(Shares::of(&limits, 1_024).public, 576);
        assert_eq!(Shares::of(&limits, 65_536).public, 4_096);
    }
}
