import { isProblem } from "section-model";
import { failpoint } from "../failpoint";
import type { Database } from "../store/database";
import { claimEffects, claimUntil, countEffects, finishEffect, type OutboxRow, queueEffect } from "../store/outbox";
import type { Context } from "./context";
import { type Effects, effects } from "./effects";

/** The time a claim counts when nobody renews it. After this, another replica finishes the work of a dead one. */
const claimMs = 10_000;
const renewMs = 3_000;
const retryMs = 2_000;

export type EffectKind = keyof Effects;

/**
 * Decides something in SQL whose other half lies elsewhere: one transaction for the rows and the intent, then the
 * effect, then a second transaction that makes the result visible. A crash anywhere in between is finished by
 * `drainOutbox`; every step can run twice.
 */
export async function decideWithEffect<K extends EffectKind, P extends Effects[K] | undefined = Effects[K]>(
    context: Context,
    kind: K,
    decide: (transaction: Database) => Promise<P>,
): Promise<P> {
    const row = await context.store.transact(async (transaction) => {
        const payload = await decide(transaction);
        if (payload === undefined) return undefined;
        const queued = await queueEffect(transaction, kind, payload, claimEnd(context));
        failpoint("outbox.before-commit");
        return queued;
    });
    if (row === undefined) return undefined as P;
    failpoint("outbox.after-commit");
    try {
        await carryOut(context, row);
    } catch (error) {
        await giveBack(context, row, error).catch(() => {}); // the claim runs out by itself
        throw error;
    }
    return row.payload as P;
}

function claimEnd(context: Context): Date {
    return new Date(context.now().getTime() + claimMs);
}

/** Takes back a decision that git refuses for good; anything else is tried again later. */
async function giveBack(context: Context, row: OutboxRow, error: unknown): Promise<void> {
    const { abandon } = effects[row.kind as EffectKind];
    const isFinal = isProblem(error) && error.status >= 400 && error.status < 500;
    if (!isFinal || abandon === undefined)
        return claimUntil(context.store.database, row.id, new Date(context.now().getTime() + retryMs));
    await context.store.transact(async (transaction) => {
        if (await finishEffect(transaction, row.id)) await abandon(context, transaction, row.payload as never);
    });
}

async function carryOut(context: Context, row: OutboxRow): Promise<void> {
    const { apply, complete } = effects[row.kind as EffectKind];
    failpoint("outbox.before-effect");
    const renewing = setInterval(() => {
        // the next one may succeed, or the claim runs out
        claimUntil(context.store.database, row.id, claimEnd(context)).catch(() => {});
    }, renewMs);
    await apply(context, row.payload as never).finally(() => clearInterval(renewing));
    failpoint("outbox.after-effect");
    await context.store.transact(async (transaction) => {
        if (await finishEffect(transaction, row.id)) await complete(transaction, row.payload as never);
        failpoint("outbox.before-done");
    });
    failpoint("outbox.after-done");
}

/**
 * Finishes effects that a crash or a failure left. `all` takes over every claim: for a process that knows it is alone.
 */
export async function drainOutbox(context: Context, { all = false } = {}): Promise<number> {
    const now = context.now();
    const due = all ? new Date(now.getTime() + 365 * 86_400_000) : now;
    const rows = await claimEffects(context.store.database, due, claimEnd(context));
    let finished = 0;
    for (const row of rows) {
        try {
            await carryOut(context, row);
            finished += 1;
        } catch (error) {
            context.warn("an effect failed", {
                effect: row.id,
                kind: row.kind,
                reason: isProblem(error) ? error.message : String(error),
            });
            await giveBack(context, row, error);
        }
    }
    return finished;
}

/** The number of effects that are not finished. */
export async function countPending({ store }: Context): Promise<number> {
    return countEffects(store.database);
}
