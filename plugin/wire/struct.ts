import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties, plain } from "pulumi-section/internal";

/** The properties of a message; empty when it has none. */
export function readStruct(struct: Struct | undefined): Properties {
    return (struct?.toJavaScript() ?? {}) as Properties;
}

/** Properties for a message. What has no value is left out: the message has no place for `undefined`. */
export function writeStruct(properties: Properties): Struct {
    return Struct.fromJavaScript(plain(properties) as never);
}
