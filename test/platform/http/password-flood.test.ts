import assert from "node:assert/strict";
import { Agent, request } from "node:http";
import { basic } from "../../support/api";
import { fresh, onEveryPlatform } from "../../support/stores";

const password = "correct horse battery";
/** A network that no other test comes from. */
const network = () => `2001:db8:${Number(fresh("1").slice(1)).toString(16)}:1::1`;

/** GET /user from some network, as a proxy reports it. */
function ask(
    url: string,
    agent: Agent,
    from: string,
    credentials: Record<string, string>,
): Promise<{ status: number; retryAfter: number }> {
    return new Promise((resolve, reject) => {
        const headers = { ...credentials, "x-forwarded-for": from };
        const sent = request(`${url}/api/v1/user`, { headers, agent }, (answer) => {
            answer
                .resume()
                .once("end", () =>
                    resolve({ status: answer.statusCode ?? 0, retryAfter: Number(answer.headers["retry-after"] ?? 0) }),
                );
        });
        sent.once("error", reject).end();
    });
}

onEveryPlatform("a thousand wrong passwords", (platform) => {
    it("from one network stop that network's passwords for this user, and nothing else", async function () {
        this.timeout(120_000);
        const { url, setPassword, signUp, tokenFor } = platform();
        const email = `${fresh("victim")}@agency.example`;
        const other = `${fresh("neighbour")}@agency.example`;
        await signUp(email);
        for (const each of [email, other]) await setPassword(each, password);
        const token = await tokenFor(email);
        const agent = new Agent({ keepAlive: true, maxSockets: 40 });
        const guess = (index: number) => ask(url, agent, "192.0.2.2", basic(email, `wrong horse battery ${index}`));
        const flood = Promise.all(Array.from({ length: 1000 }, (_, index) => guess(index)));
        const seen = { right: 0, token: 0, asked: 0 };
        let isOver = false;
        void flood.then(() => {
            isOver = true;
        });
        while (!isOver) {
            const [right, byToken] = await Promise.all([
                ask(url, agent, "192.0.2.1", basic(email, password)),
                ask(url, agent, "192.0.2.2", { "section-token": token }),
            ]);
            seen.asked += 1;
            if (right.status === 200) seen.right += 1;
            if (byToken.status === 200) seen.token += 1;
        }
        const answers = await flood;
        const count = (status: number) => answers.filter((answer) => answer.status === status).length;
        assert.equal(count(401) + count(429) + count(503), 1000, JSON.stringify(answers.map(({ status }) => status)));
        assert.ok(count(401) >= 5 && count(401) <= 8, `${count(401)} were tried`);
        assert.ok(
            answers
                .filter(({ status }) => status === 429)
                .every(({ retryAfter }) => retryAfter > 0 && retryAfter <= 900),
        );
        assert.ok(seen.asked > 0);
        assert.deepEqual([seen.right, seen.token], [seen.asked, seen.asked]);
        assert.equal(
            (await ask(url, agent, "192.0.2.2", basic(email, password))).status,
            429,
            "the right one has to wait there too",
        );
        assert.equal(
            (await ask(url, agent, "192.0.2.2", basic(other, password))).status,
            200,
            "of somebody else it has not",
        );
        agent.destroy();
    });

    it("for three hundred names from one network stop that network, but not who has signed in from there", async function () {
        this.timeout(120_000);
        const { url, setPassword } = platform();
        const [here, elsewhere, known] = [network(), network(), `${fresh("known")}@agency.example`];
        await setPassword(known, password);
        const agent = new Agent({ keepAlive: true, maxSockets: 20 });
        assert.equal((await ask(url, agent, here, basic(known, password))).status, 200);
        const names = Array.from({ length: 300 }, () => `${fresh("sprayed")}@agency.example`);
        const answers = await Promise.all(names.map((name) => ask(url, agent, here, basic(name, password))));
        const tried = answers.filter(({ status }) => status === 401).length;
        assert.ok(tried >= 100 && tried <= 103, `${tried} were tried`);
        assert.ok(answers.every(({ status, retryAfter }) => status === 401 || (status === 429 && retryAfter > 0)));
        const asked = async (from: string, name: string, typed: string) =>
            (await ask(url, agent, from, basic(name, typed))).status;
        assert.deepEqual(
            [
                await asked(here, known, password),
                await asked(here, known, "wrong horse battery"),
                await asked(here, `${fresh("sprayed")}@agency.example`, "wrong horse battery"),
                await asked(elsewhere, known, password),
                await asked(elsewhere, known, "wrong horse battery"),
            ],
            [200, 429, 429, 200, 401],
        );
        agent.destroy();
    });
});
