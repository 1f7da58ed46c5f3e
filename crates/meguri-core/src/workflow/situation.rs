//! The states of a part of a sheet.

/// Where a part of a sheet is, from the least to the most advanced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Assigned, nobody has written yet.
    NotBegun,
    /// A draft is there.
    BeingWritten,
    /// It came back with words.
    ChangesRequested,
    /// Whoever wrote it says that it is ready.
    Ready,
    /// Whoever mended it says that it is done.
    ChangesMade,
    /// Sent for the first time; locked.
    Submitted,
    /// Sent again after it came back; locked.
    SubmittedWithChanges,
    /// A level has taken it up, or one of several has approved it.
    BeingChecked,
    /// All who approve have approved; it stays so while the last level looks at it.
    Approved,
    /// The last level has taken it over.
    Accepted,
    /// The stage is over for it, whether it came or not.
    Closed,
}

impl State {
    /// All states, from the least advanced on.
    pub const ALL: [Self; 11] = [
        Self::NotBegun,
        Self::BeingWritten,
        Self::ChangesRequested,
        Self::Ready,
        Self::ChangesMade,
        Self::Submitted,
        Self::SubmittedWithChanges,
        Self::BeingChecked,
        Self::Approved,
        Self::Accepted,
        Self::Closed,
    ];

    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotBegun => "未着手",
            Self::BeingWritten => "記入中",
            Self::ChangesRequested => "差戻し",
            Self::Ready => "記入済み",
            Self::ChangesMade => "修正済み",
            Self::Submitted => "提出済み",
            Self::SubmittedWithChanges => "修正して提出済み",
            Self::BeingChecked => "確認中",
            Self::Approved => "承認済み",
            Self::Accepted => "受理済み",
            Self::Closed => "締切",
        }
    }

    /// The stable ASCII key of data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotBegun => "not_begun",
            Self::BeingWritten => "being_written",
            Self::ChangesRequested => "changes_requested",
            Self::Ready => "ready",
            Self::ChangesMade => "changes_made",
            Self::Submitted => "submitted",
            Self::SubmittedWithChanges => "submitted_with_changes",
            Self::BeingChecked => "being_checked",
            Self::Approved => "approved",
            Self::Accepted => "accepted",
            Self::Closed => "closed",
        }
    }

    /// The state of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// May its text be changed, autosave included?
    #[must_use]
    pub const fn is_writable(self) -> bool {
        matches!(self, Self::BeingWritten | Self::ChangesRequested)
    }

    /// Has it been sent, so that its text stands still?
    #[must_use]
    pub const fn is_locked(self) -> bool {
        matches!(
            self,
            Self::Submitted
                | Self::SubmittedWithChanges
                | Self::BeingChecked
                | Self::Approved
                | Self::Accepted
                | Self::Closed
        )
    }

    /// Is the stage over for it, so that the next may begin?
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Accepted | Self::Closed)
    }

    /// What the states of several parts come to: that of the least advanced part. One exception: a
    /// sheet on which anybody has begun is not "not begun", it is being written. `None` without
    /// parts.
    ///
    /// So whatever the word says of the sheet is true of each part, and a part that moves on never
    /// moves the sheet back.
    #[must_use]
    pub fn of_parts(parts: impl IntoIterator<Item = Self>) -> Option<Self> {
        let (least, most) = parts
            .into_iter()
            .fold((None, None), |(least, most), state| {
                let least = least.map_or(state, |known: Self| known.min(state));
                let most = most.map_or(state, |known: Self| known.max(state));
                (Some(least), Some(most))
            });
        match (least, most) {
            (Some(Self::NotBegun), Some(most)) if most != Self::NotBegun => {
                Some(Self::BeingWritten)
            }
            (least, _) => least,
        }
    }
}
