//! Whether results are whole (核验), and the seal of a stage (定稿). A seal shows that nothing changed since; it is no electronic signature.
//! Must not grade, must not read a clock, and writes nothing but `seal.json`.

mod again;
mod certificate;
mod changes;
mod figures;
mod files;
mod page;
mod stage;

pub use again::again;
pub use certificate::{certify, compare, read_certificate};
pub use figures::figures;
pub use files::{Looked, look};
pub use page::{is_of_another, page};
pub use stage::{Asked, seal};
