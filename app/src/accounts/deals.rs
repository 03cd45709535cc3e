//! The deals of one account.

use crate::{
    accounts::{OpenAccount, choices, choices::typed, row_sums::stage_is_open},
    commands::{Ask, when_asked},
    deals::move_to::MoveTo,
    language::{self, format, names, texts, texts::fill},
    ui::{
        dialog::{Dialog, DialogButtons},
        field::Field,
        icon::IconButton,
        notice::use_notices,
        select::SelectField,
    },
};
use domain::{
    account::ProfileField,
    deal::{Deal, NewDeal, NextStep, StageEvent},
    edit::AccountEdit,
    id::{DealId, StageEventId},
    money::{Currency, Money},
    time::Day,
};
use leptos::{ev, prelude::*};
use std::cmp::Reverse;

#[component]
pub fn DealsSection(open: OpenAccount) -> impl IntoView {
    let words = language::deals();
    let configuration = open.workspace.configuration();
    let deals = open.read(move |account| {
        let configuration = configuration.read();
        let mut deals: Vec<&Deal> = account.deals.values().collect();
        let is_over = |deal: &Deal| !stage_is_open(deal.stage(), &configuration);
        deals.sort_by_key(|deal| (is_over(deal), Reverse((deal.created_at, deal.id))));
        deals.into_iter().map(|deal| deal.id).collect::<Vec<_>>()
    });
    let adding = RwSignal::new(false);
    let stop = Callback::new(move |()| adding.set(false));
    when_asked(Ask::NewDeal, move || adding.set(true));
    view! {
        <section class="panel" aria-labelledby="deals-title">
            <header class="panel-head">
                <h2 id="deals-title">{words.title}</h2>
                <IconButton icon="plus" label=texts().commands.add_deal on_press=Callback::new(move |()| adding.set(true)) />
            </header>
            <ul class="deals">
                <For each=move || deals.get() key=|id| *id let(id)>
                    <DealCard open id />
                </For>
            </ul>
            {move || deals.read().is_empty().then(|| view! { <p class="nothing">{words.none}</p> })}
            {move || adding.get().then(|| view! { <DealDialog open deal=None on_close=stop /> })}
        </section>
    }
    .into_any()
}

#[component]
fn DealCard(open: OpenAccount, id: DealId) -> impl IntoView {
    let words = language::deals();
    let configuration = open.workspace.configuration();
    let deal = open.read(move |account| account.deals.get(&id).cloned());
    let editing = RwSignal::new(false);
    let stop = Callback::new(move |()| editing.set(false));
    let name = Signal::derive(move || {
        deal.read().as_ref().map(|deal| deal.name.clone()).unwrap_or_default()
    });
    let stage = Signal::derive(move || deal.read().as_ref().and_then(|deal| deal.stage().cloned()));
    let stage_name = move || match stage.get() {
        Some(stage) => names::deal_stage(&configuration.read(), &stage),
        None => words.no_stage.to_owned(),
    };
    let category = move || {
        let configuration = configuration.read();
        let stage = stage.get().and_then(|stage| configuration.stages.get(&stage).cloned());
        stage.map(|stage| (stage.category as u8).to_string())
    };
    let amount = move || deal.read().as_ref().and_then(|deal| deal.amount).map(format::money);
    let line = move || {
        let deal = deal.read();
        let deal = deal.as_ref()?;
        let close =
            deal.close.map(|day| fill(words.close_by, &[&format::day(day, open.workspace.now())]));
        let owner = deal.owner.map(|owner| names::person(&configuration.read(), Some(owner)));
        Some(close.into_iter().chain(owner).collect::<Vec<_>>().join(" · "))
    };
    let step = move || {
        let deal = deal.read();
        let step = deal.as_ref()?.next_step.as_ref()?;
        let day = step.day.map(|day| format::day(day, open.workspace.now()));
        let said = [step.text.clone()].into_iter().chain(day).collect::<Vec<_>>().join(" · ");
        Some(fill(language::edits().set_next_step, &[&said]))
    };
    let on_move = Callback::new(move |edit| {
        open.edit(edit);
    });
    view! {
        <li class="deal" data-deal=id.to_string()>
            <div class="deal-line">
                <span class="deal-name">{move || name.get()}</span>
                <span class="deal-amount">{amount}</span>
            </div>
            <p class="quiet">{line}</p>
            {move || step().map(|step| view! { <p class="quiet deal-step">{step}</p> })}
            <div class="deal-line">
                <span class="chip" data-category=category>{stage_name}</span>
                <MoveTo deal=id name from=stage on_move />
                <IconButton
                    icon="pencil"
                    label=Signal::derive(move || fill(words.edit, &[&name.read()]))
                    on_press=Callback::new(move |()| editing.set(true))
                />
            </div>
            {move || editing.get().then(|| {
                view! { <DealDialog open deal=deal.get_untracked() on_close=stop /> }
            })}
        </li>
    }
    .into_any()
}

