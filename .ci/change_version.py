"""Makes an image that skopeo has copied into a directory another one: its VERSION is changed, and the digests with it.

usage: change_version.py DIRECTORY VERSION
"""
import hashlib
import json
import pathlib
import sys

folder, version = pathlib.Path(sys.argv[1]), sys.argv[2]
manifest = json.loads((folder / "manifest.json").read_text())
old = folder / manifest["config"]["digest"].split(":")[1]
config = json.loads(old.read_text())
config["config"]["Env"] = [
    f"VERSION={version}" if entry.startswith("VERSION=") else entry for entry in config["config"]["Env"]
]
content = json.dumps(config).encode()
digest = hashlib.sha256(content).hexdigest()
old.unlink()
(folder / digest).write_bytes(content)
manifest["config"].update(digest="sha256:" + digest, size=len(content))
(folder / "manifest.json").write_text(json.dumps(manifest))
