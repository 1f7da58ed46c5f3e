//! Pages never import pages: what two of them show is a part below `view/`, so that a page can be
//! changed without reading another one. Outside of them only the router knows them.

use crate::tidy::Problem;
use crate::tree::Tree;

const SOURCES: &str = "crates/meguri-web/src/";
const PAGES: &str = "crates/meguri-web/src/pages/";
const LIST: &str = "crates/meguri-web/src/pages.rs";
const ROUTER: &str = "crates/meguri-web/src/router.rs";
const ROUTER_PARTS: &str = "crates/meguri-web/src/router/";

/// Looks at every path of modules that the code of `meguri-web` names.
pub(crate) fn check(tree: &Tree) -> Vec<Problem> {
    let below = |path: &str| path.starts_with(SOURCES) && path.ends_with(".rs");
    tree.texts()
        .filter(|(path, _)| below(path) && !is_router(path) && *path != LIST)
        .flat_map(|(path, text)| problems(path, text))
        .collect()
}

fn is_router(path: &str) -> bool {
    path == ROUTER || path.starts_with(ROUTER_PARTS)
}

fn problems(path: &str, text: &str) -> Vec<Problem> {
    let here: Vec<&str> = path
        .trim_start_matches(SOURCES)
        .trim_end_matches(".rs")
        .split('/')
        .collect();
    let own = path.starts_with(PAGES).then(|| here.get(1)).flatten();
    let mut found = Vec::new();
    for (line, named) in names(text, &here) {
        let mut parts = named.iter().map(String::as_str);
        let is_page = parts.next() == Some("pages");
        let page = parts.next();
        if is_page && (page.is_none() || page != own.copied()) {
            found.push(Problem {
                place: format!("{path}:{line}"),
                what: format!("names `{}`", named.join("::")),
                why: "a page can be changed without reading another one",
                mend: "move what both need to a part below crates/meguri-web/src/view/".to_owned(),
            });
        }
    }
    found
}

/// Every path below the package that a text names, with its line: what `use` imports, and what
/// stands in code. Inner modules are known by their indentation, which is rustfmt's.
fn names(text: &str, here: &[&str]) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    let mut inner: Vec<(usize, &str)> = Vec::new();
    let mut lines = (1..).zip(text.lines());
    while let Some((number, line)) = lines.next() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        if code == "}" && inner.last().is_some_and(|(open, _)| *open == indent) {
            inner.pop();
        }
        if let Some(name) = opened_module(code) {
            inner.push((indent, name));
        }
        if code.starts_with("//") {
            continue;
        }
        let modules: Vec<&str> = here
            .iter()
            .copied()
            .chain(inner.iter().map(|i| i.1))
            .collect();
        if let Some((_, first)) = code
            .split_once("use ")
            .filter(|(head, _)| is_visibility(head))
        {
            let mut import = first.to_owned();
            while !import.contains(';')
                && let Some((_, more)) = lines.next()
            {
                import.push_str(more.trim());
            }
            let paths = expanded(import.split(';').next().unwrap_or_default());
            found.extend(paths.iter().map(|path| (number, absolute(path, &modules))));
        } else {
            let paths = written(code);
            found.extend(paths.map(|path| (number, absolute(path, &modules))));
        }
    }
    found
}

/// The name of a module whose body begins here.
fn opened_module(code: &str) -> Option<&str> {
    let (head, rest) = code.split_once("mod ")?;
    rest.strip_suffix(" {").filter(|_| is_visibility(head))
}

fn is_visibility(head: &str) -> bool {
    let head = head.trim();
    head.is_empty() || head == "pub" || (head.starts_with("pub(") && head.ends_with(')'))
}

/// The paths of an import: `a::{b, c::{d}}` is `a::b` and `a::c::d`.
fn expanded(import: &str) -> Vec<String> {
    let import = import.split(" as ").next().unwrap_or_default().trim();
    let Some((head, group)) = import.split_once('{') else {
        return vec![import.to_owned()];
    };
    let (mut depth, mut begin, mut items) = (0, 0, Vec::new());
    let group = group.strip_suffix('}').unwrap_or(group);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                items.push(&group[begin..at]);
                begin = at + 1;
            }
            _ => {}
        }
    }
    items.push(&group[begin..]);
    let items = items.iter().filter(|item| !item.trim().is_empty());
    items
        .flat_map(|item| expanded(item))
        .map(|item| format!("{head}{}", item.trim_end_matches("self")))
        .collect()
}

