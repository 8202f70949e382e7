//! The addresses by which phones can reach this server, best first. Asked anew from time to time: a laptop that is
//! carried into another hall has another one. It does not know whether a phone really gets there.

use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use if_addrs::{IfOperStatus, Interface};

use crate::config::PublicUrl;
use crate::host::Scheme;

/// For how long an answer is good.
const GOOD_FOR: Duration = Duration::from_secs(5);
/// More than these help nobody.
const SHOWN_MAX: usize = 8;
/// Beginnings of the names of networks that exist inside this machine alone.
const INNER: [&str; 12] =
    ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "podman", "cni", "flannel", "lxc", "lxd", "vEthernet"];
/// Beginnings of the names of networks that a phone in the same hall is not in, as a rule.
const TUNNELS: [&str; 6] = ["tun", "tap", "utun", "wg", "zt", "tailscale"];

/// Where this server is reached.
#[derive(Debug)]
pub struct Addresses {
    public: Option<PublicUrl>,
    listen: SocketAddr,
    scheme: Scheme,
    found: Mutex<Option<(Instant, Arc<[String]>)>>,
}

/// Whom the addresses serve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reached {
    /// Phones.
    ByPhones,
    /// Only programs on this machine, because `--listen` says so.
    HereBecauseTold,
    /// Only programs on this machine, because it is in no network.
    HereWithoutNetwork,
}

impl Addresses {
    /// Of a server that listens at `listen`, the port included.
    pub const fn new(public: Option<PublicUrl>, listen: SocketAddr) -> Self {
        Self { public, listen, scheme: Scheme::Http, found: Mutex::new(None) }
    }

    /// The same of a server that is fetched like this.
    #[must_use]
    pub fn over(self, scheme: Scheme) -> Self {
        Self { scheme, found: Mutex::new(None), ..self }
    }

    /// How this server itself is fetched, whatever stands in front of it.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// The address that the operator gave.
    pub const fn public(&self) -> Option<&PublicUrl> {
        self.public.as_ref()
    }

    /// All of them, best first; never empty. Each is a scheme, a host and a port.
    pub fn all(&self) -> Arc<[String]> {
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, all)) = found.as_ref()
            && at.elapsed() < GOOD_FOR
        {
            return Arc::clone(all);
        }
        let all = self.look();
        *found = Some((Instant::now(), Arc::clone(&all)));
        all
    }

    fn look(&self) -> Arc<[String]> {
        let ips = self.ips();
        // Behind a proxy the server may listen to this machine alone: that address is of no use to anybody else.
        let useful = ips.iter().filter(|ip| self.public.is_none() || !ip.is_loopback());
        let own = useful.map(|ip| address(self.scheme, SocketAddr::new(*ip, self.listen.port())));
        self.public.iter().map(ToString::to_string).chain(own).take(SHOWN_MAX).collect()
    }

    fn ips(&self) -> Vec<IpAddr> {
        if !self.listen.ip().is_unspecified() {
            return vec![self.listen.ip()];
        }
        // No answer of the system is the same to us as no network.
        let found = usable(&if_addrs::get_if_addrs().unwrap_or_default(), self.listen.ip());
        if found.is_empty() { vec![loopback_like(self.listen.ip())] } else { found }
    }

    /// Whether phones get here.
    pub fn reached(&self) -> Reached {
        if self.public.is_some() {
            Reached::ByPhones
        } else if self.listen.ip().is_loopback() {
            Reached::HereBecauseTold
        } else if self.ips().iter().all(IpAddr::is_loopback) {
            Reached::HereWithoutNetwork
        } else {
            Reached::ByPhones
        }
    }
}

/// An address as it is typed.
fn address(scheme: Scheme, at: SocketAddr) -> String {
    let shown = match at {
        SocketAddr::V4(v4) if at.port() == scheme.port() => v4.ip().to_string(),
        _ => at.to_string(),
    };
    format!("{}{shown}", scheme.prefix())
}

/// Every address by which another machine may know this one, however unlikely.
pub fn of_this_machine() -> Vec<IpAddr> {
    let found = if_addrs::get_if_addrs().unwrap_or_default();
    let inside = |name: &str| INNER.iter().any(|inner| name.starts_with(inner));
    found.iter().filter(|one| !inside(&one.name)).filter(|one| rank(one).is_some()).map(Interface::ip).collect()
}

/// Those of them that phones in the same hall call: neither tunnels nor IPv6, whose addresses change by themselves.
pub fn of_the_hall() -> Vec<IpAddr> {
    let found = if_addrs::get_if_addrs().unwrap_or_default();
    hall(&found)
}

fn hall(interfaces: &[Interface]) -> Vec<IpAddr> {
    let near = |one: &&Interface| matches!(rank(one), Some(Rank::HallV4 | Rank::OtherV4)) && !is_shared(one.ip());
    let near: Vec<Interface> = interfaces.iter().filter(near).cloned().collect();
    usable(&near, IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED))
}

/// Whether it is one of 100.64.0.0/10, which tunnels give (RFC 6598).
fn is_shared(ip: IpAddr) -> bool {
    matches!(ip, IpAddr::V4(ip) if matches!(ip.octets(), [100, 64..=127, ..]))
}

const fn loopback_like(any: IpAddr) -> IpAddr {
    match any {
        IpAddr::V4(_) => IpAddr::V4(std::net::Ipv4Addr::LOCALHOST),
        IpAddr::V6(_) => IpAddr::V6(std::net::Ipv6Addr::LOCALHOST),
    }
}

