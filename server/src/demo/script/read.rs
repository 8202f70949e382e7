//! Reads a script line by line. Both languages' words are understood in every script.

use shared::docs::board::{Answer, CallFor, Mark, Reach, Star, StarFor, Stop};

use super::{Cause, Comes, Course, Guest, Pace, Part, Phone, Said, Script, Table, Wording};

/// What stands between the first wording and the later one.
const THEN: &str = " → ";

/// What is said when a line needs a group before it.
const NO_GROUP: &str = "this belongs to a group: a line like `group 1` must come before it";

/// How far the reading is.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) script: Script,
    /// The cards above the next one, by level, as indices into the group's cards.
    path: Vec<usize>,
    /// Cards of the group that others name, by the letter that they are named with.
    named: Vec<(String, usize)>,
}

impl Reading {
    pub(super) fn line(&mut self, line: &str) -> Result<(), &'static str> {
        let text = line.trim();
        if text.is_empty() || text.starts_with("//") {
            return Ok(());
        }
        if let Some(card) = text.strip_prefix("- ") {
            let spaces = line.len() - line.trim_start_matches(' ').len();
            return self.card(spaces, card);
        }
        let (key, rest) = text.split_once(' ').ok_or("expected a word, a space, and what it says")?;
        match key {
            "題名" | "title" => rest.clone_into(&mut self.script.title),
            "目的" | "goal" => rest.clone_into(&mut self.script.goal),
            "連絡" | "word" => rest.clone_into(&mut self.script.word),
            "グループ" | "group" => self.group(rest)?,
            "人" | "people" => self.people(rest)?,
            "テーマ" | "theme" => self.table()?.theme = wording(rest)?,
            "候補" | "proposal" => self.table()?.proposals.push(rest.to_owned()),
            "前提" | "premise" => self.table()?.premises.push(rest.to_owned()),
            "質問" | "question" => self.table()?.questions.push(rest.to_owned()),
            "問い" | "asked" => self.table()?.asked = Some(rest.to_owned()),
            "感想" | "parting" => self.table()?.partings.push(rest.to_owned()),
            "一歩" | "step" => self.table()?.own_steps.push(rest.to_owned()),
            "根拠" | "evidence" => self.last()?.evidence = Some(rest.to_owned()),
            "意見" | "comment" => self.last()?.comment = Some(rest.to_owned()),
            _ => {
                return Err(
                    "expected title, goal, word, group, people, theme, proposal, premise, evidence, comment, question, \
                            asked, parting, step, or a card that begins with `- `",
                );
            }
        }
        Ok(())
    }

    fn table(&mut self) -> Result<&mut Table, &'static str> {
        self.script.tables.last_mut().ok_or(NO_GROUP)
    }

    /// A card above, by its name.
    fn named(&self, name: &str) -> Result<usize, &'static str> {
        let found = self.named.iter().find(|(known, _)| known == name).map(|(_, card)| *card);
        found.ok_or("behind ↗ and ＝ comes the name of a card above, which has it behind an @")
    }

    /// What is said about the last card.
    fn last(&mut self) -> Result<&mut Said, &'static str> {
        let card = self.table()?.cards.last_mut();
        card.map(|card| &mut card.said).ok_or("evidence and comments stand below the card that they are about")
    }

    fn group(&mut self, rest: &str) -> Result<(), &'static str> {
        let (number, tags) = split_tags(rest);
        if number.parse() != Ok(self.script.tables.len() + 1) {
            return Err("groups are numbered 1, 2, 3 … in their order");
        }
        let pace = match tags.as_slice() {
            [] => Pace::Together,
            ["#一列" | "#chain"] => Pace::Chain,
            ["#遅れて" | "#late"] => Pace::Late,
            ["#行き詰まる" | "#stuck"] => Pace::Stuck,
            ["#早い" | "#early"] => Pace::Early,
            _ => return Err("behind the number of a group comes #chain, #late, #stuck, #early or nothing"),
        };
        self.path.clear();
        self.named.clear();
        self.script.tables.push(Table {
            pace,
            guests: Vec::new(),
            absent: Vec::new(),
            proposals: Vec::new(),
            premises: Vec::new(),
            theme: Wording::default(),
            cards: Vec::new(),
            questions: Vec::new(),
            asked: None,
            partings: Vec::new(),
            own_steps: Vec::new(),
        });
        Ok(())
    }

    fn people(&mut self, rest: &str) -> Result<(), &'static str> {
        let table = self.table()?;
        for one in rest.split(['、', ',']) {
            let (name, tags) = split_tags(one.trim());
            let name = name.to_owned();
            let mut guest = Guest { name, part: Part::Writes, comes: Comes::InTime, phone: Phone::Own };
            let mut is_here = true;
            for tag in tags {
                match tag {
                    "#聞き役" | "#listens" => guest.part = Part::Listens,
                    "#遅刻" | "#late" => guest.comes = Comes::Late,
                    "#同席" | "#shares" if !table.guests.is_empty() => guest.phone = Phone::OfTheTable,
                    "#欠席" | "#absent" => is_here = false,
                    _ => return Err("behind a name come #listens, #late, #shares (not behind the first), #absent"),
                }
            }
            if is_here {
                table.guests.push(guest);
            } else {
                table.absent.push(guest.name);
            }
        }
        Ok(())
    }

    fn card(&mut self, spaces: usize, text: &str) -> Result<(), &'static str> {
        let level = spaces / 2;
        if spaces % 2 == 1 || level > self.path.len() {
            return Err("a card stands two spaces further in than the card that it is a cause of");
        }
        let (text, tags) = split_tags(text);
        self.path.truncate(level);
        let parent = self.path.last().copied();
        let (mark, star, course) = (None, Star::None, Course::Stays);
        let mut cause = Cause { parent, wording: wording(text)?, mark, star, course, said: Said::default() };
        let index = self.table()?.cards.len();
        for tag in tags {
            if let Some(name) = tag.strip_prefix('@') {
                self.named.push((name.to_owned(), index));
                continue;
            }
            if let Some(name) = tag.strip_prefix('↗') {
                cause.said.also = Some(self.named(name)?);
                continue;
            }
            if let Some(name) = tag.strip_prefix('＝') {
                cause.course = Course::Same(self.named(name)?);
                continue;
            }
            if let Some(lane) = tag.strip_prefix('／').filter(|_| parent.is_none()) {
                cause.said.lane = Some(lane.to_owned());
                continue;
            }
            match tag {
                "◆" => cause.star = cause.star.toggled(StarFor::PlaceToAct),
                "#自分たち" | "#us" => cause.said.reach = Some(Reach::Us),
                "#一緒に" | "#with-others" => cause.said.reach = Some(Reach::WithOthers),
                "#手が届かない" | "#out-of-hands" => cause.said.reach = Some(Reach::OutOfHands),
                "#止める" | "#stop" => cause.said.stop = Some(Stop::WouldEnd),
                "#見て" | "#look" => cause.said.call = Some(CallFor::Look),
                "#飛ぶ" | "#jumps" => cause.said.doubt = Some(Answer::Jumps),
                "#事実" | "#fact" => cause.mark = Some(Mark::Fact),
                "#推測" | "#guess" => cause.mark = Some(Mark::Guess),
                "#要確認" | "#check" => cause.mark = Some(Mark::ToCheck),
                "★" => cause.star = cause.star.toggled(StarFor::RootCause),
                "#移動" | "#moved" if parent.is_some() => cause.course = Course::Moved,
                "#取消" | "#undone" => cause.course = Course::Undone,
                _ => {
                    return Err(
                        "behind a card come #fact, #guess, #check, ★, ◆, #us, #with-others, #out-of-hands, #stop, #jumps, \
                         #look, @name, ↗name, ＝name, ／lane (on the first level), #moved (not there), #undone",
                    );
                }
            }
        }
        self.table()?.cards.push(cause);
        self.path.push(index);
        Ok(())
    }
}

fn wording(text: &str) -> Result<Wording, &'static str> {
    let mut parts = text.split(THEN).map(str::to_owned);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(first), later, None) if !first.is_empty() => Ok(Wording { first, later }),
        _ => Err("a wording is one text, or two with ` → ` between them"),
    }
}

/// The text, and the tags behind it.
fn split_tags(text: &str) -> (&str, Vec<&str>) {
    let mut rest = text.trim_end();
    let mut tags = Vec::new();
    while let Some((before, last)) = rest.rsplit_once(' ')
        && last.starts_with(['#', '★', '◆', '@', '↗', '＝', '／'])
    {
        tags.insert(0, last);
        rest = before.trim_end();
    }
    (rest, tags)
}
