import { startPlatform } from "section-platform";

// A platform of one's own, for tests or a laptop: without a data folder everything is temporary.
async function main(): Promise<void> {
    const platform = await startPlatform();
    try {
        await platform.addUser({ email: "ops@agency.example", firstName: "Olga", lastName: "Ops" });
        const token = await platform.addToken({ email: "ops@agency.example", description: "example" });
        const call = async (method: string, path: string, body?: object) => {
            const answer = await fetch(`${platform.url}/api/v1${path}`, {
                method,
                headers: { "section-token": token },
                body: body && JSON.stringify(body),
            });
            if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
            return (await answer.json()) as { id: number; git_url: string };
        };
        const account = await call("POST", "/account", { name: "Acme" });
        const site = await call("POST", `/account/${account.id}/application/create`, {
            hostname: "www.acme.example",
            origin: "origin.acme.example",
        });
        console.log(
            `organization ${account.id}, application ${site.id}, clone it from ${site.git_url.replace(platform.url, "PLATFORM")}`,
        );
    } finally {
        await platform.close();
    }
}

void main();
