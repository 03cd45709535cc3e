//! An assessment by areas and items: how mature, how much of it is answered, what is weakest.

use crate::{
    reason::{Found, Reason},
    strategy::fraction::Fraction,
};

/// What is asked of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    pub weight: Fraction,
    /// Nothing while nobody answered.
    pub score: Option<Fraction>,
    pub applicable: bool,
    pub has_evidence: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area<'a> {
    pub id: &'a str,
    pub weight: Fraction,
    pub items: Vec<Item>,
}

/// What an item without an answer counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    Nothing,
    Zero,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms<'a> {
    pub scale_max: Fraction,
    pub unanswered: Unanswered,
    /// What a score without evidence is cut to, as a part of the scale.
    pub cap_without_evidence: Option<Fraction>,
    /// Names and where they begin, inclusive.
    pub bands: Vec<(&'a str, Fraction)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaScore {
    pub score: Found<Fraction>,
    pub answered: u64,
    pub applicable: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maturity<'a> {
    /// In the order given.
    pub areas: Vec<AreaScore>,
    /// Over areas that have a score.
    pub overall: Found<Fraction>,
    pub level: Option<&'a str>,
    /// Answered of what applies.
    pub coverage: Found<Fraction>,
    /// The lowest score; of equals the first by id.
    pub weakest: Option<&'a str>,
}

/// Scores an assessment.
pub fn maturity<'a>(areas: &[Area<'a>], terms: &Terms<'a>) -> Found<Maturity<'a>> {
    if terms.scale_max <= Fraction::ZERO {
        return Err(Reason::OutOfRange);
    }
    let scored: Vec<_> = areas.iter().map(|area| score(area, terms)).collect::<Found<_>>()?;
    let with_score =
        || areas.iter().zip(&scored).filter_map(|(area, one)| Some((area, one.score.ok()?)));
    let weighed: Vec<_> = with_score().map(|(area, score)| (score, area.weight)).collect();
    let overall = Fraction::mean(&weighed);
    let reached = |overall: Fraction| {
        let bands = terms.bands.iter().filter(|(_, from)| *from <= overall);
        bands.max_by_key(|(_, from)| *from).map(|(name, _)| *name)
    };
    let weakest = with_score().min_by_key(|(area, score)| (*score, area.id));
    let sum = |part: &dyn Fn(&AreaScore) -> u64| i128::from(scored.iter().map(part).sum::<u64>());
    Ok(Maturity {
        level: overall.ok().and_then(reached),
        coverage: Fraction::new(sum(&|area| area.answered), sum(&|area| area.applicable)),
        weakest: weakest.map(|(area, _)| area.id),
        overall,
        areas: scored,
    })
}

fn score(area: &Area, terms: &Terms) -> Found<AreaScore> {
    let applicable = || area.items.iter().filter(|item| item.applicable);
    let mut weighed = Vec::new();
    for item in applicable() {
        let part = match item.score {
            None if terms.unanswered == Unanswered::Nothing => continue,
            None => Fraction::ZERO,
            Some(score) => score.over(terms.scale_max)?,
        };
        if part.is_negative() || item.weight.is_negative() || part > Fraction::new(1, 1)? {
            return Err(Reason::OutOfRange);
        }
        let capped = match terms.cap_without_evidence {
            Some(cap) if !item.has_evidence => part.min(cap),
            _ => part,
        };
        weighed.push((capped, item.weight));
    }
    Ok(AreaScore {
        score: Fraction::mean(&weighed),
        answered: applicable().filter(|item| item.score.is_some()).count() as u64,
        applicable: applicable().count() as u64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(number: i128) -> Fraction {
        Fraction::new(number, 1).unwrap()
    }

    fn item(score: Option<i128>) -> Item {
        let score = score.map(whole);
        Item { weight: whole(1), score, applicable: true, has_evidence: false }
    }

    fn terms(unanswered: Unanswered) -> Terms<'static> {
        let bands = vec![("low", Fraction::ZERO), ("high", Fraction::decimal("0.6").unwrap())];
        Terms { scale_max: whole(5), unanswered, cap_without_evidence: None, bands }
    }

    #[test]
    fn a_band_begins_at_its_edge_exactly() {
        let area = Area { id: "a", weight: whole(3), items: vec![item(Some(3)), item(None)] };
        let found = maturity(std::slice::from_ref(&area), &terms(Unanswered::Nothing)).unwrap();
        assert_eq!((found.level, found.weakest), (Some("high"), Some("a")));
        assert_eq!(found.coverage, Fraction::new(1, 2));
        let found = maturity(&[area], &terms(Unanswered::Zero)).unwrap();
        assert_eq!((found.overall, found.level), (Fraction::decimal("0.3"), Some("low")));
    }

    #[test]
    fn nothing_answered_is_no_score() {
        let area = Area { id: "a", weight: whole(1), items: vec![item(None)] };
        let found = maturity(&[area], &terms(Unanswered::Nothing)).unwrap();
        assert_eq!((found.overall.ok(), found.level, found.weakest), (None, None, None));
        let area = Area { id: "a", weight: whole(1), items: vec![item(Some(6))] };
        assert_eq!(maturity(&[area], &terms(Unanswered::Zero)), Err(Reason::OutOfRange));
    }
}
