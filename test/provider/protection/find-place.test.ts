import assert from "node:assert/strict";
import { findPlace } from "../../../provider/protection/find-place";
import { startOperation } from "../../support/operation";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

describe("a place by names", () => {
    it("is the id of a thing that exists, also with ids in front, and nothing where names are not of one thing", async () => {
        const name = fresh("A/B & C ");
        const up = await startOperation();
        const { id: organization } = await up("organization").create({ name });
        const hostname = `${fresh("www")}.acme.example`;
        const { id } = await up("application").create({ organization, hostname, origin: "192.0.2.1" });
        const session = await openTestSession();
        const named = `(${encodeURIComponent(name)})`;
        const find = (...parts: string[]) => findPlace(session, parts.join("/"));
        assert.equal(await find(named), organization);
        assert.equal(await find(named, "ada@agency.example"), `${organization}/ada@agency.example`);
        assert.equal(await find(named, hostname), id);
        assert.equal(await find(organization, hostname, "Staging"), `${id}/Staging`);
        assert.equal(await find(id, "Production", hostname), `${id}/Production/${hostname}`);
        assert.equal(await find(named, "missing.acme.example", "Staging"), undefined);
        assert.equal(await find("(Nobody)", hostname), undefined);
    });
});
