//! By what name a request came, from which page, from which machine. It decides who is let in at the gate, not what they
//! may do behind it.

use std::net::IpAddr;

use axum::http::{HeaderMap, header};

use super::problem::Problem;
use crate::addresses::Addresses;
use crate::config::PublicUrl;
use crate::host::{Host, Scheme};

/// How a request came.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The name that the client used for us.
    pub host: Host,
    /// The machine that it came from.
    pub peer: IpAddr,
}

/// The name that the client used for us. A name that anybody can register must be the one of `--public-url`: else a page
/// from elsewhere could make its own name point at a laptop in a hall, and be this server's "own" page to the browser
/// (DNS rebinding).
pub(super) fn host(headers: &HeaderMap, public: Option<&PublicUrl>) -> Result<Host, Problem> {
    let mut all = headers.get_all(header::HOST).iter();
    let (Some(host), None) = (all.next(), all.next()) else { return Err(Problem::NoHost) };
    let host: Host = host.to_str().ok().and_then(|text| text.parse().ok()).ok_or(Problem::NoHost)?;
    let is_public = public.is_some_and(|public| public.host.is_same(&host, public.scheme));
    if is_public || host.is_private() { Ok(host) } else { Err(Problem::OtherHost) }
}

/// Whether the request comes from a page of ours, or from no page at all.
///
/// A browser says in `Origin` which page opens a socket or sends a POST, and no page can forge or leave it out: a missing
/// one means a program (curl, the tests, the simulated people of the demo). A program lies as it likes, so letting it in
/// loses nothing; what it may do is decided by the key that it brings, which no browser adds by itself (there are no
/// cookies).
///
/// A server that encrypts by itself has no page in the open: one that says so was put there by somebody in between.
pub(super) fn from_our_page(headers: &HeaderMap, asked: &Asked, addresses: &Addresses) -> Result<(), Problem> {
    let public = addresses.public();
    let mut all = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = all.next() else { return Ok(()) };
    let read = || {
        let (scheme, host) = Scheme::split(origin.to_str().ok()?)?;
        Some((scheme, host.parse::<Host>().ok()?))
    };
    let (scheme, host) = read().filter(|_| all.next().is_none()).ok_or(Problem::OtherOrigin)?;
    let is_public = public.is_some_and(|public| public.scheme == scheme && public.host.is_same(&host, scheme));
    let could_be = addresses.scheme() == Scheme::Http || scheme == Scheme::Https;
    if is_public || could_be && host.is_same(&asked.host, scheme) { Ok(()) } else { Err(Problem::OtherOrigin) }
}

/// The machine that the request came from: what the proxy says when there is one. That there is one is told by a public
/// address and a connection from this very machine; anybody else could write into the header what they like.
pub(super) fn peer(socket: IpAddr, headers: &HeaderMap, public: Option<&PublicUrl>) -> IpAddr {
    let forwarded = || {
        headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
    };
    match public {
        Some(_) if socket.is_loopback() => forwarded().unwrap_or(socket),
        _ => socket,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(all: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in all {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    fn public(url: &str) -> PublicUrl {
        url.parse().unwrap()
    }

    fn on(url: Option<&str>) -> Addresses {
        Addresses::new(url.map(public), "192.168.1.5:8080".parse().unwrap())
    }

    #[test]
    fn a_name_from_elsewhere_is_not_ours() {
        let ask =
            |name: &str, public: Option<&PublicUrl>| host(&headers(&[("host", name)]), public).map(|h| h.to_string());
        let naze = public("https://naze.example.jp");
        assert_eq!(ask("192.168.1.5:8080", None), Ok("192.168.1.5:8080".into()));
        assert_eq!(ask("naze.example.jp", Some(&naze)), Ok("naze.example.jp".into()));
        assert_eq!(ask("laptop.local:8080", Some(&naze)), Ok("laptop.local:8080".into()));
        assert_eq!(ask("evil.example", None), Err(Problem::OtherHost));
        assert_eq!(ask("evil.example", Some(&naze)), Err(Problem::OtherHost));
        assert_eq!(ask("a b", None), Err(Problem::NoHost));
        assert_eq!(host(&headers(&[]), None), Err(Problem::NoHost));
        assert_eq!(host(&headers(&[("host", "localhost"), ("host", "localhost")]), None), Err(Problem::NoHost));
    }

    #[test]
    fn a_page_is_ours_or_it_is_refused() {
        let asked = Asked { host: "192.168.1.5:8080".parse().unwrap(), peer: [192, 168, 1, 9].into() };
        let naze = on(Some("https://naze.example.jp"));
        let from = |origin: &str| from_our_page(&headers(&[("origin", origin)]), &asked, &naze);
        for ours in ["http://192.168.1.5:8080", "https://naze.example.jp", "https://naze.example.jp:443"] {
            assert_eq!(from(ours), Ok(()), "{ours}");
        }
        for other in [
            "http://192.168.1.5",
            "http://192.168.1.5:8081",
            "http://naze.example.jp",
            "https://evil.example",
            "https://naze.example.jp.evil.example",
            "null",
            "",
            "file://",
        ] {
            assert_eq!(from(other), Err(Problem::OtherOrigin), "{other}");
        }
        let two = headers(&[("origin", "http://192.168.1.5:8080"), ("origin", "https://evil.example")]);
        assert_eq!(from_our_page(&two, &asked, &on(None)), Err(Problem::OtherOrigin));
    }

    #[test]
    fn a_page_in_the_open_is_not_ours_when_we_encrypt() {
        let asked = Asked { host: "192.168.1.5:8080".parse().unwrap(), peer: [192, 168, 1, 9].into() };
        let locked = on(None).over(Scheme::Https);
        let from = |origin: &str| from_our_page(&headers(&[("origin", origin)]), &asked, &locked);
        assert_eq!(from("https://192.168.1.5:8080"), Ok(()));
        assert_eq!(from("http://192.168.1.5:8080"), Err(Problem::OtherOrigin));
    }

    #[test]
    fn a_program_says_no_origin() {
        let asked = Asked { host: "localhost".parse().unwrap(), peer: [127, 0, 0, 1].into() };
        assert_eq!(from_our_page(&headers(&[]), &asked, &on(None)), Ok(()));
    }

    #[test]
    fn behind_a_proxy_of_a_page_of_another_scheme() {
        let asked = Asked { host: "naze.lan".parse().unwrap(), peer: [127, 0, 0, 1].into() };
        assert_eq!(from_our_page(&headers(&[("origin", "https://naze.lan")]), &asked, &on(None)), Ok(()));
    }

    #[test]
    fn only_a_proxy_of_ours_is_believed() {
        let (here, there) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([10, 0, 0, 9]));
        let says = headers(&[("x-forwarded-for", "6.6.6.6, 203.0.113.7")]);
        let naze = public("https://naze.example.jp");
        assert_eq!(peer(here, &says, Some(&naze)), IpAddr::from([203, 0, 113, 7]));
        assert_eq!(peer(there, &says, Some(&naze)), there);
        assert_eq!(peer(here, &says, None), here);
        assert_eq!(peer(here, &headers(&[("x-forwarded-for", "unknown")]), Some(&naze)), here);
    }
}
