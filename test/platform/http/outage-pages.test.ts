import assert from "node:assert/strict";
import { pushFiles } from "../../support/push";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("outage pages over HTTP", (platform) => {
    async function site() {
        const hostname = `${fresh("out")}.acme.example`;
        const { account, application, gitUrl } = await platform().api.makeSite("Acme", hostname);
        const environment = `/account/${account}/application/${application}/environment`;
        const push = async (files: Record<string, string | null>) => {
            const { code, stderr } = await pushFiles(platform().token, gitUrl, { files });
            assert.equal(code, 0, stderr);
        };
        return { account, hostname, environment, at: `${environment}/Production/outagepage`, push };
    }
    const page = (name: string, engaged = false) => ({ name, engaged });

    it("are the HTML files of the branch; one at most is shown", async () => {
        const { api } = platform();
        const { at, environment, hostname, push } = await site();
        assert.deepEqual(await api.get(at), []);
        await push({
            "outage_pages/one.html": "1",
            "outage_pages/two words.html": "2",
            "outage_pages/notes.txt": "x",
            "outage_pages/deep/three.html": "3",
        });
        assert.deepEqual(await api.get(at), [page("one.html"), page("two words.html")]);
        const engage = (name: string) => api.call("POST", `${at}?pageName=${encodeURIComponent(name)}`);
        for (const name of ["one.html", "two words.html", "two words.html"]) {
            const { status, text } = await engage(name);
            assert.deepEqual([status, text], [204, ""]);
        }
        assert.deepEqual(await api.get(at), [page("one.html"), page("two words.html", true)]);
        await api.must("POST", `${environment}/create`, {
            name: "Staging",
            source_environment_name: "Production",
            domain_name: `staging.${hostname}`,
        });
        assert.deepEqual(
            await api.get(at.replace("Production", "Staging")),
            [page("one.html"), page("two words.html")],
            "it is not in git",
        );
        for (let times = 0; times < 2; times += 1) assert.equal((await api.call("DELETE", at)).status, 204);
        assert.deepEqual(await api.get(at), [page("one.html"), page("two words.html")]);
    });

    it("that a push removes is not shown any more, also when the next one brings it back", async () => {
        const { api } = platform();
        const { at, push } = await site();
        await push({ "outage_pages/one.html": "1", "outage_pages/two.html": "2" });
        await api.call("POST", `${at}?pageName=one.html`);
        await push({ "outage_pages/two.html": "changed" });
        assert.deepEqual(await api.get(at), [page("one.html", true), page("two.html")], "other changes leave it shown");
        await push({ "outage_pages/one.html": null });
        assert.deepEqual(await api.get(at), [page("two.html")]);
        await push({ "outage_pages/one.html": "again" });
        assert.deepEqual(await api.get(at), [page("one.html"), page("two.html")]);
    });

    it("refuse what is not there, and whoever may not", async () => {
        const { api, signUp } = platform();
        const { account, at, push } = await site();
        const unknown = await api.call("POST", `${at}?pageName=one.html`);
        assert.equal(unknown.status, 400);
        assert.match(
            unknown.json.message,
            /^there is no outage page "one\.html" in environment Production\. Push it as outage_pages\/NAME\.html first\.$/,
        );
        assert.equal((await api.call("POST", at)).status, 400);
        await push({ "outage_pages/one.html": "1" });
        assert.match((await api.call("POST", `${at}?pageName=One.html`)).json.message, /or name one of one\.html\.$/);
        const asRole = async (accountCapability: string) => {
            const email = `${fresh(accountCapability)}@agency.example`;
            const member = await signUp(email);
            await api.must("POST", `/account/${account}/user`, { email, accountCapability });
            return member;
        };
        const [operator, reader] = [await asRole("state"), await asRole("readonly")];
        assert.equal((await operator.call("POST", `${at}?pageName=one.html`)).status, 204);
        assert.deepEqual(await reader.get(at), [page("one.html", true)]);
        assert.equal((await reader.call("POST", `${at}?pageName=one.html`)).status, 403);
        assert.equal((await reader.call("DELETE", at)).status, 403);
        assert.equal((await operator.call("DELETE", at)).status, 204);
    });
});
