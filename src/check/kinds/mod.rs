//! One file per check, and the table of them. Nothing else lives here.

use super::Kind;

/// All kinds, sorted by name; a test compares this table with the folder.
pub const ALL: &[Kind] = &[];
