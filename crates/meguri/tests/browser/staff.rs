//! The year's work in a real browser: a sheet goes round by the keyboard alone, and each page of the
//! staff is looked at on a phone and on a desk.

use super::{tools, violations};
use crate::chromium::Chromium;
use crate::demo::Demo;
use serde_json::json;
use std::process::Command;

/// What the section writes, and nobody else on these pages.
const WORDS: &str = "目印の文を受付窓口で書いた。";
/// What it writes after the return.
const MENDED: &str = "目印の文を受付窓口で書き直した。";

/// Somebody of the demo sits down.
fn sign_in(browser: &mut Chromium, demo: &Demo, name: &str) {
    browser.forget();
    browser.open(&demo.house("/sign-in"));
    let button = format!("form[action='/sign-in/as']:has(input[value='{name}']) button");
    browser.tab_to(&button);
    browser.press_and_wait("Enter");
}

/// Goes through the form from field to field, as a person does who has no mouse, and answers what is
/// empty; ends on the button that sends.
fn fill(browser: &mut Chromium, text: &str) {
    let focus = "(() => { const f = document.activeElement; if (f.name === 'do' && f.value === 'send') \
        return 'send'; if (!f.name || f.value || !f.closest('form.sheet')) return ''; \
        return f.tagName === 'SELECT' ? 'choice' : f.classList.contains('figure') ? 'figure' : \
        f.tagName === 'TEXTAREA' ? 'lines' : ''; })()";
    for _ in 0..900 {
        browser.press("Tab");
        match browser.evaluate(focus).as_str().unwrap_or_default() {
            "send" => return,
            "choice" => browser.press("ArrowDown"),
            "figure" => browser.write("100"),
            "lines" => browser.write(text),
            _ => {}
        }
    }
    panic!("the keyboard does not reach the button that sends");
}

fn no_violation(browser: &mut Chromium, axe: &str, what: &str) {
    let found: Vec<String> = violations(browser, axe).collect();
    assert!(found.is_empty(), "{what}: {found:?}");
}

/// The address, without that of the server, of the first sheet in a table of the page `/work`.
fn first_sheet(browser: &mut Chromium, demo: &Demo, state: &str) -> String {
    browser.open(&demo.house("/work"));
    let found = browser.evaluate(&format!(
        "[...document.querySelectorAll('tbody tr')].find(r => r.querySelector('.step.{state}'))\
         ?.querySelector('th a').getAttribute('href') ?? ''"
    ));
    let found = found.as_str().unwrap_or_default().to_owned();
    assert!(!found.is_empty(), "no sheet is {state}");
    found
}

/// Takes a step of the sheet that is open, by the keyboard.
fn step(browser: &mut Chromium, path: &str) {
    browser.tab_to(&format!("form[action$='/{path}'] button"));
    browser.press_and_wait("Enter");
}

#[test]
fn a_sheet_goes_round_by_the_keyboard_alone() {
    let Some((mut browser, axe)) = tools() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let database = folder.path().join("demo.sqlite");
    let demo = Demo::kept(&database);
    browser.size(1280, 900, 1);
    sign_in(&mut browser, &demo, "demo-entry");
    let sheet = first_sheet(&mut browser, &demo, "not_begun");
    written_with_mistakes_and_mended(&mut browser, &axe, &demo.house(&sheet));
    sign_in(&mut browser, &demo, "demo-head");
    returned(&mut browser, &axe, &demo.house(&sheet));
    sign_in(&mut browser, &demo, "demo-entry");
    sent_again(&mut browser, &axe, &demo.house(&sheet));
    for (who, what) in [("demo-head", "approve"), ("demo-planning", "accept")] {
        sign_in(&mut browser, &demo, who);
        browser.open(&demo.house(&sheet));
        no_violation(&mut browser, &axe, what);
        step(&mut browser, what);
    }
    let desk = sheet
        .split("/sheets/")
        .next()
        .unwrap_or_default()
        .to_owned();
    published(&mut browser, &axe, &demo, &desk);
    // The browser notes the page with the mistakes, which is answered as what it is.
    let mut errors = browser.errors();
    errors.retain(|error| !error.contains("422 (Unprocessable Entity)"));
    assert_eq!(errors, Vec::<String>::new());
    drop(demo);
    let verify = Command::new(env!("CARGO_BIN_EXE_meguri"))
        .args(["audit", "verify", "--database"])
        .arg(&database)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&verify.stdout).into_owned();
    assert!(verify.status.success(), "{said}");
}

