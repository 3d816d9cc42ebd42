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
	codegenrpc "github.com/pulumi/pulumi/sdk/v3/proto/go/codegen"
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

// writeProgram binds a program and has it written, unless it has errors. It returns what was found about it.
func writeProgram(
	loaderTarget string,
	strict bool,
	bind func(schema.ReferenceLoader, ...pcl.BindOption) (*pcl.Program, hcl.Diagnostics, error),
	write func(*pcl.Program) (hcl.Diagnostics, error),
) ([]*codegenrpc.Diagnostic, error) {
	loader, err := schema.NewLoaderClient(loaderTarget)
	if err != nil {
		return nil, err
	}
	defer loader.Close()
	options := []pcl.BindOption{pcl.PreferOutputVersionedInvokes}
	if !strict {
		options = append(options, pcl.NonStrictBindOptions()...)
	}
	program, found, err := bind(schema.NewCachedLoader(loader), options...)
	if err != nil {
		return nil, err
	}
	if !found.HasErrors() {
		more, err := write(program)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	return plugin.HclDiagnosticsToRPCDiagnostics(found), nil
}

func (w *writer) GenerateProgram(_ context.Context, req *pulumirpc.GenerateProgramRequest,
) (*pulumirpc.GenerateProgramResponse, error) {
	bind := func(loader schema.ReferenceLoader, options ...pcl.BindOption) (*pcl.Program, hcl.Diagnostics, error) {
		parser := syntax.NewParser()
		for name, text := range req.Source {
			if err := parser.ParseFile(strings.NewReader(text), name); err != nil {
				return nil, nil, err
			}
			if parser.Diagnostics.HasErrors() {
				return nil, nil, parser.Diagnostics
			}
		}
		return pcl.BindProgram(parser.Files, append(options, pcl.Loader(loader))...)
	}
	answer := &pulumirpc.GenerateProgramResponse{}
	write := func(program *pcl.Program) (found hcl.Diagnostics, err error) {
		answer.Source, found, err = w.language.writeProgram(program)
		return found, err
	}
	var err error
	answer.Diagnostics, err = writeProgram(req.LoaderTarget, req.Strict, bind, write)
	return answer, err
}

func (w *writer) GenerateProject(_ context.Context, req *pulumirpc.GenerateProjectRequest,
) (*pulumirpc.GenerateProjectResponse, error) {
	bind := func(loader schema.ReferenceLoader, options ...pcl.BindOption) (*pcl.Program, hcl.Diagnostics, error) {
		return pcl.BindDirectory(req.SourceDirectory, loader, options...)
	}
	write := func(program *pcl.Program) (hcl.Diagnostics, error) {
		var project workspace.Project
		if err := json.Unmarshal([]byte(req.Project), &project); err != nil {
			return nil, err
		}
		return nil, w.language.writeProject(req.TargetDirectory, project, program, req.LocalDependencies)
	}
	diagnostics, err := writeProgram(req.LoaderTarget, req.Strict, bind, write)
	return &pulumirpc.GenerateProjectResponse{Diagnostics: diagnostics}, err
}

// Link leaves it to the user to make the SDKs packages of the project, and says where they are.
func (*writer) Link(_ context.Context, req *pulumirpc.LinkRequest) (*pulumirpc.LinkResponse, error) {
	var instructions []string
	for _, sdk := range req.Packages {
		instructions = append(instructions, "The SDK is in "+sdk.Path+": make it a package of the project.")
	}
	return &pulumirpc.LinkResponse{ImportInstructions: strings.Join(instructions, "\n")}, nil
}

// InstallDependencies leaves that to the user, too, who has the package manager: this host runs no programs.
func (*writer) InstallDependencies(_ *pulumirpc.InstallDependenciesRequest,
	stream pulumirpc.LanguageRuntime_InstallDependenciesServer) error {
	said := "The packages of the program are not installed: do it by the package manager of the language.\n"
	return stream.Send(&pulumirpc.InstallDependenciesResponse{Stdout: []byte(said)})
}
