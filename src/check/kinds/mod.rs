//! One file per check, and the table of them. Nothing else lives here.

use super::Kind;

mod agree;
mod alike;
mod blank_pages;
mod blanks;
mod colour;
mod continuous;
mod credit_code;
mod elapsed;
mod filled;
mod form;
mod format;
mod holds;
mod id_card;
mod length;
mod manifest;
pub mod mark;
mod one_of;
mod opens;
mod order;
mod page_count;
mod pages;
mod present;
mod quorum;
mod reach;
mod recurs;
mod repeats;
mod resolution;
mod says;
mod sequence;
mod states;
mod titled;
mod totals;
mod unique;
mod unwanted;
mod upright;
mod within;

/// All kinds, sorted by name; a test compares this table with the folder.
pub const ALL: &[Kind] = &[
    agree::KIND,
    alike::KIND,
    blank_pages::KIND,
    blanks::KIND,
    colour::KIND,
    continuous::KIND,
    credit_code::KIND,
    elapsed::KIND,
    filled::KIND,
    form::KIND,
    format::KIND,
    holds::KIND,
    id_card::KIND,
    length::KIND,
    manifest::KIND,
    mark::KIND,
    one_of::KIND,
    opens::KIND,
    order::KIND,
    page_count::KIND,
    pages::KIND,
    present::KIND,
    quorum::KIND,
    reach::KIND,
    recurs::KIND,
    repeats::KIND,
    resolution::KIND,
    says::KIND,
    sequence::KIND,
    states::KIND,
    titled::KIND,
    totals::KIND,
    unique::KIND,
    unwanted::KIND,
    upright::KIND,
    within::KIND,
];
