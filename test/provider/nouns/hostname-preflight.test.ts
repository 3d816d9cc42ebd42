import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import { isHostnameTaken } from "../../../client/platform";
import { preflightHostname } from "../../../provider/nouns/hostname-preflight";
import { noteHostnames } from "../../../provider/run/program-hostnames";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const hold = (consents: boolean) => ({
    claim: { id: "0123456789abcdef", project: "agency", stack: "prod", resource: "shop" },
    consents,
});
const nowhere = () => false;

describe("the preflight of a hostname", () => {
    it("finds what somebody else has; what is free, or where it belongs, is no mistake", async () => {
        const session = await openTestSession();
        const ours = `${fresh("pre")}.acme.example`;
        await session.platform.api.makeSite("Acme", ours);
        const theirs = `${fresh("pre")}.elsewhere.example`;
        await (await session.platform.signUp(`${fresh("stranger")}@elsewhere.example`)).makeSite("Elsewhere", theirs);
        assert.deepEqual(
            (await preflightHostname(session, theirs, nowhere)).map(({ property }) => property),
            ["hostname"],
        );
        for (const free of [`other.${ours}`, undefined])
            assert.deepEqual(await preflightHostname(session, free, nowhere), [], free);
        assert.deepEqual(await preflightHostname(session, ours, ({ namesApplication }) => namesApplication), []);
        assert.deepEqual(session.told, []);
    });

    it("asks for consent to move what is nobody's, and says from where it comes", async () => {
        const session = await openTestSession();
        const ours = `${fresh("pre")}.acme.example`;
        const { account, application } = await session.platform.api.makeSite("Acme", ours);
        const place = `environment ${account}/${application}/Production`;
        await assert.rejects(preflightHostname(session, ours, nowhere, hold(false)), {
            code: "takes-over",
            detail: `${ours} is attached to ${place} and belongs to nobody; shop would take it away`,
        });
        assert.deepEqual(await preflightHostname(session, ours, nowhere, hold(true)), []);
        assert.deepEqual(session.told, [`${ours} moves here from ${place}, in one step`]);
    });

    it("asks about the hostnames that the program declares next while the engine comes to them", async () => {
        const session = await openTestSession();
        const names = Array.from({ length: 30 }, (_, index) => `n${index}.${fresh("pre")}.example`);
        const declared = [...names.slice(0, 5), "../account", ...names.slice(5)];
        noteHostnames(session.memory, declared.join(" "));
        const asked = () => declared.filter((each) => session.client.hasRead(`/hostname/${each}`));
        await preflightHostname(session, names[3], nowhere);
        await setImmediate();
        assert.deepEqual(asked(), names.slice(3, 11));
        await preflightHostname(session, names[4], nowhere);
        await setImmediate();
        assert.deepEqual(asked(), names.slice(3, 12));
        await preflightHostname(session, "elsewhere.example", nowhere);
        await preflightHostname(session, names[29], nowhere);
        await setImmediate();
        assert.deepEqual(asked(), [...names.slice(3, 12), names[29]]);
    });

    it("asks again about one that was in use when it was asked about ahead: it may be free since", async () => {
        const session = await openTestSession();
        const [before, hostname, still] = ["a", "b", "c"].map((each) => `${each}.${fresh("pre")}.elsewhere.example`);
        const stranger = await session.platform.signUp(`${fresh("stranger")}@elsewhere.example`);
        const { account, application } = await stranger.makeSite("Elsewhere", hostname as string);
        await stranger.makeSite("Elsewhere", still as string);
        noteHostnames(session.memory, `${before} ${hostname} ${still}`);
        await preflightHostname(session, before, nowhere);
        assert.equal(await isHostnameTaken(session.client, hostname as string), true);
        await stranger.must("DELETE", `/account/${account}/application/${application}`);
        assert.deepEqual(await preflightHostname(session, hostname, nowhere), []);
        assert.equal((await preflightHostname(session, still, nowhere)).length, 1);
    });

    it("names two steps where the endpoint cannot hand over", async () => {
        const session = await openTestSession({ extensions: false });
        const ours = `${fresh("pre")}.acme.example`;
        await session.client.write("POST", "/account/create", {
            body: { name: fresh("Acme "), hostname: ours, origin: "192.0.2.1" },
            forgets: [],
        });
        const [issue] = await preflightHostname(session, ours, nowhere);
        assert.match(
            issue?.reason ?? "",
            /is attached to environment \d+\/\d+\/Production, and this endpoint cannot hand it over: take it out there/,
        );
    });
});
