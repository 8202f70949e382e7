//! What can be seen of a firewall without being its administrator: on Linux which one is switched on, elsewhere what its owner is
//! to look at. Rules are not readable to everybody, so this never says that a port is open.

use std::fs;
use std::path::Path;

use super::finding::Finding;
use crate::said::Said;

/// Looks.
pub(super) fn look(port: u16) -> Vec<Finding> {
    if cfg!(target_os = "linux") {
        vec![on_linux(Path::new("/"), port)]
    } else if cfg!(windows) {
        vec![Finding::unseen(Said::new(
            format!(
                "Windows が「このアプリの通信を許可しますか」と聞いたら、「プライベート ネットワーク」を許可してください。聞かれないときは、\
                 「Windows セキュリティ」の「ファイアウォールによるアプリケーションの許可」で naze を許可します（ポート {port}）。\
                 Wi-Fi のネットワークの種類は「プライベート」にしてください。"
            ),
            format!(
                "When Windows asks whether naze may use networks, allow private networks. When it does not ask, allow naze \
                 under Windows Security, \"Allow an app through firewall\" (port {port}), and make the Wi-Fi a private network."
            ),
        ))]
    } else {
        vec![Finding::unseen(Said::new(
            format!(
                "Mac では「システム設定」の「ネットワーク」、「ファイアウォール」を見て、オンなら naze への接続を許可してください（ポート {port}）。"
            ),
            format!(
                "On a Mac, look at System Settings, Network, Firewall: if it is on, let naze take connections (port {port})."
            ),
        ))]
    }
}

/// Firewalls of Linux that are switched on: by the files that everybody may read.
fn on_linux(root: &Path, port: u16) -> Finding {
    let ufw = fs::read_to_string(root.join("etc/ufw/ufw.conf"));
    let ufw = ufw.is_ok_and(|text| text.lines().any(|line| line.trim().eq_ignore_ascii_case("ENABLED=yes")));
    let wanted_at_start = |unit: &str| {
        ["multi-user.target.wants", "sysinit.target.wants"]
            .iter()
            .any(|when| root.join("etc/systemd/system").join(when).join(unit).symlink_metadata().is_ok())
    };
    let firewalld = wanted_at_start("firewalld.service") || root.join("run/firewalld").exists();
    if ufw {
        return asked("ufw", &format!("sudo ufw allow {port}/tcp"));
    }
    if firewalld {
        return asked("firewalld", &format!("sudo firewall-cmd --add-port={port}/tcp"));
    }
    if wanted_at_start("nftables.service") {
        return asked("nftables", &format!("sudo nft insert rule inet filter input tcp dport {port} accept"));
    }
    Finding::unseen(Said::new(
        "ファイアウォール（ufw、firewalld、nftables）は見つかりません。管理者でないと見えない規則があるかもしれません。",
        "No firewall was seen (ufw, firewalld, nftables). There may be rules that only an administrator sees.",
    ))
}

fn asked(name: &str, command: &str) -> Finding {
    Finding::advice(Said::new(
        format!(
            "ファイアウォール {name} が動いています。スマートフォンが届かないときは、次の1行を実行してください: {command}"
        ),
        format!("The firewall {name} is on. If no phone gets here, type: {command}"),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn a_firewall_that_is_on_is_named_with_what_to_type() {
        let root = tempfile::tempdir().unwrap();
        let look = || on_linux(root.path(), 8080);
        assert_eq!(look().state, State::Unseen);
        fs::create_dir_all(root.path().join("etc/ufw")).unwrap();
        fs::write(root.path().join("etc/ufw/ufw.conf"), "# ENABLED=yes\nENABLED=no\n").unwrap();
        assert_eq!(look().state, State::Unseen);
        let wants = root.path().join("etc/systemd/system/multi-user.target.wants");
        fs::create_dir_all(&wants).unwrap();
        fs::write(wants.join("firewalld.service"), "").unwrap();
        assert!(look().said.en.contains("firewall-cmd --add-port=8080/tcp"));
        fs::write(root.path().join("etc/ufw/ufw.conf"), "ENABLED=yes\n").unwrap();
        assert!(look().said.ja.contains("sudo ufw allow 8080/tcp") && look().state == State::Advice);
    }
}
