//! Statistics over scored cases of one office or of pooled offices: rates as intervals, means, splits, losses, filing.
//! Must not look at cases themselves, nor round before the end.

pub mod interval;
pub mod tally;

#[cfg(test)]
mod tests;
