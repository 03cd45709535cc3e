//! Identify, differentiate, interact, customise: how many customers pass each, and all so far.

use crate::reason::{Found, quotient};

pub const STEPS: [&str; 4] = ["identify", "differentiate", "interact", "customise"];

#[derive(Debug, Clone, PartialEq)]
pub struct Idic {
    /// The share that passes each step.
    pub coverage: [Found<f64>; 4],
    /// How many pass this step and all before it.
    pub chain: [u64; 4],
    pub end_to_end: Found<f64>,
    /// The step fewest pass; of equals the first.
    pub weakest: Option<&'static str>,
}

/// Counts customers by which steps they pass.
pub fn idic(customers: &[[bool; 4]]) -> Idic {
    let n = customers.len() as f64;
    let passes: [u64; 4] =
        std::array::from_fn(|step| customers.iter().filter(|passed| passed[step]).count() as u64);
    let chain = std::array::from_fn(|step| {
        customers.iter().filter(|passed| passed[..=step].iter().all(|one| *one)).count() as u64
    });
    let weakest = (0..4).min_by_key(|step| passes[*step]).map(|step| STEPS[step]);
    Idic {
        coverage: passes.map(|passes| quotient(passes as f64, n)),
        end_to_end: quotient(chain[3] as f64, n),
        chain,
        weakest: if customers.is_empty() { None } else { weakest },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_only_narrows() {
        let found = idic(&[[true, true, false, true], [false, true, true, true]]);
        assert_eq!(found.chain, [1, 1, 0, 0]);
        assert_eq!((found.coverage[1], found.weakest), (Ok(1.0), Some("identify")));
        assert_eq!(idic(&[]).weakest, None);
    }
}