/// The addresses of these interfaces that a phone can use, best first, when we listen at all of them.
fn usable(interfaces: &[Interface], listen: IpAddr) -> Vec<IpAddr> {
    let mut ranked: Vec<(Rank, u32, IpAddr)> = interfaces
        .iter()
        .filter(|interface| matches!(interface.oper_status, IfOperStatus::Up | IfOperStatus::Unknown))
        .filter(|interface| !INNER.iter().any(|inner| interface.name.starts_with(inner)))
        .filter(|interface| interface.ip().is_ipv4() || listen.is_ipv6())
        .filter_map(|interface| Some((rank(interface)?, interface.index.unwrap_or(u32::MAX), interface.ip())))
        .collect();
    ranked.sort();
    ranked.dedup_by_key(|(_, _, ip)| *ip);
    ranked.into_iter().map(|(_, _, ip)| ip).collect()
}

/// How likely a phone in the same hall gets there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Rank {
    HallV4,
    OtherV4,
    Tunnel,
    V6,
}

fn rank(interface: &Interface) -> Option<Rank> {
    let tunnel = interface.is_p2p() || TUNNELS.iter().any(|tunnel| interface.name.starts_with(tunnel));
    match interface.ip() {
        IpAddr::V4(ip) if ip.is_loopback() || ip.is_link_local() || ip.is_unspecified() => None,
        IpAddr::V6(ip) if ip.is_loopback() || ip.is_unicast_link_local() || ip.is_unspecified() => None,
        _ if tunnel => Some(Rank::Tunnel),
        IpAddr::V4(ip) if ip.is_private() => Some(Rank::HallV4),
        IpAddr::V4(_) => Some(Rank::OtherV4),
        IpAddr::V6(_) => Some(Rank::V6),
    }
}

#[cfg(test)]
mod tests {
    use if_addrs::{IfAddr, Ifv4Addr, Ifv6Addr};

    use super::*;

    fn interface(name: &str, ip: &str, index: u32) -> Interface {
        let addr = match ip.parse().unwrap() {
            IpAddr::V4(ip) => {
                IfAddr::V4(Ifv4Addr { ip, netmask: [255, 255, 255, 0].into(), prefixlen: 24, broadcast: None })
            }
            IpAddr::V6(ip) => IfAddr::V6(Ifv6Addr { ip, netmask: ip, prefixlen: 64, broadcast: None }),
        };
        Interface {
            name: name.into(),
            addr,
            index: Some(index),
            oper_status: IfOperStatus::Up,
            is_p2p: false,
            #[cfg(windows)]
            adapter_name: String::new(),
        }
    }

    fn shown(interfaces: &[Interface], listen: &str) -> Vec<String> {
        usable(interfaces, listen.parse().unwrap()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_halls_own_network_comes_first() {
        let mut down = interface("wlan1", "192.168.9.9", 9);
        down.oper_status = IfOperStatus::Down;
        let interfaces = [
            interface("lo", "127.0.0.1", 1),
            interface("docker0", "172.17.0.1", 2),
            interface("tailscale0", "100.64.0.7", 3),
            interface("eth1", "203.0.113.9", 4),
            interface("wlan0", "192.168.1.5", 5),
            interface("wlan0", "2001:db8::5", 5),
            interface("wlan0", "fe80::5", 5),
            interface("eth0", "169.254.3.4", 6),
            down,
        ];
        assert_eq!(shown(&interfaces, "0.0.0.0"), ["192.168.1.5", "203.0.113.9", "100.64.0.7"]);
        assert_eq!(shown(&interfaces, "::"), ["192.168.1.5", "203.0.113.9", "100.64.0.7", "2001:db8::5"]);
    }

    #[test]
    fn a_tunnel_or_an_address_that_changes_by_itself_is_not_the_halls() {
        let interfaces = [
            interface("wlan0", "192.168.1.5", 1),
            interface("eth0", "203.0.113.9", 2),
            interface("vpn0", "100.64.0.7", 3),
            interface("utun3", "10.8.0.2", 4),
            interface("wlan0", "2001:db8::5", 1),
        ];
        assert_eq!(hall(&interfaces), ["192.168.1.5", "203.0.113.9"].map(|ip| ip.parse::<IpAddr>().unwrap()));
    }

    #[test]
    fn who_listens_on_one_address_has_that_one() {
        let addresses = Addresses::new(None, "192.168.1.5:80".parse().unwrap());
        assert_eq!(addresses.all().to_vec(), ["http://192.168.1.5"]);
        assert_eq!(addresses.reached(), Reached::ByPhones);
        let addresses = Addresses::new(None, "[::1]:8080".parse().unwrap());
        assert_eq!(addresses.all().to_vec(), ["http://[::1]:8080"]);
        assert_eq!(addresses.reached(), Reached::HereBecauseTold);
    }

    #[test]
    fn the_public_address_is_the_best() {
        let public = "https://naze.example.jp".parse().unwrap();
        let addresses = Addresses::new(Some(public), "127.0.0.1:8080".parse().unwrap());
        assert_eq!(addresses.all().to_vec(), ["https://naze.example.jp"]);
        assert_eq!(addresses.reached(), Reached::ByPhones);
    }

    #[test]
    fn there_is_always_one() {
        let addresses = Addresses::new(None, "0.0.0.0:8080".parse().unwrap());
        assert!(addresses.all().iter().all(|address| address.starts_with("http://") && address.ends_with(":8080")));
        assert!(!addresses.all().is_empty());
    }
}
