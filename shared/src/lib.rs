//! Ids, docs, operations, the reducer and the wire.
