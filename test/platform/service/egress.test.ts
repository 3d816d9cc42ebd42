import assert from "node:assert/strict";
import fc from "fast-check";
import { egressOfBlock, egressToBlock } from "../../../platform/service/egress";

const text = fc.string({ minLength: 1, maxLength: 8 });
const origin = fc.record(
    { address: text, http_port: fc.constantFrom(80, 8080), host_header: text, keepalive_seconds: fc.nat(200) },
    { requiredKeys: ["address"] },
);
const egress = fc.record(
    {
        origins: fc.record({ default: origin, cdn: origin }, { requiredKeys: ["default"] }),
        enable_sni: fc.boolean(),
        remove_request_headers: fc.array(text, { minLength: 1, maxLength: 2 }),
    },
    { requiredKeys: ["origins"] },
);

describe("egress", () => {
    it("what is written into a block is read back, whatever stood there before", () => {
        fc.assert(
            fc.property(egress, egress, (one, other) => {
                const block = egressToBlock(
                    one as never,
                    egressToBlock(other as never, { origin: { address: "x", stranger: 1 } }),
                );
                assert.deepEqual(egressOfBlock(block), JSON.parse(JSON.stringify(one)));
                assert.equal(block.origin?.stranger, 1, "strangers stay");
            }),
        );
    });
});