fn written_with_mistakes_and_mended(browser: &mut Chromium, axe: &str, sheet: &str) {
    browser.open(sheet);
    no_violation(browser, axe, "a sheet that is not begun");
    browser.tab_to("form.sheet input.figure");
    let figure = browser.evaluate("document.activeElement.id");
    let figure = figure.as_str().expect("a field").to_owned();
    browser.write("9oo1");
    browser.until("document.getElementById('save-status').textContent.includes('自動保存')");
    let quoted = json!(format!("{figure}-understood"));
    browser.until(&format!(
        "(document.getElementById({quoted})?.textContent ?? '').includes('読めません')"
    ));
    browser.tab_to("button[name='do'][value='send']");
    browser.press_and_wait("Enter");
    // What is wrong is told at the top, has the focus, and leads to the field.
    let title = browser.evaluate("document.title");
    assert!(
        title
            .as_str()
            .is_some_and(|title| title.starts_with("エラー")),
        "{title}"
    );
    let summary = browser.evaluate("document.activeElement.className");
    assert_eq!(summary, json!("wrong-summary"));
    no_violation(browser, axe, "a sheet with errors");
    let kept = browser.evaluate(&format!("document.getElementById({}).value", json!(figure)));
    assert_eq!(kept, json!("9oo1"), "what was typed stays");
    browser.tab_to(&format!("a[href='#{figure}']"));
    browser.press("Enter");
    browser.until(&format!(
        "location.hash === {}",
        json!(format!("#{figure}"))
    ));
    browser.evaluate(&format!(
        "(() => {{ const f = document.getElementById({}); f.focus(); f.select(); }})()",
        json!(figure)
    ));
    browser.write("1,234");
    browser.evaluate("document.querySelector('a.skip').focus()");
    fill(browser, WORDS);
    browser.press_and_wait("Enter");
    let told = browser.text("main");
    assert!(told.contains("提出しました"), "{told}");
}

fn returned(browser: &mut Chromium, axe: &str, sheet: &str) {
    browser.open(sheet);
    assert!(browser.text("main").contains(WORDS));
    assert!(browser.text("main").contains("1,234"));
    browser.tab_to("form[action$='/return'] summary");
    browser.press("Enter");
    browser.tab_to("form[action$='/return'] textarea");
    browser.write("件数を書いてください。");
    no_violation(browser, axe, "a return that is being written");
    step(browser, "return");
}

fn sent_again(browser: &mut Chromium, axe: &str, sheet: &str) {
    browser.open(sheet);
    assert!(browser.text(".requests").contains("件数を書いてください。"));
    no_violation(browser, axe, "a sheet that came back");
    let words = json!(WORDS);
    let is_it = format!(
        "[...document.querySelectorAll('form.sheet textarea')].findIndex(f => f.value === {words})"
    );
    assert_ne!(
        browser.evaluate(&is_it),
        json!(-1),
        "what was sent stands in the form"
    );
    browser.evaluate(&format!(
        "(() => {{ const f = [...document.querySelectorAll('form.sheet textarea')]\
         .find(f => f.value === {words}); f.focus(); f.select(); }})()"
    ));
    browser.write(MENDED);
    browser.tab_to("button[name='do'][value='send']");
    browser.press_and_wait("Enter");
    assert!(browser.text("main").contains("提出しました"));
}

