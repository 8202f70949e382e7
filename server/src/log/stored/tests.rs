//! Golden lines.
