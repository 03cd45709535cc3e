//! The seeded world, a little of it: `cargo xtask sim` runs the years.

use tests::world;

#[test]
fn a_month_of_cuts_crashes_and_wrong_clocks_loses_nothing() {
    let report = world::one(7, 0);
    assert!(report.is_sound(), "{}\n{}", report.to_json(), report.troubles.join("\n"));
    assert!(report.edits > 200 && report.acknowledged > 200, "{}", report.to_json());
}

#[test]
fn the_same_seed_gives_the_same_world() {
    let (one, other) = (world::one(3, 2), world::one(3, 2));
    assert_eq!(one, other);
    assert!(one.is_sound(), "{}\n{}", one.to_json(), one.troubles.join("\n"));
}
