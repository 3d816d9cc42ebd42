import { listApplications, listOrganizations } from "section-client";
import { organizationByName } from "../run/declared-things";
import type { Session } from "../run/session";
import { unlessGone } from "../run/unless-gone";

/**
 * The id of the thing at a place by names. Undefined when its organization or its application is not there; whether the
 * rest is there is for others to find out.
 *
 * @param place such as `(Acme)/www.acme.example/Staging`; parts may also be ids
 */
export async function findPlace({ client }: Session, place: string): Promise<string | undefined> {
    const [first = "", second, ...rest] = place.split("/");
    const named = (await listOrganizations(client)).filter(
        ({ id, name, isAdmin }) => String(id) === first || (isAdmin && organizationByName(name) === first),
    );
    const [found] = named;
    if (found === undefined || named.length > 1) return undefined;
    if (second === undefined || second.includes("@") || /^\d+$/.test(second))
        return [found.id, second, ...rest].filter(Boolean).join("/");
    const applications = await unlessGone(listApplications(client, found.id));
    const application = applications?.find(({ name }) => name.toLowerCase() === second.toLowerCase());
    return application && [found.id, application.id, ...rest].join("/");
}
