//! Coordinates of a page. Must not know what is drawn.

/// `[a b c d e f]` as PDF writes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    /// Nothing moves.
    pub const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `next`.
    pub fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, next.0);
        Self([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l])
    }

    /// Moved before all else.
    pub fn moved(self, x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }

    /// Where a point goes.
    pub fn point(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// How long one step across becomes.
    pub fn across(self) -> f64 {
        self.0[0].hypot(self.0[1])
    }

    /// How long one step up becomes.
    pub fn up(self) -> f64 {
        self.0[2].hypot(self.0[3])
    }

    /// The turn of a page by quarters clockwise, around its origin.
    pub const fn turn(quarters: u8) -> Self {
        match quarters % 4 {
            1 => Self([0.0, -1.0, 1.0, 0.0, 0.0, 0.0]),
            2 => Self([-1.0, 0.0, 0.0, -1.0, 0.0, 0.0]),
            3 => Self([0.0, 1.0, -1.0, 0.0, 0.0, 0.0]),
            _ => Self::SAME,
        }
    }

    /// By how many quarters clockwise it turns what lies across, to the nearest.
    pub const fn quarters(self) -> u8 {
        let [a, b, ..] = self.0;
        match (a.abs() >= b.abs(), a < 0.0, b < 0.0) {
            (true, false, _) => 0,
            (false, _, true) => 1,
            (true, true, _) => 2,
            (false, _, false) => 3,
        }
    }

    /// The box around the unit square: left, bottom, right, top.
    pub fn around(self) -> [f64; 4] {
        let corners = [self.point(0.0, 0.0), self.point(1.0, 0.0), self.point(0.0, 1.0), self.point(1.0, 1.0)];
        let start = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        corners.iter().fold(start, |b, (x, y)| [b[0].min(*x), b[1].min(*y), b[2].max(*x), b[3].max(*y)])
    }
}

/// A number that does not come from a hostile file: finite and not huge.
pub fn sane(n: f64) -> f64 {
    if n.is_finite() { n.clamp(-1e9, 1e9) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::Matrix;

    #[test]
    fn quarters_are_those_of_the_turn() {
        for n in 0..4 {
            assert_eq!(Matrix::turn(n).quarters(), n);
            // A little askew, larger and elsewhere.
            assert_eq!(Matrix([595.0, 30.0, -40.0, 842.0, 9.0, 9.0]).then(Matrix::turn(n)).quarters(), n);
        }
    }
}
