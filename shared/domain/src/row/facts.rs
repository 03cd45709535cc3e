//! What an account bought and asked for, how its people can be reached and which of its fields are
//! filled, in few bytes: what numbers about customers need of accounts nobody opened here.
//!
//! Costs of purchases are not among them: not everybody may see those.

use super::number::{named, place, place_or_none, read, unzigzag, write, zigzag};
use crate::{
    account::{Account, ProfileField},
    contact::{Contact, ContactPointKind},
    enquiry::{Enquiry, EnquiryStatus},
    money::{Currency, Money},
    purchase::Purchase,
    time::Timestamp,
};
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode, encode::Write};

/// The facts of one account as they are kept. A start reads those of every account and no list
/// shows one, so they stay bytes until a number asks for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedFacts(Box<[u8]>);

/// The facts of one account. Times are kept to the minute.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Facts<'a> {
    /// Categories, channels and sources, which the facts name by place.
    #[b(0)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    words: Vec<&'a str>,
    #[n(1)]
    #[cbor(default, skip_if = "Vec::is_empty")]
    currencies: Vec<Currency>,
    #[b(2)]
    #[cbor(default, with = "minicbor::bytes", skip_if = "<[u8]>::is_empty")]
    packed_purchases: &'a [u8],
    #[b(3)]
    #[cbor(default, with = "minicbor::bytes", skip_if = "<[u8]>::is_empty")]
    packed_enquiries: &'a [u8],
    /// One number a person at the customer, see [`Reach`].
    #[b(4)]
    #[cbor(default, with = "minicbor::bytes", skip_if = "<[u8]>::is_empty")]
    packed_reach: &'a [u8],
    /// One bit a filled field, by the number of the field.
    #[n(5)]
    filled: u32,
}

/// Something was bought, or given back where the amount is negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bought<'a> {
    pub at: Timestamp,
    pub amount: Money,
    pub category: Option<&'a str>,
    pub channel: Option<&'a str>,
}

/// A sign of interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked<'a> {
    pub at: Timestamp,
    pub source: Option<&'a str>,
    pub status: EnquiryStatus,
    pub converted_at: Option<Timestamp>,
    /// What it cost to attract.
    pub cost: Option<Money>,
}

/// What is known of a person at the customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reach {
    pub email: bool,
    pub phone: bool,
    pub job_title: bool,
    pub language: bool,
    pub consent: Option<bool>,
}

impl PackedFacts {
    /// Returns the facts of an account, or nothing where there are none.
    pub fn of(account: &Account) -> Option<Self> {
        let mut named = Named::default();
        let purchases = named.pack_purchases(account.purchases.values());
        let enquiries = named.pack_enquiries(account.enquiries.values());
        let people = account.contacts.values().filter(|one| !one.archived);
        let reach: Vec<_> = people.map(|one| Reach::of(one).number()).collect();
        let filled = account.profile.iter().filter(|(_, text)| !text.is_empty());
        let facts = Facts {
            words: named.words,
            currencies: named.currencies,
            packed_purchases: &purchases,
            packed_enquiries: &enquiries,
            packed_reach: &reach,
            filled: filled.fold(0, |bits, (field, _)| bits | 1 << (*field as u32)),
        };
        (facts != Facts::default()).then(|| Self::pack(&facts))
    }

    fn pack(facts: &Facts<'_>) -> Self {
        let bytes = minicbor::to_vec(facts).expect("writing to memory cannot fail");
        Self(bytes.into_boxed_slice())
    }

    /// Reads the facts; what cannot be read is none.
    pub fn read(&self) -> Facts<'_> {
        minicbor::decode(&self.0).unwrap_or_default()
    }
}

impl<C> Encode<C> for PackedFacts {
    fn encode<W: Write>(
        &self,
        out: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        out.writer_mut().write_all(&self.0).map_err(encode::Error::write)
    }
}

impl<'b, C> Decode<'b, C> for PackedFacts {
    fn decode(bytes: &mut Decoder<'b>, _: &mut C) -> Result<Self, decode::Error> {
        let begin = bytes.position();
        bytes.skip()?;
        let facts = bytes.input().get(begin..bytes.position());
        facts.map(|facts| Self(facts.into())).ok_or_else(decode::Error::end_of_input)
    }
}

impl<'a> Facts<'a> {
    /// Returns the fields of the account that are filled, one bit each by the number of the field.
    pub fn filled(&self) -> u32 {
        self.filled
    }

    /// Says whether a field of the account is filled.
    pub fn fills(&self, field: ProfileField) -> bool {
        self.filled >> (field as u32) & 1 == 1
    }

