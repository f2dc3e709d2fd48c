//! Connections: how many there are at once, and how long each may keep the server waiting.
//!
//! A reader who never finishes asking, or never takes what was sent, is let go, so that nobody keeps
//! others out by doing nothing. What is asked and answered is not known here.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{Sleep, sleep};

/// What is asked of connections.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// How many may be open at once; whoever comes then waits to be taken.
    pub(crate) at_once: usize,
    /// How long the head of a request may take, from the end of the answer before it.
    pub(crate) to_ask: Duration,
    /// How long a reader may take nothing of what is sent.
    pub(crate) to_take: Duration,
    /// How long what has begun may go on once the server is asked to stop.
    pub(crate) to_part: Duration,
}

impl Patience {
    /// What a server of its own machine or a trusted network can bear.
    pub(crate) const USUAL: Self = Self {
        at_once: 512,
        to_ask: Duration::from_secs(15),
        to_take: Duration::from_secs(20),
        to_part: Duration::from_secs(3),
    };
}

/// How long to wait where the machine has no connection to give, as when too many files are open.
const WAIT_AFTER_FAULT: Duration = Duration::from_millis(50);

/// Answers connections until `until` completes; what has begun by then has a moment to finish.
pub(crate) async fn serve(
    listener: TcpListener,
    answers: Router,
    patience: Patience,
    until: impl Future<Output = ()> + Send + 'static,
) {
    let places = Arc::new(Semaphore::new(patience.at_once));
    let parting = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(patience.to_ask);
    let mut until = std::pin::pin!(until);
    loop {
        let taken = async {
            // The place is taken first: who can't be served is left waiting at the door.
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            taken = taken => taken,
            () = &mut until => break,
        };
        let Ok((stream, _from)) = accepted else {
            sleep(WAIT_AFTER_FAULT).await;
            continue;
        };
        let io = TokioIo::new(Prompt::new(stream, patience.to_take));
        let service = TowerToHyperService::new(answers.clone());
        let connection = parting.watch(http.serve_connection(io, service));
        tokio::spawn(async move {
            let _place = place;
            // How a connection ended is of no concern to anybody but the reader, who is gone.
            drop(connection.await);
        });
    }
    drop(listener);
    tokio::select! {
        () = parting.shutdown() => {}
        () = sleep(patience.to_part) => {}
    }
}

/// A stream whose reader must take what is sent.
struct Prompt {
    stream: TcpStream,
    to_take: Duration,
    /// Set while the reader takes nothing.
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Prompt {
    fn new(stream: TcpStream, to_take: Duration) -> Self {
        Self { stream, to_take, stalled: None }
    }

    /// Passes on what a write came to; a write that has waited too long fails.
    fn watched<T>(
        &mut self,
        written: Poll<io::Result<T>>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let to_take = self.to_take;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(to_take)));
        ready!(stalled.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Prompt {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Prompt {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watched(written, cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, pieces);
        self.watched(written, cx)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        self.watched(flushed, cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let closed = Pin::new(&mut self.stream).poll_shutdown(cx);
        self.watched(closed, cx)
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use axum::body::Body;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::sync::oneshot;
    use tokio::task::JoinHandle;
    use tokio::time::timeout;

    use super::*;

    /// Long enough for anything that is to happen at all.
    const LONG: Duration = Duration::from_secs(30);
    const SHORT: Duration = Duration::from_millis(100);

    /// Starts a server of few connections; it stops when the sender is dropped.
    async fn started(answers: Router) -> (SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let patience = Patience { at_once: 2, to_ask: SHORT, to_take: SHORT, to_part: SHORT };
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, answers, patience, async {
            drop(stopped.await);
        }));
        (address, stop, serving)
    }

    fn hello() -> Router {
        Router::new().route("/", get(|| async { "hello" }))
    }

    async fn asked(address: SocketAddr) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        let request = b"GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n";
        stream.write_all(request).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test]
    async fn who_never_finishes_asking_is_let_go_and_others_are_served() {
        let (address, _stop, _serving) = started(hello()).await;
        // More than there are places for; none of them ever finishes.
        let mut halves = Vec::new();
        for _ in 0..5 {
            let mut half = TcpStream::connect(address).await.unwrap();
            half.write_all(b"GET / HTTP/1.1\r\nhost: he").await.unwrap();
            halves.push(half);
        }
        let answer = timeout(LONG, asked(address)).await.expect("there is a place in the end");
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("hello"), "{answer}");
        for mut half in halves {
            let mut left = Vec::new();
            // It is told, or simply closed.
            drop(timeout(LONG, half.read_to_end(&mut left)).await.expect("it is let go"));
        }
    }

    #[tokio::test]
    async fn who_takes_nothing_of_what_is_sent_is_let_go() {
        let much = || async { Body::from(vec![b'x'; 64 << 20]) };
        let (address, _stop, _serving) = started(hello().route("/much", get(much))).await;
        let mut idle = Vec::new();
        for _ in 0..2 {
            let mut reader = TcpStream::connect(address).await.unwrap();
            reader.write_all(b"GET /much HTTP/1.1\r\nhost: here\r\n\r\n").await.unwrap();
            idle.push(reader);
        }
        let answer = timeout(LONG, asked(address)).await.expect("there is a place in the end");
        assert!(answer.ends_with("hello"), "{answer}");
    }

    #[tokio::test]
    async fn a_server_that_is_asked_to_stop_does_not_wait_for_ever() {
        let endless = || async { std::future::pending::<&'static str>().await };
        let (address, stop, serving) = started(Router::new().route("/", get(endless))).await;
        let mut waiting = TcpStream::connect(address).await.unwrap();
        waiting.write_all(b"GET / HTTP/1.1\r\nhost: here\r\n\r\n").await.unwrap();
        drop(stop);
        timeout(LONG, serving).await.expect("it stops").unwrap();
    }
}
