import assert from "node:assert/strict";
import fc from "fast-check";
import { isProblem, type RecordData, type RecordType } from "section-model";
import { deleteRecord, refusePlacement, upsertRecord } from "../../../platform/service/zone-records";
import { insertZone } from "../../../platform/store/zones";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

const dataOf: Partial<Record<RecordType, RecordData>> = {
    A: "192.0.2.1",
    AAAA: "2001:db8::1",
    ALIAS: "a.example",
    CNAME: "a.example",
    TXT: "x",
    NS: "ns.example",
};
const types = Object.keys(dataOf) as RecordType[];

describe("the records of a zone", () => {
    it("stand where DNS lets them, whatever is done in whatever order", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const step = fc.record({
            name: fc.constantFrom("@", "www", "shop"),
            type: fc.constantFrom(...types),
            original: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constantFrom(...types)),
            isDeletion: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
        });
        let done = 0;
        let refused = 0;
        await fc.assert(
            fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
                const zone = `${fresh("zr")}.example`;
                await insertZone(context.store.database, member.accountId, zone);
                for (const { name, type, original, isDeletion } of steps) {
                    const full = name === "@" ? zone : `${name}.${zone}`;
                    try {
                        const { records } = isDeletion
                            ? await deleteRecord(context, member, zone, name, type)
                            : await upsertRecord(context, member, zone, { name: full, type, ttlSeconds: 300, data: [dataOf[type] as RecordData] }, original);
                        done += 1;
                        const at = records.filter((record) => record.name === full).map((record) => record.type);
                        assert.equal(at.includes(type), !isDeletion);
                        assert.ok(!at.includes("CNAME") || at.length === 1, `a CNAME stands alone: ${at}`);
                        assert.ok(["A", "ALIAS", "CNAME"].filter((kind) => at.includes(kind as RecordType)).length <= 1, `${at}`);
                        assert.ok(!at.includes("ALIAS") || !at.includes("AAAA"), `${at}`);
                        assert.ok(name !== "@" || (!at.includes("CNAME") && !at.includes("NS")), `${at} at the apex`);
                    } catch (error) {
                        if (!isProblem(error)) throw error;
                        refused += 1;
                        assert.ok(["record-conflict", "not-found"].includes(error.code), error.message);
                    }
                }
            }),
            { numRuns: 25 },
        );
        assert.ok(done > 100 && refused > 50, `${done} done, ${refused} refused`);
    });

    it("are refused by what stands beside them", () => {
        const at = (name: string, type: RecordType, ...beside: RecordType[]) => refusePlacement({ name, type }, "acme.example", beside);
        at("acme.example", "ALIAS", "MX", "TXT");
        at("www.acme.example", "AAAA", "A");
        at("www.acme.example", "CNAME", "CNAME");
        assert.throws(() => at("www.acme.example", "AAAA", "ALIAS"), { code: "record-conflict" });
        assert.throws(() => at("www.acme.example", "CNAME", "MX"), /stands alone, and www\.acme\.example has MX/);
    });
});
