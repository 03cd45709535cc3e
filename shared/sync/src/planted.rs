//! Deliberate bugs, each a rule of `SPEC.md` left out, to show that the seeded world would notice.
//!
//! Without the feature `planted`, which nothing that is shipped turns on, [`is`] is constantly
//! false and the compiler leaves no trace of them.

macro_rules! planted {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// One deliberate bug.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Planted {
            $($(#[$doc])* $name,)*
        }

        /// All of them.
        pub const ALL: &[Planted] = &[$(Planted::$name,)*];
    };
}

planted! {
    /// The relay acknowledges a push before it is durable (L2).
    AcknowledgedBeforeDurable,
    /// The relay tells of rows before they are durable (L2).
    ToldBeforeDurable,
    /// A change in the log is entered again when it is offered again (G1).
    EnteredTwice,
    /// A missing dependency does not keep a change waiting (G2).
    CausalitySkipped,
    /// Entries of one push get one number (L1).
    NumberGivenTwice,
    /// A commit that failed is answered as if it had not (L3).
    FailedCommitReceived,
    /// The sum keeps the row that was replaced (D1).
    SumKeepsOldRows,
    /// A device that is behind is taken to have everything (F1).
    BehindTakenForLive,
    /// An edit is sent before it is stored (S1).
    SentBeforeStored,
    /// An edit is shown as stored when it is not (S1).
    SafeBeforeStored,
    /// An edit that could not be stored is not tried again (S2).
    FailedSaveForgotten,
    /// Rows that could not be stored are not tried again (S4).
    FailedFlushForgotten,
    /// The last edit in storage is overlooked at start (S1).
    OutboxEntryForgotten,
    /// The cursor is stored before the rows it covers (F4).
    CursorAheadOfRows,
    /// A tab that takes over does not write what storage lacks (S5).
    StorageBelieved,
    /// A tab that no longer leads writes what the relay had told it (S6).
    DeposedWritesOn,
    /// Lists show the relay's row over what was done here (F5).
    FlickersBack,
    /// What is acknowledged is asked for again and again (F1).
    PagesAskedForever,
    /// *Not yet* is tried again at once (U3).
    ResentAtOnce,
    /// *Received* is not believed, and the edit sent again (U2).
    ResentForever,
    /// What was on its way when the line went is never sent again (U2).
    LostOnTheWay,
    /// What other tabs made is not sent (U4).
    OtherTabsForgotten,
    /// A refused edit is dropped (X1).
    RefusedEditDropped,
    /// What built on a refused edit is dropped (X2).
    DependantsDropped,
    /// Changes sent are taken as held, and not stored (K2).
    HeldButNotKept,
    /// What follows a snapshot in its page is dropped (N3).
    SnapshotTakenForAll,
    /// An open copy of a document's past is given its new beginning on top (H3).
    PastStaysOpen,
    /// An edit made on a document's past is dropped (H5).
    LateEditDropped,
    /// Of a field in conflict one value goes over into the new beginning (H2).
    ConflictCutShort,
    /// A relay put back from a backup is taken to keep the log it kept (C4).
    EpochIgnored,
    /// What a relay put back from a backup lacks is not offered again (R2).
    NothingOffered,
    /// A silent relay is waited for (C5).
    SilenceIgnored,
    /// Waits outlast a clock that was set back (C7).
    ClockSetBackIgnored,
    /// The relay's time is not asked for (C9).
    ClockCorrectionIgnored,
    /// Edits leave in whoever's name the connection is (C8).
    OtherPersonAccepted,
}

#[cfg(feature = "planted")]
static CHOSEN: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(u8::MAX);

/// Has every machine of this process misbehave in one way, or in none.
#[cfg(feature = "planted")]
pub fn plant(fault: Option<Planted>) {
    let number = fault.map_or(u8::MAX, |fault| fault as u8);
    CHOSEN.store(number, std::sync::atomic::Ordering::SeqCst);
}

#[cfg(feature = "planted")]
pub(crate) fn is(fault: Planted) -> bool {
    CHOSEN.load(std::sync::atomic::Ordering::Relaxed) == fault as u8
}

#[cfg(not(feature = "planted"))]
pub(crate) const fn is(_: Planted) -> bool {
    false
}
