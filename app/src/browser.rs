//! The browser's own services, each behind a few plain functions: no rule of ours lives here.

pub mod boot;
pub mod clock;
pub mod cookies;
pub mod entropy;
pub mod events;
pub mod failure;
pub mod files;
pub mod http;
pub mod indexed_db;
pub mod known_people;
pub mod notifications;
pub mod reload;
pub mod service_worker;
pub mod storage_estimate;
pub mod tabs;
pub mod timer;
pub mod timing;
pub mod vault;
pub mod web_socket;
