//! A page is a struct with a template of the same name and samples of itself.

use crate::web::assets;
use crate::web::error::PageError;
use askama::Template;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

/// What every page struct can do. Its JSON is the struct itself, without the frame.
pub trait Page: Template + Serialize + Sized {
    /// The name of its template, without ending.
    const NAME: &'static str;

    /// Pages to look at: empty, typical, with the longest texts, with all states.
    fn samples() -> Vec<(&'static str, Self)>;
}

/// How a page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a person.
    Html,
    /// For a program.
    Json,
}

impl Format {
    /// An address that ends in `.json` asks for JSON.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        if path.ends_with(".json") { Self::Json } else { Self::Html }
    }
}

/// A link with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its words.
    pub text: String,
}

impl Link {
    /// A link.
    #[must_use]
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self { href: href.into(), text: text.into() }
    }
}

/// The head and foot of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Its title, also its first heading.
    pub title: String,
    /// The way from the start to it, without itself.
    pub crumbs: Vec<Link>,
    /// Its name at the end of the way.
    pub here: String,
    /// The address of its JSON; empty where there is none.
    pub json: String,
}

impl Frame {
    /// A page below some others; its JSON stands beside it.
    #[must_use]
    pub fn new(title: impl Into<String>, crumbs: Vec<Link>, address: &str) -> Self {
        let json = match address {
            "" => String::new(),
            "/" => "/index.json".to_owned(),
            address => match address.split_once('?') {
                Some((path, query)) => format!("{path}.json?{query}"),
                None => format!("{address}.json"),
            },
        };
        let title = title.into();
        Self { here: title.clone(), title, crumbs, json }
    }

    /// The same with a shorter name at the end of the way.
    #[must_use]
    pub fn called(self, here: &str) -> Self {
        Self { here: here.to_owned(), ..self }
    }

    /// The address of the stylesheet.
    #[must_use]
    pub fn style(&self) -> &'static str {
        assets::style_path()
    }

    /// The address of the icon.
    #[must_use]
    pub fn icon(&self) -> &'static str {
        assets::icon_path()
    }
}

/// Gives a page as it is wanted.
///
/// # Errors
/// [`PageError::Internal`] where a template fails, which its test excludes.
pub fn answer(page: &impl Page, format: Format) -> Result<Response, PageError> {
    match format {
        Format::Html => {
            let html = page.render().map_err(|error| PageError::Internal(error.to_string()))?;
            Ok(([(CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response())
        }
        Format::Json => json(page),
    }
}

/// Gives a value as JSON.
///
/// # Errors
/// [`PageError::Internal`] where it has no JSON.
pub fn json(value: &impl Serialize) -> Result<Response, PageError> {
    let text =
        serde_json::to_string(value).map_err(|error| PageError::Internal(error.to_string()))?;
    Ok(([(CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response())
}
