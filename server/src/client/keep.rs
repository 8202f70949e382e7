//! The task that keeps a session: sends what is pending, takes what comes, and connects again whenever that ends.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use shared::wire::{ClientMessage, ServerMessage};
use tokio::time::{Instant, sleep, sleep_until};

use super::docs::Taken;
use super::line::{Line, Traffic};
use super::pace::Pace;
use super::session::{LinkState, Shared, Wanted};
use super::{ANSWER, ClientError, answered};

/// Who has said nothing for this long asks whether the server is there. It closes a line on which nothing comes for a minute.
const SILENCE: Duration = Duration::from_secs(20);
/// The first wait before connecting again; it doubles up to the longest, and begins anew when a line has lasted.
const WAIT_FIRST: Duration = Duration::from_millis(50);
const WAIT_LONGEST: Duration = Duration::from_secs(3);

/// Why a line is not used any more.
enum Over {
    /// The session wants to be offline.
    Asked,
    /// It broke, or an entry is missing.
    Lost,
    /// Trying again would not help.
    Ended(ClientError),
}

impl From<ClientError> for Over {
    fn from(why: ClientError) -> Self {
        if why.passes() { Self::Lost } else { Self::Ended(why) }
    }
}

/// Keeps the session until it is dropped, or until trying again would not help.
pub(super) async fn keep(shared: Arc<Shared>, first: Line) {
    let mut line = Some(first);
    let mut wait = WAIT_FIRST;
    loop {
        let over = match line.take() {
            Some(mut line) => {
                let begun = Instant::now();
                let over = live(&shared, &mut line).await;
                if begun.elapsed() > WAIT_LONGEST {
                    wait = WAIT_FIRST;
                }
                over
            }
            None => match again(&shared).await {
                Ok(connected) => {
                    line = Some(connected);
                    continue;
                }
                Err(over) => over,
            },
        };
        match over {
            Over::Ended(why) => return settle(&shared, LinkState::Ended(why)),
            Over::Asked => settle(&shared, LinkState::Offline),
            Over::Lost => {
                settle(&shared, LinkState::Lost);
                sleep(scattered(wait)).await;
                wait = (wait * 2).min(WAIT_LONGEST);
            }
        }
        while shared.state().wanted == Wanted::Offline {
            settle(&shared, LinkState::Offline);
            shared.to_do.notified().await;
        }
    }
}

/// A little longer than `wait`, by chance: a hall full of phones does not come back in the same moment.
fn scattered(wait: Duration) -> Duration {
    let chance = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().subsec_nanos() % 256;
    wait + wait * chance / 256
}

fn settle(shared: &Shared, link: LinkState) {
    let mut state = shared.state();
    state.docs.left();
    state.link = link;
    drop(state);
    shared.tell();
}

/// Connects, says hello with what is here, and is welcomed.
async fn again(shared: &Shared) -> Result<Line, Over> {
    let (base, client, have) = {
        let state = shared.state();
        (state.base.clone(), state.docs.client(), state.docs.have())
    };
    let mut line = answered("the server", Line::connect(&base)).await?;
    let (workshop, token) = (shared.workshop, shared.token);
    line.send(&ClientMessage::Hello { workshop, token, client, have }).await?;
    match answered("a welcome", line.next()).await? {
        ServerMessage::Welcome { you, seat, invite, .. } => {
            let mut state = shared.state();
            state.docs.welcome(you, seat, invite);
            state.doing_to_send = state.doing;
            state.link = LinkState::Online;
            state.connections += 1;
            drop(state);
            shared.tell();
            Ok(line)
        }
        ServerMessage::Refused(why) => Err(ClientError::Refused(why).into()),
        other => Err(ClientError::unexpected("Welcome", &other).into()),
    }
}

/// Uses a line for as long as it lasts.
async fn live(shared: &Shared, line: &mut Line) -> Over {
    let mut counted = Traffic::default();
    let mut pace = Pace::new(Instant::now());
    // When something was last said, and when the server was last asked whether it is there, if it has not answered.
    let (mut said, mut asked) = (Instant::now(), None);
    loop {
        count(shared, line.traffic(), &mut counted);
        if shared.state().wanted == Wanted::Offline {
            return Over::Asked;
        }
        match send_due(shared, line, &mut pace).await {
            Ok(Sent::Nothing) => {}
            Ok(Sent::Something) => said = Instant::now(),
            Err(why) => return why.into(),
        }
        let patience = asked.map_or(said + SILENCE, |asked| asked + ANSWER);
        let came = tokio::select! {
            came = line.next() => came,
            () = shared.to_do.notified() => continue,
            () = pace.again() => continue,
            () = sleep_until(patience) => {
                if asked.is_some() {
                    return Over::Lost;
                }
                (said, asked) = (Instant::now(), Some(Instant::now()));
                match line.send(&ClientMessage::Ping(0)).await {
                    Ok(()) => continue,
                    Err(why) => return why.into(),
                }
            }
        };
        asked = None;
        let taken = came.and_then(|message| shared.state().docs.take(message));
        shared.tell();
        match taken {
            Ok(Taken::Whole) => {}
            Ok(Taken::Gap) => return Over::Lost,
            Err(why) => return why.into(),
        }
    }
}

enum Sent {
    Nothing,
    Something,
}

async fn send_due(shared: &Shared, line: &mut Line, pace: &mut Pace) -> Result<Sent, ClientError> {
    let (messages, doing) = {
        let mut state = shared.state();
        let messages = state.docs.take_unsent(pace.ops(Instant::now()));
        pace.took(messages.iter().map(ops_in).sum(), state.docs.unsent());
        (messages, state.doing_to_send.take())
    };
    let sent = if messages.is_empty() && doing.is_none() { Sent::Nothing } else { Sent::Something };
    for message in &messages {
        line.send(message).await?;
    }
    if let Some((doc, doing)) = doing {
        line.send(&ClientMessage::Doing { doc, doing }).await?;
    }
    Ok(sent)
}

fn ops_in(message: &ClientMessage) -> usize {
    if let ClientMessage::Ops { ops, .. } = message { ops.len() } else { 0 }
}

/// Adds to the session's count what the line has carried since it was last counted.
fn count(shared: &Shared, now: Traffic, counted: &mut Traffic) {
    let mut state = shared.state();
    let sum = &mut state.traffic;
    sum.frames_in += now.frames_in - counted.frames_in;
    sum.bytes_in += now.bytes_in - counted.bytes_in;
    sum.frames_out += now.frames_out - counted.frames_out;
    sum.bytes_out += now.bytes_out - counted.bytes_out;
    *counted = now;
}
