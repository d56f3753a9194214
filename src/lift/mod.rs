//! What would lift a grade (提升): the fewest curable findings of a case that reach the next grade, and the cases that lift an office's rate.
//! Must not guess: a case whose recorded marks do not follow from its record is said to be beyond computing. Must not suggest what cannot
//! be mended, and must not read or write files.
//!
//! A case is modelled from its record alone ([`model`]): each criterion may lose from so much to so much, and each set of fixes leaves less.
//! Marks at worst and at best are computed exactly over every way in which criteria may or may not apply ([`marks`]), and must first give
//! the recorded ones. The smallest set is then found exactly ([`fewest`]); tests compare it with brute force.

pub mod case;
pub mod fewest;
pub mod levels;
pub mod marks;
pub mod model;
pub mod office;
pub mod rules;

pub use case::{Lifts, lift};
pub use office::Offices;
pub use rules::Rules;

#[cfg(test)]
mod tests;
