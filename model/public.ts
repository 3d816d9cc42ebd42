/**
 * The types that programs see through `pulumi-section`. They name no library, so that a program's compiler reads none.
 */
export type { BinaryFile } from "./binary-file";
export type { Capability } from "./capability";
export type { DomainCertificate } from "./certificate/domain-certificate";
export type { DnsAdvice, DnsAlternative } from "./dns-advice";
export type { DnsRecord } from "./dns-record";
