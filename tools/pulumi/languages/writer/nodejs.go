package main

import (
	"bytes"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/pulumi/pulumi/pkg/v3/codegen/hcl2/model"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/pcl"
	"github.com/zclconf/go-cty/cty"
)

// dollar stands for a dollar sign while Pulumi's code writes TypeScript. That code loses each in a text of several
// lines, unless a brace follows.
const dollar = "dollar-2f1c9b44"

func hideDollars(expression model.Expression) (model.Expression, hcl.Diagnostics) {
	literal, ok := expression.(*model.LiteralValueExpression)
	if ok && literal.Value.Type() == cty.String && !literal.Value.IsNull() {
		hidden := strings.ReplaceAll(literal.Value.AsString(), "$", dollar)
		literal.Value = cty.StringVal(strings.ReplaceAll(hidden, dollar+"{", "${"))
	}
	return expression, nil
}

func writeTypeScript(program *pcl.Program) (files, hcl.Diagnostics, error) {
	for _, node := range program.Nodes {
		if found := node.VisitExpressions(hideDollars, model.IdentityVisitor); found.HasErrors() {
			return nil, found, nil
		}
	}
	written, found, err := nodejs.GenerateProgram(program)
	for name, text := range written {
		written[name] = bytes.ReplaceAll(text, []byte(dollar), []byte("$"))
	}
	return written, found, err
}
