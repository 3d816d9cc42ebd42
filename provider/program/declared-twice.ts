import * as pulumi from "@pulumi/pulumi";
import { Slot } from "../run/memory";
import { isLater } from "./later";
import { platformOf } from "./platform-of";
import { currentRun } from "./program";

/** The resource that declares a thing. */
export interface Declarer {
    /** The class, such as `Domain`. */
    type: string;
    name: string;
    opts?: pulumi.CustomResourceOptions;
}

/** A thing that only one resource of a program may declare. */
export interface SingleThing {
    /** Things of different kinds may have the same name. */
    kind: string;
    /** The id of the thing that has it. Default: it belongs to the platform itself. */
    within?: pulumi.Input<string>;
    /** The text that names it there. */
    name: pulumi.Input<string> | undefined;
    /** The normal spelling of the name. Default: as it is. */
    spell?(name: string): string;
    /** What the resource is to the thing, such as `hostname of`. Default: nothing. */
    relation?: string;
    /** The reason why there must be one, and the way out. */
    reason: string;
    /** True when resources of these two classes may both declare it. Default: no two may. */
    mayShare?(one: string, other: string): boolean;
    /** The id of the resource, where things that exist already may have one name: those with different ids are two. */
    id?: pulumi.Output<string>;
}

interface Declaration {
    declarer: Declarer;
    thing: SingleThing;
}

const declarations = new Slot(() => new Map<string, Declaration[]>());
const refusals = new Slot(() => new Set<string>());
const numbers = new Slot(() => new Map<object, number>());

/** Text that is the same for the same parts: values that are not known yet are the same if they are one object. */
function keyOf(parts: readonly unknown[]): string {
    const known = currentRun().memory.of(numbers);
    const numberOf = (part: object) => {
        known.set(part, known.get(part) ?? known.size);
        return known.get(part);
    };
    return JSON.stringify(parts.map((part) => (typeof part === "object" && part !== null ? numberOf(part) : part)));
}

/** The SDK's exit code of a program that failed and has said why. */
const failedAndSaid = 32;
/** True where the engine has started this process for the program; otherwise it runs in somebody's process. */
const isOwnProcess = () => /[\\/]@pulumi[\\/]pulumi[\\/]cmd[\\/]run/.test(process.argv[1] ?? "");

/** True in a unit test of a program: an engine that is only imitated makes the ids up. */
const isImitated = () => pulumi.runtime.getStackResource() === undefined;

const placeOf = ({ declarer: { type, name }, thing: { relation } }: Declaration) =>
    `${relation === undefined ? "" : `${relation} `}${type} "${name}"`;

/** A preview goes on, so that it lists all doubles; an update stops at the first. */
function refuse(first: Declaration, second: Declaration, name: string): void {
    const places = `${placeOf(first)} and as ${placeOf(second)}`;
    const message = `${name} is declared twice, as ${places}: ${second.thing.reason}`;
    const told = currentRun().memory.of(refusals);
    if (told.has(message)) return;
    told.add(message);
    if (isImitated() || !pulumi.runtime.isDryRun()) throw new pulumi.RunError(message);
    void pulumi.log.error(message);
    // where it runs in somebody's process, the SDK fails because of the logged error
    if (isOwnProcess()) process.exitCode = failedAndSaid;
}

/** True unless both ids are known and differ: an update knows all, a preview only those of things that exist. */
async function haveOneId({ thing: one }: Declaration, { thing: other }: Declaration): Promise<boolean> {
    if (isImitated()) return false;
    const asked = pulumi.runtime.serializeProperties("ids", { ids: [one.id, other.id] });
    const { ids } = await asked.catch(() => ({ ids: ["one", "failed"] })); // the engine reports the failure
    const [id, otherId] = ids as string[];
    return id === otherId || [id, otherId].includes(pulumi.runtime.unknownValue);
}

/** Compares a declaration with the former ones of the same key. */
function compare(key: string, declaration: Declaration, name: string): void {
    const all = currentRun().memory.of(declarations);
    const others = all.get(key) ?? [];
    if (others.includes(declaration)) return;
    all.set(key, [...others, declaration]);
    const { declarer, thing } = declaration;
    const rivals = others.filter((other) => !thing.mayShare?.(other.declarer.type, declarer.type));
    for (const rival of rivals) {
        if (thing.id === undefined) {
            refuse(rival, declaration, name);
            return;
        }
        void haveOneId(rival, declaration).then((isOne) => isOne && refuse(rival, declaration, name));
    }
}

type Listener = (value: string) => void;

const waiting = new Slot(() => new Map<unknown, Listener[]>());

/** Calls back once a value is known. All that wait for the same value share its promises. */
function onceKnown(value: pulumi.Input<string>, listener: Listener): void {
    const all = currentRun().memory.of(waiting);
    const listeners = all.get(value);
    if (listeners !== undefined) {
        listeners.push(listener);
        return;
    }
    const first = [listener];
    all.set(value, first);
    // of an output `pulumi.output` would make two more
    (pulumi.Output.isInstance(value) ? value : pulumi.output(value)).apply((known) => {
        all.delete(value);
        // a resource that an up with targets leaves for later has no id: two such are not one
        if (!known) return;
        for (const each of first) each(known);
    });
}

/**
 * Refuses a thing that the program declares twice: the two resources would take it from each other, or both would be
 * the same. Values that are outputs are compared once they are known. Look-ups do not count.
 */
export function declareOnce(declarer: Declarer, thing: SingleThing): void {
    const { kind, within, name, spell = String } = thing;
    if (declarer.opts?.id !== undefined || name === undefined) return;
    const platform = platformOf(declarer.opts);
    const declaration = { declarer, thing };
    if (typeof name === "string") compare(keyOf([kind, platform, within, spell(name)]), declaration, spell(name));
    if (isImitated()) return;
    const compareOnceKnown = (place: unknown, holder: unknown, text: unknown, isSecret: boolean) => {
        if (typeof text !== "string") return;
        const spelt = spell(text);
        compare(keyOf([kind, place, holder, spelt]), declaration, isSecret ? "a secret" : spelt);
    };
    if (!isLater(name) && !isLater(platform)) {
        if (isLater(within)) onceKnown(within, (holder) => compareOnceKnown(platform, holder, name, false));
        return;
    }
    const known = pulumi.all([platform, within, name]);
    const isHeld = within !== undefined;
    pulumi.all([known, pulumi.isSecret(known)]).apply(([[place, holder, text], isSecret]) => {
        if (!isHeld || holder) compareOnceKnown(place, holder, text, isSecret);
    });
}
