// Package serve is the main part of a language host.
package serve

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

const healthPeriod = 10 * time.Second

// Host serves a host until the engine ends. It prints its port, as the engine expects it. The last argument of the
// process is the address of the engine.
func Host(newHost func(engine string) (pulumirpc.LanguageRuntimeServer, error)) {
	if err := serve(newHost); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", os.Args[0], err)
		os.Exit(1)
	}
}

func serve(newHost func(engine string) (pulumirpc.LanguageRuntimeServer, error)) error {
	if len(os.Args) < 2 {
		return errors.New("the last argument has to be the address of the engine")
	}
	engine := os.Args[len(os.Args)-1]
	host, err := newHost(engine)
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
