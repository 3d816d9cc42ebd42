import assert from "node:assert/strict";
import path from "node:path";
import { withClone } from "../../support/clone";
import { gitClients } from "../../support/git-client";
import { onEveryPlatform } from "../../support/stores";

onEveryPlatform("clients that are not git", (platform) => {
    for (const client of gitClients) {
        it(`${client.name} clones, fetches, pushes, hears why a push is refused, and that a token is wrong`, async function () {
            this.timeout(900_000); // what it is built from is fetched the first time
            const missing = await client.prepare();
            if (missing !== undefined) {
                console.log(`      ${client.name} is not tried: ${missing}`);
                return this.skip();
            }
            await withClone(platform(), async ({ folder, gitUrl, root, write, push, git }) => {
                const { token, api } = platform();
                const clone = path.join(path.dirname(folder), client.name);
                const wrong = await client.clone(gitUrl, "wrong", `${clone}-wrong`);
                assert.equal(wrong.ok, false);
                assert.match(wrong.words, /401|[Uu]nauthorized|authenti|UserCanceled|credentials/);
                const cloned = await client.clone(gitUrl, token, clone);
                assert.deepEqual(
                    [cloned.ok, cloned.head],
                    [true, (await git("rev-parse", "HEAD")).trim()],
                    cloned.words,
                );
                await write("varnish/note.txt", "from git");
                assert.equal((await push()).code, 0);
                const fetched = await client.fetch(gitUrl, token, clone);
                assert.deepEqual(
                    [fetched.ok, fetched.head],
                    [true, (await git("rev-parse", "HEAD")).trim()],
                    fetched.words,
                );
                const pushed = await client.push(gitUrl, token, clone, "other.txt", "from a client");
                assert.equal(pushed.ok, true, pushed.words);
                const { commit, author } = await api.get(`${root}/Production/head`);
                assert.deepEqual([commit, author.email], [pushed.head, "gita@agency.example"]);
                const refused = await client.push(gitUrl, token, clone, "section.config.json", "{");
                assert.equal(refused.ok, false);
                assert.match(refused.words, /pre-receive hook declined/);
                assert.match(refused.words, /section\.config\.json cannot be parsed as JSON/, "the reason is shown");
                assert.equal((await api.get(`${root}/Production/head`)).commit, commit);
                await git("pull", "--quiet");
                assert.match(await git("fsck", "--strict"), /^$/);
            });
        });
    }
});
