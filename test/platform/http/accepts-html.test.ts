import assert from "node:assert/strict";
import { acceptsHtml, forPeople } from "../../../platform/http/accepts-html";

describe("whoever accepts HTML", () => {
    for (const [accept, expected] of [
        ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true],
        ["text/html", true],
        ["TEXT/HTML; charset=utf-8", true],
        ["application/json;q=0.5, text/html", true],
        ["*/*", false],
        ["text/*", false],
        [undefined, false],
        ["", false],
        ["application/json", false],
        ["application/json, text/html;q=0.9", false],
        ["text/html;q=0", false],
        ["text/html;q=nonsense", false],
        [`text/html,${"x".repeat(2000)}`, false],
    ] as const) {
        it(`${expected ? "is" : "is not"} who sends ${JSON.stringify(accept?.slice(0, 70))}`, () => {
            assert.equal(acceptsHtml(accept), expected);
            assert.equal(forPeople.deriveConstraint({ headers: { accept } } as never), expected ? "people" : undefined);
        });
    }
});
