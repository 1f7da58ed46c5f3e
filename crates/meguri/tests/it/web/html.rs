//! What must hold of every page: well formed, Japanese, headings in order, tables with heads,
//! fields with labels, nothing inline.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::collections::BTreeMap;

/// What was found on a page.
pub(crate) struct Checked {
    /// What it says of itself for others.
    pub(crate) description: String,
    /// The links within the site.
    pub(crate) links: Vec<String>,
    /// What is wrong.
    pub(crate) faults: Vec<String>,
}

/// Reads a page with the parser of a browser and checks it.
pub(crate) fn check(html: &str) -> Checked {
    let opts = ParseOpts {
        tokenizer: html5ever::tokenizer::TokenizerOpts {
            exact_errors: true,
            ..Default::default()
        },
        ..ParseOpts::default()
    };
    let dom = parse_document(RcDom::default(), opts).one(html);
    let mut page = Page::default();
    page.faults
        .extend(dom.errors.borrow().iter().map(ToString::to_string));
    page.visit(&dom.document);
    page.finish()
}

/// What is gathered on the way through a page.
#[derive(Default)]
struct Page {
    links: Vec<String>,
    faults: Vec<String>,
    lang: String,
    title: String,
    /// The meta elements with words, by name or property.
    metas: BTreeMap<String, String>,
    first_heading: String,
    heading: u32,
    first_headings: u32,
    ids: Vec<String>,
    labelled: Vec<String>,
    fields: Vec<String>,
    targets: Vec<String>,
}

