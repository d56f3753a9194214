//! Formats of score sheets: locked and open cells, in print as on the screen. Must not know what a cell says.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::item::State;
use crate::report::style::{FONT, TITLE_FONT};

const LINE: u32 = 0x0080_8080;
const INK: u32 = 0x001F_3864;
const HEAD: u32 = 0x00DD_E6F1;
/// Behind cells that must be filled in.
const MUST: u32 = 0x00FF_F4CC;
/// Behind cells that may be.
const MAY: u32 = 0x00FF_FFFF;
/// Behind what does not apply.
const OFF: u32 = 0x00E7_E6E6;

/// The formats.
#[derive(Debug)]
pub struct Look {
    /// Title.
    pub title: Format,
    /// Small print.
    pub note: Format,
    /// Heading of a column, label of a value.
    pub head: Format,
    /// Words.
    pub text: Format,
    /// Short words in the middle.
    pub centre: Format,
    /// Group at the side.
    pub side: Format,
    /// Link.
    pub link: Format,
    /// Totals.
    pub total: Format,
    /// Signature line.
    pub sign: Format,
    off: [Format; 2],
    must: [Format; 3],
    may: [Format; 3],
    /// Font and colour of what is hidden until it may be seen.
    pub unseen: Format,
    /// What is lacking.
    pub lacking: Format,
    /// What is done.
    pub done: Format,
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_charset(134).set_font_size(9).set_align(FormatAlign::VerticalCenter)
}

fn cell() -> Format {
    base().set_border(FormatBorder::Thin).set_border_color(LINE).set_text_wrap()
}

/// Open cells: short, words, a day. Words stay words, so that `3-5` is no day.
fn open(back: u32) -> [Format; 3] {
    let cell = || cell().set_unlocked().set_background_color(back);
    let centre = || cell().set_align(FormatAlign::Center);
    [centre().set_bold(), cell().set_num_format("@"), centre().set_num_format("yyyy-mm-dd")]
}

impl Default for Look {
    fn default() -> Self {
        let centre = || cell().set_align(FormatAlign::Center);
        let title = || base().set_font_name(TITLE_FONT).set_font_size(16).set_align(FormatAlign::Center).set_text_wrap();
        Self {
            title: title().set_font_color(INK),
            note: base().set_text_wrap().set_font_size(8).set_font_color(0x0059_5959),
            head: centre().set_bold().set_background_color(HEAD).set_font_color(INK),
            text: cell(),
            centre: centre(),
            side: centre().set_font_color(INK).set_background_color(0x00F7_F9FC),
            link: centre().set_font_color(0x0005_63C1).set_underline(rust_xlsxwriter::FormatUnderline::Single),
            total: centre().set_bold().set_background_color(0x00F2_F2F2),
            sign: base().set_font_size(10),
            off: [centre(), cell()].map(|f| f.set_background_color(OFF).set_font_color(0x0076_7171)),
            must: open(MUST),
            may: open(MAY),
            unseen: Format::new().set_font_color(0x00FF_FFFF).set_num_format(";;;"),
            lacking: Format::new().set_background_color(0x00FF_C7CE),
            done: Format::new().set_background_color(0x00E2_EFDA).set_font_color(0x0037_5623),
        }
    }
}

impl Look {
    /// A locked short cell.
    pub fn short(&self, state: State) -> &Format {
        if state == State::Off { &self.off[0] } else { &self.centre }
    }

    /// A locked cell of words.
    pub fn words(&self, state: State) -> &Format {
        if state == State::Off { &self.off[1] } else { &self.text }
    }

    /// A short cell to fill in; locked where nothing is to be done.
    pub fn fill(&self, state: State) -> &Format {
        match state {
            State::Must => &self.must[0],
            State::May => &self.may[0],
            State::Off => &self.off[0],
        }
    }

    /// A cell of words to fill in.
    pub fn write(&self, state: State) -> &Format {
        match state {
            State::Must | State::May => &self.may[1],
            State::Off => &self.off[1],
        }
    }

    /// A day to fill in.
    pub fn day(&self) -> &Format {
        &self.must[2]
    }

    /// A day that may be filled in.
    pub fn plain_day(&self) -> &Format {
        &self.may[2]
    }

    /// Words that must be filled in.
    pub fn owed(&self) -> &Format {
        &self.must[1]
    }
}
