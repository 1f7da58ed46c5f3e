//! Two doors over one database: what is published and what is not, through the router.

mod filled;
mod hidden;
mod inserted;
mod kept;
mod opendata;
mod other_history;
mod quoted;
mod renamed;
mod unpublished_writes;
mod withdrawn;

use super::html::check;
use super::{Pages, walk};
use crate::golden::root;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use meguri_app::actions::check_documents::check_documents;
use meguri_app::actions::links_kept::identify;
use meguri_app::actions::publish::{PublishFault, Wish, publish};
use meguri_app::actions::read_document::read_source;
use meguri_app::context::{Actor, Context};
use meguri_app::read::pictures::Pictures;
use meguri_core::links::{Decision, Kind};
use meguri_import::source_text::SourceText;
use meguri_store::{
    By, Location, Municipality, MunicipalityCode, Published, Saved, Saving, SourceFile, Store,
};
use meguri_web::refresh::Refresher;
use meguri_web::router::{router, routes};
use std::path::{Path, PathBuf};
use tokio::runtime::Runtime;

/// A city with two documents of the invented papers, and its two doors.
pub(super) struct City {
    store: Store,
    pub(super) city: Municipality,
    pub(super) runtime: Runtime,
    pub(super) refresher: Refresher,
    pub(super) public: Pages,
    pub(super) house: Pages,
    /// The evaluation sheets, and the midterm plan.
    pub(super) saved: [Saved; 2],
    folder: PathBuf,
}

pub(super) fn by() -> By {
    By::new("政策課", "2026-06-01T09:00:00+09:00").expect("a moment")
}

/// The same as the context of whoever runs the program.
pub(super) fn context() -> Context {
    Context::new(Actor::operator(by().who()), by().moment()).expect("a moment")
}

impl City {
    pub(super) fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("published-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let runtime = Runtime::new().expect("a runtime");
        let (store, city, saved, refresher) = runtime.block_on(async {
            let location = Location::File(folder.join("meguri.sqlite"));
            let store = Store::open(&location, &by()).await.expect("it opens").store;
            let code = MunicipalityCode::parse("131016").expect("a code");
            let city = store
                .register(&code, "みずほ野市", &by())
                .await
                .expect("registered");
            let saved = [
                save(&city, "evaluation").await,
                save(&city, "midterm").await,
            ];
            identify(&city, &context())
                .await
                .expect("everything gets its id");
            let refresher = Refresher::open(Pictures::new(city.clone()), true).await;
            // With kept answers, so that all tests of what is public are tests of those too.
            (
                store,
                city,
                saved,
                refresher.expect("the doors open").keeping(1 << 24),
            )
        });
        let public = Pages::with(router(refresher.public.clone()));
        let house = Pages::with(router(
            refresher.house.clone().expect("the door of the house"),
        ));
        Self {
            store,
            city,
            runtime,
            refresher,
            public,
            house,
            saved,
            folder,
        }
    }

    fn wish(&self, wish: &Wish) -> Vec<Result<Published, PublishFault>> {
        let outcomes = self.runtime.block_on(publish(&self.city, wish, &context()));
        outcomes
            .expect("it is wished")
            .into_iter()
            .map(|outcome| outcome.published)
            .collect()
    }

    /// Publishes the evaluation sheets, and shows them.
    pub(super) fn publish(&mut self, note: &str) -> i64 {
        let documents = vec!["evaluation.txt".to_owned()];
        let wish = Wish {
            documents,
            note: note.to_owned(),
            ..Wish::default()
        };
        let mut outcomes = self.wish(&wish);
        assert!(self.look(), "something was written");
        match outcomes.remove(0).expect("it is published") {
            Published::New(number) | Published::Same(number) => number,
        }
    }

    pub(super) fn look(&mut self) -> bool {
        self.runtime
            .block_on(self.refresher.look())
            .expect("the database answers")
    }

    /// The first evaluation sheet, changed by a person.
    pub(super) fn edit(&self) -> i64 {
        self.edit_to("987654")
    }

    /// The same with what its first actual is then.
    pub(super) fn edit_to(&self, printed: &str) -> i64 {
        let id = self.saved[0].sheets[0];
        self.runtime.block_on(async {
            let kept = self
                .city
                .sheet(id)
                .await
                .expect("read")
                .expect("it is there");
            let mut sheet = kept.sheet.clone();
            let figure = &mut sheet.indicators[0].actuals[0].figure.value;
            *figure = meguri_core::figure::Figure::parse(printed).expect("a figure");
            self.city
                .edit_sheet(id, kept.version, &sheet, &by())
                .await
                .expect("it is changed");
        });
        id
    }
}

