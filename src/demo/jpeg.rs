//! Pictures of papers: small baseline JPEGs made of whole blocks, each different by its label, with what a scan has: a resolution, lines,
//! a red seal, and defects where they are asked for. Must not look like a paper of a real person, nor read a clock.

/// A picture to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture<'a> {
    /// Two labels never give the same picture.
    pub label: &'a str,
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// The resolution it says; `None` = none.
    pub dpi: Option<u16>,
    /// In colour, with a red seal; else grey.
    pub colour: bool,
    /// Nothing on it.
    pub blank: bool,
    /// Degrees that its lines are turned clockwise.
    pub skew_deg: i32,
    /// When it was taken, as EXIF has it: `2024:03:05 10:00:00`.
    pub taken: Option<&'a str>,
    /// EXIF orientation, 1 to 8; 1 is not written.
    pub orientation: u8,
}

impl<'a> Picture<'a> {
    /// An identity card at 300 dpi.
    pub const fn card(label: &'a str) -> Self {
        Self { label, width: 1011, height: 638, dpi: Some(300), colour: true, blank: false, skew_deg: 0, taken: None, orientation: 1 }
    }

    /// A page of A4 at 200 dpi.
    pub const fn page(label: &'a str) -> Self {
        Self { width: 1654, height: 2339, dpi: Some(200), ..Self::card(label) }
    }

