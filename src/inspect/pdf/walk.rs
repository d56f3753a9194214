//! Walks what draws a page: characters, pictures, and whether anything else is drawn. Must not paint.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, Stream};
use hayro_syntax::page::Resources;

use super::font::Font;
use super::lines::Glyph;
use super::matrix::{Matrix, sane};

/// What one page, and one file, may cost.
#[derive(Debug)]
pub struct Budget {
    /// Steps that are left for the whole file.
    pub steps: u64,
    /// Forms within forms.
    pub depth: u32,
}

/// Fonts of a file by their object.
pub type Fonts = BTreeMap<(u32, i32), Rc<Font>>;

/// Takes a picture as it comes: itself, where names of colour spaces are looked up, and how the unit square is drawn.
pub type See<'s> = &'s mut dyn FnMut(&Stream<'_>, &Dict<'_>, Matrix);

/// What was drawn.
#[derive(Debug, Default)]
pub struct Drawn {
    /// Characters.
    pub glyphs: Vec<Glyph>,
    /// A curve was painted.
    pub curves: bool,
    /// Anything but text and pictures was painted that is not white.
    pub painted: bool,
    /// The budget ran out.
    pub stopped: bool,
    /// A picture or form that the page names is not in the file.
    pub lost: bool,
}

/// The most characters of a page.
const GLYPHS: usize = 1 << 20;

/// The most states that are kept at once.
const STATES: usize = 512;

#[derive(Debug, Clone)]
struct State {
    page: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    spaced: f64,
    words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    white_fill: bool,
    white_line: bool,
}

impl State {
    const fn new(page: Matrix) -> Self {
        Self {
            page,
            font: None,
            size: 0.0,
            spaced: 0.0,
            words: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            white_fill: false,
            white_line: false,
        }
    }
}

/// Walks a page.
pub struct Walk<'b> {
    budget: &'b mut Budget,
    fonts: &'b mut Fonts,
    see: See<'b>,
    drawn: Drawn,
}

