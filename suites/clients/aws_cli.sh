#!/usr/bin/env bash
# A share's life with the AWS CLI: made, filled, accepted, listed, deleted, against an endpoint; then the
# CLI's own pages and waiters.
#
#     bellwether serve --address 127.0.0.1:4000 &
#     suites/clients/aws_cli.sh http://127.0.0.1:4000 [OWNER CONSUMER]
#
# The two accounts have to be new to the endpoint.
# Exit status 0 says that every claim held; the first that did not is on standard error.
set -euo pipefail
[ $# -eq 1 ] || [ $# -eq 3 ] || { echo "usage: $0 ENDPOINT [OWNER CONSUMER]" >&2; exit 2; }
endpoint=$1
export AWS_SECRET_ACCESS_KEY=any AWS_DEFAULT_REGION=us-east-1
export AWS_DEFAULT_OUTPUT=text AWS_PAGER='' AWS_EC2_METADATA_DISABLED=true
owner=${2:-333333333333}
consumer=${3:-444444444444}

# as ACCOUNT COMMAND...: the CLI as an account, whose access key is its id.
as() {
    local account=$1
    shift
    AWS_ACCESS_KEY_ID=$account aws --endpoint-url "$endpoint" "$@"
}

# claim WHAT EXPECTED OBSERVED
claim() {
    [ "$2" = "$3" ] || { echo "does not hold: $1 (expected $2, observed $3)" >&2; exit 1; }
    echo "holds: $1"
}

list=$(as $owner ec2 create-managed-prefix-list --prefix-list-name offices --max-entries 5 \
    --address-family IPv4 --query PrefixList.PrefixListArn)
share=$(as $owner ram create-resource-share --name offices --query resourceShare.resourceShareArn)
claim 'a resource is on its way in' ASSOCIATING "$(as $owner ram associate-resource-share \
    --resource-share-arn "$share" --resource-arns "$list" \
    --query 'resourceShareAssociations[0].status')"
as $owner ram associate-resource-share --resource-share-arn "$share" --principals $consumer >/dev/null

invitation=$(as $consumer ram get-resource-share-invitations \
    --query 'resourceShareInvitations[0].resourceShareInvitationArn')
claim 'the consumer accepts' ACCEPTED "$(as $consumer ram accept-resource-share-invitation \
    --resource-share-invitation-arn "$invitation" --query resourceShareInvitation.status)"
claim 'it lists what is shared' "$list" "$(as $consumer ram list-resources \
    --resource-owner OTHER-ACCOUNTS --query 'resources[].arn')"
claim 'and sees it in EC2' $owner "$(as $consumer ec2 describe-managed-prefix-lists \
    --filters "Name=owner-id,Values=$owner" --query 'PrefixLists[].OwnerId')"
claim 'the owner lists whom it shares with' $consumer "$(as $owner ram list-principals \
    --resource-owner SELF --query 'principals[].id')"

as $owner ram delete-resource-share --resource-share-arn "$share" >/dev/null
claim 'a deleted share is listed as such' DELETED "$(as $owner ram get-resource-shares \
    --resource-owner SELF --query 'resourceShares[].status')"
claim 'and shows nothing any more' '' "$(as $consumer ram list-resources \
    --resource-owner OTHER-ACCOUNTS --query 'resources[].arn')"

for number in 1 2 3 4 5 6 7; do
    as $owner ec2 create-managed-prefix-list --prefix-list-name "list-$number" --max-entries 5 \
        --address-family IPv4 >/dev/null
done
claim 'pages of five are read to their end' 8 "$(as $owner ec2 describe-managed-prefix-lists \
    --page-size 5 --output json --query 'length(PrefixLists)')"
vpc=$(as $owner ec2 create-vpc --cidr-block 10.0.0.0/16 --query Vpc.VpcId)
subnet=$(as $owner ec2 create-subnet --vpc-id "$vpc" --cidr-block 10.0.1.0/24 \
    --query Subnet.SubnetId)
as $owner ec2 wait vpc-available --vpc-ids "$vpc"
as $owner ec2 wait subnet-available --subnet-ids "$subnet"
as $owner ec2 delete-subnet --subnet-id "$subnet"
as $owner ec2 delete-vpc --vpc-id "$vpc"
claim 'a deleted VPC is unknown' InvalidVpcID.NotFound "$(as $owner ec2 describe-vpcs \
    --vpc-ids "$vpc" 2>&1 | sed -n 's/.*(\(.*\)) when calling.*/\1/p')"
