import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { runBash, type StepRun } from "../support/ci";
import { type SpawnedPlatform, spawnPlatform } from "../support/platform";
import { engineFolder } from "../support/stack";

const serve = "npx section-platform serve --port 8080\n";

/** The commands of each section of the page. */
async function readSections(): Promise<Record<string, string>> {
    const page = await readFile("docs/quickstart.md", "utf8");
    const sections = page.split(/^## \d\. /m).slice(1);
    return Object.fromEntries(
        sections.map((section) => [section.split("\n")[0], /^```sh\n(.*?)^```$/ms.exec(section)?.[1] ?? ""]),
    );
}

describe("the quickstart", () => {
    let home: string;
    let platform: SpawnedPlatform | undefined;
    let run: (commands: string, options?: { folder?: string; code?: number }) => Promise<StepRun>;

    before(async () => {
        home = await mkdtemp(path.join(tmpdir(), "section-home-"));
        await symlink(path.resolve("."), path.join(home, "pulumi-section"));
        // a new home: npm's settings of this machine are all that it knows
        const settings = execFileSync("npm", ["config", "get", "userconfig"], { encoding: "utf8" }).trim();
        const found = [await engineFolder(), path.dirname(process.execPath), process.env.PATH].join(path.delimiter);
        const { NODE_EXTRA_CA_CERTS } = process.env;
        const env = {
            HOME: home,
            PATH: found,
            NODE_EXTRA_CA_CERTS,
            NPM_CONFIG_USERCONFIG: settings,
            npm_config_prefer_offline: "true",
            NO_COLOR: "1",
        };
        // what an export of one section sets, the next ones have: they are one terminal
        const exports: string[] = [];
        run = async (commands, { folder = "sites", code = 0 } = {}) => {
            const here = commands.replaceAll("http://127.0.0.1:8080", platform?.url ?? "no platform");
            const script = [`cd ~/${folder}`, ...exports, here].join("\n");
            exports.push(...(here.match(/^export .*$/gm) ?? []));
            const ran = await runBash(script, home, env);
            assert.equal(ran.code, code, `${here}\n${ran.output}`);
            return ran;
        };
    });
    after(async () => {
        await platform?.stop();
        await rm(home, { recursive: true, force: true, maxRetries: 3 });
    });

    it("is what a new user can type, from an empty home to an empty platform", async () => {
        const sections = await readSections();
        const take = (title: string) => {
            const commands = sections[title];
            assert.ok(commands, `there is no section ${title}`);
            return commands;
        };
        const setUp = take("A platform");
        assert.ok(setUp.endsWith(serve), "the page runs the platform last");
        // the checkout is installed and built: other stories run beside this one
        await run(setUp.replace(serve, "").replace("npm install && npm run build\n", ""), {
            folder: "pulumi-section",
        });
        platform = await spawnPlatform(path.join(home, "section-data"));

        const { output: packed } = await run(take("A project"), { folder: "." });
        const install = /^with npm:\n {2}(.*)$/m.exec(packed)?.[1];
        await run(install ?? "false");
        await run(take("A stack"));
        assert.match(await readFile(path.join(home, "sites/Pulumi.dev.yaml"), "utf8"), /section:token:\n {4}secure: /);
        const applied = (await run(take("Apply it"))).output;
        assert.match(applied, /\+ 7 to create.*\+ 7 created.*7 unchanged.*ops@agency\.example/s);
        const changed = await run(take("Change a line"), { code: 2 }); // of the review
        assert.match(changed.output, /set beresp\.ttl = 10m;.*~ 2 to update.*www\.acme\.example/s);
        assert.match((await run(take("Remove it"))).output, /- 7 deleted/);
    });
});
