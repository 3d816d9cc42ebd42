import assert from "node:assert/strict";
import { adviseOn, dnsRecordFor } from "section-model";
import { withShown } from "../../../provider/protocol/shown-outputs";
import { unknownValue } from "../../../provider/run/unknown";

const hostname = "www.acme.example";
const cname = "www.acme.example.edge.example";
const advice = adviseOn(dnsRecordFor(hostname, "edge.example"));

describe("shown-outputs", () => {
    it("advise on the DNS of applications, hostnames and domains, and name Production", () => {
        const application = withShown("application", "1335/7171", { hostname, cname });
        assert.deepEqual(application, { hostname, cname, dns: advice, production: "1335/7171/Production" });
        const { hostnames } = withShown("environment", "1335/7171/Staging", { hostnames: [{ hostname, cname }] });
        assert.deepEqual(hostnames, [{ hostname, cname, dns: advice }]);
        const record = dnsRecordFor(hostname, "edge.example");
        assert.deepEqual(withShown("domain", `1335/7171/Production/${hostname}`, { dns: record }), { dns: advice });
    });

    it("have the commit of an environment for the promotion of another one, known as far as it can be", () => {
        const environment = "1335/7171/Staging";
        const seen = (id: string | undefined, head: unknown) => withShown("environment", id, { head }).seenHead;
        assert.deepEqual(seen(environment, "0123abcd"), { environment, head: "0123abcd" });
        assert.deepEqual(seen(environment, unknownValue), { environment, head: unknownValue });
        assert.deepEqual(seen(undefined, unknownValue), { environment: unknownValue, head: unknownValue });
        assert.equal(seen(environment, undefined), undefined, "an endpoint that tells no commits");
    });

    it("leave alone what is not known yet", () => {
        const hostnames = unknownValue;
        assert.deepEqual(withShown("application", undefined, { hostname, cname: unknownValue }), {
            hostname,
            cname: unknownValue,
        });
        assert.deepEqual(withShown("environment", undefined, { hostnames }), { hostnames });
        assert.deepEqual(withShown("domain", undefined, { dns: unknownValue }), { dns: unknownValue });
        assert.deepEqual(withShown("organization", "1335", { name: "Acme" }), { name: "Acme" });
    });
});
