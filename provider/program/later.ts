import * as pulumi from "@pulumi/pulumi";

/** True for a value that is known later: an output or a promise. */
export function isLater<T>(value: pulumi.Input<T>): value is Promise<T> | pulumi.OutputInstance<T> {
    return pulumi.Output.isInstance(value) || value instanceof Promise;
}
