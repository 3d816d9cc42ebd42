import assert from "node:assert/strict";
import { insertProxyOperation, listProxyOperationRows } from "../../../platform/store/proxy-operations";
import { onEveryStore } from "../../support/stores";
import { makeApplication } from "./rows";

onEveryStore("operations of proxies", (store) => {
    it("are kept up to a number, per environment, newest first", async () => {
        const { database } = store();
        const { account, environment } = await makeApplication(store());
        const other = await makeApplication(store());
        const note = (place: typeof other, proxy: string, parameter: string | null, kept: number) =>
            insertProxyOperation(
                database,
                {
                    account_id: place.account.id,
                    environment_id: place.environment.id,
                    proxy,
                    operation: "ban",
                    parameter,
                    is_async: false,
                    caller_name: "Olga",
                    caller_email: "olga@agency.example",
                },
                kept,
            );
        await note(other, "varnish", "of another", 3);
        for (let index = 0; index < 5; index += 1)
            await note({ ...other, account, environment }, index === 2 ? "second" : "varnish", `n${index}`, 3);
        const list = async (proxy: string, page: { limit: number; before?: number } = { limit: 10 }) =>
            (await listProxyOperationRows(database, account.id, environment.id, proxy, page)).map(
                ({ parameter }) => parameter,
            );
        assert.deepEqual(await list("varnish"), ["n4", "n3"], "three are kept, one of them is the other proxy's");
        assert.deepEqual(await list("second"), ["n2"]);
        const [newest] = await listProxyOperationRows(database, account.id, environment.id, "varnish", { limit: 1 });
        assert.equal(typeof newest?.id, "number");
        assert.deepEqual(await list("varnish", { limit: 10, before: newest?.id }), ["n3"]);
        assert.deepEqual(
            await list("varnish", { limit: 10, before: Number.MAX_SAFE_INTEGER }),
            ["n4", "n3"],
            "numbers beyond 2^31 are numbers too",
        );
        assert.equal(
            (await listProxyOperationRows(database, other.account.id, other.environment.id, "varnish", { limit: 10 }))
                .length,
            1,
        );
        assert.deepEqual(
            await listProxyOperationRows(database, other.account.id, environment.id, "varnish", { limit: 10 }),
            [],
            "of another account: nothing",
        );
    });
});
