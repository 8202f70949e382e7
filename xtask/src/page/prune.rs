//! Takes out of a module what stands in it for nobody: Leptos brings streams for talking to functions on a server, which a page
//! without them never calls, yet as exports they would stay, with all that they need.
use walrus::{Module, passes::gc};

/// Exports of the crate `wasm-streams`, and the classes in the script that lead to them.
const MODULE: &str = "intounderlying";
const SCRIPT: &str = "IntoUnderlying";

/// Takes the exports out, and then whatever nothing else needs.
pub(super) fn module(module: &mut Module) {
    let nobodys: Vec<_> =
        module.exports.iter().filter(|export| export.name.contains(MODULE)).map(|export| export.id()).collect();
    for export in nobodys {
        module.exports.delete(export);
    }
    gc::run(module);
}

/// The script without what the module does not have or ask for any more. The generated script stands in lines and columns of its
/// own: a class begins and ends in the first column, a function that the module asks for in the ninth.
pub(super) fn script(script: &str, module: &Module) -> String {
    let asked = |name: &str| module.imports.iter().any(|import| import.name == name);
    let mut out = String::with_capacity(script.len());
    let mut until: Option<End> = None;
    for line in script.lines() {
        if let Some(is_end) = until {
            until = (!is_end(line)).then_some(is_end);
            continue;
        }
        until = nobodys(line, asked);
        if until.is_none() && !line.starts_with(&format!("if (Symbol.dispose) {SCRIPT}")) {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

type End = fn(&str) -> bool;

/// Where a part that begins here and is nobody's ends.
fn nobodys(line: &str, asked: impl Fn(&str) -> bool) -> Option<End> {
    let declared = line.strip_prefix("export ").unwrap_or(line);
    if declared.starts_with(&format!("class {SCRIPT}")) {
        return Some(|line| line == "}");
    }
    if declared.starts_with(&format!("const {SCRIPT}")) {
        return Some(|line| line.ends_with("));"));
    }
    let function = line.strip_prefix("        ").filter(|line| line.starts_with("__wb"))?;
    let (name, rest) = function.split_once(": function(")?;
    let ends: End = |line| line == "        },";
    (!asked(name) && rest.ends_with('{')).then_some(ends)
}

#[cfg(test)]
mod tests {
    use super::{Module, module, script};

    const SCRIPT: &str = "export class IntoUnderlyingSink {\n    free() {\n    }\n}\n\
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
        module(&mut made);
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
