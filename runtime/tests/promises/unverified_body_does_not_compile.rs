//! The body of an unverified reply cannot be reached, and that is a matter of types.

#[test]
fn an_unverified_body_cannot_be_reached() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
