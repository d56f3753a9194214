//! Who holds which mark (份) at the moment, and how marks move between reviewers until loads are level. Must not say anything.
//!
//! Every mark first goes to the reviewer with the least load who may give it. Then, as long as somebody has two more than another to
//! whom marks can be passed on, over whatever others lie between, one is passed on along the shortest way: when no such way is left,
//! no allocation has more level loads (the condition of an optimal semi-matching: Harvey, Ladner, Lovász & Tamir, Journal of
//! Algorithms 59, 2006, theorem 3.1). The same ways make room where all who may give a mark have reached their capacity.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use super::turn_of;
use crate::panel::draw::chance::Chance;
use crate::record::plan::{Part, Reviewer, Turn};

/// Marks of one office, type and part: all may be given by the same reviewers.
#[derive(Debug)]
pub struct Class {
    /// Office id.
    pub office: Arc<str>,
    /// Case type.
    pub case_type: Arc<str>,
    /// Part.
    pub part: Part,
    /// By reviewer, whether it is for them.
    pub may: Vec<bool>,
    /// By reviewer, whether they would rather not.
    unwished: Vec<bool>,
}

#[derive(Debug)]
struct Unit {
    lot: usize,
    class: usize,
    turn: Turn,
    owner: Option<usize>,
    /// The other mark of the same case and part.
    sibling: Option<usize>,
}

/// One of all who wait for a way out.
struct Way {
    from: usize,
    unit: usize,
}

/// A mark that nobody can take, and those who hold everything that could make room.
#[derive(Debug)]
pub struct Stuck {
    /// Its class.
    pub class: usize,
    /// Reviewers without room.
    pub full: Vec<usize>,
    /// Whether it is the second mark of a case.
    pub second: bool,
}

/// The whole board.
#[derive(Debug)]
pub struct Board {
    people: Vec<Person>,
    classes: Vec<Class>,
    names: BTreeMap<(Arc<str>, Arc<str>, Part), usize>,
    units: Vec<Unit>,
}

#[derive(Debug)]
struct Person {
    case_types: Vec<String>,
    office: Option<String>,
    wishes: Vec<String>,
    role: Part,
    capacity: usize,
    load: usize,
    /// Order among equals.
    rank: usize,
    held: BTreeMap<usize, Vec<usize>>,
}

