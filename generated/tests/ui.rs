//! What must not compile, and what the compiler says of it. The runtime's cases stand here too: a second crate with such tests would build every
//! dependency once more.

#[test]
fn mistakes_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
