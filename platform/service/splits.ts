import { Problem } from "section-model";
import type { Member } from "../auth/caller";
import { insertApplication, listFamily, prefixConstraint } from "../store/applications";
import type { ApplicationRow, Database } from "../store/database";
import { isTaken } from "../store/database-failure";
import { hasUnsettledEnvironments, insertEnvironment, listEnvironmentRows } from "../store/environments";
import { type ApplicationView, requireApplication, requireRoom } from "./applications";
import { noteChange } from "./changes";
import type { Context } from "./context";
import type { Effects } from "./effects";
import { decideWithEffect } from "./outbox";
import { containsPrefix } from "./path-prefix";
import { refuseUnsettled } from "./refuse-unsettled";

const taken = (hostname: string, prefix: string) =>
    new Problem("prefix-taken", `${hostname}${prefix} is split off already`);

/** The application that answers for a prefix now: the one with the longest prefix around it. */
function ownerOf(family: readonly ApplicationRow[], prefix: string): ApplicationRow | undefined {
    const around = family.filter(({ path_prefix }) => containsPrefix(path_prefix, prefix));
    return around.sort((one, other) => other.path_prefix.length - one.path_prefix.length)[0];
}

async function startSplit(
    transaction: Database,
    member: Member,
    applicationId: number,
    prefix: string,
): Promise<Effects["split-application"]> {
    const { accountId } = member;
    const parent = await requireApplication(transaction, member, applicationId);
    const rootId = parent.root_id ?? parent.id;
    const family = await listFamily(transaction, accountId, rootId);
    const hostname = family.find(({ id }) => id === rootId)?.name as string;
    const same = family.find(({ path_prefix }) => path_prefix === prefix);
    if (same?.state === "deleting") refuseUnsettled(same.name);
    if (same !== undefined) throw taken(hostname, prefix);
    const owner = ownerOf(family, prefix);
    if (owner?.id !== parent.id) {
        const reason = owner === undefined ? "" : `; application ${owner.id} answers for ${owner.path_prefix}`;
        throw new Problem(
            "invalid-input",
            `pathPrefix ${prefix} is not for application ${applicationId} to give, which answers for ${parent.path_prefix}${reason}`,
            {
                property: "pathPrefix",
                remedy: "Split the application that answers for it, with a prefix below its own",
            },
        );
    }
    if (await hasUnsettledEnvironments(transaction, accountId, parent.id))
        refuseUnsettled(`an environment of application ${parent.id}`);
    const split = await insertApplication(transaction, accountId, `${hostname}${prefix}`, {
        root_id: rootId,
        path_prefix: prefix,
    });
    const environments: Effects["split-application"]["environments"] = [];
    for (const { name } of await listEnvironmentRows(transaction, accountId, parent.id)) {
        const { id } = await insertEnvironment(transaction, accountId, split.id, name);
        environments.push({ environmentId: id, name });
    }
    await noteChange(transaction, member, "application.create", {
        thing: { application_id: split.id },
        to: split.name,
    });
    return { accountId, applicationId: split.id, fromApplicationId: parent.id, name: split.name, environments };
}

/**
 * Gives a part of an application's URLs to a new application, which begins as a copy: the same environments, each
 * branch at the same commit. Domains stay with the root and serve both.
 */
export async function splitApplication(
    context: Context,
    member: Member,
    applicationId: number,
    prefix: string,
): Promise<ApplicationView> {
    const { accountId } = member;
    const split = await decideWithEffect(context, "split-application", async (transaction) => {
        await requireRoom(context, transaction, accountId);
        return startSplit(transaction, member, applicationId, prefix);
    }).catch((error) =>
        Promise.reject(isTaken(error, prefixConstraint) ? taken(`application ${applicationId}`, prefix) : error),
    );
    return { id: split.applicationId, account_id: accountId, name: split.name, path_prefix: prefix, claim: null };
}
