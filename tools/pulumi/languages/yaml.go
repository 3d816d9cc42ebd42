package main

import (
	"context"

	"github.com/pulumi/pulumi-yaml/pkg/server"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// yamlHost is the official host of YAML programs, and answers one question more.
type yamlHost struct {
	pulumirpc.LanguageRuntimeServer
}

func newYAMLHost(engine string) pulumirpc.LanguageRuntimeServer {
	const (
		tracing      = ""
		useRPCLoader = false // as in the official executable
	)
	return yamlHost{server.NewLanguageHost(engine, tracing, useRPCLoader)}
}

// Link has nothing to do, because a YAML program uses a package by the file that GeneratePackage has written. The engine
// asks for it since `pulumi package add` leaves the linking to the hosts, which is later than this version of the host.
func (yamlHost) Link(context.Context, *pulumirpc.LinkRequest) (*pulumirpc.LinkResponse, error) {
	return &pulumirpc.LinkResponse{}, nil
}
