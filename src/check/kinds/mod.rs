//! One file per check, and the table of them. Nothing else lives here.

use super::Kind;

mod agree;
mod credit_code;
mod elapsed;
mod filled;
mod form;
mod holds;
mod id_card;
mod mark;
mod one_of;
mod order;
mod pages;
mod present;
mod sequence;
mod unique;
mod within;

/// All kinds, sorted by name; a test compares this table with the folder.
pub const ALL: &[Kind] = &[
    agree::KIND,
    credit_code::KIND,
    elapsed::KIND,
    filled::KIND,
    form::KIND,
    holds::KIND,
    id_card::KIND,
    mark::KIND,
    one_of::KIND,
    order::KIND,
    pages::KIND,
    present::KIND,
    sequence::KIND,
    unique::KIND,
    within::KIND,
];
