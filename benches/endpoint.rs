//! What the harness costs against an endpoint: `cargo bench --bench endpoint`.
fn main() {}
