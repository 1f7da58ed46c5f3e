//! Roles: what a person is in the year's work.

/// A role. A person may have several, each by a grant of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Everybody, without signing in: residents, press, other programs.
    Anyone,
    /// Somebody of the city who only reads (議会事務局, 理事者 …).
    Reader,
    /// 所管課: writes the sheets of a section.
    Entry,
    /// 課長.
    SectionHead,
    /// 部長.
    DepartmentHead,
    /// 政策課: calls out, checks, publishes.
    Planning,
    /// 財政課.
    Finance,
    /// 評価委員: sees and judges what is assigned to the committee.
    Committee,
    /// Keeps accounts and settings; no part in the sheets.
    Administrator,
    /// Who runs the program in a terminal, by the account of the system: keeps the data.
    Operator,
}

impl Role {
    /// All roles, in the order of tables.
    pub const ALL: [Self; 10] = [
        Self::Anyone,
        Self::Reader,
        Self::Entry,
        Self::SectionHead,
        Self::DepartmentHead,
        Self::Planning,
        Self::Finance,
        Self::Committee,
        Self::Administrator,
        Self::Operator,
    ];

    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Anyone => "公開（誰でも）",
            Self::Reader => "閲覧",
            Self::Entry => "所管課",
            Self::SectionHead => "課長",
            Self::DepartmentHead => "部長",
            Self::Planning => "政策課",
            Self::Finance => "財政課",
            Self::Committee => "評価委員",
            Self::Administrator => "システム管理者",
            Self::Operator => "サーバーの操作者",
        }
    }

    /// The stable ASCII key of files and data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Anyone => "anyone",
            Self::Reader => "reader",
            Self::Entry => "entry",
            Self::SectionHead => "section_head",
            Self::DepartmentHead => "department_head",
            Self::Planning => "planning",
            Self::Finance => "finance",
            Self::Committee => "committee",
            Self::Administrator => "administrator",
            Self::Operator => "operator",
        }
    }

    /// The role of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }

    /// Can a person have it by a grant? Everybody is [`Role::Anyone`] without one, and
    /// [`Role::Operator`] is whoever the machine lets run the program.
    #[must_use]
    pub const fn is_granted(self) -> bool {
        !matches!(self, Self::Anyone | Self::Operator)
    }

    /// Can another person act as a deputy in it? Not as an administrator: a second account is
    /// appointed instead, so that each change of rights has one name.
    #[must_use]
    pub const fn has_deputies(self) -> bool {
        matches!(
            self,
            Self::Entry | Self::SectionHead | Self::DepartmentHead | Self::Planning | Self::Finance
        )
    }
}
