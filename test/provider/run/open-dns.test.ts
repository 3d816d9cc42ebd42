import assert from "node:assert/strict";
import { openDns } from "../../../provider/run/open-dns";
import { startSession } from "../../../provider/run/run";

const settings = { endpoint: "https://a.example", token: "x", allowLiveDelete: false };

it("the DNS is one for everybody in a run who names the same servers", () => {
    const session = startSession(settings);
    const naming = (resolvers: readonly string[]) => ({ ...session, settings: { ...settings, resolvers } });
    assert.equal(openDns(naming(["192.0.2.1"])), openDns(naming(["192.0.2.1"])));
    assert.notEqual(openDns(naming(["192.0.2.1"])), openDns(session));
    assert.notEqual(openDns(session), openDns(startSession(settings)), "another run asks anew");
});
