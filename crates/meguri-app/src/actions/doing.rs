//! The actions by name, each with the permission that it needs. One test does each of them in each
//! role; its match over this type has no rest, so that an action without a case does not compile.

use meguri_core::access::Permission;

/// A thing that a person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doing {
    /// Keeping a paper as a document.
    ImportDocument,
    /// Checking all that is kept, and keeping what was found.
    CheckKept,
    /// Giving things their permanent ids.
    Identify,
    /// Changing values of a sheet.
    EditSheet,
    /// Putting a reading of a sheet in force.
    AdoptReading,
    /// Accepting a finding with a reason, or opening it again.
    AcceptFinding,
    /// Saying whether two things are one.
    DecideLink,
    /// Keeping the list of sections.
    SaveSections,
    /// Keeping projects of a budget.
    SaveProjects,
    /// Publishing documents.
    Publish,
    /// Withdrawing publications.
    Withdraw,
    /// Another name or code for the municipality.
    SetMunicipality,
    /// Taking a municipality into another one.
    MergeMunicipality,
    /// Writing everything into a folder of files.
    ExportFolder,
    /// Taking an exported folder into a database.
    ImportFolder,
    /// Making a copy of the database.
    Backup,
    /// Putting a copy in the place of the database.
    Restore,
    /// Registering somebody.
    AddAccount,
    /// Another name or mail, other grants, disabling and enabling.
    ChangeAccount,
    /// A new start password for somebody.
    ResetPassword,
    /// Signing in.
    SignIn,
    /// Signing out.
    SignOut,
    /// Another password of one's own.
    ChangeOwnPassword,
    /// Ending other sessions of one's own.
    EndOwnSessions,
    /// Opening a cycle of a plan and year.
    OpenCycle,
    /// Other days for the stages of a cycle.
    SetCycleDates,
    /// Typing on a sheet of a cycle, and marking it ready.
    WriteDraft,
    /// Sending a sheet.
    SubmitSheet,
    /// Taking back what was sent.
    TakeBackSheet,
    /// Taking up what was sent.
    CheckSheet,
    /// Sending a sheet back.
    ReturnSheet,
    /// Approving a sheet, and taking the approval back.
    ApproveSheet,
    /// Taking over what was approved.
    AcceptSheet,
    /// Closing a stage for a sheet.
    CloseSheet,
    /// Opening again what was accepted or closed.
    ReopenSheet,
    /// More time for a sheet.
    ExtendSheet,
    /// Giving a sheet to a section.
    AssignSheet,
    /// Saying something about a sheet.
    CommentOnSheet,
    /// Reminding people of their sheets.
    Remind,
    /// Codes of an authenticator for one's own sign-in.
    SetCode,
    /// Naming a deputy.
    NameDeputy,
    /// Being a deputy, or having one, no more.
    EndDeputy,
}

impl Doing {
    /// All of them.
    pub const ALL: [Self; 42] = [
        Self::ImportDocument,
        Self::CheckKept,
        Self::Identify,
        Self::EditSheet,
        Self::AdoptReading,
        Self::AcceptFinding,
        Self::DecideLink,
        Self::SaveSections,
        Self::SaveProjects,
        Self::Publish,
        Self::Withdraw,
        Self::SetMunicipality,
        Self::MergeMunicipality,
        Self::ExportFolder,
        Self::ImportFolder,
        Self::Backup,
        Self::Restore,
        Self::AddAccount,
        Self::ChangeAccount,
        Self::ResetPassword,
        Self::SignIn,
        Self::SignOut,
        Self::ChangeOwnPassword,
        Self::EndOwnSessions,
        Self::OpenCycle,
        Self::SetCycleDates,
        Self::WriteDraft,
        Self::SubmitSheet,
        Self::TakeBackSheet,
        Self::CheckSheet,
        Self::ReturnSheet,
        Self::ApproveSheet,
        Self::AcceptSheet,
        Self::CloseSheet,
        Self::ReopenSheet,
        Self::ExtendSheet,
        Self::AssignSheet,
        Self::CommentOnSheet,
        Self::Remind,
        Self::SetCode,
        Self::NameDeputy,
        Self::EndDeputy,
    ];

