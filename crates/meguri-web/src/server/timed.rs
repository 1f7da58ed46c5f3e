//! A connection whose waiting has an end.

use meguri_app::config::Limits;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::Notify;
use tokio::time::{Instant, Sleep, sleep_until};

/// What happens on a connection, for who watches over it.
#[derive(Debug, Default)]
pub(super) struct Activity {
    /// Requests that were read.
    begun: AtomicU64,
    /// Requests whose answer is not handed over yet.
    open: AtomicUsize,
    /// Who waits for the end of an answer, to begin with the time between two requests.
    waiting: Mutex<Option<Waker>>,
    /// Asks for the end of a connection that waits for a request.
    pub(super) close: Notify,
}

/// A request from its head to the end of its answer.
#[derive(Debug)]
pub(super) struct Busy(Arc<Activity>);

impl Activity {
    /// A request begins; it ends when what is given is dropped.
    pub(super) fn begin(self: &Arc<Self>) -> Busy {
        self.begun.fetch_add(1, Ordering::Relaxed);
        self.open.fetch_add(1, Ordering::Relaxed);
        Busy(Arc::clone(self))
    }

    fn waiting(&self) -> MutexGuard<'_, Option<Waker>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Is a request being answered?
    pub(super) fn is_busy(&self) -> bool {
        self.open.load(Ordering::Relaxed) > 0
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
        if let Some(waiting) = self.0.waiting().take() {
            waiting.wake();
        }
    }
}

/// A stream that fails where its other side lets us wait for too long.
#[derive(Debug)]
pub(super) struct Timed<S> {
    stream: S,
    activity: Arc<Activity>,
    head: Duration,
    idle: Duration,
    write: Duration,
    /// Requests that had begun at the last look.
    seen: u64,
    /// Are there bytes of a head? A new connection is asked to send one at once.
    in_head: bool,
    reading: Deadline,
    writing: Deadline,
}

impl<S> Timed<S> {
    pub(super) fn new(stream: S, activity: Arc<Activity>, limits: &Limits) -> Self {
        Self {
            stream,
            activity,
            head: limits.head,
            idle: limits.idle,
            write: limits.write,
            seen: 0,
            in_head: true,
            reading: Deadline::default(),
            writing: Deadline::default(),
        }
    }

    /// Forgets the time of a head that has ended.
    fn look(&mut self) {
        let begun = self.activity.begun.load(Ordering::Relaxed);
        if begun != self.seen {
            self.seen = begun;
            self.in_head = false;
            self.reading.clear();
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Timed<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = &mut *self;
        this.look();
        let before = buffer.filled().len();
        match Pin::new(&mut this.stream).poll_read(context, buffer) {
            Poll::Ready(outcome) => {
                if buffer.filled().len() > before && !this.in_head && !this.activity.is_busy() {
                    this.in_head = true;
                    this.reading.clear();
                    this.reading.begin(this.head);
                }
                Poll::Ready(outcome)
            }
            // Our own answer is what is waited for.
            Poll::Pending if this.activity.is_busy() => {
                this.reading.clear();
                *this.activity.waiting() = Some(context.waker().clone());
                Poll::Pending
            }
            Poll::Pending => {
                let time = if this.in_head { this.head } else { this.idle };
                this.reading.begin(time);
                this.reading.poll(context)
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> Timed<S> {
    fn watched<T>(
        &mut self,
        context: &mut Context<'_>,
        outcome: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if outcome.is_ready() {
            self.writing.clear();
            return outcome;
        }
        self.writing.begin(self.write);
        match ready!(self.writing.poll(context)) {
            Ok(()) => Poll::Pending,
            Err(late) => Poll::Ready(Err(late)),
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Timed<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.watched(context, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.watched(context, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(context);
        self.watched(context, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watched(context, outcome)
    }
}

/// A moment up to which something is waited for.
#[derive(Debug, Default)]
struct Deadline(Option<Pin<Box<Sleep>>>);

impl Deadline {
    fn begin(&mut self, time: Duration) {
        if self.0.is_none() {
            self.0 = Some(Box::pin(sleep_until(Instant::now() + time)));
        }
    }

    fn clear(&mut self) {
        self.0 = None;
    }

    /// Pending until the moment, then the fault.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.0 {
            Some(sleep) => {
                ready!(sleep.as_mut().poll(context));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
            None => Poll::Pending,
        }
    }
}
