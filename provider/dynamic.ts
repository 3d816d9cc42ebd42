/**
 * What the engine's provider process loads, by the constant text that every resource carries. Names here are in
 * people's states: they are never renamed or removed.
 */
import { applicationNoun } from "./nouns/application/application";
import { domainNoun } from "./nouns/domain/domain";
import { environmentNoun } from "./nouns/environment/environment";
import { membershipNoun } from "./nouns/membership/membership";
import { organizationNoun } from "./nouns/organization/organization";
import { teamNoun } from "./nouns/team/team";
import { Guard } from "./protocol/guard";
import { Lifecycle } from "./protocol/lifecycle";

export const organization = new Lifecycle(organizationNoun);
export const membership = new Lifecycle(membershipNoun);
export const application = new Lifecycle(applicationNoun);
export const environment = new Lifecycle(environmentNoun);
export const domain = new Lifecycle(domainNoun);
export const team = new Lifecycle(teamNoun);
export const guard = new Guard();
