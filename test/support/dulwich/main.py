# Clones, fetches or pushes a file with a program built on dulwich. Prints one line of JSON.
import io
import json
import os
import sys

from dulwich import porcelain
from dulwich.repo import Repo

command, url, folder = sys.argv[1:4]
words = io.BytesIO()
access = {"username": "section-token", "password": os.environ["TOKEN"]}


def run():
    if command == "clone":
        porcelain.clone(url, folder, errstream=words, **access)
    elif command == "fetch":
        porcelain.pull(folder, url, refspecs=b"refs/heads/Production", errstream=words, **access)
    else:
        name, text = sys.argv[4:6]
        with open(os.path.join(folder, name), "w") as file:
            file.write(text)
        porcelain.add(folder, [os.path.join(folder, name)])
        person = b"Gita <gita@agency.example>"
        porcelain.commit(folder, message=b"write " + name.encode(), author=person, committer=person)
        results = porcelain.push(folder, url, b"refs/heads/Production", outstream=words, errstream=words, **access)
        for reason in (getattr(results, "ref_status", None) or {}).values():
            if reason:
                raise RuntimeError(str(reason))
    return Repo(folder).head().decode()


try:
    result = {"ok": True, "head": run(), "words": words.getvalue().decode()}
except Exception as error:
    result = {"ok": False, "head": "", "words": words.getvalue().decode() + repr(error)}
print(json.dumps(result))
