//! The links that open a workshop. The key stands behind `#`, which browsers keep to themselves (law: no key is ever sent
//! in an address).

use shared::{Token, WorkshopId};

use crate::addresses::Addresses;
use crate::host::Host;

/// Where links begin, for one who asked.
#[derive(Debug)]
pub(super) struct Links {
    own: String,
    to_share: String,
}

impl Links {
    /// For somebody who came by this name.
    pub(super) fn new(came_by: &Host, addresses: &Addresses) -> Self {
        let own = own(came_by, addresses);
        let best = || addresses.all().first().cloned();
        // "localhost" leads others to their own phone.
        let to_share = if addresses.public().is_none() && came_by.is_loopback() { best() } else { None };
        Self { to_share: to_share.unwrap_or_else(|| own.clone()), own }
    }

    /// For whoever asked: it opens where they are, with what their browser has kept.
    pub(super) fn own(&self, workshop: WorkshopId, token: &Token) -> String {
        link(&self.own, workshop, token)
    }

    /// For others.
    pub(super) fn to_share(&self, workshop: WorkshopId, token: &Token) -> String {
        link(&self.to_share, workshop, token)
    }
}

/// Where the page of somebody who came by this name is.
pub(super) fn own(came_by: &Host, addresses: &Addresses) -> String {
    match addresses.public() {
        Some(public) => public.to_string(),
        None => format!("{}{came_by}", addresses.scheme().prefix()),
    }
}

/// The addresses to show to others, best first: the public one, the one that is known to work for whoever asks, the
/// machine's.
pub(super) fn invitation(came_by: &Host, addresses: &Addresses) -> Vec<String> {
    let mut all: Vec<String> = addresses.all().to_vec();
    let by_name = format!("{}{came_by}", addresses.scheme().prefix());
    let is_public = addresses.public().is_some_and(|public| public.host == *came_by);
    if !came_by.is_loopback() && !is_public && !all.contains(&by_name) {
        all.insert(usize::from(addresses.public().is_some()).min(all.len()), by_name);
    }
    all
}

fn link(base: &str, workshop: WorkshopId, token: &Token) -> String {
    format!("{base}/w/{workshop}#{token}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::Scheme;

    fn host(text: &str) -> Host {
        text.parse().unwrap()
    }

    fn on(listen: &str, public: Option<&str>) -> Addresses {
        Addresses::new(public.map(|url| url.parse().unwrap()), listen.parse().unwrap())
    }

    fn links(came_by: &str, addresses: &Addresses) -> [String; 2] {
        let links = Links::new(&host(came_by), addresses);
        let (id, token) = (WorkshopId::default(), Token::of([1; 16]));
        [links.own(id, &token), links.to_share(id, &token)]
    }

    #[test]
    fn a_link_for_others_never_says_localhost_where_there_is_better() {
        let end = format!("/w/{}#{}", WorkshopId::default(), Token::of([1; 16]));
        let [own, shared] = links("localhost:8080", &on("192.168.1.5:8080", None));
        assert_eq!((own, shared), (format!("http://localhost:8080{end}"), format!("http://192.168.1.5:8080{end}")));
        let [own, shared] = links("laptop.local:8080", &on("192.168.1.5:8080", None));
        assert_eq!((own.as_str(), shared), (format!("http://laptop.local:8080{end}").as_str(), own.clone()));
        let [own, shared] = links("localhost:8080", &on("127.0.0.1:8080", Some("https://naze.example.jp")));
        assert_eq!((own.as_str(), shared), (format!("https://naze.example.jp{end}").as_str(), own.clone()));
    }

    #[test]
    fn what_works_for_the_lead_is_shown_early() {
        let laptop = on("192.168.1.5:8080", None);
        assert_eq!(
            invitation(&host("laptop.local:8080"), &laptop),
            ["http://laptop.local:8080", "http://192.168.1.5:8080"]
        );
        assert_eq!(invitation(&host("192.168.1.5:8080"), &laptop), ["http://192.168.1.5:8080"]);
        assert_eq!(invitation(&host("localhost:8080"), &laptop), ["http://192.168.1.5:8080"]);
        let locked = on("192.168.1.5:8080", None).over(Scheme::Https);
        assert_eq!(
            invitation(&host("laptop.local:8080"), &locked),
            ["https://laptop.local:8080", "https://192.168.1.5:8080"]
        );
        let public = on("127.0.0.1:8080", Some("https://naze.example.jp"));
        assert_eq!(invitation(&host("naze.example.jp"), &public), ["https://naze.example.jp"]);
    }
}
