//! The block devices of images.

use bellwether_model::Name;
use serde::{Deserialize, Serialize};

use super::attributes::{number, truth, word};
use super::form::Form;
use super::{Request, invalid};
use crate::reference::json::Failure;
use crate::reference::query::Xml;

/// The types of volumes.
const VOLUME_TYPES: [&str; 7] = ["standard", "io1", "io2", "gp2", "gp3", "sc1", "st1"];

/// A block device, and what it is made of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Mapping {
    /// Its name.
    pub(super) device: String,
    /// The snapshot that it is made of, if it is of one.
    pub(super) snapshot: Option<String>,
    size: Option<u32>,
    volume_type: String,
    ends_with_its_instance: bool,
}

impl Mapping {
    /// The block devices that a request describes.
    ///
    /// # Errors
    ///
    /// One has no name, is made of nothing, or of what the caller does not see.
    pub(super) fn read_all(request: &Request<'_>, form: &Form<'_>) -> Result<Vec<Self>, Failure> {
        let members = form.members("BlockDeviceMapping");
        let mappings = members.iter().map(Self::read).collect::<Result<Vec<_>, _>>()?;
        // The model decides about the first snapshot.
        let others = mappings.iter().filter_map(|it| it.snapshot.as_deref()).skip(1);
        for id in others {
            if !request.state.world.sight(request.caller, &Name::new(id)).is_seen() {
                let message = format!("The snapshot '{id}' does not exist.");
                return Err(Failure::new("InvalidSnapshot.NotFound", message));
            }
        }
        Ok(mappings)
    }

    fn read(form: &Form<'_>) -> Result<Self, Failure> {
        let device = form
            .value("DeviceName")
            .ok_or_else(|| invalid("A block device mapping must have a device name."))?;
        let snapshot = form.value("Ebs.SnapshotId").map(ToOwned::to_owned);
        let size = number(form, "Ebs.VolumeSize", 1..=65_536)?;
        if snapshot.is_none() && size.is_none() {
            let message =
                format!("The block device {device} must have a snapshot or a volume size.");
            return Err(Failure::new("InvalidBlockDeviceMapping", message));
        }
        Ok(Self {
            device: device.to_owned(),
            snapshot,
            size,
            volume_type: word(form, "Ebs.VolumeType", &VOLUME_TYPES, "gp2")?.to_owned(),
            ends_with_its_instance: truth(form, "Ebs.DeleteOnTermination")?.unwrap_or(true),
        })
    }

    /// The root device of an image that was made of an instance.
    pub(super) fn of_root(snapshot: &Name) -> Self {
        Self {
            device: "/dev/xvda".to_owned(),
            snapshot: Some(snapshot.to_string()),
            size: Some(8),
            volume_type: "gp2".to_owned(),
            ends_with_its_instance: true,
        }
    }

    /// Writes the device.
    pub(super) fn write(self, xml: Xml) -> Xml {
        xml.text("deviceName", &self.device).element("ebs", |xml| {
            let xml = match &self.snapshot {
                Some(snapshot) => xml.text("snapshotId", snapshot),
                None => xml,
            };
            let xml = match self.size {
                Some(size) => xml.text("volumeSize", &size.to_string()),
                None => xml,
            };
            xml.text("volumeType", &self.volume_type)
                .text("deleteOnTermination", &self.ends_with_its_instance.to_string())
                .text("encrypted", "false")
        })
    }
}