impl<'b> Walk<'b> {
    /// Gives what content draws.
    pub fn page<'a>(
        content: &[u8],
        resources: &Resources<'a>,
        start: Matrix,
        budget: &'b mut Budget,
        fonts: &'b mut Fonts,
        see: See<'b>,
    ) -> Drawn {
        let mut walk = Self { budget, fonts, see, drawn: Drawn::default() };
        walk.run(content, resources, State::new(start), 0);
        walk.drawn
    }

    /// Gives what a form draws that stands by itself, as annotations do.
    pub fn alone(stream: &Stream<'_>, start: Matrix, budget: &'b mut Budget, fonts: &'b mut Fonts, see: See<'b>) -> Drawn {
        let mut walk = Self { budget, fonts, see, drawn: Drawn::default() };
        walk.form(stream, None, State::new(start), 0);
        walk.drawn
    }

    fn run<'a>(&mut self, content: &[u8], resources: &Resources<'a>, mut state: State, depth: u32) {
        let mut kept: Vec<State> = Vec::new();
        let (mut text, mut line) = (Matrix::SAME, Matrix::SAME);
        let mut curved = false;
        let mut operands: Vec<Object<'_>> = Vec::new();
        let mut steps = UntypedIter::new(content);
        while let Some(step) = steps.next() {
            if self.budget.steps == 0 {
                self.drawn.stopped = true;
                return;
            }
            self.budget.steps -= 1;
            operands.clear();
            operands.extend(step.operands().cloned());
            let n = |i: usize| operands.get(i).and_then(number).unwrap_or(0.0);
            match &**step.operator {
                b"q" if kept.len() < STATES => kept.push(state.clone()),
                b"Q" => state = kept.pop().unwrap_or(state),
                b"cm" => state.page = matrix(&operands).then(state.page),
                b"BT" => (text, line) = (Matrix::SAME, Matrix::SAME),
                b"Tf" => {
                    state.size = n(1);
                    if let Some(Object::Name(name)) = operands.first() {
                        state.font = self.font(resources, name);
                    }
                }
                b"Tc" => state.spaced = n(0),
                b"Tw" => state.words = n(0),
                b"Tz" => state.stretch = n(0) / 100.0,
                b"TL" => state.leading = n(0),
                b"Ts" => state.rise = n(0),
                b"Td" | b"TD" => {
                    if **step.operator == *b"TD" {
                        state.leading = -n(1);
                    }
                    line = line.moved(n(0), n(1));
                    text = line;
                }
                b"Tm" => {
                    line = matrix(&operands);
                    text = line;
                }
                b"T*" => {
                    line = line.moved(0.0, -state.leading);
                    text = line;
                }
                b"Tj" => self.show(operands.first(), &mut text, &state),
                b"TJ" => {
                    if let Some(Object::Array(items)) = operands.first() {
                        self.show_all(items, &mut text, &state);
                    }
                }
                b"'" | b"\"" => {
                    if **step.operator == *b"\"" {
                        (state.words, state.spaced) = (n(0), n(1));
                    }
                    line = line.moved(0.0, -state.leading);
                    text = line;
                    self.show(operands.last(), &mut text, &state);
                }
                b"c" | b"v" | b"y" => curved = true,
                b"f" | b"F" | b"f*" => self.paint(&mut curved, state.white_fill),
                b"S" | b"s" => self.paint(&mut curved, state.white_line),
                b"B" | b"B*" | b"b" | b"b*" => self.paint(&mut curved, state.white_fill && state.white_line),
                b"n" => curved = false,
                b"sh" => self.drawn.painted = true,
                b"g" | b"rg" => state.white_fill = operands.iter().all(|o| number(o).is_some_and(|n| n >= 1.0)),
                b"k" => state.white_fill = operands.iter().all(|o| number(o).is_some_and(|n| n <= 0.0)),
                b"sc" | b"scn" | b"cs" => state.white_fill = false,
                b"G" | b"RG" => state.white_line = operands.iter().all(|o| number(o).is_some_and(|n| n >= 1.0)),
                b"K" => state.white_line = operands.iter().all(|o| number(o).is_some_and(|n| n <= 0.0)),
                b"SC" | b"SCN" | b"CS" => state.white_line = false,
                b"BI" => {
                    if let Some(Object::Stream(stream)) = operands.last() {
                        (self.see)(stream, &resources.color_spaces, state.page);
                    }
                }
                b"Do" => {
                    if let Some(Object::Name(name)) = operands.first() {
                        match resources.get_x_object(name) {
                            Some(stream) => self.draw(stream, resources, &state, depth),
                            None => self.drawn.lost |= resources.x_objects.contains_key(name.as_ref()),
                        }
                    }
                }
                _ => {}
            }
        }
    }

    fn paint(&mut self, curved: &mut bool, white: bool) {
        if !white {
            self.drawn.painted = true;
            self.drawn.curves |= *curved;
        }
        *curved = false;
    }

    /// A picture, or a form: content with names of its own.
    fn draw<'a>(&mut self, stream: Stream<'a>, resources: &Resources<'a>, state: &State, depth: u32) {
        let kind = stream.dict().get::<Name<'_>>("Subtype");
        if kind.as_deref() == Some(b"Image") {
            (self.see)(&stream, &resources.color_spaces, state.page);
        } else if kind.as_deref() == Some(b"Form") {
            self.form(&stream, Some(resources), state.clone(), depth);
        }
    }

    fn form<'a>(&mut self, stream: &Stream<'a>, above: Option<&Resources<'a>>, mut state: State, depth: u32) {
        if depth >= self.budget.depth {
            self.drawn.stopped = true;
            return;
        }
        let dict = stream.dict();
        if let Some(place) = dict.get::<Array<'_>>("Matrix") {
            let numbers: Vec<Object<'_>> = place.iter::<Object<'_>>().take(6).collect();
            state.page = matrix(&numbers).then(state.page);
        }
        let Ok(content) = stream.decoded_data() else { return };
        // Unpacking costs as well, so that a form drawn ten thousand times runs out.
        self.budget.steps = self.budget.steps.saturating_sub(content.len() as u64 / 32 + 16);
        match dict.get::<Dict<'_>>("Resources") {
            Some(own) => self.run(&content, &Resources::new(own), state, depth + 1),
            None => {
                let empty = Resources::new(Dict::empty());
                self.run(&content, above.unwrap_or(&empty), state, depth + 1);
            }
        }
    }

    fn font(&mut self, resources: &Resources<'_>, name: &Name<'_>) -> Option<Rc<Font>> {
        let id = resources.fonts.get_ref(name.as_ref()).map(|r| (r.obj_number, r.gen_number));
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Some(Rc::clone(known));
        }
        self.budget.steps = self.budget.steps.saturating_sub(1000);
        let font = Rc::new(Font::new(&resources.get_font(name)?));
        // A font without a number of its own belongs to one page, and gets none that a file can have.
        let id = id.unwrap_or_else(|| (u32::MAX, i32::try_from(self.fonts.len()).unwrap_or(i32::MAX)));
        self.fonts.insert(id, Rc::clone(&font));
        Some(font)
    }

    fn show_all(&mut self, items: &Array<'_>, text: &mut Matrix, state: &State) {
        let vertical = state.font.as_ref().is_some_and(|f| f.vertical);
        for item in items.iter::<Object<'_>>() {
            if let Some(back) = number(&item) {
                let by = -back / 1000.0 * state.size;
                *text = if vertical { text.moved(0.0, by) } else { text.moved(by * state.stretch, 0.0) };
            } else {
                self.show(Some(&item), text, state);
            }
        }
    }

    fn show(&mut self, what: Option<&Object<'_>>, text: &mut Matrix, state: &State) {
        let (Some(Object::String(bytes)), Some(font)) = (what, &state.font) else { return };
        let drawn = &mut self.drawn;
        let steps = &mut self.budget.steps;
        font.read(bytes.as_bytes(), |chars, code| {
            if drawn.glyphs.len() >= GLYPHS || *steps == 0 {
                drawn.stopped = true;
                return;
            }
            *steps -= 1;
            let spaced = state.spaced + if code.is_space { state.words } else { 0.0 };
            let whole = Matrix([state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]).then(*text).then(state.page);
            // Glyphs of vertical fonts fill a square; one goes down by its size.
            let along = if font.vertical { state.size + spaced } else { (code.advance * state.size + spaced) * state.stretch };
            let next = if font.vertical { text.moved(0.0, -along) } else { text.moved(along, 0.0) };
            place(drawn, chars, whole, font.vertical, code.advance);
            *text = next;
        });
    }
}

