//! The promises: words, command, tests, planted bugs, and the sentence its figures stand in.

/// One promise that can be broken before one's eyes.
pub struct Promise {
    pub words: &'static str,
    /// What to type after `cargo xtask`.
    pub command: &'static str,
    /// The name of the JSON the command writes.
    pub run: &'static str,
    /// Files, and what in them fails when the promise is broken.
    pub tests: &'static [(&'static str, &'static str)],
    /// Bugs of `sync::planted` that break it.
    pub planted: &'static [&'static str],
    /// Says what a run came to: `{name}` is a figure of its JSON.
    pub figure: &'static str,
}

pub const SHEET: &[Promise] = &[
    Promise {
        words: "Devices that have exchanged everything are identical",
        command: "sim --device-years 50 --json sim.json",
        run: "sim",
        tests: &[(
            "tests/tests/world.rs",
            "a_month_of_cuts_crashes_and_wrong_clocks_loses_nothing",
        )],
        planted: &[
            "SumKeepsOldRows",
            "CausalitySkipped",
            "CursorAheadOfRows",
            "BehindTakenForLive",
        ],
        figure: "{worlds} worlds, {worlds_with_whole_gate} of them with the whole gate: \
                 {device_days} days of a device, {edits} edits, {divergences} divergences, {loops} \
                 worlds that did not fall silent; at most {frames_per_change_most} frames for a \
                 missing change",
    },
    Promise {
        words: "An acknowledged edit is never lost, and none disappears silently",
        command: "sim --device-years 50 --json sim.json",
        run: "sim",
        tests: &[(
            "tests/tests/world.rs",
            "a_month_of_cuts_crashes_and_wrong_clocks_loses_nothing",
        )],
        planted: &[
            "AcknowledgedBeforeDurable",
            "FailedCommitReceived",
            "RefusedEditDropped",
            "LostOnTheWay",
            "OutboxEntryForgotten",
        ],
        figure: "{acknowledged} acknowledged, {lost} lost, {unaccounted} unaccounted for",
    },
    Promise {
        words: "A backup put back loses nothing that a tablet still has",
        command: "sim --device-years 50 --json sim.json",
        run: "sim",
        tests: &[(
            "server/tests/relay/put_back.rs",
            "r1_to_r4_what_a_backup_lacks_is_taken_from_whoever_still_has_it",
        )],
        planted: &["EpochIgnored", "NothingOffered"],
        figure: "{acknowledged} acknowledged, {lost} lost, backups put back among the faults",
    },
    Promise {
        words: "A document begun anew loses no edit and no open conflict",
        command: "sim --device-years 50 --json sim.json",
        run: "sim",
        tests: &[
            (
                "shared/documents/tests/all/succession.rs",
                "h2_an_open_conflict_goes_over_with_every_value_and_is_settled_by_choosing",
            ),
            (
                "server/tests/relay/succession.rs",
                "h1_h2_h3_a_long_history_gives_way_to_a_new_beginning_that_reads_the_same",
            ),
        ],
        planted: &["PastStaysOpen", "LateEditDropped", "ConflictCutShort"],
        figure: "{unaccounted} edits unaccounted for, {divergences} divergences, new beginnings \
                 among the faults of every second world",
    },
    Promise {
        words: "The tests are real: every bug planted in the machines is caught",
        command: "sim --planted --json planted.json",
        run: "planted",
        tests: &[("tests/tests/architecture.rs", "deliberate_bugs_are_in_nothing_that_is_shipped")],
        planted: &[],
        figure: "{caught} of {planted} caught",
    },
    Promise {
        words: "The relay survives being killed anywhere, and again while it recovers",
        command: "check kills --json kills.json",
        run: "kills",
        tests: &[
            ("server/tests/relay/kill.rs", "what_was_acknowledged_before_a_kill_is_there_after_it"),
            (
                "server/tests/relay/failing.rs",
                "a_commit_that_fails_is_not_acknowledged_and_can_be_pushed_again",
            ),
        ],
        planted: &["AcknowledgedBeforeDurable"],
        figure: "killed at {killed} of {points} places and at {pairs} pairs of them: {acknowledged} \
                 acknowledged, {lost} lost, {failed_restarts} failed restarts, 99 of 100 restarts \
                 within {restart_p99_ms} ms; {errors_told} of {errors} storage errors told",
    },
    Promise {
        words: "What showed *on this tablet* is there after the whole browser was killed",
        command: "check browser-kill --times 100 --json browser-kill.json",
        run: "browser-kill",
        tests: &[(
            "tests/browser/checks/browser-kill.mjs",
            "an edit that showed on this tablet is gone",
        )],
        planted: &["SafeBeforeStored", "SentBeforeStored"],
        figure: "{killed} kills, {shown} edits shown, {lost} lost, {received} received in the end",
    },
    Promise {
        words: "A tablet whose database was put back to an older state goes on, and loses nothing",
        command: "check rollback --json rollback.json",
        run: "rollback",
        tests: &[(
            "tests/browser/checks/rollback.mjs",
            "an edit the relay had acknowledged is gone",
        )],
        planted: &["EnteredTwice"],
        figure: "{rollbacks} times, {commits} commits forgotten: {acknowledged} acknowledged, {lost} \
                 lost, {refused} refused, {divergences} divergences",
    },
    Promise {
        words: "Several tabs are safe",
        command: "check tabs --json tabs.json",
        run: "tabs",
        tests: &[
            ("tests/browser/checks/tabs.mjs", "a tab lacks an edit that had shown as kept"),
            ("tests/browser/tabs.mjs", "a frozen tab holds up nobody"),
        ],
        planted: &["OtherTabsForgotten", "StorageBelieved", "DeposedWritesOn"],
        figure: "{events.opened} tabs opened, {events.frozen} frozen, {events.closed} closed, \
                 {events.crashed} crashed: {shown} edits, {lost} lost, at most {most_leaders} leader",
    },
    Promise {
        words: "Cleared storage is noticed, announced and counted",
        command: "check wiped --json wiped.json",
        run: "wiped",
        tests: &[("tests/browser/checks/wiped.mjs", "what was unsent is counted wrongly")],
        planted: &[],
        figure: "{wipes} clearings, {announced} announced, {counted} of {unsent} unsent edits counted, \
                 {restored} times restored; as a control, {unnoticed_in_control} clearing went unnoticed with \
                 the cookie gone too",
    },
    Promise {
        words: "Hostile frames neither crash the relay nor poison a document",
        command: "attack --frames 1000000 --json attack.json",
        run: "attack",
        tests: &[
            (
                "tests/tests/gate.rs",
                "a_thousand_hostile_frames_break_nothing_and_stop_no_honest_work",
            ),
            (
                "tests/tests/gate.rs",
                "p3_a_hundred_bytes_that_are_a_million_legal_operations_are_refused_unseen",
            ),
        ],
        planted: &["CausalitySkipped"],
        figure: "{frames} frames: {panics} panics, {aborts} aborts, {poison} poisoned; the worst took \
                 {worst_mib} MiB; {honest_accepted} of {honest} honest changes taken",
    },
    Promise {
        words: "A durable acknowledgement is quick, and ten thousand tablets are held",
        command: "bench relay --json relay.json",
        run: "relay",
        tests: &[("tests/src/crowd/timing.rs", "parts_of_a_thousand_are_those_of_the_sorted_ones")],
        planted: &[],
        figure: "{durable acknowledgements}; at 500 edits/s p50 {at 500 edits/s, p50}, p99 {at 500 \
                 edits/s, p99}; an idle connection {memory of an idle connection}; beside slow readers \
                 p99 {beside slow readers, p99}; after a kill all are back within {reconnect storm, all \
                 have all}, {lost in the storm} lost",
    },
];
