//! How often somebody may try a password for one login name.

use std::{
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
};
use sync::id::Time;

/// How many attempts one login name has in a window before it has to wait.
pub const ATTEMPTS_MAX: u32 = 10;
const WINDOW_MS: i64 = 5 * 60 * 1000;
/// A fixed number of buckets, so that guessing names takes no memory; two names that share one
/// share its attempts.
const BUCKETS: usize = 4096;

#[derive(Debug)]
pub struct Attempts {
    hasher: RandomState,
    buckets: Mutex<Vec<Bucket>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    began: i64,
    count: u32,
}

impl Default for Attempts {
    fn default() -> Self {
        Self { hasher: RandomState::new(), buckets: Mutex::new(vec![Bucket::default(); BUCKETS]) }
    }
}

impl Attempts {
    /// Counts an attempt before it is made, or returns how many milliseconds to wait.
    pub fn begin(&self, login: &str, now: Time) -> Result<(), i64> {
        self.with_bucket(login, |bucket| {
            if now.0 - bucket.began >= WINDOW_MS || now.0 < bucket.began {
                *bucket = Bucket { began: now.0, count: 0 };
            }
            if bucket.count >= ATTEMPTS_MAX {
                return Err(bucket.began + WINDOW_MS - now.0);
            }
            bucket.count += 1;
            Ok(())
        })
    }

    /// Forgets the attempts of somebody whose password was right.
    pub fn succeeded(&self, login: &str) {
        self.with_bucket(login, |bucket| bucket.count = 0);
    }

    fn with_bucket<T>(&self, login: &str, change: impl FnOnce(&mut Bucket) -> T) -> T {
        let place = self.hasher.hash_one(login) as usize % BUCKETS;
        // A bucket is whole between any two statements that change it.
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut buckets[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_has_to_wait_and_the_right_password_does_not() {
        let attempts = Attempts::default();
        let begin = |after| attempts.begin("kim", Time(10 * WINDOW_MS + after));
        for _ in 0..ATTEMPTS_MAX {
            assert_eq!(begin(0), Ok(()));
        }
        assert_eq!(begin(1), Err(WINDOW_MS - 1));
        assert_eq!(begin(WINDOW_MS), Ok(()));
        attempts.succeeded("kim");
        for _ in 0..ATTEMPTS_MAX {
            assert_eq!(begin(WINDOW_MS + 1), Ok(()));
        }
    }
}
