//! Which phrases a text has, and on which page first; a phrase may go on on the next line. Must not find one across two pages.

use super::spelling::tight;

/// Text is searched in pieces of so many bytes.
const PIECE: usize = 64 << 10;

/// A search for phrases.
#[derive(Debug, Default)]
pub struct Said {
    wanted: Vec<String>,
    found: Vec<Option<u32>>,
    text: String,
    longest: usize,
}

impl Said {
    /// For these, in their order.
    pub fn new(phrases: &[String]) -> Self {
        let wanted: Vec<String> = phrases.iter().map(|p| tight(p)).collect();
        let longest = wanted.iter().map(String::len).max().unwrap_or(0);
        Self { found: vec![None; wanted.len()], wanted, text: String::new(), longest }
    }

    /// Takes a line in plain spelling without blanks.
    pub fn take(&mut self, line: &str, page: u32) {
        if self.longest == 0 {
            return;
        }
        self.text.push_str(line);
        if self.text.len() > PIECE + self.longest {
            self.search(page);
            let mut keep = self.text.len() - self.longest;
            while !self.text.is_char_boundary(keep) {
                keep -= 1;
            }
            self.text.drain(..keep);
        }
    }

    /// The page is at its end.
    pub fn end_of_page(&mut self, page: u32) {
        self.search(page);
        self.text.clear();
    }

    fn search(&mut self, page: u32) {
        for (phrase, found) in self.wanted.iter().zip(&mut self.found) {
            if found.is_none() && !phrase.is_empty() && memchr::memmem::find(self.text.as_bytes(), phrase.as_bytes()).is_some() {
                *found = Some(page);
            }
        }
    }

    /// Those of the phrases that it was made for that were found, in their order, each with its first page.
    pub fn finish(self, phrases: &[String]) -> Vec<(String, u32)> {
        phrases.iter().zip(self.found).filter_map(|(phrase, page)| Some((phrase.clone(), page?))).collect()
    }
}
