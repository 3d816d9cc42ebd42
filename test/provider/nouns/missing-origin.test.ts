import assert from "node:assert/strict";
import { tellMissingOrigin } from "../../../provider/nouns/missing-origin";
import type { AnyNoun } from "../../../provider/nouns/noun";
import { nouns } from "../../../provider/nouns/nouns";
import { checkInputs } from "../../../provider/protocol/check";
import { Memory } from "../../../provider/run/memory";
import { unknownValue } from "../../../provider/run/unknown";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("a new site without an origin", () => {
    it("whose hostname leads to none is told of before anything is made", async () => {
        const { platform } = await openTestSession();
        const hostname = `${fresh("nowhere")}.acme.example`;
        const toldOf = async (kind: "application" | "organization", news: Record<string, unknown>) => {
            const session = await openTestSession();
            const asked = { noun: nouns[kind] as AnyNoun, memory: new Memory(), open: () => session };
            const { failures } = await checkInputs(asked, {}, news);
            assert.deepEqual(failures, []);
            return session.told.filter((line) => line.includes("origin"));
        };
        const missing = [
            `warning: site ${hostname} has no origin, and its hostname resolves to none: no DNS server can be reached; ask again, or name the origin. An up would fail`,
        ];
        const application = { organization: unknownValue, hostname };
        assert.deepEqual(await toldOf("application", application), missing);
        assert.deepEqual(await toldOf("application", { ...application, origin: unknownValue }), []);
        assert.deepEqual(await toldOf("application", { ...application, origin: "192.0.2.1" }), []);
        const organization = { name: fresh("Nowhere "), firstSite: { hostname } };
        assert.deepEqual(await toldOf("organization", organization), missing);
        const { account } = await platform.api.makeSite("There", hostname);
        const known = { organization: String(account), hostname };
        assert.deepEqual(await toldOf("application", known), [], "it exists, so its origin does");
    });

    it("is not told of while its hostname is not known", async () => {
        const session = await openTestSession();
        await tellMissingOrigin(session, undefined);
        assert.deepEqual(session.told, []);
    });
});