    /// The file.
    pub fn jpeg(&self) -> Vec<u8> {
        let mut out = vec![0xFF, 0xD8];
        // JFIF 1.1: dots per inch, or a ratio of sides that says nothing.
        let [high, low] = self.dpi.unwrap_or(1).to_be_bytes();
        segment(&mut out, 0xE0, &[b'J', b'F', b'I', b'F', 0, 1, 1, u8::from(self.dpi.is_some()), high, low, high, low, 0, 0]);
        if self.taken.is_some() || self.orientation > 1 {
            segment(&mut out, 0xE1, &self.exif());
        }
        segment(&mut out, 0xFE, &self.label.as_bytes()[..self.label.len().min(60_000)]);
        let mut table = vec![0];
        table.extend([8; 64]);
        segment(&mut out, 0xDB, &table);
        let ([w1, w2], [h1, h2]) = (self.width.to_be_bytes(), self.height.to_be_bytes());
        let mut frame = vec![8, h1, h2, w1, w2];
        let mut scan = Vec::new();
        if self.colour {
            frame.extend([3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
            scan.extend([3, 1, 0, 2, 0, 3, 0]);
        } else {
            frame.extend([1, 1, 0x11, 0]);
            scan.extend([1, 1, 0]);
        }
        segment(&mut out, 0xC0, &frame);
        // Differences of 0 take one bit, those of 1 to 7 bits four, of 8 bits five; every block ends at once, with one bit.
        let differences = [0x00, 1, 0, 0, 7, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
        segment(&mut out, 0xC4, &differences);
        // What changes within a block takes eight bits and its own: up to nine zeros before it, up to eight bits.
        let mut changes = vec![0x10, 1, 0, 0, 0, 0, 0, 0, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        changes.extend((0..10).flat_map(|zeros| (1..=8).map(move |size| zeros << 4 | size)));
        segment(&mut out, 0xC4, &changes);
        scan.extend([0, 63, 0]);
        segment(&mut out, 0xDA, &scan);
        self.blocks(&mut Bits { out: &mut out, held: 0, count: 0 });
        out.extend([0xFF, 0xD9]);
        out
    }

    /// Orientation and time.
    fn exif(&self) -> Vec<u8> {
        let mut out = b"Exif\0\0II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0".to_vec();
        out.extend([self.orientation, 0, 0, 0]);
        // The directory of the camera follows this one, which ends at 38; its text follows it.
        out.extend(b"\x69\x87\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0");
        let text = self.taken.unwrap_or_default();
        let count = u8::try_from(text.len() + 1).unwrap_or(1);
        if self.taken.is_some() {
            out.extend(b"\x01\0\x03\x90\x02\0");
            out.extend([count, 0, 0, 0, 0x38, 0, 0, 0, 0, 0, 0, 0]);
            out.extend(text.as_bytes());
            out.push(0);
        } else {
            out.extend([0; 6]);
        }
        out
    }

    fn blocks(&self, bits: &mut Bits<'_>) {
        let drawn = Drawn::new(self);
        let mut last = [0_i32; 3];
        let mut block = |component: usize, rows: [i32; 8], bits: &mut Bits<'_>| {
            let mean = rows.iter().sum::<i32>() / 8;
            bits.block(mean - std::mem::replace(&mut last[component], mean), rows);
        };
        let (wide, high) = (usize::from(self.width).div_ceil(8), usize::from(self.height).div_ceil(8));
        if !self.colour {
            for y in 0..high {
                (0..wide).for_each(|x| block(0, drawn.rows(x, y), bits));
            }
        } else {
            for y in (0..high).step_by(2) {
                for x in (0..wide).step_by(2) {
                    [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)].iter().for_each(|(x, y)| block(0, drawn.rows(*x, *y), bits));
                    let red = drawn.sealed(x, y);
                    block(1, [if red { -30 } else { 0 }; 8], bits);
                    block(2, [if red { 90 } else { 0 }; 8], bits);
                }
            }
        }
        bits.flush();
    }
}

/// The card of a label.
pub fn jpeg(label: &str) -> Vec<u8> {
    Picture::card(label).jpeg()
}

/// Blocks that a character is wide and high, and that a line of characters takes.
const GLYPH: usize = 3;
const LINE: usize = 8;
/// As in printing types, strokes that stand are the thick ones.
const STANDING: [[bool; GLYPH * GLYPH]; 4] = [
    [true, false, false, true, false, false, false, false, false],
    [false, true, false, false, true, false, false, false, false],
    [false, false, true, false, false, true, false, false, false],
    [true, false, true, true, false, true, false, false, false],
];
/// The sides of blocks cannot slope, so only strokes that lie show how far a page is skewed.
const LYING: [[bool; GLYPH * GLYPH]; 4] = [
    [true, true, true, false, false, false, true, true, true],
    [true, true, false, false, false, false, true, true, true],
    [true, true, true, false, false, false, false, true, true],
    [false, true, true, false, false, false, true, true, false],
];

/// What is on a picture, in blocks across and pixels down.
struct Drawn {
    dark: Vec<bool>,
    wide: usize,
    high: usize,
    /// Middle and radius of the seal.
    seal: (i64, i64, i64),
    blank: bool,
}

impl Drawn {
    fn new(picture: &Picture<'_>) -> Self {
        let (wide, high) = (usize::from(picture.width).div_ceil(8), usize::from(picture.height).div_ceil(8));
        let mut drawn = Self { dark: vec![false; wide * high * 8], wide, high, seal: (0, 0, 0), blank: picture.blank };
        let side = |n: usize| i64::try_from(n).unwrap_or(0);
        drawn.seal = (side(wide * 7 / 10), side(high * 7 / 10), side(wide.min(high) / 8));
        if picture.blank {
            return drawn;
        }
        let mut dice = Dice(picture.label.bytes().fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01B3)));
        // Tangents of whole degrees in thousandths; beyond 15 no paper lies on a scanner.
        let slope = i64::from(picture.skew_deg.clamp(-15, 15)) * 1000 * 355 / 113 / 180;
        let margin = wide / 10 + 1;
        for top in (high / 10..high.saturating_sub(high / 10 + GLYPH)).step_by(LINE) {
            let full = wide.saturating_sub(2 * margin);
            let length = if dice.roll().is_multiple_of(4) { full / 2 } else { full };
            // Each line begins somewhere else, so that no strokes stand in columns.
            let indent = usize::try_from(dice.roll() % 4).unwrap_or(0);
            for left in (margin + indent..margin + length).step_by(GLYPH + 1) {
                let strokes = if picture.skew_deg == 0 { dice.pick(&STANDING) } else { dice.pick(&LYING) };
                for (at, _) in strokes.iter().enumerate().filter(|(_, inked)| **inked) {
                    let x = left + at % GLYPH;
                    let y = side(top + at / GLYPH) * 8 + (side(x) - side(wide / 2)) * 8 * slope / 1000;
                    (y..y + 8).for_each(|y| drawn.ink(x, y));
                }
            }
        }
        drawn
    }

    fn ink(&mut self, x: usize, y: i64) {
        if let Some(y) = usize::try_from(y).ok().filter(|y| *y < self.high * 8 && x < self.wide) {
            self.dark[y * self.wide + x] = true;
        }
    }

    fn sealed(&self, x: usize, y: usize) -> bool {
        let (mx, my, radius) = self.seal;
        let (dx, dy) = (i64::try_from(x).unwrap_or(0) - mx, i64::try_from(y).unwrap_or(0) - my);
        let distance = dx * dx + dy * dy;
        // A ring with a point in its middle.
        let ring = distance <= radius * radius && distance * 16 >= radius * radius * 9;
        !self.blank && (ring || distance * 16 <= radius * radius)
    }

