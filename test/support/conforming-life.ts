import assert from "node:assert/strict";
import { type Kind, resourceTypeOf } from "pulumi-section/internal";
import type { ImportingProvider, Known } from "../harness/provider";
import {
    isPlainObject,
    isSame,
    isSecret,
    makeSecret,
    mapSecrets,
    type Properties,
    revealSecrets,
    unknownValue,
} from "../harness/values";
import { type Declaration, secretForm } from "./generated-estate";

interface SchemaResource {
    properties: Record<string, unknown>;
    required: string[];
}
const { resources } = require("pulumi-resource-section/schema.json") as { resources: Record<string, SchemaResource> };

/** One declared thing in its life: the state that the engine has of it, and what its previews foresaw. */
export interface Life {
    declaration: Declaration;
    urn: string;
    /** Undefined before it is made and after it is gone. */
    state?: Known;
    /** The outputs of the last preview. */
    foreseen?: Properties;
    /** The thing that a replacement left behind. */
    replaced?: Known;
}

export const beginLife = (declaration: Declaration): Life => ({
    declaration,
    urn: `urn:pulumi:test::story::${resourceTypeOf(declaration.kind, "plugin")}::${declaration.name}`,
});

/**
 * Inputs with the ids and outputs that other things have by now, or with unknown values in their place.
 *
 * @param run stands in place of each `§`
 */
export function settle(inputs: Properties, lives: readonly Life[], run: number, isForeseen = false): Properties {
    const find = (name: string) => {
        const life = lives.find((each) => each.declaration.name === name);
        assert.ok(life, `an earlier thing is called ${name}`);
        return life;
    };
    const settleText = (text: string): string => {
        let isUnknown = false;
        const settled = text.replaceAll(/«([^.»]+)(?:\.(\w+))?»/g, (_, name: string, output?: string) => {
            const { state, foreseen } = find(name);
            const outputs = isForeseen && foreseen !== undefined ? foreseen : state?.outputs;
            const value = output === undefined ? state?.id : outputs?.[output];
            isUnknown ||= value === undefined || value === unknownValue;
            return String(value);
        });
        return isUnknown ? unknownValue : settled.replaceAll("§", String(run));
    };
    const settleValue = (value: unknown): unknown => {
        if (typeof value === "string") return settleText(value);
        if (Array.isArray(value)) return value.map(settleValue);
        if (typeof value !== "object" || value === null) return value;
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [settleKey(key), settleValue(each)]));
    };
    const settleKey = (key: string) => key.replaceAll("§", String(run));
    return settleValue(inputs) as Properties;
}

export const visible = (properties: Properties): Properties =>
    Object.fromEntries(Object.entries(properties).filter(([key]) => !key.startsWith("__")));

export function hasUnknown(value: unknown): boolean {
    if (value === unknownValue) return true;
    return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** Fails where a secret is not marked, and where a text says that something had no value. */
export function assertSound(answer: Properties): void {
    const text = JSON.stringify(mapSecrets(answer, () => "hidden"));
    assert.doesNotMatch(text, secretForm, "a secret is marked in every answer");
    assert.doesNotMatch(JSON.stringify(answer), /undefined|NaN|\[object /);
}

/** Fails where a property that was a secret when it was sent is none in the answer. */
export function assertMarked(sent: Properties, answer: Properties): void {
    for (const [key, value] of Object.entries(sent)) {
        const own = answer[key];
        if (own === undefined || isSecret(own)) continue;
        assert.ok(!isSecret(value), `${key} is a secret, and none in the answer`);
        if (isPlainObject(value) && isPlainObject(own)) assertMarked(value, own);
    }
}

/** Fails unless outputs are those of the schema: each that is not optional, and no other. */
export function assertOfSchema(kind: Kind, outputs: Properties): void {
    const { required } = resources[resourceTypeOf(kind, "plugin")] as SchemaResource;
    const missing = required.filter((name) => outputs[name] === undefined);
    assert.deepEqual(missing, [], `the schema says that outputs of ${kind} have these: ${JSON.stringify(outputs)}`);
}

/** Fails where a value that a preview knew is another one afterwards. */
export function assertForeseen(foreseen: Properties, real: Properties): void {
    for (const [key, value] of Object.entries(visible(revealSecrets(foreseen)))) {
        if (hasUnknown(value)) continue;
        assert.ok(
            isSame(value, revealSecrets(real)[key]),
            `the preview said ${key}: ${JSON.stringify(value)}, and it is ${JSON.stringify(real[key])}`,
        );
    }
}

/** Checks inputs, and that the checked ones are checked already. */
export async function checkTwice(
    provider: ImportingProvider,
    urn: string,
    olds: Properties,
    news: Properties,
): Promise<Properties> {
    const { inputs, failures } = await provider.check(urn, olds, news);
    assert.deepEqual(failures, [], JSON.stringify(news));
    assertSound(inputs);
    assertMarked(news, inputs);
    // what a check finds on the platform, another one knows by its old inputs only
    const isFinding = /:(Environment|Team)::/.test(urn);
    for (const before of isFinding ? [inputs] : [inputs, olds]) {
        const again = await provider.check(urn, before, inputs);
        assert.deepEqual(again.failures, [], `checked inputs are checked: ${JSON.stringify(inputs)}`);
        assert.deepEqual(again.inputs, inputs, "checking checked inputs changes nothing");
    }
    return inputs;
}

/** The value with one part unknown, for each of its parts down to a depth. */
export function* withUnknowns(value: unknown, depth: number): Generator<unknown> {
    if (typeof value !== "object" || value === null || depth === 0) return;
    if (isSecret(value)) {
        for (const each of withUnknowns(value.value, depth)) yield makeSecret(each);
        return;
    }
    for (const [key, inner] of Object.entries(value))
        for (const each of [unknownValue, ...withUnknowns(inner, depth - 1)])
            yield Array.isArray(value) ? value.with(Number(key), each) : { ...value, [key]: each };
}

/** Fails where a part of an answer is known though what was sent in its place is not. */
export function assertUnknown(sent: Properties, answer: Properties): void {
    for (const [key, value] of Object.entries(sent))
        if (hasUnknown(value) && answer[key] !== undefined)
            assert.ok(hasUnknown(answer[key]), `${key} is not known yet, and is ${JSON.stringify(answer[key])}`);
}
