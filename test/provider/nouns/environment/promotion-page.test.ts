import assert from "node:assert/strict";
import { environmentNoun } from "../../../../provider/nouns/environment/environment";
import { openTestSession } from "../../../support/provider";
import { fresh } from "../../../support/stores";
import { visitorWith } from "../../../support/visitor";

const linesOf = (page: string) =>
    [...page.matchAll(/<(ins|del)>(.*?)<\/\1>/g)].map(([, sign, line]) => `${sign} ${line}`);

describe("the page that compares environments", function () {
    this.timeout(120_000);

    it("shows exactly the lines that a promotion then changes", async () => {
        const session = await openTestSession();
        const { url, token, api } = session.platform;
        const hostname = `${fresh("page")}.acme.example`;
        const { account, application } = await api.makeSite("Acme", hostname);
        const id = `${account}/${application}`;
        const staging = {
            application: id,
            name: "Staging",
            hostname: `s.${hostname}`,
            origin: { address: "192.0.2.77", enableSni: true },
            ipBlacklist: ["192.0.2.9"],
            config: { "varnish/note.txt": "one\n" },
        };
        const staged = await environmentNoun.ensure(session, staging);
        const block = `/account/${account}/application/${application}`;
        const visitor = await visitorWith(url, token);
        const compare = async () => (await visitor.get(`${block}/compare/Staging/Production`)).text;

        const foreseen = await compare();
        assert.ok(foreseen.includes(`promote: "${staged.outputs.head}"`), "the line of a program");
        const production = { application: id, name: "Production", promote: staged.outputs.head as string };
        const { outputs } = await environmentNoun.ensure(session, production);
        const done = (await visitor.get(`${block}/commit/${outputs.head}`)).text;
        assert.deepEqual(linesOf(foreseen), linesOf(done));
        assert.deepEqual(linesOf(done), ["ins one"], "no origin and no refused address moves");
        assert.match(await compare(), /None\. Production has this content already\./);
    });
});
