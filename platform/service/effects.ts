import { blockOf, type Proxy, productionName } from "section-model";
import { adoptConfig } from "../catalogue/cloned-content";
import { initialContent, initialMessage } from "../catalogue/initial-content";
import { copyBranches, copySnapshot } from "../git/copy-branches";
import type { Signature } from "../git/repositories";
import { rewriteSectionConfig } from "../git/rewrite-section-config";
import { platformSignature } from "../git/write-commit";
import { deleteApplicationRow, showApplication } from "../store/applications";
import type { Database } from "../store/database";
import { deleteEnvironmentRow, moveEnvironment } from "../store/environments";
import { detachHostnames } from "./attachments";
import { noteChange } from "./changes";
import type { Context } from "./context";
import { returnHostname, type TakenHostname } from "./hand-over";
import { type LetterRequest, sendLetter } from "./letters";

interface OfApplication {
    accountId: number;
    applicationId: number;
}

interface OfEnvironment {
    accountId: number;
    /** The environment of that name in a root and in every application split from it. */
    places: { applicationId: number; environmentId: number }[];
    name: string;
}

/** The content that the outbox can hold: everything an effect needs, so that running it again gives the same result. */
export interface Effects {
    "create-application": OfApplication & {
        environmentId: number;
        taken?: TakenHostname;
        branch: string;
        origin: string;
        proxychain: Proxy[];
        date: string;
    };
    "split-application": OfApplication & {
        fromApplicationId: number;
        name: string;
        environments: { environmentId: number; name: string }[];
    };
    "clone-application": OfApplication & {
        environmentId: number;
        fromApplicationId: number;
        fromHostname: string;
        hostname: string;
        origin?: string;
        date: string;
    };
    "delete-application": OfApplication;
    "create-environment": OfEnvironment & { from: string; taken?: TakenHostname; author: Signature; date: string };
    "delete-environment": OfEnvironment;
    "send-letter": LetterRequest;
}

interface Effect<P> {
    /** Changes git or writes a mail; repeatable. */
    apply(context: Context, payload: P): Promise<void>;
    /** Makes the result visible, in the transaction that ends the effect. */
    complete(transaction: Database, payload: P): Promise<void>;
    /** Takes the decision back, when git says that it can never be carried out. Missing: try for ever. */
    abandon?(context: Context, transaction: Database, payload: P): Promise<void>;
}

/** The author of changes that undo effects which git refused for good. */
const takenBack = "taken back by the platform: git refused it";

/** Gives back the hostname that an environment took which cannot be made. */
async function returnTaken(
    context: Context,
    transaction: Database,
    { accountId, environmentId, taken }: { accountId: number; environmentId: number; taken?: TakenHostname },
): Promise<void> {
    if (taken === undefined) return;
    const by = { account_id: accountId, environment_id: environmentId };
    await returnHostname(context, transaction, { command: takenBack }, taken, by);
}

async function abandonApplication(
    context: Context,
    transaction: Database,
    { accountId, applicationId }: OfApplication,
): Promise<void> {
    await detachHostnames(context, transaction, accountId, { applicationId });
    await deleteApplicationRow(transaction, accountId, applicationId);
    await noteChange(transaction, { accountId, command: takenBack }, "application.delete", {
        thing: { application_id: applicationId },
    });
}

async function deleteEnvironments(transaction: Database, { accountId, places }: OfEnvironment): Promise<void> {
    for (const { environmentId } of places) await deleteEnvironmentRow(transaction, accountId, environmentId);
}

export const effects: { [K in keyof Effects]: Effect<Effects[K]> } = {
    "create-application": {
        apply: async ({ repositories }, payload) => {
            await repositories.create(payload, payload.branch, {
                files: initialContent(payload.origin, payload.proxychain),
                author: platformSignature,
                message: initialMessage,
                date: new Date(payload.date),
            });
        },
        complete: (transaction, { accountId, applicationId }) => showApplication(transaction, accountId, applicationId),
        abandon: async (context, transaction, payload) => {
            const { accountId, environmentId, taken } = payload;
            await returnTaken(context, transaction, { accountId, environmentId, taken });
            await abandonApplication(context, transaction, payload);
        },
    },
    "split-application": {
        apply: async ({ repositories }, { accountId, applicationId, fromApplicationId, environments }) => {
            const branches = environments.map(({ name }) => name);
            await copyBranches(
                repositories,
                { accountId, applicationId: fromApplicationId },
                { accountId, applicationId },
                branches,
            );
        },
        complete: (transaction, { accountId, applicationId }) => showApplication(transaction, accountId, applicationId),
        abandon: abandonApplication,
    },
    "clone-application": {
        apply: async (
            { repositories },
            { accountId, applicationId, fromApplicationId, fromHostname, hostname, origin, date },
        ) => {
            await copySnapshot(
                repositories,
                { accountId, applicationId: fromApplicationId },
                { accountId, applicationId },
                {
                    branch: productionName,
                    author: platformSignature,
                    message: initialMessage,
                    date: new Date(date),
                    edit: (text) =>
                        rewriteSectionConfig(text, (config) => adoptConfig(config, fromHostname, hostname, origin)) ??
                        new Map(),
                },
            );
        },
        complete: (transaction, { accountId, applicationId }) => showApplication(transaction, accountId, applicationId),
        abandon: abandonApplication,
    },
    "delete-application": {
        apply: ({ repositories }, payload) => repositories.remove(payload),
        complete: (transaction, { accountId, applicationId }) =>
            deleteApplicationRow(transaction, accountId, applicationId),
    },
    "create-environment": {
        apply: async ({ repositories }, { accountId, places, name, from, author, date }) => {
            const addBlock = (text: Buffer | undefined) =>
                rewriteSectionConfig(text, (config) => {
                    config.environments[name] = structuredClone(blockOf(config, from));
                }) ?? new Map();
            const commit = { author, message: `Create environment ${name}`, date: new Date(date) };
            for (const { applicationId } of places)
                await repositories.createBranch({ accountId, applicationId }, name, from, commit, addBlock);
        },
        complete: async (transaction, { accountId, places }) => {
            for (const { environmentId } of places)
                await moveEnvironment(transaction, accountId, environmentId, "creating", "ready");
        },
        abandon: async (context, transaction, payload) => {
            const { accountId, places, name, taken } = payload;
            for (const { environmentId } of places) {
                await returnTaken(context, transaction, { accountId, environmentId, taken });
                await detachHostnames(context, transaction, accountId, { environmentId });
            }
            await deleteEnvironments(transaction, payload);
            const thing = { application_id: places[0]?.applicationId, environment_name: name };
            await noteChange(transaction, { accountId, command: takenBack }, "environment.delete", { thing });
        },
    },
    "delete-environment": {
        apply: async ({ repositories }, { accountId, places, name }) => {
            for (const { applicationId } of places) await repositories.deleteBranch({ accountId, applicationId }, name);
        },
        complete: deleteEnvironments,
    },
    "send-letter": { apply: sendLetter, complete: async () => {} },
};
