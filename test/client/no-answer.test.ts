import assert from "node:assert/strict";
import { explainNoAnswer } from "../../client/no-answer";

const connection = {
    endpoint: "https://s.example",
    token: "secret",
    setBy: { endpoint: "section:endpoint", token: "SECTION_TOKEN" },
};
const say = (code: string | undefined, message = "x") => explainNoAnswer(connection, code, message).message;

describe("why an endpoint does not answer", () => {
    it("is one line: the endpoint, the setting that names it, the reason and the remedy", () => {
        const remedy = "Check section:endpoint and the network, then run again.";
        const expected: Record<string, string> = {
            ECONNREFUSED: "cannot be reached: nothing listens there (ECONNREFUSED)",
            ENOTFOUND: "cannot be reached: the DNS has no such name (ENOTFOUND)",
            ECONNRESET: "cannot be reached: it closed the connection without an answer (ECONNRESET)",
            ETIMEDOUT: "did not answer in time",
            CERT_HAS_EXPIRED: "cannot be reached: its certificate has expired (CERT_HAS_EXPIRED)",
            ERR_TLS_CERT_ALTNAME_INVALID:
                "cannot be reached: its certificate is for other names (ERR_TLS_CERT_ALTNAME_INVALID)",
            EHOSTUNREACH: "cannot be reached (EHOSTUNREACH)",
        };
        for (const [code, reason] of Object.entries(expected))
            assert.equal(say(code), `https://s.example, from section:endpoint, ${reason}. ${remedy}`);
        assert.match(say(undefined, "socket hang up"), /cannot be reached \(socket hang up\)\./);
    });

    it("names what may help besides the setting", () => {
        assert.match(
            say("DEPTH_ZERO_SELF_SIGNED_CERT"),
            /the authority of its certificate is not trusted here .*, or name that authority's PEM file in NODE_EXTRA_CA_CERTS, then run again\.$/,
        );
        assert.match(say("EPROTO"), /it speaks no HTTPS .*, or write http:\/\/ if it has no HTTPS, then run again\.$/);
    });
});
