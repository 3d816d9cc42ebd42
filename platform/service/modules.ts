import { measureJson, Problem } from "section-model";
import { mostPayloadValues, payloadFile } from "section-model/content";
import type { Caller, Member } from "../auth/caller";
import type { EnvironmentRow } from "../store/database";
import { findEnvironmentOfUser } from "../store/environments";
import { getProxyChain } from "./configuration";
import type { Context } from "./context";
import { payloadExists } from "./payloads";

/** One running copy of an application's code. */
export interface ModuleInstance {
    inService: boolean;
    state: "Running" | "Not Running";
    instanceName: string;
    payloadID: string;
}

export interface LogLine {
    timestamp: string;
    instanceName: string;
    message: string;
    type: "app" | "access";
}

interface ModulePlace {
    environmentId: number;
    moduleName: string;
}

interface Opened {
    member: Member;
    environment: EnvironmentRow;
    /** Whether the environment's proxy chain has the module. */
    isThere: boolean;
}

/** The environment of an id, as a member of its account sees it. To anybody else there is none. */
async function openModule(
    context: Context,
    caller: Caller,
    { environmentId, moduleName }: ModulePlace,
): Promise<Opened> {
    const { capability, ...environment } =
        (await findEnvironmentOfUser(context.store.database, caller.userId, environmentId)) ?? {};
    if (capability === undefined) throw new Problem("not-found", `there is no environment ${environmentId}`);
    const found = environment as EnvironmentRow;
    const member: Member = { caller, accountId: found.account_id, capability };
    const chain = await getProxyChain(context, member, {
        applicationId: found.application_id,
        environment: found.name,
    });
    return { member, environment: found, isThere: chain.some(({ name }) => name === moduleName) };
}

/** The upload that a file names, or undefined. */
function payloadOf(content: Buffer | undefined): string | undefined {
    const text = content?.toString("utf8") ?? "{}";
    if (measureJson(text).values > mostPayloadValues) return undefined;
    try {
        const { section_payload_id: id } = JSON.parse(text);
        return typeof id === "string" && id !== "" ? id : undefined;
    } catch {
        return undefined;
    }
}

/**
 * The state of the upload that an environment's branch names: it runs when the account has it. Empty when the branch
 * names none, and for a module that the environment does not have: nothing of it runs.
 */
export async function listModuleInstances(
    context: Context,
    caller: Caller,
    place: ModulePlace,
): Promise<ModuleInstance[]> {
    const { member, environment, isThere } = await openModule(context, caller, place);
    if (!isThere) return [];
    const key = { accountId: member.accountId, applicationId: environment.application_id };
    const head = await context.repositories.head(key, environment.name);
    const payload = payloadOf(
        await context.repositories.readFile(key, environment.name, `${place.moduleName}/${payloadFile}`),
    );
    if (head === undefined || payload === undefined) return [];
    const isRunning = await payloadExists(context, member.accountId, payload);
    const instanceName = `${place.moduleName}-${head.commit.slice(0, 10)}`;
    return [{ inService: isRunning, state: isRunning ? "Running" : "Not Running", instanceName, payloadID: payload }];
}

/** The log of a module: always empty, as the platform runs no proxies. The caller must be allowed to see the module. */
export async function listModuleLogs(context: Context, caller: Caller, place: ModulePlace): Promise<LogLine[]> {
    const { environment, isThere } = await openModule(context, caller, place);
    if (isThere) return [];
    throw new Problem(
        "not-found",
        `environment ${environment.name} of application ${environment.application_id} has no proxy named ${JSON.stringify(place.moduleName.slice(0, 64))}`,
    );
}
