import { Api } from "../../support/api";
import type { Site } from "./attack";
import { ask, fetchOf, nextCommit, noObject, push, readHead } from "./git-wire";
import { repeat } from "./repeat";

// The client of busy-user.ts, which starts this file as a process: it works until its parent sends a message.

/** As many at once as a program's provider has connections. */
const atOnce = { reads: 48, fetches: 8, pushes: 6, promotions: 1 };

const { url, token, site } = JSON.parse(process.argv[2] as string) as { url: string; token: string; site: Site };
const api = new Api(url, token);
const application = `/account/${site.account}/application/${site.application}`;
const staging = `${application}/environment/Staging`;
const production = `${application}/environment/Production`;

async function commit(environment: string, expected: string, content: object): Promise<string> {
    const body = { expected, message: "work of a busy user", files: {}, ...content };
    return (await api.must("POST", `${environment}/commit`, body)).commit;
}

/** Pushes to a branch of its own again and again. */
function makePusher({ commit: head, tree }: { commit: string; tree: string }, name: string): () => Promise<void> {
    let [before, parent, count] = [noObject, head, 0];
    return async () => {
        const next = nextCommit(tree, parent, `${name} ${count}`);
        await push(api, site, [{ ref: `refs/heads/${name}`, before, after: next.oid }], [next]);
        [before, parent, count] = [next.oid, next.oid, count + 1];
    };
}

/** Commits to Staging and brings that to Production again and again. */
async function makePromoter(): Promise<() => Promise<void>> {
    const [{ commit: onStaging }, { commit: onProduction }] = [
        await api.get(`${staging}/head`),
        await api.get(`${production}/head`),
    ];
    const at = { staging: onStaging, production: onProduction };
    return async () => {
        at.staging = await commit(staging, at.staging, { files: { "text.txt": at.production } });
        at.production = await commit(production, at.production, { content_of: at.staging });
    };
}

async function work(): Promise<void> {
    const head = await readHead(api, site);
    const pushers = Array.from({ length: atOnce.pushes }, (_, at) => makePusher(head, `busy-${process.pid}-${at}`));
    const promote = await makePromoter();
    const paths = [`${application}/environment`, production, `${production}/configuration`, application];
    let reads = 0;
    const read = () => {
        reads += 1;
        return api.get(paths[reads % paths.length] as string);
    };
    const kinds = [
        { name: "reads", ...repeat(atOnce.reads, read) },
        {
            name: "fetches",
            ...repeat(atOnce.fetches, () => ask(api, site, "git-upload-pack", fetchOf(head.commit))),
        },
        ...pushers.map((pushNext) => ({ name: "pushes", ...repeat(1, pushNext) })),
        { name: "promotions", ...repeat(atOnce.promotions, promote) },
    ];
    const begunMs = performance.now();
    process.send?.("begun");
    await new Promise((resolve) => process.once("message", resolve));
    await Promise.all(kinds.map(({ end }) => end()));
    const seconds = (performance.now() - begunMs) / 1000;
    const counts: Record<string, number> = {};
    for (const { name, done } of kinds) counts[name] = (counts[name] ?? 0) + done();
    const said = Object.entries(counts).map(([name, count]) => `${(count / seconds).toFixed(0)} ${name}`);
    console.log(`      the busy user had ${said.join(", ")} a second`);
}

void work().then(
    () => process.exit(0),
    (error) => {
        console.error(error);
        process.exit(1);
    },
);