/// Planning closes what is left, and publishes; the public sees what was accepted.
fn published(browser: &mut Chromium, axe: &str, demo: &Demo, desk: &str) {
    browser.open(&demo.house(&format!("{desk}/publish")));
    no_violation(browser, axe, "a publication that is not ready");
    assert!(browser.text("main").contains("受理されていないシート"));
    assert_eq!(
        browser.evaluate("document.querySelector(\"form[action$='/publish']\")"),
        json!(null)
    );
    browser.open(&demo.house(desk));
    browser
        .evaluate("document.querySelectorAll('input[name=sheet]').forEach(b => b.checked = true)");
    browser.tab_to("button[formaction$='/close']");
    browser.press_and_wait("Enter");
    browser.open(&demo.house(&format!("{desk}/publish")));
    step(browser, "publish");
    let search = "/search?q=%E7%9B%AE%E5%8D%B0%E3%81%AE%E6%96%87";
    for _ in 0..60 {
        browser.open(&demo.url(search));
        if browser.text("main").contains("書き直した") {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(500));
    }
    panic!(
        "the public does not find what was published: {}",
        browser.text("main")
    );
}

/// The pages of the staff, each as somebody who works with it: a name for the picture, who, and where.
const PAGES: [(&str, &str, &str); 18] = [
    ("sign-in", "", "/sign-in"),
    ("work-entry", "demo-entry", "/work"),
    ("work-head", "demo-head", "/work"),
    ("work-planning", "demo-planning", "/work"),
    ("cycles", "demo-planning", "/cycles"),
    ("desk", "demo-planning", "{desk}"),
    ("desk-entry", "demo-entry", "{desk}"),
    ("days", "demo-planning", "{desk}/days"),
    ("remind", "demo-planning", "{desk}/remind"),
    ("publish", "demo-planning", "{desk}/publish"),
    ("section-list", "demo-planning", "/section-list"),
    ("audit", "demo-planning", "/audit"),
    ("sheet-planning", "demo-planning", "{sheet}"),
    ("sheet-head", "demo-head", "{sheet}"),
    ("sheet-entry", "demo-entry", "{sheet}"),
    ("account", "demo-entry", "/account"),
    ("deputies", "demo-head", "/account/deputies"),
    ("accounts", "demo-admin", "/accounts"),
];

#[test]
fn no_page_of_the_staff_breaks_a_rule_of_accessibility_or_runs_out_of_the_window() {
    let Some((mut browser, axe)) = tools() else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let demo = Demo::kept(&folder.path().join("demo.sqlite"));
    let pictures = super::target().join("pages");
    std::fs::create_dir_all(&pictures).expect("the folder of the pictures");
    sign_in(&mut browser, &demo, "demo-entry");
    let sheet = first_sheet(&mut browser, &demo, "changes_requested");
    let desk = sheet
        .split("/sheets/")
        .next()
        .unwrap_or_default()
        .to_owned();
    let (mut faults, mut who) = (Vec::new(), "demo-entry");
    for (name, person, path) in PAGES {
        if person.is_empty() {
            browser.forget();
        } else if person != who {
            browser.size(1280, 900, 1);
            sign_in(&mut browser, &demo, person);
        }
        who = person;
        let path = path.replace("{desk}", &desk).replace("{sheet}", &sheet);
        for (width, dark) in [(360, false), (1280, false), (1280, true)] {
            browser.size(width, 900, 1);
            browser.dark(dark);
            browser.open(&demo.house(&path));
            let wide = browser.evaluate("document.documentElement.scrollWidth > innerWidth");
            if wide != json!(false) {
                faults.push(format!("{name} at {width}: wider than the window"));
            }
            if !dark {
                let file = pictures.join(format!("staff-{name}-{width}.png"));
                std::fs::write(file, browser.picture()).expect("the picture is written");
            }
            let found = violations(&mut browser, &axe);
            faults.extend(found.map(|found| format!("{name} {width} {dark}: {found}")));
        }
    }
    faults.extend(browser.errors());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
