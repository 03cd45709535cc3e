//! The words a workspace chooses from: kinds of activity, reasons for an outcome, lead sources.

use crate::{activity::ActivityKind, language::Names};
use minicbor::{Decode, Encode};
use std::collections::BTreeMap;

/// A list of words to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Vocabulary {
    #[n(0)]
    ActivityKind,
    #[n(1)]
    OutcomeReason,
    #[n(2)]
    LeadSource,
}

/// How a deal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Outcome {
    #[n(0)]
    Won,
    #[n(1)]
    Lost,
}

/// One word of a list, known by its code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Term {
    #[n(0)]
    pub names: Names,
    #[n(1)]
    pub order: u32,
    #[n(2)]
    pub archived: Option<bool>,
    /// What outcome a reason explains; only a reason has one.
    #[n(3)]
    pub outcome: Option<Outcome>,
    /// The kind an activity of this kind counts as; only a kind has one.
    #[n(4)]
    pub counts_as: Option<ActivityKind>,
}

impl Term {
    /// Returns what an activity logged by this word counts as. A word every workspace begins with
    /// stands for its own kind; one that was added counts as a note until somebody says otherwise.
    pub fn counted_as(&self, code: &str) -> ActivityKind {
        ActivityKind::of_code(code).or(self.counts_as).unwrap_or(ActivityKind::Note)
    }
}

/// The words of one list by code.
pub type Terms = BTreeMap<String, Term>;

/// Returns the kinds of activity every workspace begins with.
pub fn activity_kinds() -> Terms {
    use ActivityKind as Kind;
    let kind = |kind| move |term: &mut Term| term.counts_as = Some(kind);
    terms([
        ("call", ["Call", "Звонок", "电话"], Box::new(kind(Kind::Call))),
        ("visit", ["Visit", "Визит", "拜访"], Box::new(kind(Kind::Visit))),
        ("meeting", ["Meeting", "Встреча", "会议"], Box::new(kind(Kind::Meeting))),
        ("message", ["Message", "Сообщение", "消息"], Box::new(kind(Kind::Message))),
        ("note", ["Note", "Заметка", "备注"], Box::new(kind(Kind::Note))),
        ("order", ["Order", "Заказ", "订单"], Box::new(kind(Kind::Order))),
    ])
}

/// Returns the reasons every workspace begins with.
pub fn outcome_reasons() -> Terms {
    let of = |outcome| move |term: &mut Term| term.outcome = Some(outcome);
    let (won, lost) = (of(Outcome::Won), of(Outcome::Lost));
    terms([
        ("fit", ["Best fit", "Лучше подошли", "最契合需求"], Box::new(won)),
        ("relationship", ["Trust in us", "Доверие к нам", "信任我们"], Box::new(won)),
        ("terms", ["Better terms", "Лучшие условия", "条件更优"], Box::new(won)),
        ("price", ["Price", "Цена", "价格"], Box::new(lost)),
        ("competitor", ["Competitor", "Конкурент", "竞争对手"], Box::new(lost)),
        ("missing feature", ["Missing feature", "Не хватило функций", "缺少功能"], Box::new(lost)),
        ("no budget", ["No budget", "Нет бюджета", "没有预算"], Box::new(lost)),
        ("no decision", ["No decision", "Решение не принято", "未作决定"], Box::new(lost)),
        ("timing", ["Wrong time", "Не вовремя", "时机不对"], Box::new(lost)),
        ("no answer", ["No answer", "Не отвечают", "没有回音"], Box::new(lost)),
    ])
}

/// Returns the lead sources every workspace begins with.
pub fn lead_sources() -> Terms {
    let plain = || Box::new(|_: &mut Term| ());
    terms([
        ("referral", ["Referral", "Рекомендация", "推荐"], plain()),
        ("partner", ["Partner", "Партнёр", "合作伙伴"], plain()),
        ("organic", ["Found us", "Нашли сами", "自然流量"], plain()),
        ("ads", ["Advertising", "Реклама", "广告"], plain()),
        ("event", ["Event", "Мероприятие", "活动"], plain()),
        ("cold_call", ["Cold contact", "Холодный контакт", "主动开发"], plain()),
        ("wechat", ["WeChat", "WeChat", "微信"], plain()),
        ("social", ["Social media", "Соцсети", "社交媒体"], plain()),
    ])
}

type Completed = Box<dyn Fn(&mut Term)>;

fn terms<const N: usize>(all: [(&str, [&str; 3], Completed); N]) -> Terms {
    let named = all.into_iter().zip(1_u32..).map(|((code, names, complete), place)| {
        let mut term = Term { names: Names::of(names), order: place * 10, ..Term::default() };
        complete(&mut term);
        (code.to_owned(), term)
    });
    named.collect()
}
