// The current estate, as the platform's own API tells it: a table per client.
const columns = ["site", "environment", "domain", "DNS record to set", "live", "commit"];

function isApex(name, zone) {
    return name === zone;
}

/** @returns one row per domain */
function rowsOf(site, environments) {
    return environments.flatMap(({ environment_name, domains, head }) =>
        domains.map(({ name, zoneName, cname, engaged }) => [
            site,
            environment_name,
            name,
            `${isApex(name, zoneName) ? "ALIAS" : "CNAME"} ${cname}`,
            engaged ? "yes" : "no",
            head?.commit.slice(0, 10) ?? "",
        ]),
    );
}

/** Leaves cells empty that repeat the row above. */
function withoutRepeats(rows) {
    return rows.map((row, index) =>
        row.map((cell, column) =>
            column < 2 && rows[index - 1]?.slice(0, column + 1).join() === row.slice(0, column + 1).join() ? "" : cell,
        ),
    );
}

function printTable(rows) {
    const all = [columns, ...withoutRepeats(rows)];
    const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column].length)));
    for (const row of all)
        console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column])).join("  ")}`.trimEnd());
}

/** Prints every organization of the token's user with its sites and people. */
export async function showEstate(url, token) {
    const read = async (path) => {
        const answer = await fetch(`${url}/api/v1${path}`, { headers: { "section-token": token } });
        if (!answer.ok) throw new Error(`GET ${path} answered ${answer.status}`);
        return answer.json();
    };
    const totals = { organizations: 0, applications: 0, environments: 0, domains: 0 };
    for (const { id, account_name } of await read("/account")) {
        const people = await read(`/account/${id}/user`);
        const applications = await read(`/account/${id}/application`);
        const sites = await Promise.all(
            applications.map(async (site) => ({
                name: site.application_name,
                environments: await read(`/account/${id}/application/${site.id}/environment`),
            })),
        );
        const rows = sites.flatMap(({ name, environments }) => rowsOf(name, environments));
        console.log(
            `\n${account_name} (organization ${id}): ${people.map((each) => `${each.email} ${each.accountCapability}`).join(", ")}`,
        );
        if (rows.length > 0) printTable(rows);
        totals.organizations += 1;
        totals.applications += applications.length;
        totals.environments += sites.reduce((sum, { environments }) => sum + environments.length, 0);
        totals.domains += rows.length;
    }
    console.log(
        `\n${Object.entries(totals)
            .map(([name, count]) => `${count} ${name}`)
            .join(", ")}. Nothing is live before its DNS record is set.`,
    );
}
