module pulumi-section/serve

go 1.25.11

require (
	github.com/pulumi/pulumi/sdk/v3 v3.218.0
	google.golang.org/grpc v1.83.1
)
