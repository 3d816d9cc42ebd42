import assert from "node:assert/strict";
import { sayValue } from "../../../cli/typescript/typescript";

const nothing = () => false;

describe("values as TypeScript", () => {
    const odd = {
        address: 'a"b',
        "x-y": [1, null, true],
        text: "`$" + "{one}`\n\\two\n",
        crlf: "a\r\n",
        long: "x".repeat(70),
        empty: {},
        none: [],
        gone: undefined,
    };

    it("mean what they say", () => {
        const said = sayValue(odd, ["odd"], nothing);
        assert.deepEqual(new Function(`return (${said})`)(), JSON.parse(JSON.stringify(odd)));
        assert.match(said, /^\{\n {4}address: "a\\"b",\n {4}"x-y": \[1, null, true\],\n/);
        assert.equal(
            sayValue({ address: "192.0.2.1", enableSni: true }, ["origin"], nothing),
            '{ address: "192.0.2.1", enableSni: true }',
        );
    });

    it("leave secrets out", () => {
        const said = sayValue({ one: { key: "hush" }, other: 1 }, ["x"], (path) => path.join() === "x,one,key");
        assert.equal(said, "{ one: { key: /* a secret: read it where it is kept */ }, other: 1 }");
    });
});
