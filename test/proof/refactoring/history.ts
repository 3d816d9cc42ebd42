import type { Api } from "../../support/api";
import { Choices } from "../../support/choices";
import { type FaultProxy, startFaultProxy } from "../../support/fault-proxy";
import type { RunningPlatform } from "../../support/platform";
import type { TestStack } from "../../support/stack";
import type { Program } from "./declaration";
import { arrangeFault, type Fault, type FaultKind } from "./fault";
import { FreshNames } from "./fresh-names";
import { findLost, findTouched } from "./judge";
import { locateDeclared } from "./locate-declared";
import { LogReader, lookAtPlatform, type Seen } from "./look-at-platform";
import { expected, expectedOnceCut, findRefusal } from "./refusal-code";
import { renderProgram } from "./render-program";
import type { Tally } from "./tally";

/** A stack that can be killed, where the one who runs it can do that. */
export interface Opened {
    stack: TestStack;
    /** Lets the next operations be such that `kill` can end them. */
    allowKill?(isAllowed: boolean): Promise<void> | void;
    /** Ends the running operation. */
    kill?(): void;
    /** Makes the stack usable after a kill. */
    recover?(): Promise<void>;
    /** Whether an `up` may be limited to some resources. */
    canTarget?: boolean;
    /** The faults to choose from. */
    faults: readonly FaultKind[];
}

export interface Ground {
    platform: RunningPlatform;
    tally: Tally;
    /** Another platform, with ids of its own. */
    elsewhere(): Promise<RunningPlatform>;
    open(name: string, label: string, environment: Record<string, string>): Promise<Opened>;
}

/** A stack and its program at present. */
export interface Actor {
    name: string;
    opened: Opened;
    program: Program;
    /** The last program that was applied as a whole. */
    good: Program;
    /** An operation was cut off since then, so that something may be made that no state knows. */
    wasCut: boolean;
    /** An operation was killed while it deleted: only a refresh tells the state that something is gone. */
    needsRefresh: boolean;
}

export interface Asked {
    how: "up" | "refresh" | "preview" | "destroy";
    fault?: Fault;
    replace?: readonly string[];
    /** Names of the only resources to touch. */
    target?: readonly string[];
    parallel?: number;
    /** Other settings for this operation only. */
    environment?: Record<string, string>;
    /** Any refusal is right. */
    mayBeRefused?: boolean;
    consented?: ReadonlySet<string>;
}

/** `done`, cut off by a fault, or the code of a refusal. */
export type Outcome = "done" | "cut" | (string & {});

/** Something that must never be. */
export class Violation extends Error {}

/** What happens to one set of stacks on a platform, step by step. */
export class History {
    readonly story: string[] = [];
    readonly #holders = new Map<string, string>();
    readonly #log: LogReader;
    seen: Seen = new Map();

    private constructor(
        readonly ground: Ground,
        readonly fresh: FreshNames,
        readonly api: Api,
        readonly proxy: FaultProxy,
    ) {
        this.#log = new LogReader(api);
    }

    static async begin(ground: Ground, label: string): Promise<History> {
        const fresh = new FreshNames(label);
        const api = await ground.platform.signUp(fresh.owner);
        return new History(ground, fresh, api, await startFaultProxy(ground.platform.url));
    }

