//! Every page struct renders all its samples into `target/pages/`, to be looked at.

use super::PAGE_BYTES;
use super::html::check;
use meguri_web::error_page::ErrorPage;
use meguri_web::page::Page;
use meguri_web::pages::about::AboutPage;
use meguri_web::pages::accessibility::AccessibilityPage;
use meguri_web::pages::account::AccountPage;
use meguri_web::pages::accounts::AccountsPage;
use meguri_web::pages::audit::AuditPage;
use meguri_web::pages::branch::BranchPage;
use meguri_web::pages::changes::ChangesPage;
use meguri_web::pages::compare::ComparePage;
use meguri_web::pages::cycle_days::CycleDaysPage;
use meguri_web::pages::cycle_publish::CyclePublishPage;
use meguri_web::pages::cycle_remind::CycleRemindPage;
use meguri_web::pages::cycle_workbook::CycleWorkbookPage;
use meguri_web::pages::cycles::CyclesPage;
use meguri_web::pages::deputies::DeputiesPage;
use meguri_web::pages::desk::DeskPage;
use meguri_web::pages::ending::EndingPage;
use meguri_web::pages::findings::FindingsPage;
use meguri_web::pages::glossary::GlossaryPage;
use meguri_web::pages::indicator::IndicatorPage;
use meguri_web::pages::indicators::IndicatorsPage;
use meguri_web::pages::late::LatePage;
use meguri_web::pages::list::ListPage;
use meguri_web::pages::matrix::MatrixPage;
use meguri_web::pages::money::MoneyPage;
use meguri_web::pages::opendata::OpenDataPage;
use meguri_web::pages::own_account::OwnAccountPage;
use meguri_web::pages::own_code::{OwnCodePage, SignInCodePage};
use meguri_web::pages::own_password::OwnPasswordPage;
use meguri_web::pages::plan::PlanPage;
use meguri_web::pages::project::ProjectPage;
use meguri_web::pages::projects::ProjectsPage;
use meguri_web::pages::rule::RulePage;
use meguri_web::pages::rules::RulesPage;
use meguri_web::pages::search::SearchPage;
use meguri_web::pages::section::SectionPage;
use meguri_web::pages::section_list::SectionListPage;
use meguri_web::pages::sections::SectionsPage;
use meguri_web::pages::sheet::SheetPage;
use meguri_web::pages::sign_in::SignInPage;
use meguri_web::pages::source::SourcePage;
use meguri_web::pages::start::StartPage;
use meguri_web::pages::value::ValuePage;
use meguri_web::pages::words::WordsPage;
use meguri_web::pages::work::WorkPage;
use meguri_web::pages::work_sheet::WorkSheetPage;
use std::path::Path;

/// Renders all samples of a page and checks each.
fn render<P: Page>(folder: &Path, names: &mut Vec<String>) {
    names.push(format!("{}.html", P::NAME));
    let samples = P::samples();
    assert!(!samples.is_empty(), "{} has no samples", P::NAME);
    for (sample, page) in samples {
        let name = format!("{}-{sample}", P::NAME);
        let html = page.render().expect("the template renders");
        let checked = check(&html);
        assert!(checked.faults.is_empty(), "{name}: {:#?}", checked.faults);
        assert!(html.len() < PAGE_BYTES, "{name}: {} bytes", html.len());
        serde_json::to_string(&page).expect("the page has a JSON");
        std::fs::write(folder.join(format!("{name}.html")), html).expect("the page is written");
    }
}

/// The pages of the year's work.
fn render_cycles(folder: &Path, names: &mut Vec<String>) {
    render::<CycleDaysPage>(folder, names);
    render::<CyclePublishPage>(folder, names);
    render::<CycleRemindPage>(folder, names);
    render::<CycleWorkbookPage>(folder, names);
    render::<CyclesPage>(folder, names);
    render::<DeskPage>(folder, names);
    render::<WorkPage>(folder, names);
    render::<WorkSheetPage>(folder, names);
}

#[test]
fn all_pages_render_all_samples() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../pages");
    std::fs::create_dir_all(&folder).expect("the folder of the pages");
    let mut names = Vec::new();
    render::<StartPage>(&folder, &mut names);
    render_cycles(&folder, &mut names);
    render::<SectionListPage>(&folder, &mut names);
    render::<AuditPage>(&folder, &mut names);
    render::<GlossaryPage>(&folder, &mut names);
    render::<LatePage>(&folder, &mut names);
    render::<EndingPage>(&folder, &mut names);
    render::<WordsPage>(&folder, &mut names);
    render::<ComparePage>(&folder, &mut names);
    render::<AboutPage>(&folder, &mut names);
    render::<OpenDataPage>(&folder, &mut names);
    render::<AccessibilityPage>(&folder, &mut names);
    render::<PlanPage>(&folder, &mut names);
    render::<BranchPage>(&folder, &mut names);
    render::<ListPage>(&folder, &mut names);
    render::<MatrixPage>(&folder, &mut names);
    render::<MoneyPage>(&folder, &mut names);
    render::<SheetPage>(&folder, &mut names);
    render::<IndicatorPage>(&folder, &mut names);
    render::<IndicatorsPage>(&folder, &mut names);
    render::<ProjectPage>(&folder, &mut names);
    render::<ProjectsPage>(&folder, &mut names);
    render::<SectionPage>(&folder, &mut names);
    render::<SectionsPage>(&folder, &mut names);
    render::<ValuePage>(&folder, &mut names);
    render::<SourcePage>(&folder, &mut names);
    render::<ChangesPage>(&folder, &mut names);
    render::<FindingsPage>(&folder, &mut names);
    render::<SearchPage>(&folder, &mut names);
    render::<RulesPage>(&folder, &mut names);
    render::<RulePage>(&folder, &mut names);
    render::<SignInPage>(&folder, &mut names);
    render::<OwnAccountPage>(&folder, &mut names);
    render::<OwnPasswordPage>(&folder, &mut names);
    render::<OwnCodePage>(&folder, &mut names);
    render::<SignInCodePage>(&folder, &mut names);
    render::<DeputiesPage>(&folder, &mut names);
    render::<AccountsPage>(&folder, &mut names);
    render::<AccountPage>(&folder, &mut names);
    render::<ErrorPage>(&folder, &mut names);
    // A template that is neither a page here nor a part of one has been forgotten.
    let parts = [
        "answer.html",
        "base.html",
        "chart.html",
        "form.html",
        "overview.html",
        "parts.html",
        "sheet_fields.html",
        "thing_parts.html",
        "tree.html",
        "tree_node.html",
        "work_line.html",
        "feed.xml",
        "sitemap.xml",
        "opensearch.xml",
    ];
    for entry in
        std::fs::read_dir(crate::golden::root("crates/meguri-web/templates")).expect("files")
    {
        let name = entry
            .expect("a file")
            .file_name()
            .to_string_lossy()
            .into_owned();
        let known = parts.contains(&name.as_str()) || names.contains(&name);
        assert!(known, "{name} is rendered by no test");
    }
}
