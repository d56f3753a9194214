//! The lines of one part of a Word document: a paragraph is a line, cells of a row are parted by tabs. Must not know pages.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::inspect::parts::{attribute, entity};
use crate::model::inside::{Limit, What};

/// What a part gives.
#[derive(Debug, Default)]
pub struct Part {
    /// Lines in reading order.
    pub lines: Vec<String>,
    /// Whether there is a picture or a drawing that holds no text.
    pub marks: bool,
    /// Width and height of the paper in tenths of a millimetre.
    pub paper: Option<[u32; 2]>,
    /// Why it ends early.
    pub trouble: Option<What>,
}

/// Paragraphs one after another: of the body, of a cell, of a text box.
#[derive(Debug, Default)]
struct Flow {
    lines: Vec<String>,
    line: String,
    /// Lines of text boxes that hang on the paragraph.
    boxed: Vec<String>,
    /// Cells of the row that is being read; a table in a cell has its own.
    rows: Vec<Vec<Vec<String>>>,
}

/// Characters up to which a cell is one piece though it has several paragraphs: 身份 / 证号.
const SHORT: usize = 40;

struct Reading {
    flows: Vec<Flow>,
    /// Depth of what is not text: deleted, moved away, a second version for older programs, a prompt to type.
    hidden: u32,
    /// Inside a run, and whether it is hidden.
    run: Option<bool>,
    /// Inside `w:t`.
    text: bool,
    /// For each content control whether it shows a prompt.
    controls: Vec<bool>,
    /// For each drawing or picture whether text was seen in it.
    drawings: Vec<bool>,
    part: Part,
}

/// Reads a part.
pub fn read(xml: &str, depth: u32) -> Part {
    let mut reader = Reader::from_str(xml);
    let mut now = Reading {
        flows: vec![Flow::default()],
        hidden: 0,
        run: None,
        text: false,
        controls: Vec::new(),
        drawings: Vec::new(),
        part: Part::default(),
    };
    let mut closed = false;
    loop {
        if now.flows.len() > depth as usize {
            now.part.trouble = Some(What::Limit(Limit::Depth, now.flows.len() as u64, u64::from(depth)));
            break;
        }
        match reader.read_event() {
            Ok(Event::Start(tag)) => now.open(&tag, false),
            Ok(Event::Empty(tag)) => now.open(&tag, true),
            Ok(Event::End(tag)) => {
                closed |= matches!(tag.local_name().as_ref(), "document" | "hdr" | "ftr");
                now.close(tag.local_name().as_ref());
            }
            Ok(Event::Text(text)) => now.put(&text),
            Ok(Event::CData(text)) => now.put(&text),
            Ok(Event::GeneralRef(name)) => {
                let mut text = String::new();
                entity(&name, &mut text);
                now.put(&text);
            }
            Ok(Event::Eof) => {
                now.part.trouble = (!closed).then_some(What::Damaged);
                break;
            }
            Ok(_) => {}
            Err(_) => {
                now.part.trouble = Some(What::Damaged);
                break;
            }
        }
    }
    now.finish()
}

impl Reading {
    fn top(&mut self) -> Option<&mut Flow> {
        self.flows.last_mut()
    }

