//! A server on a free port, with a clock of its own and nothing kept, that a story is told against.

use std::sync::Arc;

use jiff::Timestamp;
use rules::config::{Channel, Config, Gateway, Portal};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::DemoError;
use crate::server::{FrontDesk, Server, Settings};

/// The server, and the partners of the story.
pub(crate) struct Stage {
    pub(crate) desk: Arc<FrontDesk>,
    /// The VNPAY channel.
    pub(crate) channel: Channel,
    /// The first portal.
    pub(crate) portal: Portal,
    way: String,
    stop: oneshot::Sender<()>,
    served: JoinHandle<()>,
}

impl Stage {
    /// Starts the server, at an instant of its clock.
    pub(crate) async fn open(config: Config, start: Timestamp) -> Result<Self, DemoError> {
        let channel = config.channels().find(|channel| channel.gateway == Gateway::Vnpay).cloned();
        let channel = channel.ok_or(DemoError::Nobody("VNPAY channel"))?;
        let portal = config.portals().next().cloned().ok_or(DemoError::Nobody("portal"))?;
        let settings = Settings { port: 0, folder: None, config, start: Some(start) };
        let server = Box::pin(Server::start(settings)).await?;
        let (way, desk) = (format!("http://{}", server.address), server.desk.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        let served = tokio::spawn(async move {
            let served = server.serve(async {
                let _ = stopped.await;
            });
            let _ = served.await;
        });
        Ok(Self { desk, channel, portal, way, stop, served })
    }

    /// The address of the server, without a path.
    pub(crate) fn way(&self) -> String {
        self.way.clone()
    }

    /// Stops the server.
    pub(crate) async fn close(self) {
        let _ = self.stop.send(());
        let _ = self.served.await;
    }
}
