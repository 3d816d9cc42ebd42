/**
 * The parts of this package that the command `pulumi-section` needs and a program does not. Only packages of this
 * repository import it: it may change with every version.
 */

export { explainUnknownProperty } from "section-model";
export * from "./agency/open-client-list";
export * from "./config/ignored-names";
export * from "./config/placeholder";
export * from "./history/author";
export * from "./history/difference";
export * from "./history/find-authors";
export * from "./history/say-mover";
export * from "./lookup/find";
export * from "./lookup/results";
export * from "./nouns/domain/certificate";
export * from "./nouns/environment/binary-files";
export * from "./nouns/environment/commit-message";
export * from "./nouns/environment/content";
export * from "./nouns/environment/declarable-content";
export * from "./nouns/environment/promotion-content";
export * from "./nouns/environment/promotion-preview";
export * from "./nouns/nouns";
export * from "./program/columns";
export * from "./protection/claim-words";
export * from "./protection/find-lockouts";
export * from "./protection/hold";
export * from "./protection/look-at-thing";
export * from "./protection/plan-expectations";
export * from "./protection/read-claim";
export * from "./protection/refuse-other-platform";
export * from "./protection/unseen-organization";
export type { CheckAnswer, Foreseen } from "./protocol/check";
export { marker, stateVersion } from "./protocol/complete-outputs";
export * from "./protocol/failure";
export * from "./protocol/guard";
export * from "./protocol/judge-arrival";
export * from "./protocol/lifecycle";
export * from "./protocol/record-existing";
export * from "./protocol/shown-outputs";
export * from "./protocol/unknown-property";
export * from "./run/claimant";
export * from "./run/file-diff";
export * from "./run/find-branch";
export * from "./run/memory";
export * from "./run/open-dns";
export * from "./run/printable-text";
export * from "./run/promoted-lines";
export * from "./run/properties";
export * from "./run/resource-kind";
export * from "./run/run";
export * from "./run/secret-text";
export * from "./run/session";
export * from "./run/setting-names";
export * from "./run/settings";
export * from "./run/unchecked";
export * from "./run/unknown";
export * from "./run/unless-gone";
export * from "./run/urn";
