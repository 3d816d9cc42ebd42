import type { Proxy } from "section-model";
import { initialContent, initialMessage } from "../catalogue/initial-content";
import { platformSignature, type Signature } from "../git/repository";
import { rewriteSectionConfig } from "../git/section-config";
import { deleteApplication, moveApplication } from "../store/applications";
import type { Database } from "../store/database";
import { deleteEnvironment, moveEnvironment } from "../store/environments";
import type { Context } from "./context";

interface OfApplication {
    accountId: number;
    applicationId: number;
}

interface OfEnvironment extends OfApplication {
    environmentId: number;
    name: string;
}

/** What the outbox can hold: everything an effect needs, so that running it again gives the same result. */
export interface Effects {
    "create-application": OfApplication & { environmentId: number; branch: string; origin: string; proxychain: Proxy[]; date: string };
    "delete-application": OfApplication;
    "create-environment": OfEnvironment & { from: string; author: Signature; date: string };
    "delete-environment": OfEnvironment;
}

interface Effect<P> {
    /** Changes git; repeatable. */
    apply(context: Context, payload: P): Promise<void>;
    /** Makes the result visible, in the transaction that ends the effect. */
    complete(transaction: Database, payload: P): Promise<void>;
    /** Takes the decision back, when git says that it can never be carried out. Missing: try for ever. */
    abandon?(transaction: Database, payload: P): Promise<void>;
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
        complete: async (transaction, { accountId, applicationId, environmentId }) => {
            await moveApplication(transaction, accountId, applicationId, "creating", "ready");
            await moveEnvironment(transaction, accountId, environmentId, "creating", "ready");
        },
        abandon: (transaction, { accountId, applicationId }) => deleteApplication(transaction, accountId, applicationId),
    },
    "delete-application": {
        apply: ({ repositories }, payload) => repositories.remove(payload),
        complete: (transaction, { accountId, applicationId }) => deleteApplication(transaction, accountId, applicationId),
    },
    "create-environment": {
        apply: async ({ repositories }, { name, from, author, date, ...key }) => {
            const addBlock = (text: Buffer | undefined) =>
                rewriteSectionConfig(text, (config) => {
                    config.environments[name] ??= structuredClone(config.environments[from] ?? {});
                }) ?? new Map();
            await repositories.createBranch(key, name, from, { author, message: `Create environment ${name}`, date: new Date(date) }, addBlock);
        },
        complete: async (transaction, { accountId, environmentId }) => {
            await moveEnvironment(transaction, accountId, environmentId, "creating", "ready");
        },
        abandon: (transaction, { accountId, environmentId }) => deleteEnvironment(transaction, accountId, environmentId),
    },
    "delete-environment": {
        apply: ({ repositories }, { name, ...key }) => repositories.deleteBranch(key, name),
        complete: (transaction, { accountId, environmentId }) => deleteEnvironment(transaction, accountId, environmentId),
    },
};
