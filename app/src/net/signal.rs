//! What a way to the server reports, whichever it is.

/// A report.
pub(super) enum Signal {
    /// It is open.
    Open,
    /// A frame came.
    Frame(Vec<u8>),
    /// It is gone, with this close code.
    Gone(u16),
    /// Something else answers in the server's place: this network wants a login first.
    Stranger,
}
