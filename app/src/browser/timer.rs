//! One appointment at a time: setting it again forgets the one before.

use gloo::timers::callback::Timeout;
use std::{cell::RefCell, rc::Rc};

#[derive(Clone, Default)]
pub struct Timer(Rc<RefCell<Option<Timeout>>>);

impl Timer {
    pub fn after(&self, milliseconds: u32, then: impl FnOnce() + 'static) {
        let timeout = Timeout::new(milliseconds, then);
        if let Ok(mut slot) = self.0.try_borrow_mut() {
            *slot = Some(timeout);
        }
    }
}
