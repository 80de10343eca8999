//! The loop that takes connections: none is held for ever, whatever the other side does or leaves undone.

use std::future::Future;
use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;

/// Time that others are given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// For the head of a request, from the end of the one before it.
    pub(super) head: Duration,
    /// For its body.
    pub(super) body: Duration,
    /// For requests under way when the server is told to end.
    pub(super) end: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { head: Duration::from_secs(30), body: Duration::from_secs(30), end: Duration::from_secs(5) }
    }
}

/// Wait after the system refused a connection, as it does when too many files are open.
const AFTER_REFUSAL: Duration = Duration::from_millis(200);

/// Serves until the future `until` is done, and then what is under way.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    until: impl Future<Output = ()>,
    limits: Limits,
) -> io::Result<()> {
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(limits.head);
    let under_way = GracefulShutdown::new();
    let mut until = pin!(until);
    loop {
        let stream = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => stream,
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    tokio::time::sleep(AFTER_REFUSAL).await;
                    continue;
                }
            },
            () = &mut until => break,
        };
        let service = TowerToHyperService::new(router.clone());
        let connection = builder.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = under_way.watch(connection);
        tokio::spawn(async move {
            // A connection that breaks is its sender's affair: they ask again.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    let _ = tokio::time::timeout(limits.end, under_way.shutdown()).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;
    use tokio::sync::oneshot;

    use super::*;

    const SHORT: Limits =
        Limits { head: Duration::from_millis(50), body: Duration::from_millis(50), end: Duration::from_millis(50) };

    /// Sends this and nothing more, and returns everything that comes until the other side ends the connection.
    async fn sent(text: &str) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(|| async { "here" }).post(|body: String| async move { body }));
        let router = super::super::guard::guarded(router, address, None, SHORT.body);
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, router, async { drop(stopped.await) }, SHORT));
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(text.replace("HERE", &address.to_string()).as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        tokio::time::timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await.unwrap().unwrap();
        drop(stop);
        serving.await.unwrap().unwrap();
        String::from_utf8(answer).unwrap()
    }

    #[tokio::test]
    async fn a_connection_that_says_nothing_or_half_of_something_is_ended() {
        for half in ["", "GET / HT", "GET / HTTP/1.1\r\nHost: HERE\r\nX-Half: "] {
            let answer = sent(half).await;
            assert!(!answer.contains("200"), "{half}: {answer}");
        }
        let body = "POST / HTTP/1.1\r\nHost: HERE\r\nContent-Length: 10\r\nContent-Type: text/plain\r\n\r\nfive";
        let answer = sent(body).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    }

    #[tokio::test]
    async fn one_that_is_open_and_idle_does_not_outlast_the_limit_either() {
        let answer = sent("GET / HTTP/1.1\r\nHost: HERE\r\n\r\n").await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("here"), "{answer}");
    }

    #[tokio::test]
    async fn the_end_does_not_wait_for_somebody_who_never_ends() {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new().route("/", get(std::future::pending::<&'static str>));
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(serve(listener, router, async { drop(stopped.await) }, SHORT));
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
        drop(stop);
        tokio::time::timeout(Duration::from_secs(20), serving).await.unwrap().unwrap().unwrap();
    }
}
