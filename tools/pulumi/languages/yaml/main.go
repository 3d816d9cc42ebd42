// The official host of YAML programs, which answers one question more.
package main

import (
	"context"

	"github.com/pulumi/pulumi-yaml/pkg/server"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"pulumi-section/serve"
)

type host struct {
	pulumirpc.LanguageRuntimeServer
}

// Link has nothing to do, because a YAML program uses a package by the file that GeneratePackage has written. The engine
// asks for it since `pulumi package add` leaves the linking to the hosts, which is later than this version of the host.
func (host) Link(context.Context, *pulumirpc.LinkRequest) (*pulumirpc.LinkResponse, error) {
	return &pulumirpc.LinkResponse{}, nil
}

func main() {
	serve.Host(func(engine string) (pulumirpc.LanguageRuntimeServer, error) {
		const (
			tracing      = ""
			useRPCLoader = false // as in the official executable
		)
		return host{server.NewLanguageHost(engine, tracing, useRPCLoader)}, nil
	})
}