    /// Returns what was bought, oldest first, as far as it can be read.
    pub fn purchases(self) -> impl Iterator<Item = Bought<'a>> + use<'a> {
        let (mut bytes, mut last) = (self.packed_purchases, 0_i64);
        std::iter::from_fn(move || {
            last = last.checked_add(unzigzag(read(&mut bytes)?))?;
            let currency = *self.currencies.get(usize::try_from(read(&mut bytes)?).ok()?)?;
            let minor = unzigzag(read(&mut bytes)?);
            let mut word = || Some(named(&self.words, read(&mut bytes)?).copied());
            let (category, channel) = (word()?, word()?);
            let at = minutes(last)?;
            Some(Bought { at, amount: Money { minor, currency }, category, channel })
        })
    }

    /// Returns what was asked for, oldest first, as far as it can be read.
    pub fn enquiries(self) -> impl Iterator<Item = Asked<'a>> + use<'a> {
        let (mut bytes, mut last) = (self.packed_enquiries, 0_i64);
        std::iter::from_fn(move || {
            last = last.checked_add(unzigzag(read(&mut bytes)?))?;
            let status = minicbor::decode(&[u8::try_from(read(&mut bytes)?).ok()?]).ok()?;
            let source = named(&self.words, read(&mut bytes)?).copied();
            let converted_at = match read(&mut bytes)? {
                0 => None,
                later => Some(minutes(last.checked_add(unzigzag(later - 1))?)?),
            };
            let currency = named(&self.currencies, read(&mut bytes)?).copied();
            let cost = match currency {
                None => None,
                Some(currency) => Some(Money { minor: unzigzag(read(&mut bytes)?), currency }),
            };
            Some(Asked { at: minutes(last)?, source, status, converted_at, cost })
        })
    }

    /// Returns what is known of the people at the customer.
    pub fn reach(self) -> impl Iterator<Item = Reach> + use<'a> {
        self.packed_reach.iter().map(|number| Reach::of_number(*number))
    }
}

/// The words and currencies met while facts are packed.
#[derive(Default)]
struct Named<'a> {
    words: Vec<&'a str>,
    currencies: Vec<Currency>,
}

impl<'a> Named<'a> {
    fn word(&mut self, word: Option<&'a String>) -> u64 {
        place_or_none(&mut self.words, word.map(String::as_str).as_ref())
    }

    fn pack_purchases(&mut self, purchases: impl Iterator<Item = &'a Purchase>) -> Vec<u8> {
        let mut purchases: Vec<_> = purchases.collect();
        purchases.sort_by_key(|one| one.at);
        let (mut bytes, mut last) = (Vec::new(), 0);
        for one in purchases {
            let at = one.at.0.div_euclid(MINUTE_MS);
            write(&mut bytes, zigzag(at - last));
            last = at;
            write(&mut bytes, place(&mut self.currencies, &one.amount.currency));
            write(&mut bytes, zigzag(one.amount.minor));
            write(&mut bytes, self.word(one.category.as_ref()));
            write(&mut bytes, self.word(one.channel.as_ref()));
        }
        bytes
    }

    fn pack_enquiries(&mut self, enquiries: impl Iterator<Item = &'a Enquiry>) -> Vec<u8> {
        let mut enquiries: Vec<_> = enquiries.collect();
        enquiries.sort_by_key(|one| one.at);
        let (mut bytes, mut last) = (Vec::new(), 0);
        for one in enquiries {
            let at = one.at.0.div_euclid(MINUTE_MS);
            write(&mut bytes, zigzag(at - last));
            last = at;
            write(&mut bytes, one.status as u64);
            write(&mut bytes, self.word(one.source.as_ref()));
            let later = one.converted_at.map(|later| zigzag(later.0.div_euclid(MINUTE_MS) - at));
            write(&mut bytes, later.map_or(0, |later| later.saturating_add(1)));
            let currency = one.cost.map(|cost| cost.currency);
            write(&mut bytes, place_or_none(&mut self.currencies, currency.as_ref()));
            if let Some(cost) = one.cost {
                write(&mut bytes, zigzag(cost.minor));
            }
        }
        bytes
    }
}

impl Reach {
    fn of(contact: &Contact) -> Self {
        let has = |kind: ContactPointKind| {
            let points = contact.points.values();
            points.into_iter().any(|point| point.kind == kind && point.removed != Some(true))
        };
        Self {
            email: has(ContactPointKind::Email),
            phone: has(ContactPointKind::Phone),
            job_title: contact.job_title.is_some(),
            language: contact.language.is_some(),
            consent: contact.consent,
        }
    }

