//! Reads the figures out of what a test runner prints.

/// How many tests passed and failed, by a runner's own words.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Counts {
    pub passed: u32,
    pub failed: u32,
    /// Whether nextest has summed up: it repeats what failed tests print, their totals with it.
    summed_up: bool,
}

impl Counts {
    /// Takes in one line of a runner: of nextest, of cargo's own, or of Node.
    pub fn take(&mut self, line: &str) {
        let line = line.trim();
        let summary = line.starts_with("Summary [");
        if summary {
            *self = Self { summed_up: true, ..Self::default() };
        }
        if summary || line.starts_with("test result: ") && !self.summed_up {
            self.passed += number_before(line, "passed");
            self.failed += number_before(line, "failed") + number_before(line, "timed out");
        } else if let Some(passed) = line.strip_prefix("# pass ") {
            self.passed += passed.parse().unwrap_or(0);
        } else if let Some(failed) = line.strip_prefix("# fail ") {
            self.failed += failed.parse().unwrap_or(0);
        }
    }
}

/// Returns the number that stands before a word.
fn number_before(line: &str, word: &str) -> u32 {
    line.split_once(word)
        .and_then(|(before, _)| before.split_whitespace().last())
        .and_then(|number| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn check(lines: &[&str], passed: u32, failed: u32) {
        let mut counts = Counts::default();
        lines.iter().for_each(|line| counts.take(line));
        assert_eq!((counts.passed, counts.failed), (passed, failed));
    }

    #[test]
    fn nextest_is_counted_by_its_summary() {
        check(&["     Summary [   0.005s] 3 tests run: 3 passed, 0 skipped"], 3, 0);
        check(
            &[
                "  Summary [  2.5s] 7 tests run: 4 passed (1 slow), 2 failed, 1 timed out, 0 skipped",
            ],
            4,
            3,
        );
    }

    #[test]
    fn the_summary_of_nextest_stands_alone() {
        let repeated = "    test result: FAILED. 0 passed; 1 failed; 0 ignored";
        let summary = "  Summary [  0.1s] 3 tests run: 2 passed, 1 failed, 0 skipped";
        check(&[repeated, summary], 2, 1);
        check(&[repeated, summary, repeated], 2, 1);
    }

    #[test]
    fn cargo_is_counted_over_all_its_binaries() {
        let ok = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured";
        let bad = "test result: FAILED. 1 passed; 2 failed; 0 ignored";
        check(&[ok, bad], 4, 2);
    }

    #[test]
    fn node_is_counted_by_its_own_totals() {
        check(&["# tests 4", "# pass 3", "# fail 1"], 3, 1);
    }

    #[test]
    fn other_lines_count_nothing() {
        check(&["test a::b ... ok", "PASS [ 0.1s] x", ""], 0, 0);
    }
}
