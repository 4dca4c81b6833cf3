//! The members of License Manager.

use super::Reads;

/// The operations of License Manager that are served.
pub static LICENSE_MANAGER: Reads = Reads {
    service: "licensemanager",
    title: "License Manager",
    code: "InvalidParameterValueException",
    operations: &[
        (
            "CreateLicenseConfiguration",
            "Description DisassociateWhenNotFound LicenseCount LicenseCountHardLimit \
             LicenseCountingType LicenseExpiry LicenseRules Name ProductInformationList.*",
        ),
        ("DeleteLicenseConfiguration", "LicenseConfigurationArn"),
        ("GetLicenseConfiguration", "LicenseConfigurationArn"),
        (
            "ListLicenseConfigurations",
            "Filters.Name Filters.Values LicenseConfigurationArns MaxResults NextToken",
        ),
        (
            "UpdateLicenseConfiguration",
            "Description DisassociateWhenNotFound LicenseConfigurationArn \
             LicenseConfigurationStatus LicenseCount LicenseCountHardLimit LicenseExpiry \
             LicenseRules Name ProductInformationList.*",
        ),
    ],
};
