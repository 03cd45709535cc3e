//! Why a row or cell of a file was not taken, in words.

use super::names;
use crate::language::texts::fill;
use domain::id::AccountId;
use exchange::reason::Reason;

/// Returns a reason in the reader's language; `named` says what an account here is called.
pub fn fault(reason: &Reason, named: impl Fn(AccountId) -> String) -> String {
    let words = &super::bringing().faults;
    let text = match reason {
        Reason::CellCount { found, expected } => {
            return fill(words.cell_count, &[&found.to_string(), &expected.to_string()]);
        }
        Reason::UnknownCode(known) => return fill(words.unknown_code, &[known]),
        Reason::Repeated { line } => return fill(words.repeated, &[&line.to_string()]),
        Reason::LooksLike { line } => return fill(words.like_line, &[&line.to_string()]),
        Reason::LooksLikeAccount(account) => {
            return fill(words.like_account, &[&named(*account)]);
        }
        Reason::NoColumn(column) => return fill(words.no_column, &[column]),
        Reason::Text(refusal) | Reason::Refused(refusal) => return names::refusal(refusal),
        Reason::Missing => words.missing,
        Reason::NotText => words.not_text,
        Reason::PointInTime => words.point_in_time,
        Reason::AmbiguousDay => words.ambiguous_day,
        Reason::AmbiguousNumber => words.ambiguous_number,
        Reason::Exponent => words.exponent,
        Reason::CurrencyDisagrees => words.currency_disagrees,
        Reason::Day => words.day,
        Reason::Number => words.number,
        Reason::WholeNumber => words.whole_number,
        Reason::YesOrNo => words.yes_or_no,
        Reason::Country => words.country,
        Reason::Email => words.email,
        Reason::Money(_) => words.money,
        Reason::CurrencyUnknown => words.currency_unknown,
        Reason::NoSuchAccount => words.no_account,
        Reason::AccountRefused => words.account_refused,
        Reason::NoSuchContact => words.no_contact,
        Reason::NoSuchDeal => words.no_deal,
        Reason::NoSuchPurchase => words.no_purchase,
        Reason::CloseTimeMissing => words.close_time,
        Reason::HistoryDisagrees => words.history,
        Reason::ConvertedWithoutAccount => words.converted,
        Reason::MalformedDocument => words.malformed,
        Reason::NotHere => words.not_here,
        Reason::RowTooLong(_) => words.too_long,
    };
    text.to_owned()
}
