import assert from "node:assert/strict";
import { makeSessions } from "../../../cli/engine/stack-sessions";

describe("the sessions of a stack", () => {
    it("are one for each provider that the program made, with its settings", async () => {
        const settings = (endpoint: string) => ({
            get: (key: string) => (key.endsWith(":endpoint") ? endpoint : key.endsWith(":token") ? "t" : undefined),
        });
        const explicit = new Map([
            ["one", settings("https://one.example")],
            ["other", settings("https://other.example")],
        ]);
        const sessionOf = makeSessions(
            { resources: [], explicit, claims: new Map(), begun: new Set(), foreign: [] },
            {},
        );
        const [one, again, other] = await Promise.all(
            ["one", "one", "other"].map((provider) => sessionOf({ provider })),
        );
        assert.equal(one, again);
        assert.equal(one?.settings.endpoint, "https://one.example");
        assert.equal(other?.settings.endpoint, "https://other.example");
        assert.notEqual(one?.client, other?.client);
    });
});
