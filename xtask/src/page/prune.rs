//! Takes out of the page what stands in it for nobody: Leptos brings streams for talking to functions on a server, which a page
//! without them never calls, yet as exports they would stay, with all that they need.
use anyhow::{Context, Result};
use walrus::Module;
use wasm_encoder::{ExportSection, RawSection};
use wasmparser::{Parser, Payload};

/// Exports of the crate `wasm-streams`, and the classes in the script that lead to them.
const MODULE: &str = "intounderlying";
const SCRIPT: &str = "IntoUnderlying";

/// The compiled module without the exports; who cuts it up leaves out whatever nothing else needs. Everything else stays byte for
/// byte: places in it are known by their number.
pub(super) fn module(compiled: &[u8]) -> Result<Vec<u8>> {
    let mut out = wasm_encoder::Module::new();
    for payload in Parser::new(0).parse_all(compiled) {
        let payload = payload?;
        if let Payload::ExportSection(exports) = payload {
            let mut kept = ExportSection::new();
            for export in exports {
                let export = export?;
                if !export.name.contains(MODULE) {
                    kept.export(export.name, export.kind.into(), export.index);
                }
            }
            out.section(&kept);
        } else if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = compiled.get(range).context("a section goes beyond the end of the module")?;
            out.section(&RawSection { id, data });
        }
    }
    Ok(out.finish())
}

/// The script without what the module does not have or ask for any more.
pub(super) fn script(script: &str, module: &Module) -> String {
    let asked = |name: &str| module.imports.iter().any(|import| import.name == name);
    let mut out = String::with_capacity(script.len());
    let mut nobodys: Option<Part> = None;
    for line in script.lines() {
        nobodys = nobodys.filter(|part| !part.ended).or_else(|| Part::beginning(line, asked));
        match &mut nobodys {
            Some(part) => part.go_on(line),
            None => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
    out
}

/// A part of the script that is nobody's: over when what it opened is closed again.
struct Part {
    open: i32,
    /// How its last line ends, where nothing is open between its lines.
    last: &'static str,
    ended: bool,
}

impl Part {
    fn beginning(line: &str, asked: impl Fn(&str) -> bool) -> Option<Self> {
        let begins = |last| Some(Self { open: 0, last, ended: false });
        let declared = line.trim_start();
        let declared = declared.strip_prefix("export ").unwrap_or(declared);
        if declared.starts_with(&format!("class {SCRIPT}")) {
            return begins("}");
        }
        if declared.starts_with(&format!("const {SCRIPT}"))
            || declared.starts_with(&format!("if (Symbol.dispose) {SCRIPT}"))
        {
            return begins(";");
        }
        let (name, rest) = declared.split_once(": function(")?;
        if name.starts_with("__wb") && !asked(name) && rest.ends_with('{') { begins("},") } else { None }
    }

    fn go_on(&mut self, line: &str) {
        let count = |of: [char; 2]| i32::try_from(line.matches(of).count()).unwrap_or(0);
        self.open += count(['{', '(']) - count(['}', ')']);
        self.ended = self.open <= 0 && line.ends_with(self.last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "export class IntoUnderlyingSink {\n            free() {\n            }\nget type() {\nreturn 1;\n}\n}\n\
        if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = 1;\n\
        export function start() {\n}\n        __wbg_used_1: function(arg0) {\n            a(arg0);\n        },\n        \
        __wbg_unused_2: function(arg0) {\n            b(arg0);\n        },\n\
        const IntoUnderlyingSinkFinalization = (typeof X === 'undefined')\n    ? { }\n    : new X(ptr => w.free(ptr, 1));\n\
        end();\n";

    #[test]
    fn what_is_nobodys_goes_and_the_rest_stays() {
        let mut made = Module::default();
        let ty = made.types.add(&[], &[]);
        let (used, _) = made.add_import_func("page", "__wbg_used_1", ty);
        let (unused, _) = made.add_import_func("page", "__wbg_unused_2", ty);
        made.exports.add("start", used);
        made.exports.add("__wbg_intounderlyingsink_free", unused);
        let mut made = Module::from_buffer(&module(&made.emit_wasm()).unwrap()).unwrap();
        walrus::passes::gc::run(&mut made);
        let left: Vec<_> = made.exports.iter().map(|export| export.name.as_str()).collect();
        assert_eq!(left, ["start"]);
        let left = script(SCRIPT, &made);
        assert!(!left.contains("Underlying") && !left.contains("unused"), "{left}");
        assert_eq!(
            left,
            "export function start() {\n}\n        __wbg_used_1: function(arg0) {\n            a(arg0);\n        },\nend();\n"
        );
    }
}
