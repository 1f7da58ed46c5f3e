//! A cycle with something in every one of its tables.

use crate::invented::{self, Size, year};
use meguri_core::access::Role;
use meguri_core::calendar::Day;
use meguri_core::workflow::{ChangeRequest, Event, EventKind, Person, StageDates};
use meguri_store::{
    By, CommentKind, Municipality, NewComment, OpeningCycle, Saving, Work, Writing,
};

pub(crate) fn by() -> By {
    By::new("政策課 試験", "2028-05-01T09:00:00+09:00").expect("a moment")
}

pub(crate) fn event(kind: EventKind) -> Event {
    Event {
        stage: "section".to_owned(),
        section: Some("env".to_owned()),
        kind,
        by: Person {
            account: by().who().to_owned(),
            role: Role::Planning,
            deputy_of: Some("=yamada".to_owned()),
        },
        day: Day::parse("2028-05-01").expect("a day"),
    }
}

pub(crate) fn dates(shown: &str) -> StageDates {
    StageDates {
        shown: Day::parse(shown).expect("a day"),
        no_new_from: Day::parse("2028-06-01"),
        no_change_from: Day::parse("2028-07-01"),
    }
}

/// Opens a cycle of an invented plan for 2027; its id and its sheets.
pub(crate) async fn opened(city: &Municipality) -> (i64, Vec<i64>) {
    let document = invented::document(year(2027), Size::SMALL, 1);
    let events: Vec<Vec<Event>> = document
        .sheets
        .iter()
        .map(|_| vec![event(EventKind::Assigned)])
        .collect();
    let opening = OpeningCycle {
        saving: Saving {
            document: &document,
            source: &invented::source(&document),
            scheme: Some(&invented::scheme()),
            findings: &[],
        },
        year: year(2027),
        label: "=令和9年度の照会",
        stages: &[
            ("section".to_owned(), Some(dates("2028-05-31"))),
            ("last".to_owned(), None),
        ],
        events: &events,
    };
    let (id, saved) = city.open_cycle(&opening, &by()).await.expect("it opens");
    (id, saved.sheets)
}

/// Writes something decided beforehand to one sheet.
pub(crate) async fn write(city: &Municipality, cycle: i64, sheet: i64, writing: Writing) {
    let decide = |_: &Work| Ok::<_, ()>(writing.clone());
    let done = city.work(cycle, &[sheet], &by(), decide).await;
    assert_eq!(done.expect("it is written"), [Ok(())]);
}

/// A cycle with a return, a comment, a draft, what lost against it, and somebody who looked.
pub(crate) async fn fill(city: &Municipality) {
    let (cycle, sheets) = opened(city).await;
    let request = ChangeRequest {
        field: Some("text.outcomes".to_owned()),
        words: "@数値を確認".to_owned(),
        finding: Some("V001".to_owned()),
    };
    let returned = EventKind::Returned {
        requests: vec![request],
    };
    let extended = EventKind::Extended {
        dates: dates("2028-06-14"),
    };
    let handed = EventKind::HandedOver {
        to: "green".to_owned(),
    };
    let comment = NewComment {
        kind: CommentKind::Said,
        field: None,
        answers: None,
        words: "+確認しました".to_owned(),
    };
    let writing = Writing {
        events: vec![event(returned), event(extended), event(handed)],
        drafts: vec![("text.outcomes".to_owned(), Some("-下書き".to_owned()))],
        aside: vec![("text.outcomes".to_owned(), "=もう一つ".to_owned())],
        has_looked: true,
        comments: vec![comment],
        ..Writing::default()
    };
    write(city, cycle, sheets[0], writing).await;
    let days = [("section".to_owned(), Some(dates("2028-06-07")))];
    city.set_cycle_dates(cycle, &days, &by())
        .await
        .expect("other days");
}
