//! What the scan promises, held against Automerge itself.

use super::*;
use automerge::{AutoCommit, ObjType, ROOT, ReadDoc, transaction::Transactable};

fn check(document: &mut AutoCommit) {
    for change in document.get_changes(&[]) {
        let scanned = scan(change.raw_bytes()).expect("an honest change passes");
        assert_eq!(scanned.hash.0, change.hash().0);
        assert_eq!(scanned.actor.0, change.actor_id().to_bytes());
        assert_eq!(scanned.sequence, change.seq());
        assert_eq!(scanned.start_operation, change.start_op().get());
        assert_eq!(scanned.operations, change.len() as u64);
        assert_eq!(scanned.time, change.timestamp());
        let dependencies: Vec<_> = change.deps().iter().map(|hash| ChangeHash(hash.0)).collect();
        assert_eq!(scanned.dependencies, dependencies);
    }
}

fn busy() -> AutoCommit {
    let mut document = AutoCommit::new();
    let map = document.put_object(ROOT, "map", ObjType::Map).unwrap();
    let text = document.put_object(ROOT, "text", ObjType::Text).unwrap();
    document.commit();
    let mut other = document.fork();
    for round in 0..50 {
        document.put(&map, format!("key {round}"), round * 7 - 100).unwrap();
        document.splice_text(&text, 0, 0, &"x".repeat(round as usize)).unwrap();
        document.put(&map, "same", "ю".repeat(300)).unwrap();
        document.put(&map, "bytes", vec![1u8; 9]).unwrap();
        other.put(&map, "same", round).unwrap();
        if round % 5 == 0 {
            other.delete(&map, "same").unwrap();
            document.merge(&mut other).unwrap();
            document.put(&map, "same", true).unwrap();
        }
        document.commit();
        other.commit();
    }
    document
}

#[test]
fn p1_a_scan_says_of_a_change_what_automerge_says() {
    check(&mut busy());
}

#[test]
fn p2_a_compressed_change_is_refused_before_it_inflates() {
    let mut document = AutoCommit::new();
    document.put(ROOT, "long", "a".repeat(10_000)).unwrap();
    let mut change = document.get_last_local_change().unwrap();
    assert!(scan(change.raw_bytes()).is_ok());
    assert_eq!(scan(change.bytes().as_ref()), Err(Unfit::Malformed));
}

#[test]
fn p2_a_document_is_not_a_change() {
    assert_eq!(scan(&busy().save()), Err(Unfit::Malformed));
    assert_eq!(scan(&[]), Err(Unfit::Malformed));
}

#[test]
fn p3_few_bytes_that_stand_for_many_operations_are_too_large() {
    let mut document = AutoCommit::new();
    let text = document.put_object(ROOT, "text", ObjType::Text).unwrap();
    document.splice_text(&text, 0, 0, &"a".repeat(OPERATIONS_MAX as usize)).unwrap();
    let change = document.get_last_local_change().unwrap();
    assert!(change.raw_bytes().len() < CHANGE_BYTES_MAX);
    assert_eq!(scan(change.raw_bytes()), Err(Unfit::TooLarge));
    let mut body = change.raw_bytes().to_vec();
    body.resize(CHANGE_BYTES_MAX + 1, 0);
    assert_eq!(scan(&body), Err(Unfit::TooLarge));
}

#[test]
fn p3_a_change_at_the_limit_passes() {
    let mut document = AutoCommit::new();
    let text = document.put_object(ROOT, "text", ObjType::Text).unwrap();
    document.commit();
    document.splice_text(&text, 0, 0, &"a".repeat(OPERATIONS_MAX as usize)).unwrap();
    let change = document.get_last_local_change().unwrap();
    assert_eq!(scan(change.raw_bytes()).unwrap().operations, OPERATIONS_MAX);
}

#[test]
fn p4_no_mutation_makes_the_scan_panic_or_disagree_with_automerge() {
    let mut document = busy();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    for change in document.get_changes(&[]) {
        for _ in 0..40 {
            let mut bytes = change.raw_bytes().to_vec();
            let at = next() as usize % bytes.len();
            bytes[at] ^= 1 << (next() % 8);
            let forged = repaired(bytes);
            if let Ok(scanned) = scan(&forged) {
                let parsed = automerge::Change::from_bytes(forged.clone());
                if let Ok(parsed) = parsed {
                    assert_eq!(scanned.hash.0, parsed.hash().0);
                    assert_eq!(scanned.sequence, parsed.seq());
                    assert_eq!(scanned.operations, parsed.len() as u64);
                }
            }
        }
    }
    let _ = document.get(ROOT, "map");
}

/// Puts the checksum right, as a hostile sender would.
fn repaired(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut reader = Reader::new(bytes.get(9..).unwrap_or_default());
    if reader.unsigned().is_ok() {
        let hash = hash(reader.rest());
        bytes[4..8].copy_from_slice(&hash.0[..4]);
    }
    bytes
}
