#!/bin/sh
# Works with curl and git as a person does: finds a site, clones it, changes a file, pushes, and is told of errors.
# usage: TOKEN=... main.sh ENDPOINT HOSTNAME FOLDER
set -eu
endpoint=$1 hostname=$2 folder=$3
cd "$folder"

# neither the token nor the password is on a command line, where others could see it
call() {
    method=$1 path=$2
    shift 2
    printf 'header = "section-token: %s"\n' "$TOKEN" | curl --silent --show-error --config - --request "$method" "$endpoint/api/v1$path" "$@"
}
number() { sed -n 's/.*"'"$1"'": *\([0-9][0-9]*\).*/\1/p' | head -n 1; }
text() { sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p' | head -n 1; }

account=$(call GET /account | sed 's/,.*//' | number id)
made=$(call POST "/account/$account/application/create" --data "{\"hostname\":\"$hostname\",\"origin\":\"origin.example.net\"}")
application=$(printf %s "$made" | sed 's/,.*//' | number id)

cat >ask.sh <<'ASK'
#!/bin/sh
case $1 in Username*) echo section-token ;; *) echo "$TOKEN" ;; esac
ASK
chmod +x ask.sh
GIT_ASKPASS=$PWD/ask.sh GIT_TERMINAL_PROMPT=0 GIT_CONFIG_GLOBAL=/dev/null
export GIT_ASKPASS GIT_TERMINAL_PROMPT GIT_CONFIG_GLOBAL TOKEN
export GIT_AUTHOR_NAME=Shelly GIT_AUTHOR_EMAIL=shelly@agency.example GIT_COMMITTER_NAME=Shelly GIT_COMMITTER_EMAIL=shelly@agency.example

git -c credential.helper= clone --quiet --branch Production "$endpoint/account/$account/application/$application/$hostname.git" site
cd site
printf '\n# by hand\n' >>varnish/default.vcl
git commit --quiet --all --message 'by hand'
git -c credential.helper= push --quiet origin Production 2>push.txt || { cat push.txt >&2; exit 1; }
echo "pushed $(git rev-parse HEAD)"
echo "head $(call GET "/account/$account/application/$application/environment/Production/head" | text commit)"

printf '{' >section.config.json
git commit --quiet --all --message 'broken'
if git -c credential.helper= push origin Production 2>push.txt; then echo "refused no"; else echo "refused $(grep -c 'cannot be parsed as JSON' push.txt)"; fi
echo "missing $(call GET /account/999999 --output missing.json --write-out '%{http_code} %{content_type}')"
echo "message $(text message <missing.json)"
echo "deleted $(call DELETE "/account/$account/application/$application" --write-out '%{http_code}')"
