//! Files that are sent while they are made, so that a large one needs no more memory than a small one.
//!
//! Such an answer is made ready by nobody: it has no hash, is not kept and not packed again.

use crate::Site;
use axum::body::{Body, Bytes};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use http_body::Frame;
use meguri_app::open_data::download::OpenFile;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::task::spawn_blocking;

/// Bytes that are sent at once.
const PART_BYTES: usize = 64 * 1024;

/// Parts that wait for a slow reader.
const WAITING: usize = 4;

/// Says of an answer that it is sent while it is made.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Streamed;

/// Gives a file. Only a few are made at once; who comes later waits.
pub(crate) fn answer(site: &Site, file: OpenFile) -> Response {
    let (sender, receiver) = channel(WAITING);
    let headers = [
        (CONTENT_TYPE, file.media_type().to_owned()),
        (CACHE_CONTROL, "no-cache".to_owned()),
        (
            CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", file.name()),
        ),
    ];
    let room = Arc::clone(site.making.streams());
    tokio::spawn(async move {
        // It is never closed.
        let Ok(permit) = room.acquire_owned().await else {
            return;
        };
        let made = spawn_blocking(move || make(&file, sender));
        if made.await.is_err() {
            tracing::error!("a file of open data was not made");
        }
        drop(permit);
    });
    let mut response = (headers, Body::new(Parts(receiver))).into_response();
    response.extensions_mut().insert(Streamed);
    response
}

/// Makes a file; a fault ends the connection, so that nobody takes a part for the whole.
fn make(file: &OpenFile, sender: Sender<io::Result<Bytes>>) {
    let out = Sending {
        sender,
        part: Vec::new(),
    };
    let sender = out.sender.clone();
    match file.write(out) {
        Ok(mut out) => {
            // Nobody is there any more to be told.
            let _ = out.send();
        }
        Err(fault) => {
            // A reader who went away is no fault.
            if !sender.is_closed() {
                tracing::error!(file = file.name(), %fault, "a file of open data was not made");
                let _ = sender.blocking_send(Err(io::Error::other(fault)));
            }
        }
    }
}

/// Sends what is written, part by part.
struct Sending {
    sender: Sender<io::Result<Bytes>>,
    part: Vec<u8>,
}

impl Sending {
    fn send(&mut self) -> io::Result<()> {
        if self.part.is_empty() {
            return Ok(());
        }
        let part = Bytes::from(std::mem::take(&mut self.part));
        let sent = self.sender.blocking_send(Ok(part));
        sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Sending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART_BYTES {
            self.send()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A body of parts as they come.
struct Parts(Receiver<io::Result<Bytes>>);

impl http_body::Body for Parts {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let part = self.0.poll_recv(context);
        part.map(|part| part.map(|part| part.map(Frame::data)))
    }
}
