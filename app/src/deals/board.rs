//! Deals as cards in columns by stage. Scrolling never drags: a handle does, or a long press.

use crate::{
    accounts::told,
    deals::{
        card::{DealCard, face},
        drag::Dragging,
        gathered::Column,
        moving::Moving,
    },
    language::{self, format, names},
    ui::notice::use_notices,
    workspace::use_workspace,
};
use domain::{
    edit::AccountEdit,
    id::AccountId,
    pipeline::{StageCategory, StageId},
};
use gloo::timers::future::TimeoutFuture;
use leptos::{
    ev,
    prelude::*,
    task::{spawn_local, spawn_local_scoped},
};
use std::{collections::BTreeMap, sync::Arc};
use web_sys::HtmlElement;

/// Cards drawn more each time somebody asks, or comes near the end of those that are drawn.
const CARDS_AT_ONCE: usize = 20;
/// The least height of a card, in CSS pixels.
const CARD_HEIGHT: f64 = 140.0;
/// How near the end of the cards is near, in CSS pixels.
const NEAR_PX: i32 = 600;
/// Cards of a stage printed at least, where there are as many.
const CARDS_PRINTED: usize = 30;

#[component]
pub fn Board(columns: Memo<Vec<Arc<Column>>>) -> impl IntoView {
    let workspace = use_workspace();
    let notices = use_notices();
    let wish = RwSignal::new(None);
    let on_move = Callback::new(move |(account, edit): (Option<AccountId>, AccountEdit)| {
        let Some(account) = account else { return };
        // It outlives the board: the move is made whatever screen comes next.
        spawn_local(async move {
            told(notices, workspace.edit_unopened(account, edit).await);
        });
    });
    let drop = Callback::new(move |(place, to): ((u32, u32), String)| {
        let Some(face) = face(workspace, place) else { return };
        let to = StageId(to);
        if face.deal.stage.as_ref() != Some(&to) {
            wish.set(Some(face.wish(to)));
        }
    });
    let dragging = Dragging::new(drop);
    let codes = Memo::new(move |_| {
        columns.read().iter().map(|column| column.code().to_owned()).collect::<Vec<_>>()
    });
    let held = hand_out(columns);
    view! {
        <div
            class="board"
            class:dragging=move || dragging.is_on()
            on:pointerdown=move |event| dragging.press(&event)
            on:pointermove=move |event| dragging.pull(&event)
            on:pointerup=move |event| dragging.release(&event)
            on:pointercancel=move |_| dragging.stop()
            on:touchmove=move |event| dragging.hold_still(&event)
            on:contextmenu=move |event| dragging.hold_still(&event)
        >
            <For each=move || codes.get() key=|code| code.clone() let(code)>
                {
                    let column = Memo::new(move |_| {
                        columns.read().iter().find(|column| column.code() == code).cloned()
                    });
                    column_of(column, held, dragging, wish)
                }
            </For>
        </div>
        <Moving wish on_move />
    }
    .into_any()
}

/// What each column draws, by its code.
type Held = BTreeMap<String, Arc<Column>>;

/// Hands the columns what they draw one after the other, because the cards of all at once would
/// hold the page up; until its turn has come, a column shows the cards it had.
fn hand_out(columns: Memo<Vec<Arc<Column>>>) -> RwSignal<Held> {
    let held = RwSignal::new(Held::new());
    let round = StoredValue::new(0_u64);
    Effect::new(move |_| {
        let columns = columns.get();
        round.update_value(|round| *round += 1);
        let mine = round.get_value();
        let is_held = move |column: &Arc<Column>| {
            let same =
                |held: &Held| held.get(column.code()).is_some_and(|one| Arc::ptr_eq(one, column));
            held.try_with_untracked(same)
        };
        let hand = move |column: Arc<Column>| {
            held.try_update(|held| held.insert(column.code().to_owned(), column));
        };
        let waiting = columns.into_iter().filter(move |column| is_held(column) == Some(false));
        spawn_local_scoped(async move {
            for column in waiting {
                TimeoutFuture::new(0).await;
                // The board has gone, or holds something else.
                if round.try_get_value() != Some(mine) {
                    return;
                }
                hand(column);
            }
        });
    });
    held
}

fn column_of(
    column: Memo<Option<Arc<Column>>>,
    held: RwSignal<Held>,
    dragging: Dragging,
    wish: RwSignal<Option<crate::deals::moving::Wish>>,
) -> AnyView {
    let words = language::deals();
    let configuration = use_workspace().configuration();
    // What is out of sight is drawn once somebody scrolls there.
    let shown = RwSignal::new(cards_in_sight());
    let more = move || shown.update(|shown| *shown += CARDS_AT_ONCE);
    let printed =
        window_event_listener(ev::Custom::new("beforeprint"), move |_: web_sys::Event| {
            shown.update(|shown| *shown = CARDS_PRINTED.max(*shown));
        });
    on_cleanup(move || printed.remove());
    let read =
        move |part: fn(&Column) -> String| column.read().as_deref().map(part).unwrap_or_default();
    let code = Memo::new(move |_| read(|column| column.code().to_owned()));
    let title = move || {
        let stage = column.read().as_ref().and_then(|column| column.stage.clone());
        stage.map_or_else(
            || words.no_stage.to_owned(),
            |stage| names::deal_stage(&configuration.read(), &stage),
        )
    };
    let removed = move || column.read().as_ref().is_some_and(|column| column.removed);
    let category = move || {
        let category = column.read().as_ref().and_then(|column| column.category);
        category.map(|category: StageCategory| (category as u8).to_string())
    };
    let count = Memo::new(move |_| column.read().as_ref().map_or(0, |column| column.deals.len()));
    let sums = move || {
        read(|column| {
            column.sums.iter().copied().map(format::whole_money).collect::<Vec<_>>().join(" · ")
        })
    };
    let places = Memo::new(move |_| {
        let held = held.read();
        let places = held.get(&*code.read()).into_iter().flat_map(|column| &column.deals);
        places.take(shown.get()).copied().collect::<Vec<_>>()
    });
    // A removed stage takes nothing in.
    let takes = move || (!removed() && !code.read().is_empty()).then(|| code.get());
    view! {
        <section
            class="board-column"
            class:over=move || dragging.is_over(&code.read())
            data-takes=takes
            data-stage=move || code.get()
            aria-label=title
        >
            <header class="column-head" data-category=category>
                <h2>{title}</h2>
                <span class="quiet">{move || format::number(count.get() as u64)}</span>
                {move || removed().then(|| view! { <span class="chip">{words.removed}</span> })}
                <p class="column-sums">{sums}</p>
            </header>
            <ul
                class="cards"
                on:scroll=move |event| {
                    let cards: HtmlElement = event_target(&event);
                    let below = cards.scroll_height() - cards.scroll_top() - cards.client_height();
                    if below < NEAR_PX && count.get_untracked() > shown.get_untracked() {
                        more();
                    }
                }
            >
                <For each=move || places.get() key=|place| *place let(place)><DealCard place wish /></For>
                {move || (count.get() > shown.get()).then(|| {
                    view! {
                        <li>
                            <button
                                type="button"
                                class="button"
                                on:click=move |_| more()
                            >
                                {words.more_cards}
                            </button>
                        </li>
                    }
                })}
            </ul>
        </section>
    }
    .into_any()
}

/// Returns how many cards of a stage can be in sight at once, with one to spare.
fn cards_in_sight() -> usize {
    let height = window().inner_height().ok().and_then(|height| height.as_f64());
    (height.unwrap_or(CARD_HEIGHT) / CARD_HEIGHT).ceil() as usize + 1
}
