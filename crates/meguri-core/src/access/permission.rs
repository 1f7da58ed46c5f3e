//! Permissions: every thing that a person, or somebody in a terminal, can do.

/// What a permission is about; the parts of the manual.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Seeing.
    Reading,
    /// Writing and sending a sheet.
    Writing,
    /// Looking at what was sent.
    Reviewing,
    /// Running the cycle.
    Cycle,
    /// Papers, findings, links and master data.
    Data,
    /// What the public sees.
    Publication,
    /// Accounts, audit, copies.
    Keeping,
}

impl Area {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Reading,
        Self::Writing,
        Self::Reviewing,
        Self::Cycle,
        Self::Data,
        Self::Publication,
        Self::Keeping,
    ];

    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reading => "閲覧",
            Self::Writing => "記入と提出",
            Self::Reviewing => "確認と承認",
            Self::Cycle => "照会の進行",
            Self::Data => "文書とデータ",
            Self::Publication => "公表",
            Self::Keeping => "管理",
        }
    }
}

/// One thing that can be done. An action and a route ask for one of them by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// What is published.
    ReadPublished,
    /// Papers that were read in, and sheets that were accepted, before they are published.
    ReadInternal,
    /// Sheets that were sent and are being looked at, with what was said about them.
    ReadSubmitted,
    /// Text that is still being written.
    ReadDraft,
    /// Findings of the rules, on sheets and papers that the person may see.
    ReadFindings,
    /// Who has not begun, sent, returned, approved: the desk of the cycle.
    ReadProgress,
    /// Writing a draft, marking it ready, marking changes as made.
    WriteDraft,
    /// Sending a sheet; from then on it is locked.
    Submit,
    /// Taking back what was sent, as long as nobody has taken it up.
    TakeBack,
    /// Answering what was asked on a field.
    Comment,
    /// Asking that a finding be accepted, with the reason; granting it is `AcceptFinding`.
    AskAcceptance,
    /// Files beside a sheet.
    Attach,
    /// Saying who approves, and naming a deputy.
    NameDeputy,
    /// Taking up what was sent, so that it cannot be taken back.
    Check,
    /// Sending back with words.
    Return,
    /// Approving for one's own level, and taking the approval back.
    Approve,
    /// Taking over what was approved: the level below cannot undo it any more.
    Accept,
    /// A judgement of one's own (二次, 外部, 最終), signed.
    Judge,
    /// Opening again what was accepted or closed.
    Reopen,
    /// Opening a cycle of a plan and year.
    OpenCycle,
    /// Closing a cycle or a sheet.
    CloseCycle,
    /// Giving sheets to sections, handing them over.
    Assign,
    /// Moving dates for one or all.
    Extend,
    /// Reminding sections.
    Remind,
    /// Reading papers in.
    Import,
    /// Saying which reading of a torn place is right.
    AdoptReading,
    /// Changing a kept sheet outside a cycle; makes a new version.
    EditSheet,
    /// Accepting a finding with a reason, or opening it again.
    AcceptFinding,
    /// Saying which projects, indicators and sections of several papers are one.
    DecideLinks,
    /// Sections, departments and their successors.
    EditSections,
    /// Projects with codes and accounts.
    EditProjects,
    /// Budget and settlement amounts (予算・決算の台帳).
    ImportLedger,
    /// The scheme of a plan.
    EditScheme,
    /// Showing a version to the public, with notes and corrections.
    Publish,
    /// Taking a version from the public.
    Withdraw,
    /// Accounts and their grants.
    ManageAccounts,
    /// The municipality's name and code.
    EditMunicipality,
    /// The audit, and whether it holds.
    ReadAudit,
    /// Everything in files, drafts too; the reading itself is audited.
    ExportAll,
    /// A copy of the database.
    Backup,
    /// Putting a copy in the place of the database.
    Restore,
    /// State of the program: mail, clock, space.
    ReadHealth,
    /// Signing in, and what a person does with their own account: password, sessions.
    SignIn,
}

/// What is known of a permission besides its reach.
struct Description {
    permission: Permission,
    key: &'static str,
    area: Area,
    label: &'static str,
}

const fn row(
    permission: Permission,
    key: &'static str,
    area: Area,
    label: &'static str,
) -> Description {
    Description {
        permission,
        key,
        area,
        label,
    }
}

