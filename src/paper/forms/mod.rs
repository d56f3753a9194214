//! The forms (各种文书), one file each. Must not lay out in XML or open files: a form says facts and a layout in words.

pub mod allocation;
pub mod annex;
pub mod appeal;
pub mod case;
pub mod circular;
pub mod correction;
pub mod deliberation;
pub mod drawn;
pub mod evaluation;
pub mod feedback_case;
pub mod feedback_office;
pub mod overview;
pub mod pledge;
pub mod rectify;
pub mod retrieval;
pub mod told;
pub mod wording;

#[cfg(test)]
mod testing;
