//! Who leads, and who no longer does (rule S6).

use super::bench::{Bench, EPOCH, authored};
use crate::{
    id::*,
    input::Input,
    output::{CloseReason, EditState, Output, Write},
    record::{PendingRecord, Position},
    verdict::Verdict,
};

const LEAD: Lead = Lead(4);

/// Returns a tab that leads and has caught up.
fn leader() -> Bench {
    let mut bench = Bench::with_pending(Vec::new());
    let position = Position { epoch: Some(EPOCH), ..Position::nowhere() };
    let (rows, pending, gone) = (Vec::new(), Vec::new(), Vec::new());
    let (lead, position) = (Some(LEAD), Some(position));
    bench.hand_in(Input::Promoted { lead, position, rows, pending, gone });
    bench.welcome(0);
    bench.store();
    bench.outputs.clear();
    bench
}

/// Takes the leads under which transactions were asked for.
fn leads(bench: &mut Bench) -> Vec<Option<Lead>> {
    let leads = bench.outputs.iter().filter_map(|output| match output {
        Output::Store { lead, .. } => Some(*lead),
        _ => None,
    });
    let leads = leads.collect();
    bench.stores();
    leads
}

/// Hands in everything there is in storage.
fn reread(bench: &mut Bench, pending: Vec<PendingRecord>) {
    let (epoch, rows, gone) = (Some(EPOCH), Vec::new(), Vec::new());
    bench.hand_in(Input::Reread { epoch, rows, pending, gone });
}

#[test]
fn s6_what_the_relay_tells_is_written_under_the_lead_and_what_people_do_is_written_anyhow() {
    let mut bench = leader();
    bench.hand_in(Input::Edited(authored(1)));
    bench.rows(0, 1, false, &[1]);
    assert_eq!(leads(&mut bench), [None, Some(LEAD)]);
}

#[test]
fn s6_a_tab_that_no_longer_leads_closes_its_connection_and_writes_nothing_it_was_told() {
    let mut bench = leader();
    bench.rows(0, 1, false, &[1]);
    bench.rows(1, 2, false, &[2]);
    assert_eq!(leads(&mut bench), [Some(LEAD)]);
    bench.hand_in(Input::Deposed);
    assert!(bench.outputs.contains(&Output::Close(CloseReason::Deposed)));
    bench.rows(2, 3, false, &[3]);
    bench.pass_ms(60_000);
    assert_eq!(leads(&mut bench), []);
    bench.hand_in(Input::Edited(authored(1)));
    assert_eq!(leads(&mut bench), [None]);
}

#[test]
fn s6_what_became_of_an_edit_and_was_not_stored_is_left_to_the_tab_that_leads() {
    let mut bench = leader();
    bench.hand_in(Input::Edited(authored(1)));
    let Some(Write::Pending(stored)) = bench.stores().remove(0).pop() else { panic!("an edit") };
    bench.store();
    bench.verdicts(1, vec![Verdict::Received(Sequence(1))]);
    assert_eq!(leads(&mut bench), [Some(LEAD)]);
    bench.states();
    bench.hand_in(Input::Deposed);
    reread(&mut bench, vec![stored]);
    assert_eq!(bench.states(), [EditState::OnThisTablet]);
    assert_eq!(leads(&mut bench), []);
}
