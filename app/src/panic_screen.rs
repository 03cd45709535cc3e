//! What a person sees when the app itself has failed: plain words and a way on.
//!
//! It must work when nothing else does, so it knows neither Leptos nor the catalogue; only which
//! language was chosen, as it is kept.

use crate::language::Language;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, Element, HtmlElement};

struct Words {
    title: &'static str,
    hint: &'static str,
    reload: &'static str,
}

const ENGLISH: Words = Words {
    title: "Something went wrong",
    hint: "Tessera has stopped. Everything marked as on this tablet is kept. Reload to go on.",
    reload: "Reload",
};
const RUSSIAN: Words = Words {
    title: "Произошла ошибка",
    hint: "Tessera остановилась. Всё, что помечено «на планшете», сохранено. Обновите страницу.",
    reload: "Обновить",
};
const CHINESE: Words = Words {
    title: "出错了",
    hint: "Tessera 已停止。标记为“已存于本机”的内容均已保留。请重新加载。",
    reload: "重新加载",
};

/// Shows the screen on every panic, with the cause in the console.
pub fn install() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        // There is nobody left to tell of a page that cannot even show this.
        let _ = show();
    }));
}

fn show() -> Result<(), JsValue> {
    let document =
        web_sys::window().and_then(|window| window.document()).ok_or(JsValue::UNDEFINED)?;
    let body = document.body().ok_or(JsValue::UNDEFINED)?;
    let words = words();
    let screen = element(&document, "div", "")?;
    screen.set_class_name("panic-screen");
    screen.set_attribute("role", "alertdialog")?;
    screen.set_attribute("aria-labelledby", "panic-title")?;
    let title = element(&document, "h1", words.title)?;
    title.set_id("panic-title");
    let reload = element(&document, "button", words.reload)?;
    reload.set_class_name("button primary");
    let pressed = Closure::<dyn FnMut()>::new(crate::browser::reload::reload);
    reload.add_event_listener_with_callback("click", pressed.as_ref().unchecked_ref())?;
    pressed.forget();
    for part in [&title, &element(&document, "p", words.hint)?, &reload] {
        screen.append_child(part)?;
    }
    body.append_child(&screen)?;
    if let Some(reload) = reload.dyn_ref::<HtmlElement>() {
        reload.focus()?;
    }
    Ok(())
}

fn element(document: &Document, name: &str, text: &str) -> Result<Element, JsValue> {
    let element = document.create_element(name)?;
    element.set_text_content(Some(text));
    Ok(element)
}

fn words() -> &'static Words {
    match Language::kept() {
        Language::English => &ENGLISH,
        Language::Russian => &RUSSIAN,
        Language::Chinese => &CHINESE,
    }
}
