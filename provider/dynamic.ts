/**
 * The module that the engine's provider process loads: every resource carries a constant text that names it. Users'
 * states contain the names exported here: never rename or remove one.
 */
import { applicationNoun } from "./nouns/application/application";
import { domainNoun } from "./nouns/domain/domain";
import { environmentNoun } from "./nouns/environment/environment";
import { membershipNoun } from "./nouns/membership/membership";
import { organizationNoun } from "./nouns/organization/organization";
import { teamNoun } from "./nouns/team/team";
import { Guard } from "./protocol/guard";
import { Lifecycle } from "./protocol/lifecycle";
import { Run } from "./run/run";

/** The engine starts this process for one operation. */
const run = new Run();

/** The engine ends the process by this signal, and shows what it writes until then. */
process.once("SIGINT", () => {
    run.end();
    process.kill(process.pid, "SIGINT");
});

export const organization = new Lifecycle(organizationNoun, run);
export const membership = new Lifecycle(membershipNoun, run);
export const application = new Lifecycle(applicationNoun, run);
export const environment = new Lifecycle(environmentNoun, run);
export const domain = new Lifecycle(domainNoun, run);
export const team = new Lifecycle(teamNoun, run);
export const guard = new Guard(run);
