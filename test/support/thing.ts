import { Problem } from "section-model";
import { z } from "zod";
import type { Noun } from "../../provider/nouns/noun";
import { Lifecycle } from "../../provider/protocol/lifecycle";
import { Run } from "../../provider/run/run";

export interface Thing {
    name: string;
    size?: number;
    engaged?: boolean;
}

/** The lifecycle of the simplest noun; a test may override its verbs. Its platform cannot be reached. */
export function thing(overrides: Partial<Noun<Thing, Thing>> = {}, run = new Run()): Lifecycle {
    const noun: Noun<Thing, Thing> = {
        kind: "thing",
        schema: z.strictObject({ name: z.string("must be a name"), size: z.number().optional() }),
        replacesOn: ["name"],
        compares: ["name", "size"],
        judgeChange: async (open, { id, outputs }, { replaces }) => {
            if (outputs.engaged && replaces.length > 0 && !open().settings.allowLiveDelete)
                throw new Problem("live-protected", `${id} is live`);
            return {};
        },
        ensure: async (_session, inputs) => ({ id: inputs.name, outputs: { ...inputs } }),
        observe: async (_session, id) => ({ id, outputs: { name: id } }),
        remove: async () => {},
        ...overrides,
    };
    const lifecycle = new Lifecycle(noun, run);
    const connection = { endpoint: "http://127.0.0.1:9", token: "hush" };
    // its platform speaks v1 and nothing beyond it
    void run
        .openSession({ ...connection, allowLiveDelete: false })
        .client.once("features", async () => ({ extensions: new Set() }));
    const values: Record<string, string> = {
        "section-provider:endpoint": connection.endpoint,
        "section-provider:token": connection.token,
    };
    void lifecycle.configure({ config: { get: (key) => values[key] } });
    return lifecycle;
}
