import assert from "node:assert/strict";
import { addToken } from "../../../platform/service/tokens";
import { makeMember } from "../../support/context";
import { mustGit } from "../../support/git";
import { startListening } from "../../support/listening-server";
import { withFolder } from "../../support/platform";
import { fresh, onEveryPlatform } from "../../support/stores";

onEveryPlatform("what old clients ask first", (platform) => {
    const ask = async (query: string, headers: Record<string, string> = {}) => {
        const answer = await fetch(`${platform().url}/instance/getconfig${query}`, { headers });
        return {
            status: answer.status,
            json: (await answer.json()) as {
                accounts: { applications: Record<string, unknown>[] }[];
                message?: string;
            },
        };
    };

    it("is answered with everything that a token opens, and nothing else", async () => {
        const person = await platform().signUp(`${fresh("legacy")}@agency.example`);
        assert.deepEqual((await ask(`?token=${person.token}`)).json, { accounts: [] });
        const hostname = `${fresh("legacy")}.acme.example`;
        const { account, application, gitUrl } = await person.makeSite("Acme", hostname);
        const [environment] = await person.get(`/account/${account}/application/${application}/environment`);
        const { status, json } = await ask(`?token=${person.token}`);
        assert.equal(status, 200);
        assert.deepEqual(json, {
            accounts: [
                {
                    applications: [
                        {
                            application_id: application,
                            name: hostname,
                            repository: gitUrl,
                            environments: [{ environment_id: environment.id }],
                        },
                    ],
                },
            ],
        });
        await withFolder((folder) =>
            mustGit(
                folder,
                person.token,
                "clone",
                "--quiet",
                json.accounts[0]?.applications[0]?.repository as string,
                "x",
            ),
        );
    });

    it("is refused without a right token in the query", async () => {
        const { token } = platform();
        for (const query of [
            "",
            "?token=",
            "?token=wrong",
            `?token=${token}x`,
            `?token=${token}&token=${token}`,
            `?access_token=${token}`,
        ]) {
            const { status, json } = await ask(query, { "section-token": token });
            assert.deepEqual([status, typeof json.message], [401, "string"], query);
        }
    });
});

describe("a token in an address", () => {
    it("never reaches the log", async () => {
        const { url, context, text, close } = await startListening();
        const { caller } = await makeMember(context);
        const { token } = await addToken(context, { userId: caller.userId, description: "test" });
        try {
            const targets = [
                `/instance/getconfig?token=${token}`,
                `/api/v1/user?access_token=${token}`,
                `/nothing?token=${token}`,
            ];
            for (const target of targets) assert.ok([200, 404].includes((await fetch(url + target)).status), target);
            for (const target of targets) await fetch(url + target.replace(token, `${token}x`), { method: "POST" });
            await fetch(`${url}/account/1/application/1/x.git/info/refs?service=git-upload-pack&access_token=${token}`);
        } finally {
            await close();
        }
        assert.ok(text().includes("/instance/getconfig") && text().includes("/info/refs"), text());
        assert.ok(!text().includes(token));
    });
});
