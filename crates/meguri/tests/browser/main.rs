//! The demo in a real browser: tree, sheet and provenance, without an error in the console and
//! without a violation that axe-core finds, light and dark, on a phone and on a desk.
//!
//! Chromium and axe-core are not part of the project: `cargo xtask test` installs the one and
//! fetches the other, and then their absence is a failure. A plain `cargo test` without them says
//! so and goes on.

mod chromium;
mod demo;
mod staff;

use chromium::Chromium;
use demo::Demo;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Every kind of page, with a name for its picture.
const PAGES: [(&str, &str); 34] = [
    ("start", "/"),
    ("plan", "/plans/evaluation"),
    ("plan-programs", "/plans/programs"),
    ("branch", "/plans/programs/branches/1"),
    ("sheet", "/sheets/1"),
    ("sheet-midterm", "/sheets/3"),
    ("sheet-programs", "/sheets/8"),
    ("value", "/sheets/1/values/indicator-3-rate-2024"),
    ("source", "/documents/1/lines"),
    ("findings", "/findings"),
    ("search", "/search"),
    (
        "search-found",
        "/search?q=%E5%B1%85%E5%A0%B4%E6%89%80&year=2024",
    ),
    ("rules", "/rules"),
    ("rule", "/rules/V001"),
    ("list", "/plans/strategy/list"),
    ("list-reform", "/plans/reform/list"),
    ("matrix", "/plans/programs/matrix"),
    ("matrix-evaluation", "/plans/evaluation/matrix"),
    ("money", "/plans/midterm/money"),
    ("compare", "/compare?plan=midterm&from=2024&to=2025"),
    ("projects", "/projects"),
    ("project", "/projects/1"),
    ("indicators", "/indicators"),
    ("indicator", "/indicators/1"),
    ("sections", "/sections"),
    ("section", "/sections/1"),
    ("words", "/words"),
    ("topic", "/words?q=%E5%AD%90%E8%82%B2%E3%81%A6"),
    ("glossary", "/glossary"),
    ("late", "/late"),
    ("ending", "/ending"),
    ("about", "/about"),
    ("opendata", "/opendata"),
    ("accessibility", "/accessibility"),
];

/// A window to look through.
struct Window {
    /// Width and height, in pixels of CSS.
    size: (u32, u32),
    /// Pixels of the screen in one of CSS: 2 is what a person gets who zooms to 200 percent.
    scale: u32,
    dark: bool,
    /// Is a picture taken?
    picture: bool,
}

const fn window(size: (u32, u32), scale: u32, dark: bool, picture: bool) -> Window {
    Window {
        size,
        scale,
        dark,
        picture,
    }
}

/// A phone and a desk, light and dark; a wide desk; a small window at 200 percent.
const WINDOWS: [Window; 6] = [
    window((360, 740), 1, false, true),
    window((360, 740), 1, true, true),
    window((1280, 900), 1, false, true),
    window((1280, 900), 1, true, true),
    window((1600, 900), 1, false, false),
    window((320, 360), 2, false, false),
];

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
    let Some((mut browser, _)) = tools() else {
        return;
    };
    let demo = Demo::start();
    browser.open(&demo.url("/"));
    browser.follow("main a[href='/plans/evaluation']");
    assert!(browser.text("h2").contains("評価の件数"));
    browser.follow("main ul.tree a[href='/sheets/1']");
    assert!(browser.text("main").contains("放課後の居場所の実施箇所数"));
    assert!(browser.text("main").contains("一定の成果が上がっている"));
    browser.follow("td a.value[href*='/values/indicator-'][href$='-actual-2024']");
    assert!(
        browser.text("main").contains("検算で確定"),
        "{}",
        browser.text("main")
    );
    assert_eq!(browser.text("ol.lines li.here mark"), "9");
    browser.follow("dl.facts a[href^='/documents/1/lines']");
    assert!(browser.text("li:target").contains("実績 か所 6 8 9"));
    assert_eq!(browser.errors(), Vec::<String>::new());
}

