//! The routes of the staff's side: accounts, the city's list of sections, the audit, the year's work.

use super::{Book, of_object};
use crate::door::Kind;
use crate::pages::{
    account, accounts, audit, cycle_days, cycle_publish, cycle_remind, cycle_workbook, cycles,
    deputies, desk, own_account, own_code, own_password, section_list, sign_in, work, work_sheet,
};
use crate::staff;
use meguri_core::access::Permission;

/// All of them, on top of those of everybody.
pub(super) fn routes<K: Kind>(book: Book<K>) -> Book<K> {
    sheets(workbooks(cycles(accounts(own(book)))))
}

/// What a person does with their own account.
fn own<K: Kind>(book: Book<K>) -> Book<K> {
    use Permission::SignIn;
    book.plain(staff::SIGN_IN, SignIn, sign_in::show)
        .asks(&["to", "out"])
        .action(staff::SIGN_IN, SignIn, sign_in::enter)
        .action(staff::SIGN_OUT, SignIn, own_account::leave)
        .plain(staff::ACCOUNT, SignIn, own_account::show)
        .action("/account/end-sessions", SignIn, own_account::end_others)
        .plain(staff::PASSWORD, SignIn, own_password::show)
        .action(staff::PASSWORD, SignIn, own_password::change)
        .action("/sign-in/as", SignIn, sign_in::enter_demo)
        .plain(staff::CODE, SignIn, own_code::ask)
        .action(staff::CODE, SignIn, own_code::enter)
        .plain(staff::OWN_CODE, SignIn, own_code::show)
        .action(staff::OWN_CODE, SignIn, own_code::begin)
        .action("/account/code/remove", SignIn, own_code::remove)
        .plain(staff::DEPUTIES, SignIn, deputies::show)
        .action(staff::DEPUTIES, SignIn, deputies::name)
        .action("/account/deputies/withdraw", SignIn, deputies::withdraw)
}

/// What administrators do with the accounts of others.
fn accounts<K: Kind>(book: Book<K>) -> Book<K> {
    use Permission::ManageAccounts as Manage;
    book.plain(staff::ACCOUNTS, Manage, accounts::show)
        .plain("/new-account", Manage, account::show_new)
        .action("/new-account", Manage, account::add)
        .plain("/accounts/{name}", Manage, account::show)
        .action("/accounts/{name}", Manage, account::change)
        .action("/accounts/{name}/state", Manage, account::set_state)
        .action("/accounts/{name}/reset", Manage, account::reset)
        .plain(
            "/section-list",
            Permission::EditSections,
            section_list::show,
        )
        .asks(&["done"])
        .action(
            "/section-list",
            Permission::EditSections,
            section_list::save,
        )
        .plain("/audit", Permission::ReadAudit, audit::show)
        .asks(&["who", "action", "from", "to", "words", "before"])
}

/// The workbooks that sections fill.
fn workbooks<K: Kind>(book: Book<K>) -> Book<K> {
    use Permission as P;
    book.plain(
        "/cycles/{cycle}/workbook",
        of_object(P::WriteDraft),
        cycle_workbook::show,
    )
    .plain(
        "/cycles/{cycle}/workbook.xlsx",
        of_object(P::WriteDraft),
        cycle_workbook::take_out,
    )
    .action(
        "/cycles/{cycle}/workbook",
        of_object(P::WriteDraft),
        cycle_workbook::take_in,
    )
}

/// The year's work.
fn cycles<K: Kind>(book: Book<K>) -> Book<K> {
    use Permission as P;
    book.plain("/work", P::SignIn, work::show)
        .plain("/cycles", of_object(P::ReadProgress), cycles::show)
        .action("/cycles", P::OpenCycle, cycles::open)
        .plain("/cycles/{cycle}", of_object(P::ReadProgress), desk::show)
        .asks(&["state", "section", "from", "done"])
        .plain(
            "/cycles/{cycle}/state.csv",
            of_object(P::ReadProgress),
            desk::state,
        )
        .plain("/cycles/{cycle}/days", P::Extend, cycle_days::show)
        .action("/cycles/{cycle}/days", P::Extend, cycle_days::set)
        .plain("/cycles/{cycle}/publish", P::Publish, cycle_publish::show)
        .action(
            "/cycles/{cycle}/publish",
            P::Publish,
            cycle_publish::show_to_all,
        )
        .action(
            "/cycles/{cycle}/withdraw",
            P::Withdraw,
            cycle_publish::take_back,
        )
        .plain(
            "/cycles/{cycle}/remind",
            of_object(P::Remind),
            cycle_remind::show,
        )
        .action(
            "/cycles/{cycle}/remind",
            of_object(P::Remind),
            cycle_remind::send,
        )
        .action("/cycles/{cycle}/extend", P::Extend, desk::bulk)
        .action("/cycles/{cycle}/close", P::CloseCycle, desk::bulk)
        .action("/cycles/{cycle}/assign", P::Assign, desk::give)
}

/// What people do with one sheet of a cycle.
fn sheets<K: Kind>(book: Book<K>) -> Book<K> {
    use Permission as P;
    const SHEET: &str = "/cycles/{cycle}/sheets/{sheet}";
    book.plain(SHEET, of_object(P::ReadSubmitted), work_sheet::show)
        .asks(&["rows", "done"])
        .action(SHEET, of_object(P::WriteDraft), work_sheet::save)
        .action(
            "/cycles/{cycle}/sheets/{sheet}/autosave",
            of_object(P::WriteDraft),
            work_sheet::autosave,
        )
        .action(
            "/cycles/{cycle}/sheets/{sheet}/comments",
            of_object(P::Comment),
            work_sheet::comment,
        )
        .action(
            "/cycles/{cycle}/sheets/{sheet}/take-back",
            of_object(P::TakeBack),
            work_sheet::step,
        )
        .action(
            "/cycles/{cycle}/sheets/{sheet}/check",
            of_object(P::Check),
            work_sheet::step,
        )
        .action(
            "/cycles/{cycle}/sheets/{sheet}/return",
            of_object(P::Return),
            work_sheet::step,
        )
        .action(
            "/cycles/{cycle}/sheets/{sheet}/approve",
            of_object(P::Approve),
            work_sheet::step,
        )
        .action(
            "/cycles/{cycle}/sheets/{sheet}/take-back-approval",
            of_object(P::Approve),
            work_sheet::step,
        )
        .action(
            "/cycles/{cycle}/sheets/{sheet}/accept",
            of_object(P::Accept),
            work_sheet::step,
        )
        .action(
            "/cycles/{cycle}/sheets/{sheet}/reopen",
            of_object(P::Reopen),
            work_sheet::step,
        )
}
