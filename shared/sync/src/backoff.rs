//! When to try again: twice as long each time, up to a minute, and never all devices at once.

const FIRST_MS: i64 = 1_000;
const LONGEST_MS: i64 = 60_000;

/// A source of jitter; the seed is entropy the driver brings.
#[derive(Debug, Clone)]
pub struct Backoff(u64);

impl Backoff {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns how long to wait after so many attempts in a row, in milliseconds.
    pub fn delay_ms(&mut self, attempts: u32) -> i64 {
        let longest = LONGEST_MS.min(FIRST_MS << attempts.min(16));
        longest / 2 + (self.random() % (longest as u64 / 2 + 1)) as i64
    }

    /// One step of the public-domain splitmix64.
    fn random(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c6_waits_grow_to_a_minute_and_differ_between_devices() {
        let (mut one, mut other) = (Backoff::new(1), Backoff::new(2));
        let waits: Vec<_> = (0..40).map(|attempt| one.delay_ms(attempt)).collect();
        assert!(waits.iter().all(|wait| (500..=60_000).contains(wait)));
        assert!(waits[10..].iter().all(|wait| *wait >= 30_000));
        assert_ne!(waits[30], other.delay_ms(30));
    }
}
