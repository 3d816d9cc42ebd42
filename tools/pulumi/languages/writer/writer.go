package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/syntax"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

// writer answers the engine for a language in which it only writes.
type writer struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	language language
}

func (*writer) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{}, nil
}

// bind resolves the references of a schema.
func (w *writer) bind(spec *schema.PackageSpec, loader schema.Loader) (*schema.Package, hcl.Diagnostics, error) {
	var simplified hcl.Diagnostics
	if w.language.simplify != nil {
		var err error
		spec, simplified, err = w.language.simplify(spec)
		if err != nil || simplified.HasErrors() {
			return nil, simplified, err
		}
	}
	pkg, bound, err := schema.BindSpec(*spec, loader, schema.ValidationOptions{AllowDanglingReferences: true})
	return pkg, append(simplified, bound...), err
}

func (w *writer) GeneratePackage(_ context.Context, req *pulumirpc.GeneratePackageRequest,
) (*pulumirpc.GeneratePackageResponse, error) {
	loader, err := schema.NewLoaderClient(req.LoaderTarget)
	if err != nil {
		return nil, err
	}
	defer loader.Close()
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(req.Schema), &spec); err != nil {
		return nil, err
	}
	pkg, diagnostics, err := w.bind(&spec, loader)
	if err != nil {
		return nil, err
	}
	answer := &pulumirpc.GeneratePackageResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)}
	if diagnostics.HasErrors() {
		return answer, nil
	}
	written, err := w.language.writePackage(pkg, req, schema.NewCachedLoader(loader))
	if err != nil {
		return nil, err
	}
	return answer, keep(req.Directory, written)
}

// keep writes files below a folder.
func keep(folder string, written files) error {
	for name, text := range written {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func bindOptions(strict bool) []pcl.BindOption {
	options := []pcl.BindOption{pcl.PreferOutputVersionedInvokes}
	if !strict {
		options = append(options, pcl.NonStrictBindOptions()...)
	}
	return options
}

func (w *writer) GenerateProgram(_ context.Context, req *pulumirpc.GenerateProgramRequest,
) (*pulumirpc.GenerateProgramResponse, error) {
	loader, err := schema.NewLoaderClient(req.LoaderTarget)
	if err != nil {
		return nil, err
	}
	defer loader.Close()
	parser := syntax.NewParser()
	for name, text := range req.Source {
		if err := parser.ParseFile(strings.NewReader(text), name); err != nil {
			return nil, err
		}
		if parser.Diagnostics.HasErrors() {
			return nil, parser.Diagnostics
		}
	}
	options := append(bindOptions(req.Strict), pcl.Loader(schema.NewCachedLoader(loader)))
	program, diagnostics, err := pcl.BindProgram(parser.Files, options...)
	if err != nil {
		return nil, err
	}
	answer := &pulumirpc.GenerateProgramResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)}
	if diagnostics.HasErrors() {
		return answer, nil
	}
	written, diagnostics, err := w.language.writeProgram(program)
	if err != nil {
		return nil, err
	}
	answer.Source = written
	answer.Diagnostics = append(answer.Diagnostics, plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)...)
	return answer, nil
}

func (w *writer) GenerateProject(_ context.Context, req *pulumirpc.GenerateProjectRequest,
) (*pulumirpc.GenerateProjectResponse, error) {
	loader, err := schema.NewLoaderClient(req.LoaderTarget)
	if err != nil {
		return nil, err
	}
	defer loader.Close()
	program, diagnostics, err := pcl.BindDirectory(req.SourceDirectory, schema.NewCachedLoader(loader), bindOptions(req.Strict)...)
	if err != nil {
		return nil, err
	}
	answer := &pulumirpc.GenerateProjectResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)}
	if diagnostics.HasErrors() {
		return answer, nil
	}
	var project workspace.Project
	if err := json.Unmarshal([]byte(req.Project), &project); err != nil {
		return nil, err
	}
	return answer, w.language.writeProject(req.TargetDirectory, project, program, req.LocalDependencies)
}

// Link leaves it to the user to make the SDKs packages of the project, and says where they are.
func (*writer) Link(_ context.Context, req *pulumirpc.LinkRequest) (*pulumirpc.LinkResponse, error) {
	var instructions []string
	for _, sdk := range req.Packages {
		instructions = append(instructions, "The SDK is in "+sdk.Path+": make it a package of the project.")
	}
	return &pulumirpc.LinkResponse{ImportInstructions: strings.Join(instructions, "\n")}, nil
}
