//! Limits in time (期限): versions by date, units, exclusions and the roll of a last day that is a holiday.
//! Must not know what is limited.
