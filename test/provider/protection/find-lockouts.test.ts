import assert from "node:assert/strict";
import { findLockouts, type OrganizationAccess, readAccess } from "../../../provider/protection/find-lockouts";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const person = (name: string, role: string, userId = 1) => ({
    userId,
    email: `${name}@agency.example`,
    role,
    status: "active" as const,
});

const access: OrganizationAccess = {
    organization: 1335,
    members: [person("olga", "admin"), person("ada", "admin"), person("rita", "readonly")],
    caller: "ada@agency.example",
    owner: "olga@agency.example",
};

/** Codes of the lockouts when people get these roles; nobody is `gone`. */
const lockouts = (roles: Record<string, string>, coming = false, of: OrganizationAccess = access) =>
    findLockouts(
        of,
        ({ email, role }) => {
            const wish = roles[email.split("@")[0] ?? ""];
            return wish === "gone" ? undefined : (wish ?? role);
        },
        coming,
    ).map(({ code }) => code);

describe("a lockout", () => {
    it("is the owner's or the caller's loss, each named, whatever else changes", () => {
        assert.deepEqual(lockouts({ rita: "gone" }), []);
        assert.deepEqual(lockouts({ rita: "admin" }), []);
        for (const role of ["gone", "readonly"]) {
            assert.deepEqual(lockouts({ olga: role }), ["owner-protected"]);
            assert.deepEqual(lockouts({ ada: role }), ["self-lockout"]);
            assert.deepEqual(lockouts({ ada: role, olga: role }), ["owner-protected", "self-lockout"]);
        }
    });

    it("is the last admin's loss, unless another one comes", () => {
        const plain: OrganizationAccess = { ...access, owner: undefined, caller: "support@section.example" };
        assert.deepEqual(lockouts({ ada: "gone" }, false, plain), []);
        assert.deepEqual(lockouts({ ada: "gone", olga: "state" }, false, plain), ["last-admin"]);
        assert.deepEqual(lockouts({ ada: "gone", olga: "state" }, true, plain), []);
        assert.deepEqual(lockouts({ ada: "gone", olga: "state", rita: "admin" }, false, plain), []);
    });

    it("is known from the platform, with and without its extensions", async () => {
        for (const extensions of [true, false]) {
            const session = await openTestSession({ extensions });
            const hostname = `${fresh("lock")}.acme.example`;
            const { id } = await session.platform.api.must("POST", "/account/create", {
                name: "Acme",
                hostname,
                origin: "192.0.2.1",
            });
            const { members, ...known } = await readAccess(session, id);
            assert.deepEqual(known, { organization: id, caller: "olga@agency.example", owner: "olga@agency.example" });
            assert.deepEqual(
                members.map(({ role }) => role),
                ["admin"],
            );
        }
    });
});
