//! Whether a picture has colour: a seal, a signature in blue, a photograph. Must not take yellowed paper, a cast of the scanner or the noise
//! of JPEG for colour.

/// Cells are this many pixels wide and high: fringes beside black strokes, one colour on each side, even out within one.
const CELL: usize = 4;
/// How far from the line between black and the paper a cell must be, in steps of Cb and Cr.
const FAR: i32 = 12;
/// One cell in so many must be coloured.
const SHARE: usize = 3000;

/// Gathers the colour of a picture, row by row.
#[derive(Debug)]
pub(super) struct Tint {
    /// Sums of red, green and blue, and of how many pixels, of the cells of this line.
    sums: Vec<[i32; 4]>,
    rows: usize,
    /// The mean blue and red difference of each cell.
    cells: Vec<[i32; 2]>,
}

impl Tint {
    /// For rows of so many pixels.
    pub(super) fn new(across: usize) -> Self {
        Self { sums: vec![[0; 4]; across.div_ceil(CELL)], rows: 0, cells: Vec::new() }
    }

    /// Takes the next row.
    pub(super) fn row(&mut self, rgb: &[[u8; 3]]) {
        for (sum, cell) in self.sums.iter_mut().zip(rgb.chunks(CELL)) {
            for [r, g, b] in cell {
                sum[0] += i32::from(*r);
                sum[1] += i32::from(*g);
                sum[2] += i32::from(*b);
            }
            sum[3] += i32::try_from(cell.len()).unwrap_or(0);
        }
        self.rows += 1;
        if self.rows == CELL {
            self.line();
        }
    }

    fn line(&mut self) {
        self.rows = 0;
        self.cells.extend(self.sums.iter().map(|[r, g, b, n]| {
            let n = (*n).max(1) * 256;
            [(-43 * r - 85 * g + 128 * b) / n, (128 * r - 107 * g - 21 * b) / n]
        }));
        self.sums.fill([0; 4]);
    }

    /// Whether there was colour anywhere.
    pub(super) fn coloured(&mut self) -> bool {
        if self.rows > 0 {
            self.line();
        }
        let paper = paper(&self.cells);
        let count = self.cells.iter().filter(|c| off(**c, paper) > FAR * FAR).count();
        count > 0 && count >= self.cells.len() / SHARE
    }
}

/// The colour of the paper: the middle of all cells.
fn paper(cells: &[[i32; 2]]) -> [i32; 2] {
    let middle = |which: usize| {
        let mut counts = [0_usize; 257];
        cells.iter().for_each(|c| counts[usize::try_from(c[which] + 128).unwrap_or(0).min(256)] += 1);
        let mut seen = 0;
        let found = counts.iter().position(|n| {
            seen += n;
            seen * 2 >= cells.len()
        });
        i32::try_from(found.unwrap_or(128)).unwrap_or(128) - 128
    };
    [middle(0), middle(1)]
}

/// The squared distance of a cell from the line between no colour (black ink) and the colour of the paper.
fn off([blue, red]: [i32; 2], [pb, pr]: [i32; 2]) -> i32 {
    let length = pb * pb + pr * pr;
    if length == 0 {
        return blue * blue + red * red;
    }
    // The nearest point of the line, in 256ths of its length, a little beyond both ends.
    let along = ((blue * pb + red * pr) * 256 / length).clamp(-64, 320);
    let (db, dr) = (blue - pb * along / 256, red - pr * along / 256);
    db * db + dr * dr
}
