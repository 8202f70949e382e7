//! Everything that can grow, and how far (law 8). Each limit names its unit; the page shows it before it is met.

/// Characters of a join code.
pub const JOIN_CODE_LEN: usize = 6;

/// Characters of a workshop's title.
pub const TITLE_CHARS_MAX: usize = 80;
/// Characters of a workshop's goal.
pub const GOAL_CHARS_MAX: usize = 200;
/// Characters of a person's name.
pub const NAME_CHARS_MAX: usize = 24;
/// Marks, joiners and forms in a row in a name: more than any script or emoji needs.
pub const MARKS_EACH_MAX: usize = 8;
/// Characters of a group's own name.
pub const GROUP_NAME_CHARS_MAX: usize = 24;
/// Groups of a workshop.
pub const GROUPS_MAX: u16 = 200;
/// Groups that a new workshop has when nothing else is said.
pub const GROUPS_DEFAULT: u16 = 7;
/// Seats of a group.
pub const SEATS_MAX: u16 = 12;
/// Characters of a word to everybody.
pub const ANNOUNCEMENT_CHARS_MAX: usize = 120;
/// How often roles go round in a group.
pub const ROLE_ROUNDS_MAX: usize = 200;
/// Steps of a run-sheet.
pub const STEPS_MAX: usize = 60;
/// Characters of a step's title.
pub const STEP_TITLE_CHARS_MAX: usize = 40;
/// Characters of what participants read in a step.
pub const PROMPT_CHARS_MAX: usize = 200;
/// Minutes of a step.
pub const STEP_MINUTES_MAX: u16 = 240;
/// Seconds that one person speaks, or one visit lasts.
pub const EACH_SECONDS_MAX: u16 = 3_600;
/// Milliseconds that a timer may be set to.
pub const TIMER_MS_MAX: u64 = 24 * 60 * 60_000;
/// Minutes that a room may be ours.
pub const ROOM_MINUTES_MAX: u16 = 24 * 60;
/// Pairs of one group in one step, those that nobody sits in any more included.
pub const PAIRS_EACH_MAX: usize = 64;
/// Cards that were written in silence and wait in one tray.
pub const SLIPS_MAX: usize = 60;
/// Characters of a section, an age band or a kind of actor.
pub const TRAIT_CHARS_MAX: usize = 40;
/// Pairs of people who are to sit together or apart.
pub const PAIRS_MAX: usize = 500;
/// People of a workshop, the expected ones included.
pub const PEOPLE_MAX: usize = 2_000;
/// Keys of a workshop that were somebody's before they went on with another phone, the last ones.
pub const FORMER_KEYS_MAX: usize = 1_000;

/// Characters of a question to one group.
pub const NUDGE_CHARS_MAX: usize = 120;

/// Cards of a board, removed ones included (they can be restored).
pub const CARDS_MAX: usize = 2_000;
/// With so few cards left a board begins to tell how many.
pub const CARDS_TELL_FROM: usize = CARDS_MAX / 10;
/// Levels below the theme.
pub const DEPTH_MAX: usize = 40;
/// Characters of a card or a theme that can be read.
pub const CARD_CHARS_MAX: usize = 200;
/// Characters that a card ever had, deleted ones included (they keep their place for others' edits and for undo).
pub const CARD_CHARS_EVER_MAX: usize = 8_000;
/// Characters that a board ever had, in all its texts, deleted ones included: a hundred for each card that it may hold. Somebody
/// who types without a pause needs eleven hours for them.
pub const BOARD_CHARS_EVER_MAX: u32 = 200_000;
/// What is kept of a board beyond that for who conducts, and for what was written in silence.
pub const BOARD_CHARS_KEPT: u32 = BOARD_CHARS_EVER_MAX / 4;
/// Spans of characters that one edit may name.
pub const SPANS_MAX: usize = 500;
/// Effects that one card may be linked under, beside the one that it hangs under.
pub const LINKS_MAX: usize = 12;
/// Answers, reactions and the like that one card, or one note, keeps of each kind.
pub const SIGNS_EACH_MAX: usize = 400;
/// Names that a card keeps of those who edited it.
pub const EDITORS_MAX: usize = 24;
/// Hands up at one board.
pub const HANDS_MAX: usize = 64;
/// Notes of a board: proposed themes, premises, comments; removed ones included.
pub const NOTES_MAX: usize = 1_000;
/// Proposed themes that one ballot may name: as many as a board may have notes.
pub const CHOICES_MAX: usize = NOTES_MAX;
/// Options of a vote with dots: more than anybody weighs against each other, and less than one message may hold.
pub const DOT_OPTIONS_MAX: usize = 48;
/// Dots that one person may have: more are hard to keep track of.
pub const DOTS_MAX: u16 = 20;
/// Ballots with dots that one tray keeps: of the group's vote and of the room's, and of those that are being counted.
pub const DOT_BALLOTS_MAX: usize = 4;
/// Votes that a tray remembers as over; ballots of older ones are refused at the door.
pub const VOTES_OVER_MAX: usize = 64;
/// Lanes that a board ever had.
pub const LANES_MAX: usize = 24;
/// Characters of a lane's name.
pub const LANE_CHARS_MAX: usize = NAME_CHARS_MAX;
/// Milliseconds without a letter after which a wording counts as finished: the first such is kept for ever.
pub const WORDING_PAUSE_MS: u64 = 60_000;
/// Tabs that ever wrote to a doc.
pub const CLIENTS_MAX: usize = 20_000;
/// Of these, tabs of one person: nobody takes all the room of the others.
pub const CLIENTS_EACH_MAX: usize = 1_000;

/// Operations in one message from a client.
pub const OPS_PER_MESSAGE_MAX: usize = 256;
/// Bytes of operations that a client puts into one message: well below what the server takes.
pub const OPS_BYTES_MAX: usize = 32 * 1024;
/// Operations that a client sends at once after a pause; what was done offline leaves so, and then steadily.
pub const OPS_BURST: u64 = 400;
/// Milliseconds for each further operation: below the rate at which a server closes a client for being too fast.
pub const OPS_EACH_MS: u64 = 20;
/// Bytes of one message from a client.
pub const CLIENT_MESSAGE_BYTES_MAX: usize = 64 * 1024;
/// Docs that one connection may ask for.
pub const DOCS_PER_HELLO_MAX: usize = 256;
/// Steps that can be undone.
pub const UNDO_STEPS_MAX: usize = 200;
/// Workshops that one server keeps.
pub const WORKSHOPS_MAX: usize = 10_000;
/// Codes that were replaced and are remembered as such.
pub const CODES_REPLACED_MAX: usize = 10_000;
/// Of these, of one workshop: nobody makes those of others forgotten.
pub const CODES_REPLACED_EACH_MAX: usize = 3;
/// Keys that were replaced and are remembered as such, of one workshop.
pub const KEYS_REPLACED_MAX: usize = 1_000;
