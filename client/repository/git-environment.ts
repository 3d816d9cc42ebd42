/** Settings that protect commits from the git configuration of the machine. */
const settings: Record<string, string> = {
    "core.autocrlf": "false",
    "core.symlinks": "false",
    "core.hooksPath": "/dev/null",
    "core.attributesFile": "/dev/null",
    "core.excludesFile": "/dev/null",
    "commit.gpgSign": "false",
    "credential.helper": "",
    "gc.auto": "0",
};

/**
 * The environment variables of git. The token is sent as a header to the endpoint only. It stays in the memory of the
 * process: not on a command line, not in a URL, not in the repository's configuration.
 */
export function gitEnvironment(
    gitUrl: string,
    token: string,
    person: { name: string; email: string },
): Record<string, string> {
    const { origin } = new URL(gitUrl);
    const authorization = `Authorization: Basic ${Buffer.from(`section-token:${token}`, "utf8").toString("base64")}`;
    const all = {
        ...settings,
        [`http.${origin}/.extraHeader`]: authorization,
        "user.name": person.name,
        "user.email": person.email,
    };
    const environment: Record<string, string> = {
        GIT_TERMINAL_PROMPT: "0",
        GIT_CONFIG_COUNT: String(Object.keys(all).length),
        LC_ALL: "C",
    };
    Object.entries(all).forEach(([key, value], index) => {
        environment[`GIT_CONFIG_KEY_${index}`] = key;
        environment[`GIT_CONFIG_VALUE_${index}`] = value;
    });
    for (const name of [
        "PATH",
        "HOME",
        "TMPDIR",
        "SSL_CERT_FILE",
        "SSL_CERT_DIR",
        "GIT_SSL_CAINFO",
        "https_proxy",
        "http_proxy",
        "no_proxy",
        "HTTPS_PROXY",
        "NO_PROXY",
    ]) {
        const value = process.env[name];
        if (value !== undefined) environment[name] = value;
    }
    return environment;
}
