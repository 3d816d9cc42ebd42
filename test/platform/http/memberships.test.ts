import assert from "node:assert/strict";
import { Api } from "../../support/api";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("memberships over HTTP", (platform) => {
    async function team() {
        const { api } = platform();
        const { id } = await api.must("POST", "/account", { name: "Team" });
        const root = `/account/${id}/user`;
        const invite = async (email: string, accountCapability?: string) =>
            (await api.must("POST", root, { email, accountCapability })).user;
        return { id, root, invite };
    }

    it("inviting makes a member at once, again changes nothing, and the default is admin", async () => {
        const { api } = platform();
        const { root, invite } = await team();
        const email = `${fresh("Jane")}@Agency.example`;
        const jane = await invite(email, "readonly");
        assert.deepEqual([jane.email, jane.accountCapability, jane.status], [email, "readonly", "pending"]);
        assert.equal((await invite(email.toLowerCase(), "admin")).accountCapability, "readonly");
        assert.equal((await invite(`${fresh("joe")}@agency.example`)).accountCapability, "admin");
        assert.equal((await api.get(root)).length, 3);
        assert.equal((await api.call("POST", root, { email: "nobody" })).status, 400);
        assert.equal((await api.call("POST", root, { email: "a@b.example", accountCapability: "king" })).status, 400);
    });

    it("roles change, and the owner, the last admin and oneself are protected", async () => {
        const { api, signUp } = platform();
        const { id, root, invite } = await team();
        const email = `${fresh("second")}@agency.example`;
        const second = await signUp(email);
        const member = await invite(email, "admin");
        const [owner] = await api.get(root);
        const refusal = async (answer: Promise<{ status: number; json: { code: string } }>) => {
            const { status, json } = await answer;
            return [status, json.code];
        };
        assert.deepEqual(await refusal(second.call("DELETE", `/account/${id}/user/${owner.id}`)), [
            403,
            "owner-protected",
        ]);
        assert.deepEqual(await refusal(second.call("POST", `${root}/${member.id}`, { accountCapability: "state" })), [
            403,
            "self-lockout",
        ]);
        assert.equal(
            (await api.must("POST", `${root}/${member.id}`, { accountCapability: "state" })).user.accountCapability,
            "state",
        );
        assert.deepEqual((await second.call("GET", root)).status, 403, "the role counts at once");
        await api.must("DELETE", `${root}/${member.id}`);
        assert.equal((await second.call("GET", `/account/${id}`)).status, 404, "and so does the end");
        assert.equal((await api.call("DELETE", `${root}/${member.id}`)).status, 404);
    });

    it("every member sees one of them, admins all", async () => {
        const { signUp } = platform();
        const { id, root, invite } = await team();
        const email = `${fresh("reader")}@agency.example`;
        const reader = await signUp(email);
        const member = await invite(email, "readonly");
        assert.equal((await reader.get(`${root}/${member.id}`)).accountCapability, "readonly");
        assert.equal((await reader.call("GET", root)).status, 403);
        const outsider = await signUp(`${fresh("outsider")}@agency.example`);
        assert.equal((await outsider.call("GET", `/account/${id}/user/${member.id}`)).status, 404);
    });

    it("a member who has not accepted is what was sent, whatever they did but a change", async () => {
        const { api, signUp } = platform();
        const { id, root, invite } = await team();
        const [email, unknown] = [`${fresh("silent")}@agency.example`, `${fresh("nobody")}@agency.example`];
        const silent = await signUp(email);
        await silent.must("POST", "/user", { first_name: "Silent", phone_number: "+1 555 0100" });
        const [one, other] = [await invite(email, "admin"), await invite(unknown, "admin")];
        const facts = ({ id: _id, email: _email, ...rest }: Record<string, unknown>) => rest;
        assert.deepEqual(facts(one), facts(other));
        assert.equal(one.status, "pending");
        for (const path of [`/account/${id}`, root, "/account/graph?detail=true", `${root}/${one.id}`])
            await silent.get(path);
        const look = async () =>
            JSON.stringify([
                await api.get(root),
                await api.get(`${root}/${one.id}`),
                await api.get(`/account/${id}/changes`),
                (await api.get("/account/graph?detail=true")).filter((each: { id: number }) => each.id === id),
            ]);
        assert.doesNotMatch(await look(), /Silent|555/);
        assert.equal((await api.call("GET", `${root}/${(await silent.get("/user")).id}`)).status, 404);
        await silent.must("POST", `${root}/${other.id}`, { accountCapability: "readonly" });
        assert.match(await look(), /Silent.*555/);
        assert.equal((await api.get(`${root}/${one.id}`)).status, "active");
    });

    it("an invitation says what became of it", async () => {
        const { api, signUp, mailsTo } = platform();
        const { root } = await team();
        const email = `${fresh("told")}@agency.example`;
        const told = async (address: string) => (await api.must("POST", root, { email: address })).message;
        assert.deepEqual([await told(email), await told(email)], Array(2).fill(`${email} has been invited`));
        assert.equal((await mailsTo(email)).length, 2, "each with a link");
        const known = `${fresh("known")}@agency.example`;
        await signUp(known);
        assert.deepEqual(
            [await told(known), await told(known)],
            Array(2).fill(`${known} has been invited`),
            "whether they are a user or not",
        );
        const mails = await mailsTo(known);
        assert.equal(mails.length, 2, "each with a link");
        const nobody = new Api(platform().url, undefined);
        const look = await nobody.must("POST", "/public/link", { token: mails[0]?.token });
        assert.deepEqual([look.email, look.needs_password], [known, false]);
        const accepted = await nobody.must("POST", "/public/accept", { token: mails[0]?.token });
        assert.deepEqual(accepted, { success: true, email: known });
        assert.equal(await told(known), `${known} is a member already`);
    });
});
