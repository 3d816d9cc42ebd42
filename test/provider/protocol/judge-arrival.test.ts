import assert from "node:assert/strict";
import type { Claim } from "../../../client/claim";
import type { Arrival } from "../../../provider/protocol/find-arrival";
import { judgeArrival } from "../../../provider/protocol/judge-arrival";

const mine = { id: "mine-0123456789abc", project: "agency", stack: "prod", resource: "www" };
const claimOf = (words: Partial<Claim>): Claim => ({
    ...mine,
    id: "other-0123456789ab",
    claimedAt: "2026-11-29T00:00:00.000Z",
    ...words,
});

function arrivalOf(claim: Claim | undefined, changes: string[] = [], isOwn = true): Arrival {
    const own = isOwn ? claim : undefined;
    return {
        id: "1/7",
        isOurs: false,
        changes,
        sight: { organization: 1, thing: { application: 7 }, own, counts: claim },
    };
}
const judge = (arrival: Arrival, consents = false) => judgeArrival("application", arrival, { claim: mine, consents });

describe("a thing that exists already", () => {
    it("goes on with the resource that has it, whatever would change", () => {
        assert.deepEqual(judge(arrivalOf(claimOf({}), ["origin: a -> b"])), {
            takes: true,
            lines: ["application 1/7: www goes on with it; it is there since 2026-11-29T00:00:00.000Z"],
        });
    });

    it("is taken over by another resource of the stack, and the preview names an alias", () => {
        const { takes, lines } = judge(arrivalOf(claimOf({ resource: "shop" }), ["origin: a -> b"]));
        assert.ok(takes);
        assert.deepEqual(lines, ["application 1/7: www takes over what shop had; an alias says so too"]);
    });

    it("comes with a larger thing of the stack without a word", () => {
        const { takes, lines } = judge(arrivalOf(claimOf({ resource: "site" }), ["origin: a -> b"], false));
        assert.deepEqual({ takes, lines }, { takes: true, lines: [] });
    });

    it("is this operation's when it came with what the operation made", () => {
        const first = { ...arrivalOf(undefined, ["origin: a -> b"]), isOurs: true };
        assert.deepEqual(judge(first), { takes: true, lines: [] });
    });

    it("is adopted as it is when it is nobody's and nothing would change", () => {
        const { takes, lines } = judge(arrivalOf(undefined));
        assert.ok(takes);
        assert.deepEqual(lines, ["application 1/7: www takes it over from nobody, as it is"]);
    });

    it("stays with another stack when nothing would change", () => {
        const { takes, lines } = judge(arrivalOf(claimOf({ project: "shop" })));
        assert.ok(!takes);
        assert.deepEqual(lines, [
            "application 1/7 belongs to shop/prod www: www uses it and cannot change or delete it",
        ]);
    });

    for (const [whose, claim] of [
        ["nobody", undefined],
        ["agency/test www", claimOf({ stack: "test" })],
    ] as const) {
        it(`of ${whose} is refused with each change when it would change`, () => {
            assert.throws(() => judge(arrivalOf(claim, ["origin: a -> b", "config.x changes"])), {
                code: "takes-over",
                detail: `application 1/7 exists already and belongs to ${whose}; www would change it`,
                lines: ["  origin: a -> b", "  config.x changes"],
            });
        });

        it(`of ${whose} is taken over with each change where that is agreed to`, () => {
            const { takes, lines } = judge(arrivalOf(claim, ["origin: a -> b"]), true);
            assert.ok(takes);
            assert.deepEqual(lines, [
                `application 1/7: www takes it over from ${whose}, with 1 change`,
                "  origin: a -> b",
            ]);
        });
    }
});
