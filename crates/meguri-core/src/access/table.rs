//! The one table of the house: how far a permission reaches for a role.

use crate::access::{Permission, Role};

/// How far a permission of a role reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Nowhere.
    None,
    /// To what is assigned.
    Assigned,
    /// To what the own section owns, alone or with others.
    OwnSection,
    /// To what sections of the own department own.
    OwnDepartment,
    /// To everything of the municipality.
    All,
}

impl Reach {
    /// The word for a person; `－` for none.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::None => "－",
            Self::Assigned => "割当て分",
            Self::OwnSection => "自課",
            Self::OwnDepartment => "自部",
            Self::All => "全て",
        }
    }
}

/// How far a role may go with a permission. What the table does not name is refused.
#[must_use]
pub fn allows(role: Role, permission: Permission) -> Reach {
    let place = Role::ALL.iter().position(|known| *known == role);
    let row = TABLE.iter().find(|(known, _)| *known == permission);
    let reach = row.and_then(|(_, reaches)| reaches.get(place?).copied());
    reach.unwrap_or(Reach::None)
}

use Permission as P;

const NO: Reach = Reach::None;
const ASG: Reach = Reach::Assigned;
const SEC: Reach = Reach::OwnSection;
const DEP: Reach = Reach::OwnDepartment;
const ALL: Reach = Reach::All;

/// A column for each role of [`Role::ALL`]. Set by hand as a table, so that a column can be read.
#[rustfmt::skip]
const TABLE: [(Permission, [Reach; 10]); 43] = [
    //                    anyone reader entry  head   dept   plan   fin    comm   admin  oper
    (P::ReadPublished,    [ALL,  ALL,   ALL,   ALL,   ALL,   ALL,   ALL,   ALL,   ALL,   ALL]),
    (P::ReadInternal,     [NO,   ALL,   ALL,   ALL,   ALL,   ALL,   ALL,   ASG,   NO,    ALL]),
    (P::ReadSubmitted,    [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   ASG,   NO,    ALL]),
    (P::ReadDraft,        [NO,   NO,    SEC,   SEC,   DEP,   ALL,   NO,    NO,    NO,    NO]),
    (P::ReadFindings,     [NO,   ALL,   ALL,   ALL,   ALL,   ALL,   ALL,   ASG,   NO,    ALL]),
    (P::ReadProgress,     [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   NO,    NO,    ALL]),

    (P::WriteDraft,       [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   ASG,   NO,    NO]),
    (P::Submit,           [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   ASG,   NO,    NO]),
    (P::TakeBack,         [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   ASG,   NO,    NO]),
    (P::Comment,          [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   ASG,   NO,    NO]),
    (P::AskAcceptance,    [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   NO,    NO,    NO]),
    (P::Attach,           [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   NO,    NO,    NO]),
    (P::NameDeputy,       [NO,   NO,    SEC,   SEC,   DEP,   ALL,   NO,    NO,    ALL,   ALL]),

    (P::Check,            [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   ASG,   NO,    NO]),
    (P::Return,           [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   NO,    NO,    NO]),
    (P::Approve,          [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   ASG,   NO,    NO]),
    (P::Accept,           [NO,   NO,    NO,    NO,    DEP,   ALL,   ALL,   NO,    NO,    NO]),
    (P::Judge,            [NO,   NO,    SEC,   SEC,   DEP,   ALL,   ALL,   ASG,   NO,    NO]),
    (P::Reopen,           [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    NO]),

    (P::OpenCycle,        [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    NO]),
    (P::CloseCycle,       [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    NO]),
    (P::Assign,           [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    NO]),
    (P::Extend,           [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    NO]),
    (P::Remind,           [NO,   NO,    NO,    SEC,   DEP,   ALL,   NO,    NO,    NO,    ALL]),

    (P::Import,           [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    ALL]),
    (P::AdoptReading,     [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    ALL]),
    (P::EditSheet,        [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    ALL]),
    (P::AcceptFinding,    [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    ALL]),
    (P::DecideLinks,      [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    ALL]),
    (P::EditSections,     [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    ALL,   ALL]),
    (P::EditProjects,     [NO,   NO,    NO,    NO,    NO,    ALL,   ALL,   NO,    NO,    ALL]),
    (P::ImportLedger,     [NO,   NO,    NO,    NO,    NO,    ALL,   ALL,   NO,    NO,    ALL]),
    (P::EditScheme,       [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    ALL,   ALL]),

    (P::Publish,          [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    ALL]),
    (P::Withdraw,         [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    ALL]),

    (P::ManageAccounts,   [NO,   NO,    NO,    NO,    NO,    NO,    NO,    NO,    ALL,   ALL]),
    (P::EditMunicipality, [NO,   NO,    NO,    NO,    NO,    NO,    NO,    NO,    ALL,   ALL]),
    (P::ReadAudit,        [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    ALL,   ALL]),
    (P::ExportAll,        [NO,   NO,    NO,    NO,    NO,    ALL,   NO,    NO,    NO,    ALL]),
    (P::Backup,           [NO,   NO,    NO,    NO,    NO,    NO,    NO,    NO,    ALL,   ALL]),
    (P::Restore,          [NO,   NO,    NO,    NO,    NO,    NO,    NO,    NO,    NO,    ALL]),
    (P::ReadHealth,       [NO,   NO,    NO,    NO,    NO,    NO,    NO,    NO,    ALL,   ALL]),
    (P::SignIn,           [ALL,  ALL,   ALL,   ALL,   ALL,   ALL,   ALL,   ALL,   ALL,   ALL]),
];
