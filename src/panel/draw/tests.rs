//! Laws of this module, on invented cases. Must not read files.
