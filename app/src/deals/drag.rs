//! Dragging a card to another stage: by its handle, with a mouse anywhere on it, or on touch after
//! a long press. A finger that moves before that scrolls and drags nothing.

use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How long a finger rests on a card before it holds it.
const LONG_PRESS: Duration = Duration::from_millis(400);
/// How far a finger may tremble, and how far a mouse goes before it drags, in CSS pixels.
const SLACK_PX: f64 = 8.0;

/// A card by the place of its account's row and its own place in it.
type CardPlace = (u32, u32);

#[derive(Debug, Clone, Copy, PartialEq)]
struct Held {
    card: CardPlace,
    pointer: i32,
    from: (f64, f64),
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A finger that may still scroll.
    Resting,
    /// A mouse that has not gone far.
    Pressed,
    Dragging,
}

#[derive(Clone, Copy)]
pub struct Dragging {
    held: RwSignal<Option<Held>>,
    card: StoredValue<Option<HtmlElement>, LocalStorage>,
    over: RwSignal<Option<String>>,
    /// Tells a long press from one that was let go and begun again.
    presses: StoredValue<u32>,
    on_drop: Callback<(CardPlace, String)>,
}

impl Dragging {
    /// Calls back with the card and the code of the stage it was dropped on.
    pub fn new(on_drop: Callback<(CardPlace, String)>) -> Self {
        Self {
            held: RwSignal::new(None),
            card: StoredValue::new_local(None),
            over: RwSignal::new(None),
            presses: StoredValue::new(0),
            on_drop,
        }
    }

    pub fn is_on(self) -> bool {
        self.held.read().is_some_and(|held| held.kind == Kind::Dragging)
    }

    pub fn is_over(self, code: &str) -> bool {
        self.over.read().as_deref() == Some(code)
    }

    /// A pointer goes down somewhere on the board.
    pub fn press(self, event: &ev::PointerEvent) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok())
        else {
            return;
        };
        let Some(card) = closest(&target, ".deal-card") else { return };
        let handle = closest(&target, ".drag-handle").is_some();
        if event.button() != 0
            || (!handle && closest(&target, "a, button, select, label").is_some())
        {
            return;
        }
        let Some(place) = place_of(&card) else { return };
        let kind = match (handle, event.pointer_type() == "mouse") {
            (true, false) => Kind::Dragging,
            (_, true) => Kind::Pressed,
            (false, false) => Kind::Resting,
        };
        let from = (f64::from(event.client_x()), f64::from(event.client_y()));
        self.card.set_value(Some(card));
        self.held.set(Some(Held { card: place, pointer: event.pointer_id(), from, kind }));
        match kind {
            Kind::Dragging => self.begin(),
            Kind::Resting => self.wait(),
            Kind::Pressed => event.prevent_default(),
        }
    }

    pub fn pull(self, event: &ev::PointerEvent) {
        let Some(held) = self.held.get_untracked() else { return };
        if held.pointer != event.pointer_id() {
            return;
        }
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        let (across, down) = (at.0 - held.from.0, at.1 - held.from.1);
        let far = across.hypot(down) > SLACK_PX;
        match held.kind {
            Kind::Resting if far => self.stop(),
            Kind::Pressed if far => self.begin(),
            Kind::Dragging => {
                self.shift(&format!("translate({across}px, {down}px) rotate(2deg)"));
                let over = stage_at(at);
                if *self.over.read_untracked() != over {
                    self.over.set(over);
                }
            }
            Kind::Resting | Kind::Pressed => {}
        }
    }

    pub fn release(self, event: &ev::PointerEvent) {
        let held = self.held.get_untracked().filter(|held| held.pointer == event.pointer_id());
        let Some(held) = held else { return };
        let over = stage_at((f64::from(event.client_x()), f64::from(event.client_y())));
        self.stop();
        if let Some(code) = over.filter(|_| held.kind == Kind::Dragging) {
            self.on_drop.run((held.card, code));
        }
    }

    pub fn stop(self) {
        self.presses.update_value(|presses| *presses += 1);
        self.shift("");
        if let Some(card) = self.card.try_update_value(Option::take).flatten() {
            let _ = card.class_list().remove_1("held");
        }
        self.held.set(None);
        self.over.set(None);
    }

    /// Keeps the browser from scrolling, or opening a menu, under a card that is held.
    pub fn hold_still(self, event: &web_sys::Event) {
        if self.held.read_untracked().is_some_and(|held| held.kind == Kind::Dragging) {
            event.prevent_default();
        }
    }

    fn wait(self) {
        self.presses.update_value(|presses| *presses += 1);
        let press = self.presses.get_value();
        set_timeout(
            move || {
                let same = self.presses.try_get_value() == Some(press);
                let resting = || {
                    let held = self.held.try_get_untracked().flatten();
                    held.is_some_and(|held| held.kind == Kind::Resting)
                };
                if same && resting() {
                    self.begin();
                }
            },
            LONG_PRESS,
        );
    }

    fn begin(self) {
        self.held.update(|held| {
            if let Some(held) = held {
                held.kind = Kind::Dragging;
            }
        });
        self.card.with_value(|card| {
            if let Some(card) = card {
                let _ = card.class_list().add_1("held");
                if let Some(held) = self.held.get_untracked() {
                    // Where a pointer cannot be caught, the board sees it all the same.
                    let _ = card.set_pointer_capture(held.pointer);
                }
            }
        });
    }

    fn shift(self, transform: &str) {
        self.card.with_value(|card| {
            if let Some(card) = card {
                let _ = card.style().set_property("transform", transform);
            }
        });
    }
}

fn closest(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.closest(selector).ok().flatten()?.dyn_into().ok()
}

fn place_of(card: &HtmlElement) -> Option<CardPlace> {
    let read = |name| card.get_attribute(name)?.parse().ok();
    Some((read("data-at")?, read("data-inside")?))
}

/// Returns the code of the stage under a point, if it takes deals in.
fn stage_at((across, down): (f64, f64)) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let found = document.element_from_point(across as f32, down as f32)?;
    closest(&found, "[data-takes]")?.get_attribute("data-takes")
}
