import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Api } from "../support/api";
import { Choices, seed } from "../support/choices";
import { git, mustGit } from "../support/git";
import { platformCommand, signUpOffline } from "../support/offline";
import { spawnPlatform, withFolder } from "../support/platform";
import { visitorWith } from "../support/visitor";

/** `SECTION_TEST_SECONDS=600` is the run whose figures docs/durability.md has. */
const seconds = Number(process.env.SECTION_TEST_SECONDS ?? 20);
/** Code is compiled and caches are filled before anything is measured. */
const warmUpSeconds = Math.min(10, seconds / 4);
const siteCount = 10;
const clients = { reading: 26, writing: 8, pages: 10, fetching: 4, pushing: 2 };
const longestThoughtMs = 800;
const mostGrowth = 1.2;

type Kind = keyof typeof clients;

async function residentOf(pid: number): Promise<number> {
    const status = await readFile(`/proc/${pid}/status`, "utf8");
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

const sorted = (values: readonly number[]) => [...values].sort((one, other) => one - other);
const at = (values: readonly number[], fraction: number) =>
    sorted(values)[Math.floor((values.length - 1) * fraction)] ?? 0;

/** Times of requests and failures, by kind of client. */
class Figures {
    readonly #ms = new Map<Kind, number[]>();
    readonly faults: string[] = [];

    async time(kind: Kind, what: string, work: () => Promise<{ status: number; words: string }>): Promise<void> {
        const begun = performance.now();
        const { status, words } = await work().catch((error: Error) => ({ status: 0, words: error.message }));
        const times = this.#ms.get(kind) ?? [];
        this.#ms.set(kind, times);
        times.push(performance.now() - begun);
        if (status === 0 || status >= 500) this.faults.push(`${what} answered ${status}: ${words.slice(0, 300)}`);
    }

    say(): string[] {
        return [...this.#ms].map(
            ([kind, ms]) =>
                `${kind}: ${clients[kind]} clients, ${ms.length} requests, p50 ${at(ms, 0.5).toFixed(0)} ms, p99 ${at(ms, 0.99).toFixed(0)} ms`,
        );
    }
}

describe("a mixed load", () => {
    it(`of ${Object.values(clients).reduce((one, other) => one + other)} clients for ${seconds} s takes no memory that it keeps, and nothing is answered with 500 and above`, () =>
        withFolder(async (folder) => {
            const data = path.join(folder, "data");
            const token = await signUpOffline(data, "olga@agency.example");
            const platform = await spawnPlatform(data);
            const { url, pid } = platform;
            const figures = new Figures();
            const endMs = performance.now() + (warmUpSeconds + seconds) * 1000;
            try {
                const api = new Api(url, token);
                const { id: account } = await api.must("POST", "/account", { name: "Agency" });
                const sites: { id: number; gitUrl: string; at: string }[] = [];
                for (let index = 0; index < siteCount; index += 1) {
                    const body = { hostname: `www${index}.acme.example`, origin: "192.0.2.1" };
                    const made = await api.must("POST", `/account/${account}/application/create`, body);
                    sites.push({ id: made.id, gitUrl: made.git_url, at: `/account/${account}/application/${made.id}` });
                }
                const visitor = await visitorWith(url, token);
                const ask = async (method: string, address: string, body?: unknown) => {
                    const answer = await fetch(`${url}/api/v1${address}`, {
                        method,
                        headers: { "section-token": token },
                        body: body === undefined ? undefined : JSON.stringify(body),
                    });
                    return { status: answer.status, words: await answer.text() };
                };
                const stockGit = async (cwd: string, ...args: string[]) => {
                    const { code, stderr } = await git(cwd, token, ...args);
                    return { status: code === 0 || /fetch first|rejected/.test(stderr) ? 200 : 599, words: stderr };
                };

                const client = async (kind: Kind, index: number) => {
                    const choices = new Choices(seed + index * 7_919 + Object.keys(clients).indexOf(kind));
                    const clone = path.join(folder, `${kind}-${index}`);
                    const isOver = () => performance.now() >= endMs;
                    if (kind === "fetching" || kind === "pushing")
                        await mustGit(
                            folder,
                            token,
                            "clone",
                            "--quiet",
                            (sites[index] as (typeof sites)[0]).gitUrl,
                            clone,
                        );
                    for (let count = 0; !isOver(); count += 1) {
                        await pause(choices.fraction() * longestThoughtMs);
                        const site = choices.pick(...sites);
                        const environment = `${site.at}/environment/Production`;
                        if (kind === "reading") {
                            const address = choices.pick(
                                "/account/graph",
                                "/account",
                                `/account/${account}/application`,
                                `${site.at}/environment`,
                                `${environment}/head`,
                                `${environment}/commits`,
                                `${environment}/domain`,
                                `/account/${account}/user`,
                            );
                            await figures.time(kind, `GET ${address}`, () => ask("GET", address));
                        } else if (kind === "writing") {
                            const name = `env${index}`;
                            const made = {
                                name,
                                source_environment_name: "Production",
                                domain_name: `e${index}.${site.id}.example`,
                            };
                            const write = choices.pick<() => Promise<void>>(
                                async () => {
                                    const address = `${site.at}/environment/create`;
                                    await figures.time(kind, `POST ${address}`, () => ask("POST", address, made));
                                    await figures.time(kind, `DELETE ${name}`, () =>
                                        ask("DELETE", `${site.at}/environment/${name}`),
                                    );
                                },
                                async () => {
                                    const restrictions = { ip_blacklist: [`192.0.2.${count % 250}`] };
                                    const address = `${environment}/ipRestrictions`;
                                    await figures.time(kind, `POST ${address}`, () =>
                                        ask("POST", address, restrictions),
                                    );
                                },
                                async () => {
                                    const address = `${environment}/domain/shop${index}.${site.id}.example`;
                                    await figures.time(kind, `POST ${address}`, () => ask("POST", address, {}));
                                    await figures.time(kind, `DELETE ${address}`, () => ask("DELETE", address));
                                },
                            );
                            await write();
                        } else if (kind === "pages") {
                            const address = choices.pick("/", `/account/${account}`, site.at, environment);
                            await figures.time(kind, `page ${address}`, async () => {
                                const { status, text } = await visitor.get(address);
                                return { status, words: text };
                            });
                        } else if (kind === "fetching") {
                            await figures.time(kind, "git fetch", () => stockGit(clone, "fetch", "--quiet"));
                        } else {
                            await git(clone, token, "pull", "--quiet", "--rebase");
                            await writeFile(path.join(clone, "note.txt"), `${count}\n`.repeat(200));
                            await mustGit(clone, undefined, "add", "--all");
                            await mustGit(
                                clone,
                                undefined,
                                "commit",
                                "--quiet",
                                "--allow-empty",
                                "--message",
                                `push ${count}`,
                            );
                            await figures.time(kind, "git push", () => stockGit(clone, "push", "--quiet"));
                        }
                    }
                };

                const memory: number[] = [];
                const sampling = (async () => {
                    await pause(warmUpSeconds * 1000);
                    for (; performance.now() < endMs; await pause(200)) memory.push(await residentOf(pid));
                })();
                const working = Object.entries(clients).flatMap(([kind, count]) =>
                    Array.from({ length: count }, (_, index) => client(kind as Kind, index)),
                );
                await Promise.all([...working, sampling]);
                await pause(1_000);
                const files = (await readdir(`/proc/${pid}/fd`)).length;
                const tenth = Math.ceil(memory.length / 10);
                const [first, last] = [at(memory.slice(0, tenth), 0.5), at(memory.slice(-tenth), 0.5)];
                const growth = last / first;
                console.log(`      seed ${seed}: ${seconds} s after ${warmUpSeconds} s`);
                for (const line of figures.say()) console.log(`      ${line}`);
                console.log(
                    `      ${figures.faults.length} answers of 500 and above; memory ${first.toFixed(0)} MiB in the first tenth of the time, ` +
                        `${last.toFixed(0)} MiB in the last one (${((growth - 1) * 100).toFixed(0)} %), most ${Math.max(...memory).toFixed(0)} MiB; ${files} open files at the end`,
                );
                assert.deepEqual(figures.faults, []);
                assert.ok(growth <= mostGrowth, `memory grows by ${((growth - 1) * 100).toFixed(0)} %`);
            } finally {
                await platform.stop();
            }
            assert.match(await platformCommand(data, "check"), /rows and repositories agree/);
        }));
});
