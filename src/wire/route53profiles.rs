//! The operations of Route 53 Profiles, one file each.
//!
//! To add one, write its file and give it a line below.

use bellwether_model::judge::Observation;
use bellwether_model::{Account, Call, Name};

use super::Session;

operations_of! { "Route 53 Profiles":
    associate_profile::AssociateProfile,
    create_profile::CreateProfile,
    delete_profile::DeleteProfile,
    disassociate_profile::DisassociateProfile,
    get_profile::GetProfile,
    list_profile_associations::ListProfileAssociations,
    list_profiles::ListProfiles,
}
