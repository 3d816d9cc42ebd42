import { readFile } from "node:fs/promises";
import path from "node:path";
import { foreseeId, lookAtThing, plain, splitUrn } from "pulumi-section/internal";
import { readCaller } from "section-client";
import { mapAtMost } from "section-display";
import { Problem } from "section-model";
import { openCommandSession } from "../engine/command-session";
import { runEngine } from "../engine/engine";
import { engineRefusal } from "../engine/engine-refusal";
import { errorsOf, type PreviewStep } from "../engine/preview";
import { runPreview } from "../engine/run-preview";
import { type StackChoice, stackArguments } from "../engine/stack-config";
import { makeSessions } from "../engine/stack-sessions";
import { readState, type State } from "../engine/state";
import { withProgress } from "../terminal/progress";
import { version } from "../version";
import { type EncryptedKey, keyedDigest, type Plan, type PlannedStep } from "./plan";
import { type NamedStack, openSecrets } from "./plan-key";
import { type EnginePlan, listCiphertexts, listTouched, planStep } from "./planned-steps";

const lookedAtOnce = 16;

/** The name of the chosen stack. */
export async function nameStack(choice: StackChoice): Promise<NamedStack> {
    const { cwd } = choice;
    const answer = await runEngine(["stack", "--show-name", ...stackArguments(choice)], { cwd });
    if (answer.code === 0) return { stack: answer.stdout.trim(), cwd };
    throw engineRefusal("there is no stack to plan for", answer);
}

export async function readVersions(): Promise<Record<string, string>> {
    return { pulumi: (await runEngine(["version"])).stdout.trim(), "pulumi-section": version };
}

/** Digests of the stack's resources, by URN. */
export function digestStates({ resources }: State, key: Buffer): Map<string, string> {
    return new Map(
        resources.map(({ urn, id, inputs, outputs }) => [
            urn,
            keyedDigest(key, JSON.stringify({ id, inputs, outputs })),
        ]),
    );
}

/** A program with its stack, and the key by which their values are compared. */
export interface PlanScope extends NamedStack {
    /** A temporary folder, for the engine's own plan. */
    folder: string;
    key: Buffer;
    encrypted: EncryptedKey;
}

/** The engine's own plan: it holds an `up` to just the inputs that were previewed. */
export const enginePlanFile = (folder: string) => path.join(folder, "engine-plan.json");

async function stepsOf(scope: PlanScope, touched: readonly PreviewStep[], engine: EnginePlan): Promise<PlannedStep[]> {
    const ciphertexts = touched.map(({ urn }) => [...listCiphertexts(engine, urn)]);
    const secrets = await openSecrets(scope, [...new Set(ciphertexts.flat().map(([, text]) => text))]);
    const known = new Map(
        [...new Set(ciphertexts.flat().map(([, text]) => text))].map((text, index) => [text, secrets[index] as string]),
    );
    const digest = (text: string) => keyedDigest(scope.key, text);
    return touched.map((step, index) =>
        planStep(step, digest, new Map((ciphertexts[index] ?? []).map(([at, text]) => [at, known.get(text) ?? ""]))),
    );
}

/** Takes the steps that the program would do now, and the resources as they are on the platform. */
export async function takePlan(scope: PlanScope): Promise<Plan> {
    const { stack, cwd, folder, key, encrypted } = scope;
    const preview = await runPreview({ stack, cwd, args: ["--save-plan", enginePlanFile(folder)] });
    if (!preview.isPossible) {
        const reasons = errorsOf(preview).map(({ message }) => message);
        throw new Problem("invalid-input", `the preview is refused: ${reasons.join("\n")}`, {
            remedy: "Correct what is named, then run this command again",
        });
    }
    const [versions, state, session, text] = await Promise.all([
        readVersions(),
        readState({ stack, cwd }),
        openCommandSession({ stack, cwd }),
        readFile(enginePlanFile(folder), "utf8"),
    ]);
    const engine = JSON.parse(text) as EnginePlan;
    const place = splitUrn(Object.keys(engine.resourcePlans ?? {})[0] ?? "");
    const touched = listTouched(preview);
    const states = digestStates(state, key);
    const providers = new Map(state.resources.map(({ urn, provider }) => [urn, provider]));
    const sessionOf = makeSessions(state, { stack, cwd });
    const planned = await stepsOf(scope, touched, engine);
    const steps = await withProgress("looking at the platform", () =>
        mapAtMost(lookedAtOnce, planned, async (step): Promise<PlannedStep> => {
            const id = step.id ?? foreseeId(step.kind, touched[planned.indexOf(step)]?.news ?? {});
            const platform =
                id === undefined
                    ? { exists: false }
                    : await lookAtThing(await sessionOf({ provider: providers.get(step.urn) ?? "" }), step.kind, id);
            const digest = states.get(step.urn);
            return {
                ...step,
                ...(id !== undefined && { id }),
                ...(platform && { platform }),
                ...(digest && { state: digest }),
            };
        }),
    );
    const { name, email } = await readCaller(session.client);
    const { endpoint } = session.settings;
    return plain({
        schema: 1,
        at: new Date().toISOString(),
        by: `${name} <${email}>`,
        endpoint,
        stack: `${place.project}/${place.stack}`,
        versions,
        steps,
        others: preview.others,
        key: encrypted,
    });
}
