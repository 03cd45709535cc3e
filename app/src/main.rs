//! Tessera in the browser: screens over a replica that is always here, line or no line.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test that cannot go on has failed"))]

mod accounts;
mod app;
mod boards;
mod bring_in;
mod browser;
mod commands;
mod dashboard;
mod deals;
mod filter;
mod gathering;
mod language;
mod panic_screen;
mod parts;
mod route;
mod segments;
mod session;
mod settings;
mod shell;
mod sign_in;
mod sync_centre;
mod today;
mod ui;
mod views;
mod warnings;
mod workspace;

fn main() {
    panic_screen::install();
    browser::service_worker::register();
    browser::boot::clear();
    leptos::mount::mount_to_body(app::App);
}
