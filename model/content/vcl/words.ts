/** The words of VCL 4.0 and 4.1, as Varnish 4 to 7 know them. Words that a version adds are in all. */
export const declarationWords = ["vcl", "import", "include", "sub", "backend", "probe", "acl", "const"] as const;

/** Subroutines that Varnish calls. It keeps all names that begin with `vcl_` for itself. */
export const calledSubroutines = [
    "vcl_recv",
    "vcl_pipe",
    "vcl_pass",
    "vcl_hash",
    "vcl_purge",
    "vcl_miss",
    "vcl_hit",
    "vcl_deliver",
    "vcl_synth",
    "vcl_backend_fetch",
    "vcl_backend_response",
    "vcl_backend_error",
    "vcl_backend_refresh",
    "vcl_init",
    "vcl_fini",
];

/** Words of VCL 3, and those that VCL 4 has for them. */
export const formerWords: Readonly<Record<string, string>> = {
    vcl_fetch: "vcl_backend_response",
    vcl_error: "vcl_synth or vcl_backend_error",
    remove: "unset",
    error: "return (synth(…))",
    purge: "return (purge)",
    esi: "set beresp.do_esi = true",
    director: "import directors, and new … = directors.round_robin() in vcl_init",
};

export const elseWords = ["else", "elseif", "elsif", "elif"];

/** Statements with a form of their own. */
export const formedStatements = ["set", "unset", "call", "return", "if", "new", "include"];

/** Statements that look like calls of a function. */
export const callStatements = ["ban", "hash_data", "rollback", "synthetic"];

/** What a subroutine can return. */
export const returnActions = [
    "abandon",
    "connect",
    "deliver",
    "error",
    "fail",
    "fetch",
    "hash",
    "lookup",
    "merge",
    "miss",
    "obj_stale",
    "ok",
    "pass",
    "pipe",
    "purge",
    "restart",
    "retry",
    "synth",
    "vcl",
];

/** Functions of std that have no value. */
export const stdStatements = ["collect", "late_100_continue", "log", "rollback", "set_ip_tos", "syslog", "timestamp"];

export const stdFunctions = [
    ...stdStatements,
    "ban",
    "ban_error",
    "blobread",
    "bytes",
    "cache_req_body",
    "duration",
    "file_exists",
    "fileread",
    "fnmatch",
    "getenv",
    "healthy",
    "integer",
    "ip",
    "now",
    "port",
    "querysort",
    "random",
    "real",
    "real2integer",
    "real2time",
    "strlen",
    "strstr",
    "time",
    "time2integer",
    "time2real",
    "tolower",
    "toupper",
];
