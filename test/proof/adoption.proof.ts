import assert from "node:assert/strict";
import { lookAtEstate, openAdopter, rowsOf } from "../support/adoption";
import { seedEstate } from "../support/estate";
import { startPlatform, withFolder } from "../support/platform";
import { requireSome } from "../support/require-some";

const sites = 500;

describe(`adoption of ${sites} sites`, () => {
    it("is clean, changes nothing, and is told with its time", () =>
        withFolder(async (folder) => {
            const platform = await startPlatform();
            const adopter = await openAdopter(platform, folder);
            try {
                const seeded = await seedEstate(platform, sites);
                const before = await lookAtEstate(platform);
                const place = await adopter.place("estate");
                const { code, stdout, stderr } = await adopter.run("adopt", place);
                assert.equal(code, 0, stderr + stdout);
                const rows = rowsOf(stdout.replaceAll(/(\d),(\d)/g, "$1$2"));
                const counts = [rows.organizations, rows.members, rows.sites, rows.environments, rows.domains].map(
                    Number,
                );
                assert.deepEqual(counts, [
                    seeded.organizations,
                    seeded.members,
                    seeded.sites,
                    seeded.environments,
                    seeded.domains,
                ]);
                assert.deepEqual([rows.changes, rows.imported], ["0", rows.resources]);
                for (const oddity of requireSome(seeded.oddities)) assert.match(stdout, oddity);
                assert.deepEqual([adopter.writes(), await lookAtEstate(platform)], [0, before]);
                const { resources, time } = rows;
                process.stdout.write(
                    `      ${sites} sites: ${resources} resources, ${adopter.requests()} requests, 0 writes, ${time}\n`,
                );
            } finally {
                await adopter.close();
                await platform.close();
            }
        }));
});
