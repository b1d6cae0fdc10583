//! One loopback HTTP/1.1 server with keep-alive, behind the tap.
//!
//! Its own accept loop, because a fault may have to cut a connection in the middle of a request,
//! and because dropping the handle must end every connection at once.

use std::{io, net::SocketAddr, sync::Mutex};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::ConnectInfo,
};
use http_body_util::BodyExt as _;
use hyper::{Request, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    task::{AbortHandle, JoinSet},
};
use tower::ServiceExt as _;

use crate::{http::Answer, locked, wire::Wire};

/// A bound address that nothing answers on yet: its URL is known before its pages are.
pub(crate) struct Listener {
    socket: TcpListener,
    address: SocketAddr,
}

impl Listener {
    /// Fails with the address in the message, such as when the port is taken.
    pub(crate) async fn bind(address: SocketAddr) -> io::Result<Self> {
        let told = |error: io::Error| io::Error::new(error.kind(), format!("{address}: {error}"));
        let socket = TcpListener::bind(address).await.map_err(told)?;
        Ok(Self { address: socket.local_addr()?, socket })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// Answers with `app`; the wire knows the server as `service`.
    pub(crate) fn serve(self, service: &'static str, wire: &Wire, app: Router) -> Server {
        let (url, address) = (self.url(), self.address);
        let server =
            Server { url, address, service, wire: wire.clone(), app, door: Mutex::default() };
        *locked(&server.door) = Door::Open(server.answer(self.socket));
        server
    }
}

async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    service: &'static str,
    wire: Wire,
    app: Router,
) {
    let answer = service_fn(|mut request: Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        wire.pass(service, request, app.clone())
    });
    let _ = stream.set_nodelay(true);
    // A connection that breaks, or that a fault cuts, is the client's to notice.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
}

/// A running stand-in's server. Dropped, it cuts what is open and frees its port as soon as the
/// runtime runs again.
pub struct Server {
    url: String,
    address: SocketAddr,
    service: &'static str,
    wire: Wire,
    app: Router,
    door: Mutex<Door>,
}

#[derive(Default)]
enum Door {
    Open(AbortHandle),
    /// The port is ours, and nobody listens on it.
    Closed(TcpSocket),
    #[default]
    Neither,
}

impl Server {
    /// Cuts every connection, and refuses others until [`Self::open`].
    ///
    /// # Panics
    /// When another program takes the port in that very moment.
    pub async fn close(&self) {
        let Door::Open(answering) = std::mem::take(&mut *locked(&self.door)) else { return };
        answering.abort();
        tokio::task::yield_now().await;
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.set_reuseaddr(true).expect("a fresh socket");
        socket.bind(self.address).expect("the port was ours");
        *locked(&self.door) = Door::Closed(socket);
    }

    /// Answers again, at the same address.
    ///
    /// # Panics
    /// When the system has no room for a listener.
    pub fn open(&self) {
        let mut door = locked(&self.door);
        match std::mem::take(&mut *door) {
            Door::Closed(socket) => {
                *door = Door::Open(self.answer(socket.listen(1024).expect("room for a listener")));
            }
            other => *door = other,
        }
    }

    fn answer(&self, socket: TcpListener) -> AbortHandle {
        let (service, wire, app) = (self.service, self.wire.clone(), self.app.clone());
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    Ok((stream, peer)) = socket.accept() => {
                        connections.spawn(converse(stream, peer, service, wire.clone(), app.clone()));
                    }
                    Some(_) = connections.join_next() => {} // forget those that ended
                }
            }
        });
        task.abort_handle()
    }

    /// Answers one request without a socket and past the wire.
    pub(crate) async fn ask(&self, request: Request<Bytes>) -> Answer {
        let Ok(answer) = self.app.clone().oneshot(request.map(Body::from)).await;
        let (head, body) = answer.into_parts();
        let body = body.collect().await.expect("a stand-in's answer is whole").to_bytes();
        Answer { status: head.status.as_u16(), headers: head.headers, body }
    }

    /// Base URL without trailing slash, `http://localhost:PORT`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The address it listens on.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Door::Open(answering) = &*locked(&self.door) {
            answering.abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http, loopback};

    #[tokio::test]
    async fn a_closed_server_refuses_and_an_opened_one_answers_at_the_same_address() {
        let app = Router::new().fallback(async || "here");
        let server = Listener::bind(loopback(0)).await.unwrap().serve("door", &Wire::new(), app);
        assert_eq!(http::get(server.url()).await.unwrap().text(), "here");
        server.close().await;
        let refused = http::get(server.url()).await.unwrap_err().to_string();
        assert_eq!(refused, "tcp connect error");
        server.open();
        assert_eq!(http::get(server.url()).await.unwrap().text(), "here");
    }
}
