// Writes SDKs and programs in the language that the name of the executable ends with, as the engine starts it:
// pulumi-language-LANGUAGE. It runs no programs.
package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"pulumi-section/serve"
)

func main() {
	serve.Host(func(string) (pulumirpc.LanguageRuntimeServer, error) {
		name := strings.TrimPrefix(filepath.Base(os.Args[0]), "pulumi-language-")
		language, ok := languages[name]
		if !ok {
			known := strings.Join(slices.Sorted(maps.Keys(languages)), ", ")
			return nil, fmt.Errorf("no language %q: start this as pulumi-language-X, where X is one of %s", name, known)
		}
		return &writer{language: language}, nil
	})
}
