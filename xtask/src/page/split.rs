//! Cuts the compiled page into the main module, which comes first, and those that are loaded later. Where it is cut is said in the
//! page itself (`ui::chunks`); what several later ones need is one more of its own.
use super::Kind;
use anyhow::{Context, Result, anyhow, bail};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};
use walrus::{ModuleConfig, passes::gc};
use wasm_split_cli_support::{Options, transform};

/// The script that loads the later modules, and the one that it asks for the main module. No such files are served: see [`Split::join`].
const LINK: &str = "./__wasm_split.js";
const MAIN: &str = "./main.js";
const LOADER: &str = "__wasm_split_load_";
/// How the names of what is loaded later begin; the cuts by which it is sent for follow, with dots between them.
pub(super) const LATER: &str = "later.";

/// A module that is loaded later.
pub(super) struct Chunk {
    /// With its ending, without a hash: `later.board.lead.wasm`.
    pub(super) name: String,
    pub(super) wasm: Vec<u8>,
    /// How the script calls it.
    file: String,
}

/// What a module was cut into.
pub(super) struct Split {
    pub(super) main: PathBuf,
    pub(super) chunks: Vec<Chunk>,
    link: String,
}

/// Cuts a module up; `folder` is where that is done.
pub(super) fn split(module: &[u8], folder: &Path, kind: Kind) -> Result<Split> {
    // What an earlier cut left there would be taken for a part of this one.
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder)?;
    let main = folder.join("main.wasm");
    let mut options = Options::new(module);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = LINK;
    options.main_module = MAIN;
    let made = transform(options).map_err(|failure| anyhow!("the page's module cannot be cut up: {failure:#}"))?;
    let mut asked: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (cut, files) in &made.prefetch_map {
        for file in files {
            asked.entry(file).or_default().insert(cut);
        }
    }
    let mut chunks = Vec::new();
    for (stem, cuts) in asked {
        let file = format!("{stem}.wasm");
        let wasm = tidied(&fs::read(folder.join(&file))?, kind)?;
        chunks.push(Chunk { name: name(&cuts), wasm, file });
    }
    if chunks.len() != made.split_modules.len() {
        bail!("the page was cut into a module that nothing sends for");
    }
    Ok(Split { main, chunks, link: fs::read_to_string(folder.join(LINK))? })
}

fn name(cuts: &BTreeSet<&str>) -> String {
    let cuts: Vec<&str> = cuts.iter().copied().collect();
    format!("{LATER}{}.wasm", cuts.join("."))
}

/// Without types that it does not use and without names, its numbers written as short as they can be.
fn tidied(chunk: &[u8], kind: Kind) -> Result<Vec<u8>> {
    let mut config = ModuleConfig::new();
    config.generate_name_section(kind == Kind::Dev).generate_producers_section(kind == Kind::Dev);
    let mut module = config.parse(chunk)?;
    gc::run(&mut module);
    Ok(module.emit_wasm())
}

impl Split {
    /// The script of the main module, with what loads the others in it. Were they two files, each would name the other by its
    /// hash, and that cannot be.
    pub(super) fn join(&self, script: &str) -> Result<String> {
        let mut out = String::with_capacity(script.len() + self.link.len());
        let imported = format!("from \"{LINK}\"");
        let mut asked = Vec::new();
        for line in script.lines() {
            if line.contains(&imported) {
                let name = line.split_whitespace().nth(3);
                asked.push(name.with_context(|| format!("not understood in the script: {line}"))?);
            } else {
                let _ = writeln!(out, "{line}");
            }
        }
        let mut link = replaced(&self.link, &format!("import {{ initSync }} from \"{MAIN}\";\n"), "")?;
        for chunk in &self.chunks {
            let address = format!("\"{{{{asset:{}}}}}\"", chunk.name);
            link = replaced(&link, &format!("\"./{}\"", chunk.file), &address)?;
        }
        let export = format!("export const {LOADER}");
        let loaders = link.split(&export).skip(1).filter_map(|rest| rest.split_once(' '));
        let loaders: Vec<String> = loaders.map(|(cut, _)| format!("{LOADER}{cut}")).collect();
        out.push_str(&replaced(&link, &export, &format!("const {LOADER}"))?);
        for name in asked {
            let _ = writeln!(out, "const {name} = {{ {} }};", loaders.join(", "));
        }
        let asks = |line: &&str| ["from \"./", "URL(\"./"].iter().any(|way| line.contains(way));
        if let Some(line) = out.lines().find(asks) {
            bail!("the script asks for what is not served: {line}");
        }
        Ok(out)
    }
}

fn replaced(text: &str, what: &str, by: &str) -> Result<String> {
    if !text.contains(what) {
        bail!("the script that loads the later modules is not as expected: nowhere is {what:?}");
    }
    Ok(text.replace(what, by))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(link: &str) -> Split {
        let chunk = |cuts: &[&str], file: &str| Chunk {
            name: name(&cuts.iter().copied().collect()),
            wasm: Vec::new(),
            file: file.to_owned(),
        };
        let chunks = vec![chunk(&["lead", "board"], "chunk_3.wasm"), chunk(&["lead"], "split_lead.wasm")];
        Split { main: PathBuf::new(), chunks, link: link.to_owned() }
    }

    const GLUE: &str =
        "import * as import1 from \"./__wasm_split.js\"\nimport * as import2 from \"./__wasm_split.js\"\nlet wasm;\n";
    const LINK: &str = "import { initSync } from \"./main.js\";\n\nconst __chunk_3 = load(\"./chunk_3.wasm\");\n\
        export const __wasm_split_load_lead = wrap(load(\"./split_lead.wasm\"));\nexport const __wasm_split_load_board = wrap();\n";

    #[test]
    fn what_loads_the_rest_becomes_a_part_of_the_one_script() {
        assert_eq!(
            cut(LINK).join(GLUE).unwrap(),
            "let wasm;\n\nconst __chunk_3 = load(\"{{asset:later.board.lead.wasm}}\");\n\
            const __wasm_split_load_lead = wrap(load(\"{{asset:later.lead.wasm}}\"));\n\
            const __wasm_split_load_board = wrap();\n\
            const import1 = { __wasm_split_load_lead, __wasm_split_load_board };\n\
            const import2 = { __wasm_split_load_lead, __wasm_split_load_board };\n"
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        let says = |link: &str, glue: &str| cut(link).join(glue).unwrap_err().to_string();
        assert!(says("let a;", GLUE).contains("initSync"));
        assert!(says(&LINK.replace("chunk_3.wasm", "chunk_4.wasm"), GLUE).contains("chunk_3.wasm"));
        assert!(says(&format!("{LINK}fetch(new URL(\"./chunk_5.wasm\", here))"), GLUE).contains("chunk_5.wasm"));
        assert!(says(LINK, "import * as a from \"./other.js\"").contains("other.js"));
    }
}
