//! Faults that are put in on purpose, one at a time: a simulator that finds none of them proves nothing.

use crate::disk::DiskFault;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fault {
    None,
    /// The disk says that something is stored before it is: rooms show it too soon (law 3).
    AnswersEarly,
    /// The disk loses the last entry of a log.
    ForgetsTheLast,
    /// A frame to a phone is lost on a connection that lives on (law 5).
    DropsAFrame,
    /// A frame goes to somebody else.
    Misroutes,
    /// What is sent again arrives under another number: nobody knows it for a duplicate (law 2).
    RenamesTheResent,
    /// A phone is told that something is saved which never reached a room (law 3).
    SaysSaved,
    /// A snapshot is another doc than the log gives (law 1).
    AltersASnapshot,
    /// An operation is thrown away in silence.
    SwallowsAnOperation,
}

impl Fault {
    pub(crate) const ALL: [Self; 8] = [
        Self::AnswersEarly,
        Self::ForgetsTheLast,
        Self::DropsAFrame,
        Self::Misroutes,
        Self::RenamesTheResent,
        Self::SaysSaved,
        Self::AltersASnapshot,
        Self::SwallowsAnOperation,
    ];

    pub(crate) const fn of_disk(self) -> DiskFault {
        match self {
            Self::AnswersEarly => DiskFault::AnswersEarly,
            Self::ForgetsTheLast => DiskFault::ForgetsTheLast,
            _ => DiskFault::None,
        }
    }
}
