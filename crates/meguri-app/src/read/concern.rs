//! Whom a write concerns: the public pages are made anew only for what they are made of.

use meguri_store::Action;

/// What has to be made anew after a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// Nobody's pages: who may sign in, and who did.
    Nobody,
    /// What the house sees, and nothing that is public.
    Internal,
    /// Besides, what is public may be linked or named otherwise. It often is not: new papers bring
    /// new names.
    Names,
    /// Besides, other things are public.
    Public,
}

impl Concern {
    /// Whom a kind of write concerns. What a newer program writes concerns everybody.
    #[must_use]
    pub const fn of(action: Option<Action>) -> Self {
        let Some(action) = action else {
            return Self::Public;
        };
        match action {
            Action::SaveAccount
            | Action::SetPassword
            | Action::SetCode
            | Action::SignIn
            | Action::SignOut
            | Action::SlowDown
            | Action::Remind => Self::Nobody,
            // A publication pins the versions of its sheets and the findings that were chosen.
            Action::SaveDocument
            | Action::EditSheet
            | Action::AdoptReading
            | Action::SaveProject
            | Action::SaveFindings
            | Action::AcceptFinding
            | Action::OpenCycle
            | Action::SetCycleDates
            | Action::WorkOnSheets => Self::Internal,
            Action::SaveIdentities | Action::DecideLink | Action::SaveSections => Self::Names,
            Action::Publish
            | Action::Withdraw
            // A scheme says what of a sheet is visible, also of one that was published before it.
            | Action::SaveScheme
            | Action::RegisterMunicipality
            | Action::RenameMunicipality
            | Action::RecodeMunicipality
            | Action::MergeMunicipality => Self::Public,
        }
    }

    /// Whom some writes concern; `None` where there were none.
    #[must_use]
    pub fn of_all(actions: &[Option<Action>]) -> Option<Self> {
        actions.iter().map(|action| Self::of(*action)).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_widest_of_some_writes_counts() {
        let edit = Some(Action::EditSheet);
        assert_eq!(Concern::of_all(&[]), None);
        assert_eq!(Concern::of_all(&[edit]), Some(Concern::Internal));
        let signed_in = Some(Action::SignIn);
        assert_eq!(Concern::of_all(&[signed_in]), Some(Concern::Nobody));
        assert_eq!(Concern::of_all(&[signed_in, edit]), Some(Concern::Internal));
        let decided = [edit, Some(Action::DecideLink)];
        assert_eq!(Concern::of_all(&decided), Some(Concern::Names));
        let published = [Some(Action::Publish), edit, Some(Action::DecideLink)];
        assert_eq!(Concern::of_all(&published), Some(Concern::Public));
        assert_eq!(Concern::of_all(&[edit, None]), Some(Concern::Public));
    }
}
