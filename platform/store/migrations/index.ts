import type { Migration } from "kysely";
import * as initial from "./0001-initial";
import * as people from "./0002-people";
import * as configuration from "./0003-configuration";
import * as applications from "./0004-applications";
import * as certificates from "./0005-certificates";
import * as uploads from "./0006-uploads";
import * as sessions from "./0007-sessions";
import * as changes from "./0008-changes";
import * as claims from "./0009-claims";
import * as deletedAccounts from "./0010-deleted-accounts";
import * as tokenParents from "./0011-token-parents";
import * as invitations from "./0012-invitations";
import * as keptBytes from "./0013-kept-bytes";
import * as revokedTokens from "./0014-revoked-tokens";
import * as endedTokens from "./0015-ended-tokens";
import * as manyMemberships from "./0016-many-memberships";
import * as sizesByAccount from "./0017-sizes-by-account";

/** Every migration ever released, by name, in order. A released one is never changed. */
export const migrations: Record<string, Migration> = {
    "0001-initial": initial,
    "0002-people": people,
    "0003-configuration": configuration,
    "0004-applications": applications,
    "0005-certificates": certificates,
    "0006-uploads": uploads,
    "0007-sessions": sessions,
    "0008-changes": changes,
    "0009-claims": claims,
    "0010-deleted-accounts": deletedAccounts,
    "0011-token-parents": tokenParents,
    "0012-invitations": invitations,
    "0013-kept-bytes": keptBytes,
    "0014-revoked-tokens": revokedTokens,
    "0015-ended-tokens": endedTokens,
    "0016-many-memberships": manyMemberships,
    "0017-sizes-by-account": sizesByAccount,
};
