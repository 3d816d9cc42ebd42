import type { DiffResult, ReadResult, UpdateResult } from "@pulumi/pulumi/dynamic";
import { edgeDomainOf, isProblem, Problem } from "section-model";
import { findDifferences } from "../history/difference";
import { type Drifted, sayDrift } from "../history/say-drift";
import { type Change, type Found, type Move, type Noun, Unfinished } from "../nouns/noun";
import { noteDeclared, reasonToKeep } from "../protection/declared-now";
import { refuseMoved } from "../protection/plan-expectations";
import { refuseUnseenOrganization } from "../protection/unseen-organization";
import { isSame, type Properties, withoutInternal } from "../run/properties";
import { nameProperty } from "../run/resource-kind";
import { openSession, type Session } from "../run/session";
import { type ConfigReader, readSettings } from "../run/settings";
import { hasUnknown } from "../run/unknown";
import { unlessSilent } from "../run/unless-silent";
import { type CheckAnswer, checkInputs, deriveInputs } from "./check";
import { completeOutputs, marker } from "./complete-outputs";
import { asPartialFailure, shapeError } from "./failure";

const attempts = 3;
const firstPauseMs = 300;

/** Turns the life of a noun into what the engine asks a dynamic provider. */
export class Lifecycle {
    #config: ConfigReader | undefined;
    readonly #noun: Noun<never, never>;
    /** What identifies a declaration -> the name of its resource: check is told the name and never the id. */
    readonly #names = new Map<string, string>();

    constructor(noun: unknown) {
        this.#noun = noun as Noun<never, never>;
    }

    /**
     * Keeps the config and nothing more: the engine's server does not wait for this and remembers a failure for ever.
     */
    configure = async (request: { config: ConfigReader }): Promise<void> => {
        this.#config = request.config;
    };

