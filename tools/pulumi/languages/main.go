// Serves pulumirpc.LanguageRuntime for the language that the name of the executable ends with, which the engine starts
// as pulumi-language-LANGUAGE. It runs YAML programs. For Python, Go, .NET, Java and TypeScript it writes SDKs and
// programs; it runs none of them.
package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

const healthPeriod = 10 * time.Second

// hostOf returns the host of a language, which talks to the engine at an address.
func hostOf(name, engine string) (pulumirpc.LanguageRuntimeServer, error) {
	if name == "yaml" {
		return newYAMLHost(engine), nil
	}
	language, ok := languages[name]
	if !ok {
		known := slices.Sorted(maps.Keys(languages))
		return nil, fmt.Errorf("no language %q: start this by the name pulumi-language-X, where X is yaml or one of %s",
			name, strings.Join(known, ", "))
	}
	return &writer{language: language}, nil
}

// serve prints its port, as the engine expects it, and ends with the engine.
func serve(name, engine string) error {
	host, err := hostOf(name, engine)
	if err != nil {
		return err
	}
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt)
	ended := make(chan bool)
	go func() {
		<-ctx.Done()
		cancel()
		close(ended)
	}()
	if err := rpcutil.Healthcheck(ctx, engine, healthPeriod, cancel); err != nil {
		return fmt.Errorf("the engine at %s does not answer: %w", engine, err)
	}
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: ended,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, host)
			return nil
		},
	})
	if err != nil {
		return err
	}
	fmt.Println(handle.Port)
	return <-handle.Done
}

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "the last argument has to be the address of the engine")
		os.Exit(2)
	}
	name := strings.TrimPrefix(filepath.Base(os.Args[0]), "pulumi-language-")
	if err := serve(name, os.Args[len(os.Args)-1]); err != nil {
		fmt.Fprintf(os.Stderr, "pulumi-language-%s: %v\n", name, err)
		os.Exit(1)
	}
}