#[test]
fn the_demo_shows_its_tree_a_sheet_and_where_a_value_comes_from() {
    let Some((mut browser, axe)) = tools() else {
        return;
    };
    let demo = Demo::bundled();
    let mut steps = vec![("the start", demo.url("/"))];
    browser.open(&demo.url("/"));
    assert!(
        browser
            .text("header")
            .contains("市のサービスではありません")
    );
    browser.follow("main a[href='/plans/evaluation']");
    steps.push(("the plan", demo.url("/plans/evaluation")));
    let sheet = "[...document.querySelectorAll(\"main ul.tree a[href^='/sheets/']\")]
        .find(link => link.innerText.includes('障がい者')).href";
    let sheet = browser.evaluate(sheet);
    browser.open(sheet.as_str().expect("a sheet"));
    steps.push(("a sheet", sheet.as_str().expect("a sheet").to_owned()));
    for (name, link) in [
        ("a value", "td a.value[href*='-actual-']"),
        ("its source", "dl.facts a[href*='/lines']"),
    ] {
        browser.follow(link);
        let address = browser.evaluate("location.href");
        steps.push((name, address.as_str().expect("an address").to_owned()));
    }
    assert!(
        browser.text("li:target").contains("実績"),
        "{}",
        browser.text("li:target")
    );
    for (name, address) in &steps {
        browser.open(address);
        let found: Vec<String> = violations(&mut browser, &axe).collect();
        assert!(found.is_empty(), "{name}: {address}: {found:?}");
    }
    assert_eq!(browser.errors(), Vec::<String>::new());
}

