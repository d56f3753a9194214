//! The circular on results with many shapes. Must not be shipped.
