//! The page in English.

use super::{Makers, Row, Sheet, Told, Way, stamp};
use crate::erase::{FORGOTTEN_DAYS, SILENCE_DAYS};

fn list(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

pub(super) fn sheet(told: &Told<'_>) -> Sheet {
    Sheet {
        lang: "en",
        title: "How personal data is handled (for your information-policy section)",
        lead: "What the workshop board Naze (なぜ？) stores on this server, who sees it, and when it is gone. It is filled with the settings of this very server.".to_owned(),
        rows: vec![
            Row("What is stored", list(&[
                "Of participants: what they wish to be called (it need not be their name), group and seat, when they joined. No e-mail or phone number, place, picture or IP address.",
                "Only if the lead enters it: section, age band, kind of actor, who is to sit with whom or apart.",
                "What is written: titles, themes, cards, notes, marks, results of votes, with the time and the number of who wrote it. In steps without names no screen and no export says who wrote what (the data folder keeps it under a number).",
            ])),
            Row("Where", vec![match &told.folder {
                Some(folder) => format!("In the data folder of this server alone: {folder} (with the record of erasures, erasures.jsonl, and the server's own copies, backups)."),
                None => "In one data folder of the machine that runs this server, and nowhere else (opened on that machine, this page says where).".to_owned(),
            }]),
            Row("What leaves the machine", list(&["Nothing. No outside service, advertising, analysis or AI; it works without the Internet. The page loads nothing from anywhere but its own server."])),
            Row("Who sees what", list(&[
                "Participants: their own group's board, and what its people are called; other boards only while the lead shows them.",
                "Lead and helpers: all boards, and names, sections, age bands, kinds of actors. Observers: all boards. How somebody voted, and what is written before it is revealed, is on nobody's screen but its author's.",
                "Who has a link to keep: that group's board, read-only. Who administers the server: the whole data folder.",
            ])),
            Row("How long", vec![names(told), "What was written stays until the lead or the administrator erases the workshop.".to_owned()]),
            Row("How to erase", list(&[
                "The lead: at once, on the page under Personal data: everybody's names and attributes, one person's (when they wish it), or the whole workshop.",
                "The administrator: stop the server, then naze erase names CODE (one person: --person NUMBER), or naze erase workshop CODE.",
                "In the place of a name stands a number, such as Participant 12; the name is gone from the log, snapshots, free space of the file and the server's own copies. A name that somebody wrote into the text of a card is not found by itself (a removed card stays in the log: erase the workshop if need be).",
                "What stays is a record without names (when, which workshop, how many people, by whom): naze erase list",
            ])),
            Row("Backups", vec![
                backups(told),
                "Copies made by hand (naze backup), exported files, paper and images of the disk are out of reach: whoever made them deletes them. When an old copy is restored into the same folder, what was erased since is erased again at the next start.".to_owned(),
            ]),
            Row("Logs", list(&["Start, stop and faults, and numbers of workshops. No name, no text and no key at any level of detail. Addresses of connections are in memory alone, to limit how often somebody may try."])),
            Row("On phones", list(&["No cookies. The browser's storage keeps the key to come back with, words that were not sent yet, names of people for whom the phone writes, and settings such as the language. Deleting the site's data removes them."])),
            Row("Security", vec![
                match told.way {
                    Way::Open => format!("Transport: {} is not encrypted (http). Use a Wi-Fi of your own, or put an https proxy in front.", told.address),
                    Way::Encrypted => format!("Transport: {} is encrypted (https).", told.address),
                },
                match told.makers {
                    Makers::Everybody => "Who can make workshops: everybody who reaches this server (--organiser-key limits it).".to_owned(),
                    Makers::WhoHasTheKey => "Who can make workshops: only who has the organiser's key.".to_owned(),
                },
                "Keys are random; only hashes of them are stored. Guessing codes is limited. Nothing is taken from other sites, nothing can be embedded, no foreign script runs (CSP). What is stored is not encrypted: use the encryption of the disk (BitLocker, FileVault, LUKS).".to_owned(),
            ]),
            Row("Not promised", list(&["That nothing can be recovered from inside an SSD or from the system's own images of a disk. Who holds a phone sees what is on its screen."])),
        ],
        foot: stamp(),
    }
}

fn names(told: &Told<'_>) -> String {
    match told.facts.names_days {
        Some(days) => format!(
            "Names, sections, age bands, kinds of actors: erased by themselves {days} days after the end; of a workshop that nobody ended, {} days after the last thing was written. The lead's page says the date. When by the server's clock nothing was written anywhere for more than {SILENCE_DAYS} days, the clock is not believed: the administrator runs naze erase due.",
            u64::from(days) + FORGOTTEN_DAYS
        ),
        None => "Names, sections, age bands, kinds of actors: not erased by themselves (set to never); the lead or the administrator does it.".to_owned(),
    }
}

fn backups(told: &Told<'_>) -> String {
    match told.facts.backup_minutes {
        0 => "The server makes no copies by itself (set to 0).".to_owned(),
        minutes => format!(
            "Every {minutes} minutes, when something was written, the server makes a copy in the same data folder, and keeps the newest {}. When names are erased, these are made anew.",
            told.facts.backups_kept
        ),
    }
}
