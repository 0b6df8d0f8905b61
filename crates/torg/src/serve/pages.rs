//! Serving pages to browsers, the slow and the silent among them.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum_server::accept::{Accept, DefaultAcceptor};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use hyper_util::rt::TokioTimer;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::lobby::{Lobby, Place};

/// How often a browser that speaks HTTP/2 is asked whether it is still there, and how long it may
/// take to say so.
const ASK_EVERY: Duration = Duration::from_secs(30);
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// So many bytes tell which version of HTTP somebody speaks: the preface of HTTP/2 (RFC 9113, 3.4).
/// No request of HTTP/1.1 is shorter.
const PREFACE: usize = 24;

/// What serves pages.
pub(super) struct Pages {
    pub(super) router: Router,
    pub(super) lobby: Arc<Lobby>,
    /// How long a handshake and the head of a request may take.
    pub(super) patience: Duration,
    pub(super) handle: Handle<SocketAddr>,
}

impl Pages {
    /// Serves until the handle is told to stop.
    pub(super) async fn serve(
        self,
        listener: TcpListener,
        tls: Option<RustlsConfig>,
    ) -> anyhow::Result<()> {
        let mut server = axum_server::from_tcp(listener)?.handle(self.handle.clone());
        self.limit(&mut server);
        let service = self.router.into_make_service_with_connect_info::<SocketAddr>();
        let (lobby, patience) = (self.lobby, self.patience);
        match tls {
            Some(tls) => {
                let inner = RustlsAcceptor::new(tls).handshake_timeout(patience);
                server.acceptor(Porter { inner, lobby, patience }).serve(service).await?;
            }
            None => {
                let inner = DefaultAcceptor::new();
                server.acceptor(Porter { inner, lobby, patience }).serve(service).await?;
            }
        }
        Ok(())
    }

    fn limit(&self, server: &mut Server<SocketAddr>) {
        let http = server.http_builder();
        http.http1().timer(TokioTimer::new()).header_read_timeout(self.patience);
        http.http2()
            .timer(TokioTimer::new())
            .keep_alive_interval(ASK_EVERY)
            .keep_alive_timeout(ANSWER_WITHIN);
    }
}

/// Lets in whom the lobby has a place for.
#[derive(Clone)]
struct Porter<A> {
    inner: A,
    lobby: Arc<Lobby>,
    patience: Duration,
}

impl<A, S> Accept<TcpStream, S> for Porter<A>
where
    A: Accept<TcpStream, S>,
    A::Future: Send + 'static,
{
    type Stream = Admitted<A::Stream>;
    type Service = A::Service;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, A::Service)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = stream.peer_addr().ok().and_then(|peer| self.lobby.admit(peer.ip()));
        let (accepting, patience) = (self.inner.accept(stream, service), self.patience);
        Box::pin(async move {
            let place = place.ok_or(io::ErrorKind::QuotaExceeded)?;
            let (stream, service) = accepting.await?;
            let silence = Some(Silence { missing: PREFACE, ends: Box::pin(sleep(patience)) });
            Ok((Admitted { stream, silence, _place: place }, service))
        })
    }
}

/// A connection with its place in the lobby. hyper looks at the first bytes to know the version of
/// HTTP and waits for them without end; here they have to come in time.
struct Admitted<S> {
    stream: S,
    silence: Option<Silence>,
    _place: Place,
}

/// Until the first bytes are here.
struct Silence {
    missing: usize,
    ends: Pin<Box<Sleep>>,
}

impl<S: AsyncRead + Unpin> AsyncRead for Admitted<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        let Some(silence) = &mut self.silence else { return read };
        if read.is_pending() {
            let ended = silence.ends.as_mut().poll(cx);
            return ended.map(|()| Err(io::ErrorKind::TimedOut.into()));
        }
        silence.missing = silence.missing.saturating_sub(buf.filled().len() - before);
        if silence.missing == 0 {
            self.silence = None;
        }
        read
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Admitted<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
