//! Tessera in the browser: screens over a replica that is always here, line or no line.

mod app;
mod workspace;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
