//! A similarity hash of a text: SimHash of 64 bits (Charikar 2002) over runs of four characters. Texts that say nearly the same have
//! hashes that differ in few bits. Must not keep the text.
//!
//! Only Chinese characters and letters count, for digits and signs are what changes between copies, and the names and numbers of the
//! case are taken out, for they are the same in all its papers. Each run is hashed by FNV-1a of 64 bits over its UTF-8 bytes with the
//! last step of MurmurHash3 behind it, which spreads a change over all bits; both are fixed for good.

use std::collections::VecDeque;

use super::spelling::is_han;

/// Characters of a run.
const RUN: usize = 4;
/// A text with fewer characters says too little.
const LEAST: u64 = 150;

/// A hash in the making.
#[derive(Debug)]
pub struct Sketch {
    weights: [i64; 64],
    run: VecDeque<char>,
    chars: u64,
}

impl Default for Sketch {
    fn default() -> Self {
        Self { weights: [0; 64], run: VecDeque::with_capacity(RUN), chars: 0 }
    }
}

impl Sketch {
    /// Takes text in plain spelling.
    pub fn take(&mut self, text: &str) {
        for c in text.chars().filter(|c| is_han(*c) || c.is_alphabetic()) {
            self.chars += 1;
            if self.run.len() == RUN {
                self.run.pop_front();
            }
            self.run.push_back(c);
            if self.run.len() == RUN {
                let hash = hash(self.run.iter());
                for (bit, weight) in self.weights.iter_mut().enumerate() {
                    *weight += if hash >> bit & 1 == 1 { 1 } else { -1 };
                }
            }
        }
    }

    /// The hash; `None` when there was too little text.
    pub fn hash(&self) -> Option<u64> {
        let bit = |all: u64, (i, w): (usize, &i64)| all | u64::from(*w > 0) << i;
        (self.chars >= LEAST).then(|| self.weights.iter().enumerate().fold(0, bit))
    }
}

fn hash<'a>(run: impl Iterator<Item = &'a char>) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64;
    let mut bytes = [0_u8; 4];
    for c in run {
        for byte in c.encode_utf8(&mut bytes).bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3);
        }
    }
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xFF51_AFD7_ED55_8CCD);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    hash ^ hash >> 33
}
