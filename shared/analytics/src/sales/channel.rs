//! What a channel brings for what it costs: matched to the leads its cost bought.

use crate::{
    measure::{Definition, Direction, Measure, Unit},
    proportion::{CONFIDENCE, Interval, Share},
    reason::{Found, Reason},
};

pub static QUALIFIED_RATE: Definition = Definition::new(
    "channel_qualified_rate",
    "Of the channel's leads, the share that qualified.",
    "qualified / leads",
    (Unit::Share, Direction::Higher),
);
pub static CUSTOMER_RATE: Definition = Definition::new(
    "channel_customer_rate",
    "Of the channel's leads, the share that became customers.",
    "customers / leads",
    (Unit::Share, Direction::Higher),
);
pub static COST_PER_LEAD: Definition = Definition::new(
    "channel_cost_per_lead_minor",
    "What a lead costs.",
    "cost / leads",
    (Unit::Minor, Direction::Lower),
);
pub static CAC: Definition = Definition::new(
    "channel_cac_minor",
    "What a customer won from these leads costs.",
    "cost / customers",
    (Unit::Minor, Direction::Lower),
);
pub static ROMI: Definition = Definition::new(
    "channel_romi",
    "What the money spent brings beyond itself.",
    "(revenue * margin - cost) / cost",
    (Unit::Number, Direction::Higher),
);

/// A channel's totals over one cohort of leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Channel {
    pub leads: i64,
    pub qualified: i64,
    pub customers: i64,
    pub cost_minor: i64,
    pub revenue_minor: i64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ChannelFigures {
    pub qualified_rate: Measure,
    pub customer_rate: Measure,
    /// Wilson's interval of the customer rate.
    pub interval: Found<Interval>,
    pub cost_per_lead_minor: Measure,
    pub cac_minor: Measure,
    pub romi: Measure,
}

impl Channel {
    /// Works out the channel's figures, at the margin its revenue leaves.
    pub fn figures(&self, margin: f64) -> Found<ChannelFigures> {
        if self.leads < 0 || self.qualified < 0 || self.customers < 0 {
            return Err(Reason::Negative);
        }
        let (leads, cost) = (self.leads as f64, self.cost_minor as f64);
        let interval = Share::new(self.customers, self.leads);
        Ok(ChannelFigures {
            qualified_rate: QUALIFIED_RATE.quotient(self.qualified as f64, leads),
            customer_rate: CUSTOMER_RATE.quotient(self.customers as f64, leads),
            interval: interval.and_then(|share| share.wilson(CONFIDENCE)),
            cost_per_lead_minor: COST_PER_LEAD.quotient(cost, leads),
            cac_minor: CAC.quotient(cost, self.customers as f64),
            romi: ROMI.quotient(self.revenue_minor as f64 * margin - cost, cost),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_channel_without_leads_or_cost_has_no_rates() {
        let none =
            Channel { leads: 0, qualified: 0, customers: 0, cost_minor: 0, revenue_minor: 5 };
        let figures = none.figures(0.5).unwrap();
        assert_eq!(figures.customer_rate.number(), None);
        assert_eq!(figures.interval, Err(Reason::NoRows));
        assert_eq!(figures.romi.reason(), Some(Reason::ZeroDenominator));
        assert_eq!(Channel { leads: -1, ..none }.figures(0.5), Err(Reason::Negative));
    }

    #[test]
    fn a_channel_that_earns_its_cost_twice_returns_one() {
        let one =
            Channel { leads: 10, qualified: 5, customers: 2, cost_minor: 100, revenue_minor: 400 };
        let figures = one.figures(0.5).unwrap();
        assert_eq!(figures.romi.number(), Some(1.0));
        assert_eq!(figures.cac_minor.number(), Some(50.0));
    }
}
