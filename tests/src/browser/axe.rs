//! axe-core, put into a page by the driver: the page's own rules for scripts do not reach it, and it loads nothing.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::Page;

/// One rule is narrowed: a card's name as an item of the tree is composed of its level, words and marks. The buttons inside it
/// have names of their own that begin with what stands on them, which is what the rule is about.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    axe.configure({ rules: [{ id: 'label-content-name-mismatch', selector: ':not([role=treeitem])' }] });
    axe.run(document, { resultTypes: ['violations'] })
        .then(({ violations }) => done(violations.map(({ id, impact, help, nodes }) => ({
            id, impact, help,
            nodes: nodes.slice(0, 5).map((n) => n.html.slice(0, 200) + ' — ' + n.failureSummary.replace(/\\s+/g, ' ')),
        }))))
        .catch((error) => done(String(error)));";

fn script() -> Result<String> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tools/node_modules/axe-core/axe.min.js");
    let path = std::env::var_os("NAZE_AXE").map_or(built, PathBuf::from);
    std::fs::read_to_string(&path).with_context(|| {
        format!("axe-core is not at {}: `cargo xtask test` installs it, NAZE_AXE says where it is", path.display())
    })
}

impl Page {
    /// Fails with everything that axe-core finds on the page as it is now.
    ///
    /// # Errors
    /// When it finds something, or cannot look.
    pub async fn finds_no_barrier(&self, screen: &str) -> Result<()> {
        if self.eval("return typeof axe", vec![]).await? == json!("undefined") {
            self.eval(&script()?, vec![]).await?;
        }
        let found = self.client().execute_async(RUN, vec![]).await?;
        match &found {
            Value::Array(list) if list.is_empty() => Ok(()),
            _ => {
                self.shot(&format!("axe-{screen}")).await?;
                bail!("{} ({screen}): axe-core found {found:#}", self.who())
            }
        }
    }
}
