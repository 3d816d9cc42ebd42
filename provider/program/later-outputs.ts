import sdkOutput = require("@pulumi/pulumi/output");
import sdkRpc = require("@pulumi/pulumi/runtime/rpc");

import { isLookingForLostPromises } from "./light-promises";

type Properties = Record<string, unknown>;
/** Settles one output of a resource. */
type Settle = (...result: unknown[]) => void;
/** Gives a resource an output for each property, and returns what settles them. */
type Transfer = (resource: object, label: string, properties: Properties) => Record<string, Settle>;
type OutputClass = new (...parts: unknown[]) => object;

/** What the SDK's types leave out of both modules. */
const rpc = sdkRpc as unknown as { transferProperties: Transfer };
const output = sdkOutput as unknown as { Output: OutputClass };

/** An output that is made when somebody looks into it. */
class LaterOutput implements ProxyHandler<object> {
    #made: object | undefined;

    constructor(private readonly make: () => object) {}

    #output(): object {
        this.#made ??= this.make();
        return this.#made;
    }

    get(_: object, property: string | symbol): unknown {
        // everybody who gets a value asks this first
        return property === "__pulumiOutput" ? true : Reflect.get(this.#output(), property);
    }

    set(_: object, property: string | symbol, value: unknown): boolean {
        return Reflect.set(this.#output(), property, value);
    }

    has(_: object, property: string | symbol): boolean {
        return Reflect.has(this.#output(), property);
    }

    ownKeys(): (string | symbol)[] {
        return Reflect.ownKeys(this.#output());
    }

    getOwnPropertyDescriptor(_: object, property: string | symbol): PropertyDescriptor | undefined {
        return Reflect.getOwnPropertyDescriptor(this.#output(), property);
    }
}

/** @param make is called once at most */
function later(make: () => object): object {
    return new Proxy(Object.create(output.Output.prototype), new LaterOutput(make));
}

/** As the SDK's `transfer`, but an output and its promises are made when somebody looks into it. */
function transferLater(transfer: Transfer, names: ReadonlySet<string>): Transfer {
    const isLater = ([name]: [string, unknown]) => names.has(name);
    return (resource, label, properties) => {
        const entries = Object.entries(properties);
        const settles = transfer(resource, label, Object.fromEntries(entries.filter((each) => !isLater(each))));
        for (const [name, value] of entries.filter(isLater)) {
            let result: unknown[] | undefined;
            let settle: Settle | undefined;
            settles[name] = (...settled) => {
                result = settled;
                settle?.(...settled);
            };
            const make = () => {
                const shown = Object.getOwnPropertyDescriptor(resource, name);
                Reflect.deleteProperty(resource, name); // the SDK wants a resource without it
                settle = transfer(resource, label, { [name]: value })[name];
                const made = Reflect.get(resource, name) as object;
                Reflect.deleteProperty(resource, name);
                if (shown !== undefined) Object.defineProperty(resource, name, shown);
                if (result !== undefined) settle?.(...result);
                return made;
            };
            Reflect.set(resource, name, later(make));
        }
        return settles;
    };
}

/**
 * Until the returned function is called, the SDK gives resources outputs that it makes later: when somebody looks into
 * one, be it before or after the engine has answered. Each output costs 25 promises and 9 kB, and a program of a
 * thousand sites looks into one of ten.
 *
 * @param names of the outputs of the resource's class
 */
export function makeOutputsLater(names: readonly string[]): () => void {
    // who looks for promises that never end sees all of them
    if (isLookingForLostPromises()) return () => {};
    const { transferProperties } = rpc;
    const { Output } = output;
    const construct = (_: OutputClass, parts: unknown[]) => later(() => new Output(...parts));
    // an SDK in a bundle does not let itself be changed; then all stays as it is
    Reflect.set(rpc, "transferProperties", transferLater(transferProperties, new Set(names)));
    Reflect.set(output, "Output", new Proxy(Output, { construct })); // of id and URN
    return () => {
        Reflect.set(rpc, "transferProperties", transferProperties);
        Reflect.set(output, "Output", Output);
    };
}
