//! Places where a check lets the process die, or storage fail, to see that nothing is lost by it.
//!
//! Without the feature `failpoints` they are nothing at all, and with it the shipped program does
//! not compile.

use super::StorageFailure;

/// A call of storage: here the process may die, or the call fail.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub fn reach(_: &'static str) -> Result<(), StorageFailure> {
    Ok(())
}

/// A step between calls: here the process may die.
#[cfg(not(feature = "failpoints"))]
#[inline]
pub fn pass() {}

#[cfg(feature = "failpoints")]
pub use armed::{Fault, Plan, arm, has_failed, pass, reach, reached};

#[cfg(feature = "failpoints")]
mod armed {
    use super::StorageFailure;
    use std::sync::{
        OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    };

    /// How many places have been passed.
    static REACHED: AtomicU64 = AtomicU64::new(0);
    /// Whether a call was made to fail.
    static FAILED: AtomicBool = AtomicBool::new(false);
    static PLAN: OnceLock<Plan> = OnceLock::new();

    /// What is to go wrong, and at which place, counted from 1.
    #[derive(Debug, Clone, Copy)]
    pub struct Plan {
        pub at: u64,
        pub fault: Fault,
    }

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Fault {
        Kill,
        DiskFull,
        Unreadable,
    }

    /// Says what is to go wrong; the first word stands.
    pub fn arm(plan: Plan) {
        let _ = PLAN.set(plan);
    }

    /// Returns how many places have been passed.
    pub fn reached() -> u64 {
        REACHED.load(Ordering::SeqCst)
    }

    /// Returns whether a call was made to fail.
    pub fn has_failed() -> bool {
        FAILED.load(Ordering::SeqCst)
    }

    pub fn pass() {
        if let Some(Fault::Kill) = due() {
            die();
        }
    }

    pub fn reach(attempted: &'static str) -> Result<(), StorageFailure> {
        let code = match due() {
            None => return Ok(()),
            Some(Fault::Kill) => die(),
            Some(Fault::DiskFull) => rusqlite::ffi::SQLITE_FULL,
            Some(Fault::Unreadable) => rusqlite::ffi::SQLITE_IOERR,
        };
        FAILED.store(true, Ordering::SeqCst);
        let source = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None);
        Err(StorageFailure::Database { attempted, source })
    }

    fn due() -> Option<Fault> {
        let place = REACHED.fetch_add(1, Ordering::SeqCst) + 1;
        PLAN.get().filter(|plan| plan.at == place).map(|plan| plan.fault)
    }

    /// Ends the process as a power cut ends it for everybody else: nothing is cleaned up.
    fn die() -> ! {
        let _ =
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        std::process::abort()
    }
}
