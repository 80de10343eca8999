//! A browser to look with.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use fantoccini::wd::{Capabilities, TimeoutConfiguration};
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// Longest time for a page on a machine that does much else.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);
/// Whether a page is loaded, and its first field has the keyboard.
const READY: &str = "return document.readyState === 'complete' \
    && (!document.querySelector('[autofocus]') || document.activeElement !== document.body)";

/// Starts of a chromedriver before a test gives up. The port that it draws is free for IPv4, and may be taken for IPv6: then it
/// ends at once.
const STARTS: u32 = 5;

/// Starts a chromedriver, and returns it with its port.
async fn driver() -> (Child, u16) {
    for _ in 0..STARTS {
        let mut driver = Command::new("chromedriver");
        driver.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut driver = driver.spawn().unwrap();
        let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
        while let Some(line) = lines.next_line().await.unwrap() {
            let Some((_, port)) = line.split_once("successfully on port ") else { continue };
            let port = port.trim_end_matches('.').parse().unwrap();
            tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
            return (driver, port);
        }
    }
    panic!("chromedriver ends before it says its port")
}

/// A Chromium of this test's own, driven by its chromedriver.
pub(super) struct Browser {
    pub(super) client: Client,
    _driver: Child,
}

impl Browser {
    pub(super) async fn open() -> Self {
        Self::with(json!({})).await
    }

    /// Opens one in which no script runs.
    pub(super) async fn without_scripts() -> Self {
        Self::with(json!({ "profile.managed_default_content_settings.javascript": 2 })).await
    }

    /// Opens one that puts its downloads into this folder.
    pub(super) async fn that_downloads_to(folder: &Path) -> Self {
        Self::with(json!({ "download.default_directory": folder, "download.prompt_for_download": false })).await
    }

    async fn with(preferences: serde_json::Value) -> Self {
        let (driver, port) = driver().await;
        let options = json!({ "args": ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=390,844"], "prefs": preferences });
        let mut capabilities = Capabilities::new();
        capabilities.insert("goog:chromeOptions".into(), options);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities);
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await.unwrap();
        let patience = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), Some(Duration::ZERO));
        client.update_timeouts(patience).await.unwrap();
        Self { client, _driver: driver }
    }

    /// Returns the page's text once it has these words: a click is done before the next page is there.
    pub(super) async fn shows(&self, words: &str) -> String {
        let mut shown = String::new();
        let begun = std::time::Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Ok(body) = self.client.find(Locator::Css("body")).await {
                shown = body.text().await.unwrap_or_default();
            }
            if shown.contains(words) && self.is_ready().await {
                return shown;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no {words} in {shown}");
    }

    /// Whether the page is whole and takes keys at the right place. If scripts are off, this cannot be asked.
    async fn is_ready(&self) -> bool {
        self.client.execute(READY, Vec::new()).await.map_or(true, |ready| ready != json!(false))
    }

    pub(super) async fn click(&self, css: &str) {
        self.client.find(Locator::Css(css)).await.unwrap().click().await.unwrap();
    }
}
