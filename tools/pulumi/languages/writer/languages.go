package main

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi-java/pkg/codegen/java"
	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

const tool = "the Pulumi SDK Generator"

type files = map[string][]byte

// language writes text in one language. The code for it is Pulumi's own.
type language struct {
	// simplify changes a schema before it is bound. Most languages need none.
	simplify     func(*schema.PackageSpec) (*schema.PackageSpec, hcl.Diagnostics, error)
	writePackage func(*schema.Package, *pulumirpc.GeneratePackageRequest, schema.ReferenceLoader) (files, error)
	writeProgram func(*pcl.Program) (files, hcl.Diagnostics, error)
	// writeProject writes a program and what is around it into a folder.
	writeProject func(folder string, project workspace.Project, program *pcl.Program, local map[string]string) error
}

var languages = map[string]language{
	"python": {
		writePackage: func(pkg *schema.Package, req *pulumirpc.GeneratePackageRequest, loader schema.ReferenceLoader,
		) (files, error) {
			return python.GeneratePackage(tool, pkg, req.ExtraFiles, loader)
		},
		writeProgram: python.GenerateProgram,
		writeProject: func(folder string, project workspace.Project, program *pcl.Program, local map[string]string) error {
			return python.GenerateProject(folder, project, program, local, "", "")
		},
	},
	"go": {
		writePackage: func(pkg *schema.Package, req *pulumirpc.GeneratePackageRequest, _ schema.ReferenceLoader,
		) (files, error) {
			return gogen.GeneratePackage(tool, pkg, req.LocalDependencies)
		},
		writeProgram: gogen.GenerateProgram,
		writeProject: gogen.GenerateProject,
	},
	"dotnet": {
		writePackage: writeDotnetPackage,
		writeProgram: dotnet.GenerateProgram,
		writeProject: dotnet.GenerateProject,
	},
	"nodejs": {
		writePackage: func(pkg *schema.Package, req *pulumirpc.GeneratePackageRequest, loader schema.ReferenceLoader,
		) (files, error) {
			return nodejs.GeneratePackage(tool, pkg, req.ExtraFiles, req.LocalDependencies, req.Local, loader)
		},
		writeProgram: writeTypeScript,
		writeProject: func(folder string, project workspace.Project, program *pcl.Program, local map[string]string) error {
			return nodejs.GenerateProject(folder, project, program, local, false)
		},
	},
	"java": {
		simplify: java.DeduplicateTypes,
		writePackage: func(pkg *schema.Package, req *pulumirpc.GeneratePackageRequest, _ schema.ReferenceLoader,
		) (files, error) {
			const legacyBuildFiles = false
			return java.GeneratePackage(tool, pkg, req.ExtraFiles, req.LocalDependencies, req.Local, legacyBuildFiles)
		},
		writeProgram: java.GenerateProgram,
		writeProject: java.GenerateProject,
	},
}
