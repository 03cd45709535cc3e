//! The part of the catalogue for choosing between two values.

pub struct Conflicts {
    pub title: &'static str,
    pub hint: &'static str,
    pub shown: &'static str,
    pub keep: &'static str,
    pub by_at: &'static str,
    pub stage: &'static str,
    pub owner: &'static str,
    pub consent: &'static str,
    pub deal_stage: &'static str,
    pub deal_amount: &'static str,
    pub deal_close: &'static str,
    pub deal_owner: &'static str,
}
