//! A page as a screen reader hears it: the accessibility tree that Chromium makes of it.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use super::browser::Browser;

/// Roles of what somebody acts on. Each needs a name, or nobody knows what it does.
const ACTED_ON: [&str; 7] = ["link", "button", "textbox", "searchbox", "checkbox", "radio", "combobox"];

/// The command of Chromium that returns the tree.
#[derive(Debug)]
struct Tree;

impl WebDriverCompatibleCommand for Tree {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let command = json!({ "cmd": "Accessibility.getFullAXTree", "params": {} });
        (Method::POST, Some(command.to_string()))
    }
}

/// Something that is heard.
pub(super) struct Heard {
    /// Its role.
    pub role: String,
    /// Its name.
    pub name: String,
    /// The level of a heading.
    level: Option<u64>,
}

/// Returns what is heard on a page, in its order.
pub(super) async fn heard(browser: &Browser) -> Vec<Heard> {
    let tree = browser.client.issue_cmd(Tree).await.unwrap();
    let nodes = tree["nodes"].as_array().unwrap();
    let by_id = |id: &Value| nodes.iter().find(|node| node["nodeId"] == *id);
    let (mut heard, mut next) = (Vec::new(), vec![&nodes[0]]);
    while let Some(node) = next.pop() {
        let children = node["childIds"].as_array().into_iter().flatten().rev();
        next.extend(children.filter_map(by_id));
        if node["ignored"] == json!(true) {
            continue;
        }
        let text = |of: &str| node[of]["value"].as_str().unwrap_or_default().trim().to_owned();
        let mut properties = node["properties"].as_array().into_iter().flatten();
        let level = properties.find(|it| it["name"] == "level").and_then(|it| it["value"]["value"].as_u64());
        heard.push(Heard { role: text("role"), name: text("name"), level });
    }
    heard
}

/// Returns what a screen reader stumbles over: something to act on that has no name, radio buttons outside a named group, a page
/// without its one main part or its one first heading, and a heading that skips a level.
pub(super) async fn faults(browser: &Browser) -> Vec<String> {
    let (heard, page) = (heard(browser).await, browser.client.current_url().await.unwrap());
    let mut faults = Vec::new();
    let mut fault = |what: String| faults.push(format!("{}: {what}", page.path()));
    for it in heard.iter().filter(|it| ACTED_ON.contains(&it.role.as_str()) && it.name.is_empty()) {
        fault(format!("a {} without a name", it.role));
    }
    let count = |role: &str| heard.iter().filter(|it| it.role == role).count();
    if count("radio") > 0
        && !heard.iter().any(|it| ["radiogroup", "group"].contains(&it.role.as_str()) && !it.name.is_empty())
    {
        fault("radio buttons of no named group".to_owned());
    }
    if count("main") != 1 {
        fault(format!("{} main parts", count("main")));
    }
    let levels: Vec<_> = heard.iter().filter(|it| it.role == "heading").map(|it| it.level.unwrap_or(0)).collect();
    if levels.first() != Some(&1) || levels.iter().filter(|level| **level == 1).count() != 1 {
        fault(format!("headings of the levels {levels:?}"));
    }
    if levels.windows(2).any(|pair| pair[1] > pair[0] + 1) {
        fault(format!("a level is skipped: {levels:?}"));
    }
    faults
}
