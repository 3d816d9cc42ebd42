import { explainNoOrigin } from "section-client";
import { printableLine } from "../run/printable-text";
import type { Session } from "../run/session";

/**
 * Tells that a new site declares no origin, and that its hostname leads to none: its creation would fail. The DNS may
 * have one when the site is made, so that this is no refusal.
 */
export async function tellMissingOrigin({ client, tell }: Session, hostname: string | undefined): Promise<void> {
    const hint = hostname === undefined ? undefined : await explainNoOrigin(client, hostname);
    if (hint === undefined) return;
    // a reason of the platform has the remedy
    const rest = hint === "" ? "; name the address of the origin" : `: ${hint}`;
    tell(
        printableLine(
            `warning: site ${hostname} has no origin, and its hostname resolves to none${rest}. An up would fail`,
        ),
    );
}
