# It needs the AWS CLI. AWS_ENDPOINT_URL names the endpoint. Exit status 0 says that the target does what AWS does,
# 1 that it does not, and 2 that it could not be played. What was made is removed at the end.
#
# Each account is a fresh one, whose credentials come from STS AssumeRole; with ACCOUNTS=access-key its id is the
# access key id. A variable with the account's name in capitals chooses its id, as OWNER=111122223333 does, and
# OWNER_PROFILE=NAME a profile of yours. WAIT=60 lets the target show what is expected up to 60 seconds later.
set -euo pipefail
: "${AWS_ENDPOINT_URL:?names the endpoint of the target}"
export AWS_PAGER='' AWS_EC2_METADATA_DISABLED=true AWS_MAX_ATTEMPTS="${AWS_MAX_ATTEMPTS:-2}"
errors=$(mktemp)
trap cleanup EXIT
declare -A credentials=()

aws_at_target() {
    aws --endpoint-url "$AWS_ENDPOINT_URL" --region us-east-1 --output text "$@"
}

# account NAME: the id of an account.
account() {
    local profile=$1_PROFILE
    if [ -n "${!1:-}" ]; then
        echo "${!1}"
    elif [ -n "${!profile:-}" ]; then
        AWS_PROFILE=${!profile} aws_at_target sts get-caller-identity --query Account
    else
        printf '%d%06d\n' $(((RANDOM << 15 | RANDOM) % 900000 + 100000)) $(((RANDOM << 15 | RANDOM) % 1000000))
    fi
}

# assume NAME: sees to credentials for an account.
assume() {
    local profile=${1^^}_PROFILE
    [ -z "${!profile:-}" ] && [ "${ACCOUNTS:-assume-role}" != access-key ] && [ -z "${credentials[$1]:-}" ] ||
        return 0
    credentials[$1]=$(AWS_ACCESS_KEY_ID=${AWS_ACCESS_KEY_ID:-111111111111} \
        AWS_SECRET_ACCESS_KEY=${AWS_SECRET_ACCESS_KEY:-secret} aws_at_target sts assume-role \
        --role-arn "arn:aws:iam::${!1}:role/reproduction" --role-session-name reproduction \
        --query 'Credentials.[AccessKeyId, SecretAccessKey, SessionToken]') || exit 2
}

# as NAME OPTION...: calls the target as an account.
as() {
    local name=$1 profile=${1^^}_PROFILE key secret token
    shift
    if [ -n "${!profile:-}" ]; then
        AWS_PROFILE=${!profile} aws_at_target "$@"
    elif [ "${ACCOUNTS:-assume-role}" = access-key ]; then
        AWS_ACCESS_KEY_ID=${!name} AWS_SECRET_ACCESS_KEY=secret aws_at_target "$@"
    else
        read -r key secret token <<<"${credentials[$name]}"
        AWS_ACCESS_KEY_ID=$key AWS_SECRET_ACCESS_KEY=$secret AWS_SESSION_TOKEN=$token aws_at_target "$@"
    fi
}

# call NAME SERVICE OPERATION OPTION...: leaves the answer in $answer; if it fails, the code in $code.
call() {
    assume "$1"
    code=
    if answer=$(as "$@" 2>"$errors"); then
        return 0
    fi
    code=$(sed -n 's/.*An error occurred (\([^)]*\)).*/\1/p' "$errors")
    [ -n "$code" ] || code=$(tail -n 1 "$errors")
    return 1
}

granted() {
    call "$@" && return
    echo "it can't be played: $2 $3 by $1 is refused: $(tail -n 1 "$errors")" >&2
    exit 2
}

diverges() {
    echo "expected $1, observed $2" >&2
    exit 1
}

expect_granted() {
    call "$@" || diverges "that $1 may $3" "$code"
}

# expect_refused CODE|CODE NAME SERVICE OPERATION OPTION...; without a code, any will do.
expect_refused() {
    local codes=$1
    shift
    if call "$@"; then
        [ -n "$codes" ] && [[ "|$codes|" == *"|$answer|"* ]] ||
            diverges "that $3 by $1 is refused${codes:+ with $codes}" "that it is granted"
    else
        [ -z "$codes" ] || [[ "|$codes|" == *"|$code|"* ]] || diverges "that $3 by $1 is refused with $codes" "$code"
    fi
}

sorted() {
    printf '%s\n' "$@" | LC_ALL=C sort | paste -sd, -
}

# shows WHAT VALUE WANTED...: the value is one of those that are wanted.
shows() {
    local what=$1 value=$2 wanted
    shift 2
    for wanted; do
        [ "$value" != "$wanted" ] || return 0
    done
    diverges "$what: $(printf '%s or ' "$@" | sed 's/ or $//')" "$value"
}

# expect WHAT WANTED... -- NAME SERVICE OPERATION OPTION...: the call is granted and shows what is wanted.
expect() {
    local what=$1 wanted=() until=$((SECONDS + ${WAIT:-0})) value
    shift
    while [ "$1" != -- ]; do
        wanted+=("$1")
        shift
    done
    shift
    while true; do
        expect_granted "$@" --output json
        value=${answer#\"}
        value=${value%\"}
        if (shows "$what" "$value" "${wanted[@]}") 2>/dev/null || [ "$SECONDS" -ge "$until" ]; then
            break
        fi
        sleep 1
    done
    shows "$what" "$value" "${wanted[@]}"
}

# undo VALUE NAME SERVICE OPERATION OPTION...: removes what was made, if it was.
undo() {
    [ -z "$1" ] || [ "$1" = None ] || call "${@:2}" || true
}
