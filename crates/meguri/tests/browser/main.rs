//! The demo in a real browser: tree, sheet and provenance, without an error in the console and
//! without a violation that axe-core finds, light and dark, on a phone and on a desk.
//!
//! Chromium and axe-core are not part of the project: `cargo xtask test` installs the one and
//! fetches the other, and then their absence is a failure. A plain `cargo test` without them says
//! so and goes on.

mod chromium;
mod demo;

use chromium::Chromium;
use demo::Demo;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Every kind of page, with a name for its picture.
const PAGES: [(&str, &str); 19] = [
    ("start", "/"),
    ("plan", "/plans/evaluation"),
    ("plan-programs", "/plans/programs"),
    ("sheet", "/plans/evaluation/sheets/1"),
    ("sheet-midterm", "/plans/midterm/sheets/1"),
    ("value", "/plans/evaluation/sheets/1/values/indicator-3-rate-2024"),
    ("source", "/sources/evaluation/lines"),
    ("findings", "/findings"),
    ("rules", "/rules"),
    ("rule", "/rules/V001"),
    ("list", "/plans/strategy/list"),
    ("list-reform", "/plans/reform/list"),
    ("matrix", "/plans/programs/matrix"),
    ("matrix-evaluation", "/plans/evaluation/matrix"),
    ("money", "/plans/midterm/money"),
    ("compare", "/compare?plan=midterm&from=2024&to=2025"),
    ("words", "/words"),
    ("about", "/about"),
    ("accessibility", "/accessibility"),
];

/// Width and height of a phone, a tablet and a desk.
const SIZES: [(u32, u32); 3] = [(360, 740), (1280, 900), (1600, 900)];

/// The build folder: Cargo gives tests a folder of their own within it.
fn target() -> PathBuf {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR"));
    own.parent().unwrap_or(own).to_path_buf()
}

/// The browser and the text of axe-core; `None` where they are not there and need not be.
fn tools() -> Option<(Chromium, String)> {
    let axe = target().join("axe-core/package/axe.min.js");
    let found = Chromium::start(&target().join("tmp")).and_then(|browser| {
        let text = std::fs::read_to_string(&axe)
            .map_err(|error| format!("axe-core: {}: {error}", axe.display()))?;
        Ok((browser, text))
    });
    match found {
        Ok(tools) => Some(tools),
        Err(why) if std::env::var_os("MEGURI_BROWSER").is_none() => {
            eprintln!("SKIPPED: {why} (`cargo xtask test` gets what is missing)");
            None
        }
        Err(why) => panic!("the browser test cannot run: {why}"),
    }
}

#[test]
fn the_demo_leads_from_the_tree_to_the_source_of_a_value() {
    let Some((mut browser, _)) = tools() else { return };
    let demo = Demo::start();
    browser.open(&demo.url("/"));
    browser.follow("main a[href='/plans/evaluation']");
    assert!(browser.text("h2").contains("評価の件数"));
    browser.follow("main ul.tree a[href='/plans/evaluation/sheets/1']");
    assert!(browser.text("main").contains("放課後の居場所の実施箇所数"));
    assert!(browser.text("main").contains("一定の成果が上がっている"));
    browser.follow("td a.value[href$='/values/indicator-1-actual-2024']");
    assert!(browser.text("main").contains("検算で確定"), "{}", browser.text("main"));
    assert_eq!(browser.text("ol.lines li.here mark"), "9");
    browser.follow("dl.facts a[href^='/sources/evaluation/lines']");
    assert!(browser.text("li:target").contains("実績 か所 6 8 9"));
    assert_eq!(browser.errors(), Vec::<String>::new());
}

#[test]
fn filters_work_without_a_script() {
    let Some((mut browser, _)) = tools() else { return };
    let demo = Demo::start();
    browser.open(&demo.url("/findings"));
    browser.evaluate("document.querySelector('#severity').value = 'error'");
    browser.follow("form.filter button");
    let words = browser.evaluate(
        "[...new Set([...document.querySelectorAll('.severity')].map(e => e.innerText))].join()",
    );
    assert_eq!(words, json!("✕誤り"));
    assert_eq!(browser.errors(), Vec::<String>::new());
}

#[test]
fn no_page_breaks_a_rule_of_accessibility_or_runs_out_of_the_window() {
    let Some((mut browser, axe)) = tools() else { return };
    let demo = Demo::start();
    let pictures = target().join("pages");
    std::fs::create_dir_all(&pictures).expect("the folder of the pictures");
    let mut faults = Vec::new();
    for (name, path) in PAGES {
        for (width, height) in SIZES {
            browser.size(width, height);
            browser.dark(width == 1280);
            browser.open(&demo.url(path));
            let wide = browser.evaluate("document.documentElement.scrollWidth > innerWidth");
            if wide != json!(false) {
                faults.push(format!("{path} at {width}: wider than the window"));
            }
            std::fs::write(pictures.join(format!("{name}-{width}.png")), browser.picture())
                .expect("the picture is written");
            faults.extend(violations(&mut browser, &axe).map(|v| format!("{path} {width}: {v}")));
        }
    }
    faults.extend(browser.errors());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What axe-core finds on the page that is open.
fn violations(browser: &mut Chromium, axe: &str) -> impl Iterator<Item = String> + use<> {
    browser.evaluate(&format!("{axe};0"));
    let found = browser.evaluate(
        "axe.run().then(r => r.violations.map(v => v.id + ': ' + v.help + ' ' + \
         v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')))",
    );
    let looked = browser.evaluate("axe.run().then(r => r.passes.length)");
    assert!(
        looked.as_u64().is_some_and(|rules| rules > 10),
        "axe-core looked at nothing: {looked}"
    );
    let found: Vec<Value> = found.as_array().cloned().expect("the list of axe-core");
    found.into_iter().map(|violation| violation.to_string())
}
