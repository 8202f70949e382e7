//! Whose words on a phone are its owner's, told when the server does not say any more who that is. Several people may share a phone:
//! by a second name, by a link, and those who have none and are written for. It knows no storage.

use shared::PersonId;

/// Who a key was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Own {
    /// This one: the server has said so.
    Known(PersonId),
    /// Most likely this one, by a key of before that was noted: their words are shown, and left where they are.
    Likely(PersonId),
    /// Nobody who takes part here.
    Nobody,
}

/// How a key came here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Came {
    /// To take part, by this phone.
    ToTakePart,
    /// By a link, or to lead, help or look.
    Otherwise,
}

impl Own {
    /// Told by who the server said it was, now or before; and where it never was noted, by who has left words here and is nobody else.
    pub fn of(came: Came, said: Option<PersonId>, left: &[PersonId], others: &[PersonId]) -> Self {
        if came == Came::Otherwise {
            return Self::Nobody;
        }
        let mut left = left.iter().filter(|one| !others.contains(one));
        match (said, left.next(), left.next()) {
            (Some(person), ..) => Self::Known(person),
            (None, Some(one), None) => Self::Likely(*one),
            // Of several it cannot be told whose key it was.
            (None, ..) => Self::Nobody,
        }
    }

    /// Whose words are shown.
    pub const fn person(self) -> Option<PersonId> {
        match self {
            Self::Known(person) | Self::Likely(person) => Some(person),
            Self::Nobody => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SATO: PersonId = PersonId(1);
    const SUZUKI: PersonId = PersonId(2);
    const TANAKA: PersonId = PersonId(3);

    fn of(said: Option<PersonId>, left: &[PersonId], others: &[PersonId]) -> Own {
        Own::of(Came::ToTakePart, said, left, others)
    }

    #[test]
    fn the_owner_is_who_the_server_said_whoever_else_has_words_here() {
        for left in [&[][..], &[SUZUKI], &[SATO, SUZUKI], &[SUZUKI, TANAKA]] {
            assert_eq!(of(Some(SATO), left, &[TANAKA]), Own::Known(SATO), "{left:?}");
        }
    }

    #[test]
    fn of_a_key_that_was_never_noted_words_are_taken_for_its_owners_only_if_nobody_else_comes_into_question() {
        assert_eq!(of(None, &[SATO], &[]), Own::Likely(SATO));
        assert_eq!(of(None, &[SATO, SUZUKI], &[SUZUKI]), Own::Likely(SATO));
        assert_eq!(of(None, &[SATO, SUZUKI], &[]), Own::Nobody, "one of two would be robbed");
        assert_eq!(of(None, &[SUZUKI], &[SUZUKI]), Own::Nobody);
        assert_eq!(of(None, &[], &[]), Own::Nobody);
    }

    #[test]
    fn a_key_of_a_link_or_of_who_leads_is_no_owner_of_words() {
        for said in [None, Some(SATO)] {
            assert_eq!(Own::of(Came::Otherwise, said, &[SATO], &[]), Own::Nobody, "{said:?}");
        }
    }
}
