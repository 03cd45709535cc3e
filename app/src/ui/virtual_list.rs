//! A list of any length that draws only the rows in sight, with one row that holds the focus.
//!
//! Rows are placed by index and keep their node while they stay in sight: a new search or a change
//! from afar redraws the text inside them, nothing else. The row that holds the focus is kept even
//! when it is scrolled away, so that the focus is never lost.

use leptos::{ev, html, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The height of every row, in CSS pixels; the style sheet has the same.
pub const ROW_HEIGHT: f64 = 54.0;
/// Rows drawn beyond each edge, so that a flick of the finger meets no blank.
const ROWS_BEYOND: usize = 6;
/// Rows printed at most.
const ROWS_PRINTED: usize = 1000;
/// The height taken to be in sight before the browser has told.
const HEIGHT_AT_FIRST: f64 = 700.0;

/// Where a row stands; the one who draws it puts these on its element.
#[derive(Clone, Copy)]
pub struct Place {
    pub index: usize,
    pub active: Signal<bool>,
}

impl Place {
    /// Returns the row's number for assistive technology: from 1, after the header.
    pub fn aria_row_index(self) -> String {
        (self.index + 2).to_string()
    }

    pub fn tab_index(self) -> impl Fn() -> &'static str + Clone + Send + Sync + 'static {
        move || if self.active.get() { "0" } else { "-1" }
    }

    pub fn top(self) -> String {
        format!("translateY({}px)", self.index as f64 * ROW_HEIGHT)
    }
}

/// Draws a row.
pub type DrawRow = Arc<dyn Fn(Place) -> AnyView + Send + Sync>;

#[component]
pub fn VirtualList(
    #[prop(into)] label: String,
    #[prop(into)] count: Signal<usize>,
    /// The row that holds the focus.
    active: RwSignal<usize>,
    /// How far it is scrolled; the caller keeps it for when the person comes back.
    scroll: RwSignal<f64>,
    head: AnyView,
    row: DrawRow,
    on_open: Callback<usize>,
) -> impl IntoView {
    let scroller = NodeRef::<html::Div>::new();
    let height = RwSignal::new(HEIGHT_AT_FIRST);
    let measure = move || {
        if let Some(scroller) = scroller.get_untracked() {
            height.set(f64::from(scroller.client_height()).max(ROW_HEIGHT));
        }
    };
    Effect::new(move |_| {
        if let Some(scroller) = scroller.get() {
            measure();
            scroller.set_scroll_top(scroll.get_untracked() as i32);
        }
    });
    let resized = window_event_listener(ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());

    let printing = RwSignal::new(false);
    for (name, now) in [("beforeprint", true), ("afterprint", false)] {
        let event = ev::Custom::new(name);
        let told = window_event_listener(event, move |_: web_sys::Event| printing.set(now));
        on_cleanup(move || told.remove());
    }

    let in_sight = Memo::new(move |_| {
        let count = count.get();
        if printing.get() {
            return (0, count.min(ROWS_PRINTED));
        }
        let first = (scroll.get() / ROW_HEIGHT) as usize;
        let rows = (height.get() / ROW_HEIGHT) as usize + 1;
        let last = (first + rows + ROWS_BEYOND).min(count);
        (first.saturating_sub(ROWS_BEYOND).min(last), last)
    });
    let indexes = move || {
        let (first, last) = in_sight.get();
        let pinned = active.get();
        let apart = (!(first..last).contains(&pinned) && pinned < count.get()).then_some(pinned);
        (first..last).chain(apart).collect::<Vec<_>>()
    };
    let focus = move |index: usize| {
        active.set(index);
        if let Some(scroller) = scroller.get_untracked() {
            bring_into_sight(&scroller, index);
            scroll.set(f64::from(scroller.scroll_top()));
            request_animation_frame(move || focus_row(&scroller, index));
        }
    };
    let on_keydown = move |event: ev::KeyboardEvent| {
        let (at, count) = (active.get_untracked(), count.get_untracked());
        let page = (height.get_untracked() / ROW_HEIGHT) as usize;
        if count == 0 || !on_row(&event) {
            return;
        }
        let to = match event.key().as_str() {
            "ArrowDown" => at + 1,
            "ArrowUp" => at.saturating_sub(1),
            "PageDown" => at + page,
            "PageUp" => at.saturating_sub(page),
            "Home" => 0,
            "End" => count - 1,
            "Enter" => return on_open.run(at.min(count - 1)),
            _ => return,
        };
        event.prevent_default();
        focus(to.min(count - 1));
    };
    let on_scroll = move |_| {
        if let Some(scroller) = scroller.get_untracked() {
            scroll.set(f64::from(scroller.scroll_top()));
        }
    };
    // A shorter list must not leave the focus on a row that is gone.
    Effect::new(move |_| {
        let last = count.get().saturating_sub(1);
        if active.get_untracked() > last {
            active.set(last);
        }
    });
    view! {
        <div class="virtual" role="grid" aria-label=label aria-rowcount=move || count.get() + 1>
            <div role="rowgroup" class="virtual-head">{head}</div>
            <div
                role="rowgroup"
                class="virtual-scroll"
                node_ref=scroller
                tabindex="-1"
                on:scroll=on_scroll
                on:keydown=on_keydown
            >
                <div
                    class="virtual-space"
                    role="presentation"
                    style:height=move || format!("{}px", count.get() as f64 * ROW_HEIGHT)
                >
                    <For each=indexes key=|index| *index let(index)>
                        {row(Place {
                            index,
                            active: Signal::derive(move || active.get() == index),
                        })}
                    </For>
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Says whether a key was meant for the row, not for a control inside it.
fn on_row(event: &ev::KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| {
        target.has_attribute("data-index") || target.class_list().contains("virtual-scroll")
    })
}

fn bring_into_sight(scroller: &HtmlElement, index: usize) {
    let top = index as f64 * ROW_HEIGHT;
    let (seen, height) = (f64::from(scroller.scroll_top()), f64::from(scroller.client_height()));
    if top < seen {
        scroller.set_scroll_top(top as i32);
    } else if top + ROW_HEIGHT > seen + height {
        scroller.set_scroll_top((top + ROW_HEIGHT - height).ceil() as i32);
    }
}

fn focus_row(scroller: &HtmlElement, index: usize) {
    let row = scroller.query_selector(&format!("[data-index='{index}']")).ok().flatten();
    if let Some(row) = row.and_then(|row| row.dyn_into::<HtmlElement>().ok()) {
        let _ = row.focus();
    }
}
