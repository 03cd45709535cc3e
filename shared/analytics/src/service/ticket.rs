//! A ticket's clocks: when it was answered, how long it was worked on, whether in time.

use crate::service::business_time::Calendar;
use domain::time::Timestamp;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    pub created_at: Timestamp,
    /// In any order; those that do not fit the state they meet are ignored.
    pub events: Vec<(Event, Timestamp)>,
    /// What was promised when it was created, in milliseconds of business time.
    pub targets: Option<Targets>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Targets {
    pub response_ms: i64,
    pub resolve_ms: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// By a person; automatic replies are none.
    AgentReply,
    WaitCustomer,
    CustomerReply,
    Resolved,
    Reopened,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Open,
    Waiting,
    Resolved,
}

/// How a clock stands to its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    Met,
    /// Past its target, finished or not.
    Breached,
    Running,
    Paused,
}

/// A ticket as of an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    pub state: State,
    pub first_response_ms: Option<i64>,
    /// Without the time waiting for the customer, and between a resolution and its reopening.
    pub worked_ms: i64,
    pub response: Option<Clock>,
    pub resolve: Option<Clock>,
    pub reopens: u64,
    pub agent_replies: u64,
    pub ever_resolved: bool,
}

impl Ticket {
    /// Reads the clocks as of an instant, or nothing when the ticket is not there yet.
    pub fn read(&self, calendar: &Calendar, as_of: Timestamp) -> Option<Reading> {
        if self.created_at > as_of {
            return None;
        }
        let known = |(_, at): &&(Event, Timestamp)| self.created_at <= *at && *at <= as_of;
        let mut events: Vec<_> = self.events.iter().copied().filter(|one| known(&one)).collect();
        events.sort_by_key(|(_, at)| *at);
        let mut found = Reading {
            state: State::Open,
            first_response_ms: None,
            worked_ms: 0,
            response: None,
            resolve: None,
            reopens: 0,
            agent_replies: 0,
            ever_resolved: false,
        };
        let mut since = self.created_at;
        for (event, at) in events {
            let next = match (found.state, event) {
                (State::Open | State::Waiting, Event::AgentReply) => {
                    let waited = || calendar.spent_ms(self.created_at, at);
                    found.first_response_ms.get_or_insert_with(waited);
                    found.agent_replies += 1;
                    continue;
                }
                (State::Open, Event::WaitCustomer) => State::Waiting,
                (State::Waiting, Event::CustomerReply) => State::Open,
                (State::Open | State::Waiting, Event::Resolved) => {
                    found.ever_resolved = true;
                    State::Resolved
                }
                (State::Resolved, Event::Reopened) => {
                    found.reopens += 1;
                    State::Open
                }
                _ => continue,
            };
            if found.state == State::Open {
                found.worked_ms += calendar.spent_ms(since, at);
            }
            (found.state, since) = (next, at);
        }
        if found.state == State::Open {
            found.worked_ms += calendar.spent_ms(since, as_of);
        }
        let resolved = found.state == State::Resolved;
        let clock = |spent: i64, target: i64, done: bool| match (spent <= target, done) {
            (false, _) => Clock::Breached,
            (true, true) => Clock::Met,
            (true, false) if found.state == State::Waiting => Clock::Paused,
            (true, false) => Clock::Running,
        };
        let responded = found.first_response_ms;
        let spent = responded.unwrap_or(found.worked_ms);
        let (response, resolve) = match self.targets {
            None => (None, None),
            Some(targets) => (
                Some(clock(spent, targets.response_ms, responded.is_some())),
                Some(clock(found.worked_ms, targets.resolve_ms, resolved)),
            ),
        };
        Some(Reading { response, resolve, ..found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::{business_time::Window, zone::Zone};
    use std::collections::BTreeMap;

    fn always() -> Calendar {
        let weekly = std::array::from_fn(|_| vec![Window { from_ms: 0, to_ms: 86_400_000 }]);
        Calendar::new(Zone::utc(), weekly, BTreeMap::new()).unwrap()
    }

    fn ticket(events: &[(Event, i64)]) -> Ticket {
        let events = events.iter().map(|(event, at)| (*event, Timestamp(*at))).collect();
        let targets = Some(Targets { response_ms: 10, resolve_ms: 50 });
        Ticket { created_at: Timestamp(0), events, targets }
    }

    #[test]
    fn waiting_and_resting_do_not_count() {
        use Event::{AgentReply, CustomerReply, Reopened, Resolved, WaitCustomer};
        let ticket = ticket(&[
            (AgentReply, 5),
            (WaitCustomer, 10),
            (CustomerReply, 40),
            (Resolved, 50),
            (Reopened, 90),
            (Resolved, 95),
        ]);
        let found = ticket.read(&always(), Timestamp(200)).unwrap();
        assert_eq!((found.worked_ms, found.reopens), (25, 1));
        assert_eq!((found.response, found.resolve), (Some(Clock::Met), Some(Clock::Met)));
        let waiting = ticket.read(&always(), Timestamp(30)).unwrap();
        assert_eq!((waiting.state, waiting.resolve), (State::Waiting, Some(Clock::Paused)));
        assert_eq!(ticket.read(&always(), Timestamp(-1)), None);
    }

    #[test]
    fn a_clock_past_its_target_is_breached_though_nothing_happened() {
        let silent = ticket(&[(Event::Reopened, 3), (Event::CustomerReply, 4)]);
        let found = silent.read(&always(), Timestamp(11)).unwrap();
        assert_eq!(found.response, Some(Clock::Breached));
        assert_eq!((found.resolve, found.worked_ms), (Some(Clock::Running), 11));
    }
}
