//! The postal addresses of an account.

use crate::{
    accounts::{OpenAccount, choices::typed},
    language::{self, sentence, texts},
    ui::{
        dialog::{Dialog, DialogButtons},
        field::{Field, ProseField},
        icon::{Icon, IconButton},
    },
};
use domain::{account::Address, edit::AccountEdit, id::AddressId};
use leptos::{ev, prelude::*};

/// The address the dialog is about; one without a value is new.
type Editing = Option<(AddressId, Option<Address>)>;

#[component]
pub fn AddressesSection(open: OpenAccount) -> impl IntoView {
    let words = language::people();
    let addresses = open.read(|account| {
        let kept = account.addresses.iter().filter(|(_, address)| address.removed != Some(true));
        kept.map(|(id, address)| (*id, address.clone())).collect::<Vec<_>>()
    });
    let editing = RwSignal::new(None::<(AddressId, Option<Address>)>);
    let stop = Callback::new(move |()| editing.set(None));
    let add = Callback::new(move |()| {
        editing.set(Some((AddressId(open.workspace.fresh_id()), None)));
    });
    let draw = move |(id, address): (AddressId, Address)| {
        let text = sentence::address(&address);
        let change = Callback::new(move |()| editing.set(Some((id, Some(address.clone())))));
        view! {
            <li class="address">
                <Icon name="map-pin" />
                <span>{text}</span>
                <IconButton icon="pencil" label=texts().words.edit on_press=change />
            </li>
        }
    };
    let dialog = move || {
        let editing: Editing = editing.get();
        editing.map(|(id, was)| view! { <AddressDialog open id was on_close=stop /> })
    };
    view! {
        <section class="panel" aria-labelledby="addresses-title">
            <header class="panel-head">
                <h2 id="addresses-title">{words.addresses}</h2>
                <IconButton icon="plus" label=words.add_address on_press=add />
            </header>
            <ul class="addresses">
                {move || addresses.get().into_iter().map(draw).collect_view()}
            </ul>
            {move || {
                addresses.read().is_empty().then(|| view! { <p class="nothing">{words.no_addresses}</p> })
            }}
            {dialog}
        </section>
    }
    .into_any()
}

#[component]
fn AddressDialog(
    open: OpenAccount,
    id: AddressId,
    was: Option<Address>,
    on_close: Callback<()>,
) -> impl IntoView {
    let words = language::people();
    let is_new = was.is_none();
    let was = was.unwrap_or_else(|| Address {
        lines: Vec::new(),
        city: String::new(),
        region: None,
        postal_code: None,
        country: None,
        removed: None,
    });
    let street = RwSignal::new(was.lines.join("\n"));
    let city = RwSignal::new(was.city.clone());
    let region = RwSignal::new(was.region.clone().unwrap_or_default());
    let postal_code = RwSignal::new(was.postal_code.clone().unwrap_or_default());
    let country = RwSignal::new(was.country.clone().unwrap_or_default());
    let typed_address = move |removed: Option<bool>| Address {
        lines: street.read_untracked().lines().filter_map(typed).collect(),
        city: city.read_untracked().trim().to_owned(),
        region: typed(&region.read_untracked()),
        postal_code: typed(&postal_code.read_untracked()),
        country: typed(&country.read_untracked()).map(|code| code.to_ascii_uppercase()),
        removed,
    };
    let write = move |removed: Option<bool>| {
        let now = typed_address(removed);
        if now == was || open.edit(AccountEdit::SetAddress(id, now)) {
            on_close.run(());
        }
    };
    let write_again = write.clone();
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        write(None);
    };
    let remove = move |_| write_again(Some(true));
    view! {
        <Dialog title=if is_new { words.add_address } else { words.addresses } on_close>
            <form class="form" on:submit=submit>
                <ProseField label=words.street value=street />
                <div class="form-pair">
                    <Field label=words.postal_code value=postal_code />
                    <Field label=words.city value=city />
                    <Field label=words.region value=region />
                    <Field label=words.country value=country />
                </div>
                {(!is_new).then(|| view! {
                    <button type="button" class="button danger" on:click=remove>
                        {texts().words.remove}
                    </button>
                })}
                <DialogButtons commit=texts().words.save on_cancel=on_close />
            </form>
        </Dialog>
    }
    .into_any()
}
