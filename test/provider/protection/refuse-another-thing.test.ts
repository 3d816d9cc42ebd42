import assert from "node:assert/strict";
import { startOperation } from "../../support/operation";
import { providerPlatform } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("a delete under an id that is of something else", function () {
    this.timeout(60_000);

    it("is refused with both names, for an organization, an application, an environment and a member", async () => {
        const up = await startOperation();
        const name = fresh("Client ");
        const acme = await up("organization").create({ name });
        const hostname = `${fresh("www")}.acme.example`;
        const www = await up("application").create({ organization: acme.id, hostname, origin: "192.0.2.1" });
        const copy = { application: www.id, name: "Staging", hostname: `staging.${hostname}` };
        const staging = await up("environment").create(copy);
        const person = { organization: acme.id, email: "ada@agency.example", role: "state" };
        const ada = await up("membership").create(person);
        const destroy = await startOperation();
        const refusal = (words: string) => (error: Error) => {
            assert.ok(
                error.message.includes(
                    `${words} in the state; nothing was deleted. If somebody changed it by hand, run pulumi refresh`,
                ),
                error.message,
            );
            return true;
        };
        await assert.rejects(
            destroy("membership").delete(`${acme.id}/bob@agency.example`, { ...ada.outs, email: "bob@agency.example" }),
            refusal("is ada@agency.example here and bob@agency.example"),
        );
        const elsewhere = `${new URL(staging.outs.gitUrl as string).origin}/account/1/application/1/www.bakery.example.git`;
        await assert.rejects(
            destroy("environment").delete(staging.id, { ...staging.outs, gitUrl: elsewhere }),
            refusal(`the application of environment ${staging.id} is ${hostname} here and www.bakery.example`),
        );
        await assert.rejects(
            destroy("application").delete(www.id, { ...www.outs, hostname: "www.bakery.example" }),
            refusal(`application ${www.id} is ${hostname} here and www.bakery.example`),
        );
        await assert.rejects(
            destroy("organization").delete(acme.id, { ...acme.outs, name: "Bakery" }),
            refusal(`organization ${acme.id} is ${name} here and Bakery`),
        );
        const { api } = await providerPlatform();
        assert.equal((await api.get(`/account/${acme.id}/user`)).length, 2);
        // another address of the same platform is the same platform
        const moved = (staging.outs.gitUrl as string).replace("127.0.0.1", "section.example");
        await destroy("environment").delete(staging.id, { ...staging.outs, gitUrl: moved });
        await destroy("membership").delete(ada.id, ada.outs);
        await destroy("application").delete(www.id, www.outs);
        await destroy("organization").delete(acme.id, acme.outs);
        for (const { kind, made } of [
            { kind: "application", made: www },
            { kind: "organization", made: acme },
        ])
            await (await startOperation())(kind).delete(made.id, made.outs);
        assert.ok(
            !(await api.get("/account")).some(({ id }: { id: number }) => String(id) === acme.id),
            "all of it went",
        );
    });
});