    check = (olds: Properties, news: Properties): Promise<CheckAnswer> =>
        this.#shaped(nameOf(news), async () => {
            const answer = await checkInputs(this.#noun, this.#open, olds, news);
            const name = news[nameProperty];
            if (typeof name === "string") this.#names.set(this.#identityOf(answer.inputs), name);
            return answer;
        });

    diff = (id: string, olds: Properties, news: Properties): Promise<DiffResult> =>
        this.#shaped(id, async () => {
            const wanted: Properties = { ...news, ...this.#noun.remember?.(news as never) };
            const changed = (this.#noun.compares as readonly string[]).filter(
                (key) => hasUnknown(wanted[key]) || !isSame(wanted[key], olds[key]),
            );
            const replaces = this.#noun.replacesOn.filter((key) => changed.includes(key));
            // what is replaced is declared under its next id: that of now is to be deleted. With something unknown the
            // engine only asks what would become of a dependent, as it was declared before
            if (replaces.length === 0 && !hasUnknown(news) && this.#hasSettings()) this.#noteDeclared(id, news);
            if (changed.length === 0)
                return { changes: (await this.#noun.hasWork?.(this.#open, news as never, olds as never)) ?? false };
            const move = replaces.length > 0 ? await this.#noun.planMove?.(this.#open(), id, news as never) : undefined;
            if (replaces.length > 0) this.#refuseLive(id, olds, replaces, move);
            await this.#askAbout(
                { id, outputs: withoutInternal(olds) as never },
                { wanted: withoutInternal(wanted) as never, isReplacement: replaces.length > 0 },
            );
            // undefined: the engine itself says which inputs differ, best of all
            return {
                changes: undefined,
                replaces,
                deleteBeforeReplace: replaces.length > 0 && move === undefined,
            } as DiffResult;
        });

    create = async (inputs: Properties): Promise<{ id: string; outs: Properties }> => {
        return this.#shaped(nameOf(inputs), () => this.#ensure(inputs), inputs);
    };

    update = async (id: string, olds: Properties, news: Properties): Promise<UpdateResult> => {
        const update = async () => {
            // once, before the first attempt: what comes after it may be one's own doing
            await refuseMoved(this.#open(), this.#noun.kind, id);
            return this.#ensure(news, { id, outputs: withoutInternal(olds) as never });
        };
        const { outs } = await this.#shaped(id, update, news);
        return { outs };
    };

    read = (id: string, known: Properties): Promise<ReadResult> =>
        this.#shaped(id, async () => {
            const isLookup = known[marker] === undefined;
            const remembered = isLookup ? {} : withoutInternal(known);
            const observed = await this.#noun.observe(this.#open(), id, remembered as never);
            if (observed === undefined) {
                if (isLookup)
                    throw new Problem("not-found", `there is no ${this.#noun.kind} ${id} that this token can see`);
                await refuseUnseenOrganization(this.#open(), id, remembered);
                await this.#tellDrift({ id, known: remembered });
                return {};
            }
            const { outputs, inputs } = observed;
            if (!isLookup && inputs !== undefined)
                await this.#tellDrift({
                    id,
                    known: remembered,
                    differences: findDifferences(this.#noun.compares, remembered, outputs),
                });
            const edgeDomain = edgeDomainOf(String(known.hostname), String(known.cname));
            return {
                id: observed.id,
                props: completeOutputs(outputs),
                ...(inputs && { inputs: deriveInputs(this.#noun.derive, inputs, inputs, edgeDomain) }),
            };
        });

    delete = (id: string, known: Properties): Promise<void> =>
        this.#shaped(id, async () => {
            const { client, tell } = this.#open();
            const reason = reasonToKeep(client, this.#noun.kind, id);
            if (reason !== undefined) {
                tell(`${this.#noun.kind} ${id} is kept: ${reason}`);
                return;
            }
            await refuseMoved(this.#open(), this.#noun.kind, id);
            await this.#repeat(async () => {
                const found = { id, outputs: withoutInternal(known) as never };
                await this.#noun.refuseOther?.(this.#open(), found);
                await this.#noun.remove(this.#open(), found);
            });
        });

    #open = (): Session => openSession(readSettings(this.#config));

    async #ensure(inputs: Properties, previous?: Found<never>): Promise<{ id: string; outs: Properties }> {
        try {
            const { id, outputs } = await this.#repeat(() =>
                this.#noun.ensure(this.#open(), withoutInternal(inputs) as never, previous),
            );
            this.#noteDeclared(id, inputs);
            return { id, outs: completeOutputs(outputs) };
        } catch (error) {
            if (error instanceof Unfinished) this.#noteDeclared(error.found.id, inputs);
            throw error;
        }
    }

    #noteDeclared(id: string, inputs: Properties): void {
        const things = this.#noun.claims?.(id, withoutInternal(inputs) as never) ?? [`${this.#noun.kind} ${id}`];
        noteDeclared(this.#open().client, things, this.#names.get(this.#identityOf(inputs)));
    }

    #identityOf(inputs: Properties): string {
        const { replacesOn, compares } = this.#noun;
        return JSON.stringify((replacesOn.length > 0 ? replacesOn : compares).map((key) => inputs[key]));
    }

    /** Runs again what got no answer: nobody knows whether it was carried out, and every step looks before it acts. */
    async #repeat<T>(work: () => Promise<T>): Promise<T> {
        for (let attempt = 1; ; attempt += 1) {
            try {
                return await work();
            } catch (error) {
                const cause = error instanceof Unfinished ? error.cause : error;
                if (attempt === attempts || !isProblem(cause) || !cause.isUncertain) throw error;
                await new Promise((resolve) => setTimeout(resolve, firstPauseMs * attempt * (0.5 + Math.random())));
            }
        }
    }

    async #tellDrift(drifted: Omit<Drifted, "kind">): Promise<void> {
        const session = this.#open();
        for (const line of await sayDrift(session, { kind: this.#noun.kind, ...drifted })) session.tell(line);
    }

    async #askAbout(found: Found<never>, change: Change<never>): Promise<void> {
        if (this.#noun.refuseChange === undefined) return;
        const session = this.#open();
        await unlessSilent(session, `${this.#noun.kind} ${found.id}`, this.#noun.refuseChange(session, found, change));
    }

    #refuseLive(id: string, olds: Properties, replaces: readonly string[], move: Move | undefined): void {
        if (this.#noun.isLive?.(olds as never) !== true || readSettings(this.#config).allowLiveDelete) return;
        if (move?.isSeamless) {
            this.#open().tell(
                `${id} is live and moves in one step: its visitors are served by the new ${replaces.join(" and ")} from then on`,
            );
            return;
        }
        throw new Problem(
            "live-protected",
            `${id} is live and changing ${replaces.join(" and ")} would take it away and make it anew`,
        );
    }

    async #shaped<T>(subject: string, work: () => Promise<T>, inputs?: Properties): Promise<T> {
        try {
            return await work();
        } catch (error) {
            const cause = error instanceof Unfinished ? error.cause : error;
            const shaped = shapeError(cause, `${this.#noun.kind} ${subject}`.trim(), this.#tokenToHide());
            if (!(error instanceof Unfinished)) throw shaped;
            throw asPartialFailure(shaped, error.found.id, {
                ...completeOutputs(error.found.outputs),
                __provider: inputs?.__provider,
            });
        }
    }

    #tokenToHide(): string | undefined {
        try {
            return readSettings(this.#config).token;
        } catch {
            return undefined;
        }
    }

    /** A preview of what is unchanged needs no settings; without them nothing can be deleted either. */
    #hasSettings(): boolean {
        return this.#tokenToHide() !== undefined;
    }
}

/** What a person knows a resource by that has no id yet. */
function nameOf({ name, hostname, email, organization }: Properties): string {
    return String(name ?? hostname ?? email ?? organization ?? "");
}
