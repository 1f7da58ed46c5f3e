//! What can be done to a part of a sheet.

use crate::access::Permission;

/// One thing that somebody does; each makes one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Giving the part to a section, or the stage to whoever judges.
    Assign,
    /// Writing the first word.
    BeginDraft,
    /// Writing on in what was marked ready or mended.
    ResumeDraft,
    /// Saying that it is ready to be sent.
    MarkReady,
    /// Saying that what was asked for is done.
    MarkChangesMade,
    /// Sending it.
    Submit,
    /// Taking back what was sent.
    TakeBack,
    /// Taking up what was sent or approved, in order to look at it.
    BeginCheck,
    /// Sending it back with words.
    Return,
    /// Approving it.
    Approve,
    /// Taking back one's approval.
    TakeBackApproval,
    /// Taking it over for good.
    Accept,
    /// Ending the stage for it.
    Close,
    /// Opening it again.
    Reopen,
    /// Giving it more time.
    Extend,
    /// Giving it to another section.
    HandOver,
}

impl Action {
    /// All of them, in the order of the year.
    pub const ALL: [Self; 16] = [
        Self::Assign,
        Self::BeginDraft,
        Self::ResumeDraft,
        Self::MarkReady,
        Self::MarkChangesMade,
        Self::Submit,
        Self::TakeBack,
        Self::BeginCheck,
        Self::Return,
        Self::Approve,
        Self::TakeBackApproval,
        Self::Accept,
        Self::Close,
        Self::Reopen,
        Self::Extend,
        Self::HandOver,
    ];

    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Assign => "割り当てる",
            Self::BeginDraft => "記入を始める",
            Self::ResumeDraft => "記入を続ける",
            Self::MarkReady => "記入済みにする",
            Self::MarkChangesMade => "修正済みにする",
            Self::Submit => "提出する",
            Self::TakeBack => "提出を取り戻す",
            Self::BeginCheck => "確認を始める",
            Self::Return => "差し戻す",
            Self::Approve => "承認する",
            Self::TakeBackApproval => "承認を取り消す",
            Self::Accept => "受理する",
            Self::Close => "締め切る",
            Self::Reopen => "受理・締切を取り消す",
            Self::Extend => "期限を延長する",
            Self::HandOver => "ほかの課に引き継ぐ",
        }
    }

    /// The stable ASCII key of data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::BeginDraft => "begin_draft",
            Self::ResumeDraft => "resume_draft",
            Self::MarkReady => "mark_ready",
            Self::MarkChangesMade => "mark_changes_made",
            Self::Submit => "submit",
            Self::TakeBack => "take_back",
            Self::BeginCheck => "begin_check",
            Self::Return => "return",
            Self::Approve => "approve",
            Self::TakeBackApproval => "take_back_approval",
            Self::Accept => "accept",
            Self::Close => "close",
            Self::Reopen => "reopen",
            Self::Extend => "extend",
            Self::HandOver => "hand_over",
        }
    }

    /// The action of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.key() == key)
    }

    /// The permission that it needs.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::Assign | Self::HandOver => Permission::Assign,
            Self::BeginDraft | Self::ResumeDraft | Self::MarkReady | Self::MarkChangesMade => {
                Permission::WriteDraft
            }
            Self::Submit => Permission::Submit,
            Self::TakeBack => Permission::TakeBack,
            Self::BeginCheck => Permission::Check,
            Self::Return => Permission::Return,
            Self::Approve | Self::TakeBackApproval => Permission::Approve,
            Self::Accept => Permission::Accept,
            Self::Close => Permission::CloseCycle,
            Self::Reopen => Permission::Reopen,
            Self::Extend => Permission::Extend,
        }
    }

    /// Is it done by whoever writes the sheet? Such actions end with the dates of the stage.
    #[must_use]
    pub const fn is_of_writer(self) -> bool {
        matches!(
            self,
            Self::BeginDraft
                | Self::ResumeDraft
                | Self::MarkReady
                | Self::MarkChangesMade
                | Self::Submit
                | Self::TakeBack
        )
    }

    /// Is it a step on the way, which an earlier stage holds up? Running the cycle is not.
    #[must_use]
    pub const fn is_step(self) -> bool {
        !matches!(
            self,
            Self::Assign | Self::Close | Self::Reopen | Self::Extend | Self::HandOver
        )
    }
}
