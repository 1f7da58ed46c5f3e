//! The staff's side of the house's door: signing in, sessions, roles, forged requests, all through
//! the real router over a real database.

mod forged;
#[cfg(unix)]
mod logged;
mod managing;
mod objects;
pub(crate) mod roles;
mod sessions;
mod signing_in;
pub(crate) mod work;

use crate::web::published::save;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::request::Builder;
use axum::http::{Request, Response, StatusCode};
use meguri_app::actions::accounts::add_account::add_account;
use meguri_app::actions::accounts::own_password::change_own_password;
use meguri_app::actions::accounts::sign_in::{Browser as Wanted, SignIn, sign_in};
use meguri_app::context::{Actor, Context};
use meguri_app::password::{Cost, Password};
use meguri_app::read::pictures::Pictures;
use meguri_app::staff::{Account, Clock, Moment, Rules, Staff};
use meguri_core::access::Grant;
use meguri_store::{By, Location, Municipality, MunicipalityCode, Store};
use meguri_web::refresh::Refresher;
use meguri_web::router::router;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Under which name browsers know the door.
pub(crate) const HERE: &str = "meguri.example:8081";

/// 2026-06-01, nine in the morning.
const MORNING: i64 = 1_780_272_000;

/// What hashing costs in tests.
pub(crate) const CHEAP: Cost = Cost {
    memory_kib: 64,
    passes: 1,
};

/// A password that everybody of these tests has.
pub(crate) const PASSWORD: &str = "kaki no tane to cha";

/// A municipality with its staff: a database with papers, a clock that can be set, a door.
pub(crate) struct Office {
    pub(crate) runtime: Runtime,
    pub(crate) city: Municipality,
    pub(crate) staff: Staff,
    pub(crate) door: Router,
    seconds: Arc<AtomicI64>,
    store: Store,
}

impl Office {
    pub(crate) fn new(name: &str) -> Self {
        Self::ruled(name, Rules::default())
    }

    pub(crate) fn ruled(name: &str, rules: Rules) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("staff-{name}"));
        // What an earlier run left.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let location = Location::File(folder.join("meguri.sqlite"));
        let seconds = Arc::new(AtomicI64::new(MORNING));
        let rules = Rules {
            cost: CHEAP,
            ..rules
        };
        let runtime = Runtime::new().expect("a runtime");
        let clock = clock(Arc::clone(&seconds));
        let (store, city, staff, door) = runtime.block_on(async {
            let by = By::new("政策課", "2026-04-01").expect("a moment");
            let store = Store::open(&location, &by).await.expect("it opens").store;
            let code = MunicipalityCode::parse("131016").expect("a code");
            let city = store.register(&code, "みずほ野市", &by).await;
            let city = city.expect("registered");
            save(&city, "evaluation").await;
            let refresher = Refresher::open(Pictures::new(city.clone()), true).await;
            let staff = Staff::with_clock(city.clone(), rules, clock).expect("a staff");
            let refresher = refresher.expect("a picture").staffed(&staff);
            let door = router(refresher.house.expect("a door"));
            (store, city, staff, door)
        });
        Self {
            runtime,
            city,
            staff,
            door,
            seconds,
            store,
        }
    }

    /// Lets time pass.
    pub(crate) fn later(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::Relaxed);
    }

    pub(crate) fn operator(&self) -> Context {
        let context = self.staff.context(Actor::operator("試験"));
        context.expect("a moment")
    }

    /// Registers somebody; the start password.
    pub(crate) fn add(&self, name: &str, grants: Vec<Grant>) -> Password {
        let account = Account {
            name: name.to_owned(),
            label: format!("{name}さん"),
            mail: None,
            enabled: true,
            grants,
        };
        let operator = self.operator();
        let added = add_account(&self.city, account, CHEAP, &operator);
        self.runtime.block_on(added).expect("registered")
    }

    /// Registers somebody who is in already: what their browser holds.
    pub(crate) fn person(&self, name: &str, grants: Vec<Grant>) -> String {
        let start = self.add(name, grants);
        self.runtime.block_on(async {
            let nobody = self.staff.context(Actor::with_grants("（前）", Vec::new()));
            let nobody = nobody.expect("a moment");
            let wanted = SignIn {
                name,
                password: start.clone(),
                browser: Wanted::default(),
            };
            let half = sign_in(&self.staff, &wanted, &nobody).await.expect("known");
            let person = self.staff.person(&half.token).await.expect("asked");
            let person = person.expect("a session");
            let new = Password::typed(PASSWORD);
            let context = self.staff.context(person.actor()).expect("a moment");
            let own = change_own_password(&self.staff, &person, &start, &new, &context);
            own.await.expect("changed").token
        })
    }

    /// What the audit says was done, in order.
    pub(crate) fn actions(&self) -> Vec<String> {
        let lines = self.runtime.block_on(self.city.audit(0, 10_000));
        let lines = lines.expect("the audit");
        lines.into_iter().map(|line| line.action).collect()
    }

    pub(crate) fn close(self) {
        let verified = self.runtime.block_on(self.city.audit_verify());
        assert_eq!(verified.expect("verified").broken, None);
        self.runtime.block_on(self.store.close());
    }

    pub(crate) fn ask(&self, request: Builder, body: &str) -> Answer {
        let (head, body) = self.ask_bytes(request, body.as_bytes().to_vec());
        let body = String::from_utf8(body).expect("UTF-8");
        Answer { head, body }
    }

    pub(crate) fn ask_bytes(&self, request: Builder, body: Vec<u8>) -> (Response<()>, Vec<u8>) {
        let request = request.header("x-request-id", "test");
        let request = request.body(Body::from(body)).expect("sound");
        self.runtime.block_on(async {
            let response = self.door.clone().oneshot(request).await;
            let (head, body) = response.expect("an answer").into_parts();
            let body = to_bytes(body, usize::MAX).await.expect("a body");
            (Response::from_parts(head, ()), body.to_vec())
        })
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser {
            office: self,
            cookie: String::new(),
        }
    }

    /// A browser that holds this already.
    pub(crate) fn browser_with(&self, token: &str) -> Browser<'_> {
        Browser {
            office: self,
            cookie: format!("meguri-8081={token}"),
        }
    }
}

