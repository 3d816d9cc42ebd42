import type { ProxyTemplate } from "./proxy-template";

const configuration = `# Report what the rules find, block nothing yet: "On" blocks.
SecRuleEngine DetectionOnly

SecRequestBodyAccess On
SecRequestBodyLimit 13107200
SecRequestBodyNoFilesLimit 131072
SecResponseBodyAccess Off

SecAuditEngine RelevantOnly
SecAuditLogRelevantStatus "^(?:5|4(?!04))"
SecAuditLogParts ABFHZ
SecAuditLogType Serial
SecAuditLog /dev/stdout

# A rule file is active when a copy of it lies in activated_rules.
Include /opt/proxy_config/rules/activated_rules/*.conf
`;

const protocol = `# Requests that are no sound HTTP.
SecRule REQUEST_METHOD "!@within GET HEAD POST PUT PATCH DELETE OPTIONS" \\
    "id:100001,phase:1,t:none,deny,status:405,log,msg:'Method is not offered'"
SecRule &REQUEST_HEADERS:Host "@eq 0" \\
    "id:100002,phase:1,t:none,deny,status:400,log,msg:'Host header is missing'"
SecRule REQUEST_URI_RAW "@rx %(?![0-9a-fA-F]{2})" \\
    "id:100003,phase:1,t:none,deny,status:400,log,msg:'Address is not URL-encoded'"
`;

const traversal = `# Paths that lead out of the site.
SecRule REQUEST_URI_RAW|ARGS "@rx (?:^|[\\\\/])\\.\\.(?:[\\\\/]|$)" \\
    "id:100101,phase:2,t:none,t:urlDecodeUni,deny,status:403,log,msg:'Path leaves the site'"
SecRule REQUEST_FILENAME "@rx /\\.(?:git|svn|env|htaccess|htpasswd)(?:/|$)" \\
    "id:100102,phase:1,t:none,t:urlDecodeUni,t:lowercase,deny,status:403,log,msg:'File is private'"
`;

const injection = `# SQL inside of what visitors send.
SecRule ARGS|ARGS_NAMES|REQUEST_COOKIES "@detectSQLi" \\
    "id:100201,phase:2,t:none,t:urlDecodeUni,deny,status:403,log,msg:'SQL in a parameter'"
SecRule ARGS "@rx <script[^>]*>" \\
    "id:100202,phase:2,t:none,t:urlDecodeUni,t:htmlEntityDecode,t:lowercase,deny,status:403,log,msg:'Script in a parameter'"
`;

const scanners = `# Tools that look for holes and say so.
SecRule REQUEST_HEADERS:User-Agent "@pm nikto sqlmap nmap masscan w3af" \\
    "id:100301,phase:1,t:none,t:lowercase,deny,status:403,log,msg:'Scanner'"
`;

const base = { "protocol.conf": protocol, "traversal.conf": traversal, "injection.conf": injection };
const within = (folder: string, files: Record<string, string>) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));

export const modsecurity: ProxyTemplate = {
    label: "ModSecurity",
    description: "Reports or blocks requests by rules",
    mainFile: "modsecurity.conf",
    files: {
        "modsecurity.conf": configuration,
        ...within("rules/base_rules", base),
        ...within("rules/optional_rules", { "scanners.conf": scanners }),
        ...within("rules/activated_rules", base),
    },
};
