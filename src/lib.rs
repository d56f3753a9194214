//! juanping 卷评
pub mod base;
pub mod check;
pub mod model;
pub mod record;
pub mod reference;
pub mod report;
