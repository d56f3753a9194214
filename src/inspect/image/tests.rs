//! What is blank and what has colour, on pages drawn here: shadows, holes, dust, pencil, seals. Must not read files; those made by other
//! programs stand in `tests/it/pictures.rs`.

use super::looks::looks;
use super::plane::Shrink;
use crate::inspect::Plane;

/// A page of A4 at about 75 dpi, with the noise of a scanner.
struct Sheet {
    plane: Plane,
    dice: u32,
}

impl Sheet {
    fn new(paper: u8, noise: u32) -> Self {
        let mut sheet = Self { plane: Plane { width: 620, height: 877, pixels: Vec::new(), coloured: false, reduced: 4 }, dice: 7 };
        for _ in 0..620 * 877 {
            let sum = u8::try_from((0..4).map(|_| sheet.roll(noise + 1)).sum::<u32>() / 2).unwrap_or(0);
            sheet.plane.pixels.push(paper.saturating_sub(sum));
        }
        sheet
    }

    fn roll(&mut self, sides: u32) -> u32 {
        self.dice = self.dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.dice >> 16) % sides
    }

    /// Fills where a rule says so.
    fn fill(mut self, grey: u8, inside: impl Fn(i32, i32) -> bool) -> Self {
        for (at, pixel) in self.plane.pixels.iter_mut().enumerate() {
            let at = i32::try_from(at).unwrap_or(0);
            if inside(at % 620, at / 620) {
                *pixel = grey;
            }
        }
        self
    }

    fn blank(&self) -> bool {
        looks(&self.plane).1
    }
}

fn disc(x: i32, y: i32, (mx, my): (i32, i32), radius: i32) -> bool {
    (x - mx).pow(2) + (y - my).pow(2) <= radius * radius
}

#[test]
fn what_scanning_leaves_is_blank() {
    assert!(Sheet::new(255, 0).blank());
    assert!(Sheet::new(246, 10).blank());
    // Recycled paper, evenly grey.
    assert!(Sheet::new(205, 8).blank());
    // Two punch holes of 6 mm, 12 mm from the left edge.
    let holes = |x, y| disc(x, y, (35, 320), 9) || disc(x, y, (35, 556), 9);
    assert!(Sheet::new(250, 6).fill(60, holes).blank());
    // Shadows of the lid along two edges.
    assert!(Sheet::new(250, 6).fill(30, |x, y| x < 12 || y > 868).blank());
    // The other side shines through: lines of grey that is 20 darker.
    assert!(Sheet::new(250, 4).fill(230, |x, y| y % 20 < 8 && x % 12 < 9 && (60..560).contains(&x)).blank());
    // Dust.
    assert!(Sheet::new(250, 6).fill(90, |x, y| x % 101 == 50 && y % 97 == 40).blank());
    // Paper that grows darker to one side.
    let mut sheet = Sheet::new(250, 4);
    sheet.plane.pixels.iter_mut().enumerate().for_each(|(at, p)| *p -= u8::try_from(at % 620 / 12).unwrap_or(0));
    assert!(sheet.blank());
}

#[test]
fn the_least_of_writing_is_not_blank() {
    // A page number in pencil: two digits of 3 mm, strokes of half a millimetre, 60 darker than the paper.
    let digits = |x: i32, y: i32| (840..849).contains(&y) && ((300..302).contains(&x) || (308..310).contains(&x));
    assert!(!Sheet::new(250, 6).fill(190, digits).blank());
    // A line to sign on.
    assert!(!Sheet::new(250, 6).fill(120, |x, y| y == 600 && (350..520).contains(&x)).blank());
    // A seal of 12 mm, pale.
    assert!(!Sheet::new(250, 6).fill(205, |x, y| disc(x, y, (450, 700), 18) && !disc(x, y, (450, 700), 15)).blank());
    // A seal that lies where a punch hole would, but is larger.
    assert!(!Sheet::new(250, 6).fill(120, |x, y| disc(x, y, (50, 400), 22)).blank());
    // A dark page, and a photograph.
    assert!(!Sheet::new(60, 10).blank());
    assert!(!Sheet::new(250, 6).fill(90, |x, y| (100..500).contains(&x) && (200..600).contains(&y)).blank());
}

/// Whether a picture of one colour with blobs of others has colour.
fn coloured(paper: [u8; 3], paint: impl Fn(usize, usize) -> Option<[u8; 3]>) -> bool {
    let mut shrink = Shrink::new([620, 877], 1).expect("room");
    for y in 0..877 {
        let row: Vec<u8> = (0..620).flat_map(|x| paint(x, y).unwrap_or(paper)).collect();
        shrink.row(&row, 3);
    }
    shrink.plane().expect("a plane").coloured
}

#[test]
fn a_seal_has_colour_and_old_paper_has_none() {
    let text = |x: usize, y: usize| y % 20 < 8 && x % 9 < 4 && (60..560).contains(&x);
    assert!(!coloured([250, 250, 250], |x, y| text(x, y).then_some([20, 20, 20])));
    // Yellowed paper, its ink a warm black.
    assert!(!coloured([240, 226, 190], |x, y| text(x, y).then_some([40, 34, 26])));
    // Fringes of a scanner: red on the left of strokes, blue on their right.
    let fringe = |x: usize, y: usize| match x % 9 {
        0 if text(x, y) => Some([150, 90, 90]),
        3 if text(x, y) => Some([90, 90, 150]),
        _ => text(x, y).then_some([20, 20, 20]),
    };
    assert!(!coloured([250, 250, 250], fringe));
    // A red ring of a hundredth of the page; a signature in blue on yellowed paper.
    let ring = |x: usize, y: usize| x.abs_diff(450).pow(2) + y.abs_diff(650).pow(2);
    assert!(coloured([250, 250, 250], |x, y| (900..1600).contains(&ring(x, y)).then_some([220, 60, 60])));
    assert!(coloured([240, 226, 190], |x, y| (y.abs_diff(700 + x / 8) < 2 && (300..420).contains(&x)).then_some([50, 60, 160])));
}
