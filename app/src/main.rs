//! Tessera in the browser: screens over a replica that is always here, line or no line.

mod accounts;
mod app;
mod browser;
mod deals;
mod language;
mod route;
mod shell;
mod sync_centre;
mod ui;
mod workspace;

fn main() {
    leptos::mount::mount_to_body(app::App);
}
