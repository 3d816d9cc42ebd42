import assert from "node:assert/strict";
import { isProblem } from "section-model";
import { countSites, planWaves, type Wave } from "../../../cli/waves/plan-waves";
import { describeBothWays } from "../../support/both-ways";
import { urnOf } from "../../support/preview";
import { changeOf, type SiteText } from "../../support/waves";

const show = (waves: readonly Wave[]) =>
    waves.map(({ kind, places }) =>
        [kind, ...places.map(({ site, environment }) => `${site} ${environment}`)].join(" "),
    );
const sites = (count: number): SiteText[] => Array.from({ length: count }, (_, index) => ({ name: `s${index + 1}` }));

describeBothWays("the plan of waves", () => {
    it("has a few sites first, then more, then all others, the same ones whatever order they are declared in", () => {
        const waves = planWaves(changeOf(sites(12)), { sizes: [2, 3], first: [] });
        assert.deepEqual(
            waves.map(({ places }) => countSites(places)),
            [2, 3, 7],
        );
        assert.deepEqual(show(waves)[0], "sites s1.example Production s2.example Production");
        const again = planWaves(changeOf(sites(12).reverse()), { sizes: [2, 3], first: [] });
        assert.deepEqual(show(again), show(waves));
    });

    it("begins with Staging, ends with what is live, and puts before all what a person names", () => {
        const change = changeOf([
            { name: "live", isLive: true },
            { name: "both", staging: "new" },
            { name: "plain" },
            { name: "canary", isLive: true },
        ]);
        assert.deepEqual(show(planWaves(change, { sizes: [1, 1], first: ["canary.example"] })), [
            "staging both.example Staging",
            "sites canary.example Production",
            "sites plain.example Production",
            "sites both.example Production live.example Production",
        ]);
        assert.throws(
            () => planWaves(change, { sizes: [1], first: ["elsewhere.example"] }),
            (error) =>
                isProblem(error) && /--first elsewhere\.example: the change touches no such site/.test(error.message),
        );
        assert.equal(planWaves(change, { sizes: [], first: ["Acme"] }).length, 2);
    });

    it("puts people before all sites and what leaves after them", () => {
        const member = {
            kind: "membership",
            name: "jane",
            id: "1/jane@agency.example",
            olds: { organization: "1" },
            news: { organization: "1" },
        } as const;
        const change = changeOf([{ name: "stays" }, { name: "goes", op: "delete" }], [{ op: "update", ...member }]);
        const waves = planWaves(change, { sizes: [5], first: [] });
        assert.deepEqual(
            waves.map(({ kind, urns }) => [kind, urns.length]),
            [
                ["before", 1],
                ["sites", 1],
                ["after", 2],
            ],
        );
        assert.deepEqual(waves[0]?.urns, [urnOf("membership", "jane")]);
    });

    it("does not divide a site that is new", () => {
        const urn = urnOf("application", "new");
        const news = { organization: "1", hostname: "new.example" };
        const environment = (place: string) => ({
            op: "create" as const,
            kind: "environment" as const,
            name: `new-${place}`,
            news: { name: place },
            from: { application: [urn] },
        });
        const change = changeOf(
            [],
            [
                { op: "create", kind: "application", name: "new", news },
                environment("Production"),
                environment("Staging"),
            ],
        );
        const waves = planWaves(change, { sizes: [1], first: [] });
        assert.deepEqual(show(waves), ["sites new.example Production new.example Staging"]);
        assert.equal(waves[0]?.urns.length, 3);
    });

    it("is empty where nothing changes", () =>
        assert.deepEqual(planWaves(changeOf([{ name: "a", op: "same" }]), { sizes: [5], first: [] }), []));
});
