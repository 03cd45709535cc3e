//! Random bytes from the browser's secure source.

/// Says that the browser has no secure source of random bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("asking the browser for random bytes")]
pub struct NoEntropy;

pub fn random<const N: usize>() -> Result<[u8; N], NoEntropy> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| NoEntropy)?;
    Ok(bytes)
}

pub fn random_number() -> Result<u64, NoEntropy> {
    random().map(u64::from_le_bytes)
}