/// Adds a deal, or changes the one given: only what was changed is written.
#[component]
fn DealDialog(open: OpenAccount, deal: Option<Deal>, on_close: Callback<()>) -> impl IntoView {
    let words = language::deals();
    let notices = use_notices();
    let configuration = open.workspace.configuration();
    let was = deal.clone();
    let of = |part: fn(&Deal) -> Option<String>| {
        RwSignal::new(was.as_ref().and_then(part).unwrap_or_default())
    };
    let draft = Draft {
        name: of(|deal| Some(deal.name.clone())),
        amount: of(|deal| deal.amount.map(Money::decimal)),
        currency: RwSignal::new(currency_at_first(open, was.as_ref())),
        close: of(|deal| deal.close.map(|day| day.to_string())),
        owner: of(|deal| deal.owner.map(|owner| owner.to_string())),
        step: of(|deal| deal.next_step.as_ref().map(|step| step.text.clone())),
        step_day: of(|deal| Some(deal.next_step.as_ref()?.day?.to_string())),
    };
    let is_known = deal.is_some();
    if deal.is_none() {
        draft.owner.set(open.workspace.person().to_string());
    }
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let amount = match draft.amount() {
            Ok(amount) => amount,
            Err(words) => return notices.say(words.to_owned()),
        };
        let edits = match &deal {
            Some(was) => draft.changed(was, amount),
            None => match draft.added(open, amount) {
                Some(added) => vec![added],
                None => return open.say(words.no_pipeline),
            },
        };
        if open.edit_all(edits) {
            on_close.run(());
        }
    };
    let title = was.map(|deal| fill(words.edit, &[&deal.name]));
    view! {
        <Dialog title=title.unwrap_or_else(|| texts().commands.add_deal.to_owned()) on_close>
            <form class="form" on:submit=submit>
                <Field label=words.name value=draft.name />
                <div class="form-pair">
                    <Field label=words.amount value=draft.amount />
                    <Field label=words.currency value=draft.currency />
                    <Field label=words.close value=draft.close kind="date" />
                    <SelectField
                        label=words.owner
                        choices=Signal::derive(move || {
                            let now = choices::person_from(&draft.owner.read());
                            choices::people(&configuration.read(), texts().words.nobody, now)
                        })
                        value=draft.owner
                    />
                </div>
                // A deal is there before it has a next step.
                {is_known.then(|| view! {
                    <div class="form-pair">
                        <Field label=words.next_step value=draft.step />
                        <Field label=words.next_step_day value=draft.step_day kind="date" />
                    </div>
                })}
                <DialogButtons commit=texts().words.save on_cancel=on_close />
            </form>
        </Dialog>
    }
    .into_any()
}

/// What is being typed.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    amount: RwSignal<String>,
    currency: RwSignal<String>,
    close: RwSignal<String>,
    owner: RwSignal<String>,
    step: RwSignal<String>,
    step_day: RwSignal<String>,
}

impl Draft {
    fn amount(self) -> Result<Option<Money>, &'static str> {
        let words = &texts().refusal;
        let text = self.amount.get_untracked().replace(',', ".");
        let text: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
        if text.is_empty() {
            return Ok(None);
        }
        let currency = self.currency.read_untracked().trim().to_ascii_uppercase();
        let currency: Currency = currency.parse().map_err(|_| words.currency)?;
        Money::parse(&text, currency).map(Some).map_err(|_| words.amount)
    }

    fn close(self) -> Option<Day> {
        self.close.read_untracked().parse().ok()
    }

    /// Returns what is to be done next; nothing where no words are said.
    fn step(self) -> Option<NextStep> {
        let text = self.step.read_untracked().trim().to_owned();
        let day = self.step_day.read_untracked().parse().ok();
        (!text.is_empty()).then_some(NextStep { text, day })
    }

    /// Returns the edit that adds the deal in the first stage of the pipeline; nothing while the
    /// pipeline is not known here.
    fn added(self, open: OpenAccount, amount: Option<Money>) -> Option<AccountEdit> {
        let workspace = open.workspace;
        let configuration = workspace.configuration();
        let configuration = configuration.read_untracked();
        let pipelines = configuration.pipelines_in_use();
        let mut stages = pipelines.iter().flat_map(|one| configuration.stages_of(&one.id));
        let first = stages.find(|stage| stage.category.is_open()).map(|stage| stage.id.clone())?;
        let me = Some(workspace.person());
        let new = NewDeal {
            name: self.name.read_untracked().trim().to_owned(),
            created_at: workspace.now(),
            contact: None,
            amount,
            close: self.close(),
            owner: choices::person_from(&self.owner.read_untracked()),
        };
        let at = workspace.now();
        let category = Some(domain::pipeline::StageCategory::Open);
        let event = StageEvent { from: None, to: first, at, by: me, reason: None, category };
        let (deal, move_id) = (DealId(workspace.fresh_id()), StageEventId(workspace.fresh_id()));
        Some(AccountEdit::AddDeal(deal, new, move_id, event))
    }

    fn changed(self, was: &Deal, amount: Option<Money>) -> Vec<AccountEdit> {
        let name = self.name.read_untracked().trim().to_owned();
        let (close, owner) = (self.close(), choices::person_from(&self.owner.read_untracked()));
        let step = self.step();
        let edits = [
            (name != was.name).then_some(AccountEdit::RenameDeal(was.id, name.clone())),
            (amount != was.amount).then_some(AccountEdit::SetDealAmount(was.id, amount)),
            (close != was.close).then_some(AccountEdit::SetDealClose(was.id, close)),
            (owner != was.owner).then_some(AccountEdit::SetDealOwner(was.id, owner)),
            (step != was.next_step).then_some(AccountEdit::SetDealNextStep(was.id, step.clone())),
        ];
        edits.into_iter().flatten().collect()
    }
}

fn currency_at_first(open: OpenAccount, deal: Option<&Deal>) -> String {
    let account = open.account.read_untracked();
    let of_deal = deal.and_then(|deal| deal.amount).map(|amount| amount.currency.to_string());
    let account = account.as_deref();
    let of_account = || account?.profile.get(&ProfileField::Currency).and_then(|code| typed(code));
    let of_others =
        || account?.deals.values().find_map(|deal| Some(deal.amount?.currency.to_string()));
    of_deal.or_else(of_account).or_else(of_others).unwrap_or_else(|| "EUR".to_owned())
}
