package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"pulumi-section.example/pulumi-section/sdk/go/section"
)

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		acme, err := section.NewOrganization(ctx, "acme", &section.OrganizationArgs{
			Name: pulumi.String("Acme"),
		})
		if err != nil {
			return err
		}
		acmeWww, err := section.NewApplication(ctx, "acme-www", &section.ApplicationArgs{
			Organization: acme.ID(),
			Hostname:     pulumi.String("www.acme.example"),
			Origin:       pulumi.String("origin.acme.example"),
		})
		if err != nil {
			return err
		}
		ctx.Export("recordToSet", acmeWww.Dns.ApplyT(func(dns section.DnsAdvice) (*string, error) {
			return &dns.Line, nil
		}).(pulumi.StringPtrOutput))
		return nil
	})
}
