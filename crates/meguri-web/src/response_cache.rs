//! Finished answers of one picture, ready to be sent again.
//!
//! They live and die with the picture behind the public door: whoever exchanges the picture leaves
//! them behind, so that nothing can be answered that the new picture does not show. The door of the
//! house keeps none. What is asked for often stays, whatever odd addresses come by.

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use flate2::read::GzDecoder;
use http_body::Frame;
use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};
use std::fmt;
use std::io::{self, Cursor, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// A longer answer is held compressed only, and made long again on its way to who takes no gzip.
pub(super) const MAX_LOOSE_BYTES: usize = 4 * 1024 * 1024;

/// Marks a request of our own that fills the kept answers: nobody waits for it, so that it is neither
/// counted nor logged. No request from outside has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Warmup;

/// The longest address that is kept: ours are far shorter.
const MAX_ADDRESS_BYTES: usize = 512;

/// The size of a page that travels compressed, to know about how many there will be.
const TYPICAL_BYTES: u64 = 8 * 1024;

/// What an answer takes besides address and body: headers and places in tables.
const OVERHEAD_BYTES: u64 = 1024;

/// The answers of one picture, up to a limit in bytes.
pub struct ResponseCache {
    /// `None` where none are kept.
    kept: Option<Cache<Key, Arc<Ready>, Bytewise>>,
    limit_bytes: u64,
}

/// An answer as it is sent: every header that belongs to its content, and its body.
#[derive(Clone, Debug)]
pub struct Ready {
    /// Its headers, with [`Ready::tag`] among them.
    pub headers: HeaderMap,
    /// What tells its content from another.
    pub tag: HeaderValue,
    /// Its body, compressed where the headers say so.
    pub body: Bytes,
    /// Is the body compressed all the same, to be made long again on its way?
    pub unpacks: bool,
    /// The bytes of its content.
    pub bytes: usize,
    /// How long it took to be made.
    pub took: Duration,
}

/// Path and query as they were asked for, and whether the body is compressed. The format is a part
/// of the path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    address: Box<str>,
    packed: bool,
}

/// A key that is only looked up; hashed as [`Key`].
#[derive(Hash)]
struct Sought<'a> {
    address: &'a str,
    packed: bool,
}

impl Equivalent<Key> for Sought<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.packed == key.packed && *self.address == *key.address
    }
}

#[derive(Clone, Debug)]
struct Bytewise;

impl Weighter<Key, Arc<Ready>> for Bytewise {
    fn weight(&self, key: &Key, ready: &Arc<Ready>) -> u64 {
        let bytes = key.address.len().saturating_add(ready.body.len());
        u64::try_from(bytes)
            .unwrap_or(u64::MAX)
            .saturating_add(OVERHEAD_BYTES)
    }
}

impl ResponseCache {
    /// None yet, and never more than so many bytes; with 0 none at all.
    #[must_use]
    pub fn up_to(limit_bytes: u64) -> Self {
        let typical = usize::try_from(limit_bytes / TYPICAL_BYTES).unwrap_or(usize::MAX);
        let kept =
            (limit_bytes > 0).then(|| Cache::with_weighter(typical.max(16), limit_bytes, Bytewise));
        Self { kept, limit_bytes }
    }

    /// None yet, with the same limit: for another picture.
    #[must_use]
    pub fn afresh(&self) -> Self {
        Self::up_to(self.limit_bytes)
    }

    /// Are any kept?
    #[must_use]
    pub const fn are_kept(&self) -> bool {
        self.kept.is_some()
    }

    /// The answer to an address (path and query).
    #[must_use]
    pub fn get(&self, address: &str, packed: bool) -> Option<Arc<Ready>> {
        self.kept.as_ref()?.get(&Sought { address, packed })
    }

    /// Is the answer to an address kept? To ask so makes it no better known.
    #[must_use]
    pub fn has(&self, address: &str, packed: bool) -> bool {
        let peek = |kept: &Cache<_, _, _>| kept.peek(&Sought { address, packed }).is_some();
        self.kept.as_ref().is_some_and(peek)
    }

    /// Is there room for more that nobody asked for? Some is left for what somebody will ask for.
    #[must_use]
    pub fn have_room(&self) -> bool {
        self.bytes() < self.limit_bytes - self.limit_bytes / 8
    }

    /// Keeps an answer, unless its address is absurdly long.
    pub fn keep(&self, address: &str, packed: bool, ready: &Arc<Ready>) {
        if let Some(kept) = &self.kept
            && address.len() <= MAX_ADDRESS_BYTES
        {
            kept.insert(
                Key {
                    address: address.into(),
                    packed,
                },
                Arc::clone(ready),
            );
        }
    }

    /// The bytes that they take, about.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.kept.as_ref().map_or(0, Cache::weight)
    }
}

/// ResponseCache are not kept unless somebody says so.
impl Default for ResponseCache {
    fn default() -> Self {
        Self::up_to(0)
    }
}

impl fmt::Debug for ResponseCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = self.bytes();
        f.debug_struct("ResponseCache")
            .field("limit", &self.limit_bytes)
            .field("bytes", &bytes)
            .finish()
    }
}

