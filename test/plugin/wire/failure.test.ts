import assert from "node:assert/strict";
import { status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { asServiceError } from "../../../plugin/wire/failure";

describe("a failure over gRPC", () => {
    it("has its message, and only what is not served has a code of its own", () => {
        assert.deepEqual(asServiceError(new Error("why and what to do")), {
            code: status.UNKNOWN,
            details: "why and what to do",
        });
        assert.equal(asServiceError(Object.assign(new Error("x"), { code: 404 })).code, status.UNKNOWN);
        assert.equal(
            asServiceError(Object.assign(new Error("x"), { code: status.UNIMPLEMENTED })).code,
            status.UNIMPLEMENTED,
        );
        assert.equal(asServiceError("a text").details, "a text");
    });

    it("carries the thing that is half made", () => {
        const half = { id: "1/2", properties: { name: "Acme", missing: undefined }, reasons: ["the push was refused"] };
        const { metadata } = asServiceError(Object.assign(new Error("the push was refused"), half));
        const [packed] = metadata?.get("grpc-status-details-bin") ?? [];
        assert.ok(packed instanceof Buffer);
        const [detail] = Status.deserializeBinary(packed).getDetailsList();
        const failed = ErrorResourceInitFailed.deserializeBinary(detail?.getValue_asU8() as Uint8Array);
        assert.equal(detail?.getTypeName(), "pulumirpc.ErrorResourceInitFailed");
        assert.equal(failed.getId(), "1/2");
        assert.deepEqual(failed.getProperties()?.toJavaScript(), { name: "Acme" });
        assert.deepEqual(failed.getReasonsList(), ["the push was refused"]);
    });
});
