//! The frozen form of results, written and read back. Must not grade, and must not be a dump of inner types.

pub mod gap;
pub mod lift;
pub mod nominate;
pub mod number;
pub mod plan;
pub mod seal;
pub mod v1;
