//! What a desk achieves: response, resolution, promises kept, what is open and for how long.

use crate::{
    reason::{Found, Reason, quotient},
    sample::Sample,
    service::ticket::{Clock, Reading, State},
};
use domain::time::Timestamp;

/// Where ages of open tickets part, in days.
const AGE_DAYS: [i64; 4] = [1, 3, 7, 30];

#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// Milliseconds of first responses.
    pub responses: Sample,
    /// Milliseconds worked on tickets that are resolved; open ones are not over yet.
    pub resolutions: Sample,
    /// Reopened at least once, of those resolved at least once.
    pub reopen_rate: Found<f64>,
    /// Resolved with one reply at most and never reopened, of the same.
    pub first_contact_rate: Found<f64>,
    pub backlog: u64,
    /// Open tickets by age: below 1, 3, 7, 30 days, and above.
    pub backlog_ages: [u64; 5],
}

/// Sums up tickets with when they were created.
pub fn desk(tickets: &[(Timestamp, Reading)], as_of: Timestamp) -> Desk {
    let readings = || tickets.iter().map(|(_, reading)| reading);
    let resolved = |reading: &&Reading| reading.state == State::Resolved;
    let ever = readings().filter(|reading| reading.ever_resolved).count() as f64;
    let reopened = readings().filter(|reading| reading.reopens > 0).count() as f64;
    let first_contact = |reading: &&Reading| reading.agent_replies <= 1 && reading.reopens == 0;
    let at_once = readings().filter(resolved).filter(first_contact).count() as f64;
    let mut backlog_ages = [0; 5];
    for (created_at, _) in tickets.iter().filter(|(_, reading)| !resolved(&reading)) {
        let days = (as_of.0 - created_at.0).div_euclid(86_400_000);
        backlog_ages[AGE_DAYS.iter().filter(|from| days >= **from).count()] += 1;
    }
    Desk {
        responses: readings().filter_map(|reading| reading.first_response_ms).collect(),
        resolutions: readings().filter(resolved).map(|reading| reading.worked_ms).collect(),
        reopen_rate: quotient(reopened, ever),
        first_contact_rate: quotient(at_once, ever),
        backlog: backlog_ages.iter().sum(),
        backlog_ages,
    }
}

/// Returns the share of clocks that met their target; those still running are left out.
pub fn attainment(clocks: impl Iterator<Item = Clock>) -> Found<f64> {
    let (mut met, mut breached) = (0_u64, 0_u64);
    for clock in clocks {
        met += u64::from(clock == Clock::Met);
        breached += u64::from(clock == Clock::Breached);
    }
    let over = met + breached;
    if over == 0 { Err(Reason::NoRows) } else { quotient(met as f64, over as f64) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_clocks_are_left_out() {
        let clocks = [Clock::Met, Clock::Running, Clock::Breached, Clock::Paused, Clock::Met];
        assert_eq!(attainment(clocks.into_iter()), Ok(2.0 / 3.0));
        assert_eq!(attainment([Clock::Running].into_iter()), Err(Reason::NoRows));
    }

    #[test]
    fn an_empty_desk_has_no_rates() {
        let none = desk(&[], Timestamp(0));
        assert_eq!(none.reopen_rate, Err(Reason::ZeroDenominator));
        assert_eq!((none.backlog, none.responses.median()), (0, None));
    }
}
