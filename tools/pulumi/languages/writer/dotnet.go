package main

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"net/http"

	"github.com/pulumi/pulumi/pkg/v3/codegen/dotnet"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

const blankScheme = "blank"

// blankPicture answers every request with a picture of one transparent pixel.
type blankPicture struct{}

func (blankPicture) RoundTrip(req *http.Request) (*http.Response, error) {
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewNRGBA(image.Rect(0, 0, 1, 1))); err != nil {
		return nil, err
	}
	return &http.Response{StatusCode: http.StatusOK, Request: req, Body: io.NopCloser(&picture)}, nil
}

func init() {
	http.DefaultTransport.(*http.Transport).RegisterProtocol(blankScheme, blankPicture{})
}

// writeDotnetPackage gives the package a blank logo. The generator would download one, and this has to work offline.
func writeDotnetPackage(pkg *schema.Package, req *pulumirpc.GeneratePackageRequest, _ schema.ReferenceLoader,
) (files, error) {
	pkg.LogoURL = blankScheme + "://logo"
	return dotnet.GeneratePackage(tool, pkg, req.ExtraFiles, req.LocalDependencies)
}
