//! What fuzzing begins with, and the shortest inputs it has found that each reach something of their
//! own: nothing of it may panic.

use fuzz::{gate, pieces};
use std::{fs, path::Path};

#[test]
fn what_our_own_code_writes_is_let_in_whole() {
    for (_, bytes) in fuzz::seeds::seeds() {
        fuzz::attempt(&bytes);
        if let [0, changes @ ..] = &bytes[..] {
            let changes = pieces::cut(changes);
            assert_eq!((gate::judge(&changes), changes.len()), (6, 6));
        }
    }
}

#[test]
fn every_input_that_was_kept_is_taken_calmly() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut taken = 0;
    for entry in fs::read_dir(folder).expect("the corpus") {
        let path = entry.expect("an input").path();
        let bytes = fs::read(&path).expect("an input that can be read");
        let calm = std::panic::catch_unwind(|| fuzz::attempt(&bytes));
        assert!(calm.is_ok(), "{}", path.display());
        taken += 1;
    }
    assert!(taken > 0, "the corpus is here");
}
