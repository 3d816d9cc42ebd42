/**
 * The kinds of changes in the log of an account, as `GET …/account/A/changes` names them: the thing, a dot, the change.
 */
export const changeKinds = [
    "organization.create",
    "organization.rename",
    "organization.owner",
    "organization.two-factor",
    "organization.limit",
    "member.add",
    "member.role",
    "member.email",
    "member.remove",
    "application.create",
    "application.delete",
    "environment.create",
    "environment.delete",
    "environment.outage-page",
    "environment.dns-bypass",
    "domain.attach",
    "domain.detach",
    "domain.move",
    "certificate.set",
    "claim.take",
    "claim.release",
] as const;

export type ChangeKind = (typeof changeKinds)[number];