#[test]
fn filters_work_without_a_script() {
    let Some((mut browser, _)) = tools() else {
        return;
    };
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
    let Some((mut browser, axe)) = tools() else {
        return;
    };
    let demo = Demo::start();
    let pictures = target().join("pages");
    std::fs::create_dir_all(&pictures).expect("the folder of the pictures");
    let mut faults = Vec::new();
    for (name, path) in PAGES {
        for Window {
            size: (width, height),
            scale,
            dark,
            picture,
        } in WINDOWS
        {
            let looks = if dark { "dark" } else { "light" };
            browser.size(width, height, scale);
            browser.dark(dark);
            browser.open(&demo.url(path));
            let wide = browser.evaluate("document.documentElement.scrollWidth > innerWidth");
            if wide != json!(false) {
                faults.push(format!("{path} at {width}: wider than the window"));
            }
            if picture {
                let file = pictures.join(format!("{name}-{width}-{looks}.png"));
                std::fs::write(file, browser.picture()).expect("the picture is written");
            }
            let found = violations(&mut browser, &axe);
            faults.extend(found.map(|v| format!("{path} {width} {looks}: {v}")));
        }
    }
    faults.extend(browser.errors());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_sheet_can_be_printed() {
    let Some((mut browser, _)) = tools() else {
        return;
    };
    let demo = Demo::start();
    browser.dark(true);
    let folder = target().join("pages");
    std::fs::create_dir_all(&folder).expect("the folder of the pictures");
    for (name, path) in PAGES {
        browser.open(&demo.url(path));
        let pdf = browser.print();
        let text = String::from_utf8_lossy(&pdf);
        let pages = text.matches("/Type /Page\n").count();
        assert!(
            text.starts_with("%PDF-") && pages > 0,
            "{path}: {pages} pages"
        );
        std::fs::write(folder.join(format!("{name}.pdf")), &pdf).expect("the print is written");
        if name == "sheet" {
            assert!(pages <= 5, "a sheet of two pages of paper takes {pages}");
        }
    }
}

/// The contrast between two colours of `.chart` shapes, or of one and the ground of the page.
const CONTRAST: &str = "
(function () {
  const channels = colour => colour.match(/[0-9.]+/g).slice(0, 3).map(Number);
  const light = colour => channels(colour).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const of = (name, what) => getComputedStyle(document.querySelector('.chart-' + name))[what];
  const ground = getComputedStyle(document.body).backgroundColor;
  const edge = of('bar', 'stroke') === 'none' ? of('bar', 'fill') : of('bar', 'stroke');
  return {
    'bar on ground': contrast(edge, ground),
    'target on ground': contrast(of('target', 'stroke'), ground),
    'target on bar': contrast(of('target', 'stroke'), of('bar', 'fill')),
    'baseline on bar': contrast(of('baseline', 'stroke'), of('bar', 'fill')),
    'label on ground': contrast(getComputedStyle(document.querySelector('.chart text')).fill, ground),
  };
})()";

#[test]
fn the_shapes_of_a_chart_stand_out_in_all_looks() {
    let Some((mut browser, _)) = tools() else {
        return;
    };
    let demo = Demo::start();
    let folder = target().join("pages");
    std::fs::create_dir_all(&folder).expect("the folder of the pictures");
    browser.size(1280, 900, 1);
    for (medium, scheme, forced) in [
        ("", "light", "none"),
        ("", "dark", "none"),
        ("print", "dark", "none"),
        ("", "light", "active"),
        ("", "dark", "active"),
    ] {
        browser.looks(medium, scheme, forced);
        browser.open(&demo.url("/sheets/1"));
        let looks = format!("{medium} {scheme} {forced}");
        let found = browser.evaluate(CONTRAST);
        let found = found.as_object().expect("the contrasts");
        assert_eq!(found.len(), 5);
        for (what, contrast) in found {
            let least = if what.starts_with("label") { 4.5 } else { 3.0 };
            let contrast = contrast.as_f64().unwrap_or_default();
            assert!(
                contrast >= least,
                "{looks}: {what} has {contrast:.2}, less than {least}"
            );
        }
        let file = folder.join(format!("looks-{}.png", looks.trim().replace(' ', "-")));
        std::fs::write(file, browser.picture()).expect("the picture is written");
    }
}

/// On a phone rows are cards, and still rows and cells to who listens.
#[test]
fn a_table_of_cards_is_still_a_table() {
    let Some((mut browser, _)) = tools() else {
        return;
    };
    let demo = Demo::start();
    browser.size(360, 740, 1);
    browser.open(&demo.url("/sheets/1"));
    let unlabelled = browser.evaluate(
        "[...document.querySelectorAll('table.stack td')].filter(cell => cell.innerText.trim() && \
         !cell.dataset.label).length",
    );
    assert_eq!(unlabelled, json!(0));
    let roles = browser.evaluate(
        "[...document.querySelectorAll('table.stack, table.stack *')].filter(e => \
         ['TABLE','THEAD','TBODY','TFOOT','TR','TH','TD'].includes(e.tagName) && \
         !e.hasAttribute('role')).map(e => e.outerHTML).join()",
    );
    assert_eq!(roles, json!(""));
    let cards = browser.evaluate("getComputedStyle(document.querySelector('.stack tr')).display");
    assert_eq!(cards, json!("flex"));
}

/// What axe-core finds on the page that is open.
fn violations(browser: &mut Chromium, axe: &str) -> impl Iterator<Item = String> + use<> {
    browser.evaluate(&format!("{axe};0"));
    // One run gives both: a second one would double the time of this test.
    let told = browser.evaluate(
        "axe.run().then(r => ({ looked: r.passes.length, found: r.violations.map(v => v.id + ': ' + \
         v.help + ' ' + v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary).join(' | ')) }))",
    );
    let (found, looked) = (&told["found"], &told["looked"]);
    assert!(
        looked.as_u64().is_some_and(|rules| rules > 10),
        "axe-core looked at nothing: {looked}"
    );
    let found: Vec<Value> = found.as_array().cloned().expect("the list of axe-core");
    found.into_iter().map(|violation| violation.to_string())
}
