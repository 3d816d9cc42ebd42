import assert from "node:assert/strict";
import path from "node:path";
import { type FolderStack, withEngineFolder } from "../../support/engine-folder";
import { type CommandResult, pulumiSection } from "../../support/provider-command";
import { stateAfter } from "../../support/random-state";

const before = stateAfter([
    { deed: "declare", kind: "organization", parent: 0, from: 0, provider: 0, secret: false },
    { deed: "declare", kind: "application", parent: 0, from: 2, provider: 0, secret: true },
]);

type Work = (convert: (...args: string[]) => Promise<CommandResult>, state: () => Promise<string>) => Promise<void>;

/** The command in the folder of a stack, where nobody can be asked. */
const withCommand = (stack: FolderStack, work: Work) =>
    withEngineFolder(stack, ({ folder, state }) =>
        work((...args) => pulumiSection(["convert", ...args], { cwd: folder, environment: {} }), state),
    );

describe("the convert command", function () {
    this.timeout(60_000);

    it("says what it would do, and does it only when it is asked to", () =>
        withCommand({ state: before }, async (convert, state) => {
            const unasked = await convert("--to", "plugin", "--stack", "prod");
            assert.deepEqual([unasked.code, unasked.stdout], [1, ""]);
            assert.equal(
                unasked.stderr,
                `to the plugin: 2 resources of the state; nothing on the platform is touched
  application   1
  organization  1
  providers     default
  config        pulumi config set section:plugin true --stack prod
pulumi-section: nobody can be asked: stdin is not a terminal. Add --yes to convert without being asked.
`,
            );
            assert.equal(await state(), before);
        }));

    it("says what it did, where the state as it was is, and how to go back", () =>
        withCommand({ state: before }, async (convert, state) => {
            const { code, stdout, stderr } = await convert("--to", "plugin", "--yes");
            assert.deepEqual([code, stderr], [0, ""]);
            const file = /^ {2}before {3}(\/.*\/agency-prod-before-plugin-.*\.json)$/m.exec(stdout)?.[1] ?? "";
            assert.ok(path.isAbsolute(file), stdout);
            assert.equal(
                stdout,
                `converted to the plugin: 2 resources; nothing on the platform was touched
  before   ${file}
  restore  pulumi stack import --file ${file}
  back     pulumi-section convert --to dynamic
  next     pulumi preview   which is empty
`,
            );
            assert.notEqual(await state(), before);
        }));

    it("is one document with --json, and has nothing to do where nothing is left", () =>
        withCommand({ state: before, config: { "section:plugin": { value: "true" } } }, async (convert) => {
            const json = JSON.parse((await convert("--to", "plugin", "--yes", "--json")).stdout);
            const { backup, ...rest } = json;
            assert.match(backup, /before-plugin/);
            assert.deepEqual(rest, {
                outcome: "converted",
                to: "plugin",
                resources: 2,
                counts: { application: 1, organization: 1 },
                providers: ["default"],
            });
            const again = await convert("--to", "plugin");
            assert.deepEqual(
                [again.code, again.stdout],
                [0, "nothing to convert: the state and the program use the plugin already\n"],
            );
            assert.equal(JSON.parse((await convert("--to", "plugin", "--json")).stdout).outcome, "nothing");
        }));

    it("knows two ways", () =>
        withCommand({ state: before }, async (convert) => {
            assert.match((await convert("--to", "grpc")).stderr, /plugin, dynamic/);
            assert.match((await convert()).stderr, /--to <way>/);
        }));
});
