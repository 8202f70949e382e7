//! The link to keep: with it anybody sees what one group built, writes nothing, and sees nothing else. Whoever sat there may ask for it.

use shared::ids::TokenHash;
use shared::wire::{Refusal, ServerMessage};
use shared::{AnyDoc, Capability, DocId, GroupId, Token, WorkshopId};

use super::Registry;
use crate::access::{hash, keep_secret, keeper};
use crate::room::Gone;

impl Registry {
    /// The token of the link, for the holder of a participant's.
    ///
    /// # Errors
    /// When the token is nobody's who sits in a group, or the server cannot read its store now.
    pub(crate) async fn keep(&self, workshop: WorkshopId, token: &Token) -> Result<ServerMessage, Refusal> {
        let (Capability::Participant(_), Some(group)) = self.capability(workshop, token).await? else {
            return Err(Refusal::NoSuchKey);
        };
        let token = keeper(self.secret(workshop).await?, group);
        Ok(ServerMessage::Kept { group, token })
    }

    /// What a key allows that is stored nowhere.
    pub(super) async fn keeper(
        &self,
        workshop: WorkshopId,
        key: TokenHash,
    ) -> Result<Option<(Capability, Option<GroupId>)>, Refusal> {
        let (secret, groups) = (self.secret(workshop).await?, self.facts_now(workshop).await?);
        let group = groups.groups().find(|group| hash(&keeper(secret, *group)) == key);
        Ok(group.map(|group| (Capability::Keeper(group), Some(group))))
    }

    async fn secret(&self, workshop: WorkshopId) -> Result<TokenHash, Refusal> {
        let found = |doc: &AnyDoc| match doc {
            AnyDoc::Doors(doors) => keep_secret(&doors.model),
            _ => None,
        };
        let found = self.room(workshop, DocId::Doors).inspect(found).await.map_err(|Gone| Refusal::Busy)?;
        // A workshop whose making was interrupted has none.
        found.ok_or(Refusal::NoSuchWorkshop)
    }
}
