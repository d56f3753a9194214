//! Whether reviewers and offices hang together (连通), so that severe reviewers can be told from weak offices, and the fewest swaps that
//! make them. Must not change how many marks anybody gives.
//!
//! A swap between two parts of the graph joins them when one of the two marks that change hands is not the only thread that holds its
//! part together. It touches two reviewers, so it can join no more than two parts, and as many swaps as there are parts less one are
//! the fewest that any way of swapping needs.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::Lot;
use super::board::Board;
use crate::record::plan::{Part, Reviewer, Swap, Turn};

/// Two marks that changed hands: `a` gave `unit` to `b` and got `other`.
#[derive(Debug)]
pub struct Done {
    a: usize,
    unit: usize,
    b: usize,
    other: usize,
}

impl Done {
    /// As it is recorded; nothing but indexes of this board may be in it.
    pub fn record(&self, board: &Board, reviewers: &[&Reviewer], lots: &[Lot], part: Part) -> Swap {
        let key = |unit: usize| lots[board.lot(unit)].key.clone();
        Swap {
            part,
            reviewer: reviewers[self.a].code.clone(),
            case: key(self.unit),
            other: reviewers[self.b].code.clone(),
            other_case: key(self.other),
        }
    }
}

/// Parts of the graph that no swap can join.
#[derive(Debug)]
pub struct Apart {
    /// Reviewers and offices of each.
    pub groups: Vec<(Vec<usize>, Vec<Arc<str>>)>,
    /// Marks that there are.
    pub marks: usize,
}

/// The graph of one part: people first, then offices.
struct Graph {
    people: usize,
    offices: Vec<Arc<str>>,
    /// Marks by person and office.
    edges: BTreeMap<(usize, usize), Vec<usize>>,
    /// By node, its component; none for people who mark nothing.
    component: Vec<Option<usize>>,
    components: usize,
    /// Edges that lie on no circle.
    bridges: BTreeMap<(usize, usize), bool>,
}

impl Graph {
    fn new(board: &Board, part: Part) -> Self {
        let mut numbers: BTreeMap<Arc<str>, usize> = BTreeMap::new();
        let mine = |u: &usize| board.part(*u) == part && board.turn(*u) != Turn::Extra;
        for unit in (0..board.len()).filter(mine) {
            let next = numbers.len();
            numbers.entry(board.class_of(unit).office.clone()).or_insert(next);
        }
        let mut offices: Vec<(usize, Arc<str>)> = numbers.iter().map(|(name, n)| (*n, name.clone())).collect();
        offices.sort();
        let people = board.people();
        let mut edges: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for unit in (0..board.len()).filter(mine) {
            if let (Some(person), Some(office)) = (board.owner(unit), numbers.get(&board.class_of(unit).office)) {
                edges.entry((person, people + office)).or_default().push(unit);
            }
        }
        let nodes = people + offices.len();
        let mut graph = Self {
            people,
            offices: offices.into_iter().map(|(_, name)| name).collect(),
            edges,
            component: vec![None; nodes],
            components: 0,
            bridges: BTreeMap::new(),
        };
        graph.walk();
        graph
    }