/// The paths that a line of code names from the package or from a module above.
fn written(code: &str) -> impl Iterator<Item = &str> {
    let of_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    code.split(move |c: char| !of_path(c))
        .filter(|word| word.starts_with("crate::") || word.starts_with("super::"))
}

/// A path from the root of the package; a path of another package as it is.
fn absolute(path: &str, modules: &[&str]) -> Vec<String> {
    let parts = path
        .split("::")
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let (mut base, mut named): (usize, Vec<String>) = (0, Vec::new());
    let (mut above, mut relative) = (0, false);
    for part in parts {
        match part {
            "crate" if named.is_empty() => relative = true,
            "self" | "super" if named.is_empty() => {
                relative = true;
                base = modules.len();
                above += usize::from(part == "super");
            }
            part => named.push(part.to_owned()),
        }
    }
    let kept = modules.iter().take(base.saturating_sub(above));
    let outside = if relative {
        None
    } else {
        Some("::".to_owned())
    };
    let from_root = kept.map(|module| (*module).to_owned()).chain(named);
    outside.into_iter().chain(from_root).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<String> {
        let problems = check(&Tree::made_of(&[(path, text)])).into_iter();
        problems
            .map(|problem| format!("{} {}", problem.place, problem.what))
            .collect()
    }

    #[test]
    fn a_page_names_no_other_page_in_any_way() {
        let path = "crates/meguri-web/src/pages/sheet.rs";
        for (text, wanted) in [
            ("use crate::pages::branch;\n", "1 names `pages::branch`"),
            (
                "use crate::pages::{\n    sheet::A,\n    plan::{self, B},\n};\n",
                "1 names `pages::plan`",
            ),
            (
                "use crate::{error, pages::plan as p};\n",
                "1 names `pages::plan`",
            ),
            ("use crate::pages;\n", "1 names `pages`"),
            ("use super::plan::find;\n", "1 names `pages::plan::find`"),
            (
                "fn f() {\n    crate::pages::plan::find();\n}\n",
                "2 names `pages::plan::find`",
            ),
            (
                "fn f() {\n    super::plan::find();\n}\n",
                "2 names `pages::plan::find`",
            ),
            (
                "mod tests {\n    use super::super::plan;\n}\n",
                "2 names `pages::plan`",
            ),
            (
                "mod a {\n}\npub(crate) use super::plan;\n",
                "3 names `pages::plan`",
            ),
        ] {
            let found = found(path, text);
            assert_eq!(found.first(), Some(&format!("{path}:{wanted}")), "{text}");
        }
    }

    #[test]
    fn a_page_may_name_itself_and_all_that_is_no_page() {
        let text = "//! See `crate::pages::plan`.\n\
                    use crate::pages::sheet::{self, years};\n\
                    use crate::view::tree;\n\
                    use super::{SheetPage, super::sheet::fields};\n\
                    use other::pages::plan;\n\
                    mod tests {\n    use super::super::samples;\n}\n";
        let of_sheet = "crates/meguri-web/src/pages/sheet/window.rs";
        assert_eq!(found(of_sheet, text), Vec::<String>::new());
    }

    #[test]
    fn outside_of_pages_only_the_router_knows_them() {
        let text = "use crate::pages::{matrix, money};\n";
        assert_eq!(
            found("crates/meguri-web/src/marks/sitemap.rs", text).len(),
            2
        );
        assert_eq!(found("crates/meguri-web/src/view/tree.rs", text).len(), 2);
        for path in [
            ROUTER,
            "crates/meguri-web/src/router/of_staff.rs",
            "crates/meguri/src/pages/sheet.rs",
        ] {
            assert_eq!(found(path, text).len(), 0, "{path}");
        }
    }
}
