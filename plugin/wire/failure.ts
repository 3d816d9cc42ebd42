import { Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { Properties } from "pulumi-section/internal";
import { writeStruct } from "./struct";

/** A thing that was made, but not as declared in everything: the engine keeps it, and finishes it next time. */
export interface HalfMade {
    id: string;
    properties: Properties;
    reasons: string[];
}

function halfMadeOf(error: Error): HalfMade | undefined {
    const { id, properties, reasons } = error as Error & Partial<HalfMade>;
    return id === undefined || properties === undefined || reasons === undefined
        ? undefined
        : { id, properties, reasons };
}

function describeHalfMade(message: string, { id, properties, reasons }: HalfMade): Metadata {
    const failed = new ErrorResourceInitFailed();
    failed.setId(id);
    failed.setProperties(writeStruct(properties));
    failed.setReasonsList(reasons);
    const detail = new Any();
    detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const answer = new Status();
    answer.setCode(status.UNKNOWN);
    answer.setMessage(message);
    answer.addDetails(detail);
    const metadata = new Metadata();
    metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
    return metadata;
}

/** A failure as gRPC carries it. The code says nothing more: the message has the reason and the remedy. */
export function asServiceError(error: unknown): Partial<ServiceError> {
    const known = error instanceof Error ? error : new Error(String(error));
    const { code } = known as Error & { code?: unknown };
    const halfMade = halfMadeOf(known);
    return {
        code: code === status.UNIMPLEMENTED ? status.UNIMPLEMENTED : status.UNKNOWN,
        details: known.message,
        ...(halfMade && { metadata: describeHalfMade(known.message, halfMade) }),
    };
}
