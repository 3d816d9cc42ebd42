import type { EstateResult, OrganizationResult, Session } from "pulumi-section/internal";
import { listOrganizations, readCaller } from "section-client";
import { normaliseEmail } from "section-model";

/** A person's role at a client. */
export interface ClientAccess {
    person: string;
    client: { id: string; name: string };
    role: string;
    status: "pending" | "active";
    /** They own the organization: nobody can remove or demote them. Undefined where the endpoint does not say. */
    isOwner?: boolean;
    /** The resource that declares it. `null`: none does. Undefined: no program was asked. */
    declaredBy?: string | null;
}

/** A client whose members the token's user may not see. */
export interface Unseen {
    client: { id: string; name: string };
    because: string;
}

/** A membership that a program declares and that is not there. */
export interface Missing {
    person: string;
    client: { id: string; name: string };
    declaredBy: string;
}

/** The roles of people at clients, as they are on the platform now. */
export interface AccessList {
    endpoint: string;
    /** The user of the token. */
    user: string;
    /** Every client that was looked at, by name. */
    clients: { id: string; name: string }[];
    /** By person, then client. */
    list: ClientAccess[];
    unseen: Unseen[];
    /** Undefined: no program was asked. */
    missing?: Missing[];
}

/** Id of a membership -> the resource of the program that declares it. */
export type DeclaredPeople = ReadonlyMap<string, string>;

const notAdmin = "the token's user is no admin of it, and only admins may see who is a member";

const byText = (keyOf: (item: never) => string) => (one: unknown, other: unknown) =>
    keyOf(one as never) < keyOf(other as never) ? -1 : 1;
const clientOf = ({ id, name }: OrganizationResult) => ({ id, name });

/** Lists the roles of people at these clients. With `declared`, says which of them a program declares. */
export async function listClientAccess(
    session: Session,
    { organizations }: EstateResult,
    declared?: DeclaredPeople,
): Promise<AccessList> {
    const [{ email }, records] = await Promise.all([readCaller(session.client), listOrganizations(session.client)]);
    const owners = new Map(records.map(({ id, ownerEmail }) => [String(id), ownerEmail]));
    const seen = organizations.filter(({ members }) => members !== undefined);
    const list = seen.flatMap((organization) =>
        (organization.members ?? []).map(
            ({ email: person, role, status }): ClientAccess => ({
                person,
                client: clientOf(organization),
                role,
                status,
                ...(owners.get(organization.id) !== undefined && { isOwner: owners.get(organization.id) === person }),
                ...(declared && { declaredBy: declared.get(`${organization.id}/${person}`) ?? null }),
            }),
        ),
    );
    const there = new Set(list.map(({ person, client }) => `${client.id}/${person}`));
    const missing = [...(declared ?? [])].flatMap(([id, declaredBy]): Missing[] => {
        const [organization = "", person = ""] = id.split(/\/(.*)/s);
        const client = seen.find((each) => each.id === organization);
        return client === undefined || there.has(id) ? [] : [{ person, client: clientOf(client), declaredBy }];
    });
    const key = ({ person, client: { name, id } }: Missing | ClientAccess) => `${person} ${name} ${id}`;
    return {
        endpoint: session.client.connection.endpoint,
        user: normaliseEmail(email),
        clients: organizations.map(clientOf).sort(byText(({ name, id }: ClientAccess["client"]) => `${name} ${id}`)),
        list: list.sort(byText(key)),
        unseen: organizations
            .filter(({ members }) => members === undefined)
            .map((each) => ({ client: clientOf(each), because: notAdmin })),
        ...(declared && { missing: missing.sort(byText(key)) }),
    };
}
