import {
    attachDomain,
    createEnvironment,
    detachDomain,
    type EnvironmentPlace,
    type EnvironmentRecord,
    type TakesFrom,
} from "section-client";
import {
    type EnvironmentInputs,
    isProblem,
    Problem,
    parseApplicationId,
    productionName,
    resourceId,
} from "section-model";
import type { Hold } from "../../protection/hold";
import { refuseMoved } from "../../protection/plan-expectations";
import { findEnvironmentRecord, findGitUrl, findHead } from "../../run/find-branch";
import { Slot } from "../../run/memory";
import { isHostnameDeclared } from "../../run/program-hostnames";
import type { Session } from "../../run/session";
import { type Found, Unfinished } from "../noun";
import { isIn, takeHostname } from "../take-hostname";
import { rememberContent } from "./content";
import { type Described, type EnvironmentOutputs, foundEnvironment, rememberedOf } from "./observe";
import { noteHeadBefore } from "./seen-head";
import { type CheckedInputs, syncContent } from "./sync-content";

/**
 * Environments that are being made, by id: there was none of that name. A repeated attempt finds what an earlier one
 * has made.
 */
const missing = new Slot(() => new Set<string>());

/** A new environment, or the one that somebody has made meanwhile. */
async function create(
    session: Session,
    place: EnvironmentPlace,
    { from = productionName, hostname }: EnvironmentInputs,
    hold: Hold | undefined,
): Promise<EnvironmentRecord> {
    const application = resourceId.application(place);
    if (place.environment === productionName)
        throw new Problem("not-found", `application ${application} has no Production`);
    if ((await findEnvironmentRecord(session, { ...place, environment: from })) === undefined)
        throw new Problem(
            "invalid-input",
            `there is no ${from} in application ${application} to copy ${place.environment} from`,
            {
                property: "from",
                remedy: "Declare that environment before this one and write `from: itsVariable.name`, so that it is made first",
            },
        );
    const request = (takesFrom?: TakesFrom) =>
        createEnvironment(session.client, place, { from, hostname: hostname as string, claim: hold?.claim, takesFrom });
    return takeHostname(session, hostname as string, { hold, isOwnPlace: isIn(place) }, request).catch(
        async (error) => {
            if (!isProblem(error) || error.code !== "environment-exists") throw error;
            const record = await findEnvironmentRecord(session, place);
            if (record === undefined) throw error;
            return record;
        },
    );
}

/**
 * Attaches the declared hostname, and detaches the one that was declared before. If another resource of the program
 * declares that one, it stays until that resource takes it.
 */
async function syncHostname(
    session: Session,
    place: EnvironmentPlace,
    record: EnvironmentRecord,
    hostname: string | undefined,
    before: string | undefined,
    hold: Hold | undefined,
): Promise<EnvironmentRecord> {
    const { client, memory } = session;
    const has = (name: string) => record.domains.some((each) => each.hostname === name);
    let current = record;
    if (hostname !== undefined && !has(hostname))
        current = await takeHostname(session, hostname, { hold, isOwnPlace: isIn(place) }, (takesFrom) =>
            attachDomain(client, place, hostname, undefined, { claim: hold?.claim, takesFrom }),
        );
    if (before !== undefined && before !== hostname && has(before) && !isHostnameDeclared(memory, before)) {
        await detachDomain(client, place, before);
        current = { ...current, domains: current.domains.filter((each) => each.hostname !== before) };
    }
    return current;
}

function describedOf(outputs: Partial<EnvironmentOutputs>): Described {
    const { from, hostname, promotedOver } = outputs;
    return { from, hostname, promotedOver, ...rememberedOf(outputs) };
}

export async function ensureEnvironment(
    session: Session,
    inputs: CheckedInputs,
    previous?: Found<EnvironmentOutputs>,
    hold?: Hold,
): Promise<Found<EnvironmentOutputs>> {
    const { memory } = session;
    const place = { ...parseApplicationId(inputs.application), environment: inputs.name };
    const id = resourceId.environment(place);
    const gitUrl = await findGitUrl(session, place);
    const existing = await findEnvironmentRecord(session, place);
    if (existing === undefined) memory.of(missing).add(id);
    // what the state knows of a branch is not about one that was made since
    const before = memory.of(missing).has(id) ? undefined : previous?.outputs;
    const record = existing ?? (await create(session, place, inputs, hold));
    const { from, hostname } = inputs;
    noteHeadBefore(memory, id, before && (record.head?.commit ?? before.head));
    try {
        const current = await syncHostname(session, place, record, hostname, before?.hostname, hold);
        const synced = await syncContent(session, place, gitUrl, inputs, before, current.head).catch(async (error) => {
            // the branch moved just now: whoever applies a reviewed plan gets the plan's words
            if (isProblem(error) && error.code === "head-moved") await refuseMoved(session, "environment", id);
            throw error;
        });
        const head = synced ?? (await findHead(session, place, gitUrl, current));
        memory.of(missing).delete(id);
        return foundEnvironment(
            place,
            current,
            gitUrl,
            { from, hostname, ...rememberContent(inputs), promotedOver: synced?.promotedOver },
            head,
        );
    } catch (error) {
        const described: Described = before === undefined ? { from, hostname } : describedOf(before);
        const found = foundEnvironment(
            place,
            record,
            gitUrl,
            described,
            before?.head === undefined ? undefined : { commit: before.head, tree: before.tree ?? "" },
        );
        throw new Unfinished(found, error);
    }
}
