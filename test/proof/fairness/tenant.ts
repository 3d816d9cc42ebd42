import type { Look, World } from "./attack";
import { ask, fetchOf, lsRefs, nextCommit, noObject, push, readHead } from "./git-wire";

/** What a tenant does all day: looks at an environment, and lists, fetches and pushes branches. */
export async function makeTenant({ tenant, site }: World): Promise<Record<string, Look>> {
    const { commit: head, tree } = await readHead(tenant, site);
    let at = { tip: noObject, parent: head, count: 0 };
    const pushNext = async () => {
        const commit = nextCommit(tree, at.parent, `work ${at.count}`);
        await push(tenant, site, [{ ref: "refs/heads/work", before: at.tip, after: commit.oid }], [commit]);
        at = { tip: commit.oid, parent: commit.oid, count: at.count + 1 };
    };
    return {
        GET: () => tenant.get(`/account/${site.account}/application/${site.application}/environment/Production`),
        "git ls-remote": () => ask(tenant, site, "git-upload-pack", lsRefs),
        "git fetch": () => ask(tenant, site, "git-upload-pack", fetchOf(head)),
        "git push": pushNext,
    };
}
