//! What waits for one connection, in numbers.

use super::OutboxLimits;

#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Load {
    pub(super) messages: usize,
    pub(super) bytes: usize,
    pub(super) docs: usize,
    pub(super) doc_bytes: usize,
}

impl Load {
    pub(super) const fn is_beyond(self, limits: OutboxLimits) -> bool {
        self.messages > limits.messages_max || self.bytes > limits.bytes_max
    }
}
