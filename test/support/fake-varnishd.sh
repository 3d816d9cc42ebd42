#!/bin/sh
# Stands in for varnishd 6.3 where none is installed. It answers `-V` and `-C -f FILE` in the form of the real one, and
# knows one rule of VCL: `nothing` is the name of nothing. It compiles only what a stranger's program can do no harm with.
if [ "$1" = -V ]; then
    echo 'varnishd (varnish-6.3.1 revision 0123456789abcdef)' >&2
    exit
fi
while getopts Cj:n:f:p: option; do
    case $option in
    f) main=$OPTARG ;;
    p) parameters="$parameters $OPTARG;" ;;
    *) ;;
    esac
done
for needed in vcc_unsafe_path=off vcc_allow_inline_c=off "vcl_path=$(dirname "$main")"; do
    case "$parameters" in
    *" $needed;"*) ;;
    *) echo "Error: $needed is missing" >&2 && exit 2 ;;
    esac
done
exec awk -v main="$main" '
    function compile(file, line, number, name) {
        for (number = 1; (getline line < file) > 0; number += 1) {
            if (match(line, /include "[^"]+"/)) {
                name = substr(line, RSTART + 9, RLENGTH - 10)
                compile(folder "/" name)
            }
            if (match(line, /nothing[.a-z]*/)) refuse(file, line, number)
        }
        close(file)
    }
    function refuse(file, line, number) {
        print "Error:\nMessage from VCC-compiler:\nSymbol not found: \047" substr(line, RSTART, RLENGTH) "\047"
        print "At: (\047" file "\047 Line " number " Pos " RSTART ") -- (Pos " RSTART + RLENGTH - 1 ")\n" line
        while (length(mark) < length(line)) mark = mark (length(mark) + 1 >= RSTART && length(mark) + 1 < RSTART + RLENGTH ? "#" : "-")
        print mark "\n\nRunning VCC-compiler failed, exited with 2\nVCL compilation failed"
        exit 2
    }
    BEGIN {
        folder = main
        sub(/\/[^\/]*$/, "", folder)
        compile(main)
        print "/* ---===### VCL Source ###===--- */\nconst struct VCL_conf VCL_conf = {\n};"
    }
' >&2
