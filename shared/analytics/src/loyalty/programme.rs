//! How a points programme does over one period.

use crate::reason::{Found, Reason, quotient};

/// A member's period. Tiers are places in the programme's order, the lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    pub earned: i64,
    pub burned: i64,
    pub expired: i64,
    pub balance: i64,
    pub tier_before: usize,
    pub tier_after: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    pub earned: i64,
    pub burned: i64,
    pub expired: i64,
    pub outstanding: i64,
    /// Burned of what was earned in the period; may pass 1.
    pub redemption_rate: Found<f64>,
    /// Expired of what ended its life; unspent is not broken until it expires.
    pub breakage_rate: Found<f64>,
    /// Members with an earning or a burn.
    pub active_rate: Found<f64>,
    pub redeemer_rate: Found<f64>,
    pub liability_minor: Found<f64>,
    pub tier_up: u64,
    pub tier_down: u64,
    pub tier_same: u64,
    /// Members by tier before and tier after.
    pub tiers: Vec<Vec<u64>>,
}

/// Sums a programme of so many tiers up.
pub fn programme(
    members: &[Member],
    tiers: usize,
    point_value_minor: f64,
    expected_breakage: f64,
) -> Found<Programme> {
    let known = |member: &Member| member.tier_before < tiers && member.tier_after < tiers;
    if !members.iter().all(known) || !(0.0..=1.0).contains(&expected_breakage) {
        return Err(Reason::OutOfRange);
    }
    let flows = |member: &Member| [member.earned, member.burned, member.expired];
    if members.iter().any(|member| flows(member).iter().any(|points| *points < 0)) {
        return Err(Reason::Negative);
    }
    let sum = |part: &dyn Fn(&Member) -> i64| {
        let sum: i128 = members.iter().map(|member| i128::from(part(member))).sum();
        i64::try_from(sum).map_err(|_| Reason::OutOfRange)
    };
    let count = |so: &dyn Fn(&&Member) -> bool| members.iter().filter(so).count() as u64;
    let (earned, burned) = (sum(&|member| member.earned)?, sum(&|member| member.burned)?);
    let (expired, outstanding) = (sum(&|member| member.expired)?, sum(&|member| member.balance)?);
    let share = |part: u64| quotient(part as f64, members.len() as f64);
    let mut matrix = vec![vec![0; tiers]; tiers];
    for member in members {
        matrix[member.tier_before][member.tier_after] += 1;
    }
    let liability = outstanding as f64 * point_value_minor * (1.0 - expected_breakage);
    Ok(Programme {
        earned,
        burned,
        expired,
        outstanding,
        redemption_rate: quotient(burned as f64, earned as f64),
        breakage_rate: quotient(expired as f64, expired as f64 + burned as f64),
        active_rate: share(count(&|member| member.earned > 0 || member.burned > 0)),
        redeemer_rate: share(count(&|member| member.burned > 0)),
        liability_minor: crate::reason::finite(liability),
        tier_up: count(&|member| member.tier_after > member.tier_before),
        tier_down: count(&|member| member.tier_after < member.tier_before),
        tier_same: count(&|member| member.tier_after == member.tier_before),
        tiers: matrix,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_programme_owes_nothing_and_has_no_rates() {
        let found = programme(&[], 2, 0.5, 0.2).unwrap();
        assert_eq!(found.liability_minor, Ok(0.0));
        assert_eq!(found.active_rate, Err(Reason::ZeroDenominator));
    }

    #[test]
    fn a_member_of_an_unknown_tier_is_refused() {
        let one =
            Member { earned: 10, burned: 4, expired: 1, balance: 5, tier_before: 0, tier_after: 1 };
        let found = programme(&[one], 2, 2.0, 0.5).unwrap();
        assert_eq!((found.tier_up, found.breakage_rate), (1, Ok(0.2)));
        assert_eq!(found.tiers, [[0, 1], [0, 0]]);
        assert_eq!(programme(&[one], 1, 2.0, 0.5), Err(Reason::OutOfRange));
        assert_eq!(programme(&[one], 2, 2.0, 1.5), Err(Reason::OutOfRange));
    }
}
