//! Working days (工作日) from the State Council's notices, embedded as `holidays.csv`, and added to by settings.
//! Must not guess a year without data.

/// Off days and make-up working days by date.
#[derive(Debug, Clone, Default)]
pub struct Calendar {}