    get #usual() {
        return { SECTION_ENDPOINT: this.proxy.url, SECTION_TOKEN: this.api.token as string };
    }

    async openActor(name: string, program: Program): Promise<Actor> {
        const opened = await this.ground.open(name, this.fresh.label, this.#usual);
        const empty = { declared: [], listed: {} };
        return { name, opened, program, good: empty, wasCut: false, needsRefresh: false };
    }

    holderOf = (key: string) => this.seen.get(key)?.holder ?? this.#holders.get(key);

    /** Looks at the platform again; what is new since the last look is held by this one. */
    async look(holder: string): Promise<Seen> {
        const seen = await lookAtPlatform(this.api);
        for (const key of seen.keys()) if (!this.seen.has(key)) this.#holders.set(key, holder);
        for (const key of this.#holders.keys()) if (!seen.has(key)) this.#holders.delete(key);
        this.seen = seen;
        return seen;
    }

    /** Runs an operation of a stack, and judges what it did. */
    async operate(actor: Actor, asked: Asked): Promise<Outcome> {
        const { name, program, opened } = actor;
        const { how, fault = { kind: "none", nth: 0 }, environment, consented = new Set<string>() } = asked;
        const before = this.seen;
        const { hasHappened, end } = arrangeFault(this.proxy, fault, opened.kill ?? (() => {}));
        await opened.allowKill?.(fault.kind === "kill");
        if (environment !== undefined) opened.stack.setEnvironment(environment);
        opened.stack.setProgram(renderProgram(program));
        const failure = await this.#run(opened.stack, asked).then(
            () => undefined,
            (error: Error) => error.message,
        );
        end();
        this.proxy.decide(() => "pass");
        await this.proxy.settle();
        if (hasHappened() && fault.kind === "kill") await opened.recover?.();
        if (environment !== undefined) opened.stack.setEnvironment(this.#usual);
        const holders = new Map([...before.keys()].map((key) => [key, this.holderOf(key)]));
        const after = await this.look(name);
        const log = await this.#log.read(
            [...before.values(), ...after.values()].map(({ organization }) => organization),
        );
        const outcome = this.#outcomeOf(actor, asked, failure, hasHappened());
        const declared = how === "destroy" ? { declared: [] } : program;
        const hasDeleted = [...before.keys()].some((key) => !after.has(key));
        if (hasHappened() && fault.kind === "kill" && hasDeleted) actor.needsRefresh = true;
        if (outcome === "done" && how === "up" && asked.target === undefined)
            // what another stack holds is used without a claim
            for (const { key } of locateDeclared(program, after))
                if ([undefined, "hand"].includes(this.holderOf(key))) this.#holders.set(key, name);
        const happened = { before, after, log, program: declared, holderOf: (key: string) => holders.get(key) };
        const wrong = {
            lost: findLost({ ...happened, stack: name, consented }),
            touched: findTouched({ ...happened, stack: name, consented }),
        };
        for (const [kind, all] of Object.entries(wrong)) for (const each of all) this.ground.tally.count(kind, each);
        const all = [...wrong.lost, ...wrong.touched];
        if (all.length > 0) throw new Violation([...all, failure ?? ""].join("\n"));
        return outcome;
    }

    async #run({ up, refresh, preview, destroy }: TestStack, { how, replace, target, parallel }: Asked) {
        if (how === "up") await up({ empty: false, replace, target, parallel });
        else await { refresh, preview, destroy }[how]();
    }

    #outcomeOf(actor: Actor, asked: Asked, failure: string | undefined, hasHappened: boolean): Outcome {
        const { tally } = this.ground;
        const { how, fault, target } = asked;
        tally.count("operations", target === undefined ? how : "targeted up");
        if (hasHappened && fault !== undefined) tally.count("faults", fault.kind);
        const told = failure === undefined ? "done" : hasHappened ? "cut" : this.#refusalOf(actor, failure, asked);
        this.story.push(
            `    ${how} of ${actor.name}${hasHappened ? ` with a ${fault?.kind} at change ${fault?.nth}` : ""}: ${told ?? "failed"}`,
        );
        if (told === undefined) throw new Violation(`${how} fails: ${failure}`);
        if (told === "done" && how === "up") {
            if (target === undefined) actor.good = actor.program;
        } else if (told === "cut") actor.wasCut = true;
        else if (told !== "done") tally.count("refusals", told);
        return told;
    }

    #refusalOf({ wasCut }: Actor, failure: string, { mayBeRefused = false, target }: Asked): string | undefined {
        // the engine's words, and the provider's, for a thing that needs an untargeted one; the last is its own fault
        const untargeted =
            /not specified in (the )?--target|must be the id of an |has no value: declare |Duplicate resource URN/;
        if (target !== undefined && untargeted.test(failure)) return "untargeted";
        return findRefusal(failure, mayBeRefused ? undefined : wasCut ? expectedOnceCut : expected);
    }

    choicesOf(seed: number, step: number): Choices {
        return new Choices(Math.imul(seed * 31 + step, 2_654_435_761) >>> 0);
    }
}
