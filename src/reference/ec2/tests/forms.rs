//! A target that is asked in EC2's own form.

use bellwether_model::Account;

use crate::reference::ec2::serve;
use crate::reference::{State, query};

/// The target.
#[derive(Default)]
pub(super) struct Target {
    pub(super) state: State,
}

/// An answer: its status, and the XML.
pub(super) struct Answered {
    pub(super) status: u16,
    pub(super) xml: String,
}

impl Target {
    /// Asks as the owner: an action with its parameters, such as `DeleteVpc&VpcId=vpc-1`.
    pub(super) fn ask(&mut self, request: &str) -> Answered {
        self.ask_as(Account::OWNER, request)
    }

    pub(super) fn ask_as(&mut self, account: Account, request: &str) -> Answered {
        let form = query::form(format!("Action={request}").as_bytes());
        self.state.begin(Some(account), "us-east-1");
        let answer = serve(&mut self.state, account, &form);
        self.state.end();
        let xml = String::from_utf8(answer.body().to_vec()).unwrap();
        Answered { status: answer.status().as_u16(), xml }
    }

    /// Makes something, and returns its id: the text of this element.
    pub(super) fn make(&mut self, request: &str, id: &str) -> String {
        let answered = self.ask(request);
        assert_eq!(answered.status, 200, "{request}: {}", answered.xml);
        answered.text(id).to_owned()
    }

    /// Makes a VPC and a subnet in it.
    pub(super) fn subnet(&mut self) -> [String; 2] {
        let vpc = self.make("CreateVpc&CidrBlock=10.0.0.0/16", "vpcId");
        let subnet = format!("CreateSubnet&VpcId={vpc}&CidrBlock=10.0.1.0/24");
        let subnet = self.make(&subnet, "subnetId");
        [vpc, subnet]
    }

    /// A launch of an own image into an own subnet, without the number of instances.
    pub(super) fn launch(&mut self) -> String {
        let [_, subnet] = self.subnet();
        let image = self.make("RegisterImage&Name=a", "imageId");
        format!("RunInstances&ImageId={image}&SubnetId={subnet}&MinCount=1")
    }

    /// Launches an instance.
    pub(super) fn instance(&mut self) -> String {
        let launch = self.launch();
        self.make(&format!("{launch}&MaxCount=1"), "instanceId")
    }

    /// Makes a security group.
    pub(super) fn group(&mut self) -> String {
        let [vpc, _] = self.subnet();
        let create = format!("CreateSecurityGroup&VpcId={vpc}&GroupName=a&GroupDescription=a");
        self.make(&create, "groupId")
    }

    /// Makes a prefix list without entries.
    pub(super) fn list(&mut self) -> String {
        let create = "CreateManagedPrefixList&PrefixListName=a&MaxEntries=3&AddressFamily=IPv4";
        self.make(create, "prefixListId")
    }

    /// The code of a refusal.
    pub(super) fn code(&mut self, request: &str) -> String {
        let answered = self.ask(request);
        assert_ne!(answered.status, 200, "{request} is granted");
        answered.text("Code").to_owned()
    }
}

impl Answered {
    /// The text of the first element of this name; empty if there is none.
    pub(super) fn text(&self, element: &str) -> &str {
        self.texts(element).first().copied().unwrap_or_default()
    }

    /// The texts of all elements of this name.
    pub(super) fn texts(&self, element: &str) -> Vec<&str> {
        let open = format!("<{element}>");
        let parts = self.xml.split(open.as_str()).skip(1);
        parts.map(|part| part.split('<').next().unwrap_or_default()).collect()
    }
}
