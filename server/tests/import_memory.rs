//! Memory does not grow with the book: alone in its process, because it looks at the process.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that meets nothing has failed")]

use domain::id::AccountId;
use exchange::kind::Kind;
use server::import::staging::{Staging, Telling};

const ROWS: u64 = 400_000;
const GROWTH_KIB_MAX: u64 = 64 * 1024;

#[test]
fn a_book_larger_than_the_memory_allowed_is_sorted_on_disk() {
    let before = high_water_kib();
    let staging = Staging::open(Telling::Troubled).unwrap();
    let cell = "x".repeat(250);
    for row in 0..ROWS {
        // Rows of one account come far apart, in no order.
        let spread = (row % 1000).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut account = [0; 16];
        account[..8].copy_from_slice(&spread.to_be_bytes());
        staging.stage(AccountId(account), (Kind::Purchases, row), &[&cell]).unwrap();
    }
    let mut rows = 0;
    let mut last = None;
    staging
        .walk(|bundle| {
            assert!(last.replace(bundle.account) < Some(bundle.account));
            rows += bundle.rows.len() as u64;
            Ok::<_, rusqlite::Error>(())
        })
        .unwrap();
    assert_eq!(rows, ROWS);
    let grown = high_water_kib() - before;
    let staged = ROWS * 250 / 1024;
    eprintln!("{grown}");
    assert!(grown < GROWTH_KIB_MAX && GROWTH_KIB_MAX < staged, "grew by {grown} KiB of {staged}");
}

fn high_water_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
