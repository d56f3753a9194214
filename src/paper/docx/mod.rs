//! Word files (docx): a template is taken apart once, and filled in as often as there are papers (文书模板).
//! Must not know what any form says; it is told the names that may be used.

mod clean;
mod draft;
pub mod pack;
mod place;
mod render;
mod template;
#[cfg(test)]
mod tests;
mod xml;

pub use pack::Parts;
pub use place::Wrong;
pub use template::{Known, PAGES, Template};
pub use xml::escape;
