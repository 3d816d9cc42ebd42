import assert from "node:assert/strict";
import type { AxiosResponse } from "axios";
import { refuseElsewhere } from "../../client/no-platform";

const connection = {
    endpoint: "https://www.example",
    token: "secret",
    setBy: { endpoint: "SECTION_ENDPOINT", token: "SECTION_TOKEN" },
};
const say = (status: number, data: unknown, headers: Record<string, string> = {}, url = "/capabilities") =>
    refuseElsewhere(
        {
            status,
            data,
            headers,
            config: { method: "get", baseURL: "https://www.example/api/v1", url },
        } as unknown as AxiosResponse,
        connection,
    )?.message;

describe("an endpoint that is no platform", () => {
    it("is known by web pages, by redirects, and by 404 to what every platform answers", () => {
        const begins =
            "https://www.example, from SECTION_ENDPOINT, is no Section platform: GET https://www.example/api/v1";
        const ends = "Set SECTION_ENDPOINT to the root of one, such as https://aperture.section.io.";
        assert.equal(
            say(200, "<!DOCTYPE html><title>Shop</title>"),
            `${begins}/capabilities answered 200 with a web page. ${ends}`,
        );
        assert.equal(
            say(404, "gone", { "content-type": "text/html; charset=utf-8" }),
            `${begins}/capabilities answered 404 with a web page. ${ends}`,
        );
        assert.equal(
            say(301, "", { location: "https://other.example/" }),
            `${begins}/capabilities answered 301 and leads to https://other.example/. ${ends}`,
        );
        assert.equal(say(404, { error: "no route" }, {}, "/user"), `${begins}/user answered 404. ${ends}`);
    });

    it("is not taken for one that is down, busy, or does not have a thing", () => {
        assert.equal(say(404, { message: "there is no account 5" }, {}, "/account/5"), undefined);
        assert.equal(say(200, []), undefined);
        for (const status of [429, 502, 503])
            assert.equal(say(status, "<html>busy</html>", { "content-type": "text/html" }), undefined);
    });
});
