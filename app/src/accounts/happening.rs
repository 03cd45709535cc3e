//! Everything that happened with a customer, as lines of one timeline.

use crate::{
    accounts::log::icon_of,
    language::{self, format, names, texts::fill},
};
use domain::{
    account::Account, activity::Direction, configuration::Configuration, time::Timestamp,
};
use std::cmp::Reverse;

/// What the timeline can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// By the code of the workspace's word for it.
    Activity(String),
    Purchase,
    Move,
    Enquiry,
}

/// One line of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    pub id: [u8; 16],
    pub kind: Kind,
    pub at: Timestamp,
    pub icon: &'static str,
    pub title: String,
    pub body: Option<String>,
    /// Who, with whom, how long: short words for one line.
    pub details: Vec<String>,
}

/// Returns everything that happened, latest first.
pub fn all_of(account: &Account, configuration: &Configuration) -> Vec<Happening> {
    let mut all = Vec::new();
    all.extend(activities(account, configuration));
    all.extend(purchases(account));
    all.extend(moves(account, configuration));
    all.extend(enquiries(account, configuration));
    all.sort_by_key(|happening| Reverse((happening.at, happening.id)));
    all
}

fn activities<'a>(
    account: &'a Account,
    configuration: &'a Configuration,
) -> impl Iterator<Item = Happening> + 'a {
    let words = language::timeline();
    account.activities.iter().map(move |(id, activity)| {
        let with = activity.contact.and_then(|contact| account.contacts.get(&contact));
        let deal = activity.deal.and_then(|deal| account.deals.get(&deal));
        let minutes = activity.minutes.filter(|minutes| *minutes > 0);
        let inbound = activity.direction == Direction::Inbound;
        let details = [
            Some(names::activity_term(configuration, activity.code())),
            inbound.then(|| names::direction(activity.direction).to_owned()),
            activity.by.map(|by| names::person(configuration, Some(by))),
            with.map(names::contact),
            deal.map(|deal| deal.name.clone()),
            minutes.map(|minutes| fill(words.minutes_of, &[&minutes.to_string()])),
        ];
        Happening {
            id: id.0,
            kind: Kind::Activity(activity.code().to_owned()),
            at: activity.at,
            icon: icon_of(activity.kind),
            title: activity.subject.clone(),
            body: activity.body.clone(),
            details: details.into_iter().flatten().collect(),
        }
    })
}

fn purchases(account: &Account) -> impl Iterator<Item = Happening> {
    let words = language::timeline();
    account.purchases.iter().map(move |(id, purchase)| {
        let what = if purchase.refund_of.is_some() { words.refund } else { words.purchase };
        let quantity = purchase.quantity.map(|quantity| format!("× {quantity}"));
        let details =
            [Some(what.to_owned()), purchase.category.clone(), quantity, purchase.channel.clone()];
        Happening {
            id: id.0,
            kind: Kind::Purchase,
            at: purchase.at,
            icon: "shopping-bag",
            title: format::money(purchase.amount),
            body: None,
            details: details.into_iter().flatten().collect(),
        }
    })
}

fn moves<'a>(
    account: &'a Account,
    configuration: &'a Configuration,
) -> impl Iterator<Item = Happening> + 'a {
    let words = language::timeline();
    let events = account
        .deals
        .values()
        .flat_map(|deal| deal.events.iter().map(move |(id, event)| (deal, id, event)));
    events.map(move |(deal, id, event)| {
        let to = names::deal_stage(configuration, &event.to);
        let title = match &event.from {
            Some(from) => {
                fill(words.moved, &[&deal.name, &names::deal_stage(configuration, from), &to])
            }
            None => fill(words.opened_in, &[&deal.name, &to]),
        };
        Happening {
            id: id.0,
            kind: Kind::Move,
            at: event.at,
            icon: "milestone",
            title,
            body: event.reason.clone(),
            details: event
                .by
                .map(|by| names::person(configuration, Some(by)))
                .into_iter()
                .collect(),
        }
    })
}

fn enquiries<'a>(
    account: &'a Account,
    configuration: &'a Configuration,
) -> impl Iterator<Item = Happening> + 'a {
    let words = language::timeline();
    account.enquiries.iter().map(move |(id, enquiry)| Happening {
        id: id.0,
        kind: Kind::Enquiry,
        at: enquiry.at,
        icon: "sprout",
        title: format!("{}: {}", words.enquiry, names::enquiry(enquiry.status)),
        body: None,
        details: enquiry
            .source
            .iter()
            .map(|source| names::lead_source(configuration, source))
            .collect(),
    })
}
