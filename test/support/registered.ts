import * as pulumi from "@pulumi/pulumi";

export interface Registered {
    type: string;
    name: string;
    inputs: Record<string, unknown>;
}

/** From now on, registers resources of this process only in the returned list. */
export async function mockEngine(): Promise<Registered[]> {
    const registered: Registered[] = [];
    await pulumi.runtime.setMocks({
        newResource: ({ type, name, inputs }) => {
            registered.push({ type, name, inputs });
            const id = type.endsWith(":Organization") ? "7" : "7/1";
            return {
                id,
                state: {
                    ...inputs,
                    gitUrl: "https://x.example/y.git",
                    cname: `${inputs.hostname}.edge.example`,
                    head: "abc",
                },
            };
        },
        call: () => ({}),
    });
    return registered;
}

export function settled<T>(output: pulumi.Output<T>): Promise<T> {
    return new Promise((resolve) => output.apply(resolve));
}

/** The registered resources below a name, by kind and name, once all are there. */
export async function listRegistered(
    registered: readonly Registered[],
    below: string,
): Promise<Record<string, Record<string, unknown>>> {
    let before = -1;
    while (before !== registered.length) {
        before = registered.length;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const ours = registered.filter(({ name }) => name === below || name.startsWith(`${below}/`));
    return Object.fromEntries(
        ours.map(({ type, name, inputs: { __provider, __declaredAs, ...inputs } }) => [
            `${type.split(":").at(-1)} ${name}`,
            inputs,
        ]),
    );
}
