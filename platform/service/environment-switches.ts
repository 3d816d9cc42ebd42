import type { Member } from "../auth/caller";
import type { EnvironmentRow } from "../store/database";
import { setEnvironmentState } from "../store/environments";
import { noteChange } from "./changes";
import type { Context } from "./context";

type Switches = Partial<Pick<EnvironmentRow, "outage_page" | "dns_bypassed">>;

/**
 * Throws switches of an environment that stand beside its content. One that stands so already is nothing to write down.
 */
export async function switchEnvironment(
    { store }: Context,
    member: Member,
    row: EnvironmentRow,
    { outage_page, dns_bypassed }: Switches,
): Promise<void> {
    const { id, application_id, name } = row;
    const thing = { application_id, environment_name: name };
    await store.transact(async (transaction) => {
        if (outage_page !== undefined && outage_page !== row.outage_page) {
            const change = { thing, from: row.outage_page ?? undefined, to: outage_page ?? undefined };
            await noteChange(transaction, member, "environment.outage-page", change);
        }
        if (dns_bypassed !== undefined && dns_bypassed !== row.dns_bypassed) {
            const change = { thing, from: row.dns_bypassed ? "on" : "off", to: dns_bypassed ? "on" : "off" };
            await noteChange(transaction, member, "environment.dns-bypass", change);
        }
        await setEnvironmentState(transaction, member.accountId, id, { outage_page, dns_bypassed });
    });
}
