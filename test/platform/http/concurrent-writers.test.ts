import assert from "node:assert/strict";
import path from "node:path";
import { mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { pushFiles } from "../../support/push";
import { fresh, onEveryPlatform } from "../../support/stores";

interface Writer {
    kind: string;
    /** The subject of its commit. */
    subject: string;
    write(): Promise<void>;
}

onEveryPlatform("writers of one branch", (platform) => {
    it("twenty of six kinds at once: every change is one commit, history is a line, nothing is lost", async function () {
        this.timeout(300_000);
        const { api, token } = platform();
        const { account, application, gitUrl } = await api.makeSite("Acme", `${fresh("crowd")}.acme.example`);
        const at = `/account/${account}/application/${application}/environment/Production`;
        const send = async (method: string, where: string, body: unknown, headers: Record<string, string> = {}) => {
            const answer = await api.call(method, `${at}${where}`, body, headers);
            assert.equal(answer.status, 200, `${method} ${where}: ${answer.text}`);
        };
        let pushes = 0;
        const writers: Writer[] = [
            {
                kind: "egress",
                subject: "Egress configuration update",
                write: () => send("POST", "/egress", { origins: { default: { address: "egress.example.net" } } }),
            },
            {
                kind: "ipRestrictions",
                subject: "IP restriction update",
                write: () => send("POST", "/ipRestrictions", { ip_blacklist: ["192.0.2.9"] }),
            },
            {
                kind: "proxy configuration",
                subject: "by the bridge",
                write: () =>
                    send("POST", "/proxy/varnish/configuration", {
                        content: "vcl 4.0;\n# by the bridge\n",
                        message: "by the bridge",
                    }),
            },
            ...Array.from({ length: 6 }, (_, index) => ({
                kind: "PATCH configuration",
                subject: "Environment configuration update",
                write: () => send("PATCH", "/configuration", [{ op: "add", path: `/note${index}`, value: index }]),
            })),
            ...Array.from({ length: 6 }, (_, index) => ({
                kind: "PATCH update",
                subject: `Update varnish/file${index}.json`,
                write: () =>
                    send("PATCH", "/update", [{ op: "add", path: "", value: { index } }], {
                        filepath: `varnish/file${index}.json`,
                    }),
            })),
            ...Array.from({ length: 5 }, (_, index) => ({
                kind: "git push",
                subject: `push ${index}`,
                write: async () => {
                    const push = {
                        message: `push ${index}`,
                        files: { [`varnish/pushed${index}.txt`]: `${index}\n` },
                        retries: 100,
                    };
                    const result = await pushFiles(token, gitUrl, push);
                    assert.equal(result.code, 0, result.stderr);
                    pushes += result.pushes;
                },
            })),
        ];
        assert.equal(writers.length, 20);
        await Promise.all(writers.map(({ write }) => write()));

        await withFolder(async (folder) => {
            const clone = path.join(folder, "clone");
            await mustGit(folder, token, "clone", "--quiet", gitUrl, clone);
            const show = async (file: string) => mustGit(clone, undefined, "show", `HEAD:${file}`);
            const log = (await mustGit(clone, undefined, "log", "--format=%P|%s")).trim().split("\n");
            assert.deepEqual(
                log
                    .slice(0, -1)
                    .map((line) => line.split("|")[1])
                    .sort(),
                writers.map(({ subject }) => subject).sort(),
                "one commit each",
            );
            for (const line of log.slice(0, -1)) assert.match(line, /^[0-9a-f]{40}\|/, "one parent each");
            const { environments } = JSON.parse(await show("section.config.json"));
            const notes = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`note${index}`, index]));
            assert.deepEqual(environments.Production, {
                origin: { address: "egress.example.net" },
                ip_blacklist: ["192.0.2.9"],
                ...notes,
            });
            assert.equal(await show("varnish/default.vcl"), "vcl 4.0;\n# by the bridge\n");
            for (let index = 0; index < 6; index += 1)
                assert.deepEqual(JSON.parse(await show(`varnish/file${index}.json`)), { index });
            for (let index = 0; index < 5; index += 1)
                assert.equal(await show(`varnish/pushed${index}.txt`), `${index}\n`);
            assert.equal((await mustGit(clone, undefined, "fsck", "--strict")).trim(), "");
            const deployments = await api.get(`${at}/deployments`);
            assert.equal(
                new Set(deployments.map(({ commit }: { commit: string }) => commit)).size,
                20,
                "each was deployed once",
            );
            assert.equal(deployments.length, 20);
            const kinds = [...new Set(writers.map(({ kind }) => kind))].map(
                (kind) => `${writers.filter((writer) => writer.kind === kind).length} ${kind}`,
            );
            console.log(
                `      ${kinds.join(", ")}: ${log.length - 1} commits in a line, 0 changes lost; ${pushes} pushes for 5 changes`,
            );
        });
    });
});
