//! The rules of a rubric as its record has them, ready to compute with. Must not look at cases.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::points::Points;
use crate::base::text::Text;
use crate::record::v1::{DeductRecord, RequireRecord, RubricRecord};
use crate::say;

/// A rubric.
#[derive(Debug, Clone)]
pub struct Rules {
    /// Titles of the grades, best first.
    pub grades: Vec<String>,
    /// Lower ends of their bands; zero in the levels scheme.
    pub from: Vec<Points>,
    /// Full marks; nothing in the levels scheme.
    pub total: Option<Points>,
    /// Whether what does not apply leaves the denominator.
    pub rescale: bool,
    /// What bonus criteria may add at most.
    pub bonus_most: Points,
    /// What each group may lose at most.
    pub caps: Vec<Option<Points>>,
    /// Criteria in order.
    pub criteria: Vec<Rule>,
    /// Red lines: the best grade that each leaves.
    pub lines: BTreeMap<String, Line>,
    /// Levels, best first.
    pub levels: Vec<String>,
    /// What each grade asks; levels scheme only.
    pub require: Vec<Vec<RequireRecord>>,
    /// Grades that count in the headline rate.
    pub headline: BTreeSet<usize>,
    /// Name of the headline rate.
    pub rate: String,
}

/// A criterion.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Id.
    pub id: String,
    /// Title.
    pub title: Text,
    /// Index of its group.
    pub group: usize,
    /// Points.
    pub points: Points,
    /// Its points are added.
    pub bonus: bool,
    /// Without it nothing counts.
    pub gate: bool,
    /// Whether a reviewer decides it.
    pub human: bool,
    /// Whether it can be put right at all.
    pub curable: bool,
    /// Whether that is by an explanation, which somebody must accept.
    pub explained: bool,
    /// How it deducts; nothing = all at once.
    pub deduct: Option<DeductRecord>,
}

/// A red line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Title.
    pub title: Text,
    /// Index of the best grade that remains.
    pub grade: usize,
}

impl Rules {
    /// The rules of a recorded rubric.
    ///
    /// # Errors
    /// What its record lacks.
    pub fn new(record: &RubricRecord) -> Result<Self, Text> {
        let Some(scoring) = &record.scoring else {
            return Err(say!(
                "这份结果由旧版写成，没有记下分数怎样得出；请用本版重新评查",
                "this result was written by an older version that did not record how marks come about; assess again"
            ));
        };
        let unfit = |what: &str| {
            let id = &record.id;
            say!("评估标准 {id} 的记录前后不一：{what}", "the record of the rubric {id} does not agree with itself: {what}")
        };
        let groups: BTreeMap<&str, usize> = record.groups.iter().enumerate().map(|(i, g)| (g.title.as_str(), i)).collect();
        let mut criteria = Vec::with_capacity(record.criteria.len());
        for c in &record.criteria {
            criteria.push(Rule {
                group: *groups.get(c.group.as_str()).ok_or_else(|| unfit(&c.id))?,
                id: c.id.clone(),
                title: c.title.clone(),
                points: c.points.map_or(Points::ZERO, |p| p.points()),
                bonus: scoring.bonus.contains(&c.id),
                gate: scoring.gates.contains(&c.id),
                human: c.human,
                curable: matches!(c.remedy.as_str(), "complete" | "explain"),
                explained: c.remedy == "explain",
                deduct: scoring.deduct.get(&c.id).cloned(),
            });
        }
        let grade = |title: &String| record.grades.iter().position(|g| g.title == *title);
        let mut lines = BTreeMap::new();
        for line in &record.red_lines {
            let grade = grade(&line.grade).ok_or_else(|| unfit(&line.id))?;
            lines.insert(line.id.clone(), Line { title: line.title.clone(), grade });
        }
        let rate = record.headline();
        Ok(Self {
            grades: record.grades.iter().map(|g| g.title.clone()).collect(),
            from: record.grades.iter().map(|g| g.from.map_or(Points::ZERO, |p| p.points())).collect(),
            total: record.total.map(|t| t.points()),
            rescale: scoring.not_applicable == "rescale",
            bonus_most: scoring.bonus_most.points(),
            caps: record.groups.iter().map(|g| g.most.map(|m| m.points())).collect(),
            criteria,
            lines,
            levels: scoring.levels.clone(),
            require: scoring.require.clone(),
            headline: rate.iter().flat_map(|r| &r.grades).filter_map(grade).collect(),
            rate: rate.map(|r| r.title.clone()).unwrap_or_default(),
        })
    }

    /// Index of the grade of so many points.
    pub fn grade_of(&self, marks: Points) -> usize {
        self.from.iter().position(|from| marks >= *from).unwrap_or(self.grades.len().saturating_sub(1))
    }

    /// The worst grade that counts in the headline rate, when every better one does too.
    pub fn goal(&self) -> Option<usize> {
        let worst = *self.headline.last()?;
        (self.headline.len() == worst + 1).then_some(worst)
    }
}
