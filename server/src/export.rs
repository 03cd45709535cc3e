//! `tessera export`: a workspace's customers as files in the plain style.

pub mod cell;
