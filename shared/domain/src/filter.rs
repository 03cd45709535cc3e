//! Which accounts and deals a person looks at: one filter for the list, the board and the
//! dashboard. Each of them asks what it can answer: an account has no close date, so the list of
//! accounts passes over the period.
//!
//! A filter is written as named texts, in an address as well as in storage; a name this release
//! does not know is passed over.

use crate::{
    account::LifecycleStage,
    id::PersonId,
    period::Period,
    pipeline::PipelineId,
    row::{AccountRow, DealRow},
    time::Day,
};
use minicbor::{Decode, Decoder, Encode, Encoder, decode, encode};
use std::collections::BTreeMap;

/// What is looked for; nothing set fits everything that is not archived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    pub text: String,
    pub owner: Option<Whose>,
    pub territory: Option<String>,
    pub stage: Standing,
    /// When deals are expected to close, and what dashboards count.
    pub period: Option<Period>,
    /// The code of a pipeline.
    pub pipeline: Option<String>,
}

/// Whose accounts and deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Those of whoever looks.
    Reader,
    Of(PersonId),
}

/// Where the accounts looked for stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    #[default]
    Any,
    In(LifecycleStage),
    Archived,
}

/// Who looks, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reader {
    pub person: PersonId,
    pub today: Day,
}

impl Filter {
    /// Returns whether the account fits, the text apart: that is for an index to find.
    pub fn fits(&self, account: &AccountRow, reader: Reader) -> bool {
        self.fits_place(account) && self.fits_owner(account.owner, reader)
    }

    /// Returns whether the deal fits, the text and the pipeline apart.
    pub fn fits_deal(&self, account: &AccountRow, deal: &DealRow, reader: Reader) -> bool {
        let closes = |period: Period| deal.close.is_some_and(|day| period.holds(day, reader.today));
        self.fits_place(account)
            && self.fits_owner(deal.owner, reader)
            && self.period.is_none_or(closes)
    }

    /// Returns the pipeline looked at: the one chosen, else the one every workspace begins with.
    pub fn pipeline_id(&self) -> PipelineId {
        self.pipeline.clone().map_or_else(PipelineId::default, PipelineId)
    }

    /// Returns whether nothing is looked for in particular.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns the filter as named texts; what is not set is left out.
    pub fn parts(&self) -> BTreeMap<&'static str, String> {
        let text = self.text.trim();
        let stage = match self.stage {
            Standing::Any => None,
            Standing::In(stage) => Some((stage as u8).to_string()),
            Standing::Archived => Some("archived".to_owned()),
        };
        let owner = self.owner.map(|owner| match owner {
            Whose::Reader => "me".to_owned(),
            Whose::Of(person) => person.to_string(),
        });
        let parts = [
            ("text", (!text.is_empty()).then(|| text.to_owned())),
            ("owner", owner),
            ("territory", self.territory.clone()),
            ("stage", stage),
            ("period", self.period.map(|period| period.to_string())),
            ("pipeline", self.pipeline.clone()),
        ];
        parts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// Reads a filter from its named texts; what cannot be read is taken as not set.
    pub fn of_parts(part: impl Fn(&str) -> Option<String>) -> Self {
        let stage = |code: String| match code.as_str() {
            "archived" => Some(Standing::Archived),
            code => {
                let known = LifecycleStage::ALL.into_iter();
                known.map(|stage| (stage as u8, stage)).find_map(|(number, stage)| {
                    (number.to_string() == code).then_some(Standing::In(stage))
                })
            }
        };
        let owner = |code: String| match code.as_str() {
            "me" => Some(Whose::Reader),
            code => code.parse().ok().map(Whose::Of),
        };
        Self {
            text: part("text").unwrap_or_default(),
            owner: part("owner").and_then(owner),
            territory: part("territory"),
            stage: part("stage").and_then(stage).unwrap_or_default(),
            period: part("period").and_then(|text| Period::parse(&text)),
            pipeline: part("pipeline"),
        }
    }

    fn fits_place(&self, account: &AccountRow) -> bool {
        let archived = account.archived == Some(true);
        let stands = match self.stage {
            Standing::Any => !archived,
            Standing::In(stage) => !archived && account.stage == stage,
            Standing::Archived => archived,
        };
        stands && (self.territory.is_none() || account.territory == self.territory)
    }

    fn fits_owner(&self, owner: Option<PersonId>, reader: Reader) -> bool {
        match self.owner {
            None => true,
            Some(Whose::Reader) => owner == Some(reader.person),
            Some(Whose::Of(person)) => owner == Some(person),
        }
    }
}

impl<C> Encode<C> for Filter {
    fn encode<W: encode::Write>(
        &self,
        encoder: &mut Encoder<W>,
        context: &mut C,
    ) -> Result<(), encode::Error<W::Error>> {
        self.parts().encode(encoder, context)
    }
}

impl<'b, C> Decode<'b, C> for Filter {
    fn decode(decoder: &mut Decoder<'b>, context: &mut C) -> Result<Self, decode::Error> {
        let parts = BTreeMap::<String, String>::decode(decoder, context)?;
        Ok(Self::of_parts(|name| parts.get(name).cloned()))
    }
}

#[cfg(test)]
mod tests;
