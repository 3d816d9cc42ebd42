import assert from "node:assert/strict";
import fc from "fast-check";
import { normaliseHostname } from "section-model";
import type { ImportingProvider, Known } from "../harness/provider";
import { isSame, type Properties, revealSecrets } from "../harness/values";
import { lookAtEstate } from "../support/adoption";
import { issueChain } from "../support/certificates";
import { seed } from "../support/choices";
import {
    assertForeseen,
    assertMarked,
    assertOfSchema,
    assertSound,
    assertUnknown,
    beginLife,
    checkTwice,
    type Life,
    settle,
    visible,
    withUnknowns,
} from "../support/conforming-life";
import { type Declaration, estates, liveForm, secretForm } from "../support/generated-estate";
import { startInternet } from "../support/issuing";
import { openPluginStack, type PluginOperation, type PluginStack } from "../support/plugin-operation";
import { requireSome } from "../support/require-some";

const runs = Number(process.env.SECTION_TEST_CONFORMANCE ?? 1);

const topKeys = (paths: Iterable<string>) => [...new Set([...paths].map((path) => path.split(/[.[]/, 1)[0]))].sort();

/** The names of declared inputs that differ. */
function changedKeys(before: Properties, after: Properties): string[] {
    const [old, own] = [visible(revealSecrets(before)), visible(revealSecrets(after))];
    return [...new Set([...Object.keys(old), ...Object.keys(own)])].filter((key) => !isSame(old[key], own[key])).sort();
}

/** The previews so far of inputs of which one part was not known. */
let unknowns = 0;

/** The same thing under another name is refused in the same operation, in a preview where check can know. */
async function expectDouble(provider: ImportingProvider, { urn, declaration }: Life, news: Properties): Promise<void> {
    const twin = `${urn}-twin`;
    const { inputs, failures } = await provider.check(twin, {}, news);
    const words = /declared twice, as \S+ and as \S+-twin/;
    if (declaration.kind !== "organization") assert.match(failures.map(({ reason }) => reason).join(), words, twin);
    await assert.rejects(provider.create(twin, inputs, false), words);
}

/** The life of an estate, one operation after the other, each with a plugin of its own. */
async function lead(stack: PluginStack, declarations: readonly Declaration[], run: number): Promise<void> {
    const lives = requireSome(declarations).map(beginLife);
    const inputsOf = ({ declaration: { inputs } }: Life, isForeseen = false) => settle(inputs, lives, run, isForeseen);
    const nextOf = ({ declaration: { next } }: Life, isForeseen = false) => settle(next, lives, run, isForeseen);
    const stateOf = ({ state, declaration }: Life): Known => {
        assert.ok(state, `${declaration.name} is there`);
        return state;
    };

    await stack.preview(async ({ provider }) => {
        for (const life of lives) {
            const inputs = await checkTwice(provider, life.urn, {}, inputsOf(life));
            life.foreseen = (await provider.create(life.urn, inputs, true)).outputs;
            assertSound(life.foreseen);
            assertOfSchema(life.declaration.kind, life.foreseen);
        }
    });

    await stack.preview(async ({ provider }) => {
        for (const life of lives)
            for (const news of withUnknowns(inputsOf(life), 3)) {
                const { inputs } = await provider.check(life.urn, {}, news as Properties);
                assertUnknown(news as Properties, inputs);
                assertUnknown(inputs, (await provider.create(life.urn, inputs, true)).outputs);
                unknowns += 1;
            }
    });

    await stack.operate(async ({ provider }) => {
        for (const life of lives) {
            const inputs = await checkTwice(provider, life.urn, {}, inputsOf(life));
            const { id, outputs, initErrors } = await provider.create(life.urn, inputs, false);
            assert.deepEqual(initErrors, undefined);
            assertSound(outputs);
            assertMarked(inputs, outputs);
            assertOfSchema(life.declaration.kind, outputs);
            assertForeseen(life.foreseen as Properties, outputs);
            life.state = { urn: life.urn, id, inputs, outputs };
        }
    });

    /** What follows an `up`: nothing to do, for a plugin that knows the state only. */
    const expectNothing = async ({ provider }: PluginOperation, declared: (life: Life) => Properties) => {
        for (const life of lives) {
            const state = stateOf(life);
            const inputs = await checkTwice(provider, life.urn, state.inputs, declared(life));
            assert.deepEqual(revealSecrets(inputs), revealSecrets(state.inputs));
            const { changes, details } = await provider.diff(state, inputs);
            assert.deepEqual([changes, [...(details ?? [])]], [false, []], life.urn);
        }
    };
    await stack.preview((operation) => expectNothing(operation, inputsOf));

    // the state of the last operation is lost
    const there = await lookAtEstate(stack.platform);
    await stack.operate(async ({ provider }) => {
        for (const life of lives) {
            const { id } = stateOf(life);
            const inputs = await checkTwice(provider, life.urn, {}, inputsOf(life));
            const made = await provider.create(life.urn, inputs, false);
            assert.deepEqual([made.id, made.initErrors], [id, undefined], "it is taken, and no second one made");
            assertMarked(inputs, made.outputs);
            assertForeseen(stateOf(life).outputs, { ...made.outputs, hostnames: stateOf(life).outputs.hostnames });
            life.state = { urn: life.urn, id, inputs, outputs: made.outputs };
            await expectDouble(provider, life, inputs);
        }
    });
    assert.equal(await lookAtEstate(stack.platform), there);

    // another stack with the same program
    const copied = lives.map((life) => ({ ...life, urn: life.urn.replace(":test::", ":copy::") }));
    await stack.operate(async ({ provider }) => {
        for (const life of copied) {
            const inputs = await checkTwice(provider, life.urn, {}, inputsOf(life));
            const { id, outputs } = await provider.create(life.urn, inputs, false);
            assert.equal(id, stateOf(life).id);
            life.state = { urn: life.urn, id, inputs, outputs };
        }
    });
    await stack.operate(async ({ provider }) => {
        for (const life of copied.reverse()) await provider.delete(stateOf(life));
    });
    assert.equal(await lookAtEstate(stack.platform), there);

    const refresh = async ({ provider }: PluginOperation) => {
        for (const life of lives) {
            const { id, inputs, outputs } = stateOf(life);
            const found = await provider.read(stateOf(life)); // without inputs: they are as declared
            const { hostnames } = found?.outputs ?? {};
            // domains have added theirs since
            const now = hostnames === undefined ? outputs : { ...outputs, hostnames };
            assert.deepEqual(found, { id, inputs: undefined, outputs: now }, life.urn);
            life.state = { urn: life.urn, id, inputs, outputs: found.outputs };
        }
    };
    await stack.preview(refresh);

    await stack.preview(async ({ provider }) => {
        for (const { urn, state } of lives) {
            const { id = "" } = state ?? {};
            const { outputs, inputs: found } = await provider.import(urn, id);
            assertSound(found);
            const inputs = await checkTwice(provider, urn, found, found);
            const { changes, details } = await provider.diff({ urn, id, outputs, inputs: found }, inputs);
            assert.deepEqual(
                [changes, [...(details ?? [])]],
                [false, []],
                `${urn} as imported: ${JSON.stringify(found)}`,
            );
        }
    });

    await stack.preview(async ({ provider }) => {
        for (const life of lives)
            for (const news of withUnknowns(nextOf(life), 1)) {
                const { inputs } = await provider.check(life.urn, stateOf(life).inputs, news as Properties);
                assertUnknown(news as Properties, inputs);
                await provider.diff(stateOf(life), inputs);
                assertUnknown(inputs, (await provider.update(stateOf(life), inputs, true)).outputs);
                unknowns += 1;
            }
    });

    await stack.preview(async ({ provider }) => {
        for (const life of lives) {
            const state = stateOf(life);
            const inputs = await checkTwice(provider, life.urn, state.inputs, nextOf(life, true));
            const { changes, replaces, details = new Map() } = await provider.diff(state, inputs);
            const changed = changedKeys(state.inputs, inputs);
            if (changes) assert.deepEqual(topKeys(details.keys()), changed, life.urn);
            else assert.deepEqual([replaces, [...details]], [[], []], life.urn);
            if (replaces.length > 0) life.foreseen = (await provider.create(life.urn, inputs, true)).outputs;
            else if (changes) life.foreseen = (await provider.update(state, inputs, true)).outputs;
            else life.foreseen = state.outputs;
            assertSound(life.foreseen);
            assertOfSchema(life.declaration.kind, life.foreseen);
        }
    });

    await stack.operate(async ({ provider }) => {
        for (const life of lives) {
            const state = stateOf(life);
            const inputs = await checkTwice(provider, life.urn, state.inputs, nextOf(life));
            const { changes, replaces, deleteBeforeReplace } = await provider.diff(state, inputs);
            const { urn } = life;
            if (!changes && changedKeys(state.inputs, inputs).length > 0)
                life.state = { ...state, inputs }; // as the engine does
            else if (replaces.length === 0) {
                // another origin of its application is a commit, which has moved the head of Production
                const now = changes ? undefined : await provider.read(state);
                const { outputs } = await provider.update(state, inputs, false);
                if (now !== undefined) {
                    assert.deepEqual(revealSecrets(visible(outputs)), revealSecrets(visible(now.outputs)));
                    life.foreseen = now.outputs;
                }
                life.state = { urn, id: state.id, inputs, outputs };
            } else {
                if (deleteBeforeReplace) await provider.delete(state);
                else life.replaced = state;
                const { id, outputs } = await provider.create(urn, inputs, false);
                assert.notEqual(id, state.id, "a replacement is another thing");
                life.state = { urn, id, inputs, outputs };
            }
            const { outputs } = stateOf(life);
            assertSound(outputs);
            assertMarked(inputs, outputs);
            assertOfSchema(life.declaration.kind, outputs);
            assertForeseen(life.foreseen as Properties, outputs);
        }
        for (const { replaced } of lives) if (replaced !== undefined) await provider.delete(replaced);
    });
    await stack.preview((operation) => expectNothing(operation, nextOf));
    await stack.preview(refresh);

    const remove = async ({ provider }: PluginOperation) => {
        for (const life of [...lives].reverse()) await provider.delete(stateOf(life));
    };
    await stack.operate(remove);
    await stack.operate(remove);
}

describe("the plugin, as the engine asks it", function () {
    this.timeout(600_000);

    it("keeps what the engine relies on, for generated estates of all kinds", async () => {
        const { publicCertificates, privateKey } = await issueChain(["*.acme.example"]);
        const internet = await startInternet();
        const live = { port: internet.port, ...internet.options };
        const stack = await openPluginStack(live, { allowLiveDelete: "true" });
        const counts = new Map<string, number>();
        let run = 0;
        try {
            await fc.assert(
                fc.asyncProperty(estates({ publicCertificates, privateKey }), async (declarations) => {
                    run += 1;
                    for (const { kind, inputs, next } of declarations) {
                        counts.set(kind, (counts.get(kind) ?? 0) + 1);
                        for (const { hostname } of [inputs, next])
                            if (liveForm.test(String(hostname)))
                                internet.pointHere(normaliseHostname(String(hostname).replace("§", String(run))));
                    }
                    await lead(stack, declarations, run);
                    assert.deepEqual(await stack.platform.api.get("/account"), []);
                }),
                { seed, numRuns: runs, endOnFailure: process.env.SECTION_TEST_SHRINK === undefined },
            );
            assert.doesNotMatch(requireSome(stack.lines).join("\n"), secretForm);
        } finally {
            await stack.close();
            await internet.stop();
        }
        console.log(
            `      seed ${seed}, ${runs} estates: ${JSON.stringify(Object.fromEntries(counts))}, ${unknowns} previews with an unknown value`,
        );
    });
});
