//! What is public is read without the work of reading: a value is a link to its place and nothing more,
//! until somebody asks for the places. No file name, no line and no word of doubt stands on a page.

use super::published::City;

/// Pages that residents read; those of a single value and of lines are about places.
fn pages(city: &City) -> Vec<String> {
    let mut found: Vec<String> = [
        "/",
        "/plans/evaluation",
        "/plans/evaluation/list",
        "/plans/evaluation/matrix",
        "/plans/evaluation/money",
        "/plans/evaluation/money?sheet=1",
        "/projects",
        "/projects/1",
        "/indicators",
        "/indicators/1",
        "/sections",
        "/sections/1",
        "/late",
        "/ending",
        "/compare",
        "/words",
        "/glossary",
        "/about",
        "/accessibility",
        "/findings",
        "/feed.atom",
        "/dataset.jsonld",
    ]
    .map(str::to_owned)
    .into();
    let sheets = city.saved[0].sheets.iter();
    found.extend(sheets.map(|id| format!("/sheets/{id}")));
    found
}

/// What no public page shows by itself.
const NOISE: [&str; 8] = [
    "evaluation.txt",
    "行目",
    ">推定<",
    ">検算<",
    ">指摘<",
    "出典（",
    "先頭の行",
    "読み取れた記載",
];

#[test]
fn public_pages_are_quiet_until_somebody_asks_for_the_places() {
    let mut city = City::new("quiet");
    city.publish("");
    for path in pages(&city) {
        let (_, body) = city.public.get(&path);
        for noise in NOISE {
            assert!(!body.contains(noise), "{path} shows {noise}");
        }
    }
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let (_, quiet) = city.public.get(&sheet);
    assert!(
        quiet.contains("<a class=\"value\" href=\"/sheets/"),
        "{quiet}"
    );
    assert!(quiet.contains("?show=sources\">"), "{quiet}");
    let (_, loud) = city.public.get(&format!("{sheet}?show=sources"));
    assert!(loud.contains("出典（") && loud.contains("行目"), "{loud}");
    assert!(loud.contains("出典と確かさを表示しない"));
    // Anything else is no way to ask.
    let (_, other) = city.public.get(&format!("{sheet}?show=all"));
    assert!(!other.contains("出典（"));
    // The house checks: it always sees the places, and has nothing to switch.
    let (_, house) = city.house.get(&sheet);
    assert!(house.contains("出典（") && !house.contains("show=sources"));
}

#[test]
fn the_data_of_a_page_has_the_places_whether_they_are_shown_or_not() {
    let mut city = City::new("quiet-data");
    city.publish("");
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    let (_, quiet) = city.public.get(&format!("{sheet}.json"));
    let (_, loud) = city.public.get(&format!("{sheet}.json?show=sources"));
    assert_eq!(quiet, loud);
    assert!(quiet.contains("\"line\":"));
}
