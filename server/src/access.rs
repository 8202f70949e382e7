//! Tokens: how they are made, and what is stored of them. What a token allows is in `shared::access`.

use sha2::{Digest, Sha256};
use shared::docs::doors::Doors;
use shared::ids::TokenHash;
use shared::{Capability, ClientId, GroupId, JoinCode, PersonId, Token, WorkshopId};

/// The machine gives no random numbers; without them nothing is unguessable.
#[derive(Clone, Debug, thiserror::Error)]
#[error("this machine gives no random numbers ({0}): restart it")]
pub struct NoRandom(String);

/// Whose token was made and given to nobody: people are numbered from 1. See [`secret`].
pub(crate) const NOBODY: Capability = Capability::Participant(PersonId(0));

/// What only the server knows of a workshop: the hash of a token that was given to nobody, and opens nothing. Of a workshop that was
/// made before there was one: that of the lead's first.
pub(crate) fn secret(doors: &Doors) -> Option<TokenHash> {
    let of = |whose| doors.grants.iter().find(|(_, capability)| **capability == whose).map(|(key, _)| *key);
    of(NOBODY).or(doors.secret).or_else(|| of(Capability::Lead))
}

/// From what the links to keep follow: the lead may have replaced it.
pub(crate) fn keep_secret(doors: &Doors) -> Option<TokenHash> {
    doors.keep.or_else(|| secret(doors))
}

/// Whether the secret of a workshop is the lead's own key: then it is known to whoever has that.
pub(crate) fn secret_is_leads(doors: &Doors) -> bool {
    doors.secret.is_some() || !doors.grants.values().any(|capability| *capability == NOBODY)
}

/// The token with which one sees what a group built. It follows from the workshop's secret, so it is the same whenever it is asked
/// for, and is stored nowhere.
pub(crate) fn keeper(secret: TokenHash, group: GroupId) -> Token {
    follows(&secret.0, &[b"keeper ", group.0.to_le_bytes().as_slice()].concat())
}

/// What is stored of a token.
pub fn hash(token: &Token) -> TokenHash {
    TokenHash(Sha256::digest(token.bytes()).into())
}

/// The tokens of a workshop. Helper's and observer's follow from the lead's and not the other way round, so that the lead
/// can be shown their links at any time although only hashes are stored.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// Conducts.
    pub lead: Token,
    /// Helps.
    pub helper: Token,
    /// Sees.
    pub observer: Token,
}

impl Keys {
    /// Those that follow from the lead's token.
    pub fn of(lead: Token) -> Self {
        Self::after(lead, 0, 0)
    }

    /// Those that follow from it after helpers' and observers' were replaced so often.
    pub fn after(lead: Token, helpers: u32, observers: u32) -> Self {
        let follows = |whose: &[u8], times: u32| match times {
            0 => follows(lead.bytes(), whose),
            times => follows(lead.bytes(), &[whose, b" ", times.to_le_bytes().as_slice()].concat()),
        };
        Self { lead, helper: follows(b"helper", helpers), observer: follows(b"observer", observers) }
    }
}

fn follows(from: &[u8], whose: &[u8]) -> Token {
    let digest: [u8; 32] =
        Sha256::new().chain_update(b"naze ").chain_update(whose).chain_update(from).finalize().into();
    let mut half = [0; 16];
    half.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    Token::of(half)
}

fn random<const N: usize>() -> Result<[u8; N], NoRandom> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|why| NoRandom(why.to_string()))?;
    Ok(bytes)
}

/// A new token.
///
/// # Errors
/// When the machine gives no random numbers.
pub fn new_token() -> Result<Token, NoRandom> {
    random().map(Token::of)
}

/// A new code; whether it is taken is the directory's to say.
///
/// # Errors
/// When the machine gives no random numbers.
pub fn new_code() -> Result<JoinCode, NoRandom> {
    random().map(JoinCode::of)
}

/// A new workshop's id.
///
/// # Errors
/// When the machine gives no random numbers.
pub fn new_workshop() -> Result<WorkshopId, NoRandom> {
    random().map(|bytes| WorkshopId(uuid::Builder::from_random_bytes(bytes).into_uuid()))
}

/// A new client id, for who writes on this machine without a page.
///
/// # Errors
/// When the machine gives no random numbers.
pub fn new_client() -> Result<ClientId, NoRandom> {
    random().map(|bytes| ClientId::of(u64::from_le_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helpers_and_observers_keys_follow_from_the_leads() {
        let keys = Keys::of(Token::of([7; 16]));
        let again = Keys::of(Token::of([7; 16]));
        assert_eq!((keys.helper, keys.observer), (again.helper, again.observer));
        assert_ne!(keys.helper, keys.observer);
        assert_ne!(keys.helper, keys.lead);
        assert_ne!(keys.helper, Keys::of(keys.helper).helper);
        let next = Keys::after(keys.lead, 1, 0);
        assert_eq!((next.lead, next.observer), (keys.lead, keys.observer));
        assert!(
            [keys.helper, keys.observer, Keys::after(keys.lead, 2, 1).helper].iter().all(|key| *key != next.helper)
        );
    }

    #[test]
    fn the_secret_is_what_follows_from_no_key() {
        let (lead, nobody) = (TokenHash([1; 32]), TokenHash([2; 32]));
        let mut doors = Doors::default();
        assert_eq!(secret(&doors), None);
        doors.grants.insert(lead, Capability::Lead);
        assert_eq!(secret(&doors), Some(lead), "of a workshop from before");
        doors.grants.insert(nobody, NOBODY);
        assert_eq!(secret(&doors), Some(nobody));
    }

    #[test]
    fn the_link_to_keep_is_the_same_whenever_it_is_asked_for_and_another_for_each_group() {
        let of = |secret, group| keeper(TokenHash([secret; 32]), GroupId(group));
        assert_eq!(of(7, 3), of(7, 3));
        assert_ne!(of(7, 3), of(7, 4));
        assert_ne!(of(7, 3), of(8, 3), "of another workshop");
    }

    #[test]
    fn the_stored_hash_is_sha_256() {
        // sha256 of 16 zero bytes
        let known = "374708fff7719dd5979ec875d56cd2286f6d3cf7ec317a3b25632aab28ec37bb";
        assert_eq!(hash(&Token::of([0; 16])).to_string(), known);
    }
}
