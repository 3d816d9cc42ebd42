import type { RecordType } from "../dns/record-data";

/** Types that the DNS can be asked for. */
type QuestionType = Exclude<RecordType, "ALIAS">;

const hosts =
    "www,mail,webmail,smtp,imap,pop,pop3,mx,mx1,mx2,autodiscover,autoconfig,ftp,sftp,m,mobile,shop,store,blog,news,api,app,cdn,static,assets,img,images,media,admin,portal,vpn,remote,dev,test,staging,stage,uat,beta,demo,status,support,help,docs,intranet,cpanel,ns1,ns2";
const texts =
    "_dmarc,default._domainkey,dkim._domainkey,google._domainkey,k1._domainkey,k2._domainkey,k3._domainkey,mail._domainkey,s1._domainkey,s2._domainkey,selector1._domainkey,selector2._domainkey,zoho._domainkey,_mta-sts,_smtp._tls";
const services =
    "_autodiscover._tcp,_caldavs._tcp,_carddavs._tcp,_imaps._tcp,_submission._tcp,_sip._tls,_sip._tcp,_sipfederationtls._tcp,_xmpp-client._tcp,_xmpp-server._tcp";

/** The types that a zone's own name, its host names and its special names commonly have, beside an alias. */
export const apexTypes: readonly QuestionType[] = ["A", "AAAA", "MX", "TXT", "CAA"];
export const hostTypes: readonly QuestionType[] = ["A", "AAAA", "MX", "TXT"];

/**
 * Names below a zone that people commonly have records for, with the types to ask for. The DNS lists no names: others
 * are missed.
 */
export const commonNames: ReadonlyMap<string, readonly QuestionType[]> = new Map([
    ...hosts.split(",").map((name) => [name, hostTypes] as const),
    ...texts.split(",").map((name) => [name, ["TXT"] as const] as const),
    ...services.split(",").map((name) => [name, ["SRV"] as const] as const),
]);
