import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { commitFile } from "../../support/clone";
import { git, mustGit } from "../../support/git";
import { withFolder } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

const basic = (user: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`,
});

onEveryPlatform("who reaches a repository, and by which address", (platform) => {
    const makeSite = () => platform().api.makeSite("Acme", `${fresh("git")}.acme.example`);
    const refs = "/info/refs?service=git-upload-pack";

    it("the ids decide; the name is decoration, with or without slashes and escapes", async () => {
        const { token } = platform();
        const { gitUrl } = await makeSite();
        const parent = gitUrl.slice(0, gitUrl.lastIndexOf("/"));
        const names = [
            ".git",
            "anything.git",
            "www.example.comadmin.git",
            "www%2Eacme%2Eexample.git",
            "a%20b.git",
            "www.acme.example%2Fadmin%2F.git",
            "%C3%A4.git",
        ];
        for (const name of names)
            assert.equal((await fetch(`${parent}/${name}${refs}`, { headers: basic("x", token) })).status, 200, name);
        await withFolder(async (folder) => {
            for (const [index, url] of [`${gitUrl}/`, gitUrl, `${parent}/x.git`].entries())
                await mustGit(folder, token, "clone", "--quiet", url, `c${index}`);
        });
        for (const url of [
            `${gitUrl}//info/refs?service=git-upload-pack`,
            `${gitUrl}/info/refs/?service=git-upload-pack`,
        ])
            assert.equal((await fetch(url, { headers: basic("x", token) })).status, 200, url);
    });

    it("any user name with a token, e-mail with password, the header and the query: all the same", async () => {
        const { token, url } = platform();
        const { gitUrl, account } = await makeSite();
        const as = async (headers: Record<string, string>, query = "") =>
            (await fetch(`${gitUrl}${refs}${query}`, { headers })).status;
        for (const user of ["section-token", "section.cli", "olga@agency.example", "x"])
            assert.equal(await as(basic(user, token)), 200, user);
        assert.equal(await as({ "section-token": token }), 200);
        assert.equal(await as({}, `&access_token=${token}`), 200);
        assert.equal(await as(basic("", token)), 401, "an empty user name is none");
        for (const wrong of [
            basic("x", `${token}x`),
            basic("olga@agency.example", "wrong password"),
            { "section-token": "x" },
            { authorization: "Bearer x" },
        ]) {
            const answer = await fetch(`${gitUrl}${refs}`, { headers: wrong });
            assert.deepEqual([answer.status, answer.headers.get("www-authenticate")], [401, 'Basic realm="section"']);
        }
        assert.ok(url && account);
    });

    it("asks who it is on every path of a repository, there or not, and says nothing else", async () => {
        const { url } = platform();
        const { gitUrl } = await makeSite();
        const somewhere = `${url}/account/4711/application/1/x.git`;
        const paths: [string, string][] = [
            ["GET", refs],
            ["GET", "/info/refs?service=git-receive-pack"],
            ["GET", "/info/refs"],
            ["HEAD", refs],
            ["POST", "/git-upload-pack"],
            ["POST", "/git-receive-pack"],
            ["GET", "/git-upload-pack"],
            ["PUT", "/HEAD"],
            ["GET", "/objects/info/packs"],
        ];
        for (const [method, rest] of paths) {
            const [there, missing] = await Promise.all([
                fetch(gitUrl + rest, { method }),
                fetch(somewhere + rest, { method }),
            ]);
            for (const answer of [there, missing])
                assert.deepEqual(
                    [answer.status, answer.headers.get("www-authenticate")],
                    [401, 'Basic realm="section"'],
                    `${method} ${rest}`,
                );
            assert.equal(await there.text(), await missing.text());
            assert.match(there.headers.get("aperture-tx-id") ?? "", /^\d+\.\d+$/);
        }
    });

    it("what is no git request gets 404, 405 or 400, never a redirect", async () => {
        const { token } = platform();
        const { gitUrl } = await makeSite();
        const ask = async (method: string, rest: string, headers: Record<string, string> = {}, body?: string) => {
            const answer = await fetch(gitUrl + rest, {
                method,
                headers: { ...basic("x", token), ...headers },
                body,
                redirect: "manual",
            });
            return { status: answer.status, allow: answer.headers.get("allow"), text: await answer.text() };
        };
        assert.deepEqual(await ask("POST", "/info/refs").then(({ status, allow }) => [status, allow]), [
            405,
            "GET, HEAD",
        ]);
        assert.deepEqual(await ask("GET", "/git-receive-pack").then(({ status, allow }) => [status, allow]), [
            405,
            "POST",
        ]);
        assert.equal((await ask("GET", "/info/refs")).status, 403, "the dumb protocol");
        assert.equal((await ask("GET", "/info/refs?service=git-evil")).status, 403);
        for (const rest of ["/HEAD", "/objects/info/packs", "/config", "", "/__proto__"])
            assert.equal((await ask("GET", rest)).status, 404, rest);
        const noName = gitUrl.replace(/\.git$/, "");
        assert.equal((await fetch(`${noName}${refs}`, { headers: basic("x", token) })).status, 404);
        const wrongType = await ask("POST", "/git-receive-pack", { "content-type": "text/plain" }, "0000");
        assert.equal(wrongType.status, 400);
        assert.match(wrongType.text, /media type/);
        const type = { "content-type": "application/x-git-upload-pack-request" };
        assert.match((await ask("POST", "/git-upload-pack", type, "garbage")).text, /none that git understands/);
        assert.match(
            (await ask("POST", "/git-upload-pack", { ...type, "content-encoding": "br" }, "x")).text,
            /content encoding br/,
        );
        assert.equal(
            (await ask("POST", "/git-upload-pack", { ...type, "content-encoding": "gzip" }, "no gzip")).status,
            400,
        );
    });

    it("a stranger finds nothing, a reader may fetch and not push", async () => {
        const { signUp, api } = platform();
        const { account, application, gitUrl } = await makeSite();
        const email = `${fresh("reader")}@agency.example`;
        const reader = await signUp(email);
        await withFolder(async (folder) => {
            assert.match((await git(folder, reader.token, "clone", gitUrl, "x")).stderr, /not found/);
            await api.must("POST", `/account/${account}/user`, { email, accountCapability: "readonly" });
            await mustGit(folder, reader.token, "clone", "--quiet", gitUrl, "x");
            const clone = path.join(folder, "x");
            await commitFile(clone, "z.txt", "z");
            const { stderr } = await git(clone, reader.token, "push");
            assert.match(stderr, /403/);
            assert.match(stderr, /remote: Admin privileges are required in account/);
        });
        const scoped = await signUp(`${fresh("scoped")}@agency.example`, "read");
        const { email: scopedEmail } = await scoped.get("/user");
        await api.must("POST", `/account/${account}/user`, { email: scopedEmail, accountCapability: "admin" });
        const answer = await fetch(`${gitUrl}/info/refs?service=git-receive-pack`, {
            headers: basic("x", scoped.token as string),
        });
        assert.deepEqual([answer.status, /this token may only read/.test(await answer.text())], [403, true]);
        assert.equal(
            (await api.get(`/account/${account}/application/${application}/environment/Production/commits`)).length,
            1,
        );
    });

    it("git signs in when it is asked to, with what a credential store has, and says so when it is wrong", async () => {
        const { token } = platform();
        const { gitUrl } = await makeSite();
        await withFolder(async (folder) => {
            const store = path.join(folder, "store");
            const { protocol, host } = new URL(gitUrl);
            await writeFile(store, `${protocol}//section-token:${token}@${host}\n`);
            await mustGit(
                folder,
                undefined,
                "-c",
                `credential.helper=store --file=${store}`,
                "clone",
                "--quiet",
                gitUrl,
                "signed-in",
            );
            await writeFile(store, `${protocol}//section-token:wrong@${host}\n`);
            const { code, stderr } = await git(
                folder,
                undefined,
                "-c",
                `credential.helper=store --file=${store}`,
                "clone",
                gitUrl,
                "y",
            );
            assert.notEqual(code, 0);
            assert.match(stderr, /could not read Username|Authentication failed/);
        });
    });
});
