//! The year's work through the pages: opened, written, returned, approved, published.

use super::Office;
use axum::http::StatusCode;
use meguri_core::access::{Grant, Role};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A form as a browser sends it.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs = fields
        .iter()
        .map(|(key, value)| format!("{}={}", encode(key), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The number behind the first of these words in a text.
fn number_behind(text: &str, before: &str) -> String {
    let rest = text
        .split_once(before)
        .map(|(_, rest)| rest)
        .unwrap_or_default();
    rest.chars().take_while(char::is_ascii_digit).collect()
}

pub(crate) struct Desk {
    pub(crate) office: Office,
    pub(crate) planning: String,
    pub(crate) cycle: String,
    pub(crate) sheet: String,
    pub(crate) section: String,
}

impl Desk {
    /// An office whose planning section has opened the cycle after its evaluation.
    pub(crate) fn open(name: &str) -> Self {
        let office = Office::new(name);
        let planning = office.person("planning", vec![Grant::new(Role::Planning)]);
        let mut browser = office.browser_with(&planning);
        let list = browser.get("/cycles");
        assert_eq!(list.status(), StatusCode::OK, "{}", list.body);
        let from = number_behind(&list.body, "<option value=\"");
        let year = number_behind(&list.body, "inputmode=\"numeric\" value=\"");
        let opened = browser.post("/cycles", &form(&[("from", &from), ("year", &year)]));
        assert_eq!(opened.status(), StatusCode::SEE_OTHER, "{}", opened.body);
        let desk = opened.leads_to().to_owned();
        let body = browser.get(&desk).body;
        let cycle = desk.rsplit('/').next().unwrap_or_default().to_owned();
        let sheet = number_behind(&body, &format!("{desk}/sheets/"));
        let kept = office
            .runtime
            .block_on(office.city.cycle_events(cycle.parse().expect("an id")));
        let kept = kept.expect("events");
        let of_sheet = kept.iter().find(|e| e.sheet.to_string() == sheet);
        let section = of_sheet
            .and_then(|e| e.event.section.clone())
            .expect("a section");
        Self {
            office,
            planning,
            cycle,
            sheet,
            section,
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("/cycles/{}/sheets/{}", self.cycle, self.sheet)
    }

    pub(crate) fn person(&self, name: &str, role: Role) -> String {
        let grant = Grant::new(role).in_section(&self.section);
        self.office.person(name, vec![grant])
    }

    /// All fields of the form, each with an answer.
    fn answers(body: &str) -> Vec<(String, String)> {
        let names = body.split("name=\"was.").skip(1);
        let names = names.filter_map(|rest| rest.split('"').next());
        let answer = |name: &str| {
            let choice = body
                .split_once(&format!("<select id=\"{name}\""))
                .and_then(|(_, rest)| rest.split("<option value=\"").nth(2))
                .and_then(|rest| rest.split('"').next());
            match choice {
                Some(choice) => choice.to_owned(),
                None if name.starts_with("text.") => "取り組んだ。".to_owned(),
                None => "1,234".to_owned(),
            }
        };
        names.map(|name| (name.to_owned(), answer(name))).collect()
    }
}

#[test]
fn a_sheet_is_written_returned_approved_and_published() {
    let desk = Desk::open("work-story");
    let writer = desk.person("writer", Role::Entry);
    let head = desk.person("head", Role::SectionHead);
    let address = desk.address();
    let mut browser = desk.office.browser_with(&writer);
    assert!(browser.get("/work").body.contains(&address));
    let part = [("stage", "section"), ("section", desk.section.as_str())];
    // Nothing is written yet: what is missing is told at the top, with the words beside the fields.
    let sent = browser.post(&address, &form(&[&part[..], &[("do", "send")]].concat()));
    assert_eq!(sent.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(sent.body.contains("<title>エラー："), "{}", sent.body);
    assert!(sent.body.contains("role=\"alert\""));
    let page = browser.get(&address).body;
    let answers = Desk::answers(&page);
    assert!(answers.len() > 3, "{answers:?}");
    let mut fields: Vec<(&str, &str)> = answers
        .iter()
        .map(|(name, typed)| (name.as_str(), typed.as_str()))
        .collect();
    fields.extend(part);
    fields.push(("do", "send"));
    let sent = browser.post(&address, &form(&fields));
    assert_eq!(sent.status(), StatusCode::SEE_OTHER, "{}", sent.body);
    // The same form once more counts once.
    let again = browser.post(&address, &form(&fields));
    assert_eq!(again.status(), StatusCode::SEE_OTHER, "{}", again.body);
    let mut browser = desk.office.browser_with(&head);
    let step = |name: &str| format!("{address}/{name}");
    let back = [
        &part[..],
        &[("words", "数を確かめる"), ("field", "text.outcomes")],
    ]
    .concat();
    let returned = browser.post(&step("return"), &form(&back));
    assert_eq!(
        returned.status(),
        StatusCode::SEE_OTHER,
        "{}",
        returned.body
    );
    let mut browser = desk.office.browser_with(&writer);
    assert!(browser.get(&address).body.contains("数を確かめる"));
    let sent = browser.post(&address, &form(&fields));
    assert_eq!(sent.status(), StatusCode::SEE_OTHER, "{}", sent.body);
    let mut browser = desk.office.browser_with(&head);
    let stale = [&part[..], &[("version", "1")]].concat();
    let refused = browser.post(&step("approve"), &form(&stale));
    assert_eq!(refused.status(), StatusCode::CONFLICT, "{}", refused.body);
    let approved = browser.post(&step("approve"), &form(&part));
    assert_eq!(
        approved.status(),
        StatusCode::SEE_OTHER,
        "{}",
        approved.body
    );
    let mut browser = desk.office.browser_with(&desk.planning);
    let accepted = browser.post(&step("accept"), &form(&part));
    assert_eq!(
        accepted.status(),
        StatusCode::SEE_OTHER,
        "{}",
        accepted.body
    );
    published(&desk);
    let report = desk
        .office
        .runtime
        .block_on(desk.office.city.audit_verify());
    assert!(report.expect("a report").broken.is_none());
    desk.office.close();
}

/// Nothing is published before all of it is accepted or closed; then it is.
fn published(desk: &Desk) {
    let mut browser = desk.office.browser_with(&desk.planning);
    let page = format!("/cycles/{}/publish", desk.cycle);
    let early = browser.post(&page, "");
    assert_eq!(early.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        early.body.contains("受理されていないシート"),
        "{}",
        early.body
    );
    let list = browser.get(&format!("/cycles/{}", desk.cycle)).body;
    let sheets = list.split("name=\"sheet\" value=\"").skip(1);
    let sheets: Vec<&str> = sheets.filter_map(|rest| rest.split('"').next()).collect();
    let chosen: Vec<(&str, &str)> = sheets.iter().map(|sheet| ("sheet", *sheet)).collect();
    let closed = browser.post(&format!("/cycles/{}/close", desk.cycle), &form(&chosen));
    assert_eq!(closed.status(), StatusCode::SEE_OTHER, "{}", closed.body);
    let done = browser.post(&page, "");
    assert_eq!(done.status(), StatusCode::SEE_OTHER, "{}", done.body);
    assert!(browser.get(&page).body.contains("第1版"));
    let withdrawn = browser.post(
        &format!("/cycles/{}/withdraw", desk.cycle),
        &form(&[("reason", "記載の誤り")]),
    );
    assert_eq!(
        withdrawn.status(),
        StatusCode::SEE_OTHER,
        "{}",
        withdrawn.body
    );
}

#[test]
fn a_script_saves_two_people_collide_and_both_texts_are_shown() {
    let desk = Desk::open("work-collide");
    let (one, other) = (
        desk.person("one", Role::Entry),
        desk.person("other", Role::Entry),
    );
    let save = format!("{}/autosave", desk.address());
    let typed = |text: &str| form(&[("text.outcomes", text), ("was.text.outcomes", "")]);
    let mut browser = desk.office.browser_with(&one);
    let first = browser.post(&save, &typed("わたしの文"));
    assert_eq!(first.status(), StatusCode::OK, "{}", first.body);
    let tab = browser.post(&save, &typed("わたしの別の文"));
    assert_eq!(
        tab.status(),
        StatusCode::OK,
        "one person never collides: {}",
        tab.body
    );
    let mut browser = desk.office.browser_with(&other);
    let second = browser.post(&save, &typed("ほかの人の文"));
    assert_eq!(second.status(), StatusCode::CONFLICT, "{}", second.body);
    let page = browser.get(&desk.address()).body;
    assert!(page.contains("わたしの別の文") && page.contains("ほかの人の文"));
    let figure = form(&[("indicator.0.actual.1999", "x")]);
    assert_eq!(browser.post(&save, &figure).status(), StatusCode::OK);
    desk.office.close();
}

#[test]
fn a_sheet_of_another_section_is_neither_shown_nor_written() {
    let desk = Desk::open("work-strangers");
    let writer = desk.person("writer", Role::Entry);
    let save = format!("{}/autosave", desk.address());
    let secret = form(&[
        ("text.outcomes", "まだ誰にも見せない"),
        ("was.text.outcomes", ""),
    ]);
    let mut browser = desk.office.browser_with(&writer);
    assert_eq!(browser.post(&save, &secret).status(), StatusCode::OK);
    let grant = Grant::new(Role::Entry).in_section("どこにもない課");
    let stranger = desk.office.person("stranger", vec![grant]);
    let finance = desk
        .office
        .person("finance", vec![Grant::new(Role::Finance)]);
    let reader = desk.office.person("reader", vec![Grant::new(Role::Reader)]);
    for (token, shown) in [(&stranger, false), (&reader, false), (&finance, false)] {
        let mut browser = desk.office.browser_with(token);
        let answer = browser.get(&desk.address());
        assert_eq!(answer.status() == StatusCode::OK, shown, "{}", answer.body);
        assert!(!answer.body.contains("まだ誰にも見せない"));
        let answer = browser.post(&save, &secret);
        assert_ne!(answer.status(), StatusCode::OK);
        let answer = browser.get(&format!("/cycles/{}", desk.cycle));
        assert!(!answer.body.contains("まだ誰にも見せない"));
    }
    let mut browser = desk.office.browser();
    let answer = browser.get(&desk.address());
    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    desk.office.close();
}
