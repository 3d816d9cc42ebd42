import { listOrganizations, readCaller, readFeatures } from "section-client";
import { normaliseEmail, Problem, parseOrganizationId } from "section-model";
import { Slot } from "../run/memory";
import { printableLine } from "../run/printable-text";
import type { Session } from "../run/session";

const told = new Slot(() => new Set<string>());

function tellOnce({ memory, tell }: Session, line: string): void {
    const lines = memory.of(told);
    if (!lines.has(line)) tell(line);
    lines.add(line);
}

const sayToken = ({ client }: Session) => {
    const { setBy } = client.connection;
    return `the token${setBy === undefined ? "" : ` from ${setBy.token}`}`;
};

/**
 * Refuses an `up` with a token that may only read, before anything is changed. A preview with it is fine, and says once
 * that the `up` would be refused. An endpoint that does not tell refuses the first change itself.
 */
export async function refuseReadOnly(session: Session, isPreview: boolean): Promise<void> {
    const { client } = session;
    if ((await readFeatures(client)).mayWrite !== false) return;
    const detail = `${sayToken(session)} may only read at ${client.connection.endpoint}`;
    const remedy = "A preview works with it; use a token of scope write for up";
    if (!isPreview) throw new Problem("forbidden", detail, { remedy });
    tellOnce(session, `${detail}. ${remedy}.`);
}

/**
 * Says once at preview that the token's user is no admin of an organization, which most changes in it need.
 *
 * @param id of the organization, or of anything in it; undefined if it is not known yet
 */
export async function tellLackingRole(session: Session, id: string | undefined): Promise<void> {
    if (id === undefined) return;
    const { client } = session;
    const { organization } = parseOrganizationId(id.split("/")[0] as string);
    const record = (await listOrganizations(client, { mayBeStale: true })).find((each) => each.id === organization);
    if (record === undefined || record.isAdmin) return;
    const { email } = await readCaller(client);
    tellOnce(
        session,
        printableLine(
            `${sayToken(session)} is of ${normaliseEmail(email)}, who is no admin of organization ${record.name} (${organization}) at ${client.connection.endpoint}: up may be refused there. Ask an admin of it for that role, or use an admin's token.`,
        ),
    );
}
