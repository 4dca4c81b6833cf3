//! The operations of License Manager, one file each.
//!
//! To add one, write its file and give it a line below.

use bellwether_model::judge::Observation;
use bellwether_model::{Account, Call, Name};

use super::Session;

operations_of! { "License Manager":
    create_license_configuration::CreateLicenseConfiguration,
    delete_license_configuration::DeleteLicenseConfiguration,
    get_license_configuration::GetLicenseConfiguration,
    list_license_configurations::ListLicenseConfigurations,
    update_license_configuration::UpdateLicenseConfiguration,
}