impl Board {
    /// Nobody holds anything.
    pub fn new(reviewers: &[&Reviewer], chance: &mut Chance) -> Self {
        let mut ranks: Vec<usize> = (0..reviewers.len()).collect();
        chance.shuffle(&mut ranks);
        let person = |(r, rank): (&&Reviewer, usize)| Person {
            case_types: r.case_types.clone(),
            office: r.office.clone(),
            wishes: r.wishes.clone(),
            role: r.role,
            capacity: r.capacity.map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX)),
            load: 0,
            rank,
            held: BTreeMap::new(),
        };
        let people = reviewers.iter().zip(ranks).map(person).collect();
        Self { people, classes: Vec::new(), names: BTreeMap::new(), units: Vec::new() }
    }

    /// The class of these marks.
    pub fn class(&mut self, office: &Arc<str>, case_type: &Arc<str>, part: Part) -> usize {
        let name = (office.clone(), case_type.clone(), part);
        if let Some(class) = self.names.get(&name) {
            return *class;
        }
        let may = |p: &Person| {
            let home = p.office.as_deref() == Some(&**office);
            let kind = p.case_types.is_empty() || p.case_types.iter().any(|t| **t == **case_type);
            !home && kind && (p.role == Part::Whole || p.role == part)
        };
        let wished = |p: &Person| p.wishes.iter().any(|w| **w == **office || **w == **case_type);
        self.classes.push(Class {
            office: office.clone(),
            case_type: case_type.clone(),
            part,
            may: self.people.iter().map(may).collect(),
            unwished: self.people.iter().map(|p| !wished(p)).collect(),
        });
        let class = self.classes.len() - 1;
        self.names.insert(name, class);
        class
    }

    /// Adds the marks of a case.
    pub fn add(&mut self, lot: usize, class: usize, twice: bool) {
        let first = self.units.len();
        let unit = |turn, sibling| Unit { lot, class, turn, owner: None, sibling };
        self.units.push(unit(turn_of(false), twice.then_some(first + 1)));
        if twice {
            self.units.push(unit(turn_of(true), Some(first)));
        }
    }

    /// How many marks there are.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// How many reviewers there are.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// Whether another mark of the same case and part is given besides.
    pub fn is_pair(&self, unit: usize) -> bool {
        self.units[unit].sibling.is_some()
    }

    /// Which case a mark is of.
    pub fn lot(&self, unit: usize) -> usize {
        self.units[unit].lot
    }

    /// Which mark of its case it is.
    pub fn turn(&self, unit: usize) -> Turn {
        self.units[unit].turn
    }

    /// Who gives it.
    pub fn owner(&self, unit: usize) -> Option<usize> {
        self.units[unit].owner
    }

    /// Its class.
    pub fn class_of(&self, unit: usize) -> &Class {
        &self.classes[self.units[unit].class]
    }

    /// Its part.
    pub fn part(&self, unit: usize) -> Part {
        self.class_of(unit).part
    }

    /// All classes.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// By class, how many marks it has, and whether some case of it is marked twice.
    pub fn counts(&self) -> Vec<(usize, bool)> {
        let mut counts = vec![(0, false); self.classes.len()];
        for unit in &self.units {
            counts[unit.class].0 += 1;
            counts[unit.class].1 |= unit.sibling.is_some();
        }
        counts
    }

    /// The most marks that a reviewer gives.
    pub fn capacity(&self, person: usize) -> usize {
        self.people[person].capacity
    }

    fn sibling_owner(&self, unit: usize) -> Option<usize> {
        self.units[unit].sibling.and_then(|s| self.units[s].owner)
    }

    /// Whether a reviewer may give a mark.
    pub fn may(&self, unit: usize, person: usize) -> bool {
        self.classes[self.units[unit].class].may[person] && self.sibling_owner(unit) != Some(person)
    }

    fn give(&mut self, unit: usize, person: usize) {
        self.take(unit);
        self.units[unit].owner = Some(person);
        self.people[person].load += 1;
        self.people[person].held.entry(self.units[unit].class).or_default().push(unit);
    }

    fn take(&mut self, unit: usize) {
        let Some(before) = self.units[unit].owner.take() else { return };
        let (person, class) = (&mut self.people[before], self.units[unit].class);
        person.load -= 1;
        if let Some(held) = person.held.get_mut(&class) {
            if let Some(at) = held.iter().position(|u| *u == unit) {
                held.swap_remove(at);
            }
            if held.is_empty() {
                person.held.remove(&class);
            }
        }
    }

    /// Exchanges the owners of two marks.
    pub fn swap(&mut self, a: usize, b: usize) {
        if let (Some(x), Some(y)) = (self.owner(a), self.owner(b)) {
            self.give(a, y);
            self.give(b, x);
        }
    }

    /// The one with the least load, then a wish for it, who has room and is not left out.
    fn least(&self, unit: usize, not: &[usize]) -> Option<usize> {
        let class = &self.classes[self.units[unit].class];
        let free = |p: &usize| {
            let person = &self.people[*p];
            class.may[*p] && person.load < person.capacity && self.sibling_owner(unit) != Some(*p) && !not.contains(p)
        };
        (0..self.people.len()).filter(free).min_by_key(|p| (self.people[*p].load, class.unwished[*p], self.people[*p].rank))
    }

    /// Gives out every mark: those that few may give come first.
    ///
    /// # Errors
    /// A mark that nobody can take.
    pub fn fill(&mut self, chance: &mut Chance) -> Result<(), Stuck> {
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        chance.shuffle(&mut order);
        let choices: Vec<usize> = self.classes.iter().map(|c| c.may.iter().filter(|m| **m).count()).collect();
        order.sort_by_key(|u| choices[self.units[*u].class]);
        for unit in order {
            if let Some(person) = self.least(unit, &[]) {
                self.give(unit, person);
                continue;
            }
            let starts: Vec<usize> = (0..self.people.len()).filter(|p| self.may(unit, *p)).collect();
            let (ways, reached) = self.ways(&starts);
            let room = reached.iter().copied().find(|p| self.people[*p].load < self.people[*p].capacity);
            let Some(room) = room else {
                return Err(Stuck { class: self.units[unit].class, full: reached, second: self.units[unit].sibling.is_some() });
            };
            let first = self.pass(room, &ways);
            self.give(unit, first);
        }
        Ok(())
    }

    /// From whom a mark can come to whom, in the fewest steps: by reviewer the last step, and who is reached, in order.
    fn ways(&self, starts: &[usize]) -> (Vec<Option<Way>>, Vec<usize>) {
        let mut ways: Vec<Option<Way>> = self.people.iter().map(|_| None).collect();
        let mut seen = vec![false; self.people.len()];
        let mut reached: Vec<usize> = starts.to_vec();
        starts.iter().for_each(|s| seen[*s] = true);
        let mut queue: VecDeque<usize> = starts.iter().copied().collect();
        while let Some(from) = queue.pop_front() {
            if reached.len() == self.people.len() {
                break;
            }
            for (class, units) in &self.people[from].held {
                for to in 0..self.people.len() {
                    if seen[to] || !self.classes[*class].may[to] {
                        continue;
                    }
                    let Some(unit) = units.iter().copied().find(|u| self.sibling_owner(*u) != Some(to)) else { continue };
                    seen[to] = true;
                    ways[to] = Some(Way { from, unit });
                    reached.push(to);
                    queue.push_back(to);
                }
            }
        }
        (ways, reached)
    }

    /// Passes marks on along a way to its end; who has room now.
    fn pass(&mut self, end: usize, ways: &[Option<Way>]) -> usize {
        let mut at = end;
        while let Some(Way { from, unit }) = &ways[at] {
            self.give(*unit, at);
            at = *from;
        }
        at
    }

    /// Makes loads as level as the rules allow.
    pub fn level(&mut self) {
        loop {
            let mut order: Vec<usize> = (0..self.people.len()).collect();
            order.sort_by_key(|p| (std::cmp::Reverse(self.people[*p].load), self.people[*p].rank));
            let mut moved = false;
            for from in order {
                let least = self.people.iter().filter(|p| p.load < p.capacity).map(|p| p.load).min();
                if least.is_none_or(|least| self.people[from].load < least + 2) {
                    continue;
                }
                let (ways, reached) = self.ways(&[from]);
                let lighter = |p: &usize| {
                    let person = &self.people[*p];
                    person.load + 2 <= self.people[from].load && person.load < person.capacity
                };
                let to = reached.into_iter().filter(lighter).min_by_key(|p| (self.people[*p].load, self.people[*p].rank));
                if let Some(to) = to {
                    self.pass(to, &ways);
                    moved = true;
                }
            }
            if !moved {
                return;
            }
        }
    }

    /// Makes a mark one of another class: its owner keeps it where allowed, else the least loaded takes it.
    pub fn turn_into(&mut self, unit: usize, class: usize) -> bool {
        let before = self.units[unit].owner;
        self.take(unit);
        self.units[unit].class = class;
        let next = before.filter(|p| self.may(unit, *p)).or_else(|| self.least(unit, &[]));
        if let Some(person) = next {
            self.give(unit, person);
        }
        next.is_some()
    }

    /// One more mark for a case, by somebody who does not mark it yet and is not barred.
    pub fn extra(&mut self, lot: usize, class: usize, barred: &[usize]) -> bool {
        let part = self.classes[class].part;
        let own = (0..self.units.len()).filter(|u| self.units[*u].lot == lot && self.part(*u) == part).filter_map(|u| self.owner(u));
        let not: Vec<usize> = own.chain(barred.iter().copied()).collect();
        self.units.push(Unit { lot, class, turn: Turn::Extra, owner: None, sibling: None });
        let unit = self.units.len() - 1;
        let next = self.least(unit, &not);
        if let Some(person) = next {
            self.give(unit, person);
        }
        next.is_some()
    }

    /// Gives a mark to somebody as a test wants it.
    #[cfg(test)]
    pub fn put(&mut self, unit: usize, person: usize) {
        self.give(unit, person);
    }

    /// How many marks each reviewer has.
    #[cfg(test)]
    pub fn loads(&self) -> Vec<usize> {
        self.people.iter().map(|p| p.load).collect()
    }
}
