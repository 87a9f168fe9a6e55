"""Counts texts again with OpenAI's own tiktoken: JSON lines {"encoding", "text", "tokens", "maxTokens"} in, one JSON summary out.

`recount.py RANKS_FOLDER`: the folder with gpt-tokenizer's copies of the rank files; tiktoken checks that they are OpenAI's by their hashes.
"""
import hashlib
import json
import os
import shutil
import sys
import tempfile

SOURCE = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"
ENCODINGS = ("o200k_base", "cl100k_base")


def encodings_from(folder):
    """The encodings, read from `folder` instead of the network: tiktoken finds them where it keeps what it once fetched."""
    with tempfile.TemporaryDirectory() as cache:
        os.environ["TIKTOKEN_CACHE_DIR"] = cache
        for name in ENCODINGS:
            key = hashlib.sha1(SOURCE.format(name).encode()).hexdigest()
            shutil.copy(os.path.join(folder, f"{name}.tiktoken"), os.path.join(cache, key))
        import tiktoken  # reads the variable set above

        return {name: tiktoken.get_encoding(name) for name in ENCODINGS}


def main():
    encodings = encodings_from(sys.argv[1])
    texts = different = over = 0
    for line in sys.stdin:
        chunk = json.loads(line)
        count = len(encodings[chunk["encoding"]].encode_ordinary(chunk["text"]))
        texts += 1
        different += count != chunk["tokens"]
        over += count > chunk["maxTokens"]
    print(json.dumps({"texts": texts, "different": different, "over": over}))


main()
