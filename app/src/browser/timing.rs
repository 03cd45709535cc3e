//! How long work took the last time, told to the browser: its own tools and the benches read it
//! there.

use web_sys::Performance;

/// Does the work and has the browser remember how long it took this time, under a name.
pub fn measured<T>(name: &str, work: impl FnOnce() -> T) -> T {
    let Some(clock) = web_sys::window().and_then(|window| window.performance()) else {
        return work();
    };
    let begun = begin(&clock, name);
    let done = work();
    if begun {
        // A measurement that cannot be taken is none.
        clock.clear_measures_with_measure_name(name);
        let _ = clock.measure_with_start_mark(name, name);
        clock.clear_marks_with_mark_name(name);
    }
    done
}

fn begin(clock: &Performance, name: &str) -> bool {
    clock.mark(name).is_ok()
}