/// Puts characters where they stand.
fn place(drawn: &mut Drawn, chars: &[char], whole: Matrix, vertical: bool, advance: f64) {
    let (ax, ay) = if vertical { (-whole.0[2], -whole.0[3]) } else { (whole.0[0], whole.0[1]) };
    let (x, y) = whole.point(0.0, 0.0);
    let (x, y, size) = (sane(x), sane(y), sane(whole.up()));
    // The nearest of four ways in which the line runs.
    let way = match () {
        () if ax >= ay.abs() => 0,
        () if ay >= ax.abs() => 1,
        () if -ax >= ay.abs() => 2,
        () => 3,
    };
    let (x, y) = match way {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    };
    let step = if vertical { size } else { sane(advance.abs() * ax.hypot(ay)) };
    let share = step / chars.len().max(1) as f64;
    for (i, char) in chars.iter().enumerate() {
        drawn.glyphs.push(Glyph { char: *char, way, x: x + share * i as f64, y, advance: share, size });
    }
}

fn number(object: &Object<'_>) -> Option<f64> {
    match object {
        Object::Number(n) => Some(sane(Number::as_f64(n))),
        _ => None,
    }
}

fn matrix(operands: &[Object<'_>]) -> Matrix {
    let mut all = [0.0; 6];
    for (to, from) in all.iter_mut().zip(operands) {
        *to = number(from).unwrap_or(0.0);
    }
    if operands.len() < 6 { Matrix::SAME } else { Matrix(all) }
}
