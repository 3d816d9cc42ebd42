import assert from "node:assert/strict";
import { readFile, stat } from "node:fs/promises";
import { carryOut, planConversion } from "../../../cli/convert/convert-stack";
import { resourceTypeOf } from "../../../provider/run/resource-kind";
import { withEngineFolder } from "../../support/engine-folder";
import { otherConfig, stateAfter } from "../../support/random-state";

const before = stateAfter([
    { deed: "declare", kind: "organization", parent: 0, from: 0, provider: 0, secret: false },
    { deed: "declare", kind: "application", parent: 0, from: 2, provider: 0, secret: true },
]);
const config = {
    "agency:region": { value: "eu", secret: false },
    "aws:token": { value: "aws", secret: true },
    "section:endpoint": { value: "https://one.example", secret: false },
};

describe("the conversion of a stack", () => {
    it("is planned without a change; it writes the state as it was into a file, converts it, and sets the config", () =>
        withEngineFolder({ state: before, config }, async ({ folder, state, configured }) => {
            const planned = await planConversion({ cwd: folder, stack: "prod" }, "plugin");
            assert.deepEqual([...planned.conversion.counts].sort(), [
                ["application", 1],
                ["organization", 1],
            ]);
            assert.deepEqual([await state(), await configured()], [before, []]);
            const { backup = "" } = await carryOut(planned);
            assert.match(backup, /\/agency-prod-before-plugin-20[\dTZ-]+\.json$/);
            assert.equal(await readFile(backup, "utf8"), before);
            assert.equal((await stat(backup)).mode & 0o777, 0o600);
            assert.match(await state(), /"type": "section:index:Application"/);
            assert.deepEqual(await configured(), ["config set section:plugin true --stack prod"]);
        }));

    it("and back needs the config of other namespaces, with secrets for the engine to encrypt", () =>
        withEngineFolder(
            { state: before, config: { ...config, "section:plugin": { value: "true" } } },
            async ({ folder, state, configured }) => {
                const choice = { cwd: folder };
                await carryOut(await planConversion(choice, "plugin"));
                assert.deepEqual(await configured(), [], "it is set already");
                await carryOut(await planConversion(choice, "dynamic"));
                assert.deepEqual(await configured(), ["config rm section:plugin"]);
                const secret = '"plaintext": "\\"aws\\""';
                assert.equal(await state(), before.replaceAll('"ciphertext": "v1:aws"', secret));
                assert.ok((await state()).includes(secret), JSON.stringify(otherConfig));
            },
        ));

    it("sets section:plugin false where the project says true", () =>
        withEngineFolder(
            {
                state: before,
                config: { "section:plugin": { value: "true" } },
                project: "name: agency\nruntime: nodejs\nconfig:\n    section:plugin: true\n",
            },
            async ({ folder, state, configured }) => {
                const planned = await planConversion({ cwd: folder }, "dynamic");
                assert.equal(planned.isConverted, true);
                assert.deepEqual(await carryOut(planned), {}, "nothing to keep");
                assert.deepEqual([await state(), await configured()], [before, ["config set section:plugin false"]]);
            },
        ));

    it("is refused while an up has not saved its state", () => {
        const mark = JSON.stringify({ since: "2026-11-25T03:51:54.000Z", host: "ci-7", run: "x" });
        return withEngineFolder({ state: before, tags: { "section:unsaved": mark } }, ({ folder }) =>
            assert.rejects(planConversion({ cwd: folder }, "plugin"), {
                code: "invalid-input",
                message: /^the up that began at 2026-11-25T03:51:54\.000Z on ci-7 has not saved the state yet\. Wait/,
            }),
        );
    });

    it("is refused where the state has changed since it was looked at", () =>
        withEngineFolder({ state: before }, async ({ folder, state, setState, configured }) => {
            const planned = await planConversion({ cwd: folder }, "plugin");
            const other = before.replace("1/2", "1/3").replace('"id": "7/2"', '"id": "7/3"');
            assert.notEqual(other, before);
            await setState(other);
            await assert.rejects(
                carryOut(planned),
                /^Problem.*: the state has changed since it was looked at; nothing was converted/s,
            );
            assert.deepEqual([await state(), await configured()], [other, []]);
        }));

    it("keeps state and config where the engine takes no state, and says which line is left where it takes no config", async () => {
        const refuse = (words: string) =>
            `[ "$2 $3" = "${words}" ] && { echo "error: the stack is locked" >&2; exit 255; }`;
        await withEngineFolder(
            { state: before, first: refuse("stack import") },
            async ({ folder, state, configured }) => {
                await assert.rejects(
                    carryOut(await planConversion({ cwd: folder }, "plugin")),
                    /the converted state cannot be saved, and the stack keeps the old one: the stack is locked/,
                );
                assert.deepEqual([await state(), await configured()], [before, []]);
            },
        );
        await withEngineFolder({ state: before, first: refuse("config set") }, async ({ folder, state }) => {
            await assert.rejects(
                carryOut(await planConversion({ cwd: folder }, "plugin")),
                /the state is converted, but the config of the stack is not: the stack is locked\. Run pulumi config set section:plugin true before anything else/,
            );
            assert.match(await state(), /"type": "section:index:Application"/);
            const again = await planConversion({ cwd: folder }, "plugin");
            assert.deepEqual([again.isConverted, again.change.words], [true, ["set", "section:plugin", "true"]]);
        });
    });

    it("is refused where a resource is there both ways", () => {
        const document = JSON.parse(before);
        const converted = JSON.parse(before.replaceAll(resourceTypeOf("application"), "section:index:Application"));
        document.deployment.resources.push(converted.deployment.resources.at(-1));
        return withEngineFolder({ state: JSON.stringify(document) }, ({ folder }) =>
            assert.rejects(
                planConversion({ cwd: folder }, "plugin"),
                /the state has x::3 twice, as a dynamic resource and as one of the plugin: urn:pulumi:prod::agency::section:index:/,
            ),
        );
    });
});
