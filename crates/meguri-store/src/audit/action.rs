//! What a line of the audit says was done.

/// A kind of write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// A paper was kept as a document, or as a new reading of one.
    SaveDocument,
    /// A person changed values of a sheet.
    EditSheet,
    /// The last reading of a sheet was put in force over what persons had changed.
    AdoptReading,
    /// Rows of projects of a budget were kept.
    SaveProject,
    /// The findings of a run of the checks were kept.
    SaveFindings,
    /// A finding was accepted with a reason, or opened again.
    AcceptFinding,
    /// Things got their permanent ids.
    SaveIdentities,
    /// A person decided whether two keys are one thing.
    DecideLink,
    /// The list of sections was kept.
    SaveSections,
    /// A scheme was kept.
    SaveScheme,
    /// A document was published.
    Publish,
    /// A publication was withdrawn.
    Withdraw,
    /// An account was added, or what is registered of it was changed.
    SaveAccount,
    /// An account got another password.
    SetPassword,
    /// An account got another key for codes, or none any more.
    SetCode,
    /// A person signed in.
    SignIn,
    /// A person signed out, or sessions were ended.
    SignOut,
    /// Attempts to sign in were slowed down.
    SlowDown,
    /// A cycle was opened: its sheets were made and given to their sections.
    OpenCycle,
    /// Stages of a cycle got other days.
    SetCycleDates,
    /// Something happened to sheets of a cycle, or was said about them.
    WorkOnSheets,
    /// People were reminded of sheets of a cycle.
    Remind,
    /// The municipality was registered.
    RegisterMunicipality,
    /// It got another name.
    RenameMunicipality,
    /// It got another code.
    RecodeMunicipality,
    /// Another one was taken into it.
    MergeMunicipality,
}

impl Action {
    /// All of them.
    pub const ALL: [Self; 26] = [
        Self::SaveDocument,
        Self::EditSheet,
        Self::AdoptReading,
        Self::SaveProject,
        Self::SaveFindings,
        Self::AcceptFinding,
        Self::SaveIdentities,
        Self::DecideLink,
        Self::SaveSections,
        Self::SaveScheme,
        Self::Publish,
        Self::Withdraw,
        Self::SaveAccount,
        Self::SetPassword,
        Self::SetCode,
        Self::SignIn,
        Self::SignOut,
        Self::SlowDown,
        Self::OpenCycle,
        Self::SetCycleDates,
        Self::WorkOnSheets,
        Self::Remind,
        Self::RegisterMunicipality,
        Self::RenameMunicipality,
        Self::RecodeMunicipality,
        Self::MergeMunicipality,
    ];

    /// As it is written in the audit, for ever.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SaveDocument => "document.save",
            Self::EditSheet => "sheet.edit",
            Self::AdoptReading => "sheet.adopt",
            Self::SaveProject => "project.save",
            Self::SaveFindings => "findings.save",
            Self::AcceptFinding => "finding.accept",
            Self::SaveIdentities => "identities.save",
            Self::DecideLink => "link.decide",
            Self::SaveSections => "sections.save",
            Self::SaveScheme => "scheme.save",
            Self::Publish => "publication.publish",
            Self::Withdraw => "publication.withdraw",
            Self::SaveAccount => "account.save",
            Self::SetPassword => "account.password",
            Self::SetCode => "account.code",
            Self::SignIn => "session.begin",
            Self::SignOut => "session.end",
            Self::SlowDown => "session.slow",
            Self::OpenCycle => "cycle.open",
            Self::SetCycleDates => "cycle.dates",
            Self::WorkOnSheets => "cycle.work",
            Self::Remind => "cycle.remind",
            Self::RegisterMunicipality => "municipality.register",
            Self::RenameMunicipality => "municipality.rename",
            Self::RecodeMunicipality => "municipality.recode",
            Self::MergeMunicipality => "municipality.merge",
        }
    }

    /// The one that is written so.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|action| action.as_str() == written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_is_written_in_its_own_way_and_read_again() {
        for action in Action::ALL {
            assert_eq!(Action::parse(action.as_str()), Some(action));
        }
        assert_eq!(Action::parse("sheet.eaten"), None);
    }
}
