import assert from "node:assert/strict";
import { applicationNoun } from "../../../provider/nouns/application/application";
import { domainNoun } from "../../../provider/nouns/domain/domain";
import { environmentNoun } from "../../../provider/nouns/environment/environment";
import type { AnyNoun } from "../../../provider/nouns/noun";
import { organizationNoun } from "../../../provider/nouns/organization/organization";
import { checkInputs } from "../../../provider/protocol/check";
import type { NounInRun } from "../../../provider/protocol/noun-in-run";
import { Memory } from "../../../provider/run/memory";
import type { Session } from "../../../provider/run/session";
import { unknownValue } from "../../../provider/run/unknown";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const never = () => assert.fail("something was sent");
const inRun = (noun: unknown, open: () => Session): NounInRun => ({
    noun: noun as AnyNoun,
    memory: new Memory(),
    open,
});

describe("checking a declaration", () => {
    it("an unchanged one sends nothing and comes back as it was", async () => {
        const olds = {
            __provider: "p",
            environment: "1/2/Production",
            hostname: "www.acme.example",
            cname: "www.acme.example.custom.net",
            zoneName: "acme.example",
            dns: {},
        };
        const answer = await checkInputs(inRun(domainNoun, never), olds, {
            __provider: "p",
            environment: "1/2/Production",
            hostname: "WWW.acme.example.",
        });
        const { __provider: _, ...kept } = olds;
        assert.deepEqual(answer, { inputs: kept, failures: [] });
    });

    it("an unchanged promotion sends nothing, whether its commit is named by a few digits or waits to be seen", async () => {
        const promote = "fa2b6a7413".padEnd(40, "0");
        const olds = { application: "1/2", name: "Production", promote, promotedOver: "b", goesLive: {} };
        const declared = { application: "1/2", name: "Production" };
        for (const named of ["FA2B6A7", promote, { environment: "1/2/Staging", head: promote }]) {
            const news = { ...declared, promote: named };
            assert.deepEqual(await checkInputs(inRun(environmentNoun, never), olds, news), {
                inputs: olds,
                failures: [],
            });
        }
        const { failures } = await checkInputs(inRun(environmentNoun, never), olds, { ...declared, promote: "fa2b6a" });
        assert.deepEqual(failures, [
            {
                property: "promote",
                reason: "promote must be the id of a commit, such as staging.head: 7 to 40 hexadecimal digits",
            },
        ]);
    });

    it("a promotion that waits for a new environment promotes nothing, and nothing else can be declared beside it", async () => {
        const { platform, ...session } = await openTestSession();
        const { account, application } = await platform.api.makeSite("Acme", `${fresh("wait")}.acme.example`);
        const promote = { environment: unknownValue, head: unknownValue };
        const news = { application: `${account}/${application}`, name: "Production", promote };
        const { inputs, failures } = await checkInputs(
            inRun(environmentNoun, () => session),
            {},
            news,
        );
        assert.deepEqual([inputs.promote, failures], [undefined, []]);
        const beside = await checkInputs(inRun(environmentNoun, never), {}, { ...news, config: { "a.txt": "a" } });
        assert.match(beside.failures[0]?.reason ?? "", /^config comes with the commit that promote names/);
    });

    it("a wrong one sends nothing either, and everything wrong is named", async () => {
        const { failures } = await checkInputs(
            inRun(applicationNoun, never),
            {},
            { organization: "x", hostname: "http://a", colour: 1 },
        );
        assert.deepEqual(
            failures.map(({ property }) => property),
            ["organization", "hostname", "colour"],
        );
    });

    it("a property is named to the engine, which prints its value, only where it has one", async () => {
        const shown = async (noun: Parameters<typeof inRun>[0], news: Record<string, unknown>) =>
            (await checkInputs(inRun(noun, never), {}, news)).failures;
        assert.deepEqual(await shown(applicationNoun, { organization: "1", origin: "192.0.2.1" }), [
            { property: "", reason: "hostname is missing; it must be a hostname such as www.acme.example" },
        ]);
        const environment = { application: "1/1", name: "Staging", hostname: "staging.acme.example" };
        assert.deepEqual(
            await shown(environmentNoun, { ...environment, origin: { address: "a.example", httpPort: 81 } }),
            [{ property: "", reason: "origin.httpPort must be one of 80, 443, 5080, 5443, 8080, 8443" }],
        );
        assert.deepEqual(await shown(environmentNoun, { ...environment, proxyChain: [{ name: "varnish" }] }), [
            { property: "", reason: "proxyChain[0].image is missing; it must be an image such as varnish:6.3.1" },
        ]);
    });

    it("a stack and an image that the platform lacks are refused with the one that was probably meant", async () => {
        const session = await openTestSession();
        const reasonsOf = async (noun: Parameters<typeof inRun>[0], news: Record<string, unknown>) =>
            (
                await checkInputs(
                    inRun(noun, () => session),
                    {},
                    news,
                )
            ).failures.map(({ reason }) => reason);
        const hostname = `${fresh("chk")}.acme.example`;
        const application = { organization: unknownValue, hostname, origin: "192.0.2.1" };
        assert.deepEqual(await reasonsOf(applicationNoun, { ...application, stack: "varnsh-6.3-basic" }), [
            "stack varnsh-6.3-basic is not a stack of this platform; did you mean varnish-6.3-basic?",
        ]);
        const proxyChain = [{ name: "varnish", image: "varnsh:6.3.1" }];
        const environment = { application: unknownValue, name: "Staging", hostname, proxyChain };
        assert.deepEqual(await reasonsOf(environmentNoun, environment), [
            "proxyChain[0].image varnsh:6.3.1 is not an image of this platform; did you mean varnish:6.3.1?",
        ]);
    });

    it("an id that no platform can have is named before anything is asked for it", async () => {
        const { failures } = await checkInputs(
            inRun(domainNoun, never),
            {},
            { environment: "99999999999/1/Production", hostname: "www.acme.example" },
        );
        assert.deepEqual(failures, [
            {
                property: "environment",
                reason: "environment must be the id of an Environment, such as 1335/7171/Staging",
            },
        ]);
    });

    it("a new one derives what a preview can know", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("chk")}.acme.co.uk`;
        const { inputs, failures } = await checkInputs(
            inRun(domainNoun, () => session),
            {},
            { environment: unknownValue, hostname },
        );
        assert.deepEqual(failures, []);
        assert.deepEqual(
            [inputs.environment, inputs.zoneName, inputs.cname],
            [unknownValue, "acme.co.uk", `${hostname}.c.section.io`],
        );
    });

    it("unknown values anywhere pass, and hide nothing that is known to be wrong", async () => {
        const { failures } = await checkInputs(
            inRun(environmentNoun, never),
            {},
            { application: unknownValue, name: "pre-prod", hostname: unknownValue, config: { "a/b": unknownValue } },
        );
        assert.deepEqual(
            failures.map(({ property }) => property),
            ["name"],
        );
    });

    it("the hostname of a first site that is taken is found, with the environment that has it", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("first")}.acme.example`;
        const { account, application } = await session.platform.api.makeSite("Mine", hostname);
        const check = async (firstSite: { hostname: string }) =>
            (
                await checkInputs(
                    inRun(organizationNoun, () => session),
                    {},
                    { name: fresh("New "), firstSite },
                )
            ).failures;
        assert.deepEqual(await check({ hostname: `free.${hostname}` }), []);
        assert.deepEqual(await check({ hostname }), [
            {
                property: "",
                reason: `firstSite.hostname ${hostname} is attached to environment ${account}/${application}/Production; take it out there first, or leave firstSite away and declare the site as an Application`,
            },
        ]);
    });

    it("a hostname of another organization of mine is named with the ids and the remedy", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("other")}.acme.example`;
        const { account, application } = await session.platform.api.makeSite("Mine", hostname);
        const { account: other } = await session.platform.api.makeSite("Other", `${fresh("other")}.acme.example`);
        const claimant = { project: "agency", stack: "prod", resource: "www", isPreview: true };
        const check = checkInputs(
            inRun(applicationNoun, () => session),
            {},
            { organization: String(other), hostname, origin: "192.0.2.1" },
            undefined,
            claimant,
        );
        await assert.rejects(check, {
            message: `${hostname} is attached to environment ${account}/${application}/Production and belongs to nobody; www would take it away. To take it over, write adopt: true on www, or name it in the stack config section:adopt.`,
        });
    });

    it("a hostname that somebody else has is found before anything is made", async () => {
        const session = await openTestSession();
        const hostname = `${fresh("chk")}.acme.example`;
        const { account } = await session.platform.api.makeSite("Mine", hostname);
        const check = async (name: string) =>
            (
                await checkInputs(
                    inRun(applicationNoun, () => session),
                    {},
                    { organization: String(account), hostname: name, origin: "192.0.2.1" },
                )
            ).failures;
        assert.deepEqual(await check(hostname), [], "one's own is adopted");
        const theirs = `${fresh("chk")}.elsewhere.example`;
        await (await session.platform.signUp(`${fresh("stranger")}@elsewhere.example`)).makeSite("Elsewhere", theirs);
        assert.deepEqual(
            (await check(theirs)).map(({ property }) => property),
            ["hostname"],
        );
    });
});
