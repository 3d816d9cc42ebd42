import { createHmac, timingSafeEqual } from "node:crypto";
import type { Sight } from "pulumi-section/internal";
import { Problem } from "section-model";

/** A change of one property; secrets are `[secret]`, files `blob ID`. */
export interface PlannedChange {
    from?: unknown;
    to?: unknown;
}

/** A step for one resource. */
export interface PlannedStep {
    /** `create`, `update`, `replace`, `delete`, ..., in the engine's words. */
    op: string;
    urn: string;
    kind: string;
    /** Undefined until it is created. */
    id?: string;
    /** By the path of the property. */
    changes: Record<string, PlannedChange>;
    /** Path of a secret -> its digest by the plan's key. */
    secrets?: Record<string, string>;
    /** The resource on the platform, at the time of the plan. */
    platform?: Sight;
    /** Digest of its state in the stack, by the plan's key. */
    state?: string;
}

/** A plan to review: `plan` writes it, and `apply` is bound to it. */
export interface Plan {
    schema: 1;
    /** A moment in ISO 8601. */
    at: string;
    /** Name and address of the token's user. */
    by: string;
    endpoint: string;
    stack: string;
    /** Name of a tool -> its version. */
    versions: Record<string, string>;
    steps: PlannedStep[];
    /** Steps of other packages' resources. */
    others: { urn: string; op: string }[];
    /** The key of the digests, encrypted by the stack's own encryption. */
    key: EncryptedKey;
}

export interface EncryptedKey {
    /** The `encryptionsalt` of the stack, where it has one. */
    salt?: string;
    secure: string;
}

/** The remedy for a plan that is not as it was written. */
export const planRemedy = "Make the plan again with: pulumi-section plan --out plan.json";

function refuse(reason: string, cause?: unknown): never {
    throw new Problem("invalid-input", `the plan is not one that pulumi-section wrote: ${reason}`, {
        remedy: planRemedy,
        cause,
    });
}

/** Keyed digest of a text: without the key, nobody can guess the text by it. */
export function keyedDigest(key: Buffer, text: string): string {
    return createHmac("sha256", key).update(text).digest("hex");
}

const sealOf = (plan: Plan, key: Buffer) => keyedDigest(key, JSON.stringify(plan));

export function writePlan(plan: Plan, key: Buffer): string {
    return `${JSON.stringify({ ...plan, seal: sealOf(plan, key) }, undefined, 2)}\n`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === "object" && value !== null && !Array.isArray(value);
const isOptionalText = (value: unknown) => value === undefined || typeof value === "string";

function isStep(value: unknown): boolean {
    if (!isRecord(value)) return false;
    const { op, urn, kind, id, changes, secrets = {}, platform, state } = value;
    const texts = [op, urn, kind].every((each) => typeof each === "string") && [id, state].every(isOptionalText);
    return (
        texts &&
        isRecord(changes) &&
        Object.values(changes).every(isRecord) &&
        isRecord(secrets) &&
        (platform === undefined || isRecord(platform))
    );
}

/** A plan from a file, not verified yet: that needs the key. */
export interface SealedPlan {
    plan: Plan;
    seal: string;
}

/**
 * Reads the text of a plan.
 *
 * @throws Problem `invalid-input` for a text that is cut off, of another kind or of a newer version
 * @example readPlan(text).plan.steps.length
 */
export function readPlan(text: string): SealedPlan {
    let document: unknown;
    try {
        document = JSON.parse(text);
    } catch (cause) {
        refuse(`it is no JSON, perhaps cut off (${(cause as Error).message})`, cause);
    }
    if (!isRecord(document)) refuse("it is no JSON object");
    const { seal, ...plan } = document;
    if (plan.schema !== 1) refuse(`its schema is ${JSON.stringify(plan.schema)}, and this version reads 1`);
    for (const name of ["at", "by", "endpoint", "stack"])
        if (typeof plan[name] !== "string") refuse(`${name} is missing`);
    if (Number.isNaN(Date.parse(String(plan.at)))) refuse("at is not a time");
    const { key, steps, others, versions } = plan;
    const line = /^[\w:+/=.-]+$/; // it becomes a line of a file that the engine reads
    if (!isRecord(key) || !line.test(String(key.secure)) || (key.salt !== undefined && !line.test(String(key.salt))))
        refuse("key is not an encrypted key");
    if (!Array.isArray(steps) || !steps.every(isStep)) refuse("steps are missing or incomplete");
    if (!Array.isArray(others) || !others.every((each) => isRecord(each) && typeof each.urn === "string"))
        refuse("others are missing or incomplete");
    if (!isRecord(versions)) refuse("versions are missing");
    if (typeof seal !== "string") refuse("the seal is missing");
    return { plan: plan as unknown as Plan, seal };
}

/** The plan. Refuses one that was changed since it was written. */
export function openPlan({ plan, seal }: SealedPlan, key: Buffer): Plan {
    const [one, other] = [Buffer.from(seal), Buffer.from(sealOf(plan, key))];
    if (one.length !== other.length || !timingSafeEqual(one, other))
        refuse("its seal is broken: something in it was changed");
    return plan;
}