/// What is left of a failed test is there to be looked at.
impl Drop for City {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let _ = std::fs::remove_dir_all(&self.folder);
        }
    }
}

pub(crate) async fn save(city: &Municipality, name: &str) -> Saved {
    let path = root("samples/mizuhono").join(format!("{name}.txt"));
    let text = std::fs::read_to_string(path).expect("a sample");
    let source = SourceText::from_text(&text);
    let read = read_source(format!("{name}.txt"), source, None).expect("a paper");
    let checked = check_documents(vec![read], Vec::new());
    let file = SourceFile {
        name: format!("{name}.txt"),
        bytes: text.into_bytes(),
    };
    let saving = Saving {
        document: &checked.documents[0],
        source: &file,
        scheme: None,
        findings: &checked.findings,
    };
    city.save_document(&saving, &by())
        .await
        .expect("it is saved")
}

fn status(pages: &Pages, path: &str) -> StatusCode {
    pages.get(path).0.status()
}

/// The ids of projects, indicators and sections that are kept.
fn things(city: &City) -> Vec<String> {
    let identities = city
        .runtime
        .block_on(city.city.identities())
        .expect("the ids");
    let mut ids: Vec<String> = identities.keys().map(|(_, _, id)| id.to_string()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Every address that a route could have for things that are there, public or not.
fn addresses(city: &City) -> Vec<String> {
    let mut found = Vec::new();
    let documents = city.saved.iter().map(|saved| saved.document);
    let sheets: Vec<i64> = city
        .saved
        .iter()
        .flat_map(|saved| saved.sheets.clone())
        .collect();
    let versions = ["v1", "v2", "v9"];
    let values = ["node-name", "indicator-1-name", "indicator-1-actual-2024"];
    let things = things(city);
    for route in routes() {
        let mut open = vec![route.path];
        let fill = |open: Vec<String>, name: &str, with: &[String]| -> Vec<String> {
            let each = |path: String| with.iter().map(move |w| path.replace(name, w));
            open.into_iter()
                .flat_map(|path| each(path).collect::<Vec<_>>())
                .collect()
        };
        let ids = |ids: &[i64]| ids.iter().map(ToString::to_string).collect::<Vec<_>>();
        let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        open = fill(open, "{plan}", &words(&["evaluation", "midterm"]));
        open = fill(
            open,
            "{document}",
            &ids(&documents.clone().collect::<Vec<_>>()),
        );
        open = fill(open, "{sheet}", &ids(&sheets));
        open = fill(open, "{version}", &words(&versions));
        open = fill(open, "{value}", &words(&values));
        open = fill(open, "{branch}", &words(&["i", "i-1", "1"]));
        open = fill(open, "{id}", &things);
        open = fill(open, "{cycle}", &words(&["1"]));
        open = fill(open, "{part}", &words(&["1.xml"]));
        open = fill(open, "{name}", &words(&["yamada"]));
        open = fill(open, "{rule}", &words(&["V001", "V007"]));
        open.sort();
        open.dedup();
        assert!(
            open.iter()
                .all(|path| !path.contains('{') || path.contains("{file}")),
            "{open:?}"
        );
        for path in open {
            let endings = ["", ".json", ".csv", ".pdf", ".xlsx", ".data.xlsx"];
            found.extend(endings.map(|ending| format!("{path}{ending}")));
            found.push(format!("{path}?plan=midterm&from=1&to=2&severity=error"));
        }
    }
    found
}

/// Words that stand only in the midterm plan or only in what was changed.
fn assert_hidden(city: &City, words: &[&str]) {
    let addresses = addresses(city);
    assert!(addresses.len() > 200, "only {} addresses", addresses.len());
    for path in addresses {
        let (response, body) = city.public.get(&path);
        assert!(
            !response.status().is_server_error(),
            "{path}: {}",
            response.status()
        );
        for word in words {
            let line = body.lines().find(|line| line.contains(word));
            assert_eq!(line, None, "{path} shows {word}");
        }
    }
}

#[test]
fn nothing_is_public_before_it_is_published() {
    let city = City::new("nothing");
    let (response, body) = city.public.get("/");
    assert_eq!(response.status(), StatusCode::OK);
    assert!(
        body.contains("現在、公表している計画はありません"),
        "{body}"
    );
    assert!(walk(&city.house) > 50, "the house sees everything");
    assert_hidden(
        &city,
        &[
            "みずほ野",
            "居場所",
            "水と緑",
            "evaluation.txt",
            "midterm.txt",
        ],
    );
    for path in [
        "/plans/evaluation",
        "/documents/1",
        "/documents/1/lines",
        "/sheets/1",
    ] {
        assert_eq!(status(&city.public, path), StatusCode::NOT_FOUND, "{path}");
    }
}

#[test]
fn only_what_is_published_is_public_and_an_edit_is_not() {
    let mut city = City::new("edit");
    assert_eq!(city.publish(""), 1);
    let document = city.saved[0].document;
    assert!(walk(&city.public) > 30);
    let id = city.edit();
    city.look();
    assert_hidden(
        &city,
        &[
            "987654",
            "midterm.txt",
            "施策「子どもの居場所づくりの推進」",
        ],
    );
    let sheet = format!("/sheets/{id}");
    assert!(
        city.house.get(&sheet).1.contains("987654"),
        "the house sees the edit"
    );
    let midterm = format!("/documents/{}", city.saved[1].document);
    let only_there = format!("/sheets/{}", city.saved[1].sheets[0]);
    assert!(
        city.house
            .get(&only_there)
            .1
            .contains("施策「子どもの居場所づくりの推進」")
    );
    assert_eq!(status(&city.public, &midterm), StatusCode::NOT_FOUND);
    assert_eq!(status(&city.house, &midterm), StatusCode::OK);
    assert_eq!(
        status(&city.public, &format!("{sheet}/v2")),
        StatusCode::NOT_FOUND
    );

    let before = city.public.get(&sheet).1;
    assert_eq!(city.publish("実績の誤りを訂正"), 2);
    let (_, now) = city.public.get(&sheet);
    assert!(now.contains("987654") && !now.contains("旧版です"));
    let (response, old) = city.public.get(&format!("{sheet}/v1"));
    assert_eq!(response.status(), StatusCode::OK);
    assert!(!old.contains("987654"));
    assert!(
        old.contains("旧版です（第1版、令和8年6月1日公表）"),
        "{old}"
    );
    assert!(old.contains("第2版での訂正：実績の誤りを訂正"));
    assert!(
        check(&old).links.contains(&sheet),
        "a way to the current version"
    );
    assert!(!before.contains("旧版です"));
    let plan = city.public.get("/plans/evaluation").1;
    assert!(plan.contains("第2版（令和8年6月1日）") && plan.contains("正誤：実績の誤りを訂正"));
    let first = city.public.get(&format!("/documents/{document}/v1")).1;
    assert!(first.contains("旧版です（第1版"));
    let (_, changes) = city.public.get(&format!("/documents/{document}/changes"));
    assert!(
        changes.contains("987654") && changes.contains("実績（令和5年度）"),
        "{changes}"
    );
    let year = "indicator-1-actual-2023";
    let (former, _) = city.public.get(&format!("{sheet}/values/{year}"));
    assert_eq!(former.status(), StatusCode::MOVED_PERMANENTLY);
    let address = former.headers()["location"].to_str().expect("an address");
    let (_, value) = city.public.get(address);
    assert!(value.contains("987654") && value.contains("公表の経過") && value.contains("：8"));
    walk(&city.public);
}

#[test]
fn every_page_of_the_house_is_marked_and_none_of_the_public_ones() {
    let mut city = City::new("marked");
    city.publish("");
    let mark = "庁内用（公表前の内容を含みます）";
    let sheet = format!("/sheets/{}", city.saved[0].sheets[0]);
    for path in ["/", "/findings", "/rules/V001", "/nothing", sheet.as_str()] {
        assert!(city.house.get(path).1.contains(mark), "{path}");
        assert!(!city.public.get(path).1.contains(mark), "{path}");
    }
    for (host, wanted) in [
        ("127.0.0.1:8081", StatusCode::OK),
        ("localhost", StatusCode::OK),
        ("[::1]:8081", StatusCode::OK),
        ("attack.example:8081", StatusCode::MISDIRECTED_REQUEST),
        ("127.0.0.1.attack.example", StatusCode::MISDIRECTED_REQUEST),
        ("10.0.0.1:8081", StatusCode::MISDIRECTED_REQUEST),
        ("", StatusCode::MISDIRECTED_REQUEST),
    ] {
        let request = Request::get(&sheet)
            .header("host", host)
            .body(Body::empty());
        let (response, body) = city.house.ask(request.expect("a request"));
        assert_eq!(response.status(), wanted, "{host}");
        let told = String::from_utf8_lossy(&body).contains("居場所");
        assert_eq!(told, wanted == StatusCode::OK, "{host}");
        let request = Request::get("/").header("host", host).body(Body::empty());
        let (response, _) = city.public.ask(request.expect("a request"));
        assert_eq!(
            response.status(),
            StatusCode::OK,
            "the public door has any name: {host}"
        );
    }
}

#[test]
fn a_database_that_is_gone_leaves_the_last_picture() {
    let mut city = City::new("gone");
    city.publish("");
    let before = city.public.get("/plans/evaluation").1;
    city.edit();
    city.runtime.block_on(city.store.close());
    let looked = city.runtime.block_on(city.refresher.look());
    assert!(looked.is_err(), "the database does not answer");
    assert_eq!(city.public.get("/plans/evaluation").1, before);
    assert_eq!(status(&city.house, "/plans/evaluation"), StatusCode::OK);
}

#[test]
fn sheets_that_nobody_changed_are_held_in_common() {
    let mut city = City::new("common");
    city.publish("");
    city.edit();
    city.publish("実績の訂正");
    let library = city.refresher.public.site().library;
    let versions = library.versions_of(city.saved[0].document);
    let [second, first] = versions.as_slice() else {
        panic!("two versions")
    };
    let same = |place: usize| {
        std::sync::Arc::ptr_eq(
            &first.document.sheets[place],
            &second.document.sheets[place],
        )
    };
    assert_eq!((same(0), same(1)), (false, true));
    let house = city
        .refresher
        .house
        .as_ref()
        .expect("a door")
        .site()
        .library;
    let in_force = house.document(city.saved[0].document).expect("it is there");
    assert!(std::sync::Arc::ptr_eq(
        &in_force.document.sheets[1],
        &second.document.sheets[1]
    ));
}

#[test]
fn things_show_only_what_is_published_of_them() {
    let mut city = City::new("things");
    for list in ["/projects", "/indicators", "/sections"] {
        let (response, body) = city.public.get(list);
        assert_eq!(response.status(), StatusCode::OK, "{list}");
        assert!(
            !body.contains(&format!("{list}/")),
            "{list} lists what is not public"
        );
    }
    city.publish("");
    let csv = city.house.get("/projects.csv").1;
    let ids = || {
        csv.lines()
            .skip(1)
            .filter_map(|line| line.split(',').next())
    };
    assert!(ids().count() > 5, "{csv}");
    // What stands in both papers shows the published one only; what stands in the other, nothing.
    let (mut shown, mut absent) = (0, 0);
    for id in ids() {
        let path = format!("/projects/{id}");
        let (response, body) = city.public.get(&path);
        if response.status() == StatusCode::OK {
            assert!(!body.contains("中期"), "{path} shows the midterm plan");
            shown += 1;
        } else {
            assert_eq!(response.status(), StatusCode::NOT_FOUND, "{path}");
            assert!(
                check(&body).links.iter().any(|link| link == "/projects"),
                "{path}"
            );
            absent += 1;
        }
    }
    assert!(shown > 0 && absent > 0, "{shown} shown, {absent} absent");
}

#[test]
fn an_id_that_was_joined_leads_on_for_ever() {
    let mut city = City::new("joined");
    let (one, other) = city.runtime.block_on(async {
        let identities = city.city.identities().await.expect("the ids");
        let mut keys = identities
            .keys()
            .filter(|(kind, ..)| *kind == Kind::Project);
        let (_, one, first) = keys.next().expect("a project");
        let (_, other, second) = keys.find(|(.., id)| *id != first).expect("another one");
        let (one, other) = (one.to_owned(), other.to_owned());
        let decision = Decision {
            kind: Kind::Project,
            one,
            other,
            same: true,
        };
        city.city
            .decide(&decision, "名称を改めたため", &by())
            .await
            .expect("decided");
        identify(&city.city, &context()).await.expect("joined");
        (first.min(second), first.max(second))
    });
    assert!(city.look());
    for ending in ["", ".json", ".csv"] {
        let (response, _) = city.house.get(&format!("/projects/{other}{ending}"));
        assert_eq!(response.status(), StatusCode::MOVED_PERMANENTLY, "{ending}");
        let location = response.headers()["location"].to_str().expect("an address");
        assert_eq!(location, format!("/projects/{one}{ending}"));
        assert_eq!(city.house.get(location).0.status(), StatusCode::OK);
        // Nothing of it is public: not even that it was joined.
        assert_eq!(
            status(&city.public, &format!("/projects/{other}{ending}")),
            StatusCode::NOT_FOUND
        );
    }
}
