//! BG/NBD against its published values and its own arithmetic.

use super::*;

const PUBLISHED: Parameters = Parameters { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 };

fn row(x: u64, t_x: f64, t: f64) -> Occasions {
    Occasions { x, t_x, t, mean_value_minor: 0.0 }
}

#[test]
fn the_published_customer_buys_as_published() {
    let ahead = PUBLISHED.purchases_ahead(&row(2, 30.43, 38.86), 39.0).unwrap();
    assert!((ahead - 1.226).abs() < 5e-4, "{ahead}");
    assert_eq!(PUBLISHED.p_alive(&row(0, 0.0, 38.86)), 1.0);
}

#[test]
fn the_value_at_the_pole_is_the_one_beside_it() {
    let customer = row(3, 20.0, 30.0);
    let at = |a: f64| Parameters { a, ..PUBLISHED }.purchases_ahead(&customer, 10.0).unwrap();
    assert!((at(1.0) - (at(1.0 + 1e-5) + at(1.0 - 1e-5)) / 2.0).abs() < 1e-8);
    let new = |b: f64| Parameters { a: 0.6, b, ..PUBLISHED }.purchases_of_new(10.0).unwrap();
    assert!((new(0.4) - (new(0.4 + 1e-5) + new(0.4 - 1e-5)) / 2.0).abs() < 1e-8);
}

#[test]
fn the_chances_of_all_counts_make_one() {
    let sum: f64 = (0..400).map(|x| PUBLISHED.probability_of(x, 39.0).unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-6, "{sum}");
    assert_eq!(PUBLISHED.probability_of(0, 0.0), Ok(1.0));
}

#[test]
fn a_customer_of_hundreds_of_purchases_is_no_overflow() {
    let busy = row(900, 990.0, 1000.0);
    assert!(PUBLISHED.purchases_ahead(&busy, 500.0).unwrap().is_finite());
    assert!((0.0..=1.0).contains(&PUBLISHED.p_alive(&busy)));
}

#[test]
fn what_cannot_be_fitted_is_refused() {
    assert_eq!(fit(&[]), Err(Reason::NoRows));
    assert_eq!(fit(&[(row(0, 0.0, 5.0), 1.0)]), Err(Reason::NoRepeats));
    assert_eq!(fit(&[(row(1, 6.0, 5.0), 1.0)]), Err(Reason::OutOfRange));
    assert_eq!(Parameters { a: 0.0, ..PUBLISHED }.checked(), Err(Reason::OutOfRange));
}
