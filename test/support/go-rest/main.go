// Uses the REST API with nothing but Go's standard library: signs in with an e-mail address and a password, makes a
// site, reads it back, and is told of its errors. Prints one line of JSON.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"
)

type account struct {
	ID      int32  `json:"id"`
	Name    string `json:"account_name"`
	IsAdmin bool   `json:"is_admin"`
	Owner   struct {
		Email string `json:"email"`
	} `json:"owner"`
}

type application struct {
	ID           int32    `json:"id"`
	Href         string   `json:"href"`
	Name         string   `json:"application_name"`
	PathPrefixes []string `json:"path_prefixes"`
}

type environment struct {
	ID      int32  `json:"id"`
	Href    string `json:"href"`
	Name    string `json:"environment_name"`
	Domains []struct {
		Name     string `json:"name"`
		ZoneName string `json:"zoneName"`
		Cname    string `json:"cname"`
	} `json:"domains"`
	IsHosted bool `json:"is_hosted"`
}

// failure is an answer that is no success.
type failure struct {
	Status      int    `json:"status"`
	Message     string `json:"message"`
	Transaction string `json:"transaction"`
}

func (f *failure) Error() string { return fmt.Sprintf("%d: %s", f.Status, f.Message) }

type client struct {
	endpoint, email, password string
	http                      http.Client
}

func (c *client) call(method, path string, body, into any) error {
	var reader io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return err
		}
		reader = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, c.endpoint+path, reader)
	if err != nil {
		return err
	}
	request.SetBasicAuth(c.email, c.password)
	request.Header.Set("Accept", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 400 {
		failed := &failure{Status: response.StatusCode, Transaction: response.Header.Get("Aperture-Tx-Id")}
		if err := json.NewDecoder(response.Body).Decode(failed); err != nil {
			return fmt.Errorf("a failure that is not JSON: %w", err)
		}
		return failed
	}
	if into == nil || response.StatusCode == http.StatusNoContent {
		_, err := io.Copy(io.Discard, response.Body)
		return err
	}
	return json.NewDecoder(response.Body).Decode(into)
}

type result struct {
	Accounts     []account     `json:"accounts"`
	Application  application   `json:"application"`
	Applications []application `json:"applications"`
	Staging      environment   `json:"staging"`
	WithDomain   environment   `json:"with_domain"`
	Read         environment   `json:"read"`
	Engaged      struct {
		IsEngaged bool            `json:"is_engaged"`
		Hostnames map[string]bool `json:"hostnames"`
	} `json:"engaged"`
	Failures []failure `json:"failures"`
}

func (r *result) mustFail(err error) error {
	failed, ok := err.(*failure)
	if !ok {
		return fmt.Errorf("no failure of the platform: %v", err)
	}
	r.Failures = append(r.Failures, *failed)
	return nil
}

func run(c *client, hostname string) (r result, err error) {
	if err = c.call("GET", "/account", nil, &r.Accounts); err != nil {
		return
	}
	atAccount := fmt.Sprintf("/account/%d", r.Accounts[0].ID)
	wish := map[string]string{"hostname": hostname, "origin": "origin.example.net", "stackName": "varnish-6.3-basic"}
	if err = c.call("POST", atAccount+"/application/create", wish, &r.Application); err != nil {
		return
	}
	if err = c.call("GET", atAccount+"/application/", nil, &r.Applications); err != nil {
		return
	}
	at := fmt.Sprintf("%s/application/%d", atAccount, r.Application.ID)
	staging := map[string]string{"name": "Staging", "source_environment_name": "Production", "domain_name": "staging." + hostname}
	if err = c.call("POST", at+"/environment/create", staging, &r.Staging); err != nil {
		return
	}
	domain := "shop." + hostname
	if err = c.call("POST", at+"/environment/Staging/domain/"+url.PathEscape(domain), struct{}{}, &r.WithDomain); err != nil {
		return
	}
	if err = c.call("GET", at+"/environment/Staging", nil, &r.Read); err != nil {
		return
	}
	if err = c.call("GET", atAccount+"/domain/"+domain+"/verifyEngaged", nil, &r.Engaged); err != nil {
		return
	}
	stranger := &client{endpoint: c.endpoint, email: c.email, password: "wrong"}
	attempts := []error{
		c.call("POST", atAccount+"/application/create", wish, nil), // taken
		c.call("POST", at+"/environment/create", map[string]any{"name": 7}, nil),
		c.call("GET", "/account/999999", nil, nil),
		c.call("PUT", "/user", nil, nil),
		stranger.call("GET", "/account", nil, nil),
	}
	for _, attempt := range attempts {
		if err = r.mustFail(attempt); err != nil {
			return
		}
	}
	err = c.call("DELETE", at, nil, nil)
	return
}

func main() {
	c := &client{endpoint: os.Args[1], email: os.Args[2], password: os.Getenv("PASSWORD"), http: http.Client{Timeout: 30 * time.Second}}
	r, err := run(c, os.Args[3])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	_ = json.NewEncoder(os.Stdout).Encode(r)
}
