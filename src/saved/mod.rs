//! Results that were written earlier (已存结果): opened, checked against their manifest, and read case by case.
//! Must not grade, must not write, and never holds all cases of a result in memory.

mod folder;

pub use folder::{Cases, Damage, Saved, damage, folder, manifest, seal};