    /// The rows of a block, from -128, black, to 127.
    fn rows(&self, x: usize, y: usize) -> [i32; 8] {
        let paper = if self.sealed(x, y) { -20 } else { 120 };
        let dark = |row: usize| x < self.wide && self.dark.get((y * 8 + row) * self.wide + x).is_some_and(|d| *d);
        [0, 1, 2, 3, 4, 5, 6, 7].map(|row| if dark(row) { -88 } else { paper })
    }
}

/// Numbers that follow from a label (SplitMix64).
struct Dice(u64);

impl Dice {
    const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let n = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let n = (n ^ n >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        n ^ n >> 31
    }

    fn pick<T: Copy>(&mut self, all: &[T; 4]) -> T {
        all[usize::try_from(self.roll() % 4).unwrap_or(0)]
    }
}

/// The bits of a scan.
struct Bits<'a> {
    out: &'a mut Vec<u8>,
    held: u32,
    count: u32,
}

impl Bits<'_> {
    fn put(&mut self, bits: u32, count: u32) {
        self.held = self.held << count | bits;
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = u8::try_from(self.held >> self.count & 0xFF).unwrap_or(0);
            self.out.push(byte);
            // In a scan FF would begin a marker.
            if byte == 0xFF {
                self.out.push(0);
            }
        }
        self.held &= (1 << self.count) - 1;
    }

    /// A block of eight rows, whose mean differs so much from that of the block before.
    fn block(&mut self, difference: i32, rows: [i32; 8]) {
        let size = bits(difference);
        let (code, length) = match size {
            0 => (0, 1),
            1..=7 => (0b1000 + size - 1, 4),
            _ => (0b11110, 5),
        };
        self.put(code, length);
        self.value(difference);
        // The four lowest waves from top to bottom, at their places in the zigzag.
        let mut next = 1;
        for (wave, place) in [(1, 2), (2, 3), (3, 9), (4, 10)] {
            let sum: i32 = (0..8).zip(rows).map(|(row, value)| value * COSINES[(2 * row + 1) * wave % 32]).sum();
            // Times the root of two, over the table's 8.
            let value = sum / 1024 * 181 / 1024;
            if value != 0 {
                self.put(128 + (place - next) * 8 + bits(value) - 1, 8);
                self.value(value);
                next = place + 1;
            }
        }
        self.put(0, 1);
    }

    /// The bits of a number; a negative one is written as what it lacks of the largest.
    fn value(&mut self, value: i32) {
        let size = bits(value);
        if size > 0 {
            let value = if value < 0 { value - 1 } else { value };
            self.put(value.cast_unsigned() & ((1 << size) - 1), size);
        }
    }

    fn flush(&mut self) {
        if self.count > 0 {
            let rest = 8 - self.count;
            self.put((1 << rest) - 1, rest);
        }
    }
}

/// How many bits a number has.
const fn bits(value: i32) -> u32 {
    32 - value.unsigned_abs().leading_zeros()
}

/// Cosines of sixteenths of a half turn, in 1024ths.
const COSINES: [i32; 32] = [
    1024, 1004, 946, 851, 724, 569, 392, 200, 0, -200, -392, -569, -724, -851, -946, -1004, -1024, -1004, -946, -851, -724, -569, -392,
    -200, 0, 200, 392, 569, 724, 851, 946, 1004,
];

fn segment(out: &mut Vec<u8>, marker: u8, data: &[u8]) {
    out.extend([0xFF, marker]);
    out.extend(u16::try_from(data.len() + 2).unwrap_or(u16::MAX).to_be_bytes());
    out.extend(data);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_follow_each_other_up_to_the_scan() {
        let bytes = jpeg("虚构示例 东岭援民〔2024〕1号 身份证明");
        assert_ne!(bytes, jpeg("虚构示例 东岭援民〔2024〕2号 身份证明"));
        let (mut at, mut markers) = (2, Vec::new());
        while bytes[at + 1] != 0xDA {
            assert_eq!(bytes[at], 0xFF);
            markers.push(bytes[at + 1]);
            at += 2 + usize::from(u16::from_be_bytes([bytes[at + 2], bytes[at + 3]]));
        }
        // JFIF, comment, then tables and one baseline frame.
        assert_eq!(markers[..2], [0xE0, 0xFE]);
        assert!(markers.contains(&0xC0) && !markers.contains(&0xC2));
        assert!(bytes.ends_with(&[0xFF, 0xD9]));
        assert!(bytes.len() < 8_000, "{}", bytes.len());
    }
}