    /// What one must be permitted.
    #[must_use]
    pub const fn permission(self) -> Permission {
        match self {
            Self::ImportDocument | Self::CheckKept | Self::Identify => Permission::Import,
            Self::EditSheet => Permission::EditSheet,
            Self::AdoptReading => Permission::AdoptReading,
            Self::AcceptFinding => Permission::AcceptFinding,
            Self::DecideLink => Permission::DecideLinks,
            Self::SaveSections => Permission::EditSections,
            Self::SaveProjects => Permission::EditProjects,
            Self::Publish => Permission::Publish,
            Self::Withdraw => Permission::Withdraw,
            Self::SetMunicipality | Self::MergeMunicipality => Permission::EditMunicipality,
            Self::ExportFolder => Permission::ExportAll,
            Self::ImportFolder | Self::Restore => Permission::Restore,
            Self::Backup => Permission::Backup,
            Self::AddAccount | Self::ChangeAccount | Self::ResetPassword => {
                Permission::ManageAccounts
            }
            Self::SignIn
            | Self::SignOut
            | Self::ChangeOwnPassword
            | Self::EndOwnSessions
            | Self::SetCode
            | Self::EndDeputy => Permission::SignIn,
            Self::NameDeputy => Permission::NameDeputy,
            Self::OpenCycle => Permission::OpenCycle,
            Self::SetCycleDates | Self::ExtendSheet => Permission::Extend,
            Self::WriteDraft => Permission::WriteDraft,
            Self::SubmitSheet => Permission::Submit,
            Self::TakeBackSheet => Permission::TakeBack,
            Self::CheckSheet => Permission::Check,
            Self::ReturnSheet => Permission::Return,
            Self::ApproveSheet => Permission::Approve,
            Self::AcceptSheet => Permission::Accept,
            Self::CloseSheet => Permission::CloseCycle,
            Self::ReopenSheet => Permission::Reopen,
            Self::AssignSheet => Permission::Assign,
            Self::CommentOnSheet => Permission::Comment,
            Self::Remind => Permission::Remind,
        }
    }

    /// The word for a person.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::ImportDocument => "文書の取込み",
            Self::CheckKept => "取り込んだ文書の点検",
            Self::Identify => "番号の付与",
            Self::EditSheet => "シートの修正",
            Self::AdoptReading => "読み取り結果の採用",
            Self::AcceptFinding => "指摘の了承",
            Self::DecideLink => "同じものかどうかの決定",
            Self::SaveSections => "課の一覧の更新",
            Self::SaveProjects => "事務事業の更新",
            Self::Publish => "公表",
            Self::Withdraw => "公表の取下げ",
            Self::SetMunicipality => "団体の変更",
            Self::MergeMunicipality => "団体の統合",
            Self::ExportFolder => "書き出し",
            Self::ImportFolder => "書き出したフォルダーの取込み",
            Self::Backup => "控えの作成",
            Self::Restore => "控えからの復元",
            Self::AddAccount => "利用者の登録",
            Self::ChangeAccount => "利用者の変更",
            Self::ResetPassword => "パスワードの再設定",
            Self::SignIn => "サインイン",
            Self::SignOut => "サインアウト",
            Self::ChangeOwnPassword => "パスワードの変更",
            Self::EndOwnSessions => "ほかのサインインの終了",
            Self::OpenCycle => "照会の開始",
            Self::SetCycleDates => "照会の期限の変更",
            Self::WriteDraft => "シートの記入",
            Self::SubmitSheet => "シートの提出",
            Self::TakeBackSheet => "提出の取戻し",
            Self::CheckSheet => "シートの確認",
            Self::ReturnSheet => "シートの差戻し",
            Self::ApproveSheet => "シートの承認",
            Self::AcceptSheet => "シートの受理",
            Self::CloseSheet => "シートの締切",
            Self::ReopenSheet => "受理・締切の取消し",
            Self::ExtendSheet => "期限の延長",
            Self::AssignSheet => "シートの割当て",
            Self::CommentOnSheet => "シートへのコメント",
            Self::Remind => "催促",
            Self::SetCode => "認証アプリの設定",
            Self::NameDeputy => "代理の決定",
            Self::EndDeputy => "代理の取消し",
        }
    }
}
