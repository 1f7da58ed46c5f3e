//! What programs that read sites may read: all that is public, but no searches.

use crate::Site;
use crate::feeds;
use axum::extract::State;
use axum::response::Response;
use meguri_app::read::View;

/// `GET /robots.txt`
pub(crate) async fn show(State(site): State<Site>) -> Response {
    let mut lines = vec!["User-agent: *".to_owned()];
    if site.library.view() == View::Published {
        lines.extend(["/search", "/suggest"].map(|path| format!("Disallow: {path}")));
        if site.about.public_url.is_some() {
            lines.push(format!("Sitemap: {}", site.about.full("/sitemap.xml")));
        }
    } else {
        lines.push("Disallow: /".to_owned());
    }
    lines.push(String::new());
    feeds::text("text/plain; charset=utf-8", lines.join("\n"))
}