    /// Components by breadth, then the edges that the others close into circles.
    fn walk(&mut self) {
        let mut near: Vec<Vec<usize>> = vec![Vec::new(); self.component.len()];
        for (person, office) in self.edges.keys() {
            near[*person].push(*office);
            near[*office].push(*person);
        }
        let mut up: Vec<Option<(usize, usize)>> = vec![None; near.len()];
        for start in 0..near.len() {
            if self.component[start].is_some() || near[start].is_empty() {
                continue;
            }
            self.component[start] = Some(self.components);
            let mut queue = VecDeque::from([(start, 0)]);
            while let Some((at, depth)) = queue.pop_front() {
                for next in &near[at] {
                    if self.component[*next].is_none() {
                        self.component[*next] = Some(self.components);
                        up[*next] = Some((at, depth + 1));
                        queue.push_back((*next, depth + 1));
                    }
                }
            }
            self.components += 1;
        }
        let key = |a: usize, b: usize| (a.min(b), a.max(b));
        let mut bridges: BTreeMap<(usize, usize), bool> = self.edges.iter().map(|(e, units)| (*e, units.len() == 1)).collect();
        let is_up = |a: usize, b: usize| up[a].is_some_and(|(parent, _)| parent == b);
        for (a, b) in self.edges.keys().copied().filter(|(a, b)| !is_up(*a, *b) && !is_up(*b, *a)) {
            bridges.insert((a, b), false);
            let (mut a, mut b) = (a, b);
            while a != b {
                let (deep, other) = if up[a].map_or(0, |u| u.1) >= up[b].map_or(0, |u| u.1) { (a, b) } else { (b, a) };
                let Some((parent, _)) = up[deep] else { break };
                bridges.insert(key(deep, parent), false);
                (a, b) = (parent, other);
            }
        }
        self.bridges = bridges;
    }

    /// By person, one mark of each office and class, those on circles first.
    fn held(&self, board: &Board) -> Vec<Vec<(bool, usize)>> {
        let mut held: Vec<Vec<(bool, usize)>> = vec![Vec::new(); self.people];
        for (edge, units) in &self.edges {
            let bridge = self.bridges.get(edge).copied().unwrap_or(true);
            let mut last: Option<&Arc<str>> = None;
            let mut units: Vec<usize> = units.clone();
            units.sort_by_key(|u| (board.class_of(*u).case_type.clone(), *u));
            for unit in units {
                // Marks with a pair may each be barred to somebody, so none stands for the others.
                let kind = &board.class_of(unit).case_type;
                if last != Some(kind) || board.is_pair(unit) {
                    held[edge.0].push((bridge, unit));
                    last = Some(kind);
                }
            }
        }
        held.iter_mut().for_each(|units| units.sort_unstable());
        held
    }

    /// A swap that joins two components.
    fn swap(&self, board: &Board) -> Option<Done> {
        let held = self.held(board);
        for a in 0..self.people {
            for b in a + 1..self.people {
                let (Some(x), Some(y)) = (self.component[a], self.component[b]) else { continue };
                if x == y {
                    continue;
                }
                let first = |units: &[(bool, usize)], to: usize| units.iter().copied().find(|(_, u)| board.may(*u, to));
                let (Some((bridge, unit)), Some((other_bridge, other))) = (first(&held[a], b), first(&held[b], a)) else { continue };
                if !(bridge && other_bridge) {
                    return Some(Done { a, unit, b, other });
                }
            }
        }
        None
    }

    fn apart(&self) -> Apart {
        let mut groups = vec![(Vec::new(), Vec::new()); self.components];
        for (node, component) in self.component.iter().enumerate() {
            let Some(group) = component.and_then(|c| groups.get_mut(c)) else { continue };
            match node.checked_sub(self.people) {
                None => group.0.push(node),
                Some(office) => group.1.push(self.offices[office].clone()),
            }
        }
        Apart { groups, marks: self.edges.values().map(Vec::len).sum() }
    }
}

/// Makes reviewers and offices of one part hang together.
///
/// # Errors
/// What stays apart whatever is swapped.
pub fn connect(board: &mut Board, part: Part) -> Result<Vec<Done>, Apart> {
    let mut done = Vec::new();
    loop {
        let graph = Graph::new(board, part);
        if graph.components <= 1 {
            return Ok(done);
        }
        let Some(swap) = graph.swap(board) else { return Err(graph.apart()) };
        board.swap(swap.unit, swap.other);
        done.push(swap);
    }
}

/// How many parts the graph falls into.
#[cfg(test)]
pub fn components(board: &Board, part: Part) -> usize {
    Graph::new(board, part).components
}
