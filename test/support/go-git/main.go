// Clones, fetches or pushes a file with a program built on go-git. Prints one line of JSON.
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	git "github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/transport/http"
)

type outcome struct {
	Ok    bool   `json:"ok"`
	Words string `json:"words"`
	Head  string `json:"head"`
}

func run(command, url, folder string, words *bytes.Buffer) (string, error) {
	auth := &http.BasicAuth{Username: "section-token", Password: os.Getenv("TOKEN")}
	if command == "clone" {
		repository, err := git.PlainClone(folder, false, &git.CloneOptions{URL: url, Auth: auth, Progress: words})
		if err != nil {
			return "", err
		}
		return head(repository)
	}
	repository, err := git.PlainOpen(folder)
	if err != nil {
		return "", err
	}
	tree, err := repository.Worktree()
	if err != nil {
		return "", err
	}
	if command == "fetch" {
		if err := tree.Pull(&git.PullOptions{Auth: auth, Progress: words}); err != nil && err != git.NoErrAlreadyUpToDate {
			return "", err
		}
		return head(repository)
	}
	name := os.Args[4]
	if err := os.WriteFile(filepath.Join(folder, name), []byte(os.Args[5]), 0o644); err != nil {
		return "", err
	}
	if _, err := tree.Add(name); err != nil {
		return "", err
	}
	author := &object.Signature{Name: "Gita", Email: "gita@agency.example", When: time.Now()}
	if _, err := tree.Commit("write "+name, &git.CommitOptions{Author: author}); err != nil {
		return "", err
	}
	if err := repository.Push(&git.PushOptions{Auth: auth, Progress: words}); err != nil {
		return "", err
	}
	return head(repository)
}

func head(repository *git.Repository) (string, error) {
	reference, err := repository.Head()
	if err != nil {
		return "", err
	}
	return reference.Hash().String(), nil
}

func main() {
	var words bytes.Buffer
	commit, err := run(os.Args[1], os.Args[2], os.Args[3], &words)
	result := outcome{Ok: err == nil, Words: words.String(), Head: commit}
	if err != nil {
		result.Words += err.Error()
	}
	_ = json.NewEncoder(os.Stdout).Encode(result)
}