impl Ready {
    /// A compressed answer for who takes it so.
    #[must_use]
    pub fn packed(mut self) -> Self {
        self.unpacks = false;
        self.headers
            .insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        self
    }

    /// A long answer in its other form: compressed for who takes it so, or made long on its way.
    /// `None` where it is short, so that both forms are made when they are asked for.
    #[must_use]
    pub fn other_form(&self) -> Option<Self> {
        if self.unpacks {
            return Some(self.clone().packed());
        }
        let is_packed = self.headers.contains_key(CONTENT_ENCODING);
        let mut other = self.clone();
        other.unpacks = true;
        other.headers.remove(CONTENT_ENCODING);
        (is_packed && self.bytes > MAX_LOOSE_BYTES).then_some(other)
    }

    /// The answer for who knows the tags in `If-None-Match`: itself, or that it is not modified.
    #[must_use]
    pub fn answer(&self, known: Option<&HeaderValue>) -> Response<Body> {
        let same = known.is_some_and(|known| names(known, &self.tag));
        let body = if same {
            Body::empty()
        } else if self.unpacks {
            Body::new(Unpacked::new(self.body.clone()))
        } else {
            Body::from(self.body.clone())
        };
        let mut response = Response::new(body);
        *response.headers_mut() = self.headers.clone();
        if same {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            // They tell of a body that is not sent.
            response.headers_mut().remove(CONTENT_TYPE);
            response.headers_mut().remove(CONTENT_ENCODING);
        }
        response
    }
}

/// Bytes that a body gives at a time.
const PIECE_BYTES: usize = 64 * 1024;

/// A compressed body that becomes long on its way, a piece at a time, as fast as it is taken.
struct Unpacked(GzDecoder<Cursor<Bytes>>);

impl Unpacked {
    fn new(body: Bytes) -> Self {
        Self(GzDecoder::new(Cursor::new(body)))
    }
}

impl http_body::Body for Unpacked {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let mut piece = vec![0; PIECE_BYTES];
        Poll::Ready(match self.0.read(&mut piece) {
            Ok(0) => None,
            Ok(read) => {
                piece.truncate(read);
                Some(Ok(Frame::data(piece.into())))
            }
            Err(error) => Some(Err(error)),
        })
    }
}

/// Does a list of tags name this one? All of ours are weak.
fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let (Ok(known), Ok(tag)) = (known.to_str(), tag.to_str()) else {
        return false;
    };
    known
        .split(',')
        .map(str::trim)
        .any(|one| one == tag || one == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ready(bytes: usize) -> Arc<Ready> {
        let tag = HeaderValue::from_static("W/\"1\"");
        Arc::new(Ready {
            headers: HeaderMap::new(),
            tag,
            body: vec![b'x'; bytes].into(),
            unpacks: false,
            bytes,
            took: Duration::ZERO,
        })
    }

    #[test]
    fn an_answer_is_found_by_its_address_and_packing_only() {
        let answers = ResponseCache::up_to(1 << 20);
        answers.keep("/a?x=1", true, &ready(1));
        assert!(answers.get("/a?x=1", true).is_some());
        for (address, packed) in [("/a?x=1", false), ("/a?x=2", true), ("/a", true)] {
            assert!(answers.get(address, packed).is_none(), "{address} {packed}");
        }
        assert!(answers.afresh().get("/a?x=1", true).is_none());
        assert!(answers.afresh().are_kept());
    }

    #[test]
    fn the_limit_holds_and_what_is_asked_for_often_stays() {
        let answers = ResponseCache::up_to(1 << 20);
        answers.keep("/often", true, &ready(1_000));
        for number in 0..5_000 {
            if number % 10 == 0 {
                assert!(answers.get("/often", true).is_some(), "after {number}");
            }
            answers.keep(&format!("/?odd={number}"), true, &ready(10_000));
            assert!(
                answers.bytes() <= 1 << 20,
                "{} bytes after {number}",
                answers.bytes()
            );
        }
        assert!(answers.bytes() > 1 << 18, "it is used: {}", answers.bytes());
    }

    #[test]
    fn without_a_limit_or_with_an_absurd_address_nothing_is_kept() {
        let none = ResponseCache::up_to(0);
        none.keep("/", true, &ready(1));
        assert!(none.get("/", true).is_none() && !none.are_kept());
        let answers = ResponseCache::up_to(1 << 20);
        let long = format!("/?{}", "x".repeat(MAX_ADDRESS_BYTES));
        answers.keep(&long, true, &ready(1));
        assert!(answers.get(&long, true).is_none());
    }

    #[test]
    fn tags_are_found_in_lists() {
        let tag = HeaderValue::from_static("W/\"1\"");
        for (known, same) in [
            ("W/\"1\"", true),
            ("W/\"0\", W/\"1\"", true),
            ("*", true),
            ("W/\"10\"", false),
            ("", false),
        ] {
            assert_eq!(
                names(&HeaderValue::from_static(known), &tag),
                same,
                "{known}"
            );
        }
    }
}
