//! The seeded world, a little of it: `cargo xtask sim` runs the years.

use tests::world;

#[test]
fn months_of_cuts_crashes_and_wrong_clocks_lose_nothing() {
    let report = world::one(7, 0).with(world::one(7, 1));
    assert!(report.is_sound(), "{}\n{}", report.to_json(), report.troubles.join("\n"));
    assert!(report.edits > 500 && report.acknowledged > 500, "{}", report.to_json());
}

#[test]
fn the_same_seed_gives_the_same_world() {
    assert_eq!(world::one(3, 2), world::one(3, 2));
    assert_ne!(world::one(3, 2).edits, world::one(4, 2).edits);
}
