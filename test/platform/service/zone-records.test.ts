import assert from "node:assert/strict";
import fc from "fast-check";
import { isProblem } from "section-model";
import { type RecordType, recordTypes } from "../../../platform/dns/record-data";
import { deleteRecord, refuseUpsert, upsertRecord } from "../../../platform/service/zone-records";
import { insertZone } from "../../../platform/store/zones";
import { makeMember, sharedContext } from "../../support/context";
import { fresh } from "../../support/stores";

const zone = "acme.example";

describe("the records of a zone", () => {
    it("stand where DNS lets them, whatever is done in whatever order", () => {
        const step = fc.record({
            type: fc.constantFrom(...recordTypes),
            original: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, fc.constantFrom(...recordTypes)),
            isDeletion: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
        });
        let done = 0;
        let refused = 0;
        fc.assert(
            fc.property(
                fc.constantFrom(zone, `www.${zone}`),
                fc.array(step, { minLength: 5, maxLength: 20 }),
                (name, steps) => {
                    const standing = new Set<RecordType>();
                    for (const { type, original = type, isDeletion } of steps) {
                        if (isDeletion) {
                            standing.delete(type);
                            continue;
                        }
                        try {
                            refuseUpsert({ name, type }, original, zone, [...standing]);
                        } catch (error) {
                            assert.ok(isProblem(error) && error.code === "record-conflict", String(error));
                            refused += 1;
                            continue;
                        }
                        if (original !== type) standing.delete(original);
                        standing.add(type);
                        done += 1;
                        const at = [...standing];
                        assert.ok(!standing.has("CNAME") || at.length === 1, `a CNAME stands alone: ${at}`);
                        assert.ok(at.filter((kind) => ["A", "ALIAS", "CNAME"].includes(kind)).length <= 1, `${at}`);
                        assert.ok(!standing.has("ALIAS") || !standing.has("AAAA"), `${at}`);
                        assert.ok(
                            name !== zone || (!standing.has("CNAME") && !standing.has("NS")),
                            `${at} at the apex`,
                        );
                    }
                },
            ),
            { numRuns: 1000 },
        );
        assert.ok(done > 1000 && refused > 1000, `${done} done, ${refused} refused`);
    });

    it("are refused by what stands beside them, with the way out", () => {
        const put = (name: string, type: RecordType, ...standing: RecordType[]) =>
            refuseUpsert({ name, type }, type, zone, standing);
        put(zone, "ALIAS", "MX", "TXT");
        put("www.acme.example", "AAAA", "A");
        put("www.acme.example", "CNAME", "CNAME");
        assert.throws(() => put("www.acme.example", "AAAA", "ALIAS"), { code: "record-conflict" });
        assert.throws(() => put("www.acme.example", "CNAME", "MX"), /stands alone, and www\.acme\.example has MX/);
        assert.throws(() => put("www.acme.example", "A", "ALIAS"), /Send originalRecordType ALIAS to convert it/);
    });

    it("are limited in number, and belong to their account", async () => {
        const context = await sharedContext();
        const [member, stranger] = [await makeMember(context), await makeMember(context)];
        const own = `${fresh("zr")}.example`;
        await insertZone(context.store.database, member.accountId, own);
        const record = { name: `www.${own}`, type: "A" as const, ttlSeconds: 300, data: ["192.0.2.1"] };
        assert.deepEqual((await upsertRecord(context, member, own, record)).records, [record]);
        await assert.rejects(upsertRecord(context, stranger, own, record), { code: "zone-not-hosted" });
        await assert.rejects(deleteRecord(context, stranger, own, "www", "A"), { code: "zone-not-hosted" });
        const { database } = context.store;
        const many = Array.from({ length: 4999 }, (_, index) => ({
            zone: own,
            account_id: member.accountId,
            name: `n${index}.${own}`,
            type: "A" as const,
        }));
        for (let at = 0; at < many.length; at += 1000) {
            const rows = many.slice(at, at + 1000).map((row) => ({ ...row, ttl_seconds: 300, data: "[]" }));
            await database.insertInto("zone_records").values(rows).execute();
        }
        await assert.rejects(upsertRecord(context, member, own, { ...record, name: `more.${own}` }), {
            code: "system-limit",
        });
        assert.equal(
            (await upsertRecord(context, member, own, { ...record, ttlSeconds: 600 })).records.length,
            5000,
            "what is there can be changed",
        );
    });
});
