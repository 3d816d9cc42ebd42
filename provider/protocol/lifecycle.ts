import type { DiffResult, ReadResult, UpdateResult } from "@pulumi/pulumi/dynamic";
import { type AnyNoun, Unfinished } from "../nouns/noun";
import { type Claimant, readClaimant } from "../run/claimant";
import { noteDeclaredHostname, noteHostnames } from "../run/program-hostnames";
import type { Properties } from "../run/properties";
import type { Run } from "../run/run";
import { noteSecretFiles } from "../run/secret-files";
import { type ConfigReader, findTokenToHide, readSettings } from "../run/settings";
import { type CheckAnswer, checkInputs } from "./check";
import { completeOutputs } from "./complete-outputs";
import { deleteObject } from "./delete";
import { diffDeclaration } from "./diff";
import { createObject, type EnsuredObject, updateObject } from "./ensure";
import { asPartialFailure, shapeError } from "./failure";
import { importObject } from "./import";
import { claimantOf, findDouble, noteClaimantOf } from "./note-declaration";
import type { NounInRun } from "./noun-in-run";
import { readObject } from "./read";
import type { Recorded } from "./record-existing";

/** Answers the engine's questions to a dynamic provider for one noun. Each question has a file. */
export class Lifecycle {
    #config: ConfigReader | undefined;
    readonly #asked: NounInRun;

    constructor(noun: unknown, run: Run) {
        const open = () => run.openSession(readSettings(this.#config));
        this.#asked = { noun: noun as AnyNoun, memory: run.memory, open };
    }

    /** Only keeps the config: the engine's server does not wait for this call, and remembers a failure for ever. */
    configure = async (request: { config: ConfigReader }): Promise<void> => {
        this.#config = request.config;
    };

    check = (olds: Properties, news: Properties): Promise<CheckAnswer> =>
        this.#shaped(nameOf(news), async () => {
            const claimant = readClaimant(news);
            noteHostnames(this.#asked.memory, claimant?.hostnames);
            noteSecretFiles(this.#asked.memory, news, claimant?.secretFiles);
            const asked = this.#askedAbout(() => claimant?.resource ?? nameOf(news));
            const answer = await checkInputs(asked, olds, news, undefined, claimant);
            if (claimant === undefined) return answer;
            const failures = failuresOfDouble(asked, answer.inputs, claimant);
            noteClaimantOf(asked, answer.inputs, claimant);
            if (claimant.hostnames === undefined) noteDeclaredHostname(asked.memory, answer.inputs.hostname);
            return { ...answer, failures: [...answer.failures, ...failures] };
        });

    diff = (id: string, olds: Properties, news: Properties): Promise<DiffResult> => {
        const asked = this.#askedAbout(() => claimantOf(this.#asked, news)?.resource ?? id);
        return this.#shaped(id, () => diffDeclaration(asked, id, olds, news));
    };

    create = async (inputs: Properties): Promise<EnsuredObject> =>
        this.#shaped(nameOf(inputs), () => createObject(this.#asked, inputs), inputs);

    update = async (id: string, olds: Properties, news: Properties): Promise<UpdateResult> => {
        const { outs } = await this.#shaped(id, () => updateObject(this.#asked, id, olds, news), news);
        return { outs };
    };

    read = (id: string, known: Properties): Promise<ReadResult> =>
        this.#shaped(id, () => readObject(this.#asked, id, known));

    /** For `pulumi import`, which only a plugin is asked for. */
    import = (id: string): Promise<Recorded> => this.#shaped(id, () => importObject(this.#asked, id));

    delete = (id: string, known: Properties): Promise<void> =>
        this.#shaped(id, () => deleteObject(this.#asked, id, known));

    /** The noun, in sessions about one resource. Check and diff of a resource name it alike. */
    #askedAbout(name: () => string): NounInRun {
        const { noun, memory, open } = this.#asked;
        return { noun, memory, open: () => ({ ...open(), thing: `${noun.kind} ${name()}` }) };
    }

    async #shaped<T>(subject: string, work: () => Promise<T>, inputs?: Properties): Promise<T> {
        try {
            return await work();
        } catch (error) {
            const cause = error instanceof Unfinished ? error.cause : error;
            const shaped = shapeError(
                cause,
                `${this.#asked.noun.kind} ${subject}`.trim(),
                findTokenToHide(this.#config),
            );
            if (!(error instanceof Unfinished)) throw shaped;
            throw asPartialFailure(shaped, error.found.id, {
                ...completeOutputs(error.found.outputs),
                __provider: inputs?.__provider,
            });
        }
    }
}

/** A thing that is declared twice. A program in TypeScript finds that itself, and is told no second time. */
function failuresOfDouble(asked: NounInRun, inputs: Properties, claimant: Claimant): CheckAnswer["failures"] {
    const other = claimant.isPreview === undefined ? findDouble(asked, inputs, claimant) : undefined;
    if (other === undefined) return [];
    const property = asked.noun.replacesOn.at(-1) ?? "";
    const reason = `is declared twice, as ${other} and as ${claimant.resource}. Remove one of the two resources`;
    return [{ property, reason: `${property} ${reason}` }];
}

/** A name for a resource that has no id yet, for messages. */
function nameOf({ name, hostname, email, organization }: Properties): string {
    return String(name ?? hostname ?? email ?? organization ?? "");
}
