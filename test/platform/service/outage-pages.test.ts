import assert from "node:assert/strict";
import { createApplication } from "../../../platform/service/applications";
import { editBranch, openEnvironment } from "../../../platform/service/branches";
import { disengageOutagePage, engageOutagePage, listOutagePages } from "../../../platform/service/outage-pages";
import { dropRemovedPage, findOutagePages } from "../../../platform/service/shown-page";
import { makeMember, sharedContext } from "../../support/context";
import { files } from "../../support/repository";
import { fresh } from "../../support/stores";

describe("outage pages", () => {
    it("a page that goes is no longer shown, whatever removes it", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("outage")}.acme.example`,
            origin: "192.0.2.1",
        });
        const place = { applicationId: id, environment: "Production" };
        const write = (content: Record<string, string | null>) =>
            editBranch(context, member, place, "pages", async () => files(content));
        const shown = async () => (await openEnvironment(context, member, place)).row.outage_page;
        await write({ "outage_pages/a.html": "a", "outage_pages/b.HTM": "b" });
        await engageOutagePage(context, member, place, "a.html");
        const { row, branch } = await openEnvironment(context, member, place);
        await dropRemovedPage(context, row);
        assert.equal(await shown(), "a.html", "it is still there");
        await write({ "outage_pages/a.html": null });
        assert.equal(await shown(), null);
        assert.deepEqual(await findOutagePages(branch), ["a.html", "b.HTM"]);
        assert.deepEqual(await listOutagePages(context, member, place), [{ name: "b.HTM", engaged: false }]);
        await engageOutagePage(context, member, place, "b.HTM");
        await disengageOutagePage(context, member, place);
        assert.equal(await shown(), null);
    });

    it("are not for strangers", async () => {
        const context = await sharedContext();
        const member = await makeMember(context);
        const stranger = await makeMember(context);
        const { id } = await createApplication(context, member, {
            hostname: `${fresh("outage")}.acme.example`,
            origin: "192.0.2.1",
        });
        const place = { applicationId: id, environment: "Production" };
        await assert.rejects(listOutagePages(context, stranger, place), { code: "not-found" });
        await assert.rejects(engageOutagePage(context, stranger, place, "a.html"), /there is no application/);
        await assert.rejects(disengageOutagePage(context, stranger, place), { code: "not-found" });
    });
});
