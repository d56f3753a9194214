//! The frozen form of results, written and read back. Must not grade, and must not be a dump of inner types.

pub mod certificate;
pub mod diff;
pub mod exact;
pub mod gap;
pub mod ledger;
pub mod lift;
pub mod nominate;
pub mod number;
pub mod part;
pub mod plan;
pub mod rank;
pub mod seal;
pub mod v1;
pub mod verified;

/// The frozen forms that have a JSON Schema, by name.
pub const SCHEMAS: &[&str] = &[
    "results",
    "cases",
    "out-of-scope",
    "inputs",
    "check",
    "manifest",
    "seal",
    "verify",
    "certificate",
    "what-if",
    "gap",
    "nominate",
    "rank",
    "ledger",
    "diff",
    "part-head",
    "part-office",
];
