import assert from "node:assert/strict";
import { parse } from "csv-parse/sync";
import { type AccessList, listClientAccess } from "../../../cli/access/access-list";
import { planDeparture } from "../../../cli/access/departure";
import { type AccessReport, accessReport, departureReport, reportWriters } from "../../../cli/access/report";
import { findEstate } from "../../../provider/lookup/find";
import { readMarkup } from "../../support/markup";
import { openTestSession } from "../../support/provider";
import { fresh } from "../../support/stores";

const write = (format: keyof typeof reportWriters, report: AccessReport) => reportWriters[format](report);

for (const extensions of [true, false]) {
    describe(`who has access, ${extensions ? "with extensions" : "on pure v1"}`, function () {
        this.timeout(60_000);
        const jane = `${fresh("jane")}@agency.example`;
        const pending = `${fresh("pending")}@agency.example`;
        const odd = fresh('<b>|`x`" ');
        let ids: { own: string; led: string; hidden: string };
        let access: AccessList;

        before(async () => {
            const session = await openTestSession({ extensions });
            const { api, signUp, tokenFor } = session.platform;
            const byJane = await signUp(jane);
            const make = async (name: string, by = api) =>
                String(
                    (
                        await by.must("POST", "/account/create", {
                            name,
                            hostname: `${fresh("a")}.acme.example`,
                            origin: "192.0.2.1",
                        })
                    ).id,
                );
            const led = await make(odd);
            const other = await signUp(`${fresh("other")}@agency.example`);
            const own = await make("Own", other);
            const hidden = await make("Hidden", other);
            const invite = async (by: typeof api, account: string, email: string, accountCapability: string) => {
                await by.must("POST", `/account/${account}/user`, { email });
                const { id } = (await by.get(`/account/${account}/user`)).find(
                    (each: { email: string }) => each.email === email,
                );
                await by.must("POST", `/account/${account}/user/${id}`, { accountCapability });
            };
            await invite(api, led, jane, "admin");
            await invite(api, led, pending, "state");
            await invite(other, own, jane, "admin");
            await invite(other, own, pending, "readonly");
            await invite(other, hidden, jane, "readonly");
            for (const [by, account] of [
                [other, own],
                [api, led],
            ] as const) {
                const { id, accountCapability } = (await by.get(`/account/${account}/user`)).at(-1);
                // she accepts with the first change that she makes
                await byJane.must("POST", `/account/${account}/user/${id}`, { accountCapability });
            }
            ids = { own, led, hidden };
            const as = await openTestSession({ extensions, token: await tokenFor(jane) });
            access = await listClientAccess(
                as,
                await findEstate(as.client),
                new Map([
                    [`${own}/${jane}`, "jane (index.ts:7)"],
                    [`${own}/gone@agency.example`, "gone"],
                ]),
            );
        });

        it("is told by person and client, with owners and invitations; what may not be seen is named", () => {
            const own = access.list.filter(({ client }) => client.id === ids.own);
            const shown = own.map(({ person, role, status, isOwner, declaredBy }) => [
                person,
                role,
                status,
                isOwner,
                declaredBy,
            ]);
            assert.deepEqual(shown.slice(0, 1), [[jane, "admin", "active", false, "jane (index.ts:7)"]]);
            assert.deepEqual(shown[1]?.slice(1), ["admin", "active", true, null]);
            assert.deepEqual(shown.slice(2), [[pending, "readonly", extensions ? "pending" : "active", false, null]]);
            assert.equal(own.length, 3);
            assert.deepEqual(
                access.unseen.map(({ client }) => client.id),
                [ids.hidden],
            );
            assert.deepEqual(
                access.missing?.map(({ person, client }) => [person, client.id]),
                [["gone@agency.example", ids.own]],
            );
            assert.equal(access.user, jane);
        });

        it("reads the same in a terminal, in Markdown, as CSV and as a page", async () => {
            const report = accessReport(access);
            const text = write("text", report);
            assert.match(text, /^Who has access: \d people, 6 memberships of 2 clients, seen by jane/);
            assert.match(
                text,
                /\nNot seen: Hidden \(\d+\): the token's user is no admin of it, and only admins may see who is a member\.$/,
            );
            assert.match(text, /^gone@agency\.example +Own \(\d+\) +none +declared and not there +gone$/m);
            const markdown = write("markdown", report);
            const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
            assert.equal(rows.length, 2 + 6 + 1);
            for (const row of rows) assert.equal(row.split(/(?<!\\)\|/).length, 7, row);
            const csv: Record<string, string>[] = parse(write("csv", report), { columns: true });
            assert.equal(csv.length, 6 + 1 + 1);
            assert.deepEqual([csv.at(-1)?.client, csv.at(-1)?.note?.startsWith("not seen: ")], ["Hidden", true]);
            assert.ok(csv.some(({ client }) => client === odd));
            const { errors, shape, texts } = await readMarkup(write("html", report));
            assert.deepEqual([errors, shape.filter((each) => each === "tr[]").length], [[], 1 + 6 + 1]);
            assert.ok(texts.some((each) => each.startsWith(odd)));
        });

        it("leaves with a person, what has to be handed over first", async () => {
            const departure = planDeparture(access, jane);
            assert.deepEqual(
                departure.ends.map(({ handOver }) => handOver.length > 0),
                [true, true],
                "a token's user cannot remove themselves",
            );
            assert.match(
                departure.ends[0]?.handOver[0]?.reason ?? "",
                /is this token's user and cannot be removed by themselves/,
            );
            const report = departureReport(departure);
            assert.match(
                write("text", report),
                /: 2 memberships to end, 2 of them with something to hand over first; 0 invitations to withdraw\n\nTo hand over first\nclient/,
            );
            assert.deepEqual((await readMarkup(write("html", report))).errors, []);
            const csv: Record<string, string>[] = parse(write("csv", report), { columns: true });
            assert.deepEqual(
                csv.map(({ what }) => what),
                ["membership ends", "membership ends", "not seen"],
            );
            const invited = planDeparture(access, pending);
            assert.deepEqual([invited.ends.length, invited.pending.length], extensions ? [0, 2] : [2, 0]);
            assert.match(
                write("text", departureReport(invited)),
                extensions ? /2 invitations to withdraw/ : /2 memberships to end, 0 of them/,
            );
        });
    });
}
