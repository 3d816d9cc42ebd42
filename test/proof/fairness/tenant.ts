import type { Look, World } from "./attack";
import { ask, fetchOf, lsRefs, nextCommit, noObject, push } from "./git-wire";

/** What a tenant does all day: looks at an environment, and lists, fetches and pushes branches. */
export async function makeTenant({ tenant, site }: World): Promise<Record<string, Look>> {
    const environment = `/account/${site.account}/application/${site.application}/environment/Production`;
    const refs = (await ask(tenant, site, "git-upload-pack", lsRefs)).toString("latin1");
    const head = /([0-9a-f]{40}) refs\/heads\/Production/.exec(refs)?.[1] ?? "";
    const commits: { tree: string }[] = await tenant.get(`${environment}/commits`);
    const { tree = "" } = commits[0] ?? {};
    let at = { tip: noObject, parent: head, count: 0 };
    const pushNext = async () => {
        const commit = nextCommit(tree, at.parent, `work ${at.count}`);
        await push(tenant, site, [{ ref: "refs/heads/work", before: at.tip, after: commit.oid }], [commit]);
        at = { tip: commit.oid, parent: commit.oid, count: at.count + 1 };
    };
    return {
        GET: () => tenant.get(environment),
        "git ls-remote": () => ask(tenant, site, "git-upload-pack", lsRefs),
        "git fetch": () => ask(tenant, site, "git-upload-pack", fetchOf(head)),
        "git push": pushNext,
    };
}