    fn put(&mut self, text: &str) {
        if self.text {
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        if self.hidden == 0
            && self.run != Some(true)
            && let Some(flow) = self.flows.last_mut()
        {
            flow.line.push_str(text);
        }
    }

    fn open(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let on = |tag: &BytesStart<'_>| !attribute(tag, "val").is_some_and(|v| matches!(v.as_str(), "0" | "false" | "off"));
        let name = tag.local_name();
        let name = name.as_ref();
        match name {
            "del" | "moveFrom" | "Fallback" if !empty => self.hidden += 1,
            "sdt" if !empty => self.controls.push(false),
            "showingPlcHdr" if on(tag) => self.controls.last_mut().into_iter().for_each(|c| *c = true),
            "sdtContent" if !empty && self.controls.last() == Some(&true) => self.hidden += 1,
            "r" if !empty => self.run = Some(false),
            "vanish" | "webHidden" if self.run.is_some() && on(tag) => self.run = Some(true),
            "t" if !empty && self.run.is_some() => self.text = true,
            // Elsewhere a tab is where the next stop is.
            "tab" | "ptab" if self.run.is_some() => self.write("\t"),
            "br" | "cr" if self.run.is_some() => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "sym" => self.symbol(tag),
            "pgSz" => self.paper(tag),
            "drawing" | "pict" | "object" if self.hidden == 0 => {
                if empty {
                    self.part.marks = true;
                } else {
                    self.drawings.push(false);
                }
            }
            "txbxContent" if !empty => {
                self.drawings.iter_mut().for_each(|d| *d = true);
                self.flows.push(Flow::default());
                self.run = None;
            }
            "tr" if !empty => self.top().into_iter().for_each(|f| f.rows.push(Vec::new())),
            "tc" if !empty => self.flows.push(Flow::default()),
            "p" if empty => self.end_line(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "del" | "moveFrom" | "Fallback" => self.hidden = self.hidden.saturating_sub(1),
            "sdt" => drop(self.controls.pop()),
            "sdtContent" if self.controls.last() == Some(&true) => self.hidden = self.hidden.saturating_sub(1),
            "r" => self.run = None,
            "t" => self.text = false,
            "drawing" | "pict" | "object" if self.hidden == 0 => {
                let written = self.drawings.pop();
                self.part.marks |= written == Some(false);
            }
            "p" => self.end_line(),
            "txbxContent" => {
                // The drawing stands in a run.
                self.run = Some(false);
                if let Some(lines) = self.leave() {
                    self.top().into_iter().for_each(|f| f.boxed.extend(lines.iter().cloned()));
                }
            }
            "tc" => {
                let Some(lines) = self.leave() else { return };
                if let Some(row) = self.top().and_then(|f| f.rows.last_mut()) {
                    row.push(lines);
                }
            }
            "tr" => {
                if let Some(flow) = self.top()
                    && let Some(cells) = flow.rows.pop()
                {
                    flow.lines.extend(row(cells));
                }
            }
            _ => {}
        }
    }

    fn end_line(&mut self) {
        if self.hidden == 0
            && let Some(flow) = self.top()
        {
            let line = std::mem::take(&mut flow.line);
            flow.lines.push(line);
            flow.lines.append(&mut flow.boxed);
        }
    }

    /// Ends a cell or a text box; the body stays.
    fn leave(&mut self) -> Option<Vec<String>> {
        if self.flows.len() < 2 {
            return None;
        }
        self.flows.pop().map(ended)
    }

    /// Boxes that were ticked or not, as Word writes them with a font of signs.
    fn symbol(&mut self, tag: &BytesStart<'_>) {
        let sign = attribute(tag, "char").map(|c| c.to_ascii_uppercase());
        match sign.as_deref().map(|c| c.trim_start_matches("F0")) {
            Some("FE" | "52" | "FC" | "53") => self.write("☑"),
            Some("A8" | "6F" | "A3" | "71") => self.write("□"),
            _ => {}
        }
    }

    /// The paper of the last section, in twentieths of a point.
    fn paper(&mut self, tag: &BytesStart<'_>) {
        let side = |name| {
            attribute(tag, name).and_then(|v| v.parse::<u32>().ok()).filter(|v| (1..=1 << 20).contains(v)).map(|v| (v * 254 + 720) / 1440)
        };
        self.part.paper = side("w").zip(side("h")).map(|(w, h)| [w, h]);
    }

    fn finish(mut self) -> Part {
        while self.flows.len() > 1 {
            if let Some(lines) = self.leave() {
                self.top().into_iter().for_each(|f| f.boxed.extend(lines.iter().cloned()));
            }
        }
        self.part.lines = self.flows.pop().map(ended).unwrap_or_default();
        self.part
    }
}

fn ended(mut flow: Flow) -> Vec<String> {
    while let Some(cells) = flow.rows.pop() {
        flow.lines.extend(row(cells));
    }
    if !flow.line.is_empty() {
        flow.lines.push(flow.line);
    }
    flow.lines.append(&mut flow.boxed);
    flow.lines
}

/// The lines of a row: its cells parted by tabs; a long cell goes on on lines of its own.
fn row(cells: Vec<Vec<String>>) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for (i, cell) in cells.into_iter().enumerate() {
        if i > 0 {
            line.push('\t');
        }
        let size: usize = cell.iter().map(|l| l.chars().count()).sum();
        if size <= SHORT {
            let filled: Vec<&str> = cell.iter().map(String::as_str).filter(|l| !l.trim().is_empty()).collect();
            line.push_str(&filled.join(" "));
            continue;
        }
        let mut paragraphs = cell.into_iter().filter(|l| !l.trim().is_empty()).peekable();
        while let Some(paragraph) = paragraphs.next() {
            line.push_str(&paragraph);
            if paragraphs.peek().is_some() {
                lines.push(std::mem::take(&mut line));
            }
        }
    }
    lines.push(line);
    lines
}
