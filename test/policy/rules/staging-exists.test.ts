import assert from "node:assert/strict";
import { stagingExists } from "../../../policy/rules/staging-exists";
import { unknownText, violationsOf } from "../../support/policy";

const application = (name: string) => ({ type: "Application", name, props: { hostname: `${name}.acme.example` } });
const environment = (name: string, of: string) => ({
    type: "Environment",
    name: `${of}-${name}`,
    props: { name, application: unknownText },
    from: { application: [of] },
});

describe("the rule section-staging-exists", () => {
    it("wants an environment beside Production, each application its own", async () => {
        const all = [
            application("www"),
            application("shop"),
            application("blog"),
            environment("Staging", "www"),
            environment("Production", "shop"),
        ];
        assert.deepEqual(await violationsOf(stagingExists, all), [
            "blog: Application blog.acme.example has no environment beside Production.",
            "shop: Application shop.acme.example has no environment beside Production.",
        ]);
        assert.deepEqual(await violationsOf(stagingExists, all, { except: ["blog", "shop"] }), []);
    });
});
