//! Small pages of the server's own, for people who meet it where the real page is not.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::said::Said;

/// Nothing is at this address.
pub(super) fn not_found() -> Response {
    let said = Said::new("このアドレスにはページがありません。", "There is no page at this address.");
    page(StatusCode::NOT_FOUND, &said)
}

/// The executable was built without a page.
pub(super) fn not_built() -> Response {
    let said = Said::new(
        "このサーバーにはまだページが入っていません。プロジェクトのフォルダで cargo xtask serve を実行してください。",
        "This server was built without its page. Run cargo xtask serve in the project's folder.",
    );
    page(StatusCode::SERVICE_UNAVAILABLE, &said)
}

/// A page that says no more than this. The sentences are our own: nothing in them is to be escaped.
pub(super) fn page(status: StatusCode, said: &Said) -> Response {
    let Said { ja, en } = said;
    let text = format!(
        "<!doctype html>\n<html lang=\"ja\">\n<head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Naze なぜ？</title></head>\n\
         <body><main><h1>Naze なぜ？</h1>\n<p>{ja}</p>\n<p lang=\"en\">{en}</p>\n\
         <p><a href=\"/\">最初のページへ <span lang=\"en\">(start page)</span></a></p></main></body>\n</html>\n"
    );
    let mut response = (status, Html(text)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