fn clock(seconds: Arc<AtomicI64>) -> Clock {
    Arc::new(move || {
        let seconds = seconds.load(Ordering::Relaxed);
        let of_day = (seconds - MORNING).rem_euclid(86_400);
        Moment {
            iso: format!("2026-06-01T{:02}:00:00+09:00", 9 + of_day / 3_600 % 15),
            seconds,
        }
    })
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) head: Response<()>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn status(&self) -> StatusCode {
        self.head.status()
    }

    pub(crate) fn leads_to(&self) -> &str {
        let to = self.head.headers().get(LOCATION);
        to.map_or("", |to| to.to_str().expect("an address"))
    }
}

/// A browser: it keeps its cookie and says from which site a form is.
pub(crate) struct Browser<'a> {
    office: &'a Office,
    pub(crate) cookie: String,
}

impl Browser<'_> {
    pub(crate) fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(path).header(HOST, HERE);
        let answer = self.office.ask(request.header(COOKIE, &self.cookie), "");
        self.keep(answer)
    }

    pub(crate) fn post(&mut self, path: &str, form: &str) -> Answer {
        let request = form_of(path)
            .header(HOST, HERE)
            .header(ORIGIN, format!("http://{HERE}"))
            .header(COOKIE, &self.cookie);
        let answer = self.office.ask(request, form);
        self.keep(answer)
    }

    /// A file.
    pub(crate) fn fetch(&mut self, path: &str) -> (StatusCode, Vec<u8>) {
        let request = Request::get(path).header(HOST, HERE);
        let request = request.header(COOKIE, &self.cookie);
        let (head, bytes) = self.office.ask_bytes(request, Vec::new());
        (head.status(), bytes)
    }

    /// Sends a form with a file and some fields.
    pub(crate) fn send_file(&mut self, path: &str, file: &[u8], fields: &[(&str, &str)]) -> Answer {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--xx\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend(head.as_bytes());
            body.extend(value.as_bytes());
            body.extend(b"\r\n");
        }
        let head =
            "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.xlsx\"\r\n\r\n";
        body.extend(head.as_bytes());
        body.extend(file);
        body.extend(b"\r\n--xx--\r\n");
        let request = Request::post(path)
            .header("content-type", "multipart/form-data; boundary=xx")
            .header(HOST, HERE)
            .header(ORIGIN, format!("http://{HERE}"))
            .header(COOKIE, &self.cookie);
        let (head, body) = self.office.ask_bytes(request, body);
        let body = String::from_utf8(body).expect("UTF-8");
        self.keep(Answer { head, body })
    }

    fn keep(&mut self, answer: Answer) -> Answer {
        if let Some(cookie) = answer.head.headers().get(SET_COOKIE) {
            let cookie = cookie.to_str().expect("words");
            let pair = cookie.split(';').next().unwrap_or_default();
            self.cookie = if pair.ends_with('=') {
                String::new()
            } else {
                pair.to_owned()
            };
        }
        answer
    }

    /// Is somebody in?
    pub(crate) fn is_in(&mut self) -> bool {
        self.get("/account").status() == StatusCode::OK
    }

    /// Signs in with the password of these tests.
    pub(crate) fn sign_in(&mut self, name: &str) -> Answer {
        self.post("/sign-in", &format!("name={name}&password={PASSWORD}&to=/"))
    }
}

/// A form on its way.
pub(crate) fn form_of(path: &str) -> Builder {
    Request::post(path).header("content-type", "application/x-www-form-urlencoded")
}
