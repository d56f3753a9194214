//! Facts about the country: working days, identifiers, regions. Pure tables and arithmetic.
//! Must not hold numbers of any rubric.

pub mod identifiers;
pub mod workdays;