impl Page {
    fn visit(&mut self, node: &Handle) {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            let attribute = |wanted: &str| {
                let attrs = attrs.borrow();
                let found = attrs.iter().find(|a| &*a.name.local == wanted);
                found.map(|a| a.value.to_string())
            };
            for inline in attrs.borrow().iter().map(|a| a.name.local.to_string()) {
                if inline == "style" || inline.starts_with("on") {
                    self.faults.push(format!("inline {inline}"));
                }
            }
            if let Some(id) = attribute("id") {
                if self.ids.contains(&id) {
                    self.faults.push(format!("two of the id {id}"));
                }
                self.ids.push(id);
            }
            if attribute("role").as_deref() == Some("region") {
                self.region(&attribute);
            }
            if attribute("class").as_deref() == Some("phase-label") {
                self.phase(&attribute, node);
            }
            self.element(&name.local, &attribute, node);
        }
        for child in node.children.borrow().iter() {
            self.visit(child);
        }
    }

    fn element(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>, node: &Handle) {
        match name {
            "html" => self.lang = attribute("lang").unwrap_or_default(),
            // Pictures have titles too.
            "title" if self.title.is_empty() => self.title = text(node),
            "meta" => {
                let name = attribute("name").or_else(|| attribute("property"));
                self.metas.extend(name.zip(attribute("content")));
            }
            // The form of a sheet has a script of ours, as a file of its own.
            "script" if attribute("src").is_some_and(|src| src.starts_with("/assets/")) => {}
            "script" | "style" => self.faults.push(format!("an element {name}")),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(name, node),
            "table" => self.table(node),
            "th" if attribute("scope").is_none() => self.faults.push("a th without scope".into()),
            "nav" if attribute("aria-label").is_none() => {
                self.faults
                    .push(format!("a nav without a name: {}", text(node)));
            }
            "svg" if attribute("role").as_deref() == Some("img") => self.picture(node),
            // Nothing of ours is bold by `b` or skewed by `i`: such an element is a name of a paper
            // that broke out of its place.
            "b" | "i" => self
                .faults
                .push(format!("an element {name} that no template has")),
            "img" if attribute("alt").is_none() => self.faults.push("a picture without alt".into()),
            "label" => self.labelled.extend(attribute("for")),
            "input" if attribute("type").as_deref() == Some("hidden") => {}
            "input" | "select" | "textarea" => {
                self.fields.push(attribute("id").unwrap_or_default());
            }
            "a" | "link" => self.link(name, attribute("href"), node),
            _ => {}
        }
    }

    fn heading(&mut self, name: &str, node: &Handle) {
        let level = name.trim_start_matches('h').parse().unwrap_or(0);
        if level == 1 {
            self.first_headings += 1;
            self.first_heading = text(node);
        }
        if level > self.heading + 1 {
            self.faults.push(format!(
                "{name} follows a heading of level {}",
                self.heading
            ));
        }
        if text(node).trim().is_empty() {
            self.faults.push(format!("an empty {name}"));
        }
        self.heading = level;
    }

    fn table(&mut self, node: &Handle) {
        for needed in ["caption", "thead", "th"] {
            if !has(node, needed) {
                self.faults.push(format!("a table without {needed}"));
            }
        }
    }

    /// A picture tells in words what it shows, short and long.
    fn picture(&mut self, node: &Handle) {
        for wanted in ["title", "desc"] {
            let found = node
                .children
                .borrow()
                .iter()
                .find_map(|child| match &child.data {
                    NodeData::Element { name, .. } if &*name.local == wanted => Some(text(child)),
                    _ => None,
                });
            if found.is_none_or(|words| words.trim().is_empty()) {
                self.faults.push(format!("a picture without {wanted}"));
            }
        }
    }

    /// A part that is scrolled by keys has a name of its own and can be reached.
    fn region(&mut self, attribute: &dyn Fn(&str) -> Option<String>) {
        let name = attribute("aria-label").unwrap_or_default();
        if name.is_empty() || attribute("tabindex").as_deref() != Some("0") {
            self.faults
                .push(format!("a region without name or key: {name}"));
        }
    }

    /// English within Japanese is marked, so that it is read aloud as English.
    fn phase(&mut self, attribute: &dyn Fn(&str) -> Option<String>, node: &Handle) {
        if attribute("lang").as_deref() != Some("en") {
            self.faults
                .push(format!("English that is not marked: {}", text(node)));
        }
    }

    fn link(&mut self, name: &str, href: Option<String>, node: &Handle) {
        let href = href.unwrap_or_default();
        if !href.starts_with('/') && !href.starts_with('#') {
            self.faults
                .push(format!("a link that leads outside: {href}"));
        }
        if name == "a" && text(node).trim().is_empty() {
            self.faults.push(format!("a link without words: {href}"));
        }
        if let Some(target) = href.strip_prefix('#') {
            self.targets.push(target.to_owned());
        }
        self.links.push(href);
    }

    fn finish(mut self) -> Checked {
        if self.lang != "ja" {
            self.faults.push(format!("the language is {:?}", self.lang));
        }
        if self.title.trim().is_empty() || self.first_headings != 1 {
            self.faults
                .push("one title and one h1 are needed".to_owned());
        }
        let meta = |name: &str| self.metas.get(name).cloned().unwrap_or_default();
        let description = meta("description");
        // A page that tells of errors says so first.
        let title = self.title.strip_prefix("エラー：").unwrap_or(&self.title);
        let own = title.starts_with(&self.first_heading) && meta("og:title") == self.first_heading;
        if !own || description.is_empty() || meta("og:description") != description {
            self.faults.push(format!(
                "title and description are not its own: {description}"
            ));
        }
        for field in self.fields.iter().filter(|id| !self.labelled.contains(id)) {
            self.faults
                .push(format!("a field without a label: {field}"));
        }
        for target in self.targets.iter().filter(|id| !self.ids.contains(id)) {
            self.faults
                .push(format!("a link to a place that is not there: {target}"));
        }
        Checked {
            description,
            links: self.links,
            faults: self.faults,
        }
    }
}

fn has(node: &Handle, wanted: &str) -> bool {
    let children = node.children.borrow();
    let is = |child: &Handle| matches!(&child.data, NodeData::Element { name, .. } if &*name.local == wanted);
    children.iter().any(|child| is(child) || has(child, wanted))
}

fn text(node: &Handle) -> String {
    let own = match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => String::new(),
    };
    node.children
        .borrow()
        .iter()
        .fold(own, |all, child| all + &text(child))
}

#[test]
fn what_is_wrong_is_found() {
    let page = "<!DOCTYPE html><html lang=\"ja\"><title>x</title><h1>a</h1><h3 style=\"\">b</h3>\
                <table><tr><td>1</td></tr></table><input id=\"q\"><a href=\"#none\"></a><nav></nav><svg role=\"img\"><title>x</title></svg>\
                <p role=\"region\">x</p><span class=\"phase-label\">DO</span><b>x</b>\
                </p></html>";
    let faults = check(page).faults.join("\n");
    for fault in [
        "inline style",
        "h3 follows a heading of level 1",
        "a table without caption",
        "a field without a label: q",
        "a link without words: #none",
        "a nav without a name",
        "a picture without desc",
        "a region without name or key",
        "English that is not marked: DO",
        "title and description are not its own",
        "an element b that no template has",
        "a link to a place that is not there: none",
    ] {
        assert!(faults.contains(fault), "{fault}\n{faults}");
    }
}
