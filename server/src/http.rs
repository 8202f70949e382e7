//! Everything that comes over HTTP: the page, the JSON API, the way into the socket. It knows requests; what happens to a
//! workshop is the registry's.

use std::future::{Ready, ready};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use self::allowance::Allowance;
use self::headers::Leaves;
use self::listen::Socket;
use self::origin::Asked;
use self::problem::Problem;
use crate::addresses::Addresses;
use crate::config::OrganiserKey;
use crate::detour::Detours;
use crate::memory::Room;
use crate::page::Page;
use crate::registry::Registry;
use crate::tls::Kind;

pub mod about_data;
mod allowance;
mod api;
mod detour;
mod encoding;
mod files;
mod headers;
mod health;
pub mod in_the_open;
mod links;
pub mod listen;
mod metrics;
mod notice;
mod origin;
mod problem;
mod qr;
mod seats;
mod socket;
mod talk;

/// Links and codes that one address may replace in a minute: each is an entry that stays, and a lead replaces a few in a day.
const RENEWED_PER_MINUTE: u32 = 20;
/// Erasures that one address may ask for in a minute: each closes rooms and writes the whole file anew.
const ERASURES_PER_MINUTE: u32 = 6;

/// What answers need.
pub struct App {
    registry: Registry,
    page: Page,
    addresses: Arc<Addresses>,
    organiser_key: Option<OrganiserKey>,
    seats: u16,
    creating: Allowance,
    renewing: Allowance,
    erasing: Allowance,
    leaves: Leaves,
    detours: Arc<Detours>,
    about: about_data::Facts,
}

/// What the operator decided about answers.
#[derive(Debug)]
pub struct Rules {
    /// Who may create workshops; everybody without it.
    pub organiser_key: Option<OrganiserKey>,
    /// Seats of a group in a new workshop.
    pub seats: u16,
    /// Workshops that one address may create in a minute.
    pub new_workshops_per_minute: u32,
    /// With which certificate answers are encrypted, if they are here.
    pub encrypted: Option<Kind>,
    /// What is said about the data.
    pub about: about_data::Facts,
}

/// All routes.
pub fn router(registry: Registry, page: Page, addresses: Arc<Addresses>, rules: Rules) -> Router {
    let Rules { organiser_key, seats, new_workshops_per_minute, encrypted, about } = rules;
    let creating = Allowance::new(new_workshops_per_minute);
    let (renewing, erasing) = (Allowance::new(RENEWED_PER_MINUTE), Allowance::new(ERASURES_PER_MINUTE));
    let leaves = Leaves::under(encrypted);
    let detours = Arc::default();
    let app =
        App { registry, page, addresses, organiser_key, seats, creating, renewing, erasing, leaves, detours, about };
    let app = Arc::new(app);
    Router::new()
        .route("/ws", get(socket::open))
        .route("/detour", post(detour::open).fallback(not_that_way("POST")))
        .route("/detour/hear", post(detour::hear).fallback(not_that_way("POST")))
        .route("/detour/say", post(detour::say).fallback(not_that_way("POST")))
        .route("/detour/brief", post(detour::brief).fallback(not_that_way("POST")))
        .route("/api/workshops", post(api::create).fallback(not_that_way("POST")))
        .route("/api/workshops/{id}", get(api::overview).fallback(not_that_way("GET, HEAD")))
        .route("/api/workshops/{id}/export.json", get(api::export).fallback(not_that_way("GET, HEAD")))
        .route("/api/workshops/{id}/cards.csv", get(api::cards).fallback(not_that_way("GET, HEAD")))
        .route("/api/workshops/{id}/roster", post(api::import).fallback(not_that_way("POST")))
        .route("/api/workshops/{id}/seating", post(api::rearrange).fallback(not_that_way("POST")))
        .route("/api/workshops/{id}/doors", post(api::renew).fallback(not_that_way("POST")))
        .route("/api/workshops/{id}/lend", post(api::lend).fallback(not_that_way("POST")))
        .route("/api/workshops/{id}/data", get(api::data).fallback(not_that_way("GET, HEAD")))
        .route("/api/workshops/{id}/erase", post(api::erase).fallback(not_that_way("POST")))
        .route("/about-data", get(about_data::page).fallback(not_that_way("GET, HEAD")))
        .route("/about-data.css", get(about_data::style).fallback(not_that_way("GET, HEAD")))
        .route("/qr.svg", get(qr::picture).fallback(not_that_way("GET, HEAD")))
        .route("/healthz", get(health::health).fallback(not_that_way("GET, HEAD")))
        .route("/metrics", get(metrics::metrics).fallback(not_that_way("GET, HEAD")))
        .fallback(files::serve)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), gate))
        .with_state(app)
}

/// What every answer of ours says to browsers, for a small server beside this one.
pub fn sealed(routes: Router, encrypted: Option<Kind>) -> Router {
    routes.layer(middleware::from_fn_with_state(Leaves::under(encrypted), seal))
}

async fn seal(State(leaves): State<Leaves>, request: Request, next: Next) -> Response {
    let host = origin::host(request.headers(), None).ok();
    let mut response = next.run(request).await;
    headers::secure(response.headers_mut(), host.as_ref(), leaves);
    response
}

/// From which machine a request came, a proxy's word included.
pub fn peer(request: &Request, addresses: &Addresses) -> IpAddr {
    let socket = request.extensions().get::<Socket>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |socket| socket.0);
    origin::peer(socket, request.headers(), addresses.public())
}

/// Answers a method that an address does not take.
fn not_that_way(allowed: &'static str) -> impl Fn() -> Ready<Problem> + Clone + Send + Sync + 'static {
    move || ready(Problem::WrongMethod { allowed })
}

/// Where every request comes in and every answer goes out.
async fn gate(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let (host, mut response) = match asked(&app, &request) {
        Ok(asked) => {
            let host = asked.host.clone();
            request.extensions_mut().insert(asked);
            (Some(host), next.run(request).await)
        }
        // Probes come by whatever name, or by none.
        Err(_) if matches!(request.uri().path(), "/healthz" | "/metrics") => (None, next.run(request).await),
        Err(why) if request.uri().path().starts_with("/api/") => (None, why.into_response()),
        Err(why) => (None, why.into_page()),
    };
    headers::secure(response.headers_mut(), host.as_ref(), app.leaves);
    response
}

/// Who closes a door that is open to the wrong people, or erases what they wrote, can do so at any time.
fn takes_memory(path: &str) -> bool {
    path.starts_with("/api/") && !path.ends_with("/doors") && !path.ends_with("/erase")
}

fn asked(app: &App, request: &Request) -> Result<Asked, Problem> {
    // Nothing is unpacked here: a small body that becomes a large one is no way in.
    if request.headers().get(header::CONTENT_ENCODING).is_some_and(|how| how != "identity") {
        return Err(Problem::Packed);
    }
    // What is read or made there takes memory; what is said on lines that are open lets it go.
    if takes_memory(request.uri().path()) && app.registry.memory() == Room::Over {
        return Err(Problem::NoMemory);
    }
    let public = app.addresses.public();
    let host = origin::host(request.headers(), public)?;
    Ok(Asked { host, peer: peer(request, &app.addresses) })
}

#[cfg(test)]
mod tests;
