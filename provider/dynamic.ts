/**
 * What the engine's provider process loads, by the constant text that every resource carries. Names here are in
 * people's states: they are never renamed or removed.
 */
import { applicationNoun } from "./lifecycle/application";
import { domainNoun } from "./lifecycle/domain";
import { environmentNoun } from "./lifecycle/environment";
import { Guard } from "./lifecycle/guard";
import { Lifecycle } from "./lifecycle/lifecycle";
import { membershipNoun } from "./lifecycle/membership";
import { organizationNoun } from "./lifecycle/organization";
import { teamNoun } from "./lifecycle/team";

export const organization = new Lifecycle(organizationNoun);
export const membership = new Lifecycle(membershipNoun);
export const application = new Lifecycle(applicationNoun);
export const environment = new Lifecycle(environmentNoun);
export const domain = new Lifecycle(domainNoun);
export const team = new Lifecycle(teamNoun);
export const guard = new Guard();
