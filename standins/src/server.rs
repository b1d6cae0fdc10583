//! One loopback HTTP/1.1 server with keep-alive, behind the tap.
//!
//! Its own accept loop, because a fault may have to cut a connection in the middle of a request,
//! and because dropping the handle must end every connection at once.

use std::{io, net::SocketAddr};

use axum::{Router, extract::ConnectInfo};
use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    net::{TcpListener, TcpStream},
    task::{AbortHandle, JoinSet},
};

use crate::wire::Wire;

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
        let (url, address, wire) = (self.url(), self.address, wire.clone());
        let task = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            loop {
                tokio::select! {
                    Ok((stream, peer)) = self.socket.accept() => {
                        connections.spawn(converse(stream, peer, service, wire.clone(), app.clone()));
                    }
                    Some(_) = connections.join_next() => {} // forget those that ended
                }
            }
        });
        Server { url, address, task: task.abort_handle() }
    }
}

async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    service: &'static str,
    wire: Wire,
    app: Router,
) {
    let answer = service_fn(|mut request: hyper::Request<hyper::body::Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        wire.pass(service, request, app.clone())
    });
    let _ = stream.set_nodelay(true);
    // A connection that breaks, or that a fault cuts, is the client's to notice.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
}

/// A running stand-in's server. Dropped, it stops at once and cuts what is open.
pub struct Server {
    url: String,
    address: SocketAddr,
    task: AbortHandle,
}

impl Server {
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
        self.task.abort();
    }
}
