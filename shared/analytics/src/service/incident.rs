//! What a log of incidents tells, by each one's last entry. Hours are elapsed, not business hours.

use crate::{
    reason::{Found, quotient},
    sample::Sample,
};
use domain::time::Timestamp;

/// An incident at its last entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incident {
    pub opened_at: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    pub made_sla: bool,
    pub reopens: u64,
    pub reassignments: u64,
    pub ever_waited_for_user: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Incidents {
    pub without_resolution: u64,
    /// Milliseconds from opening to resolution.
    pub resolutions: Sample,
    pub made_sla: Found<f64>,
    pub reopen_rate: Found<f64>,
    pub no_reassignment: Found<f64>,
    pub ever_waited_for_user: Found<f64>,
}

pub fn incidents(incidents: &[Incident]) -> Incidents {
    let share = |so: &dyn Fn(&&Incident) -> bool| {
        quotient(incidents.iter().filter(so).count() as f64, incidents.len() as f64)
    };
    let lasted = |one: &Incident| Some(one.resolved_at?.0 - one.opened_at?.0);
    let resolutions: Sample = incidents.iter().filter_map(lasted).collect();
    Incidents {
        without_resolution: (incidents.len() - resolutions.len()) as u64,
        resolutions,
        made_sla: share(&|one| one.made_sla),
        reopen_rate: share(&|one| one.reopens > 0),
        no_reassignment: share(&|one| one.reassignments == 0),
        ever_waited_for_user: share(&|one| one.ever_waited_for_user),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_resolved_has_no_length() {
        let one = Incident {
            opened_at: Some(Timestamp(0)),
            resolved_at: Some(Timestamp(10)),
            made_sla: true,
            reopens: 0,
            reassignments: 2,
            ever_waited_for_user: false,
        };
        let found = incidents(&[one, Incident { resolved_at: None, made_sla: false, ..one }]);
        assert_eq!((found.without_resolution, found.resolutions.len()), (1, 1));
        assert_eq!((found.made_sla, found.no_reassignment), (Ok(0.5), Ok(0.0)));
        assert_eq!(incidents(&[]).made_sla.ok(), None);
    }
}
