//! Widgets that know no word of the CRM and take no workspace; features compose them.

pub mod avatar;
pub mod bar_chart;
pub mod candidate;
pub mod dialog;
pub mod edit_mark;
pub mod editable_text;
pub mod empty;
pub mod field;
pub mod icon;
pub mod notice;
pub mod select;
pub mod theme;
pub mod virtual_list;