    fn number(self) -> u8 {
        let flags = [self.email, self.phone, self.job_title, self.language];
        let flags = (0..).zip(flags).fold(0, |bits, (place, flag)| bits | u8::from(flag) << place);
        flags | self.consent.map_or(0, |given| 1 + u8::from(given)) << 4
    }

    fn of_number(number: u8) -> Self {
        let flag = |place: u8| number >> place & 1 == 1;
        let consent = match number >> 4 & 3 {
            0 => None,
            given => Some(given == 2),
        };
        Self { email: flag(0), phone: flag(1), job_title: flag(2), language: flag(3), consent }
    }
}

const MINUTE_MS: i64 = 60_000;

fn minutes(minutes: i64) -> Option<Timestamp> {
    minutes.checked_mul(MINUTE_MS).map(Timestamp)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUB: Currency = Currency(*b"RUB");
    const EUR: Currency = Currency(*b"EUR");

    fn purchase(minute: i64, minor: i64, currency: Currency, category: &str) -> Purchase {
        Purchase {
            at: Timestamp(minute * MINUTE_MS),
            amount: Money { minor, currency },
            category: Some(category.to_owned()),
            quantity: None,
            channel: None,
            refund_of: None,
            cost: None,
        }
    }

    #[test]
    fn purchases_read_back_as_written() {
        let bought = [purchase(29_000_000, 5_000, EUR, "it"), purchase(28_000_000, -3, RUB, "it")];
        let mut named = Named::default();
        let packed = named.pack_purchases(bought.iter());
        let Named { words, currencies } = named;
        let mut facts = Facts { words, currencies, packed_purchases: &packed, ..Facts::default() };
        let read: Vec<_> = facts.clone().purchases().collect();
        let told = |one: &Bought<'_>| (one.at.0 / MINUTE_MS, one.amount.minor, one.amount.currency);
        assert_eq!(
            read.iter().map(told).collect::<Vec<_>>(),
            [(28_000_000, -3, RUB), (29_000_000, 5_000, EUR)]
        );
        assert!(read.iter().all(|one| one.category == Some("it") && one.channel.is_none()));
        facts.packed_purchases = &packed[..packed.len() - 1];
        assert_eq!(facts.purchases().count(), 1, "what cannot be read is left");
    }

    #[test]
    fn enquiries_read_back_as_written() {
        let enquiry = |minute: i64, later: Option<i64>| Enquiry {
            at: Timestamp(minute * MINUTE_MS),
            source: later.map(|_| "referral".to_owned()),
            status: EnquiryStatus::Converted,
            converted_at: later.map(|later| Timestamp(later * MINUTE_MS)),
            cost: later.map(|minor| Money { minor, currency: RUB }),
        };
        for asked in [enquiry(5, None), enquiry(50, Some(70)), enquiry(50, Some(50))] {
            let mut named = Named::default();
            let packed = named.pack_enquiries([&asked].into_iter());
            let Named { words, currencies } = named;
            let facts = Facts { words, currencies, packed_enquiries: &packed, ..Facts::default() };
            let read: Vec<_> = facts.enquiries().collect();
            assert_eq!((read[0].at, read[0].status), (asked.at, asked.status));
            assert_eq!(read[0].source, asked.source.as_deref());
            assert_eq!((read[0].converted_at, read[0].cost), (asked.converted_at, asked.cost));
        }
    }

    #[test]
    fn what_is_known_of_a_person_fits_a_byte() {
        for number in 0..48 {
            assert_eq!(Reach::of_number(number).number(), number);
        }
        assert_eq!(Reach::of_number(0), Reach::default());
    }

    #[test]
    fn facts_read_back_and_few_facts_are_few_bytes() {
        let facts = Facts { filled: 1 << ProfileField::City as u32, ..Facts::default() };
        assert!(facts.fills(ProfileField::City) && !facts.fills(ProfileField::Website));
        let packed = PackedFacts::pack(&facts);
        assert_eq!((packed.0.len(), packed.read()), (3, facts));
        let bytes = minicbor::to_vec([Some(&packed), None]).unwrap();
        let read: [Option<PackedFacts>; 2] = minicbor::decode(&bytes).unwrap();
        assert_eq!(read, [Some(packed), None]);
    }

    #[test]
    fn facts_that_cannot_be_read_are_none() {
        assert_eq!(PackedFacts([0xff].into()).read(), Facts::default());
    }
}
