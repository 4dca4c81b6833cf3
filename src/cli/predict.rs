//! `bellwether predict`
#[derive(Debug, clap::Args)]
pub(super) struct Predict {}
impl Predict {
    pub(super) fn run(self) -> Result<u8, super::CliError> {
        Ok(0)
    }
}
