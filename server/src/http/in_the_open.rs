//! What somebody hears who types http:// where everything is encrypted: the same address with https://. No page is shown and
//! nothing is taken here.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::headers::{self, Leaves};
use super::{notice, origin};
use crate::addresses::Addresses;
use crate::host::Scheme;
use crate::said::Said;

/// Answers whatever comes.
pub fn router(addresses: Arc<Addresses>) -> Router {
    Router::new().fallback(lead).with_state(addresses)
}

async fn lead(State(addresses): State<Arc<Addresses>>, request: Request) -> Response {
    let mut response = match origin::host(request.headers(), addresses.public()) {
        Ok(host) => {
            let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
            to(&format!("{}{host}{path}", Scheme::Https.prefix()))
        }
        Err(why) => why.into_page(),
    };
    headers::secure(response.headers_mut(), None, Leaves::Plain);
    response
}

/// Not for ever: browsers would remember it, and the next start may be without encryption.
fn to(address: &str) -> Response {
    let said = Said::new(
        "このサーバーのアドレスは https:// で始まります。https:// を付けて開いてください。",
        "This server's address begins with https://. Open it with https:// in front.",
    );
    let Ok(place) = HeaderValue::from_str(address) else { return notice::page(StatusCode::BAD_REQUEST, &said) };
    let mut response = notice::page(StatusCode::SEE_OTHER, &said).into_response();
    response.headers_mut().insert(header::LOCATION, place);
    response
}
