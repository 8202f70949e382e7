//! The page's files over HTTP: the right form, the right type, kept by browsers as long as it is right.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::encoding::{self, Encoding};
use super::problem::Problem;
use super::{App, notice};
use crate::page::{File, INDEX, content_type};

/// The names of these carry a hash of their contents: what is behind one never changes.
const HASHED: &str = "assets/";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// Answers whatever no other route does.
pub(super) async fn serve(State(app): State<Arc<App>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if uri.path().starts_with("/api/") {
        return Problem::NoSuchAddress.into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return Problem::WrongMethod { allowed: "GET, HEAD" }.into_response();
    }
    let path = file_at(uri.path());
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for encoding in encoding::accepted(accepted) {
        if let Some(file) = app.page.get(&format!("{path}{}", encoding.ending())) {
            let known = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
            return answer(path, encoding, file, known, &method);
        }
    }
    if path == INDEX { notice::not_built() } else { notice::not_found() }
}

/// The file that an address shows. Every address of the page shows the same one: what is on it follows from the address.
fn file_at(path: &str) -> &str {
    let path = path.strip_prefix('/').unwrap_or(path);
    let of_the_page = matches!(path, "" | "new") || path.starts_with("j/") || path.starts_with("w/");
    if of_the_page { INDEX } else { path }
}

fn answer(path: &str, encoding: Encoding, file: File, known: &str, method: &Method) -> Response {
    // One form has another tag than the next: they are not the same bytes.
    let tag = format!("\"{}{}\"", file.tag, encoding.ending());
    let mut response = if is_among(&tag, known) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        whole(path, encoding, file, method)
    };
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    let kept = if path.starts_with(HASHED) { FOR_EVER } else { ASK_AGAIN };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}

fn whole(path: &str, encoding: Encoding, file: File, method: &Method) -> Response {
    let length = file.bytes.len();
    let mut response = Response::new(if method == Method::HEAD { Body::empty() } else { Body::from(file.bytes) });
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    if let Some(name) = encoding.name() {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    }
    response
}

/// Weak and strong compare alike here (RFC 9110, 13.1.2): a proxy may have weakened the tag.
fn is_among(tag: &str, known: &str) -> bool {
    known.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == tag)
}