/// A row for each permission, in the order of the manual and of the enum.
const DESCRIPTIONS: [Description; 43] = [
    row(
        Permission::ReadPublished,
        "read_published",
        Area::Reading,
        "公表した内容を見る",
    ),
    row(
        Permission::ReadInternal,
        "read_internal",
        Area::Reading,
        "庁内の内容（公表前）を見る",
    ),
    row(
        Permission::ReadSubmitted,
        "read_submitted",
        Area::Reading,
        "提出されたシートを見る",
    ),
    row(
        Permission::ReadDraft,
        "read_draft",
        Area::Reading,
        "記入中のシートを見る",
    ),
    row(
        Permission::ReadFindings,
        "read_findings",
        Area::Reading,
        "点検の指摘を見る",
    ),
    row(
        Permission::ReadProgress,
        "read_progress",
        Area::Reading,
        "提出の状況を見る",
    ),
    row(
        Permission::WriteDraft,
        "write_draft",
        Area::Writing,
        "シートに記入する",
    ),
    row(
        Permission::Submit,
        "submit",
        Area::Writing,
        "シートを提出する",
    ),
    row(
        Permission::TakeBack,
        "take_back",
        Area::Writing,
        "提出を取り戻す",
    ),
    row(
        Permission::Comment,
        "comment",
        Area::Writing,
        "シートに意見・回答を書く",
    ),
    row(
        Permission::AskAcceptance,
        "ask_acceptance",
        Area::Writing,
        "指摘の了承を求める",
    ),
    row(
        Permission::Attach,
        "attach",
        Area::Writing,
        "添付ファイルを付ける",
    ),
    row(
        Permission::NameDeputy,
        "name_deputy",
        Area::Writing,
        "承認者・代理を決める",
    ),
    row(Permission::Check, "check", Area::Reviewing, "確認を始める"),
    row(Permission::Return, "return", Area::Reviewing, "差し戻す"),
    row(Permission::Approve, "approve", Area::Reviewing, "承認する"),
    row(Permission::Accept, "accept", Area::Reviewing, "受理する"),
    row(
        Permission::Judge,
        "judge",
        Area::Reviewing,
        "評価・意見を付ける",
    ),
    row(
        Permission::Reopen,
        "reopen",
        Area::Reviewing,
        "受理・締切を取り消して戻す",
    ),
    row(
        Permission::OpenCycle,
        "open_cycle",
        Area::Cycle,
        "照会を開始する",
    ),
    row(
        Permission::CloseCycle,
        "close_cycle",
        Area::Cycle,
        "照会・シートを締め切る",
    ),
    row(
        Permission::Assign,
        "assign",
        Area::Cycle,
        "シートを課・委員に割り当てる",
    ),
    row(Permission::Extend, "extend", Area::Cycle, "期限を延長する"),
    row(Permission::Remind, "remind", Area::Cycle, "催促を送る"),
    row(Permission::Import, "import", Area::Data, "文書を取り込む"),
    row(
        Permission::AdoptReading,
        "adopt_reading",
        Area::Data,
        "読み取りを確定する",
    ),
    row(
        Permission::EditSheet,
        "edit_sheet",
        Area::Data,
        "保存済みのシートを訂正する",
    ),
    row(
        Permission::AcceptFinding,
        "accept_finding",
        Area::Data,
        "指摘を理由を付けて了承する",
    ),
    row(
        Permission::DecideLinks,
        "decide_links",
        Area::Data,
        "事業・指標などの結び付けを決める",
    ),
    row(
        Permission::EditSections,
        "edit_sections",
        Area::Data,
        "課・部の名簿を直す",
    ),
    row(
        Permission::EditProjects,
        "edit_projects",
        Area::Data,
        "事業の名簿を直す",
    ),
    row(
        Permission::ImportLedger,
        "import_ledger",
        Area::Data,
        "予算・決算の台帳を取り込む",
    ),
    row(
        Permission::EditScheme,
        "edit_scheme",
        Area::Data,
        "計画の設定を変える",
    ),
    row(
        Permission::Publish,
        "publish",
        Area::Publication,
        "公表・訂正する",
    ),
    row(
        Permission::Withdraw,
        "withdraw",
        Area::Publication,
        "公表を取り下げる",
    ),
    row(
        Permission::ManageAccounts,
        "manage_accounts",
        Area::Keeping,
        "利用者と権限を管理する",
    ),
    row(
        Permission::EditMunicipality,
        "edit_municipality",
        Area::Keeping,
        "団体の名称・コードを変える",
    ),
    row(
        Permission::ReadAudit,
        "read_audit",
        Area::Keeping,
        "監査記録を見る",
    ),
    row(
        Permission::ExportAll,
        "export_all",
        Area::Keeping,
        "全てのデータを書き出す",
    ),
    row(
        Permission::Backup,
        "backup",
        Area::Keeping,
        "バックアップを作る",
    ),
    row(
        Permission::Restore,
        "restore",
        Area::Keeping,
        "バックアップから復元する",
    ),
    row(
        Permission::ReadHealth,
        "read_health",
        Area::Keeping,
        "稼働の状態を見る",
    ),
    row(
        Permission::SignIn,
        "sign_in",
        Area::Keeping,
        "サインインし、自分のパスワードを管理する",
    ),
];

impl Permission {
    /// All permissions, in the order of the manual.
    pub fn all() -> impl Iterator<Item = Self> {
        DESCRIPTIONS.iter().map(|row| row.permission)
    }

    fn description(self) -> Option<&'static Description> {
        DESCRIPTIONS.iter().find(|row| row.permission == self)
    }

    /// The stable ASCII key of the audit and of data.
    #[must_use]
    pub fn key(self) -> &'static str {
        self.description().map_or("unknown", |row| row.key)
    }

    /// The word for a person: what is done.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.description().map_or("不明な操作", |row| row.label)
    }

    /// What it is about.
    #[must_use]
    pub fn area(self) -> Area {
        self.description().map_or(Area::Keeping, |row| row.area)
    }

    /// The permission of a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().find(|permission| permission.key() == key)
    }

    /// Does it change nothing?
    #[must_use]
    pub const fn is_reading(self) -> bool {
        matches!(
            self,
            Self::ReadPublished
                | Self::ReadInternal
                | Self::ReadSubmitted
                | Self::ReadDraft
                | Self::ReadFindings
                | Self::ReadProgress
                | Self::ReadAudit
                | Self::ReadHealth
                | Self::ExportAll
                | Self::Backup
        )
    }

    /// Does reading by it leave a line in the audit? Reading that hands out drafts or everything.
    #[must_use]
    pub const fn is_audited_reading(self) -> bool {
        matches!(self, Self::ReadAudit | Self::ExportAll | Self::Backup)
    }
}
